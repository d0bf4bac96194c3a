"""What the code itself may not do, looked for in every file of it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGES = ("govstats", "govstats_airflow", "dags", "scripts")
#: Of what a project tracks, folders that a test need not look through.
ELSEWHERE = {".venv", ".git", ".airflow", "data", "__pycache__", "target", "logs", ".mypy_cache",
             ".ruff_cache", ".pytest_cache", ".hypothesis"}  # fmt: skip
FORBIDDEN = {
    *("eval", "exec", "compile", "os.system", "os.popen", "pickle.load", "pickle.loads"),
    *("yaml.unsafe_load", "yaml.full_load", "marshal.loads", "shelve.open", "tempfile.mktemp"),
    *("subprocess.getoutput", "subprocess.getstatusoutput", "__import__"),
}
#: A DAG that gave text to a shell, or Python text to a process, would begin here.
OPERATORS = ("bash", "ssh", "docker", "kubernetes", "BashOperator", "PythonVirtualenvOperator")
SECRETS = {
    "private key": r"-----BEGIN [A-Z ]*PRIVATE KEY",
    "cloud key": r"\bAKIA[0-9A-Z]{16}\b",
    "token": r"\b(ghp|gho|glpat|xox[bap]|sk|pypi)[-_][A-Za-z0-9_-]{24,}",
    "json web token": r"\beyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}\.",
    "fernet key": r"(?<![A-Za-z0-9_/+-])[A-Za-z0-9_-]{43}=(?![A-Za-z0-9=])",
    "login in an address": r"\b(postgres(ql)?|redis|mysql|amqp)(\+\w+)?://[^\s:/@{$*]+:[^\s@{$*<%]+@",
    "webhook": r"(access_token|webhook/send\?key|/bot/v2/hook)[=/][0-9a-f-]{32,}",
}


def sources(project: Path, *folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((project / folder).rglob("*.py"))


def called(node: ast.Call) -> str:
    return ast.unparse(node.func)


def test_nothing_runs_text_as_code_or_in_a_shell(project: Path) -> None:
    found = []
    for path in sources(project, *PACKAGES):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            shell = any(
                key.arg == "shell" and ast.unparse(key.value) != "False" for key in node.keywords
            )
            if called(node) in FORBIDDEN or shell:
                found.append(f"{path.relative_to(project)}:{node.lineno} {called(node)}")
    assert found == []


def test_dags_have_no_operator_that_takes_commands(project: Path) -> None:
    words = {
        word
        for path in sources(project, "dags", "govstats_airflow")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for word in re.findall(r"\w+", ast.unparse(node))
    }
    assert "airflow" in words
    assert words & {*OPERATORS, "subprocess", "Variable"} == set()


def test_yaml_is_read_by_safe_loaders_alone(project: Path) -> None:
    loads = [
        ast.unparse(node)
        for path in sources(project, *PACKAGES)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and called(node) in ("yaml.load", "yaml.load_all")
    ]
    assert loads == ["yaml.load(text, Loader=_Loader)"]  # a SafeLoader: see its test


def test_no_secret_lies_in_the_project(project: Path) -> None:
    found = []
    for path in sorted(project.rglob("*")):
        inside = path.relative_to(project).parts
        if ELSEWHERE & set(inside) or not path.is_file() or path.stat().st_size > 2_000_000:
            continue
        text = path.read_bytes().decode("utf-8", errors="ignore")
        found += [
            f"{'/'.join(inside)}: {kind}: {match[0][:60]}"
            for kind, pattern in SECRETS.items()
            if inside[:2] != ("tests", "security")
            for match in re.finditer(pattern, text)
        ]
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN RSA PRIVATE KEY-----",
        "AKIA" + "ABCDEFGHIJKLMNOP",
        "ghp_" + "a1" * 18,
        "postgresql+psycopg2://airflow:hunter2@postgres/airflow",
        "zmZ1BvvTFDAnb5LYvSYkmJ6dvrMcAuNqbA1ZsX0cxkM=",
        "robot/send?access_token=" + "0f" * 32,
    ],
)
def test_the_search_for_secrets_finds_them(text: str) -> None:
    assert any(re.search(pattern, f"key: {text}\n") for pattern in SECRETS.values())


def whole_pages(project: Path) -> list[Path]:
    templates = sorted((project / "govstats").rglob("*.html.j2"))
    return [path for path in templates if "<html" in path.read_text(encoding="utf-8").lower()]


def test_every_page_forbids_what_is_not_its_own(project: Path) -> None:
    pages = whole_pages(project)
    assert len(pages) >= 5
    for path in pages:
        text = path.read_text(encoding="utf-8")
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
        assert policy, path
        assert "default-src 'none'" in policy[1], path
        assert "base-uri 'none'; form-action 'none'" in policy[1], path
        scripts = re.search(r"script-src ([^;]+)", policy[1])
        assert not scripts or re.fullmatch(r"'sha256-\{\{ \w+ \}\}'", scripts[1].strip()), path


def test_templates_neither_switch_escaping_off_nor_run_attributes(project: Path) -> None:
    for path in sorted((project / "govstats").rglob("*.j2")):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*safe\b|autoescape\s+false", text), path
        assert not re.search(r"<[^>]*\son[a-z]+\s*=", text), path
        assert "javascript:" not in text, path


def test_jinja_is_set_up_in_one_place_and_escapes(project: Path) -> None:
    made = [
        path.relative_to(project).as_posix()
        for path in sources(project, *PACKAGES)
        if re.search(r"\b(Environment|Template)\(\s*(loader|\"|')", path.read_text("utf-8"))
    ]
    assert made == ["govstats/htmlpage.py"]
    assert "autoescape=True" in (project / made[0]).read_text(encoding="utf-8")


def test_text_that_is_not_escaped_is_counted(project: Path) -> None:
    """Markup(…) of anything but our own files would be a door: each says why it is none."""
    unmarked = [
        f"{path.relative_to(project)}: {line.strip()}"
        for path in sources(project, "govstats")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"\bMarkup\(", line) and "noqa: S704" not in line and "isinstance" not in line
    ]
    assert all('Markup("")' in line or "Markup(f" not in line for line in unmarked), unmarked
