"""Findings: worded, placed, named and ordered the same way every time."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govstats.rules import Rule
from govstats.validation import Finding
from govstats.validation.judge import Verdict
from govstats.validation.names import Names
from govstats.validation.wording import findings

RULE = Rule(
    id="BAL-001",
    name_zh="平衡",
    name_en="Balance",
    kind="balance",
    severity="hard",
    holds="release",
    basis="依据",
    table="checks.x",
    where="",
    expectation="sql",
    args={},
    value="",
    expected="",
    message_zh="{indicator_zh}{period_zh}为 {value}",
    remedy_zh="核对",
    source="expectations/x.yml",
)
PERIOD = date(2020, 6, 30)
NAMES = Names(
    columns={},
    lookups={
        "file": {"s1": "财政局/收入.xlsx"},
        "department_code": {"s1": "finance"},
        "department_zh": {"finance": "财政局"},
        "indicator_zh": {"gdp": "地区生产总值"},
        "area_zh": {},
        "period_zh": {PERIOD: "2020年1-6月"},
        "department_en": {"finance": "Bureau of Finance"},
        "indicator_en": {"gdp": "Gross domestic product"},
        "area_en": {},
        "period_en": {PERIOD: "January-June 2020"},
    },
)
ROW = {
    "submission_id": "s1",
    "sheet": "月报",
    "cell": "D5",
    "indicator_code": "gdp",
    "ref_area": "430602000000",
    "period_end": PERIOD,
    "value": Decimal("278.150000"),
}


def word(*rows: Mapping[str, Any], rule: Rule = RULE) -> tuple[Finding, ...]:
    return findings([Verdict(rule, len(rows), tuple(rows))], NAMES)


def test_a_finding_ends_at_its_cell_in_words() -> None:
    (finding,) = word(ROW)
    assert finding.message_zh == "地区生产总值2020年1-6月为 278.15"
    assert finding.value == "278.15"
    assert finding.expected is None
    assert (finding.department_code, finding.file) == ("finance", "财政局/收入.xlsx")
    assert (finding.sheet, finding.cell) == ("月报", "D5")


def test_what_the_row_says_goes_before_the_ledger() -> None:
    (finding,) = word(ROW | {"file": "别处.xlsx", "department_code": "statistics"})
    assert (finding.department_code, finding.file) == ("statistics", "别处.xlsx")


def test_a_finding_is_worded_in_english_too() -> None:
    text = "{indicator_en}, {period_en}: {value}, {seen}, {is_x} ({department_en})"
    rule = replace(RULE, message_en=text, remedy_en="Check.")
    (finding,) = word(ROW | {"seen": None, "is_x": True}, rule=rule)
    assert finding.message_en == (
        "Gross domestic product, January-June 2020: 278.15, (empty), yes (Bureau of Finance)"
    )
    assert finding.remedy_en == "Check."


def test_a_code_without_a_name_stands_for_itself() -> None:
    (finding,) = word(ROW, rule=replace(RULE, message_zh="{area_zh}"))
    assert finding.message_zh == "430602000000"


def test_a_row_without_the_code_has_no_name() -> None:
    rule = replace(RULE, message_zh="{area_zh}", message_en="{area_en}")
    (finding,) = word(ROW | {"ref_area": None}, rule=rule)
    assert (finding.message_zh, finding.message_en) == ("（空）", "(empty)")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "（空）"),
        (True, "是"),
        (False, "否"),
        (Decimal("0E-6"), "0"),
        (Decimal("-1.500000"), "-1.5"),
        (Decimal("1200.000000"), "1200"),
        (date(2020, 2, 29), "2020-02-29"),
        (datetime(2020, 7, 14, 9, 5), "2020-07-14 09:05"),
        ("12,345 万元", "12,345 万元"),
    ],
)
def test_figures_are_written_as_people_write_them(value: object, shown: str) -> None:
    (finding,) = word(ROW | {"seen": value}, rule=replace(RULE, message_zh="[{seen}]"))
    assert finding.message_zh == f"[{shown}]"


def test_braces_in_a_cell_are_not_read_as_places() -> None:
    (finding,) = word(ROW | {"seen": "{value}{0}"}, rule=replace(RULE, message_zh="{seen}"))
    assert finding.message_zh == "{value}{0}"


def test_lines_in_a_cell_stay_on_one_line() -> None:
    (finding,) = word(ROW | {"seen": "农、林、\n牧、渔业"}, rule=replace(RULE, message_zh="{seen}"))
    assert finding.message_zh == "农、林、 牧、渔业"


def test_a_finding_keeps_its_id_when_what_was_expected_changes() -> None:
    (first,) = word(ROW | {"expected_value": Decimal(1)})
    (second,) = word(ROW | {"expected_value": Decimal(2)})
    (third,) = word(ROW | {"value": Decimal(279)})
    assert first.finding_id == second.finding_id != third.finding_id
    assert len(first.finding_id) == 12


def test_two_findings_at_one_cell_have_two_ids_and_the_same_one_twice_is_one() -> None:
    rule = replace(RULE, message_zh="{other}")
    found = word(ROW | {"other": "a"}, ROW | {"other": "b"}, ROW | {"other": "b"}, rule=rule)
    assert [each.message_zh for each in found] == ["a", "b"]
    assert len({each.finding_id for each in found}) == 2


def test_order_is_by_weight_then_place_as_people_count() -> None:
    soft = Verdict(replace(RULE, id="AAA-001", severity="soft"), 1, (ROW,))
    cells = ["AA5", "D10", "D9", "Z5"]
    hard = Verdict(RULE, 4, tuple(ROW | {"cell": cell} for cell in cells))
    ordered = findings([soft, hard], NAMES)
    assert [each.cell for each in ordered] == ["Z5", "AA5", "D9", "D10", "D5"]
    assert [each.severity for each in ordered][-1] == "soft"


@given(st.permutations([ROW | {"cell": f"D{number}"} for number in range(5, 12)]))
def test_the_order_of_rows_does_not_matter(rows: list[dict[str, Any]]) -> None:
    assert word(*rows) == word(*reversed(rows))
