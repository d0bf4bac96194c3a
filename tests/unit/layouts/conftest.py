"""The project's layouts and tables, loaded once."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from govstats.layouts.extract import Origin
from govstats.layouts.facts import Reading
from govstats.layouts.knowledge import load_knowledge
from govstats.layouts.reading import Knowledge, find_layout, read_match
from govstats.settings import Settings
from govstats.workbooks.cells import Workbook
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
