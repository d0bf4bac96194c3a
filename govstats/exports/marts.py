"""Marts of a release as files, one each."""

from collections.abc import Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import duckdb

from govstats.errors import GovstatsError
from govstats.exports import forms
from govstats.exports.forms import About, Form
from govstats.exports.rows import Answer

#: Forms that a mart is exported in, beside SDMX.
FORMS = (Form.CSV, Form.XLSX, Form.PARQUET)

_MARTS = "select table_name from information_schema.tables where table_schema = 'marts' order by 1"
_COMMENTS = """
select column_name, comment from duckdb_columns()
where schema_name = 'marts' and table_name = ? and comment is not null
"""
_COMMENT = """
select comment from (
    select table_name as name, comment from duckdb_tables() where schema_name = 'marts'
    union all
    select view_name as name, comment from duckdb_views() where schema_name = 'marts'
) as described where name = ?
"""


def names(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the names of all marts, in order."""
    return [row[0] for row in connection.execute(_MARTS).fetchall()]


def chosen(connection: duckdb.DuckDBPyConnection, wished: Iterable[str]) -> list[str]:
    """Return the wished marts' names, with or without ``marts.`` before them, each once.

    Raises:
        GovstatsError: there is no mart of a name.
    """
    known = names(connection)
    found = list(dict.fromkeys(name.removeprefix("marts.") for name in wished))
    for name in found:
        if name not in known:
            near = get_close_matches(name, known, n=5, cutoff=0.4) or known
            raise GovstatsError(f"there is no mart {name}", f"take one of: {', '.join(near)}")
    return found


def comments(connection: duckdb.DuckDBPyConnection, mart: str) -> dict[str, str]:
    """Return what the columns of a mart mean, in both languages, by name."""
    return dict(connection.execute(_COMMENTS, [mart]).fetchall())


def write(
    connection: duckdb.DuckDBPyConnection,
    marts: Sequence[str],
    form: Form,
    folder: Path,
    release: dict[str, Any],
) -> list[Path]:
    """Write marts into a folder, ``<mart>.<form>`` each, rows in full order.

    The same release gives the same bytes.

    Args:
        connection: reads the release.
        marts: names, as ``chosen`` gives them.
        form: one of ``FORMS``.
        folder: made where it is missing; files of these names are replaced.
        release: the release's manifest.

    Raises:
        GovstatsError: the form has no room for the rows.
    """
    paths = []
    for mart in marts:
        path = folder / f"{mart}.{form.value}"
        cursor = connection.cursor()
        described = comments(connection, mart)
        meaning = cursor.execute(_COMMENT, [mart]).fetchone()
        answer = Answer(
            cursor.execute(f'select * from marts."{mart}" order by all'),  # noqa: S608
            described,
        )
        text = str(meaning[0] or "") if meaning else ""
        forms.write(answer, form, path, about(mart, release, [("一行 one row", text)]))
        paths.append(path)
    return paths


def about(title: str, release: dict[str, Any], lines: Sequence[tuple[str, str]] = ()) -> About:
    """Return what a file drawn from a release says of itself."""
    year, month = (int(part) for part in release["latest_period"].split("-"))
    own = [("数据 data", title), ("版本 release", str(release["release_id"]))]
    return About(title, date(year, month, 1), [*own, *lines])
