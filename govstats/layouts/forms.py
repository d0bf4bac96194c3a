"""Forms that the bureau hands out and any department sends back, such as the return sheet.

A workbook that holds one is read for it alone: its other sheets are copies that show what is
meant, and copies are no data.
"""

from collections.abc import Sequence
from dataclasses import replace

from govstats.layouts.choose import Chosen, choose
from govstats.layouts.index import SheetIndex
from govstats.layouts.model import Layout
from govstats.layouts.periods import last_day
from govstats.layouts.seeds import Seeds
from govstats.layouts.tables import Search
from govstats.workbooks.cells import Sheet, Workbook

#: Rows in which the header of a form stands; a remark above it may have grown, a ledger not.
_TOP = 60


def find_form(
    workbook: Workbook, forms: Sequence[Layout], department: str, period: str, seeds: Seeds
) -> Chosen | None:
    """The form that a workbook brings back, None where it brings none.

    Args:
        workbook: any.
        forms: layouts of the forms.
        department: code of the department whose folder the file lies in.
        period: YYYY-MM of the folder.
        seeds: the tables that labels lean on.

    Raises:
        Refused: the form is there, but columns that it needs are not; see ``choose``.
    """
    wanted = frozenset(form.anchor.shown for form in forms)
    holding = [
        (number, sheet) for number, sheet in enumerate(workbook.sheets) if _holds(sheet, wanted)
    ]
    if not holding:
        return None
    anchors = frozenset(text for form in forms for text in form.anchor.labels)
    indexes = [SheetIndex(sheet, seeds.unit_symbols, anchors, number) for number, sheet in holding]
    search = Search(indexes, last_day(int(period[:4]), int(period[5:])), seeds)
    own = [replace(form, department=department) for form in forms if form.is_valid(period)]
    matches = search.matches(own)
    return replace(choose(matches, department, period, seeds), is_form=True) if matches else None


def _holds(sheet: Sheet, wanted: frozenset[str]) -> bool:
    """Whether a text of the first rows is one of those; figures are not looked at."""
    return any(type(value) is str and value in wanted for row in sheet.grid[:_TOP] for value in row)
