"""Figures of registers and ledgers are corrected like those of crossing tables."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal as D
from pathlib import Path

import pytest

from govstats import corrections
from govstats.corrections import Wanted, place
from govstats.errors import GovstatsError
from govstats.layouts.facts import EntryField, EntryTable
from govstats.observations import (
    Codes,
    ReadOutcome,
    ReadSummary,
    SubmissionRef,
    write_facts,
)
from govstats.settings import Settings
from govstats.workbooks.cells import Merge, Sheet

FILE = "统计局/2020-03/项目.xlsx"
REASON = "投资额把合同总额当作本年完成额填报"
SHEET = Sheet(
    "重点工程",
    [
        ["项目名称", "投资额(万元)", "进度", "备注"],
        ["洞庭大道", 1200.5, 3, "在建"],
        ["南湖广场", "—", "", ""],
        ["求索路", 80, 2, ""],
    ],
    (Merge(2, 3, 3, 3),),
)
TABLE = EntryTable(
    layout_id="works",
    source_precedence=1,
    sheet=SHEET,
    period_end=date(2020, 3, 31),
    fields=(
        EntryField("name", "项目名称", "text", 1, is_key=True),
        EntryField("amount", "投资额(万元)", "number", 2, "万元"),
        EntryField("stage", "进度", "number", 3),
        EntryField("note", "备注", "text", 4),
    ),
    rows=(2, 3, 4),
    sections=(None, None, None),
)


@pytest.fixture
def register(own: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A file that is read as a register."""

    def read_into(
        refs: Sequence[SubmissionRef], settings: Settings, folder: Path
    ) -> Iterator[ReadSummary]:
        codes = Codes(frozenset({"万元"}), {}, {})
        for ref in refs:
            yield write_facts(
                folder, ReadOutcome(ref, "accepted", "works", entries=(TABLE,)), codes
            )

    monkeypatch.setattr(place, "read_into", read_into)
    (own.raw / FILE).parent.mkdir(parents=True)
    (own.raw / FILE).write_bytes(b"read by the fixture")
    return own


def wanted(cell: str, old: str, new: str = "1") -> Wanted:
    return Wanted(FILE, "重点工程", cell, old, new, REASON, "王敏", "", False, date(2020, 4, 20))


def test_a_figure_is_named_by_entry_and_field(register: Settings) -> None:
    entered = corrections.enter(register, wanted("B2", "1200.5万元", "1000"))
    assert (entered.layout_id, entered.figure) == ("works", "洞庭大道/amount")
    assert (entered.old_value, entered.value_unit) == (D("1200.5"), "万元")


def test_a_figure_may_have_no_unit(register: Settings) -> None:
    entered = corrections.enter(register, wanted("C4", "2", ""))
    assert (entered.figure, entered.value_unit, entered.new_value) == ("求索路/stage", None, None)
    assert corrections.read(register) == (entered,)


def test_a_merged_figure_is_that_of_its_first_entry(register: Settings) -> None:
    entered = corrections.enter(register, wanted("C2", "3", "4"))
    assert (entered.figure, entered.new_value) == ("洞庭大道/stage", D("4"))


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("D2", "holds no figure: text (“在建”)"),
        ("B3", "holds no figure: not_applicable (“—”)"),
    ],
)
def test_other_fields_are_refused(register: Settings, cell: str, words: str) -> None:
    with pytest.raises(GovstatsError) as caught:
        corrections.enter(register, wanted(cell, "3"))
    assert words in str(caught.value)
