"""Bad files among good ones: each is refused with its reason, and the others are read."""

from pathlib import Path

import pytest

from govstats.observations import read_all
from govstats.settings import Settings
from govstats.workbooks.jail import Died
from govstats.workbooks.limits import Limits
from tests.workbooks import builders, hostile
from tests.workbooks.submissions import submission


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw/财政局/2020-03"
    folder.mkdir(parents=True)
    return tmp_path / "raw"


def test_bad_files_are_refused_and_the_others_go_on(raw: Path, settings: Settings) -> None:
    folder = raw / "财政局/2020-03"
    rows, merges = builders.finance()
    builders.workbook(folder / "1.xlsx", rows, merges)
    hostile.far_cell(folder / "2.xlsx")
    hostile.truncated(folder / "3.xlsx")
    hostile.encrypted(folder / "4.xlsx")
    (folder / "5.xlsx").write_text("<html>", "utf-8")
    (folder / "6.xlsx").touch()
    builders.workbook(folder / "7.xlsx", *builders.employment())
    builders.workbook(folder / "8.xlsx", rows, merges)
    refs = [submission(raw, path) for path in sorted(folder.glob("*"))]
    found = list(read_all(refs, settings))
    assert [entry.refusal.code if entry.refusal else "" for entry in found] == [
        "", "unsafe_archive", "not_a_spreadsheet", "encrypted", "not_a_spreadsheet", "empty_file",
        "wrong_department", "",
    ]  # fmt: skip
    assert [entry.status for entry in found].count("accepted") == 2
    for entry in found:
        assert entry.ref in refs
        if entry.refusal:
            assert entry.ref.file in entry.refusal.found_zh
            assert not entry.observations
            assert not entry.cells


def test_a_file_that_kills_its_reader_is_refused(raw: Path, settings: Settings) -> None:
    """Without the look at the bytes the parser meets the file itself."""
    folder = raw / "财政局/2020-03"
    hostile.far_cell(folder / "1.xlsx")
    builders.workbook(folder / "2.xlsx", *builders.finance())
    hostile.false_string_count(folder / "3.xlsx")
    builders.workbook(folder / "4.xlsx", *builders.finance())
    refs = [submission(raw, path) for path in sorted(folder.glob("*"))]
    blind = Limits(cell_area=10**12, trusted_string_claim=10**12, memory_bytes=600 * 1024 * 1024)
    found = list(read_all(refs, settings, blind))
    codes = [entry.refusal.code if entry.refusal else "" for entry in found]
    assert codes[0] == "reader_crashed"
    assert (codes[1], codes[3]) == ("", "")
    assert codes[2] in ("reader_crashed", "")  # some machines grant the memory


def test_a_reader_that_takes_too_long_is_refused(
    raw: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = raw / "财政局/2020-03/1.xlsx"
    builders.workbook(path, *builders.finance())
    ref = submission(raw, path)
    for detail, seconds in (("SIGXCPU", "60秒"), ("90 s", "90秒")):
        died = iter([Died("timeout", detail)])
        monkeypatch.setattr("govstats.observations.read.run_jailed", lambda *_, d=died, **__: d)
        (entry,) = read_all([ref], settings)
        assert entry.refusal is not None
        assert entry.refusal.code == "reader_timeout"
        assert f"超过{seconds}" in entry.refusal.text_zh()


def test_a_late_refusal_still_names_the_layout(raw: Path, settings: Settings) -> None:
    path = raw / "财政局/2020-03/1.xlsx"
    builders.workbook(path, *builders.finance("2020年1-4月"))
    (entry,) = read_all([submission(raw, path)], settings)
    assert entry.refusal is not None
    assert (entry.refusal.code, entry.layout_id) == ("period_conflict", "finance_revenue")
    assert entry.title == "岳阳楼区2020年1-4月一般公共预算收入完成情况表"


def test_nothing_to_read(settings: Settings) -> None:
    assert list(read_all([], settings)) == []
