"""Each file once, bytes kept, changes noticed."""

from datetime import datetime
from pathlib import Path

import pytest

from govstats.errors import GovstatsError
from govstats.intake import kept_copy, ledger, register, survey, take_in
from govstats.settings import Settings


def put(settings: Settings, name: str, content: bytes = b"one") -> Path:
    path = settings.raw / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def kinds(settings: Settings) -> list[str]:
    return [problem.kind for problem in survey(settings).problems]


def test_file_is_registered_once_with_department_and_period(settings: Settings) -> None:
    put(settings, "财政局/2020-02/a.xlsx")
    first = take_in(settings)
    assert [(e.department_code, e.time_period, e.file) for e in first] == [
        ("finance", "2020-02", "财政局/2020-02/a.xlsx")
    ]
    assert take_in(settings) == []
    assert len(ledger.read(settings.ledger)) == 1


def test_alias_and_code_name_the_same_department(settings: Settings) -> None:
    put(settings, "区财政局/2020-02/a.xlsx", b"a")
    put(settings, "finance/2020-03/b.xlsx", b"b")
    assert {entry.department_code for entry in take_in(settings)} == {"finance"}


def test_changed_file_is_tampered_and_original_bytes_are_kept(settings: Settings) -> None:
    path = put(settings, "财政局/2020-02/a.xlsx", b"as received")
    (entry,) = take_in(settings)
    path.write_bytes(b"edited later")
    assert kinds(settings) == ["tampered"]
    assert take_in(settings) == []
    assert kept_copy(settings, entry).read_bytes() == b"as received"


def test_vanished_file_is_a_finding_and_its_bytes_are_kept(settings: Settings) -> None:
    path = put(settings, "财政局/2020-02/a.xlsx", b"as received")
    (entry,) = take_in(settings)
    path.unlink()
    assert kinds(settings) == ["vanished"]
    assert kept_copy(settings, entry).read_bytes() == b"as received"


def test_lost_copy_is_made_again_from_raw(settings: Settings) -> None:
    put(settings, "财政局/2020-02/a.xlsx", b"as received")
    (entry,) = take_in(settings)
    kept_copy(settings, entry).unlink()
    assert kept_copy(settings, entry).read_bytes() == b"as received"


def test_bytes_in_neither_place_are_an_error_that_names_the_file(settings: Settings) -> None:
    path = put(settings, "财政局/2020-02/a.xlsx")
    (entry,) = take_in(settings)
    kept_copy(settings, entry).unlink()
    path.unlink()
    with pytest.raises(GovstatsError, match=r"财政局/2020-02/a\.xlsx"):
        kept_copy(settings, entry)


def test_second_file_of_a_period_is_another_submission(settings: Settings) -> None:
    put(settings, "财政局/2020-02/a.xlsx", b"a")
    take_in(settings)
    put(settings, "财政局/2020-02/a(修订).xlsx", b"b")
    (entry,) = take_in(settings)
    assert entry.sequence_number == 2


def test_same_bytes_under_another_name_are_a_duplicate(settings: Settings) -> None:
    put(settings, "财政局/2020-02/a.xlsx")
    take_in(settings)
    put(settings, "财政局/2020-02/b.xlsx")
    assert take_in(settings) == []
    assert kinds(settings) == ["duplicate"]


def test_same_bytes_for_another_period_are_a_submission(settings: Settings) -> None:
    put(settings, "财政局/2020-02/a.xlsx")
    put(settings, "财政局/2020-03/a.xlsx")
    assert len(take_in(settings)) == 2


@pytest.mark.parametrize(
    "name",
    [
        "财证局/2020-02/a.xlsx",  # a department nobody knows
        "财政局/2020-01/a.xlsx",  # there is no January period
        "财政局/2020-13/a.xlsx",
        "财政局/2020年2月/a.xlsx",
        "财政局/a.xlsx",
        "财政局/2020-02/more/a.xlsx",
    ],
)
def test_misplaced_file_is_not_registered_and_says_where_it_belongs(
    settings: Settings, name: str
) -> None:
    put(settings, name)
    assert take_in(settings) == []
    (problem,) = survey(settings).problems
    assert (problem.kind, problem.file) == ("unplaced", name)
    assert "财政局" in problem.expected_zh


@pytest.mark.parametrize("name", ["~$a.xlsx", ".a.xlsx", "a.xlsx.part", "a.tmp"])
def test_lock_files_and_unfinished_uploads_are_left_alone(settings: Settings, name: str) -> None:
    put(settings, f"财政局/2020-02/{name}")
    assert take_in(settings) == []
    assert kinds(settings) == []


def test_backlog_is_registered_with_its_own_time(settings: Settings) -> None:
    put(settings, "财政局/2020-02/a.xlsx")
    received = datetime(2020, 3, 12, 9, 30)
    (entry,) = register(settings, [(Path("财政局/2020-02/a.xlsx"), received)])
    assert entry.received_at.isoformat() == "2020-03-12T09:30:00+08:00"
    assert register(settings, [(Path("财政局/2020-02/a.xlsx"), received)]) == []


def test_link_is_not_followed(settings: Settings, tmp_path: Path) -> None:
    outside = tmp_path / "secret.xlsx"
    outside.write_bytes(b"not for the warehouse")
    link = settings.raw / "财政局/2020-02/a.xlsx"
    link.parent.mkdir(parents=True)
    link.symlink_to(outside)
    folder = settings.raw / "财政局/2020-03"
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "b.xlsx").write_bytes(b"b")
    folder.symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert take_in(settings) == []
    assert [problem.found_en for problem in survey(settings).problems] == [
        "it is a link, or lies behind one"
    ]
