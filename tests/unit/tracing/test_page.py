"""The page and the text of a trace: what stands on a sheet is shown and does nothing."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from govstats.tracing import page, text
from govstats.tracing.model import (
    Address,
    CellEvidence,
    Corrected,
    Model,
    Step,
    Submission,
    Trace,
    Vintage,
)

HOSTILE = '</script><img src=x onerror=alert(1)>"\u202e甲'
SENT = Submission(
    "s-1", 7, "统计局", HOSTILE, "2020-09", datetime(2020, 10, 9, 8), date(2020, 10, 20),
    "accepted", "ab" * 32, 10,
)  # fmt: skip
CELL = CellEvidence(
    evidence_role="actual",
    subject_zh=HOSTILE,
    indicator_code="x",
    ref_area="a",
    area_zh="某区",
    measure="level",
    obs_value=Decimal("1.2345"),
    unit_measure="亿元",
    obs_status="A",
    missing_kind=None,
    department_zh="统计局",
    submission_id="s-1",
    file=HOSTILE,
    sheet=HOSTILE,
    cell="B3",
    value_text="12345",
    cell_value=Decimal(12345),
    cell_unit="万元",
    known_from=datetime(2020, 10, 9, 8),
    cell_now="12345",
    agrees=True,
    submission=SENT,
)
STEP = Step(
    reference="fct_x/obs_value?k=甲",
    mart="fct_x",
    column="obs_value",
    description="The figure. 数值。",
    role="cell",
    subject=HOSTILE,
    subject_en="area",
    value=Decimal("1.234500"),
    unit="亿元",
    row={"k": "甲", "obs_value": Decimal("1.234500"), "note": HOSTILE},
    cells=(CELL,),
)
TRACE = Trace(
    release_id="2020-09-1",
    asked="x",
    address=Address("bulletin/2020-09.xlsx", "表1", "C5", "1.23"),
    figure=STEP,
    working=HOSTILE,
    lineage=(
        Model("raw.x", "source", "As received. 收到。", (), ""),
        Model("marts.fct_x", "model", "One row. 每行。", ("raw.x",), "select '<b>'"),
    ),
)


def with_cell(**changes: Any) -> Trace:
    cell = replace(CELL, **changes)
    return replace(TRACE, figure=replace(STEP, cells=(cell,)))


def test_what_a_sheet_holds_is_shown_and_does_nothing() -> None:
    shown = page.render(TRACE)
    assert "<img" not in shown
    assert shown.count("</script>") == 1
    assert "\u202e" not in shown
    assert "select &#39;&lt;b&gt;&#39;" in shown
    assert "\u202e" not in "\n".join(text.lines(TRACE))


def test_the_same_trace_gives_the_same_page() -> None:
    assert page.render(TRACE) == page.render(TRACE)


def test_the_text_names_every_step() -> None:
    shown = "\n".join(text.lines(TRACE))
    for words in (
        "published  bulletin/2020-09.xlsx → sheet 表1 → C5: 1.23",
        "obs_value 数值 = 1.2345 亿元",
        "computed   raw: x → marts.fct_x",
        "→ B3: 12345 万元 = 1.2345 亿元",
        "checked  cell read again from the kept original: the same",
        f"line 7 of the ledger, SHA-256 {'ab' * 32}",
    ):
        assert words in shown


def test_a_cell_that_changed_is_said_to_have() -> None:
    changed = with_cell(agrees=False, cell_now="12346")
    assert "NOT THE SAME: 12346" in "\n".join(text.lines(changed))
    assert "与留存原件不一致" in page.render(changed)
    unread = with_cell(agrees=None)
    assert "no figure was read from it" in "\n".join(text.lines(unread))
    assert "未从该单元格读取数据" in page.render(unread)


def test_a_correction_shows_both_figures_and_who_answers() -> None:
    made = Corrected(
        "c-1", Decimal("1.2345"), Decimal(12345), None, "误填", "函", "王敏", date(2020, 11, 2)
    )
    shown = "\n".join(text.lines(with_cell(correction=made, obs_value=None, missing_kind="撤回")))
    assert "CORRECTED c-1: 12345 万元 → withdrawn, entered 2020-11-02 by 王敏: 误填, 函" in shown
    assert "12345 万元 = 1.2345 亿元" in shown  # as reported, not as corrected


def test_vintages_are_listed_only_where_there_are_several() -> None:
    first = Vintage(
        1, Decimal(1), "亿元", datetime(2020, 9, 1), datetime(2020, 10, 9), "a.xlsx", "表", "B3"
    )
    second = replace(first, vintage_number=2, known_to=None)
    assert "vintage" not in "\n".join(text.lines(with_cell(vintages=(first,))))
    shown = "\n".join(text.lines(with_cell(vintages=(first, second))))
    assert "vintage  1: 1 亿元, known 2020-09-01 00:00:00 to 2020-10-09 00:00:00" in shown
    assert page.render(with_cell(vintages=(first, second))).count("a.xlsx") == 2


@pytest.mark.parametrize(("reason", "words"), [("未报送", "— 未报送"), ("", "—")])
def test_a_missing_figure_is_never_a_nought(reason: str, words: str) -> None:
    missing = replace(TRACE, figure=replace(STEP, value=None, reason=reason, cells=()))
    assert f"obs_value 数值 = {words}" in "\n".join(text.lines(missing))
    assert "no cell was submitted" in "\n".join(text.lines(missing))
    assert f'data-value="">{words}</b>' in page.render(missing)


def test_plain_data_have_no_picture_and_every_cell() -> None:
    plain = TRACE.as_dict()
    assert [cell["cell"] for cell in plain["evidence"]] == ["B3"]
    assert "picture" not in plain["figure"]["cells"][0]
    assert plain["figure"]["row"]["k"] == "甲"
