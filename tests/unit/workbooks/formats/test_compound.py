"""Compound files against another library's reading of them."""

import io
from pathlib import Path

import olefile
import pytest

from govstats.workbooks.formats.compound import Compound
from govstats.workbooks.refusals import Refused
from tests.workbooks.biff import compound


def test_streams_are_those_another_library_finds(shared: Path) -> None:
    files = [path for path in sorted((shared / "real_sheets").iterdir()) if path.suffix == ".xls"]
    for path in files:
        content = path.read_bytes()
        with olefile.OleFileIO(io.BytesIO(content)) as other:
            for names in other.listdir(streams=True):
                if len(names) == 1:
                    theirs = other.openstream(names).read()
                    assert Compound(content).stream(names[0]) == theirs, (path.name, names)
    assert len(files) > 40


def test_bytes_of_a_stream_are_replaced_in_place() -> None:
    content = compound({"Workbook": bytes(range(256)) * 40, "x": b"y"})
    changed = Compound(content).patched(5000, b"\xff\xfe", "Workbook")
    before, after = Compound(content).stream("Workbook"), Compound(changed).stream("workbook")
    assert before is not None
    assert after == before[:5000] + b"\xff\xfe" + before[5002:]
    assert len(changed) == len(content)


def test_names_that_are_not_there() -> None:
    container = Compound(compound({"Workbook": b"x"}))
    assert container.stream("Book") is None
    assert container.has("WORKBOOK")
    assert not container.has("EncryptedPackage")


@pytest.mark.parametrize("content", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"x" * 4096])
def test_no_compound_file(content: bytes) -> None:
    with pytest.raises(Refused, match=r"not_a_spreadsheet\.container"):
        Compound(content)
