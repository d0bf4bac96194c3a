"""Every cell of every real file, as our reader has it and as another library has it."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from govstats.workbooks.cells import Cell, Workbook, address
from govstats.workbooks.limits import Limits
from govstats.workbooks.reader import open_workbook
from govstats.workbooks.refusals import Refused
from tests.real_sheets import independent
from tests.real_sheets.independent import Cells, Unreadable, Value

FORMATS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")


@pytest.fixture(scope="module")
def files(shared: Path) -> list[Path]:
    folder = shared / "real_sheets"
    return sorted(path for path in folder.iterdir() if path.name != "manifest.csv")


def test_each_cell_equals_an_independent_reading(
    files: list[Path], record_property: Callable[[str, object], None]
) -> None:
    counts: Counter[str] = Counter()
    differences = []
    for path in files:
        try:
            ours = open_workbook(path, Limits())
            theirs = independent.read(path)
        except (Refused, Unreadable) as error:
            counts[type(error).__name__] += 1
            continue
        counts[path.suffix] += 1
        found = _cells(ours)
        counts["cells"] += sum(map(len, found.values()))
        differences += [f"{path.name} {line}" for line in _compare(found, theirs)]
    for name, count in counts.items():
        record_property(name, count)
    assert differences == []
    assert all(counts[suffix] for suffix in FORMATS), counts
    assert counts["Refused"] + counts["Unreadable"] <= 4
    assert counts["cells"] > 110_000


def _cells(workbook: Workbook) -> Cells:
    return {
        sheet.name: {(cell.row, cell.column): _value(cell) for cell in sheet.in_order()}
        for sheet in workbook.sheets
    }


def _value(cell: Cell) -> Value:
    return cell.kind, cell.content


def _compare(ours: Cells, theirs: Cells) -> list[str]:
    if list(ours) != list(theirs):
        return [f"sheets {list(ours)} against {list(theirs)}"]
    return [
        f"[{name}] {address(*place)}: {ours[name].get(place)} against {theirs[name].get(place)}"
        for name in ours
        for place in sorted(ours[name].keys() | theirs[name].keys())
        if ours[name].get(place) != theirs[name].get(place)
    ]
