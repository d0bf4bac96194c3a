"""A form made from a release: last period's figures in grey, and read back as if filled in."""

from pathlib import Path

import openpyxl
import pytest

from govstats.settings import Settings
from govstats.template import make_template


def column_of(path: Path, heading: str, row_label: str) -> object:
    """The figure below a heading of the lowest header level, in the row of a label."""
    page = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    cells = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
    column = max(c.column for c in cells if str(c.value).endswith(heading))
    row = min(c.row for c in cells if str(c.value).strip() == row_label)
    return page.cell(row, column).value


@pytest.mark.parametrize("period", ["2020-12", "2021-02"])
def test_last_periods_figures_are_those_of_the_sheet_before(
    first_release: Settings, tmp_path: Path, period: str
) -> None:
    path, (made,) = make_template(
        first_release, "finance", period, tmp_path / "form.xlsx", ("finance_revenue",)
    )
    assert made.last_period == {"2020-12": "2020-11", "2021-02": "2020-12"}[period]
    before = sorted(first_release.raw.glob(f"财政局/{made.last_period}/*财政收入*.xlsx"))[-1]
    own = column_of(before, "金额", "一般公共预算收入")
    assert isinstance(own, int | float)
    # 累计完成 stands above 金额 in the sheet, before it in the grey column.
    assert column_of(path, "累计完成金额", "一般公共预算收入") == own


def test_a_register_of_areas_comes_from_the_areas_of_the_sheet_before(
    first_release: Settings, tmp_path: Path
) -> None:
    path, made = make_template(first_release, "statistics", "2020-12", tmp_path / "form.xlsx")
    # one sheet of the bureau is quarterly
    assert {form.last_period for form in made} == {"2020-09", "2020-11"}
    book = openpyxl.load_workbook(path)
    grey = [
        cell.value
        for page in book.worksheets
        for row in page.iter_rows()
        for cell in row
        if cell.value is not None and cell.protection.locked and isinstance(cell.value, float)
    ]
    assert len(grey) > 50
