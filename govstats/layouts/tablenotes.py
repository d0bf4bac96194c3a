"""How a table departs from its layout although it is read: notes, or the refusal of the file."""

from collections.abc import Iterator, Sequence

from govstats.layouts.facts import Note
from govstats.layouts.header import HeaderColumn
from govstats.layouts.lines import lines_to_add, quoted_yaml
from govstats.layouts.match import Match, Part
from govstats.layouts.notes import note
from govstats.layouts.seeds import Seeds
from govstats.workbooks.cells import Cell, address, column_letters
from govstats.workbooks.refusals import Refused, Words, quoted
from govstats.workbooks.values import interpret


def drift_notes(match: Match, others: Sequence[Match], seeds: Seeds) -> Iterator[Note]:
    """What was renamed, extra, missing or hidden.

    Args:
        match: a full match.
        others: the other tables of the file, whose cells are not this one's extra ones.
        seeds: names of indicators.

    Raises:
        Refused: ``extra_labels``, where the layout refuses them.
    """
    beside = [part for other in others if other is not match for part in other.parts]
    columns, rows = _extra(match, beside)
    if (columns or rows) and not match.layout.drift.extra:
        labels = [heading.shown for _, heading in columns] + [c.text.strip() for _, c in rows]
        raise _refusal(match, labels, seeds)
    yield from _renamed(match)
    for part, heading in columns:
        cell = address(part.header.bottom, heading.column)
        yield note("unknown_column", match, part.sheet.name, cell, label=heading.shown)
    for part, label in rows:
        text = label.text.strip()
        yield note("unknown_row", match, part.sheet.name, label.address, label=text)
    for kind, missing in (
        ("missing_row", match.missing_rows),
        ("missing_column", match.missing_columns),
    ):
        for shown in missing:
            yield note(kind, match, match.sheet.name, None, label=shown)
    yield from _hidden(match)


def _refusal(match: Match, labels: list[str], seeds: Seeds) -> Refused:
    layout = match.layout
    return Refused(
        "extra_labels",
        sheet=match.sheet.name,
        lines=lines_to_add(match, seeds),
        layout=layout.id,
        layout_name=Words(layout.name_zh, layout.name_en),
        extra=quoted(list(dict.fromkeys(labels))),
    )


def _renamed(match: Match) -> Iterator[Note]:
    for part in match.parts:
        for heading in part.header.found.values():
            if heading.is_renamed and heading.declared:
                column = heading.declared
                levels = ", ".join(quoted_yaml(level) for level in heading.levels)
                yield note(
                    "renamed_label", match, part.sheet.name,
                    address(part.header.bottom, heading.column),
                    label=heading.shown, declared=column.shown,
                    line=f"{column.id}: also: [[{levels}]]"
                    if len(heading.levels) > 1
                    else f"{column.id}: also: [{levels}]",
                )  # fmt: skip
        for found in part.rows.found:
            if found.text in match.renamed:
                yield note(
                    "renamed_label", match, part.sheet.name, found.cell.address,
                    label=found.text, declared=found.row.shown,
                    line=f"{found.row.id}: also: [{quoted_yaml(found.text)}]",
                )  # fmt: skip


def _extra(
    match: Match, beside: Sequence[Part]
) -> tuple[list[tuple[Part, HeaderColumn]], list[tuple[Part, Cell]]]:
    """Undeclared columns and rows with figures (in a register: with anything)."""
    columns = [
        (part, heading)
        for part in match.parts
        for heading in part.header.extra
        if not _is_of(beside, part, part.header.top, heading.column)
        and not _is_of(_others(match, part), part, part.header.top, heading.column)
        and _has_content(match, part, heading.column)
    ]
    rows = [
        (part, cell)
        for part in match.parts
        for cell in part.rows.extra
        if not _is_of(beside, part, cell.row, cell.column)
        and any(_is_figure(part, cell.row, c.column) for c in part.header.with_role("figure"))
    ]
    return columns, rows


def _others(match: Match, part: Part) -> list[Part]:
    return [other for other in match.parts if other is not part]


def _is_of(parts: Sequence[Part], part: Part, row: int, column: int) -> bool:
    """Whether a place lies in another table of the sheet."""
    return any(
        other.sheet is part.sheet
        and other.columns[0] <= column <= other.columns[1]
        and other.header.top <= row <= max((other.header.bottom, *other.row_numbers[-1:]))
        for other in parts
    )


def _has_content(match: Match, part: Part, column: int) -> bool:
    if match.layout.shape == "table":
        return any(_is_figure(part, found.number, column) for found in part.rows.found)
    numbers = part.entries.rows
    if not numbers:
        return False
    values = part.sheet.column_values(column, numbers[0], numbers[-1])
    return len(values) != values.count("")


def _is_figure(part: Part, row: int, column: int) -> bool:
    cell = part.sheet.at(row, column)
    return cell is not None and interpret(cell, part.index.units).value is not None


def _hidden(match: Match) -> Iterator[Note]:
    for part in match.parts:
        sheet = part.sheet
        if not sheet.hidden_rows and not sheet.hidden_columns:
            continue
        columns = [entry.column for entry in part.header.with_role("figure", "field")]
        rows = [
            row
            for row in part.row_numbers
            if row in sheet.hidden_rows and any(sheet.at(row, column) for column in columns)
        ]
        hidden = [
            column
            for column in columns
            if column in sheet.hidden_columns and any(sheet.at(r, column) for r in part.row_numbers)
        ]
        if rows or hidden:
            yield note(
                "hidden_figures", match, sheet.name, None,
                rows=_listed([str(row) for row in rows]),
                columns=_listed([column_letters(column) for column in hidden]),
            )  # fmt: skip


def _listed(names: list[str]) -> str:
    shown = "、".join(names[:20]) + ("…" if len(names) > 20 else "")
    return shown or "-"
