"""The look at a file's bytes: what is let through, what is refused and with which reason."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from govstats.workbooks.limits import Limits
from govstats.workbooks.prescan import Scan, prescan
from govstats.workbooks.refusals import Refused, Words
from tests.workbooks import hostile

LIMITS = Limits()


def reason(path: Path, limits: Limits = LIMITS) -> str:
    with pytest.raises(Refused) as caught:
        prescan(path, limits)
    return str(caught.value)


def test_a_plain_workbook_passes(tmp_path: Path) -> None:
    scan = prescan(hostile.plain(tmp_path / "a.xlsx"), LIMITS)
    assert scan.format == "xlsx"
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
        (hostile.locked_member, "encrypted"),
    ],
)
def test_hostile_and_foreign_files(
    tmp_path: Path, build: Callable[[Path], Path], expected: str
) -> None:
    assert reason(build(tmp_path / "a.xlsx")) == expected


@pytest.mark.parametrize("build", [hostile.far_style, hostile.false_dimension])
def test_odd_but_harmless_files_pass(tmp_path: Path, build: Callable[[Path], Path]) -> None:
    assert prescan(build(tmp_path / "a.xlsx"), LIMITS).format == "xlsx"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "empty_file.bytes"),
        (b"%PDF-1.7\n...", "not_a_spreadsheet.kind"),
        ("指标,单位\n就业,人\n".encode("gb18030"), "wrong_extension"),
        ("没有分隔符\n".encode(), "wrong_extension"),
        (b"\x09\x00\x04\x00\x02\x00\x10\x00", "unsupported_format.other"),
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
            {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"},
            "not_a_spreadsheet.kind",
        ),
        (
            {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"},
            "not_a_spreadsheet.parts",
        ),
        ({"xl/workbook.bin": b""}, "not_a_spreadsheet.parts"),
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
    assert prescan(path, Limits(entries=100)).format == "xlsx"


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


NAMES = [
    ("表.xlsx", "xlsx"), ("表.XLSX", "xlsx"), ("表.et", "xlsx"), ("表.xlsm", "xlsx"),
    ("表", "xlsx"), ("表.xls.bak", "xlsx"), ("表.xls", None), ("表.xlsb", None), ("表.ods", None),
    ("表.csv", None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "found"), NAMES)
def test_a_name_must_not_say_otherwise(tmp_path: Path, name: str, found: str | None) -> None:
    path = hostile.plain(tmp_path / "a.xlsx")
    if found:
        assert prescan(path, LIMITS, name).format == found
        return
    with pytest.raises(Refused, match="wrong_extension") as caught:
        prescan(path, LIMITS, name)
    text = caught.value.refusal(name, Words("统计局", "Statistics")).text_zh()
    assert Path(name).suffix in text
    assert "Excel工作簿(.xlsx)" in text


def test_macros_are_read_past_where_the_name_tells_of_them(tmp_path: Path) -> None:
    path = hostile.plain(tmp_path / "a.xlsm")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    assert prescan(path, LIMITS).format == "xlsm"
    assert reason(path.rename(tmp_path / "a.xlsx")) == "active_content.macros"
