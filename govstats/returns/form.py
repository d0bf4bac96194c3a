"""The first sheet of a return workbook: findings, and room to explain them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from govstats.layouts.model import Layout
from govstats.returns import wording
from govstats.returns.copies import width
from govstats.returns.lines import ASKED, EXPLAINABLE, Line
from govstats.xlsxtext import Content, Style, TextBook

_BOX: Style = {"border": 1, "border_color": "#8A8F98", "font_size": 10, "text_wrap": True}
_TITLE: Style = {"bold": True, "font_size": 16, "align": "center"}
_PLAIN: Style = {"font_size": 10, "text_wrap": True, "valign": "top"}
_HEADER: Style = {**_BOX, "bold": True, "align": "center", "bg_color": "#E8ECF2"}
_CELL: Style = {**_BOX, "valign": "top"}
_SHORT: Style = {**_CELL, "align": "center"}
_KEY: Style = {**_CELL, "font_size": 8}
_LINK: Style = {**_SHORT, "underline": 1, "font_color": "#1D4ED8"}
_URGENT: Style = {**_SHORT, "bold": True}
#: A field to fill in is seen by its thick border where the colour is not.
_INPUT: Style = {**_CELL, "locked": False, "border": 2, "bg_color": "#FFF9DB"}
#: One that is not is hatched.
_CLOSED: Style = {**_CELL, "pattern": 16, "fg_color": "#D1D5DB", "font_color": "#4B5563"}

#: Width in characters by the id of the form's column.
_WIDTHS = {
    "number": 4, "finding_key": 9, "rule_id": 12, "severity": 7, "file": 15, "sheet": 7,
    "cell": 6, "series": 14, "value": 10, "expected": 11, "message": 30, "remedy": 15,
    "state": 8, "before": 18, "explanation": 36, "explained_by": 8, "place_key": 9,
}  # fmt: skip
_USUAL, _LINE_HEIGHT, _LOWEST, _HIGHEST = 10, 13.5, 42, 400
#: Read back by the program alone: small, and the last one is not printed.
_KEYS = frozenset({"finding_key", "place_key"})
_NOT_PRINTED = "place_key"
_ROOM = frozenset({"explanation", "explained_by"})


@dataclass(frozen=True)
class Heading:
    """What stands above the table: department, the last receipt, remarks on demonstration."""

    department: str
    day: str
    remarks: tuple[str, ...] = ()


class FormSheet:
    """Draws the sheet.

    Args:
        book: the workbook.
        form: layout of the form, which says how its columns are called and will be read by.
        heading: what stands above.
        lines: what is listed, in order.
        links: by the number of a line, the sheet of this workbook where its cell is shown.
    """

    def __init__(
        self,
        book: TextBook,
        form: Layout,
        heading: Heading,
        lines: Sequence[Line],
        links: Mapping[int, str],
    ) -> None:
        self._book = book
        self._columns = [column.id for column in form.columns]
        self._labels = {column.id: column.shown for column in form.columns}
        self._heading = heading
        self._lines = lines
        self._links = links

    def draw(self, page: Worksheet) -> None:
        """Heading, table, protection and print set-up."""
        for number, column in enumerate(self._columns):
            page.set_column(number, number, _WIDTHS.get(column, _USUAL))
        top = self._above(page)
        for number, column in enumerate(self._columns):
            self._book.write(page, top, number, self._labels[column], _HEADER)
        page.set_row(top, 30)
        for number, line in enumerate(self._lines):
            self._line(page, top + 1 + number, number, line)
        self._finish(page, top)

    def _above(self, page: Worksheet) -> int:
        """Title and instructions; returns the row of the header."""
        last = len(self._columns) - 2
        self._book.merge(page, (0, 0, 0, last), wording.TITLE, _TITLE)
        page.set_row(0, 30)
        states = [line.state for line in self._lines]
        must = sum(line.severity == "hard" for line in self._lines) - states.count("overridden")
        asked = sum(state in ASKED for state in states)
        counts = wording.COUNTS.format(
            department=self._heading.department,
            must=must,
            open=asked,
            other=len(states) - must - asked,
        )
        day = wording.AS_OF.format(day=self._heading.day)
        texts = (counts, day, *wording.HOW, *self._heading.remarks)
        for row, text in enumerate(texts, start=1):
            self._book.merge(page, (row, 0, row, last), text, _PLAIN)
            page.set_row(row, 15)
        return len(texts) + 1

    def _line(self, page: Worksheet, row: int, number: int, line: Line) -> None:
        content = self._content(number, line)
        for place, column in enumerate(self._columns):
            style = self._style(column, line)
            text = content.get(column)
            target = self._links.get(number)
            if column == "cell" and target and line.cell:
                self._book.link(page, (row, place), (target, line.cell), line.cell, _LINK)
            else:
                self._book.write(page, row, place, text, style)
        page.set_row(row, self._height(content))
        if line.state in EXPLAINABLE and "explanation" in self._columns:
            place = self._columns.index("explanation")
            hint = {"input_title": wording.HINT_TITLE, "input_message": wording.HINT}
            page.data_validation(row, place, row, place, {"validate": "any", **hint})

    def _content(self, number: int, line: Line) -> dict[str, Content]:
        closed = wording.NO_ANSWER.get(line.state)
        state = line.state_zh if closed is None else f"{line.state_zh}\n{closed}"
        return {
            "number": number + 1,
            "finding_key": line.finding_key,
            "rule_id": f"{line.rule_id}\n{line.rule_name_zh}",
            "severity": wording.SEVERITIES[line.severity],
            "file": line.file,
            "sheet": line.sheet,
            "cell": line.cell,
            "series": line.series_zh,
            "value": line.value,
            "expected": "\n".join(line.expected),
            "message": "\n".join(line.messages),
            "remedy": line.remedy_zh,
            "state": state,
            "before": _before(line),
            "place_key": line.place_key,
        }

    def _style(self, column: str, line: Line) -> Style:
        if column in _ROOM:
            return _INPUT if line.state in EXPLAINABLE else _CLOSED
        if column == "state":
            return _URGENT if line.severity == "hard" else _SHORT
        if column in _KEYS:
            return _KEY
        return _SHORT if column in ("number", "severity", "cell") else _CELL

    def _height(self, content: Mapping[str, Content]) -> float:
        """High enough for the longest text, and for an answer of some lines."""
        most = max(
            sum(
                -(-width(part) // max(_WIDTHS.get(column, _USUAL) - 1, 1)) or 1
                for part in str(text).split("\n")
            )
            for column, text in content.items()
            if text is not None and column in self._columns
        )
        return min(max(most * _LINE_HEIGHT + 4, _LOWEST), _HIGHEST)

    def _finish(self, page: Worksheet, top: int) -> None:
        last = len(self._columns) - 1
        page.freeze_panes(top + 1, 0)
        page.repeat_rows(top)
        page.set_landscape()
        page.set_paper(9)
        page.set_margins(left=0.3, right=0.3, top=0.5, bottom=0.5)
        page.fit_to_pages(1, 0)
        printed = last - (self._columns[-1] == _NOT_PRINTED)
        page.print_area(0, 0, top + len(self._lines), printed)
        page.set_footer("&C第 &P 页,共 &N 页")
        # No password: it keeps slips out, not people.
        page.protect("", {"format_columns": True, "format_rows": True})


def _before(line: Line) -> str | None:
    """What was said about it before, and what came of that."""
    if line.state == "overridden":
        return wording.OVERRIDDEN.format(reason=line.override_reason_zh or "")
    text = wording.BEFORE.get(line.state)
    if text is None or line.explanation is None:
        return None
    return text.format(explanation=line.explanation, reply=line.explanation_reply_zh or "")
