"""Forms drawn into a workbook: locked but where something is to be filled in."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import groupby
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from govstats.template import wording
from govstats.template.form import Form, FormCell, FormColumn
from govstats.workbooks.cells import address

_FONT = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
_BOX = {"border": 1, "border_color": "#8A8F98"}
_STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "align": "center"},
    "corner": {"font_size": 10},
    "right": {"font_size": 10, "align": "right"},
    "header": {**_BOX, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#E8ECF2"},
    "label": {**_BOX, "text_wrap": True, "bg_color": "#F6F7F9"},
    "closed": {**_BOX, "align": "center", "bg_color": "#F6F7F9", "font_color": "#6B7280"},
    "grey": {**_BOX, "align": "right", "bg_color": "#E5E7EB", "font_color": "#4B5563"},
    "input": {**_BOX, "locked": False, "align": "right"},
    "words": {**_BOX, "locked": False, "text_wrap": True},
    "day": {**_BOX, "locked": False, "num_format": "yyyy-mm-dd", "align": "center"},
}
_TOP = 2  # rows before the header: title, then producer and unit line
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))


def draw(forms: Sequence[Form], department: str, created: date) -> bytes:
    """The workbook of some forms, one sheet each; the same forms give the same bytes.

    Args:
        forms: at least one.
        department: name that stands on every sheet.
        created: date written into the file's properties.
    """
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties(
        {"title": forms[0].title, "created": datetime(created.year, created.month, created.day)}
    )
    styles = {name: book.add_format({**_FONT, **style}) for name, style in _STYLES.items()}
    for form in forms:
        page = book.add_worksheet(form.layout.name_zh.translate(_FORBIDDEN)[:31])
        _Page(page, form, department, styles).draw()
    book.close()
    return buffer.getvalue()


class _Page:
    """One sheet being drawn."""

    def __init__(
        self, page: Worksheet, form: Form, department: str, styles: dict[str, Format]
    ) -> None:
        self.page = page
        self.form = form
        self.department = department
        self.styles = styles
        self.depth = max(len(made.levels) for made in form.columns)

    def draw(self) -> None:
        """Title, header, rows and the lines below, locked."""
        self._top()
        for number in range(len(self.form.columns)):
            self._header_column(number)
        self._spanning_headings()
        first = _TOP + self.depth
        for number, cells in enumerate(self.form.rows):
            for column, cell in enumerate(cells):
                self._cell(first + number, column, cell)
        below = first + len(self.form.rows) + 1
        for number, line in enumerate(self.form.footers):
            self.page.write_string(below + number, 0, line, self.styles["words"])
        self._finish(first)

    def _top(self) -> None:
        last = max(len(self._own()) - 1, 1)
        self.page.merge_range(0, 0, 0, last, self.form.title, self.styles["title"])
        self.page.set_row(0, 30)
        producer = wording.remarks(self.form.layout, (f"填报单位:{self.department}",))
        if producer:
            self.page.write_string(1, 0, producer[0], self.styles["corner"])
        if self.form.unit_line:
            self.page.write_string(1, last, self.form.unit_line, self.styles["right"])

    def _own(self) -> list[FormColumn]:
        return [made for made in self.form.columns if not made.is_last]

    def _header_column(self, number: int) -> None:
        """A label of fewer levels than the header is deep stands in a merged cell."""
        levels = self.form.columns[number].levels
        for level, text in enumerate(levels):
            row = _TOP + level
            is_last = level == len(levels) - 1
            if is_last and len(levels) < self.depth:
                style = self.styles["header"]
                self.page.merge_range(row, number, _TOP + self.depth - 1, number, text, style)
            elif is_last or not self._spans(number, level):
                self.page.write_string(row, number, text, self.styles["header"])

    def _spans(self, number: int, level: int) -> bool:
        columns = self.form.columns
        path = columns[number].levels[: level + 1]
        beside = [n for n in (number - 1, number + 1) if 0 <= n < len(columns)]
        return any(columns[n].levels[: level + 1] == path for n in beside)

    def _spanning_headings(self) -> None:
        columns = self.form.columns
        for level in range(self.depth - 1):
            numbers = [n for n, made in enumerate(columns) if len(made.levels) > level + 1]
            for path, group in groupby(numbers, key=lambda n: columns[n].levels[: level + 1]):
                members = list(group)
                if len(members) > 1:
                    row = _TOP + level
                    self.page.merge_range(
                        row, members[0], row, members[-1], path[-1], self.styles["header"]
                    )

    def _cell(self, row: int, column: int, cell: FormCell) -> None:
        if cell.kind == "input":
            self._input(row, column, cell)
            return
        style = self.styles[cell.kind]
        if isinstance(cell.content, Decimal):
            self.page.write_number(row, column, float(cell.content), style)
        elif cell.content:
            self.page.write_string(row, column, cell.content, style)
        else:
            self.page.write_blank(row, column, None, style)

    def _input(self, row: int, column: int, cell: FormCell) -> None:
        name = {"text": "words", "date": "day"}.get(cell.field, "input")
        self.page.write_blank(row, column, None, self.styles[name])
        place = address(row + 1, column + 1)
        if cell.field == "figure":
            rule = _rule("custom", f'=OR(ISNUMBER({place}),{place}="—",{place}="…",{place}="-")')
            rule |= {"input_message": wording.FIGURE_HINT.format(unit=cell.unit)}
        elif cell.field == "number":
            unit = f"({cell.unit})" if cell.unit else ""
            rule = _rule("custom", f'=OR(ISNUMBER({place}),{place}="—")')
            rule |= {"input_message": wording.NUMBER_HINT.format(unit=unit)}
        elif cell.field == "date":
            rule = {"validate": "date", "criteria": ">=", "value": date(1949, 10, 1)}
            rule |= {"input_message": wording.DATE_HINT, "error_type": "warning"}
        else:
            return
        self.page.data_validation(row, column, row, column, rule)

    def _finish(self, first: int) -> None:
        for number, made in enumerate(self.form.columns):
            width = 30 if made.column.role in ("row_label", "field") else 14
            self.page.set_column(number, number, 18 if made.column.role == "unit" else width)
        self.page.freeze_panes(first, 1)
        self.page.write_comment(0, 0, wording.COVER)
        self.page.set_landscape()
        self.page.set_paper(9)
        self.page.fit_to_pages(1, 0)
        # No password: it keeps slips out, not people.
        self.page.protect("", {"format_columns": True, "format_rows": True, "insert_rows": False})


def _rule(kind: str, formula: str) -> dict[str, Any]:
    return {
        "validate": kind,
        "value": formula,
        "ignore_blank": True,
        "error_title": "请填数字",
        "error_message": wording.FIGURE_ERROR,
    }
