"""The list of threats: every test it names is there and is run, every test here is in it."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
HEAD = "| threat | control | test |"


@pytest.fixture(scope="module")
def guide(project: Path) -> str:
    return (project / "docs" / "security.md").read_text(encoding="utf-8")


def rows(guide: str) -> list[list[str]]:
    found, inside = [], False
    for line in guide.splitlines():
        inside = line == HEAD or (inside and line.startswith("|"))
        if inside and line != HEAD and not line.startswith("|---"):
            found.append([cell.strip() for cell in line.strip("|").split(" | ")])
    return found


def defined(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_threat_has_a_control_and_a_test(guide: str) -> None:
    listed = rows(guide)
    assert len(listed) > 40
    for row in listed:
        assert len(row) == 3, row
        assert row[0], row
        assert row[1], row
        assert NAMED.search(row[2]), row
        assert NAMED.sub("", row[2]).strip(" ,|") == "", row


def test_every_test_that_is_named_is_there(guide: str, project: Path) -> None:
    named = set(NAMED.findall(guide))
    functions = {file: defined(project / file) for file, _ in named if (project / file).is_file()}
    missing = [f"{file}::{name}" for file, name in named if name not in functions.get(file, ())]
    assert sorted(missing) == []


@pytest.mark.slow  # reads every file that is named
def test_every_test_that_is_named_is_run(guide: str, project: Path) -> None:
    wanted = {"::".join(found) for found in NAMED.findall(guide)}
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-n", "0", "-p",
               "no:cacheprovider", *sorted({test.split("::")[0] for test in wanted})]  # fmt: skip
    done = subprocess.run(command, cwd=project, capture_output=True, text=True)
    collected = {line.split("[")[0] for line in done.stdout.splitlines() if "::" in line}
    assert wanted - collected == set(), done.stderr


def test_every_test_of_this_folder_is_listed(guide: str, project: Path) -> None:
    named = set(NAMED.findall(guide))
    files = {path.name for path in Path(__file__).parent.glob("test_*.py")}
    assert files - {Path(file).name for file, _ in named} == {Path(__file__).name}
