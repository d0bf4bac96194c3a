"""What changed in the tables that people maintain, and in the shape of the marts."""

from typing import Any

import duckdb

from govstats.release.notes.model import Part
from govstats.release.notes.reading import Shape, hand_over, shape


def tables(now: Shape, before: Shape) -> Part:
    """Return the marts that are new or gone, or have other columns than before."""
    return Part(tuple(_between(now, before)))


def seeds(
    bench: duckdb.DuckDBPyConnection,
    new: duckdb.DuckDBPyConnection,
    old: duckdb.DuckDBPyConnection,
) -> Part:
    """Return the seeds that are new or gone, have other columns, or other lines than before.

    ``added`` and ``removed`` are names of columns where those differ, else numbers of lines; a
    line that was edited counts as removed and added.
    """
    now, before = shape(new, "seeds"), shape(old, "seeds")
    found = _between(now, before)
    reshaped = {row["table"] for row in found}
    for seed in now:
        if seed in reshaped:
            continue
        columns = sorted(now[seed])
        hand_over(bench, new, "here", f'seeds."{seed}"', columns)
        hand_over(bench, old, "there", f'seeds."{seed}"', columns)
        added, removed = _lines(bench, "here", "there"), _lines(bench, "there", "here")
        if added or removed:
            found.append({"table": seed, "change": "lines", "added": added, "removed": removed})
    return Part(tuple(sorted(found, key=lambda row: str(row["table"]))))


def _between(now: Shape, before: Shape) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for table in sorted({*now, *before}):
        here, there = now.get(table, {}), before.get(table, {})
        if set(here) == set(there):
            continue
        found.append(
            {
                "table": table,
                "change": "columns" if here and there else "new" if here else "gone",
                "added": [name for name in here if name not in there],
                "removed": [name for name in there if name not in here],
            }
        )
    return found


def _lines(bench: duckdb.DuckDBPyConnection, one: str, other: str) -> int:
    sql = f"select count(*) from (from {one} except all from {other})"  # noqa: S608 - our own names
    (found,) = bench.execute(sql).fetchall()
    return int(found[0])
