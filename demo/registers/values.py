"""What a field of an entry is in a period; the forms are explained in README.md."""

import random
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from demo.book import rounded
from demo.records import SeriesKey
from demo.registers.entries import standing
from demo.registers.formulas import calculated
from demo.registers.now import TOTAL, Entry, Now, Value, decimal


def value_of(now: Now, entry: Entry, field: str) -> Value:
    """The value of a field, before it takes the form of a cell."""
    for exception in now.exceptions(entry, field):
        if not isinstance(exception.get("value", ""), str):
            return _plain(now, field, exception["value"])
    column = now.column(field)
    if entry.get(TOTAL) and field in now.sheet["total"]["columns"]:
        return _sum(now, field)
    said = entry.get(field, None if entry.get(TOTAL) else column.get("value"))
    if said is None and "formula" in column:
        return calculated(now, entry, column, value_of)
    value = _resolved(now, entry, field, said)
    if column.get("known") and isinstance(value, date) and value > now.period.last_day:
        return None
    return value


def _sum(now: Now, field: str) -> Decimal:
    values = (value_of(now, entry, field) for entry in standing(now))
    return sum((value for value in values if isinstance(value, Decimal)), Decimal(0))


def _resolved(now: Now, entry: Entry, field: str, said: Any) -> Value:  # noqa: ANN401 - YAML
    if isinstance(said, str) and said.startswith("$"):
        said = entry.get(said[1:])
    if isinstance(said, list):
        months = len(said) > 4
        said = said[now.period.month - 2 if months else now.period.month // 3 - 1]
    if isinstance(said, dict):
        for name, method in METHODS.items():
            if name in said:
                return method(now, entry, field, said)
        return _resolved(now, entry, field, _at(now, said))
    return _plain(now, field, said)


def _at(now: Now, said: dict[Any, Any]) -> Any:  # noqa: ANN401 - YAML
    """The part of a mapping by years or by steps that holds in the period."""
    if now.period.year in said:
        return said[now.period.year]
    steps = [key for key in said if isinstance(key, str) and key <= str(now.period)]
    return said[max(steps)] if steps else None


def _plain(now: Now, field: str, said: Any) -> Value:  # noqa: ANN401 - YAML
    if said is None or isinstance(said, (str, date)):
        return said
    places = now.column(field).get("places")
    value = decimal(said, f"{now.where} {field}")
    return value if places is None else rounded(value, int(places))


def _named(now: Now, entry: Entry, field: str, said: Any) -> Decimal:  # noqa: ANN401 - YAML
    return decimal(_resolved(now, entry, field, said), f"{now.where} {field}")


def _drawn(now: Now, entry: Entry, field: str, size: float) -> Decimal:
    """A small random number, the same for the same seed and cell."""
    name = f"{now.book.seed}/{now.sheet['sheet_id']}/{entry.get(now.key)}/{field}/{now.period}"
    draw = random.Random(name).uniform(-size, size)  # noqa: S311 - simulation, no secret
    return Decimal(repr(round(draw, 6)))


def _path(now: Now, entry: Entry, field: str, said: dict[str, Any]) -> Value:
    end = _named(now, entry, field, said["path"])
    shares = now.sheet["shares"][_resolved(now, entry, "", said["shares"])]
    if isinstance(shares, dict):
        shares = shares[now.period.year]
    value = end * decimal(shares[now.period.month - 2], now.where) / 100
    if not now.period.is_year_end:
        value *= 1 + _drawn(now, entry, field, float(said.get("jitter", 0)))
    return _plain(now, field, value)


def _around(now: Now, entry: Entry, field: str, said: dict[str, Any]) -> Value:
    middle = _named(now, entry, field, said["around"])
    return _plain(now, field, middle + _drawn(now, entry, field, float(said["jitter"])))


def _count(now: Now, entry: Entry, field: str, said: dict[str, Any]) -> Value:
    other = now.other(said["count"])
    wanted = {
        name: _resolved(now, entry, field, text) for name, text in said.get("where", {}).items()
    }
    found = [
        line
        for line in standing(other)
        if all(value_of(other, line, name) == text for name, text in wanted.items())
        and ("open" not in said or value_of(other, line, said["open"]) is None)
        and ("closed" not in said or value_of(other, line, said["closed"]) is not None)
    ]
    return Decimal(len(found))


def _series(now: Now, _entry: Entry, field: str, said: dict[str, Any]) -> Value:
    """The figure that the department's own sheet shows for the district."""
    key = SeriesKey(said["series"], now.book.knowledge.district)
    value = now.book.get(key, "level", now.period)
    return None if value is None else _plain(now, field, value)


METHODS: dict[str, Callable[[Now, Entry, str, dict[str, Any]], Value]] = {
    "path": _path,
    "around": _around,
    "count": _count,
    "series": _series,
}
