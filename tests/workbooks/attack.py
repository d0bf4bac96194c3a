"""What an attack is, and the pieces that several of them are made of."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.workbooks import biff, xlsb
from tests.workbooks import opendocument as od

MIB = 1024 * 1024
DDE = "cmd|' /C calc'!A0"
EXTERNAL_ENTITY = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LONG = "长" * (10 * MIB // 3)


@dataclass(frozen=True)
class Attack:
    """A file and what is said of it: reason code, dot, variant."""

    name: str
    build: Callable[[Path], object]
    reason: str


def member(name: str) -> str:
    """A member's name from the name of an argument: xl__a_xml is xl/a.xml."""
    folder, slash, file = name.replace("__", "/").rpartition("/")
    for extension in ("_xml_rels", "_xml", "_bin"):
        file = file.removesuffix(extension) + extension.replace("_", ".") * file.endswith(extension)
    return f"{folder}{slash}{file}"


def text(content: bytes) -> Callable[[Path], object]:
    """A file of some bytes."""
    return lambda path: path.write_bytes(content)


def plain_xls(path: Path) -> Path:
    """An .xls, to spoil."""
    return biff.xls(path, biff.Page("Sheet1", [["甲", 1.5]] * 200))


def plain_xlsb(path: Path) -> Path:
    """An .xlsb, to spoil."""
    return xlsb.xlsb(path, [["甲", 1.5]] * 200)


def plain_ods(path: Path) -> Path:
    """An .ods, to spoil."""
    rows = [od.row(od.text(f"甲{number}"), od.number(number / 7)) for number in range(200)]
    return od.ods(path, od.table(*rows))


def half(build: Callable[[Path], Path]) -> Callable[[Path], object]:
    """A file cut off in transfer."""

    def cut(path: Path) -> None:
        content = build(path).read_bytes()
        path.write_bytes(content[: len(content) // 2])

    return cut


def ole(stream: str) -> Callable[[Path], object]:
    """A compound file with one stream."""
    return lambda path: path.write_bytes(biff.compound({stream: b"x"}))
