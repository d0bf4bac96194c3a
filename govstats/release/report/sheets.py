"""The report as sheets of a workbook: the same lines as the page, one table per sheet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from govstats.release.report.figures import Figure
from govstats.release.report.signs import Sign
from govstats.release.report.words import Text, en, zh
from govstats.xlsxtext import Content as Cell

#: What a line may hold before it is put into cells.
Value = Text | Figure | Sign | Decimal | int | date | None


@dataclass(frozen=True)
class Column:
    """One column: its heading in both languages and its width in characters.

    ``is_both`` columns take two cells, Chinese and English.
    """

    zh: str
    en: str
    width: int = 14
    is_both: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet: name in both languages, columns, lines, and what is said above them."""

    name: Text
    columns: list[Column]
    lines: list[list[Cell]]
    said: tuple[str, ...] = ()


def sheet(
    name: Text,
    columns: list[Column],
    lines: Iterable[Iterable[Value]],
    said: tuple[str, ...] = (),
) -> Sheet:
    """Put lines of the report into cells; a column in both languages takes two of them.

    Args:
        name: of the sheet.
        columns: one per value of a line.
        lines: the values.
        said: what stands above the table.
    """
    rows: list[list[Cell]] = []
    for line in lines:
        row: list[Cell] = []
        for column, value in zip(columns, line, strict=True):
            row.append(_cell(value))
            if column.is_both:
                row.append(_english(value))
        rows.append(row)
    return Sheet(name, list(_split(columns)), rows, said)


def _split(columns: list[Column]) -> Iterable[Column]:
    for column in columns:
        yield Column(column.zh, "" if column.is_both else column.en, column.width)
        if column.is_both:
            yield Column("", column.en, column.width)


def _cell(value: Value) -> Cell:
    match value:
        case Sign():
            return f"{value.shape} {zh(value.word)}"
        case Figure():
            return _figure(value)
        case None | int() | Decimal() | date():
            return value
        case _:
            return zh(value)


def _figure(value: Figure) -> Cell:
    """A number stays one; a word where there is none stays a word."""
    if value.value is not None:
        return value.value
    return zh(value.number)


def _english(value: Value) -> Cell:
    if isinstance(value, Sign):
        return en(value.word)
    return en(value) if value is not None else None
