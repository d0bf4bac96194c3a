"""The project's layouts and tables, loaded once; layouts of a test, read from a few lines."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from govstats.layouts.extract import Origin
from govstats.layouts.facts import Reading
from govstats.layouts.knowledge import load_knowledge
from govstats.layouts.loader import load_file
from govstats.layouts.reading import Knowledge, find_layout, read_match
from govstats.settings import Settings
from govstats.workbooks.cells import Merge, Sheet, Workbook
from govstats.workbooks.reader import read_workbook
from govstats.workbooks.refusals import Refused
from tests.workbooks.builders import Range, Rows, workbook

Read = Callable[..., Reading]


@pytest.fixture(scope="session")
def knowledge(project: Path) -> Knowledge:
    return load_knowledge(Settings(root=project, data=project / "data"))


@pytest.fixture
def read(knowledge: Knowledge, tmp_path: Path) -> Read:
    """Read rows as a department's sheet of a period; refusals are raised."""

    def read_rows(
        department: str,
        rows: Rows,
        merges: Sequence[Range] = (),
        *,
        period: str = "2020-03",
        sheet: str = "Sheet1",
        file: str = "表.xlsx",
        known: Knowledge = knowledge,
        book: Workbook | None = None,
    ) -> Reading:
        book = book or read_workbook(workbook(tmp_path / "a.xlsx", rows, merges, sheet))
        origin = Origin("s1", department, period)
        return read_match(book, find_layout(book, known, origin), known, origin, file)

    return read_rows


@pytest.fixture
def refused(read: Read) -> Callable[..., Refused]:
    """The same for sheets that must be refused."""

    def refused_rows(*arguments: object, **options: object) -> Refused:
        with pytest.raises(Refused) as caught:
            read(*arguments, **options)
        return caught.value

    return refused_rows


Sheets = Mapping[str, Rows]

HEAD = """\
department: statistics
remarks:
  - {kind: note, pattern: '^注'}
  - {kind: signature, pattern: '^填表人'}
layouts:
"""


def sheet_of(name: str, rows: Rows, merges: Sequence[Range] = (), **more: frozenset[int]) -> Sheet:
    """A sheet without a file: None is an empty cell."""
    grid = [["" if value is None else value for value in row] for row in rows]
    return Sheet(name, grid, tuple(Merge(*merge) for merge in merges), **more)


@pytest.fixture
def read_as(knowledge: Knowledge, project: Path, tmp_path: Path) -> Read:
    """Read sheets by layouts given as the lines below ``layouts:``; refusals are raised."""

    def read_sheets(
        layouts: str,
        sheets: Sheets | Sequence[Sheet],
        *,
        period: str = "2020-12",
        file: str = "表.xlsx",
        merges: Sequence[Range] = (),
    ) -> Reading:
        path = tmp_path / "test.yml"
        path.write_text(HEAD + layouts, "utf-8")
        schema = project / "layouts" / "schema.json"
        known = Knowledge(tuple(load_file(path, schema, knowledge.seeds)), knowledge.seeds)
        if isinstance(sheets, Mapping):
            sheets = [sheet_of(name, rows, merges) for name, rows in sheets.items()]
        book = Workbook(tuple(sheets))
        origin = Origin("s1", "statistics", period)
        return read_match(book, find_layout(book, known, origin), known, origin, file)

    return read_sheets


@pytest.fixture
def refused_as(read_as: Read) -> Callable[..., Refused]:
    """The same for sheets that must be refused."""

    def refused_sheets(*arguments: object, **options: object) -> Refused:
        with pytest.raises(Refused) as caught:
            read_as(*arguments, **options)
        return caught.value

    return refused_sheets
