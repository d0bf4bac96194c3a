"""Names and units of columns, and the two halves of a description."""

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govstats.tracing import words


@pytest.mark.parametrize(
    ("description", "chinese", "english"),
    [
        ("Plan of the year; null where none is set. 年度计划数。", "年度计划数。",
         "Plan of the year; null where none is set."),
        ("Done, in percent. Computed. GDP占比(%)。", "GDP占比(%)。", "Done, in percent. Computed."),
        ("No Chinese at all.", "No Chinese at all.", "No Chinese at all."),
        ("只有中文。", "只有中文。", "只有中文。"),
    ],
)  # fmt: skip
def test_descriptions_fall_into_their_halves(description: str, chinese: str, english: str) -> None:
    assert words.chinese(description) == chinese
    assert words.english(description) == english


def test_a_label_is_the_first_words() -> None:
    found = words.label("Plan of the year; null where none is set. 年度计划数,缺则为空。")
    assert (found.zh, found.en) == ("年度计划数", "Plan of the year")


@given(st.text(alphabet="ab. 数据,;", max_size=30))
def test_no_half_is_invented(description: str) -> None:
    assert words.chinese(description) in description
    assert words.english(description) in description


@pytest.mark.parametrize(
    ("column", "row", "unit"),
    [
        ("completion_pct", {"unit_measure": "万元"}, "%"),
        ("expected_pct_seasonal", {"unit_measure": "万元"}, "%"),
        ("difference_pp", {"unit_measure": "万元"}, "百分点"),
        ("plan_value", {"unit_measure": "万元"}, "万元"),
        ("cell_value", {"unit_measure": "亿元", "cell_unit": "万元"}, "万元"),
        ("gap", {"unit_measure": "亿元", "gap_unit": "百分点"}, "百分点"),
        ("gap_change_value", {"unit_measure": "亿元", "gap_unit": "百分点"}, "百分点"),
        ("tolerance", {"unit_measure": "亿元", "tolerance_unit": "%"}, "%"),
        ("value_number", {"value_unit": "人"}, "人"),
        ("rank_computed", {"unit_measure": "万元"}, None),
        ("n_met", {"unit_measure": "万元"}, None),
        ("state_zh", {"unit_measure": "万元"}, None),
    ],
)
def test_a_figure_has_the_unit_its_name_says(
    column: str, row: dict[str, str], unit: str | None
) -> None:
    assert words.unit(column, row) == unit


def test_a_row_says_why_it_has_no_figure() -> None:
    assert words.reason({"absence_zh": "未报送", "no_completion_reason": "no_figure"}) == "未报送"
    assert words.reason({"absence_zh": None, "no_data_reason_zh": "未到期"}) == "未到期"
    assert words.reason({"obs_value": None}) == ""


def test_a_row_is_named_by_what_it_is_about() -> None:
    with duckdb.connect() as connection:
        connection.execute("create schema marts; create schema seeds")
        for mart, code, zh, en in (
            ("dim_department", "department_code", "short_name_zh", "name_en"),
            ("dim_target", "target_id", "name_zh", "name_en"),
            ("dim_area", "ref_area", "name_zh", "name_en"),
            ("dim_indicator", "indicator_code", "name_zh", "name_en"),
            ("dim_period", "period_end", "label_zh", "label_en"),
        ):
            connection.execute(
                f"create table marts.{mart} as select 'a' as {code}, '甲{mart[4:6]}' as {zh}, "
                f"'A{mart[4:6]}' as {en}"
            )
        connection.execute(
            "create table seeds.codes as "
            "select 'measure' as list, 'level' as code, '绝对量' as name_zh, 'level' as name_en"
        )
        names = words.Names(connection)
    figure = {"ref_area": "a", "indicator_code": "a", "measure": "level", "period_end": "a"}
    said = names.subject(figure | {"department_code": "a"})
    assert (said.zh, said.en) == ("甲ar 甲in 绝对量 甲pe", "Aar Ain level Ape")
    # a target says area, indicator and measure already; an unknown code stays as it is
    assert names.subject(figure | {"target_id": "b"}).zh == "b 甲pe"
