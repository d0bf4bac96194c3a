"""An inspection as one page of HTML that needs nothing from outside."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from govstats.htmlpage import environment
from govstats.layouts.inspection import LEAST_ALIKE, Inspection
from govstats.picture.explain import explain
from govstats.picture.marks import Mark, columns_said, marks, rows_said
from govstats.picture.model import Box, SheetPicture
from govstats.picture.names import Names
from govstats.picture.verdict import verdict
from govstats.picture.wording import detail_zh, period_place_zh
from govstats.release.report.words import typeset
from govstats.workbooks.cells import address, column_letters, column_number

_HERE = Path(__file__).parent
#: The house's own style: that of the validation report, which the bureau also reads.
_STYLES = (_HERE.parent / "release" / "report" / "style.css", _HERE / "style.css")
#: Layouts named beside a file that is refused.
_NEAREST = 5
#: Cells without a meaning that are listed.
_UNMAPPED = 500
#: Fates of cells that hold figures.
_FIGURES = ("observation", "inferred")
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d*)")


@dataclass(frozen=True)
class _SheetView:
    """A picture with what its heading says; ``number`` makes the ids of its cells."""

    number: int
    picture: SheetPicture
    hidden_rows: str
    hidden_columns: str
    hidden_column_set: frozenset[int]
    rows_left_out: int
    columns_left_out: int

    @property
    def is_cut(self) -> bool:
        """Whether the sheet has more than the picture."""
        return bool(self.rows_left_out or self.columns_left_out)


def render(found: Inspection, names: Names) -> str:
    """Return the page as HTML text; the same inspection gives the same text.

    Args:
        found: with or without pictures.
        names: Chinese names of departments, indicators, areas and codes.
    """
    sheets = [_view(number, picture) for number, picture in enumerate(found.pictures, start=1)]
    legend = _legend(found)
    template = _environment().get_template("picture.html.j2")
    return template.render(
        style=Markup("\n".join(path.read_text("utf-8") for path in _STYLES)),  # noqa: S704 - ours
        found=found,
        names=names,
        verdict=verdict(found, names),
        legend=legend,
        sheets=sheets,
        link=_Links(sheets),
        unmapped=_unmapped(found),
        unmapped_total=next(count for mark, count in legend if mark.code == "unmapped"),
        nearest=[entry for entry in found.likeness if entry.score >= LEAST_ALIKE][:_NEAREST],
        explain=lambda box: explain(box, names),
        marks=marks(),
    )


def _legend(found: Inspection) -> list[tuple[Mark, int]]:
    """The marks that the pictures may have, each with its number of cells in the file."""
    counts = dict.fromkeys(marks(), 0)
    for picture in found.pictures:
        for fate, count in picture.counts:
            counts[fate] += count
    if found.fates:
        counts |= dict(found.fates)
    bases = {picture.basis for picture in found.pictures}
    shown = [] if bases == {"inferred"} else ["observation", "ignorable"]
    shown += ["label", "metadata", "unmapped", *(["inferred"] if "inferred" in bases else [])]
    return [(mark, counts[code]) for code, mark in marks().items() if code in shown]


def _unmapped(found: Inspection) -> list[tuple[str, str, str, str]]:
    """(sheet, cell, content, reason) of the first cells without a meaning."""
    if found.fates:
        return [
            (cell.sheet, cell.cell, cell.value_text, cell.fate_detail or "")
            for cell in found.unmapped[:_UNMAPPED]
        ]
    listed = [
        (picture.name, address(box.row, box.column), box.text, box.meaning.detail)
        for picture in found.pictures
        for band in picture.bands
        for line in band.lines
        for box in line.boxes
        if box.meaning and box.meaning.fate == "unmapped"
    ]
    return listed[:_UNMAPPED]


def _view(number: int, picture: SheetPicture) -> _SheetView:
    return _SheetView(
        number,
        picture,
        rows_said(picture.hidden_rows),
        columns_said(picture.hidden_columns),
        frozenset(picture.hidden_columns),
        picture.last_row - picture.rows_shown,
        picture.last_column - len(picture.columns),
    )


class _Links:
    """Cells of the page by sheet and address, and the ids they have there."""

    def __init__(self, sheets: list[_SheetView]) -> None:
        self._numbers = {view.picture.name: view.number for view in sheets}
        self._rows = {view.picture.name: set(_rows(view.picture)) for view in sheets}
        self._columns = {view.picture.name: set(view.picture.columns) for view in sheets}

    def __call__(self, sheet: str, cell: str | None) -> str:
        """The id of a cell on the page, '' where the page does not show it."""
        place = _ADDRESS.fullmatch(cell or "")
        if place is None or sheet not in self._numbers:
            return ""
        is_shown = (
            int(place[2]) in self._rows[sheet] and column_number(place[1]) in self._columns[sheet]
        )
        return f"s{self._numbers[sheet]}-{cell}" if is_shown else ""


def _rows(picture: SheetPicture) -> Iterator[int]:
    for band in picture.bands:
        for line in band.lines:
            yield line.row


def _class(box: Box) -> str:
    """The classes of a box: its fate, where its text stands, hatching where it is hidden."""
    meaning = box.meaning
    names = [f"f-{meaning.fate}"] if meaning else []
    # "—" among figures stands where a figure would.
    is_sign = meaning and meaning.fate in _FIGURES and not any(map(str.isalpha, box.text))
    names += ["n"] if box.is_figure or is_sign else []
    if box.columns > 1 and meaning and (meaning.fate == "label" or meaning.detail == "title"):
        names.append("mid")
    names += ["wide"] if box.columns > 1 else []
    names += ["hid"] if box.is_hidden else []
    return " ".join(names)


@cache
def _environment() -> Environment:
    made = environment(_HERE / "templates")
    made.filters["letters"] = column_letters
    made.filters["classes"] = _class
    made.filters["typeset"] = typeset
    made.filters["detail"] = detail_zh
    made.filters["place"] = period_place_zh
    return made
