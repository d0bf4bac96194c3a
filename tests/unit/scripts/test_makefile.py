import re
import shutil
import subprocess

import pytest


@pytest.fixture(scope="module")
def text(project):
    return (project / "Makefile").read_text()


def make(project, *arguments):
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )


def test_make_alone_lists_every_public_command(project, text):
    public = set(re.findall(r"^\.PHONY: ([a-z-]+)$", text, re.M))
    assert {"setup", "run", "test", "up", "down", "bench", "clean", "lock"} <= public
    shown = make(project).stdout
    assert set(re.findall(r"make ([a-z-]+) ", shown)) == public


def test_every_linter_of_the_group_has_a_recipe(text):
    linters = re.search(r"^LINTERS := (.*)$", text, re.M).group(1).split()
    recipes = set(re.findall(r"^([a-z-]+):", text, re.M))
    assert set(linters) <= recipes


def test_all_linters_run_and_one_failure_fails_the_group(project, tmp_path, text):
    """With stand-ins for the tools: the first one fails, the others are still asked."""
    shutil.copy(project / "Makefile", tmp_path)
    for name in ("requirements.lock", "pyproject.toml"):
        (tmp_path / name).touch()
    bin_folder = tmp_path / ".venv" / "bin"
    bin_folder.mkdir(parents=True)
    (tmp_path / "dbt_project").mkdir()
    for tool in ("ruff", "mypy", "sqlfluff", "check-jsonschema", "pytest", "python"):
        script = bin_folder / tool
        fails = "1" if tool == "ruff" else "0"
        script.write_text(f'#!/bin/sh\necho "{tool} $*" >> {tmp_path}/calls\nexit {fails}\n')
        script.chmod(0o755)
    (tmp_path / ".venv" / ".installed").touch()
    done = make(tmp_path, "test")
    assert done.returncode != 0
    assert "checks failed" in done.stderr
    assert "lint-ruff] Error 1" in done.stderr
    called = (tmp_path / "calls").read_text()
    assert "mypy" in called
    assert "sqlfluff" in called
    assert "check-jsonschema" in called
    assert "pytest" not in called


def test_cleaning_leaves_what_came_in_and_what_was_released(project, tmp_path):
    shutil.copy(project / "Makefile", tmp_path)
    keep = [tmp_path / "data" / "raw" / "a.xlsx", tmp_path / ".venv" / "x" / "__pycache__" / "m"]
    gone = [tmp_path / "govstats" / "__pycache__" / "m", tmp_path / ".mypy_cache" / "m"]
    for path in keep + gone:
        path.parent.mkdir(parents=True)
        path.touch()
    assert make(tmp_path, "clean").returncode == 0
    assert [path.exists() for path in keep + gone] == [True, True, False, False]


def test_ci_is_a_script_bash_understands(project):
    script = project / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    subprocess.run(["bash", "-n", str(script)], check=True)
    lines = script.read_text().splitlines()
    assert lines.index("make test") < lines.index("make test-slow") == len(lines) - 1
