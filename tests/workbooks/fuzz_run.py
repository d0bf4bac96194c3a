"""One example of the fuzzing: forms, what is done to them, and what must then hold."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from decimal import Decimal

from govstats.layouts.extract import Origin
from govstats.layouts.facts import Reading
from govstats.layouts.model import Drift
from govstats.layouts.reading import Knowledge
from govstats.layouts.remembered import Forms
from govstats.workbooks.cells import Workbook
from govstats.workbooks.refusals import Refused
from tests.workbooks.fuzz_draw import Grid, Item, draw
from tests.workbooks.fuzz_forms import FORMS, form
from tests.workbooks.fuzz_grids import REDRAWS
from tests.workbooks.fuzz_model import Table, settled
from tests.workbooks.fuzz_oracle import (
    Wrong,
    check_complete,
    check_reading,
    check_refusal,
    read_book,
)
from tests.workbooks.fuzz_tables import Pick
from tests.workbooks.fuzz_words import CHANGES

#: Forms of one department and period, which one file may hold.
TOGETHER = (
    ("monthly", "county"),
    ("monthly", "across"),
    ("county", "across"),
    ("history", "years"),
)
#: The forms an example begins with.
STARTS = (*((name,) for name in FORMS), *TOGETHER)
TOLERANT = Drift(renamed=True, extra=True, missing=True, conflict=True)

Step = tuple[int, tuple[int, ...]]


@dataclass(frozen=True)
class Example:
    """What is done: numbers that choose, so that a failing one can be made smaller.

    ``start`` chooses the forms, ``variant`` the layouts' tolerance (bit 0: everything is set
    aside, bit 1: parts may be continued) and how two forms stand together.
    """

    start: int
    variant: int
    changes: tuple[Step, ...] = ()
    redraws: tuple[Step, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        return STARTS[self.start % len(STARTS)]


class Variants:
    """The layouts as they are, tolerant, and continued."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._made = [self._variant(knowledge, number) for number in range(4)]

    @staticmethod
    def _variant(known: Knowledge, number: int) -> Knowledge:
        layouts = tuple(
            replace(
                layout,
                drift=TOLERANT if number & 1 else layout.drift,
                continued=bool(number & 2),
            )
            for layout in known.layouts
        )
        return Knowledge(layouts, known.seeds)

    def of(self, example: Example) -> Knowledge:
        return self._made[example.variant & 3]


@dataclass
class Drawn:
    """An example carried out. ``is_benign``: the reader must put up with all that was done."""

    tables: list[Table]
    grids: list[Grid]
    is_benign: bool
    done: list[str]


def carry_out(example: Example) -> Drawn:
    """Change the forms, draw them, change the drawing."""
    tables = [form(name) for name in example.forms]
    for table in tables:
        table.continued = bool(example.variant & 2)
    is_benign, done = True, []
    for number, numbers in example.changes:
        pick = Pick(numbers)
        change = CHANGES[number % len(CHANGES)]
        answer = change(pick.of(tables), pick)
        is_benign &= answer is not False
        done += [f"{change.__name__}{numbers}: {answer}"] if answer is not None else []
    for table in tables:
        if not table.continued and any(word.startswith("double") for word in done):
            table.split = []  # which of two parts counts, only a continued layout says
    grids = _together([settled(table) for table in tables], example.variant >> 2)
    for number, numbers in example.redraws:
        redraw = REDRAWS[number % len(REDRAWS)]
        answer = redraw(grids, Pick(numbers))
        is_benign &= answer is not False
        done += [f"{redraw.__name__}{numbers}: {answer}"] if answer is not None else []
    is_benign &= not any(table.split for table in tables) or _is_simple(tables, done)
    return Drawn(tables, grids, is_benign, done)


def _is_simple(tables: Sequence[Table], done: Sequence[str]) -> bool:
    """Whether a table that comes in parts is alone, has its labels first and its parts in order."""
    words = " ".join(done)
    return (
        len(tables) == 1
        and tables[0].columns[0].role == "label"
        and "order_sheets" not in words
        and "strange" not in words
        and not ("more_feet" in words and tables[0].apart == "beside")
    )


def _together(tables: Sequence[Table], how: int) -> list[Grid]:
    drawn = [draw(table, f"表{chr(0x7532 + number)}") for number, table in enumerate(tables)]
    own = all(table.corner == form(table.form).corner and not table.head for table in tables)
    if len(drawn) == 1 or not how % 3 or not own or any(len(grids) > 1 for grids in drawn):
        # A unit line that is another than usual may speak for what stands beside it too.
        return [grid for grids in drawn for grid in grids]
    (first,), (second,) = drawn
    if how % 3 == 1:
        first.paste(second, first.height + 2, 1)
    else:
        first.paste(second, 1, first.width + 2)
    return [first]


def origin_of(table: Table) -> Origin:
    return Origin("s1", table.department, table.period)


def check(example: Example, variants: Variants) -> str:
    """Carry an example out and hold what is read against the truth.

    Returns:
        ``read``, ``read fully`` or the reason of a refusal, for counting.

    Raises:
        Wrong: a value is wrong, or a cell is lost without a word.
    """
    drawn = carry_out(example)
    sheets = [grid.sheet() for grid in drawn.grids]
    book = Workbook(tuple(sheets))
    reading = read_book(book, variants.of(example), origin_of(drawn.tables[0]), "表.xlsx")
    return judge(drawn, reading, book)


#: Figures that might be taken for something else, and others.
_ODD = ("0", "2019", "2020", "12", "202003", "3.5", "-7.25", "100000000", "0.00000001", "1949")


def check_remembered(example: Example, variants: Variants) -> str:
    """The same form three times, each time with other figures, as one reader process meets it.

    Raises:
        Wrong: what was remembered of the form gives another value or hides a cell.
    """
    drawn = carry_out(example)
    known = variants.of(example)
    forms, origin, said = Forms(known), origin_of(drawn.tables[0]), ""
    for turn in range(4):
        again = _with_other_figures(drawn, turn)
        book = Workbook(tuple(grid.sheet() for grid in again.grids))
        reading = forms.read(book, origin, "表.xlsx")
        said = "remembered " if reading else ""
        said += judge(again, reading or read_book(book, known, origin, "表.xlsx"), book)
    return said


def _with_other_figures(drawn: Drawn, turn: int) -> Drawn:
    grids = deepcopy(drawn.grids)
    for grid in grids if turn else ():
        for number, (place, item) in enumerate(sorted(grid.cells.items())):
            if isinstance(item.value, float) and not item.special and (number + turn) % 3:
                grid.cells[place] = _with_figure(item, _ODD[(number * turn) % len(_ODD)])
    return replace(drawn, grids=grids)


def _with_figure(item: Item, text: str) -> Item:
    expect, figure = item.expect, Decimal(text)
    if expect is not None and expect.value is not None:
        factor = expect.value / Decimal(repr(item.value))
        expect = replace(expect, value=factor * figure)
    return replace(item, value=float(figure), expect=expect)


def judge(drawn: Drawn, reading: Reading | Refused, book: Workbook) -> str:
    """What was read against what was drawn; see ``check``."""
    if isinstance(reading, Refused):
        check_refusal(reading)
    else:
        if not any(table.is_intact for table in drawn.tables):
            raise Wrong("read although its title is lost or of another year")
        check_reading(reading, book.sheets, drawn.grids)
    if drawn.is_benign:
        check_complete(reading, drawn.grids)
        return "read fully"
    return str(reading) if isinstance(reading, Refused) else "read"
