"""Keys of entries in Parquet's dictionary: each once, none null, or bytes are left unwritten."""

from datetime import date

import pytest

from govstats.layouts.facts import EntryField, EntryTable
from govstats.observations.codes import Codes
from govstats.observations.entries import entry_tables
from govstats.workbooks.cells import Sheet

CODES = Codes(frozenset(), {}, {})


@pytest.mark.parametrize(
    "names",
    [["甲", "乙"], ["甲", "甲", "乙"], ["甲", "", "乙", ""], ["", "甲", "", "甲"], ["", ""]],
)
def test_the_dictionary_of_keys_has_each_text_once_and_no_null(names: list[str]) -> None:
    fields = (
        EntryField("name", "名称", "text", 1, is_key=True),
        EntryField("n", "数", "number", 2),
    )
    grid = [[name, float(at)] for at, name in enumerate(names)]
    rows = tuple(range(1, len(names) + 1))
    table = EntryTable(
        "works", 1, Sheet("表", grid), date(2020, 3, 31), fields, rows, (None,) * len(rows)
    )
    ((written, _),) = entry_tables(table, "s1", "statistics", CODES)
    for chunk in written["entry_key"].chunks:
        known = chunk.dictionary.to_pylist()
        assert None not in known
        assert len(set(known)) == len(known)
    assert written["entry_key"].to_pylist() == [name or None for name in names] * len(fields)
