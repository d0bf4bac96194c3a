"""Rows as text: csv, JSON, a JSON object per line, a Markdown table.

Every figure is written with exactly the digits it has; a missing one is an empty field, in JSON
null. What a sheet said stays text: a spreadsheet program runs none of it, Markdown shows it.
"""

import csv
import json
import math
import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TextIO

from govstats.csvtext import inert
from govstats.exports.rows import Answer
from govstats.htmlpage import printable, spelled
from govstats.numbers import plain

_MARKDOWN = re.compile(r"([\\|`*\[\]<>])")


def write_csv(answer: Answer, stream: TextIO) -> None:
    """Write a heading and the rows, comma between, lines end in \\n.

    A text that a spreadsheet program would take for a formula has an apostrophe before it.
    """
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([inert(name) for name in answer.names])
    writer.writerows([field(value) for value in row] for row in answer.rows())


def write_json(answer: Answer, stream: TextIO) -> None:
    """Write an array of objects, one to a line."""
    stream.write("[")
    separator = "\n"
    for line in _objects(answer):
        stream.write(f"{separator}  {line}")
        separator = ",\n"
    stream.write("\n]\n")


def write_jsonl(answer: Answer, stream: TextIO) -> None:
    """Write one object per line."""
    stream.writelines(f"{line}\n" for line in _objects(answer))


def write_markdown(answer: Answer, stream: TextIO) -> None:
    """Write a table whose figures stand on the right."""
    lines = ["---:" if column.is_number else "---" for column in answer.columns]
    stream.write(_line([_shown(name) for name in answer.names]))
    stream.write(_line(lines))
    for row in answer.rows():
        stream.write(_line([_shown(value) for value in row]))


def field(value: object) -> str:
    """Write a value as a field of csv; texts of a sheet may also be within a list or struct."""
    if isinstance(value, bool):
        return str(value).lower()
    text = plain(value)
    return text if isinstance(value, int | float | Decimal | date | None) else inert(text)


def _objects(answer: Answer) -> Iterable[str]:
    heads = [spelled(json.dumps(name, ensure_ascii=False)) for name in answer.names]
    for row in answer.rows():
        pairs = zip(heads, row, strict=True)
        yield "{" + ", ".join(f"{head}: {_literal(value)}" for head, value in pairs) + "}"


def _literal(value: Any) -> str:  # noqa: ANN401
    """Write a value in JSON; a decimal keeps its digits, which a float would not always."""
    if isinstance(value, Decimal) and value.is_finite():
        return plain(value)
    if isinstance(value, float) and not math.isfinite(value):
        return json.dumps(str(value))
    if isinstance(value, datetime | date):
        return json.dumps(value.isoformat())
    return spelled(json.dumps(value, ensure_ascii=False, default=str))


def _shown(value: object) -> str:
    text = field(value) if isinstance(value, bool) else plain(value)
    text = _MARKDOWN.sub(r"\\\1", str(printable(text)))
    return "<br>".join(text.splitlines())


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
