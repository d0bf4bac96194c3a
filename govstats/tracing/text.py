"""A trace as lines of text."""

from collections.abc import Iterator
from typing import Any

from govstats.htmlpage import printable
from govstats.numbers import plain
from govstats.tracing.model import CellEvidence, Corrected, Step, Trace
from govstats.tracing.words import label

#: Rows compared or counted that are written out below one figure.
_LISTED = 40


def lines(traced: Trace) -> Iterator[str]:
    """Return the trace, one line each, from the figure down to the bytes kept of its cells."""
    for line in _lines(traced):
        yield str(printable(line))


def _lines(traced: Trace) -> Iterator[str]:
    yield f"release    {traced.release_id}"
    if traced.address:
        at = traced.address
        yield f"published  {at.file} → sheet {at.sheet} → {at.cell}: {at.shown}"
    yield from _figure(traced)
    if traced.working:
        yield f"working    {traced.working}"
    yield f"computed   {_computed(traced)}"
    yield "rests on"
    yield from _tree(traced.figure, 1)
    for cell in traced.cells:
        yield ""
        yield from _cell(cell)
    if not traced.cells:
        yield "cells      none: no cell was submitted for this figure"


def _figure(traced: Trace) -> Iterator[str]:
    figure, judged = traced.figure, traced.judgement
    if judged is not None:
        yield (
            f"target     {judged['target_id']} {judged['name_zh']} "
            f"({judged['section']} {judged['item']})"
        )
        actual = plain(judged["actual_value"])
        actual = f"{actual} {judged['unit_measure']}" if actual else "—"
        yield (
            f"judged     {judged['label_zh']}: {actual}, 要求 {judged['demand_zh']} → "
            f"{judged['status_zh']} ({judged['status']}), {judged['light_zh']}"
        )
    yield f"address    {figure.reference}"
    yield f"figure     {figure.subject}: {_said(figure)}"
    yield f"column     {figure.description}"
    row = {name: plain(value) for name, value in (figure.row or {}).items() if value is not None}
    yield "row        " + ", ".join(f"{name} = {value}" for name, value in row.items())


def _computed(traced: Trace) -> str:
    """The models between the raw tables and the mart, layer by layer."""
    layers: dict[str, list[str]] = {}
    for model in traced.lineage:
        layer, _, name = model.name.partition(".")
        layers.setdefault(layer, []).append(name)
    order = [name for name in ("raw", "seeds", "staging", "intermediate") if name in layers]
    parts = [f"{name}: {', '.join(layers[name])}" for name in order]
    return " → ".join([*parts, traced.lineage[-1].name])


def _tree(step: Step, depth: int) -> Iterator[str]:
    indent = "  " * depth
    note = "  (see above)" if step.is_repeated else ""
    source = f"  ← table {step.knowledge}" if step.knowledge else ""
    yield f"{indent}{step.subject} · {_said(step)}{source}{note}"
    for cell in step.cells:
        yield f"{indent}  cell {cell.sheet}!{cell.cell} of {cell.file}"
    listed = 0
    for part in step.parts:
        listed += part.is_listed
        if listed <= _LISTED or not part.is_listed:
            yield from _tree(part, depth + 1)
    if listed > _LISTED:
        yield f"{indent}  … and {listed - _LISTED} more"


def _said(step: Step) -> str:
    value = plain(step.value)
    if not value:
        return f"{step.column} {label(step.description).zh} = — {step.reason}".rstrip()
    return f"{step.column} {label(step.description).zh} = {value} {step.unit or ''}".rstrip()


def _cell(cell: CellEvidence) -> Iterator[str]:
    value = f"{plain(cell.obs_value)} {cell.unit_measure or ''}".strip()
    if cell.obs_value is None:
        value = f"— ({cell.missing_kind})" if cell.missing_kind else "—"
    about = " ".join(filter(None, (cell.area_zh, cell.subject_zh, cell.measure)))
    yield (f"figure     {about} = {value} [{cell.obs_status or '—'}], known from {cell.known_from}")
    yield (
        f"  cell     {cell.department_zh} → {cell.file} → sheet {cell.sheet} → {cell.cell}: "
        f"{in_cell(cell)}"
    )
    yield f"  checked  cell read again from the kept original: {_verdict(cell)}"
    sent = cell.submission
    yield (
        f"  received {sent.received_at}, due {sent.due_date or '—'}, {sent.status}; submission "
        f"{sent.submission_id}, line {sent.sequence_number} of the ledger, SHA-256 {sent.sha256}"
    )
    if cell.correction is not None:
        yield _correction(cell.correction, cell.cell_unit or "")
    if len(cell.vintages) > 1:
        for vintage in cell.vintages:
            until = f" to {vintage.known_to}" if vintage.known_to else ""
            yield (
                f"  vintage  {vintage.vintage_number}: {plain(vintage.obs_value) or '—'} "
                f"{vintage.unit_measure or ''}, known {vintage.known_from}{until}: "
                f"{vintage.file} → {vintage.sheet} → {vintage.cell}"
            )


def in_cell(cell: CellEvidence) -> str:
    """Say what the cell holds, and what that is in the unit shown where the units differ."""
    written = cell.cell_now if cell.value_text is None else cell.value_text
    written = f"{written} {cell.cell_unit or ''}".rstrip() if written else "(blank)"
    reported: Any = cell.reported_value
    if reported is None or cell.cell_unit == cell.unit_measure:
        return written
    return f"{written} = {plain(reported)} {cell.unit_measure}"


def _verdict(cell: CellEvidence) -> str:
    if cell.agrees is None:
        return f"it holds {cell.cell_now!r}; no figure was read from it"
    return "the same" if cell.agrees else f"NOT THE SAME: {cell.cell_now}"


def _correction(made: Corrected, unit: str) -> str:
    new = f"{plain(made.new_cell_value)} {unit}" if made.new_cell_value is not None else "withdrawn"
    source = f", {made.source}" if made.source else ""
    return (
        f"  CORRECTED {made.correction_id}: {plain(made.old_cell_value)} {unit} → {new}, "
        f"entered {made.entered_on} by {made.author}: {made.reason_zh}{source}"
    )
