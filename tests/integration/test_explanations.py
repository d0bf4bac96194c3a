"""From a finding over the return sheet to an explanation, and what becomes of it."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from govstats import pipeline, returns
from govstats.release import reader, releases
from govstats.settings import Settings

pytestmark = pytest.mark.slow

CAUSE = "去年六月至今商场分三批停业改造，七家企业停报共四个月"
OTHER = "经办人四月住院，交接时漏报，五月二十九日补齐台账"
FORMULA = "=1+1"


def state(settings: Settings, department: str) -> dict[str, dict[str, Any]]:
    """A department's soft findings by number."""
    with reader.connect(settings) as connection:
        rows = reader.rows(
            connection,
            "select * from marts.fct_validation_finding where severity = 'soft' "
            "and department_code = ? order by finding_id",
            [department],
        )
    return {str(row["finding_key"]): row for row in rows}


def opened(settings: Settings, department: str) -> tuple[Any, Worksheet, int, dict[str, int]]:
    """A department's return workbook: book, first sheet, row of the header, columns."""
    folder = releases.current_folder(settings)
    book = openpyxl.load_workbook(folder / "returns" / f"{department}.xlsx")
    page = book.worksheets[0]
    top = next(cell.row for (cell,) in page.iter_rows(max_col=1) if cell.value == "序号")
    return book, page, top, {str(c.value): n for n, c in enumerate(page[top], start=1)}


def fill(settings: Settings, department: str, folder: str, *texts: str | None) -> Path:
    """Fill in the first lines, and hand the workbook in as a department would."""
    book, page, top, columns = opened(settings, department)
    for number, text in enumerate(texts, start=1):
        page.cell(top + number, columns["变化原因"]).value = text
    page.cell(top + 1, columns["填报人"]).value = "李玲"
    target = settings.raw / folder
    target.mkdir(parents=True, exist_ok=True)
    path = target / f"审核意见表{len(list(target.iterdir()))}.xlsx"
    book.save(path)
    return path


def test_findings_are_explained_and_boilerplate_is_refused(released: Settings) -> None:
    """Round trip: return sheet, filled, accepted or refused, said in the next return sheet."""
    before = state(released, "statistics")
    assert len(before) >= 3
    _, page, top, columns = opened(released, "statistics")
    keys = [page.cell(top + n, columns["意见编号"]).value for n in (1, 2, 3)]
    fill(released, "statistics", "统计局/2020-12", CAUSE, "核实无误，情况属实", FORMULA)
    assert pipeline.run(released)["published"]

    after = state(released, "statistics")
    assert after.keys() == before.keys()
    assert [after[str(key)]["state"] for key in keys] == ["explained", "rejected", "rejected"]
    assert after[str(keys[0])]["explanation"] == CAUSE
    assert after[str(keys[0])]["explained_by"] == "李玲"
    assert "不同的字" in after[str(keys[1])]["explanation_reply_zh"]
    untouched = [row["state"] for key, row in after.items() if key not in keys]
    assert set(untouched) <= {"open"}

    with reader.connect(released) as connection:
        outcomes = connection.execute(
            "select outcome_zh, count(*) from marts.fct_explanation group by all order by 1"
        ).fetchall()
        figures, forms = connection.execute(
            "select sum(observations), count(*) from marts.fct_submission where is_form"
        ).fetchone() or (None, None)
        late = connection.execute(
            "select count(*) from marts.fct_validation_finding as f inner join "
            "marts.fct_submission as s on f.submission_id = s.submission_id where s.is_form"
        ).fetchone()
    assert outcomes == [("未采信", 2), ("采信", 1)]
    assert (figures, forms) == (0, 1)
    assert late == (0,)  # it is no report that could be late or incomplete

    _, page, top, columns = opened(released, "statistics")
    said = {
        page.cell(row, columns["意见编号"]).value: (
            page.cell(row, columns["状态"]).value,
            page.cell(row, columns["原说明及未采信原因"]).value,
        )
        for row in range(top + 1, page.max_row + 1)
    }
    assert said[keys[0]] == ("已说明", f"原说明：{CAUSE}\n已采信")
    state_zh, reply = said[keys[1]]
    assert state_zh == "说明未采信"
    assert str(reply).startswith("原说明：核实无误，情况属实\n未采信：")
    live = [c.coordinate for row in page.iter_rows() for c in row if c.data_type == "f"]
    assert live == []


def test_another_departments_number_explains_nothing(released: Settings) -> None:
    book, page, top, columns = opened(released, "statistics")
    key = page.cell(top + 1, columns["意见编号"]).value
    page.cell(top + 1, columns["变化原因"]).value = CAUSE
    page.cell(top + 1, columns["填报人"]).value = "李玲"
    target = released.raw / "税务局" / "2020-12"
    target.mkdir(parents=True, exist_ok=True)
    book.save(target / "意见.xlsx")
    pipeline.run(released)
    assert state(released, "statistics")[str(key)]["state"] == "open"
    with reader.connect(released) as connection:
        rows = connection.execute(
            "select department_code, outcome from marts.fct_explanation"
        ).fetchall()
    assert rows == [("tax", "unknown")]


def test_an_explanation_holds_for_the_figure_and_lapses_with_it(released: Settings) -> None:
    """Sent again with 3 it is explained still; sent again with 2 it must be explained anew."""
    (key, found) = next(
        (key, row) for key, row in state(released, "ecology").items() if row["rule_id"] == "TAB-002"
    )
    _, page, top, columns = opened(released, "ecology")
    numbers = [
        page.cell(row, columns["意见编号"]).value for row in range(top + 1, page.max_row + 1)
    ]
    texts = [OTHER if number == key else None for number in numbers]
    book, page, top, columns = opened(released, "ecology")
    for row, text in enumerate(texts, start=top + 1):
        page.cell(row, columns["变化原因"]).value = text
    page.cell(top + 1, columns["填报人"]).value = "周强"
    original = released.raw / found["file"]
    book.save(original.with_name("审核意见表.xlsx"))
    pipeline.run(released)
    assert state(released, "ecology")[key]["state"] == "explained"

    for name, value, expected in (("重报1.xlsx", None, "explained"), ("重报2.xlsx", 2, "lapsed")):
        book = openpyxl.load_workbook(original)
        book.properties.title = name
        if value is not None:
            book[found["sheet"]][found["cell"]].value = value
        book.save(original.with_name(f"{original.stem}{name}"))
        pipeline.run(released)
        (now,) = [r for r in state(released, "ecology").values() if r["rule_id"] == "TAB-002"]
        assert now["state"] == expected
        # a figure that did not change stays with the file that brought it
        assert now["file"].endswith(name) == (value is not None)
        assert (now["finding_key"] == key) == (value is None)
    assert "数据已经变动" in now["explanation_reply_zh"]


def test_the_same_release_has_the_same_bytes(released: Settings, tmp_path: Path) -> None:
    folder = releases.current_folder(released)
    again = returns.write(folder / "warehouse.duckdb", tmp_path / "again", released)
    kept = sorted((folder / "returns").glob("*.xlsx"))
    assert [path.name for path in again] == [path.name for path in kept]
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in kept]
