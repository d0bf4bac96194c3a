"""The address of a published figure: one column of one row of a mart.

Whatever shows a figure (bulletin, board, workbook) carries its address, and ``govstats trace``
follows an address to the cells it rests on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import parse_qsl, quote

from govstats.errors import GovstatsError
from govstats.numbers import plain


@dataclass(frozen=True)
class Reference:
    """A column of the row of a mart that its key names; the key in the order of its columns.

    Values of the key are texts as ``plain`` writes them: days as YYYY-MM-DD.
    """

    mart: str
    column: str
    key: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, mart: str, column: str, key: Mapping[str, object]) -> "Reference":
        """Return the address of a column in the row that ``key`` names."""
        return cls(mart, column, tuple((name, _text(value)) for name, value in key.items()))

    @classmethod
    def parse(cls, text: str) -> "Reference":
        """Read an address as ``str`` writes it.

        Raises:
            GovstatsError: it is not of the form ``mart/column?key=value&…``.
        """
        path, _, query = text.partition("?")
        mart, slash, column = path.partition("/")
        key = tuple(parse_qsl(query, keep_blank_values=True, strict_parsing=False))
        if not (mart and slash and column and key):
            raise GovstatsError(
                f"{text!r} is not the address of a figure",
                "write mart/column?key=value&key=value, as board, bulletin and workbooks print it",
            )
        return cls(mart, column, key)

    def __str__(self) -> str:
        """Write ``mart/column?key=value&…``; Chinese stays readable, what separates is escaped."""
        query = "&".join(f"{name}={_escaped(value)}" for name, value in self.key)
        return f"{self.mart}/{self.column}?{query}"


@dataclass(frozen=True)
class Figure:
    """A figure as shown: its words, its address, and the value of the mart they were made from.

    ``text`` is number with unit as a reader sees it; ``value`` is None where the mart has none,
    and then ``text`` says why in words.
    """

    text: str
    reference: Reference
    value: Decimal | int | None


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else plain(value)


def _escaped(text: str) -> str:
    return "".join(c if c > "\x7f" and c.isprintable() else quote(c, safe="/:") for c in text)
