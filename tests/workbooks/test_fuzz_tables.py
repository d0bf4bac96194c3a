"""Forms that people have changed: a value is right, or the cell is reported; no file crashes.

The truth is carried along by ``fuzz_tables``, ``fuzz_words`` and ``fuzz_grids``, which know
nothing of the reader. What a reader must put up with by docs/layouts.md has to be read in full.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from govstats.layouts.knowledge import load_knowledge
from govstats.layouts.loader import load_file
from govstats.layouts.reading import Knowledge
from govstats.settings import Settings
from govstats.workbooks.reader import read_workbook
from tests.workbooks.fuzz_entries import REDRAWS as REGISTER_REDRAWS
from tests.workbooks.fuzz_entries import check_register, fill_in
from tests.workbooks.fuzz_files import WRITERS
from tests.workbooks.fuzz_forms import FORMS, LAYOUTS
from tests.workbooks.fuzz_grids import REDRAWS
from tests.workbooks.fuzz_oracle import read_book
from tests.workbooks.fuzz_register import CHANGES as REGISTER_CHANGES
from tests.workbooks.fuzz_run import (
    STARTS,
    TOLERANT,
    Example,
    Step,
    Variants,
    carry_out,
    check,
    check_remembered,
    judge,
    origin_of,
)
from tests.workbooks.fuzz_words import CHANGES

_HEALTH = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]
QUICK = settings(max_examples=800, deadline=None, derandomize=True, suppress_health_check=_HEALTH)
FILES = settings(QUICK, max_examples=60)
LONG = settings(QUICK, max_examples=1500)


def steps(kinds: int, most: int) -> st.SearchStrategy[tuple[Step, ...]]:
    step = st.tuples(st.integers(0, kinds - 1), st.binary(min_size=8, max_size=8).map(tuple))
    return st.lists(step, max_size=most).map(tuple)


def examples(starts: int) -> st.SearchStrategy[Example]:
    return st.builds(
        Example,
        start=st.integers(0, starts - 1),
        variant=st.integers(0, 11),
        changes=steps(len(CHANGES), 6),
        redraws=steps(len(REDRAWS), 3),
    )


@settings(QUICK, max_examples=150)
@given(examples(len(STARTS)))
def test_forms_that_came_before(variants: Variants, example: Example) -> None:
    """Other figures in a form that a reader process already knows."""
    check_remembered(example, variants)


@pytest.mark.slow
@LONG
@given(examples(len(STARTS)))
def test_many_forms_that_came_before(variants: Variants, example: Example) -> None:
    check_remembered(example, variants)


REGISTERS = st.tuples(
    steps(len(REGISTER_CHANGES), 5), steps(len(REGISTER_REDRAWS), 2), st.booleans()
)


@pytest.fixture(scope="module")
def knowledge(project: Path) -> Knowledge:
    """The project's layouts and those of further shapes."""
    known = load_knowledge(Settings(root=project, data=project / "data"))
    more = load_file(LAYOUTS, project / "layouts/schema.json", known.seeds)
    return Knowledge((*known.layouts, *more), known.seeds)


@pytest.fixture(scope="module")
def variants(knowledge: Knowledge) -> Variants:
    return Variants(knowledge)


@pytest.mark.parametrize("start", range(len(FORMS)), ids=list(FORMS))
@pytest.mark.parametrize("variant", range(4))
def test_the_forms_themselves(variants: Variants, start: int, variant: int) -> None:
    """Untouched they are read in full, whatever the layouts tolerate."""
    assert check(Example(start, variant), variants) == "read fully"


@QUICK
@given(examples(len(STARTS)))
def test_tables(variants: Variants, example: Example) -> None:
    check(example, variants)


@pytest.mark.slow
@LONG
@given(examples(len(STARTS)))
def test_many_tables(variants: Variants, example: Example) -> None:
    check(example, variants)


class Registers:
    """The layout of the register as it is, and one that sets aside whatever can be."""

    def __init__(self, knowledge: Knowledge) -> None:
        (works,) = (layout for layout in knowledge.layouts if layout.id == "works")
        tolerant = replace(works, drift=TOLERANT)
        self._made = [Knowledge((layout,), knowledge.seeds) for layout in (works, tolerant)]

    def check(self, example: tuple[Sequence[Step], Sequence[Step], bool]) -> None:
        changes, redraws, is_tolerant = example
        check_register(fill_in(changes, redraws), self._made[is_tolerant])


@pytest.fixture(scope="module")
def registers(knowledge: Knowledge) -> Registers:
    return Registers(knowledge)


@settings(QUICK, max_examples=250)
@given(REGISTERS)
def test_registers(
    registers: Registers, example: tuple[Sequence[Step], Sequence[Step], bool]
) -> None:
    registers.check(example)


@pytest.mark.slow
@LONG
@given(REGISTERS)
def test_many_registers(
    registers: Registers, example: tuple[Sequence[Step], Sequence[Step], bool]
) -> None:
    registers.check(example)


@pytest.mark.parametrize("kind", WRITERS)
@FILES
@given(example=examples(len(STARTS)))
def test_tables_in_files(kind: str, variants: Variants, tmp_path: Path, example: Example) -> None:
    """The same through the bytes of a file."""
    through_a_file(kind, variants, tmp_path, example)


@pytest.mark.slow
@pytest.mark.parametrize("kind", WRITERS)
@settings(LONG, max_examples=600)
@given(example=examples(len(STARTS)))
def test_many_tables_in_files(
    kind: str, variants: Variants, tmp_path: Path, example: Example
) -> None:
    through_a_file(kind, variants, tmp_path, example)


def through_a_file(kind: str, variants: Variants, folder: Path, example: Example) -> None:
    write, is_several = WRITERS[kind]
    drawn = carry_out(example)
    assume(is_several or len(drawn.grids) == 1)
    path = folder / f"{drawn.grids[0].name}.{kind}"
    write(path, drawn.grids)
    book = read_workbook(path)
    origin = origin_of(drawn.tables[0])
    judge(drawn, read_book(book, variants.of(example), origin, "表.xlsx"), book)
