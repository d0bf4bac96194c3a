"""The forms an answer can take, and writing it in one of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TextIO

import pyarrow as pa
import pyarrow.parquet as pq

from govstats.errors import GovstatsError
from govstats.exports import texts
from govstats.exports.rows import Answer
from govstats.exports.workbook import workbook
from govstats.files import replacing


class Form(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"
    MARKDOWN = "markdown"
    PARQUET = "parquet"
    XLSX = "xlsx"


#: Forms that a terminal can show, beside the table drawn for it.
TEXTS: dict[Form, Callable[[Answer, TextIO], None]] = {
    Form.CSV: texts.write_csv,
    Form.JSON: texts.write_json,
    Form.JSONL: texts.write_jsonl,
    Form.MARKDOWN: texts.write_markdown,
}
_SUFFIXES = {
    ".csv": Form.CSV,
    ".json": Form.JSON,
    ".jsonl": Form.JSONL,
    ".md": Form.MARKDOWN,
    ".parquet": Form.PARQUET,
    ".xlsx": Form.XLSX,
}


@dataclass(frozen=True)
class About:
    """What a file says of itself: a title, the release's day, and lines of name and text."""

    title: str
    made: date
    lines: Sequence[tuple[str, str]] = ()


def of_file(path: Path) -> Form:
    """Return the form that a file's name asks for.

    Raises:
        GovstatsError: its suffix names none.
    """
    if path.suffix.lower() not in _SUFFIXES:
        raise GovstatsError(
            f"{path.name} does not say what form it is to have",
            f"give --format, or a name that ends in one of {', '.join(_SUFFIXES)}",
        )
    return _SUFFIXES[path.suffix.lower()]


def write(answer: Answer, form: Form, path: Path, about: About) -> None:
    """Write an answer to a file; the old one stays until the new one is whole.

    A csv begins with a byte order mark: without it a spreadsheet program of a Chinese desk takes
    UTF-8 for GBK.

    Raises:
        GovstatsError: the form is for terminals, or has no room for the rows.
    """
    with replacing(path) as temporary:
        if form in TEXTS:
            encoding = "utf-8-sig" if form is Form.CSV else "utf-8"
            with temporary.open("w", encoding=encoding, errors="replace", newline="") as stream:
                TEXTS[form](answer, stream)
        elif form is Form.PARQUET:
            _parquet(answer, temporary)
        elif form is Form.XLSX:
            temporary.write_bytes(workbook(answer, about.title, about.made, about.lines))
        else:
            raise GovstatsError("a table is drawn on the terminal", "choose another --format")


def _parquet(answer: Answer, path: Path) -> None:
    """Write the rows as Parquet; types are the database's, decimals exact, comments kept."""
    reader = answer.batches()
    schema = pa.schema(
        [
            pa.field(column.name, part.type, metadata={"comment": column.comment})
            for column, part in zip(answer.columns, reader.schema, strict=True)
        ]
    )
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in reader:
            writer.write_batch(pa.RecordBatch.from_arrays(batch.columns, schema=schema))
