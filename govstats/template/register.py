"""The form of a register or ledger: last period's entries to bring up to date, and room for new."""

from govstats.layouts.model import LAST_PERIOD, Column
from govstats.template import wording
from govstats.template.form import FieldKind, Filler, Form, FormCell, FormColumn
from govstats.template.last import LastEntry

#: Empty rows below the entries known.
_ROOM = 30
_KINDS: dict[str, FieldKind] = {"number": "number", "date": "date"}


def register_form(filler: Filler) -> Form:
    """A sheet with the entries of the period before: what identifies them printed, the rest open.

    Args:
        filler: layout, period and what was known before.
    """
    layout = filler.layout
    columns = _columns(filler)
    rows: list[tuple[FormCell, ...]] = []
    section = None
    for number, entry in enumerate(filler.last.entries, start=1):
        if entry.section and entry.section != section:
            section = entry.section
            rows.append(_heading(section, columns))
        rows.append(tuple(_known(made, entry, number) for made in columns))
    empty = tuple(_empty(made) for made in columns)
    rows += [empty] * _ROOM
    return Form(
        layout=layout,
        title=wording.title(layout, filler.period),
        unit_line=None,
        columns=columns,
        rows=tuple(rows),
        footers=wording.remarks(layout, wording.SIGNATURES),
        room=_ROOM,
    )


def _columns(filler: Filler) -> tuple[FormColumn, ...]:
    own = [FormColumn(c.written, c) for c in filler.layout.columns if c.role != "ignore"]
    if not filler.last.entries:
        return tuple(own)
    heading = f"{LAST_PERIOD}({wording.period_label(filler.layout, filler.last.time_period)})"
    beside = [
        FormColumn((heading, "".join(made.levels)), made.column, is_last=True)
        for made in own
        if made.column.role == "field" and not made.column.is_key
    ]
    return (*own, *beside)


def _heading(section: str, columns: tuple[FormColumn, ...]) -> tuple[FormCell, ...]:
    first = next(n for n, made in enumerate(columns) if made.column.is_key)
    return tuple(
        FormCell("label", section if number == first else None) for number in range(len(columns))
    )


def _known(made: FormColumn, entry: LastEntry, number: int) -> FormCell:
    column = made.column
    if column.role == "serial":
        return FormCell("label", str(number))
    text = entry.texts.get(column.id) or None
    if made.is_last:
        return FormCell("grey", text)
    return FormCell("label", text) if column.is_key else _open(column)


def _empty(made: FormColumn) -> FormCell:
    return FormCell("grey") if made.is_last else _open(made.column)


def _open(column: Column) -> FormCell:
    return FormCell("input", None, column.unit or "", _KINDS.get(column.type, "text"))
