"""Labels that only the alias table knows: a declared row under another name of its indicator."""

from collections import Counter
from dataclasses import replace

from govstats.layouts.match import Match
from govstats.layouts.model import Layout, Row
from govstats.layouts.seeds import Seeds


def aliased(match: Match, seeds: Seeds) -> tuple[Layout, frozenset[str]]:
    """The layout with the sheet's own labels for absent rows, and those labels.

    Only a row whose indicator no other row of the layout has is meant without a doubt, and only
    by a label that stands once.
    """
    layout = match.layout
    rows = layout.every_row()
    counts = Counter(row.dims.indicator for row in rows)
    found = {entry.row.id for part in match.parts for entry in part.rows.found}
    absent = {
        row.dims.indicator: row.id
        for row in rows
        if row.dims.indicator
        and row.id not in found
        and not row.is_group
        and counts[row.dims.indicator] == 1
    }
    labels: Counter[str] = Counter(
        part.index.label(cell.text).text for part in match.parts for cell in part.rows.extra
    )
    known = {
        absent[code]: text
        for text, count in labels.items()
        if count == 1 and (code := seeds.indicator_aliases.get(text)) in absent
    }
    meant = Counter(seeds.indicator_aliases.get(text) for text in labels)
    known = {row: text for row, text in known.items() if meant[seeds.indicator_aliases[text]] == 1}
    if not known:
        return layout, frozenset()
    return replace(layout, rows=_with(layout.rows, known)), frozenset(known.values())


def _with(rows: tuple[Row, ...], labels: dict[str, str]) -> tuple[Row, ...]:
    return tuple(
        replace(
            row,
            labels=(*row.labels, labels[row.id]) if row.id in labels else row.labels,
            children=_with(row.children, labels),
        )
        for row in rows
    )
