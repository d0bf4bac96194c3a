"""Where a value is asked for: one sheet of one edition of one period."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from demo.book import Book
from demo.periods import Period
from govstats.errors import KnowledgeError

Entry = dict[str, Any]
Value = Decimal | date | str | None

#: Marks the row that sums the others.
TOTAL = "is_total"


@dataclass(frozen=True)
class Now:
    """A sheet as one edition of one period shows it; ``edition`` is empty for the latest word."""

    book: Book
    sheet: dict[str, Any]
    period: Period
    edition: str

    def at(self, period: Period) -> "Now":
        """The same sheet in another period, as it stood in the end."""
        return replace(self, period=period, edition="")

    def other(self, sheet_id: str) -> "Now":
        """Another sheet of the same workbook."""
        return replace(self, sheet=self.book.knowledge.sheets[sheet_id])

    @property
    def where(self) -> str:
        """For messages."""
        return f"demo/sheets/{self.sheet['sheet_id']}.yml {self.period}"

    @property
    def key(self) -> str:
        """The field that tells one entry from another."""
        fields = [column for column in self.sheet["columns"] if column.get("formula") != "serial"]
        return str(self.sheet.get("key", fields[0]["id"]))

    def column(self, field: str) -> dict[str, Any]:
        """The declaration of a column; empty for a field that is not shown."""
        return next((c for c in self.sheet["columns"] if c["id"] == field), {})

    def exceptions(self, entry: Entry, field: str) -> list[dict[str, Any]]:
        """What ``cells`` say about a cell of this edition."""
        name = entry.get(self.key)
        return [
            cell
            for cell in self.sheet.get("cells", [])
            if cell["entry"] == name
            and cell["column"] == field
            and str(cell["period"]) == str(self.period)
            and cell.get("edition", self.edition) == self.edition
        ]


def decimal(value: object, where: str) -> Decimal:
    """A number of a table.

    Raises:
        KnowledgeError: it is none.
    """
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return Decimal(str(value))
    raise KnowledgeError(f"{where}: {value!r} is no number", "mend the sheet's table")
