"""Valid files of every format with some bytes changed: each ends in an answer."""

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from govstats.workbooks.jail import Died, run_jailed
from govstats.workbooks.limits import Limits
from tests.workbooks import biff, builders, xlsb
from tests.workbooks import opendocument as od
from tests.workbooks.opened import opened

MUTANTS = 120
#: Formats whose archive has checksums: no changed byte of content goes unnoticed.
CHECKED = ("xlsx", "xlsb", "ods")
LIMITS = Limits(memory_bytes=1024 * 1024 * 1024, cpu_seconds=5, wall_seconds=8)
ROWS = [["指标", "单位", "累计"], ["地区生产总值", "亿元", 129.5], ["登记失业率", "%", 2.95]] * 8


def build(extension: str, path: Path) -> bytes:
    if extension == "xlsx":
        builders.workbook(path, ROWS)
    elif extension == "xlsb":
        xlsb.xlsb(path, ROWS)
    elif extension == "ods":
        od.ods(path, od.table(*(od.row(*map(_cell, row)) for row in ROWS)))
    elif extension == "csv":
        path.write_bytes("".join(",".join(map(str, row)) + "\n" for row in ROWS).encode("gb18030"))
    else:
        biff.xls(path, biff.Page("表", ROWS), version=5 if extension == "xls5" else 8, codepage=936)
    return path.read_bytes()


def _cell(value: str | float) -> str:
    return od.text(value) if isinstance(value, str) else od.number(value)


def mutated(content: bytes, random: Random) -> bytes:
    """Some bytes changed, some cut out, some doubled."""
    changed = bytearray(content)
    for _ in range(random.choice((1, 1, 2, 8))):
        at, length = random.randrange(len(changed)), random.choice((1, 1, 2, 4, 16))
        kind = random.randrange(4)
        if kind < 2:
            changed[at : at + length] = random.randbytes(len(changed[at : at + length]))
        elif kind == 2:
            changed[at : at + length] = b"\xff" * len(changed[at : at + length])
        elif len(changed) > 2 * length:
            del changed[at : at + length]
    return bytes(changed)


@pytest.mark.parametrize("extension", ["xlsx", "xlsb", "ods", "csv", "xls", "xls5"])
def test_mutants(tmp_path: Path, extension: str) -> None:
    random = Random(f"mutants of {extension}")
    suffix = extension.rstrip("5")
    content = build(extension, tmp_path / f"a.{suffix}")
    paths = []
    for number in range(MUTANTS):
        paths.append(tmp_path / f"{number}.{suffix}")
        paths[-1].write_bytes(mutated(content, random))
    found = list(run_jailed(opened, [tmp_path / f"a.{suffix}", *paths], LIMITS))
    whole = found[0]
    assert isinstance(whole, str)
    assert whole.startswith("read")
    kinds = Counter("died" if isinstance(end, Died) else end.split()[0] for end in found)
    print(extension, dict(kinds))
    assert kinds["died"] <= MUTANTS // 50
    if suffix in CHECKED:  # what is read at all is read as it was
        assert {end for end in found if isinstance(end, str) and end[:4] == "read"} == {whole}
