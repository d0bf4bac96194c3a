"""A written board read back: for checks that it shows what the marts hold."""

import base64
import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_INDEX = re.compile(r'<script type="application/json" id="index">(.*?)</script>', re.DOTALL)
_CHUNK = re.compile(r'<script type="text/plain" id="chunk:([^"]+)">([^<]*)</script>')


@dataclass(frozen=True)
class ShownRow:
    """A row of a mart as the page holds it.

    ``values`` are by column: figures as ``plain`` writes them, null where the mart has none, days
    and moments as texts. ``key`` is the part of them that names the row, in the mart's order.
    """

    mart: str
    key: dict[str, Any]
    values: dict[str, Any]


def index(page: Path) -> dict[str, Any]:
    """Return the index of a page: words, periods, keys and the tables of the first view."""
    found = _INDEX.search(page.read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"{page} is not a board")
    made: dict[str, Any] = json.loads(found[1])
    return made


def rows(page: Path) -> Iterator[ShownRow]:
    """Return every row that the page holds, those of the first view first."""
    told = index(page)
    keys: dict[str, list[str]] = told["keys"]
    parts = [told["tables"]]
    for _, packed in _CHUNK.findall(page.read_text(encoding="utf-8")):
        parts.append(json.loads(gzip.decompress(base64.b64decode(packed))))
    for tables in parts:
        for mart, table in tables.items():
            for line in table["rows"]:
                values = dict(zip(table["columns"], line, strict=True))
                yield ShownRow(mart, {name: values[name] for name in keys[mart]}, values)
