"""Zip archives: what the directory claims is held against what is there."""

import zipfile
from pathlib import Path

import pytest

from govstats.workbooks.formats.archive import Package
from govstats.workbooks.limits import Limits
from govstats.workbooks.refusals import Refused

LIMITS = Limits()


def archive(path: Path, method: int = zipfile.ZIP_DEFLATED) -> bytearray:
    with zipfile.ZipFile(path, "w", method) as target:
        target.writestr("a.xml", b"<a>" + bytes(3000) + b"</a>")
        target.writestr("图/b.bin", bytes(range(256)) * 10_000)
    return bytearray(path.read_bytes())


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_members_are_read_whole_and_counted(tmp_path: Path, method: int) -> None:
    package = Package(bytes(archive(tmp_path / "a.zip", method)), LIMITS)
    assert package.read("图/b.bin") == bytes(range(256)) * 10_000
    assert package.unpacked == 2_560_000
    assert len(package.read("a.xml")) == 3007


def test_a_false_size_is_damage(tmp_path: Path) -> None:
    content = archive(tmp_path / "a.zip")
    at = content.rfind(b"PK\x01\x02", 0, content.rfind(b"PK\x01\x02"))
    content[at + 24 : at + 28] = (100).to_bytes(4, "little")
    with pytest.raises(Refused, match=r"not_a_spreadsheet\.damaged"):
        Package(bytes(content), LIMITS).read("a.xml")


def test_a_false_checksum_is_damage(tmp_path: Path) -> None:
    content = archive(tmp_path / "a.zip", zipfile.ZIP_STORED)
    content[content.find(b"</a>")] = 65
    with pytest.raises(Refused, match=r"not_a_spreadsheet\.damaged"):
        Package(bytes(content), LIMITS).read("a.xml")


def test_the_budget_is_one_for_all_members(tmp_path: Path) -> None:
    content = bytes(archive(tmp_path / "a.zip"))
    package = Package(content, Limits(unpacked_bytes=2_561_000))
    package.read("图/b.bin")
    with pytest.raises(Refused, match=r"unsafe_archive\.unpacked_bytes"):
        package.read("a.xml")
