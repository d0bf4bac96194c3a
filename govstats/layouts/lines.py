"""What to add to a layout so that it reads a sheet which departs from it: YAML to paste."""

import difflib
import json
import re
from collections.abc import Iterator, Sequence

from govstats.layouts.context import path_shown, row_paths
from govstats.layouts.labels import read_label
from govstats.layouts.match import Match
from govstats.layouts.seeds import Seeds

#: Spelt alike from here on, by difflib.
_ALIKE = 0.5
#: What YAML reads as a plain text in brackets of either kind.
_PLAIN = re.compile(r"[\w\u4e00-\u9fff][\w\u4e00-\u9fff/()、·.-]*")
_UNKNOWN = "…"


def lines_to_add(match: Match, seeds: Seeds) -> str:
    """The lines, '' where nothing can be said.

    Args:
        match: the nearest layout, with labels that it misses and labels that it does not know.
        seeds: names of indicators.
    """
    return _Lines(match, seeds).text()


class _Lines:
    def __init__(self, match: Match, seeds: Seeds) -> None:
        self._match = match
        self._seeds = seeds
        layout = match.layout
        self._columns = {column.shown: column.id for column in layout.columns}
        self._rows = {path_shown(path): path[-1].id for path in row_paths(layout.rows)}
        self._indicators = {row.id: row.dims.indicator for row in layout.every_row()}
        self._new = 0

    def text(self) -> str:
        match = self._match
        if match.parts:
            columns = [column.levels for part in match.parts for column in part.header.extra]
            rows = [cell.text.strip() for part in match.parts for cell in part.rows.extra]
            both = self._section(self._columns, columns), self._section(self._rows, rows)
        else:
            # Without a header nobody knows which is which: only what resembles is said.
            labels = list(match.extra)
            pairs = [(label,) for label in labels]
            both = (
                self._section(self._columns, pairs, new=False),
                self._section(self._rows, labels, new=False),
            )
        lines = ["columns:", *both[0]] if both[0] else []
        if both[1]:
            lines += ["rows:", "  items:", *(f"  {line}" for line in both[1])]
        return "\n".join([f"# {match.layout.id}", *lines]) + "\n" if lines else ""

    def _section(
        self, declared: dict[str, str], extra: Sequence[str | tuple[str, ...]], *, new: bool = True
    ) -> list[str]:
        missing = {shown: declared[shown] for shown in self._match.missing if shown in declared}
        lines: list[str] = []
        # A part whose whole is not there stands under its own label: that is nothing to add.
        rest = [label for label in dict.fromkeys(extra) if not self._is_known(label)]
        for shown, name in missing.items():
            label = self._nearest(shown, name, rest)
            if label is not None:
                rest.remove(label)
                lines += [f"  - id: {name}", f"    also: [{_written(label)}]"]
        return lines + list(self._added(rest, declared) if new else ())

    def _is_known(self, label: str | tuple[str, ...]) -> bool:
        text = read_label(label, self._seeds.unit_symbols).text if isinstance(label, str) else ""
        return text in self._match.layout.row_labels

    def _nearest(
        self, shown: str, name: str, labels: Sequence[str | tuple[str, ...]]
    ) -> str | tuple[str, ...] | None:
        """The label that means a missing one by the alias table, or the one spelt most alike."""
        wanted = self._indicators.get(name)
        for label in labels:
            if wanted and isinstance(label, str) and self._indicator(label) == wanted:
                return label
        last = shown.rpartition("/")[2]
        scored = [
            (max(_alike(shown, "/".join(_levels(label))), _alike(last, _levels(label)[-1])), label)
            for label in labels
        ]
        best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
        return best[1] if best[0] >= _ALIKE else None

    def _added(
        self, labels: Sequence[str | tuple[str, ...]], declared: dict[str, str]
    ) -> Iterator[str]:
        for label in labels:
            self._new += 1
            dims = "{measure: …}"
            if declared is self._rows:
                dims = f"{{indicator: {self._indicator(str(label)) or _UNKNOWN}}}"
            yield f"  - {{id: new_{self._new}, label: {_written(label)}, dims: {dims}}}"

    def _indicator(self, label: str) -> str | None:
        text = read_label(label, self._seeds.unit_symbols).text
        return self._seeds.indicator_aliases.get(text)


def quoted_yaml(text: str) -> str:
    """A text as YAML reads it in a flow list."""
    return (
        text
        if _PLAIN.fullmatch(text) and not text.isdigit()
        else json.dumps(text, ensure_ascii=False)
    )


def _written(label: str | tuple[str, ...]) -> str:
    if isinstance(label, str) or len(label) == 1:
        return quoted_yaml(_levels(label)[0])
    return "[" + ", ".join(quoted_yaml(level) for level in label) + "]"


def _levels(label: str | tuple[str, ...]) -> tuple[str, ...]:
    return (label,) if isinstance(label, str) else label


def _alike(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other).ratio()
