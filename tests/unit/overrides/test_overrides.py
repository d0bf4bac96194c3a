"""Overrides: entered with a reason, kept in a book, set beside the finding they are about."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from govstats import overrides
from govstats.errors import GovstatsError, KnowledgeError
from govstats.overrides import Override, book
from govstats.settings import Settings
from govstats.validation import Finding

REASON = "省级统筹资金一次划入，已核对拨款文件"
DAY = date(2020, 7, 20)
FOUND: dict[str, Any] = {
    "finding_id": "a1b2c3d4e5f6",
    "rule_id": "MAG-001",
    "holds": "submission",
    "submission_status": "held",
}


@pytest.fixture
def own(project: Path, tmp_path: Path) -> Settings:
    """Seeds of the test's own."""
    root = tmp_path / "project"
    shutil.copytree(project / "dbt_project/seeds", root / "dbt_project/seeds")
    shutil.copy(project / "dbt_project/dbt_project.yml", root / "dbt_project")
    return Settings(root=root, data=tmp_path / "data")


def test_an_override_is_entered_and_withdrawn_and_its_line_stays(own: Settings) -> None:
    entered = overrides.enter(own, FOUND, f" {REASON}\n", "王敏 ", DAY)
    assert entered == Override("a1b2c3d4e5f6", "MAG-001", REASON, "王敏", DAY)
    assert overrides.read(own) == (entered,)
    gone = overrides.withdraw(own, "a1b2c3d4e5f6", date(2020, 7, 21))
    assert gone == replace(entered, withdrawn_on=date(2020, 7, 21))
    again = overrides.enter(own, FOUND, REASON, "李华", date(2020, 7, 22))
    assert overrides.read(own) == (gone, again)


def test_it_is_never_withdrawn_before_it_was_decided(own: Settings) -> None:
    overrides.enter(own, FOUND, REASON, "王敏", DAY)
    assert overrides.withdraw(own, "a1b2c3d4e5f6", date(2020, 7, 1)).withdrawn_on == DAY


@pytest.mark.parametrize("reason", ["情况属实", "同意", "checked against the papers", "", "！！！"])
def test_a_reason_must_say_something(own: Settings, reason: str) -> None:
    with pytest.raises(GovstatsError, match=r"not in Chinese|explains nothing"):
        overrides.enter(own, FOUND, reason, "王敏", DAY)
    assert overrides.read(own) == ()


def test_somebody_answers_for_it(own: Settings) -> None:
    with pytest.raises(GovstatsError, match="author is empty"):
        overrides.enter(own, FOUND, REASON, "  ", DAY)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"holds": "none"}, "holds nothing back"),
        ({"submission_status": "refused"}, "file that was not read"),
    ],
)
def test_only_what_holds_figures_back_can_pass(
    own: Settings, change: dict[str, str], words: str
) -> None:
    with pytest.raises(GovstatsError, match=words):
        overrides.enter(own, FOUND | change, REASON, "王敏", DAY)


def test_one_finding_has_one_override_in_force(own: Settings) -> None:
    overrides.enter(own, FOUND, REASON, "王敏", DAY)
    with pytest.raises(GovstatsError, match="overridden on 2020-07-20 by 王敏"):
        overrides.enter(own, FOUND, REASON, "李华", DAY)


def test_withdrawing_what_is_not_there_names_what_is(own: Settings) -> None:
    with pytest.raises(GovstatsError, match="none is in force"):
        overrides.withdraw(own, "a1b2")
    overrides.enter(own, FOUND, REASON, "王敏", DAY)
    with pytest.raises(GovstatsError, match="in force: a1b2c3d4e5f6"):
        overrides.withdraw(own, "a1b2c3d4e5f7")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("finding,reason\n", "does not begin with its columns"),
        (f"{','.join(book.COLUMNS)}\na,B,c,,2020-07-20,\n", "csv:2: author is empty"),
        (f"{','.join(book.COLUMNS)}\na,B,c,d,20.7.2020,\n", "decided_on: “20.7.2020” is no date"),
        (f"{','.join(book.COLUMNS)}\na,B,c,d,2020-07-20,,more\n", "a comma is too many"),
    ],
)
def test_a_wrong_line_is_named(own: Settings, content: str, words: str) -> None:
    book.path(own).write_text(content, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=words):
        overrides.read(own)


def test_a_missing_book_is_named(own: Settings) -> None:
    book.path(own).unlink()
    with pytest.raises(KnowledgeError, match=r"dbt_project/seeds/audit_overrides.csv is missing"):
        overrides.read(own)


def finding(**more: Any) -> Finding:
    nothing: dict[str, Any] = dict.fromkeys(
        ("place_key", "finding_key", "rule_name_zh", "rule_name_en", "kind", "message_zh"), ""
    )
    place: dict[str, Any] = dict.fromkeys(
        ("department_code", "file", "sheet", "cell", "indicator_code", "ref_area", "period_end")
    )
    own: dict[str, Any] = {
        "finding_id": "f1",
        "rule_id": "MAG-001",
        "severity": "hard",
        "holds": "submission",
    }
    rest: dict[str, Any] = {
        "state": "must_mend",
        "submission_id": "s1",
        "value": "1",
        "expected": "2",
    }
    return Finding(**nothing, **place, **(own | rest | {"remedy_zh": ""} | more))


def test_a_finding_that_passes_says_who_answers_and_why() -> None:
    found = (finding(), finding(finding_id="f2"))
    passed, other = overrides.apply(found, {"f1": Override("f1", "MAG-001", REASON, "王敏", DAY)})
    assert passed == replace(
        found[0],
        state="overridden",
        override_by="王敏",
        override_reason_zh=REASON,
        overridden_on=DAY,
    )
    assert other is found[1]


@pytest.mark.parametrize("change", [{"rule_id": "BAL-001"}, {"holds": "none"}])
def test_an_override_is_about_one_finding_that_holds(change: dict[str, str]) -> None:
    found = finding(**change)
    decided = {"f1": Override("f1", "MAG-001", REASON, "王敏", DAY)}
    assert overrides.apply([found], decided) == (found,)


def test_those_in_force_are_read_from_the_warehouse_they_were_built_into() -> None:
    with duckdb.connect() as connection:
        connection.execute(
            "create schema staging; create table staging.stg_audit_override as select * from "
            "(values ('f1', 'MAG-001', '甲', '王敏', date '2020-07-20', null::date), "
            "('f2', 'MAG-001', '乙', '王敏', date '2020-07-20', date '2020-07-21')) "
            "as t (finding_id, rule_id, reason_zh, author, decided_on, withdrawn_on)"
        )
        assert overrides.in_force(connection) == {
            "f1": Override("f1", "MAG-001", "甲", "王敏", DAY)
        }
