"""The entries of a sheet, and which of them stand in a period."""

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from demo.registers.now import TOTAL, Entry, Now
from demo.tables import number, read_csv


def standing(now: Now) -> list[Entry]:
    """The entries that the sheet lists in its period, in their order."""
    found = [*now.sheet.get("entries", []), *_lines(now.sheet)]
    period = str(now.period)
    listed = [entry for entry in found if _is_listed(entry, period)]
    if "appears" not in now.sheet:
        return listed
    last_day = now.period.last_day
    return [entry for entry in listed if _has_appeared(now.sheet, entry, last_day)]


def with_total(now: Now) -> list[Entry]:
    """The entries and, where the sheet has one, the row that sums them up."""
    found = standing(now)
    total = now.sheet.get("total")
    if total is None:
        return found
    row = {now.key: total["name"], TOTAL: True}
    return [row, *found] if total.get("at") == "top" else [*found, row]


def _is_listed(entry: Entry, period: str) -> bool:
    since, until = entry.get("since", period), entry.get("until", period)
    return bool(since <= period <= until)


def _has_appeared(sheet: dict[str, Any], entry: Entry, last_day: date) -> bool:
    day = entry[sheet["appears"]]
    if day > last_day:
        return False
    if sheet.get("window") != "year" or day.year == last_day.year:
        return True
    closed = entry.get(sheet.get("carried", ""))
    return "carried" in sheet and (closed is None or closed.year >= last_day.year)


def _lines(sheet: dict[str, Any]) -> list[Entry]:
    if "table" not in sheet:
        return []
    kinds = {column["id"]: column.get("type", "text") for column in sheet["columns"]}
    kinds |= sheet.get("types", {})
    return list(_read(sheet["table"], tuple(sorted(kinds.items()))))


@cache
def _read(name: str, kinds: tuple[tuple[str, str], ...]) -> tuple[Entry, ...]:
    types = dict(kinds)
    rows = read_csv(f"registers/{name}")
    return tuple(
        {
            field: _typed(text, types.get(field, "text"), f"demo/registers/{name} {field}")
            for field, text in row.items()
            if text
        }
        for row in rows
    )


def _typed(text: str, kind: str, where: str) -> str | date | Decimal:
    if kind == "date":
        return date.fromisoformat(text)
    return number(text, where) if kind == "number" else text
