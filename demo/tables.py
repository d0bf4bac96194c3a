"""Read the tables of this folder: CSV rows, YAML mappings, numbers with a place to mend."""

import csv
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from govstats.errors import KnowledgeError

FOLDER = Path(__file__).resolve().parent


def read_yaml(path: Path) -> dict[str, Any]:
    """One YAML file as a mapping.

    Raises:
        KnowledgeError: the file holds something else.
    """
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict):
        raise KnowledgeError(f"demo/{path.name} holds no mapping", "restore the file")
    return content


def read_rules(entry: str) -> list[dict[str, Any]]:
    """The entries under one key in ``series.yml`` and in every file of ``series/``."""
    files = [FOLDER / "series.yml", *sorted((FOLDER / "series").glob("*.yml"))]
    return [rule for path in files for rule in read_yaml(path).get(entry, [])]


def read_csv(name: str) -> list[dict[str, str]]:
    """The rows of one table of this folder."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def read_monthly(name: str) -> Iterator[tuple[dict[str, str], int, Decimal]]:
    """A table with one column per month (``02`` … ``12``): its rows, months and numbers."""
    for row in read_csv(name):
        for column, text in row.items():
            if column.isdigit() and text:
                where = f"demo/{name} {row['indicator']} {row['year']}-{column}"
                yield row, int(column), number(text, where)


def number(text: str, where: str) -> Decimal:
    """A number of a table.

    Raises:
        KnowledgeError: the text is no number; names the place.
    """
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise KnowledgeError(f"{where}: {text!r} is no number", "mend the table") from error


def checked_keys(entry: dict[str, Any], allowed: frozenset[str], where: str) -> dict[str, Any]:
    """The entry itself.

    Raises:
        KnowledgeError: it has a key that nothing reads, most likely a typing error.
    """
    if unknown := sorted(set(entry) - allowed):
        raise KnowledgeError(f"{where}: unknown {unknown}", f"use one of {sorted(allowed)}")
    return entry
