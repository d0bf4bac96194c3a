"""What is remembered of a form never shows: with it and without it readings are equal."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govstats.layouts.extract import Origin
from govstats.layouts.facts import Reading
from govstats.layouts.model import Drift
from govstats.layouts.reading import Knowledge, find_layout, read_match
from govstats.layouts.remembered import Forms
from govstats.workbooks.cells import Merge, Sheet, Stored, Workbook
from govstats.workbooks.refusals import Refused
from govstats.workbooks.watched import Spot, Watched, watched
from tests.workbooks import builders

MARCH = {"finance": builders.finance, "statistics": builders.monthly}
#: Figures that might be taken for something else: years, months, codes, none at all.
ODD = (2019.0, 2020.0, 3.0, 202003.0, 0.0, -0.0, 1e-9, 1e20, 1e21, float("inf"), 1234.5678901)
Change = tuple[int, int, Stored]


def form(department: str) -> Workbook:
    rows, merges = MARCH[department]()
    grid = [["" if value is None else _stored(value) for value in row] for row in rows]
    return Workbook((Sheet("Sheet1", grid, tuple(Merge(*merge) for merge in merges)),))


def _stored(value: object) -> Stored:
    return value if isinstance(value, str) else float(value)  # type: ignore[arg-type]


def changed(book: Workbook, changes: Sequence[Change], *, figures_only: bool) -> Workbook:
    """Other things in some cells; ``figures_only``: figures stay figures, texts stay."""
    (sheet,) = book.sheets
    grid = [list(row) for row in sheet.grid]
    for row, column, value in changes:
        values = grid[row % len(grid)]
        at = column % len(values)
        if not figures_only or (isinstance(values[at], float) and isinstance(value, float)):
            values[at] = value
    return replace(book, sheets=(replace(sheet, grid=grid),))


def directly(knowledge: Knowledge, book: Workbook, origin: Origin, file: str) -> Reading | Refused:
    try:
        return read_match(book, find_layout(book, knowledge, origin), knowledge, origin, file)
    except Refused as reason:
        return reason


@pytest.fixture(scope="session")
def tolerant(knowledge: Knowledge) -> Knowledge:
    """The layouts, with everything set aside that they do not know: most files are read then."""
    drift = Drift(renamed=True, extra=True, missing=True, conflict=True)
    layouts = (replace(layout, drift=drift) for layout in knowledge.layouts)
    return Knowledge(tuple(layouts), knowledge.seeds)


places = st.tuples(st.integers(0, 40), st.integers(0, 5))
figures = st.sampled_from(ODD) | st.floats(-1e6, 1e6)
words = st.sampled_from(["", "—", "2020年", "1.5万元", "合计", "税收收入", "单位:亿元", " "])


@st.composite
def files(draw: st.DrawFn) -> tuple[list[Change], list[list[Change]]]:
    """What is changed in a form, and then in the figures of some files: often in the same cells."""
    first = draw(st.lists(st.tuples(places, words | figures), max_size=6))
    known = st.sampled_from([place for place, _ in first]) if first else places
    change = st.lists(st.tuples(known | places, figures), max_size=6)
    others = draw(st.lists(change, min_size=3, max_size=5))
    return [(*at, value) for at, value in first], [
        [(*at, value) for at, value in other] for other in others
    ]


@given(department=st.sampled_from(sorted(MARCH)), made=files())
def test_readings_are_equal_with_and_without_an_earlier_file(
    tolerant: Knowledge, department: str, made: tuple[list[Change], list[list[Change]]]
) -> None:
    first, others = made
    forms = Forms(tolerant)
    book = changed(form(department), first, figures_only=False)
    for number, change in enumerate(others):
        again = changed(book, change, figures_only=True)
        origin = Origin(f"s{number}", department, "2020-03")
        reading = forms.read(again, origin, f"表{number}.xlsx")
        if reading is not None:
            assert reading == directly(tolerant, again, origin, f"表{number}.xlsx")


def test_a_figure_that_is_a_label_counts_as_one(tolerant: Knowledge) -> None:
    forms = Forms(tolerant)
    for number, label in enumerate((11.0, 11.0, 11.0, 12.0, 12.0, 11.0)):
        book = changed(form("finance"), [(6, 0, label)], figures_only=False)
        origin = Origin(f"s{number}", "finance", "2020-03")
        reading = forms.read(book, origin, "表.xlsx")
        assert (reading is None) == (number == 0)
        if reading is not None:
            assert reading == directly(tolerant, book, origin, "表.xlsx")
            assert f"“{label:.0f}”" in "".join(note.found_zh for note in reading.notes)


@pytest.mark.parametrize("department", sorted(MARCH))
def test_the_third_file_of_a_form_is_not_searched_again(
    knowledge: Knowledge, department: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    forms, origin = Forms(knowledge), Origin("s1", department, "2020-03")
    book = form(department)
    assert forms.read(book, origin, "表.xlsx") is None
    assert forms.read(book, origin, "表.xlsx") is not None

    def search(*_: object) -> None:
        raise AssertionError("searched again")

    monkeypatch.setattr("govstats.layouts.remembered.find_layout", search)
    assert forms.read(book, origin, "表.xlsx") is not None


@pytest.mark.parametrize(
    "unlike",
    [
        lambda book, origin: (book, replace(origin, period="2020-04"), "表.xlsx"),
        lambda book, origin: (book, replace(origin, department="hrss"), "表.xlsx"),
        lambda book, origin: (book, origin, "2019年1-3月.xlsx"),
        lambda book, origin: (_sheet(book, name="二"), origin, "表.xlsx"),
        lambda book, origin: (_sheet(book, is_visible=False), origin, "表.xlsx"),
        lambda book, origin: (_sheet(book, merges=()), origin, "表.xlsx"),
        lambda book, origin: (_sheet(book, hidden_rows=frozenset({7})), origin, "表.xlsx"),
        lambda book, origin: (
            changed(book, [(0, 0, "别的")], figures_only=False),
            origin,
            "表.xlsx",
        ),
        lambda book, origin: (changed(book, [(6, 1, "")], figures_only=False), origin, "表.xlsx"),
        lambda book, origin: (changed(book, [(6, 1, True)], figures_only=False), origin, "表.xlsx"),
    ],
)
def test_another_word_place_or_period_is_another_form(
    knowledge: Knowledge, unlike: Callable[[Workbook, Origin], tuple[Workbook, Origin, str]]
) -> None:
    forms, origin = Forms(knowledge), Origin("s1", "finance", "2020-03")
    for _ in range(3):
        forms.read(form("finance"), origin, "表.xlsx")
    assert forms.read(*unlike(form("finance"), origin)) is None


def _sheet(book: Workbook, **fields: object) -> Workbook:
    return replace(book, sheets=(replace(book.sheets[0], **fields),))


def test_observations_and_cells_are_those_of_the_file_itself(knowledge: Knowledge) -> None:
    forms = Forms(knowledge)
    for number, figure in enumerate((1.5, 2.5, 3.5)):
        book = changed(form("finance"), [(6, 1, figure)], figures_only=True)
        reading = forms.read(book, Origin(f"s{number}", "finance", "2020-03"), "表.xlsx")
    assert reading is not None
    (found,) = (entry for entry in reading.observations if entry.cell == "B7")
    (cell,) = (entry for entry in reading.cells if entry.cell == "B7")
    assert (found.submission_id, found.value_text, float(found.cell_value or 0)) == (
        "s2",
        "3.5",
        3.5,
    )
    assert (cell.submission_id, cell.value_text) == ("s2", "3.5")


@pytest.mark.parametrize(
    ("look", "is_seen"),
    [
        (lambda value: value == "", False),
        (lambda value: isinstance(value, float), False),
        (lambda value: value in {"指标", "合计"}, False),
        (repr, True),
        (str, True),
        (lambda value: f"{value}", True),
        (lambda value: value == 1.5, True),
        (lambda value: value < 2, True),
        (lambda value: value + 1, True),
        (lambda value: 1 - value, True),
        (float, True),
        (int, True),
        (bool, True),
        (round, True),
    ],
)
def test_a_look_at_a_watched_figure_is_noted(
    look: Callable[[Watched], object], is_seen: bool
) -> None:
    seen: set[Spot] = set()
    ((figure,),) = watched([[1.5]], 0, seen)
    assert isinstance(figure, Watched)
    look(figure)
    assert seen == ({(0, 0, 0)} if is_seen else set())
