"""Following an address: from a column of a mart to the columns, rows and cells it rests on."""

from collections.abc import Mapping
from typing import Any

import duckdb

from govstats.errors import GovstatsError
from govstats.release import reader
from govstats.release.reference import Reference
from govstats.tracing.catalog import Catalog, Mart, Source
from govstats.tracing.evidence import Evidence
from govstats.tracing.model import CellEvidence, Role, Step
from govstats.tracing.words import Names, reason, unit

Row = dict[str, Any]


class Follower:
    """Follows addresses within one release; each figure of a trace is followed once."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, catalog: Catalog, evidence: Evidence
    ) -> None:
        self._connection = connection
        self._catalog = catalog
        self._evidence = evidence
        self._names = Names(connection)
        self._seen: set[str] = set()

    def follow(self, reference: Reference) -> Step:
        """Return the tree of a figure.

        Raises:
            GovstatsError: there is no such mart, column or row.
        """
        mart = self._catalog.mart(reference)
        row = self.row(reference)
        self._seen = set()
        return self._step(mart, reference.column, row, is_new=True)

    def row(self, reference: Reference) -> Row:
        """Return the one row that an address names.

        Raises:
            GovstatsError: no row has that key, or several have.
        """
        mart = self._catalog.mart(reference)
        where, values = _where(reference)
        # names were looked up in the catalog
        statement = f'select * from marts."{mart.name}" where {where} limit 2'  # noqa: S608
        found = reader.rows(self._connection, statement, values)
        if len(found) == 1:
            return found[0]
        said = "no row" if not found else "more than one row"
        raise GovstatsError(
            f"{said} of {mart.name} has {', '.join(f'{k} = {v}' for k, v in reference.key)}",
            f"its key is {', '.join(mart.key)}; copy an address from board, bulletin or workbook",
        )

    def _step(
        self, mart: Mart, column: str, row: Row, *, is_new: bool, is_listed: bool = False
    ) -> Step:
        reference = Reference.of(mart.name, column, {name: row[name] for name in mart.key})
        text, about = str(reference), self._names.subject(row)
        is_repeated = not is_listed and text in self._seen
        role = mart.role(column) or _undeclared(mart, column)
        parts: tuple[Step, ...] = ()
        cells: tuple[CellEvidence, ...] = ()
        if not (is_listed or is_repeated):
            self._seen.add(text)
            parts = tuple(self._parts(mart, column, row, reference))
            cells = () if parts else tuple(self._cells(mart, column, row))
        return Step(
            reference=text,
            mart=mart.name,
            column=column,
            description=mart.descriptions[column],
            role="derived" if role == "word" and parts else role,
            subject=about.zh,
            subject_en=about.english,
            value=row[column],
            unit=unit(column, row),
            reason=reason(row) if row[column] is None else "",
            knowledge=mart.knowledge.get(column, ""),
            row=row if is_new and not is_listed else None,
            parts=parts,
            cells=cells,
            is_listed=is_listed,
            is_repeated=is_repeated,
        )

    def _parts(self, mart: Mart, column: str, row: Row, reference: Reference) -> list[Step]:
        found: list[Step] = []
        for source in mart.sources(column):
            if source.mart:
                found += self._others(mart, row, reference, source)
            elif row[source.column] is not None:
                found.append(self._step(mart, source.column, row, is_new=False))
        return found

    def _others(self, mart: Mart, row: Row, reference: Reference, source: Source) -> list[Step]:
        other = self._catalog.marts[source.mart]
        # one that was asked for by part of its key is named by all of it from here on
        where, values = _where(Reference.of(mart.name, "", {name: row[name] for name in mart.key}))
        order = ", ".join(f'that."{name}"' for name in other.key)
        # condition and names are the project's own declarations
        statement = (
            f'select that.* from marts."{other.name}" as that, '  # noqa: S608
            f'(select * from marts."{mart.name}" where {where}) as this '
            f"where {source.condition} order by {order}"
        )
        return [
            self._step(other, source.column, one, is_new=True, is_listed=source.is_listed)
            for one in reader.rows(self._connection, statement, values)
            if not (other.name == mart.name and source.is_listed and _same(other, one, row))
        ]

    def _cells(self, mart: Mart, column: str, row: Row) -> list[CellEvidence]:
        """The cell a column was read from; for a word about a row, or a figure that it lacks,
        every cell the row names."""
        role: Role | None = mart.role(column)
        if role == "cell":
            columns = {mart.cells[column]: column}
        elif role in ("word", "count", "key") or row[column] is None:
            named = {cell: figure for figure, cell in reversed(list(mart.cells.items()))}
            columns = {"cell": column} | named if "cell" in mart.types else named
        else:
            columns = {}
        found = (self._evidence.of(row, figure, cell) for cell, figure in columns.items())
        return [cell for cell in found if cell is not None]


def _where(reference: Reference) -> tuple[str, list[object]]:
    # names were looked up in the catalog; an empty text stands for a value that is missing
    conditions = [f"coalesce(cast(\"{name}\" as varchar), '') = ?" for name, _ in reference.key]
    return " and ".join(conditions), [value for _, value in reference.key]


def _same(mart: Mart, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(one[name] == other[name] for name in mart.key)


def _undeclared(mart: Mart, column: str) -> Role:
    raise GovstatsError(
        f"{mart.name}.{column} does not say what it rests on",
        f"declare it in config.meta.trace of {mart.name}.yml",
    )
