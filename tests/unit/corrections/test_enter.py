"""A correction is checked against the cell it names before the book takes it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest

from govstats import corrections
from govstats.corrections import Wanted
from govstats.errors import GovstatsError
from govstats.intake import take_in
from govstats.settings import Settings

FILE = "财政局/2020-03/收入.xlsx"
REASON = "两张缴库凭证重复计入,按国库对账单扣除"
WANTED = Wanted(
    FILE, "收入", "D7", "69317", "69000", REASON, "王敏", "国库对账单", False, date(2020, 4, 20)
)


def test_department_period_layout_unit_and_figure_come_from_the_file(sheet: Settings) -> None:
    entered = corrections.enter(sheet, WANTED)
    assert entered.correction_id == "finance-2020-03-01"
    assert (entered.department_code, entered.time_period) == ("finance", "2020-03")
    assert (entered.layout_id, entered.value_unit, entered.file) == (
        "finance_revenue",
        "万元",
        None,
    )
    assert entered.figure == (
        "general_budget_revenue/430602000000/jurisdiction/2020-03-31/ytd/level"
    )
    assert (entered.old_value, entered.new_value) == (D("69317"), D("69000"))
    assert corrections.read(sheet) == (entered,)


def test_a_registered_submission_is_named_by_its_id(sheet: Settings) -> None:
    (entry,) = take_in(sheet)
    wanted = replace(
        WANTED, what=entry.submission_id, cell=" $e$7 ", old="−19.4%", new="", only_this_file=True
    )
    entered = corrections.enter(sheet, wanted)
    assert (entered.cell, entered.value_unit) == ("E7", "%")
    assert (entered.old_value, entered.new_value, entered.file) == (D("-19.4"), None, FILE)


def test_one_figure_has_one_correction_at_a_time(sheet: Settings) -> None:
    first = corrections.enter(sheet, WANTED)
    with pytest.raises(GovstatsError, match="corrects this figure already") as caught:
        corrections.enter(sheet, replace(WANTED, new="68000"))
    assert f"--withdraw {first.correction_id}" in caught.value.remedy
    gone = corrections.withdraw(sheet, first.correction_id, date(2020, 4, 21))
    second = corrections.enter(sheet, replace(WANTED, new="68000"))
    assert gone.withdrawn_on == date(2020, 4, 21)
    assert second.correction_id == "finance-2020-03-02"
    assert corrections.read(sheet) == (gone, second)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"old": "69318"}, "holds 69317 万元"),
        ({"cell": "A7"}, "is no figure but label: “一般公共预算收入”"),
        ({"cell": "D8"}, "holds no figure: not_applicable (“—”)"),
        ({"cell": "H40"}, "is empty"),
        ({"sheet": "支出"}, "no table read from a sheet '支出'"),
        ({"old": "6.9亿元"}, "in the cell's own unit, 万元"),
        ({"new": "69317.0"}, "nothing to correct"),
        ({"new": "1e40"}, "at most 8 decimals and 20 digits"),
        ({"new": "1e-999999999"}, "at most 8 decimals"),
        ({"new": "0.123456789"}, "at most 8 decimals"),
        ({"new": "NaN"}, "is no figure of"),
    ],
)
def test_what_the_cell_does_not_bear_out_is_refused(
    sheet: Settings, changes: dict[str, str], words: str
) -> None:
    with pytest.raises(GovstatsError) as caught:
        corrections.enter(sheet, replace(WANTED, **changes))
    assert words in str(caught.value)
    assert corrections.read(sheet) == ()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": "核实无误"}, "explains nothing"),
        ({"reason": "情况属实,经核实,填报错误!!!!!!"}, "explains nothing"),
        ({"reason": "手误"}, "explains nothing"),
        ({"reason": "entered twice by mistake"}, "not in Chinese"),
        ({"author": " \n"}, "the author is empty"),
        ({"cell": "第7行"}, "is no cell address"),
        ({"what": "finance-2020-03-0000000000"}, "neither a registered submission nor a file"),
        ({"what": "/etc/hostname"}, "neither a registered submission nor a file"),
    ],
)
def test_what_needs_no_file_is_refused_before_it_is_read(
    own: Settings, changes: dict[str, str], words: str
) -> None:
    with pytest.raises(GovstatsError) as caught:
        corrections.enter(own, replace(WANTED, **changes))
    assert words in str(caught.value)


def test_a_file_of_no_known_place_is_refused(own: Settings) -> None:
    (own.raw / "外单位").mkdir(parents=True)
    (own.raw / "外单位/a.xlsx").write_bytes(b"x")
    with pytest.raises(GovstatsError, match="name no known department and period"):
        corrections.enter(own, replace(WANTED, what="外单位/a.xlsx"))


def test_a_refused_file_has_nothing_to_correct(own: Settings) -> None:
    (own.raw / FILE).parent.mkdir(parents=True)
    (own.raw / FILE).write_bytes(b"no spreadsheet")
    with pytest.raises(GovstatsError, match="cannot be read") as caught:
        corrections.enter(own, WANTED)
    assert "To do" in caught.value.what


def test_only_what_counts_can_be_withdrawn(sheet: Settings) -> None:
    with pytest.raises(GovstatsError, match="no correction 'finance-2020-03-01'"):
        corrections.withdraw(sheet, "finance-2020-03-01")
    entered = corrections.enter(sheet, WANTED)
    before = corrections.withdraw(sheet, entered.correction_id, date(2020, 1, 1))
    assert before.withdrawn_on == entered.entered_on  # never before it was entered
    with pytest.raises(GovstatsError, match="was withdrawn on 2020-04-20"):
        corrections.withdraw(sheet, entered.correction_id)
