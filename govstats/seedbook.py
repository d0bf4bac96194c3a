"""Seeds that a command enters and people may edit by hand: read by line, written whole."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from govstats.errors import KnowledgeError
from govstats.files import write_atomic
from govstats.numbers import plain


def read(path: Path, shown: str, columns: tuple[str, ...]) -> list[tuple[dict[str, str], str]]:
    """Return every line by column name, with its place for messages (``shown`` and line number).

    Raises:
        KnowledgeError: the file is missing, no UTF-8, or does not begin with ``columns``.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            lines = csv.DictReader(stream)
            if tuple(lines.fieldnames or ()) != columns:
                raise KnowledgeError(
                    f"{shown} does not begin with its columns",
                    f"the first line reads: {','.join(columns)}",
                )
            return [(row, f"{shown}:{lines.line_num}") for row in lines]
    except FileNotFoundError as error:
        raise KnowledgeError(f"{shown} is missing", "restore it from the project") from error
    except UnicodeDecodeError as error:
        raise KnowledgeError(f"{shown} is not UTF-8 text", "save it in UTF-8") from error


def rows(path: Path, *columns: str) -> list[dict[str, str]]:
    """Return the lines of a seed of which only some columns are asked for.

    Raises:
        KnowledgeError: the file is missing, no UTF-8, or has not got one of ``columns``.
    """
    shown = f"{path.parent.name}/{path.name}"
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            lines = csv.DictReader(stream)
            missing = sorted(set(columns) - set(lines.fieldnames or ()))
            found = list(lines)
    except FileNotFoundError as error:
        raise KnowledgeError(f"{shown} is missing", "restore it from the project") from error
    except UnicodeDecodeError as error:
        raise KnowledgeError(f"{shown} is not UTF-8 text", "save it in UTF-8") from error
    if missing:
        raise KnowledgeError(
            f"{shown} has no column {', '.join(missing)}", "add it to the first line"
        )
    return found


def write(path: Path, columns: tuple[str, ...], items: Iterable[object]) -> None:
    """Write the whole file anew, one line per item with its fields, or leave the old one."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(columns)
    for item in items:
        lines.writerow(plain(getattr(item, name)) for name in columns)
    write_atomic(path, text.getvalue().encode())
