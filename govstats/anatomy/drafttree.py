"""The rows of a table as a tree, with what their names mean."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from govstats.anatomy.lines import Line
from govstats.anatomy.measures import take_unit
from govstats.anatomy.model import Block
from govstats.anatomy.paths import name_of
from govstats.anatomy.words import without_rank
from govstats.anatomy.yamltext import Value
from govstats.layouts.labels import squeeze
from govstats.layouts.seeds import Seeds

_WIDER = re.compile(r"^(.+)\(含.+\)$")


@dataclass
class DraftRow:
    """A row as it will be written; ``block`` and ``number`` say where it stands."""

    id: str
    label: str
    dims: dict[str, str] = field(default_factory=dict)
    is_heading: bool = False
    todo: list[str] = field(default_factory=list)
    check: list[str] = field(default_factory=list)
    block: Block | None = None
    number: int = 0
    cells: dict[str, Value] = field(default_factory=dict)
    children: list["DraftRow"] = field(default_factory=list)


class RowTree:
    """Rows below their parents; a name that stands twice beside itself is to do."""

    def __init__(self, parts: Sequence[Block], seeds: Seeds) -> None:
        self.seeds = seeds
        self.roots: list[DraftRow] = []
        self._by_path: dict[tuple[str, ...], DraftRow] = {}
        self._codes: set[str] = set()
        for number, block in enumerate(parts):
            prefix = f"p{number + 1}_" if number else ""
            for line in block.lines:
                if path := block.row_path(line.rows[0]):
                    self._add(block, line, path, f"{prefix}r{line.rows[0]}")

    def _add(self, block: Block, line: Line, path: tuple[str, ...], name: str) -> None:
        siblings = self._below(path[:-1])
        row = DraftRow(name, name_of(line), is_heading=not line.has_figures)
        row.block, row.number = block, line.rows[0]
        if any(squeeze(other.label) == squeeze(row.label) for other in siblings):
            row.todo.append("a row beside it has the same label: put one below a parent")
        if line.has_figures:
            _describe(row, block, path, self.seeds)
        code = row.dims.get("indicator", "todo")
        if code != "todo" and code not in self._codes:
            row.id = code
            self._codes.add(code)
        siblings.append(row)
        self._by_path.setdefault(path, row)

    def _below(self, path: tuple[str, ...]) -> list[DraftRow]:
        """The rows below a path; a level in a column of its own is made up as a heading."""
        if not path:
            return self.roots
        if path not in self._by_path:
            row = DraftRow(f"g{len(self._by_path)}_{len(path)}", path[-1], is_heading=True)
            self._below(path[:-1]).append(row)
            self._by_path[path] = row
        return self._by_path[path].children


def _describe(row: DraftRow, block: Block, path: tuple[str, ...], seeds: Seeds) -> None:
    code, scope = _indicator(path, seeds)
    row.dims["indicator"] = code or "todo"
    if scope:
        row.dims["scope"] = scope
    if code is None:
        row.todo.append("indicator: code of seeds/indicators.csv")
    unit = _row_unit(block, row.number)
    if unit:
        row.dims["unit"] = unit
        if unit not in seeds.units:
            row.todo.append(f"unit {unit} is not in units.csv")
    elif block.unit is None and not all(block.captions[c].unit for c in block.columns):
        row.todo.append("unit: nothing states it")


def _row_unit(block: Block, number: int) -> str | None:
    """The unit that the row states by itself, in its label or in a column of units."""
    if not block.columns:
        return None
    plain = [c for c in block.columns if not block.captions[c].unit]
    unit = block.unit_at(number, plain[0]) if plain else None
    return unit if unit != block.unit else None


def _indicator(path: tuple[str, ...], seeds: Seeds) -> tuple[str | None, str | None]:
    """(indicator, scope) that a row's name means, alone, after its parent, or as a beginning."""
    names = seeds.indicator_aliases
    label = without_rank(take_unit(path[-1], seeds.unit_symbols)[0])
    scope = None
    if (wider := _WIDER.match(label)) and label not in names:
        label, scope = wider[1], "administrative"
    if label in names and len(path) == 1:
        return names[label], scope
    if len(path) > 1:
        above = without_rank(path[-2])
        for joined in (f"{above}:{label}", f"{above}{label}"):
            if joined in names:
                return names[joined], scope
    if label in names:
        return names[label], scope
    # 第一产业 stands for a longer name only below a row that is an indicator itself.
    if len(path) > 1 and without_rank(path[-2]) not in names:
        return None, scope
    longer = {code for name, code in names.items() if name.startswith(label)}
    return (next(iter(longer)) if len(longer) == 1 and len(label) > 2 else None), scope
