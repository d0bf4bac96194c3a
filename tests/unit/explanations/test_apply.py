"""Filled return sheets against the findings of an audit."""

from collections.abc import Callable
from datetime import datetime

import duckdb
import pytest

from govstats.explanations import apply, record
from govstats.settings import Settings
from govstats.validation.finding import Finding
from tests.unit.explanations.conftest import GOOD, KEY, OTHER, PLACE, Fill, finding, line

Audit = Callable[..., tuple[tuple[Finding, ...], list[str]]]

BETTER = "去年二月企业清算税款三千万元一次入库,今年改为按季预缴"


@pytest.fixture
def audit(connection: duckdb.DuckDBPyConnection, settings: Settings) -> Audit:
    """(findings after, outcomes) for findings before."""

    def run(*findings: Finding) -> tuple[tuple[Finding, ...], list[str]]:
        found, judged = apply(connection, findings, settings)
        record(connection, judged)
        return found, [each.outcome for each in judged]

    return run


def test_nothing_given_changes_nothing(audit: Audit) -> None:
    assert audit(finding()) == ((finding(),), [])


def test_a_good_explanation_closes_the_finding(audit: Audit, fill: Fill) -> None:
    name = fill(line())
    (found,), outcomes = audit(finding())
    assert outcomes == ["accepted"]
    assert (found.state, found.explanation, found.explanation_accepted) == ("explained", GOOD, True)
    assert (found.explained_by, found.explanation_submission_id) == ("李玲", name)
    assert found.explained_at == datetime(2020, 9, 2, 9, 0)
    assert found.explanation_reply_zh is None


def test_boilerplate_leaves_it_open_with_the_reason(audit: Audit, fill: Fill) -> None:
    fill(line("核实无误"))
    (found,), outcomes = audit(finding())
    assert outcomes == ["rejected"]
    assert (found.state, found.explanation_accepted) == ("rejected", False)
    assert "不足 8 个不同的字" in (found.explanation_reply_zh or "")


def test_an_empty_line_says_nothing(audit: Audit, fill: Fill) -> None:
    fill(line(None), line("  "))
    assert audit(finding()) == ((finding(),), [])


def test_the_latest_accepted_one_counts(audit: Audit, fill: Fill) -> None:
    fill(line())
    fill(line(BETTER, by="王敏"))
    fill(line("情况属实"))
    (found,), outcomes = audit(finding())
    assert outcomes == ["superseded", "accepted", "rejected"]
    assert (found.state, found.explanation, found.explained_by) == ("explained", BETTER, "王敏")


def test_it_carries_over_to_another_submission_of_the_figure(audit: Audit, fill: Fill) -> None:
    """The key does not hold the submission: 8123 sent again is explained still."""
    fill(line())
    (found,), _ = audit(finding(finding_id="f2", submission_id="s2", cell="C8"))
    assert (found.state, found.submission_id) == ("explained", "s2")


def test_it_lapses_when_the_figure_changes(audit: Audit, fill: Fill) -> None:
    fill(line())
    changed = finding(finding_key=OTHER, value="9000")
    (found,), outcomes = audit(changed)
    assert outcomes == ["lapsed"]
    assert (found.state, found.explanation, found.explanation_accepted) == ("lapsed", GOOD, False)
    assert "数据已经变动" in (found.explanation_reply_zh or "")
    fill(line(BETTER, key=OTHER))
    (found,), outcomes = audit(changed)
    assert outcomes == ["lapsed", "accepted"]
    assert (found.state, found.explanation) == ("explained", BETTER)


def test_boilerplate_never_stood_and_does_not_lapse(audit: Audit, fill: Fill) -> None:
    fill(line("核实无误"))
    (found,), outcomes = audit(finding(finding_key=OTHER))
    assert outcomes == ["lapsed"]
    assert found.state == "open"


def test_two_findings_of_one_place_are_explained_each(audit: Audit, fill: Fill) -> None:
    fill(line())
    found, _ = audit(finding(), finding(finding_id="f2", finding_key=OTHER))
    assert [each.state for each in found] == ["explained", "open"]


def test_a_finding_that_is_gone_is_closed(audit: Audit, fill: Fill) -> None:
    fill(line())
    assert audit()[1] == ["closed"]


def test_another_departments_number_is_unknown(audit: Audit, fill: Fill) -> None:
    fill(line(), department="tax")
    (found,), outcomes = audit(finding())
    assert (found.state, outcomes) == ("open", ["unknown"])


@pytest.mark.parametrize("key", ["", "第3条", "0123", "=cmd|' /C calc'!A0"])
def test_a_number_that_is_none_is_unknown(audit: Audit, fill: Fill, key: str) -> None:
    fill(line(key=key, place=None))
    assert audit(finding())[1] == ["unknown"]


def test_a_number_typed_in_full_width_is_read(audit: Audit, fill: Fill) -> None:
    fill(line(key="０１２３４５６７８９ＡＢ", place=None))
    assert audit(finding())[1] == ["accepted"]


def test_a_hard_finding_cannot_be_explained_away(audit: Audit, fill: Fill) -> None:
    fill(line())
    (found,), outcomes = audit(finding(severity="hard", state="must_mend"))
    assert (found.state, found.explanation, outcomes) == ("must_mend", None, ["rejected"])


def test_one_name_signs_the_lines_below_it(audit: Audit, fill: Fill) -> None:
    fill(line(by=None), line(BETTER, OTHER, by="王敏"), line(key="c" * 12, by=None))
    found, outcomes = audit(
        finding(),
        finding(finding_id="f2", finding_key=OTHER),
        finding(finding_id="f3", finding_key="c" * 12),
    )
    assert outcomes == ["accepted"] * 3
    assert [each.explained_by for each in found] == ["王敏"] * 3


def test_without_any_name_nothing_is_accepted(audit: Audit, fill: Fill) -> None:
    fill(line(by=None))
    assert audit(finding())[0][0].explanation_reply_zh == "未填写填报人，请填写后重新交回"


def test_a_pasted_text_is_refused_everywhere(audit: Audit, fill: Fill) -> None:
    """Six findings of two rules with one text; the seventh has one of its own."""
    keys = [f"{n:012x}" for n in range(7)]
    fill(*(line(GOOD if n < 6 else BETTER, key) for n, key in enumerate(keys)))
    found, _ = audit(
        *(
            finding(finding_id=key, finding_key=key, place_key=key, rule_id=f"FLU-{n % 2:03d}")
            for n, key in enumerate(keys)
        )
    )
    assert [each.state for each in found] == ["rejected"] * 6 + ["explained"]
    assert "同一说明用于 2 项规则的 6 条意见" in (found[0].explanation_reply_zh or "")


@pytest.mark.parametrize("changed", [{"status": "refused"}, {"is_form": False}])
def test_what_was_not_read_as_a_form_does_not_count(
    audit: Audit, fill: Fill, changed: dict[str, object]
) -> None:
    fill(line(), **changed)
    assert audit(finding())[1] == []


def test_outcomes_are_kept(audit: Audit, fill: Fill, connection: duckdb.DuckDBPyConnection) -> None:
    fill(line(), line("核实无误", OTHER))
    audit(finding())
    rows = connection.execute(
        "select finding_key, place_key, finding_id, rule_id, cell, outcome, reply_zh is null "
        "from raw.explanation order by finding_key"
    ).fetchall()
    assert rows == [
        (KEY, PLACE, "f1", "FLU-001", "O1", "accepted", True),
        (OTHER, PLACE, "f1", "FLU-001", "O2", "lapsed", False),
    ]
    audit(finding())
    assert connection.execute("select count(*) from raw.explanation").fetchone() == (2,)
