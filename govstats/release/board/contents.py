"""What the board is made of: an index that the first view needs, and chunks opened on demand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from govstats.errors import GovstatsError
from govstats.numbers import plain
from govstats.release.board import statements
from govstats.release.report.signs import SHAPES

#: A packed table: names of columns, and rows as lists in that order.
Packed = dict[str, list[Any]]
#: Commitments of one chunk: few enough to open fast, many enough to compress well.
_CHUNK_TARGETS = 12


@dataclass(frozen=True)
class Board:
    """Everything on the page: ``index`` as it is, ``chunks`` by name, each of tables by mart."""

    index: dict[str, Any]
    chunks: dict[str, dict[str, Packed]]


def read(warehouse: Path, release: Mapping[str, Any]) -> Board:
    """Return what the board shows of a warehouse that nobody writes to.

    Figures are texts as ``plain`` writes them, null where the mart has none.

    Raises:
        GovstatsError: the warehouse is missing or not complete, or has no commitment judged at
            the release's latest period.
    """
    if not warehouse.is_file():
        raise GovstatsError(f"there is no warehouse at {warehouse}", "build it: `govstats run`")
    try:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            return _Reader(connection, release).board()
    except duckdb.Error as error:
        raise GovstatsError(
            f"{warehouse} cannot be read for the board: {error}",
            "the board needs every table of schema marts: build the warehouse again",
        ) from error


class _Reader:
    """Reads one warehouse for one release."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, release: Mapping[str, Any]) -> None:
        self.connection = connection
        self.release = release
        self.latest: str = release["latest_period"]

    def board(self) -> Board:
        targets = self.packed(statements.TARGETS)
        judged = self.ends("fct_target_progress")
        if not judged:
            raise GovstatsError(
                f"no commitment is judged by {self.latest}: there is nothing to show on a board",
                "check the seed targets and the release's latest period",
            )
        groups = [row[0] for row in targets["rows"]]
        chunks = dict(self.chunks(groups, judged))
        first = chunks.pop(f"period:{judged[-1]}")
        index = self.index(targets, judged, {"dim_target": targets, **first})
        index["groups"] = {code: place // _CHUNK_TARGETS for place, code in enumerate(groups)}
        index["views"] = {
            view: [name.partition(":")[2] for name in chunks if name.startswith(f"{view}:")]
            for view in (*statements.OF_PERIOD, "year")
        }
        return Board(index, chunks)

    def index(
        self, targets: Packed, judged: Sequence[str], tables: dict[str, Packed]
    ) -> dict[str, Any]:
        areas = targets["columns"].index("ref_area")
        rows = self.rows(statements.STATES)
        return {
            "release": {
                "release_id": self.release["release_id"],
                "latest_period": self.latest,
                "as_of": self.release.get("as_of"),
            },
            "cut_off": _value(self.rows(statements.CUT_OFF)[0][0]),
            "district": sorted({row[areas] for row in targets["rows"]}),
            "judged": list(judged),
            "periods": {str(row[0]): [_value(v) for v in row[1:]] for row in self.periods()},
            "names": {
                name: {code: [zh, en or zh] for code, zh, en in self.rows(sql)}
                for name, sql in statements.NAMES.items()
            },
            "words": _nested(self.rows(statements.WORDS)),
            "states": _nested(rows),
            "shapes": SHAPES,
            "keys": {mart: list(key) for mart, key in self.rows(statements.KEYS)},
            "tables": tables,
        }

    def chunks(
        self, groups: Sequence[str], judged: Sequence[str]
    ) -> Iterator[tuple[str, dict[str, Packed]]]:
        for end in judged:
            yield (
                f"period:{end}",
                {
                    "fct_target_progress": self.packed(statements.OVERVIEW, end),
                    "fct_progress_summary": self.packed(statements.SUMMARY, end),
                },
            )
        for place in range(0, len(groups), _CHUNK_TARGETS):
            ends = groups[place], groups[min(place + _CHUNK_TARGETS, len(groups)) - 1]
            asked = {**statements.OF_TARGETS, **statements.OF_FIGURES}
            tables = {mart: self.packed(sql, *ends) for mart, sql in asked.items()}
            yield f"targets:{place // _CHUNK_TARGETS}", tables
        for view, asked in statements.OF_PERIOD.items():
            for end in self.ends(next(iter(asked))):
                yield f"{view}:{end}", {mart: self.packed(q, end) for mart, q in asked.items()}
        due = self.ends("fct_reporting_duty")
        for year in sorted({end[:4] for end in due}):
            of_year = [end for end in due if end.startswith(year)]
            days = of_year[0], of_year[-1]
            asked = statements.OF_YEAR
            yield f"year:{year}", {mart: self.packed(q, *days) for mart, q in asked.items()}

    def ends(self, mart: str) -> list[str]:
        found = self.rows(statements.ENDS.format(mart=mart), self.latest)
        return [str(row[0]) for row in found]

    def periods(self) -> list[tuple[Any, ...]]:
        return self.rows(statements.PERIODS)

    def packed(self, sql: str, *values: object) -> Packed:
        cursor = self.connection.execute(sql, list(values))
        columns = [column[0] for column in cursor.description or []]
        return {
            "columns": columns,
            "rows": [[_value(value) for value in row] for row in cursor.fetchall()],
        }

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql, list(values)).fetchall()


def _value(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else value


def _nested(rows: Sequence[tuple[Any, ...]]) -> dict[str, dict[str, list[Any]]]:
    found: dict[str, dict[str, list[Any]]] = {}
    for of, code, *rest in rows:
        found.setdefault(of, {})[code] = rest
    return found
