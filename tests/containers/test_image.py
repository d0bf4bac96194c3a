"""The image: what goes in, from where, and as whom it runs."""

import re
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

from bench.rehearsal import compose
from govstats.settings import ENVIRONMENT


@pytest.fixture(scope="module")
def dockerfile(project):
    return (project / "Dockerfile").read_text(encoding="utf-8")


def pins(path):
    found = re.findall(r"^([\w.-]+)==(\S+)", path.read_text(encoding="utf-8"), re.M)
    return dict(found)


def test_the_linter_has_nothing_to_say(project):
    linter = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([linter, "Dockerfile"], cwd=project, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode()


def test_it_runs_as_nobody_special_and_checks_itself(dockerfile):
    last = dockerfile.rpartition("\nFROM ")[2]
    assert re.findall(r"^USER (.*)$", last, re.M)[-1] == "10001:10001"
    assert re.search(r"^HEALTHCHECK .*healthy.py", last, re.M)
    assert re.search(r'^ENTRYPOINT \["/app/deploy/entry.sh"\]$', last, re.M)
    assert "ADD " not in dockerfile
    assert "chmod 777" not in dockerfile


def test_only_hashed_wheels_are_installed(dockerfile, project):
    assert "pip install --require-hashes --only-binary :all:" in dockerfile
    assert "--require-hashes --no-build" in dockerfile
    for name in ("requirements-container.lock", "deploy/uv.txt"):
        text = (project / name).read_text(encoding="utf-8")
        entries = re.split(r"\n(?=[\w])", text.strip())
        assert entries
        assert [entry[:60] for entry in entries if "--hash=sha256:" not in entry] == []
        assert "://" not in text
    version = re.search(r"^UV_VERSION := (\S+)$", (project / "Makefile").read_text(), re.M)[1]
    assert pins(project / "deploy/uv.txt") == {"uv": version}


def test_containers_run_what_was_tested(project):
    tested, shipped = (
        pins(project / "requirements.lock"),
        pins(project / "requirements-container.lock"),
    )
    both = set(tested) & set(shipped)
    assert len(both) > 150
    assert {name for name in both if tested[name] != shipped[name]} == set()


def test_its_variables_are_ones_the_code_reads(project):
    variables = compose.image_settings(project / "Dockerfile")
    assert variables["PYTHONPATH"] == variables["GOVSTATS_ROOT"] == "/app"
    assert variables["GOVSTATS_DATA"] == "/data"
    assert (project / variables["AIRFLOW_CONFIG"].removeprefix("/app/")).is_file()
    named = {name for name in variables if name.startswith("GOVSTATS_")}
    assert named <= set(ENVIRONMENT)


def test_no_tool_of_development_is_shipped(project):
    shipped = pins(project / "requirements-container.lock")
    assert {"pytest", "mypy", "ruff", "hypothesis", "playwright", "sqlfluff"} & set(
        shipped
    ) == set()


def test_nothing_secret_is_built_in(dockerfile):
    words = re.compile("password|secret|token|credential", re.I)
    assert [line for line in dockerfile.splitlines() if words.search(line)] == []


def test_the_version_is_the_projects(dockerfile, project, services):
    project_file = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    version = project_file["project"]["version"]
    assert f'image.version="{version}"' in dockerfile
    assert services["scheduler"]["image"] == f"govstats:{version}"


def allowed(project, path):
    """Say whether .dockerignore lets a path of the project into the build."""
    verdict = True
    lines = (project / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for line in (line for line in lines if line and not line.startswith("#")):
        pattern = line.removeprefix("!").removeprefix("**/")
        parents = ["/".join(path.split("/")[: n + 1]) for n in range(path.count("/") + 1)]
        tails = path.split("/") if "**/" in line else []
        if any(fnmatch(part, pattern) for part in (*parents, *tails)):
            verdict = line.startswith("!")
    return verdict


def copied(dockerfile):
    return re.findall(r"^COPY (?!--)(.+) \S+$", dockerfile, re.M)


def test_what_is_copied_is_there_and_let_in(dockerfile, project):
    sources = [source for line in copied(dockerfile) for source in line.split()]
    assert len(sources) > 8
    for source in sources:
        assert (project / source).exists(), source
        assert allowed(project, source), source


@pytest.mark.parametrize(
    "path",
    [
        ".git/config", ".env", "data/raw/ledger.csv", ".venv/bin/python", ".airflow/jwt-secret",
        "deploy/.env", "deploy/secrets/jwt_secret", "govstats/__pycache__/x.pyc", "tests/small.py",
        "dbt_project/target/manifest.json", "dbt_project/x.duckdb",
    ],
)  # fmt: skip
def test_what_must_stay_out_stays_out(project, path):
    assert not allowed(project, path)
    assert allowed(project, "govstats/settings.py")


def test_all_packages_are_copied(dockerfile, project):
    project_file = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    packages = project_file["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert {*packages, "scripts", "dags", "deploy"} <= set(copied(dockerfile))


def test_only_what_is_copied_is_imported(project):
    """No module of the image imports from a folder that stays outside."""
    outside = re.compile(r"^\s*(?:from|import) (bench|demo|tests)\b", re.M)
    folders = ("govstats", "govstats_airflow", "dags", "deploy")
    found = [
        path.name
        for folder in folders
        for path in (project / folder).rglob("*.py")
        if outside.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
