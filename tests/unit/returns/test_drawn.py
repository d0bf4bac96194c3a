"""The drawn workbook: what can be filled in, what is highlighted, what stays dead."""

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from govstats.layouts.loader import load_forms
from govstats.layouts.model import Layout
from govstats.layouts.seeds import load_seeds
from govstats.returns import copied
from govstats.returns.copies import ROWS, copy
from govstats.returns.form import FormSheet, Heading
from govstats.returns.lines import Line
from govstats.workbooks.cells import Merge, Sheet, Stored, column_letters
from govstats.xlsxtext import TextBook

HOSTILE = "=cmd|' /C calc'!A0"
DAY = date(2020, 9, 1)


@pytest.fixture(scope="module")
def form(project: Path) -> Layout:
    (found,) = load_forms(project / "layouts", load_seeds(project / "dbt_project" / "seeds"))
    return found


def line(**changed: object) -> Line:
    given = dict.fromkeys(Line.__dataclass_fields__) | {
        "finding_key": "0123456789ab",
        "place_key": "abcdefabcdef",
        "rule_id": "FLU-001",
        "rule_name_zh": "增幅",
        "severity": "soft",
        "state": "open",
        "state_zh": "待说明",
        "expected": (),
        "messages": ("超过常年增幅",),
        "remedy_zh": "请说明",
        "cell": "B2",
    }
    return Line(**(given | changed))  # type: ignore[arg-type]


def drawn(form: Layout, *lines: Line, links: dict[int, str] | None = None) -> Worksheet:
    book = TextBook("题", DAY)
    FormSheet(book, form, Heading("税务局", "2020-09-01"), lines, links or {}).draw(
        book.sheet("审核意见")
    )
    page = openpyxl.load_workbook(io.BytesIO(book.close())).active
    assert isinstance(page, Worksheet)
    return page


def table(page: Worksheet) -> tuple[int, dict[str, int]]:
    """(row of the header, column by label)."""
    row = next(cell.row for (cell,) in page.iter_rows(max_col=1) if cell.value == "序号")
    return row, {str(cell.value): at for at, cell in enumerate(page[row], start=1)}


def test_only_the_room_of_what_may_be_explained_is_open(form: Layout) -> None:
    page = drawn(form, line(severity="hard", state="must_mend", state_zh="须改正"), line())
    top, columns = table(page)
    open_cells = {
        cell.coordinate for row in page.iter_rows() for cell in row if not cell.protection.locked
    }
    letters = {column_letters(columns[name]) for name in ("变化原因", "填报人")}
    assert open_cells == {f"{letter}{top + 2}" for letter in letters}
    assert page.protection.sheet
    state = page.cell(top + 1, columns["状态"]).value
    assert state == "须改正\n（须改正后重新报送，不需说明）"


def test_open_room_is_seen_without_colour(form: Layout) -> None:
    page = drawn(form, line(), line(severity="hard", state="must_mend", state_zh="须改正"))
    top, columns = table(page)
    borders = [page.cell(top + n, columns["变化原因"]).border.left.style for n in (0, 1, 2)]
    fills = [page.cell(top + n, columns["变化原因"]).fill.patternType for n in (1, 2)]
    assert borders == ["thin", "medium", "thin"]
    assert fills[0] == "solid" != fills[1]


def test_what_was_said_before_and_why_it_did_not_count(form: Layout) -> None:
    page = drawn(
        form,
        line(state="rejected", explanation="核实无误", explanation_reply_zh="套话"),
        line(state="explained", explanation="去年一次性入库"),
        line(state="lapsed", explanation="去年一次性入库", explanation_reply_zh="数据已变"),
    )
    top, columns = table(page)
    said = [page.cell(top + n, columns["原说明及未采信原因"]).value for n in (1, 2, 3)]
    assert said == [
        "原说明：核实无误\n未采信：套话",
        "原说明：去年一次性入库\n已采信",
        "原说明：去年一次性入库\n已失效：数据已变",
    ]


def test_its_heading_counts_what_is_to_do(form: Layout) -> None:
    hard = {"severity": "hard", "state": "must_mend", "state_zh": "须改正"}
    page = drawn(form, line(**hard), line(), line(state="lapsed"), line(state="explained"))
    assert page["A2"].value == "填报单位：税务局    须改正 1 条，待说明 2 条，其他 1 条"


def test_it_prints_on_one_width_with_its_header_on_every_page(form: Layout) -> None:
    page = drawn(form, line())
    top, _ = table(page)
    assert page.page_setup.orientation == "landscape"
    fit = page.sheet_properties.pageSetUpPr
    assert fit is not None
    assert fit.fitToPage
    assert page.page_setup.fitToWidth in (None, 1)  # 1 is left out
    assert page.page_setup.fitToHeight == 0
    assert page.print_title_rows == f"${top}:${top}"


def test_texts_of_a_sheet_stay_texts(form: Layout) -> None:
    page = drawn(
        form,
        line(
            value=HOSTILE,
            messages=(HOSTILE,),
            sheet="<script>",
            explanation=HOSTILE,
            state="rejected",
        ),
    )
    kinds = {cell.data_type for row in page.iter_rows() for cell in row if cell.value is not None}
    assert kinds <= {"s", "n"}
    top, columns = table(page)
    assert page.cell(top + 1, columns["报送数"]).value == HOSTILE
    assert page.cell(top + 1, columns["报送数"]).quotePrefix


def sheet(rows: int = 4, merges: tuple[Merge, ...] = ()) -> Sheet:
    grid: list[list[Stored]] = [["税收情况", ""], ["税收", 12.5], [HOSTILE, 3.0]]
    grid += [["", float(number)] for number in range(4, rows + 1)]
    return Sheet("通报", grid, merges)


def test_a_copy_shows_cells_where_they_stood_with_what_is_said_of_them() -> None:
    book = TextBook("题", DAY)
    made = copy(sheet(merges=(Merge(1, 1, 1, 2),)), [(2, 2)], {1: 20.0})
    copied.draw(
        book, book.sheet("副本"), made, {(2, 2): "FLU-001 增幅\n请说明"}, "税务局/通报.xlsx"
    )
    page = openpyxl.load_workbook(io.BytesIO(book.close())).active
    assert page is not None
    assert [page[at].value for at in ("A1", "A2", "B2", "A3")] == [
        "税收情况",
        "税收",
        "12.5",
        HOSTILE,
    ]
    assert page["A3"].data_type == "s"
    assert page["B2"].border.left.style == "thick"
    assert page["B3"].border.left.style == "thin"
    assert "FLU-001" in page["B2"].comment.text
    assert "税务局/通报.xlsx" in page["A1"].comment.text
    assert [str(merge) for merge in page.merged_cells.ranges] == ["A1:B1"]
    assert page.column_dimensions["A"].width == pytest.approx(20.0, abs=1)
    assert page.protection.sheet


def test_a_long_sheet_is_shown_around_its_finding() -> None:
    """Rows 1-300 and 997-1003 of 2,000; those between are hidden, and it is said."""
    made = copy(sheet(2000), [(1000, 2)], {})
    assert made.gaps == ((ROWS + 1, 996), (1004, 2000))
    book = TextBook("题", DAY)
    copied.draw(book, book.sheet("副本"), made, {(1000, 2): "错"}, "f")
    page = openpyxl.load_workbook(io.BytesIO(book.close())).active
    assert page is not None
    assert page["B1000"].value == "1000"
    assert page.row_dimensions[500].hidden
    assert not page.row_dimensions[1000].hidden
    assert "第 301 行至第 996 行未列出。" in page["A1"].comment.text


@pytest.mark.parametrize("merges", [(Merge(1, 1, 2, 2), Merge(2, 2, 3, 3)), (Merge(1, 1, 1, 1),)])
def test_merges_that_no_workbook_may_have_are_left_out(merges: tuple[Merge, ...]) -> None:
    book = TextBook("题", DAY)
    copied.draw(book, book.sheet("副本"), copy(sheet(merges=merges), [], {}), {}, "f")
    assert openpyxl.load_workbook(io.BytesIO(book.close())).active is not None
