"""Tables of an .ods as its XML is read: how far they reach and what the parser does not tell."""

from collections.abc import Callable

from govstats.workbooks.cells import Merge, Place
from govstats.workbooks.formats.active import command_refused, sends_command
from govstats.workbooks.formats.scan import SheetFacts, cell_too_long, check_area
from govstats.workbooks.limits import Limits
from govstats.workbooks.places import address
from govstats.workbooks.refusals import Refused

_CELLS = ("table:table-cell", "table:covered-table-cell")
_HIDDEN = ("collapse", "filter")
#: Rows and columns at the end of a sheet are repeated up to its border; nobody lists them.
_BORDER = 20_000
_REPEATED_COLUMNS = "table:number-columns-repeated"

Attributes = dict[str, str]


class TableReader:
    """Handlers for a parser of content.xml; ``sheets`` fills up as it is read."""

    def __init__(self, limits: Limits) -> None:
        self.sheets: dict[str | int, SheetFacts] = {}
        self._limits = limits
        self._facts = SheetFacts(merges=[])
        self._name = ""
        self._depth = 0
        self._row = self._column = 0
        self._rows = 1
        self._cell: Attributes | None = None
        self._notes = 0
        self._paragraphs: list[str] = []
        self._length = 0
        self._in_paragraph = False
        self._shown: dict[Place, str] = {}
        self._starts: dict[str, Callable[[Attributes], None]] = {
            "table:table": self._start_table,
            "table:table-column": self._start_column,
            "table:table-row": self._start_row,
            "table:table-cell": self._start_cell,
            "table:covered-table-cell": self._start_cell,
            "table:table-source": self._start_source,
            "table:dde-link": self._start_program,
            "office:annotation": self._start_note,
            "text:p": self._start_paragraph,
        }

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""
        if handler := self._starts.get(tag):
            handler(attributes)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == "text:p":
            self._in_paragraph = False
        elif tag in _CELLS and self._cell is not None and not self._notes:
            self._end_cell(self._cell)
            self._cell = None
        elif tag == "office:annotation":
            self._notes -= 1
        elif tag == "table:table-row":
            self._row += self._rows
        elif tag == "table:table":
            self._depth -= 1

    def text(self, data: str) -> None:
        """Text of a paragraph."""
        if self._in_paragraph and not self._notes and self._paragraphs:
            self._length += len(data)
            if self._length > self._limits.cell_text:
                where = address(self._row + 1, self._column + 1)
                raise cell_too_long(self._length, self._limits, self._name, where)
            self._paragraphs[-1] += data

    def _start_table(self, attributes: Attributes) -> None:
        self._depth += 1
        if self._depth > 1:
            return
        self._name = attributes.get("table:name", "")
        self._shown = {}
        self._facts = SheetFacts(merges=[], shown=self._shown)
        self.sheets[self._name] = self._facts
        self._row = self._column = 0

    def _start_column(self, attributes: Attributes) -> None:
        repeated = _number(attributes, _REPEATED_COLUMNS)
        if attributes.get("table:visibility") in _HIDDEN:
            first = self._column + 1
            self._facts.hidden_columns.update(range(first, first + min(repeated, _BORDER)))
        self._column += repeated

    def _start_row(self, attributes: Attributes) -> None:
        self._rows = _number(attributes, "table:number-rows-repeated")
        self._column = 0
        if attributes.get("table:visibility") in _HIDDEN:
            first = self._row + 1
            self._facts.hidden_rows.update(range(first, first + min(self._rows, _BORDER)))

    def _start_cell(self, attributes: Attributes) -> None:
        if not self._notes:
            self._cell = attributes
            self._paragraphs = []
            self._length = 0

    def _start_source(self, attributes: Attributes) -> None:
        raise Refused(
            "external_link", part="content.xml", target=attributes.get("xlink:href", self._name)
        )

    def _start_program(self, _: Attributes) -> None:
        raise Refused("active_content", variant="link", part="content.xml")

    def _start_note(self, _: Attributes) -> None:
        self._notes += 1

    def _start_paragraph(self, _: Attributes) -> None:
        if self._cell is not None and not self._notes:
            self._in_paragraph = True
            self._paragraphs.append("")

    def _end_cell(self, attributes: Attributes) -> None:
        repeated = _number(attributes, _REPEATED_COLUMNS)
        kind = attributes.get("office:value-type", "")
        formula = attributes.get("table:formula", "")
        if kind or formula or self._paragraphs:
            self._content(attributes, kind, formula, repeated)
        self._column += repeated

    def _content(self, attributes: Attributes, kind: str, formula: str, repeated: int) -> None:
        facts = self._facts
        first_row, first_column = self._row + 1, self._column + 1
        last_row, last_column = self._row + self._rows, self._column + repeated
        facts.last_row = max(facts.last_row, last_row)
        facts.last_column = max(facts.last_column, last_column)
        check_area(facts.last_row, facts.last_column, self._limits, self._name)
        self._check_formula(formula, address(first_row, first_column))
        error = self._error(attributes, kind, formula)
        text = "\n".join(self._paragraphs)
        is_shown = bool(text) and kind in ("float", "currency", "percentage")
        if error or is_shown or kind == "percentage":
            for row in range(first_row, last_row + 1):
                for column in range(first_column, last_column + 1):
                    self._note((row, column), error, kind, text if is_shown else "")
        height = _number(attributes, "table:number-rows-spanned")
        width = _number(attributes, "table:number-columns-spanned")
        if height * width > 1 and facts.merges is not None:
            bottom, right = first_row + height - 1, first_column + width - 1
            facts.merges.append(Merge(first_row, first_column, bottom, right))

    def _note(self, place: Place, error: str, kind: str, text: str) -> None:
        if error:
            self._facts.errors[place] = error
        elif kind == "percentage":
            self._facts.percents.add(place)
        if text:
            self._shown[place] = text

    def _error(self, attributes: Attributes, kind: str, formula: str) -> str:
        if attributes.get("calcext:value-type") == "error":
            return self._paragraphs[0] if self._paragraphs and self._paragraphs[0] else "#ERROR"
        if formula and not kind and not self._paragraphs:
            return "=" + formula.partition("=")[2]
        return ""

    def _check_formula(self, formula: str, cell: str) -> None:
        if not formula:
            return
        typed = "=" + formula.partition("=")[2]
        if sends_command(typed) or "DDE(" in typed.upper():
            raise command_refused(typed, self._name, cell)
        if "'file:" in typed or "'http" in typed:
            target = typed.partition("'")[2].partition("'")[0]
            raise Refused("external_link", part=f"{self._name}!{cell}", target=target)


def _number(attributes: Attributes, name: str) -> int:
    text = attributes.get(name, "1")
    return max(int(text), 1) if text.isdecimal() and len(text) < 10 else 10**9
