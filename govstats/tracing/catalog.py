"""What a release says of its own marts: keys, descriptions, and what each column rests on.

Read from ``lineage.json``, which the build writes from the project (``warehouse/lineage.py``),
so that an older release is explained by the declarations it was made with.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from govstats.errors import GovstatsError
from govstats.release.reference import Reference
from govstats.tracing.model import Model, Role
from govstats.warehouse import lineage

_SCHEMA = "marts"
#: Types of columns that hold figures; whatever else a column holds is a word about its row.
_NUMBERS = ("decimal", "integer", "bigint", "double")


@dataclass(frozen=True)
class Source:
    """What a column rests on: columns of rows of a mart, found by a condition.

    ``mart`` is empty for a column of the same row. ``condition`` is SQL on ``this``, the row
    explained, and ``that``, a row it rests on. Rows of a ``is_listed`` source are named only.
    """

    column: str
    mart: str = ""
    condition: str = ""
    is_listed: bool = False


@dataclass(frozen=True)
class Mart:
    """A mart: the columns of its key, its columns with type and description, its declarations."""

    name: str
    description: str
    key: tuple[str, ...]
    types: Mapping[str, str]
    descriptions: Mapping[str, str]
    cells: Mapping[str, str]
    rests_on: Mapping[str, Sequence[Source]]
    knowledge: Mapping[str, str]
    counts: frozenset[str]
    codes: frozenset[str]

    def role(self, column: str) -> Role | None:
        """Say how a column came about; None for a figure that nothing is declared of."""
        if column in self.cells:
            return "cell"
        if column in self.counts:
            return "count"
        if column in self.rests_on:
            return "derived"
        if column in self.knowledge:
            return "knowledge"
        if column in self.key or column in self.codes:
            return "key"
        return None if self.types[column].startswith(_NUMBERS) else "word"

    def sources(self, column: str) -> Sequence[Source]:
        """What a column was made from: as declared, else what the mart declares for all."""
        if column in self.rests_on:
            return self.rests_on[column]
        return self.rests_on.get("*", ()) if self.role(column) == "word" else ()

    def cell_column(self, column: str) -> str:
        """Return the column that holds the address of a column's cell."""
        return self.cells[column]


class Catalog:
    """The marts of a release and how they were made."""

    def __init__(self, nodes: Mapping[str, Mapping[str, Any]]) -> None:
        self._nodes = nodes
        marts = {
            name.removeprefix(f"{_SCHEMA}."): node
            for name, node in nodes.items()
            if name.startswith(f"{_SCHEMA}.")
        }
        joins = {name: node["trace"].get("joins", {}) for name, node in marts.items()}
        self.marts = {name: _mart(name, node, joins) for name, node in sorted(marts.items())}

    @classmethod
    def read(cls, release: Path) -> "Catalog":
        """Read the catalog of a release's folder.

        Raises:
            GovstatsError: the release has none; it was made by another version.
        """
        path = release / lineage.FILE
        if not path.is_file():
            raise GovstatsError(
                f"release {release.name} was made by another version of the program: "
                f"it has no {lineage.FILE}",
                "make a new one: `govstats run`",
            )
        return cls(json.loads(path.read_text(encoding="utf-8"))["nodes"])

    def mart(self, reference: Reference) -> Mart:
        """Return the mart of an address, whose columns are sure to be there.

        Raises:
            GovstatsError: there is no such mart or column.
        """
        mart = self.marts.get(reference.mart)
        if mart is None:
            raise _unknown("mart", reference.mart, list(self.marts))
        for column in (reference.column, *(name for name, _ in reference.key)):
            if column not in mart.types:
                raise _unknown(f"column of {mart.name}", column, list(mart.types))
        return mart

    def models(self, mart: str) -> tuple[Model, ...]:
        """Return what leads to a mart, parents before children, the mart last."""
        done: dict[str, Model] = {}
        self._visit(f"{_SCHEMA}.{mart}", done)
        return tuple(done.values())

    def _visit(self, name: str, done: dict[str, Model]) -> None:
        node = self._nodes[name]
        for parent in node["parents"]:
            if parent not in done:
                self._visit(parent, done)
        parents = tuple(node["parents"])
        done[name] = Model(name, node["kind"], node["description"], parents, node["sql"])


def _mart(name: str, node: Mapping[str, Any], joins: Mapping[str, Mapping[str, str]]) -> Mart:
    trace = node["trace"]
    return Mart(
        name=name,
        description=node["description"],
        key=tuple(node["key"]),
        types={column: told["type"] for column, told in node["columns"].items()},
        descriptions={column: told["description"] for column, told in node["columns"].items()},
        cells=trace.get("cells", {}),
        rests_on={
            column: [_source(given, joins) for given in sources]
            for column, sources in trace.get("rests_on", {}).items()
        },
        knowledge=trace.get("knowledge", {}),
        counts=frozenset(trace.get("counts", ())),
        codes=frozenset(trace.get("codes", ())),
    )


def _source(given: str | Mapping[str, Any], joins: Mapping[str, Mapping[str, str]]) -> Source:
    if isinstance(given, str):
        return Source(given)
    mart, _, column = given["column"].partition(".")
    conditions = [f"that.{name} = this.{name}" for name in given.get("using", ())]
    conditions += [joins[mart][given["join"]]] if "join" in given else []
    conditions += [given["where"]] if "where" in given else []
    return Source(column, mart, " and ".join(conditions), given.get("listed", False))


def _unknown(what: str, name: str, known: list[str]) -> GovstatsError:
    near = get_close_matches(name, known, n=5, cutoff=0.4) or known
    return GovstatsError(f"there is no {what} {name!r}", f"try one of: {', '.join(near)}")
