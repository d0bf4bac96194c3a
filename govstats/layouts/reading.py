"""From a file's bytes to observations: what a reader process does, without heavy imports."""

from dataclasses import dataclass
from pathlib import Path

from govstats.layouts.choose import choose, every_match
from govstats.layouts.extract import Origin, extract
from govstats.layouts.facts import Reading
from govstats.layouts.match import Match
from govstats.layouts.model import Layout
from govstats.layouts.seeds import Seeds
from govstats.layouts.timing import check_period
from govstats.workbooks.cells import Workbook
from govstats.workbooks.limits import Limits
from govstats.workbooks.prescan import prescan
from govstats.workbooks.reader import read_workbook


@dataclass(frozen=True)
class Knowledge:
    """What is known about sheets: layouts and the tables they lean on."""

    layouts: tuple[Layout, ...]
    seeds: Seeds


def open_workbook(path: Path, limits: Limits) -> Workbook:
    """A file's cells, after the look at its bytes.

    Raises:
        Refused: see ``prescan``.
    """
    prescan(path, limits)
    return read_workbook(path)


def find_layout(workbook: Workbook, knowledge: Knowledge, origin: Origin) -> Match:
    """The one layout that a workbook follows.

    Raises:
        Refused: see ``choose``.
    """
    matches = every_match(workbook, knowledge.layouts, origin.period, knowledge.seeds)
    return choose(matches, origin.department, origin.period, knowledge.seeds)


def read_match(
    workbook: Workbook, match: Match, knowledge: Knowledge, origin: Origin, file: str
) -> Reading:
    """Observations and fates of a matched workbook.

    Args:
        file: the name people know, whose stated period must agree with the folder's.

    Raises:
        Refused: see ``check_period`` and ``extract``.
    """
    check_period(match.layout, origin.period, match.title_text, match.sheet.name, file)
    others = [sheet for sheet in workbook.sheets if sheet is not match.sheet]
    return extract(match, origin, knowledge.seeds.units, others)
