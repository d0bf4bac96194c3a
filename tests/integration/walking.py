"""Following what is shown back to the marts: by its address, to the figure that stands there."""

import base64
import csv
import gzip
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import duckdb
from python_calamine import CalamineWorkbook

from govstats.csvtext import inert
from govstats.numbers import plain
from govstats.release.reference import Reference
from govstats.xlsxtext import clean

_NUMBER = re.compile(r"(?P<sign>[-−+]?)(?P<digits>\d[\d,]*(?:\.\d+)?)")
#: Elements of HTML without an end.
_VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "wbr",
}


@dataclass(frozen=True)
class Shown:
    """A figure as a reader meets it: address, value beside it, words."""

    reference: str
    value: str
    text: str


def as_text(value: object) -> str:
    """Write a mart's value as addresses and pages do."""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    return value.isoformat() if isinstance(value, date) else plain(value)


@dataclass
class Warehouse:
    """The marts of one release, each read once, rows by their key."""

    path: Path
    _marts: dict[tuple[str, tuple[str, ...]], dict[tuple[str, ...], dict[str, Any]]] = field(
        default_factory=dict
    )

    def row(self, mart: str, key: Mapping[str, str]) -> dict[str, Any]:
        """Return the one row of a key; no other row may have it."""
        columns = tuple(key)
        if (mart, columns) not in self._marts:
            self._marts[mart, columns] = self._read(mart, columns)
        return self._marts[mart, columns][tuple(key.values())]

    def _read(self, mart: str, columns: tuple[str, ...]) -> dict[tuple[str, ...], dict[str, Any]]:
        found = {}
        rows = self.rows(mart)
        for row in rows:
            found[tuple(as_text(row[column]) for column in columns)] = row
        assert len(found) == len(rows), f"{columns} is no key of {mart}"
        return found

    def rows(self, mart: str) -> list[dict[str, Any]]:
        """Return all rows of a mart."""
        with duckdb.connect(str(self.path), read_only=True) as connection:
            cursor = connection.execute(f'select * from marts."{mart}" order by all')
            names = [column[0] for column in cursor.description or []]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def value(self, reference: str) -> tuple[Any, dict[str, Any]]:
        """Return what stands at an address, and its row."""
        asked = Reference.parse(reference)
        row = self.row(asked.mart, dict(asked.key))
        return row[asked.column], row


def trouble(shown: Shown, warehouse: Warehouse, is_signed: bool = True) -> str | None:
    """Return what is wrong with a figure shown, or None.

    ``is_signed``: the words beside a figure may say its direction, and then it has no sign.
    """
    try:
        value, _ = warehouse.value(shown.reference)
    except KeyError as error:
        return f"{shown.reference} leads nowhere: {error}"
    if as_text(value) != shown.value:
        return f"{shown.reference} is {as_text(value)!r}, not {shown.value!r}"
    if not says(shown.text, value, is_signed, is_rate(shown.reference)):
        return f"{shown.reference} is {as_text(value)!r} and reads {shown.text!r}"
    return None


def is_rate(reference: str) -> bool:
    """Whether an address is that of a rate the warehouse computed."""
    return re.search(r"_(pct|pp)(_|$)", Reference.parse(reference).column) is not None


def says(text: str, value: object, is_signed: bool = True, is_rate: bool = False) -> bool:
    """Whether words say a figure: its digits, at most rounded, or for none at all no digits.

    A figure of two decimals or fewer is not rounded, a computed rate not beyond one decimal.
    """
    found = _NUMBER.search(text)
    if value is None:
        return bool(text.strip()) and found is None
    if found is None or not isinstance(value, Decimal | int):
        return not isinstance(value, Decimal | int) and as_text(value) in text
    exact, digits = Decimal(value), Decimal(found["digits"].replace(",", ""))
    kept = -int(digits.as_tuple().exponent)
    near = abs(exact).quantize(Decimal(1).scaleb(-kept), ROUND_HALF_UP)
    had = len(plain(exact).partition(".")[2])
    if near != digits or (kept < had <= 2 and not (is_rate and kept == 1)):
        return False
    if found["sign"] in ("-", "−"):
        return exact < 0
    return exact >= 0 or not is_signed


class _Figures(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Shown] = []
        self._open: list[tuple[str, int | None]] = []
        self._texts: dict[int, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        place = None
        if "data-ref" in given:
            place = len(self.found)
            self.found.append(Shown(given["data-ref"] or "", given.get("data-value") or "", ""))
            self._texts[place] = []
        if tag not in _VOID:
            self._open.append((tag, place))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for _, place in self._open:
            if place is not None:
                self._texts[place].append(data)

    def result(self) -> list[Shown]:
        return [
            Shown(each.reference, each.value, "".join(self._texts[place]))
            for place, each in enumerate(self.found)
        ]


def figures_of(page: str) -> list[Shown]:
    """Return the figures of an HTML page in their order."""
    parser = _Figures()
    parser.feed(page)
    return parser.result()


def packed_rows(page: str) -> Iterator[tuple[str, list[str], dict[str, Any]]]:
    """Return every row that a board carries: mart, columns of its key, values by column."""
    parts = dict(re.findall(r'<script type="[^"]+" id="([^"]+)">(.*?)</script>', page, re.DOTALL))
    index = json.loads(parts.pop("index"))
    packed = [index["tables"]]
    packed += [json.loads(gzip.decompress(base64.b64decode(text))) for text in parts.values()]
    for tables in packed:
        for mart, table in tables.items():
            for values in table["rows"]:
                yield mart, index["keys"][mart], dict(zip(table["columns"], values, strict=True))


def read_table(path: Path) -> list[list[object]]:
    """Return the lines of an exported mart, its heading first, from csv or workbook."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as handle:
            return [list(line) for line in csv.reader(handle)]
    book = CalamineWorkbook.from_path(str(path))
    lines: list[list[object]] = book.get_sheet_by_name("数据").to_python(skip_empty_area=False)
    return lines


def holds(cell: object, value: object) -> bool:
    """Whether a cell of csv or workbook holds a mart's value: nothing for none, digits, words."""
    if value is None:
        return cell in (None, "")
    if isinstance(value, bool):
        return cell is value or cell == str(value).lower()
    if isinstance(value, Decimal | int):
        return Decimal(str(cell)) == value
    if isinstance(value, date):
        return str(cell).replace("T", " ") in (str(value), f"{value} 00:00:00")
    text = str(value)
    return cell in (text, inert(text), clean(text))
