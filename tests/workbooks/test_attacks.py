"""Every attack is refused for what it is, quickly and in little memory."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.workbooks.attacks import ATTACKS

#: Per file, parser included.
SECONDS, MEGABYTES = 2.0, 512


def _file(number: int, extension: str) -> str:
    return f"{number:03}{extension}"


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory, project: Path) -> dict[str, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("attacks")
    paths = []
    for number, (extension, attack) in enumerate(ATTACKS):
        path = folder / _file(number, extension)
        attack.build(path)
        paths.append(str(path))
    command = [sys.executable, "-m", "tests.workbooks.measured", *paths]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=True)
    return {found["file"]: found for found in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize(
    ("number", "extension"),
    [(number, extension) for number, (extension, _) in enumerate(ATTACKS)],
    ids=[f"{extension[1:]}: {attack.name}" for extension, attack in ATTACKS],
)
def test_attack(measured: dict[str, dict[str, Any]], number: int, extension: str) -> None:
    found = measured[_file(number, extension)]
    assert found["reason"] == ATTACKS[number][1].reason
    assert found["seconds"] < SECONDS
    assert found["megabytes"] < MEGABYTES
