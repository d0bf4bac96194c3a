"""The look at a file's bytes: what is let through, what is refused and with which reason."""

from collections.abc import Callable
from pathlib import Path

import pytest

from govstats.workbooks.limits import Limits
from govstats.workbooks.prescan import Scan, prescan
from govstats.workbooks.refusals import Refused
from tests.workbooks import hostile

LIMITS = Limits()


def reason(path: Path, limits: Limits = LIMITS) -> str:
    with pytest.raises(Refused) as caught:
        prescan(path, limits)
    return str(caught.value)


def test_a_plain_workbook_passes(tmp_path: Path) -> None:
    scan = prescan(hostile.plain(tmp_path / "a.xlsx"), LIMITS)
    assert (scan.last_row, scan.last_column) == (2, 2)
    assert scan.unpacked_bytes > 1000


def test_a_name_without_extension_passes(tmp_path: Path) -> None:
    kept = hostile.plain(tmp_path / "a.xlsx").rename(tmp_path / "0123abcd")
    assert isinstance(prescan(kept, LIMITS), Scan)


@pytest.mark.parametrize(
    ("build", "expected"),
    [
        (hostile.far_cell, "unsafe_archive.cell_area"),
        (hostile.false_string_count, "unsafe_archive.strings"),
        (hostile.declaration, "unsafe_archive.declaration"),
        (hostile.declaration_in_utf16, "unsafe_archive.declaration"),
        (hostile.truncated, "not_a_spreadsheet.damaged"),
        (hostile.damaged, "not_a_spreadsheet.damaged"),
        (hostile.encrypted, "encrypted"),
        (hostile.locked_member, "encrypted"),
        (hostile.legacy_xls, "unsupported_format.xls"),
        (hostile.legacy_doc, "not_a_spreadsheet.kind"),
    ],
)
def test_hostile_and_foreign_files(
    tmp_path: Path, build: Callable[[Path], Path], expected: str
) -> None:
    assert reason(build(tmp_path / "a.xlsx")) == expected


@pytest.mark.parametrize("build", [hostile.far_style, hostile.false_dimension])
def test_odd_but_harmless_files_pass(tmp_path: Path, build: Callable[[Path], Path]) -> None:
    scan = prescan(build(tmp_path / "a.xlsx"), LIMITS)
    assert (scan.last_row, scan.last_column) == (2, 2)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "empty_file.bytes"),
        (b"%PDF-1.7\n...", "not_a_spreadsheet.kind"),
        ("指标,单位\n就业,人\n".encode("gb18030"), "not_a_spreadsheet.kind"),
        (b"<html><body><table></table></body></html>", "not_a_spreadsheet.kind"),
        (b"\xef\xbb\xbf <!DOCTYPE html>\n<html>", "not_a_spreadsheet.kind"),
        (
            b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>',
            "unsupported_format.other",
        ),
        (b"{\\rtf1}", "not_a_spreadsheet.kind"),
        (b"\x00\x01\x02\x03", "not_a_spreadsheet.kind"),
        (b"PK\x03\x04", "not_a_spreadsheet.damaged"),
    ],
)
def test_other_kinds_of_files_by_their_first_bytes(
    tmp_path: Path, content: bytes, expected: str
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert reason(path) == expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"word/document.xml": b"<w/>"}, "not_a_spreadsheet.kind"),
        (
            {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"},
            "unsupported_format.other",
        ),
        ({"xl/workbook.bin": b""}, "unsupported_format.other"),
        ({"a.txt": b"text"}, "not_a_spreadsheet.parts"),
        ({"xl/workbook.xml": b"<workbook/>"}, "not_a_spreadsheet.parts"),
    ],
)
def test_archives_that_are_no_workbook(
    tmp_path: Path, parts: dict[str, bytes], expected: str
) -> None:
    assert reason(hostile.package(tmp_path / "a.xlsx", parts)) == expected


def test_a_bomb_is_met_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = hostile.zip_bomb(tmp_path / "a.xlsx", megabytes=20)
    assert reason(bomb) == "unsafe_archive.ratio"
    assert reason(bomb, Limits(unpacked_bytes=1024 * 1024)) == "unsafe_archive.unpacked_bytes"
    assert prescan(bomb, Limits(ratio=10_000)).unpacked_bytes > 20 * 1024 * 1024


def test_limits_on_size_and_members(tmp_path: Path) -> None:
    path = hostile.many_members(tmp_path / "a.xlsx", 30)
    assert reason(path, Limits(entries=20)) == "unsafe_archive.entries"
    assert reason(path, Limits(file_bytes=100)) == "unsafe_archive.file_bytes"
    assert prescan(path, Limits(entries=100)).last_row == 2


def test_a_string_count_is_trusted_up_to_a_limit(tmp_path: Path) -> None:
    """Some programs write a wrong count; only one that would cost memory matters."""

    def claim(number: int) -> Path:
        return hostile.replaced(
            tmp_path / "a.xlsx",
            "xl/sharedStrings.xml",
            b'uniqueCount="3"',
            f'uniqueCount="{number}"'.encode(),
        )

    assert prescan(claim(90_000), LIMITS)
    assert reason(claim(110_000)) == "unsafe_archive.strings"


def test_a_cell_is_found_across_chunks_and_in_any_quotes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("govstats.workbooks.prescan._CHUNK", 64)
    path = hostile.replaced(
        tmp_path / "a.xlsx",
        "xl/worksheets/sheet1.xml",
        b"</sheetData>",
        b"<row r='9'><x:c t='n' r='XFD9000' s='0'><v>1</v></x:c></row></sheetData>",
    )
    assert reason(path) == "unsafe_archive.cell_area"
