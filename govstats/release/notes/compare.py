"""Comparing two finished warehouses: every kind of change from the older to the newer one."""

from collections.abc import Mapping
from tempfile import TemporaryDirectory

import duckdb

from govstats.errors import GovstatsError
from govstats.release.notes import knowledge
from govstats.release.notes.comparisons import COMPARISONS, Comparison
from govstats.release.notes.model import Part
from govstats.release.notes.reading import Shape, hand_over, rows, shape


def compare(
    new: duckdb.DuckDBPyConnection,
    old: duckdb.DuckDBPyConnection,
    now: str,
    before: str,
) -> dict[str, Part]:
    """Return every kind of change from ``old`` to ``new``.

    What the older warehouse has no columns for, or columns of another type, is not compared and
    says so.

    Args:
        new: the newer warehouse.
        old: the older one.
        now: latest period of the newer one, YYYY-MM.
        before: latest period of the older one.

    Raises:
        GovstatsError: the newer warehouse lacks a mart or column.
    """
    here, there = shape(new, "marts"), shape(old, "marts")
    unlike = _unlike(here, there)
    with TemporaryDirectory() as folder, duckdb.connect(config={"temp_directory": folder}) as bench:
        for mart, columns in _wanted().items():
            hand_over(bench, new, f"new_{mart}", f"marts.{mart}", columns)
            shared = [name for name in columns if f"{mart}.{name}" not in unlike]
            hand_over(bench, old, f"old_{mart}", f"marts.{mart}", shared)
        periods = {"now": now, "before": before}
        parts = {
            name: _part(bench, comparison, unlike, periods)
            for name, comparison in COMPARISONS.items()
        }
        parts["seeds_changed"] = knowledge.seeds(bench, new, old)
    return parts | {"marts_changed": knowledge.tables(here, there)}


def _wanted() -> dict[str, list[str]]:
    """Return the columns that any comparison needs, by mart."""
    wanted: dict[str, dict[str, None]] = {}
    for comparison in COMPARISONS.values():
        for mart, columns in comparison.sources.items():
            wanted.setdefault(mart, {}).update(dict.fromkeys(columns))
    return {mart: list(columns) for mart, columns in wanted.items()}


def _unlike(here: Shape, there: Shape) -> set[str]:
    """Return the wanted columns that the older warehouse has not, or has as another type."""
    lacking, unlike = [], set()
    for mart, columns in _wanted().items():
        for column in columns:
            kind = here.get(mart, {}).get(column)
            if kind is None:
                lacking.append(f"{mart}.{column}")
            elif there.get(mart, {}).get(column) != kind:
                unlike.add(f"{mart}.{column}")
    if lacking:
        raise GovstatsError(
            f"the warehouse lacks {', '.join(sorted(lacking))}",
            "release notes need every table of schema marts: build the warehouse again",
        )
    return unlike


def _part(
    bench: duckdb.DuckDBPyConnection,
    comparison: Comparison,
    unlike: set[str],
    periods: Mapping[str, str],
) -> Part:
    needed = {f"{mart}.{name}" for mart, names in comparison.sources.items() for name in names}
    if needed & unlike:
        return Part(missing=tuple(sorted(needed & unlike)))
    asked = {name: value for name, value in periods.items() if f"${name}" in comparison.sql}
    found = rows(bench.execute(comparison.sql, asked))
    counted = comparison.counted
    return Part(found, figures=sum(row[counted] for row in found) if counted else None)
