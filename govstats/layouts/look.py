"""Everything there is to see in one file: for the data engineer who writes a layout."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from govstats.layouts.choose import LIKE, choose, every_match
from govstats.layouts.extract import Origin
from govstats.layouts.facts import Reading, TableRead, count_fates
from govstats.layouts.forms import find_form
from govstats.layouts.inspection import Inspection, TableSeen
from govstats.layouts.match import Match
from govstats.layouts.periods import find_period
from govstats.layouts.pictures import fields_filled, pictures_read, pictures_tried
from govstats.layouts.reading import Knowledge, read_match
from govstats.layouts.seen import (
    entries_seen,
    likenesses,
    remarks_seen,
    sheet_seen,
    table_seen,
)
from govstats.layouts.shapes import (
    blocks_seen,
    dissected,
    drafted,
    picture_inferred,
    remarks_found,
)
from govstats.picture.model import SheetPicture
from govstats.workbooks.cells import Sheet, Workbook
from govstats.workbooks.limits import Limits
from govstats.workbooks.reader import open_workbook
from govstats.workbooks.refusals import Refused, Words, words

#: A period in which every layout still in use is valid, where a file states none.
_OPEN_END = "9999-12"
#: Cells and observations that an inspection lists.
_LISTED = 2_000


@dataclass(frozen=True)
class Looker:
    """The job of a reader process that inspects; picklable.

    ``department`` and ``period`` are empty where neither the caller nor the folder says them;
    ``with_pictures`` asks for pictures, ``growth_bases`` (by indicator) for a draft layout of
    sheets without one.
    """

    knowledge: Knowledge
    limits: Limits
    department: str
    period: str
    file: str
    with_pictures: bool = False
    growth_bases: Mapping[str, str] | None = None

    def look(self, path: Path) -> Inspection:
        """Look at a file; a reason to refuse it is part of what is found."""
        found = Inspection(self.file, self.department, self.period)
        try:
            return self._opened(open_workbook(path, self.limits, self.file), found)
        except Refused as reason:
            return self.refused(found, reason)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # a parser's panic is no Exception
            detail = f"{type(error).__name__}: {error}"[:200]
            return self.refused(found, Refused("reader_crashed", detail=detail))

    def refused(self, found: Inspection, reason: Refused) -> Inspection:
        """What was found, with the reason for which the file would be refused."""
        names = self.knowledge.seeds.departments
        code = found.department
        if reason.facts.get("expected") == _OPEN_END:
            reason.facts["expected"] = words("any_period")
        return replace(
            found,
            refusal=reason.refusal(self.file, names.get(code, Words(code or "?", code or "?"))),
        )

    def _opened(self, workbook: Workbook, found: Inspection) -> Inspection:
        seeds = self.knowledge.seeds
        period = self.period or _stated(workbook, self.file) or _OPEN_END
        matches = every_match(workbook, self.knowledge.layouts, period, seeds)
        department = self.department or _owner(matches)
        found = replace(
            found,
            department=department,
            period="" if period == _OPEN_END else period,
            format=workbook.format,
            sheets=tuple(sheet_seen(sheet) for sheet in workbook.sheets),
            likeness=likenesses(matches),
        )
        origin = Origin("", department, period)
        near = _nearest(matches)
        try:
            form = find_form(workbook, self.knowledge.forms, department, period, seeds)
            chosen = form or choose(matches, department, period, seeds)
            near = chosen.matches
            reading = read_match(workbook, chosen, self.knowledge, origin, self.file)
        except Refused as reason:
            return self._not_read(workbook, near, self.refused(found, reason))
        return self._read(workbook, near, reading, found)

    def _read(
        self, workbook: Workbook, matches: Sequence[Match], reading: Reading, found: Inspection
    ) -> Inspection:
        unmapped = tuple(cell for cell in reading.cells if cell.fate == "unmapped")
        fates = count_fates(reading.cells)
        fates["observation"] += sum(map(fields_filled, reading.entries))
        pairs = zip(matches, reading.tables, strict=True)
        found = replace(
            found,
            tables=tuple(self._table(match, table) for match, table in pairs),
            entries=entries_seen(reading),
            notes=reading.notes,
            fates=tuple(fates.items()),
            unmapped=unmapped[:_LISTED],
            remarks=remarks_seen(reading.cells),
            observations=reading.observations[:_LISTED],
            observations_total=len(reading.observations),
            pictures=pictures_read(workbook, reading) if self.with_pictures else (),
        )
        unknown = [] if reading.is_form else _without_table(workbook, matches)
        # Its picture is that of a file that is read: these cells are unmapped, whatever they say.
        return self._shaped(found, workbook, unknown, None)

    def _table(self, match: Match, table: TableRead | None = None) -> TableSeen:
        return table_seen(match, self.file, self.knowledge.seeds.units, table)

    def _not_read(self, workbook: Workbook, near: Sequence[Match], found: Inspection) -> Inspection:
        """The nearest layouts' view of their sheets, the shape of the others."""
        found = replace(found, tables=tuple(self._table(match) for match in near))
        pictures: dict[str, SheetPicture] = {}
        if self.with_pictures:
            pictures = pictures_tried(near, self.knowledge.seeds.units)
        found = self._shaped(found, workbook, _without_table(workbook, near), pictures)
        drawn = (pictures.get(sheet.name) for sheet in workbook.sheets)
        return replace(found, pictures=tuple(picture for picture in drawn if picture))

    def _shaped(
        self,
        found: Inspection,
        workbook: Workbook,
        sheets: Sequence[Sheet],
        pictures: dict[str, SheetPicture] | None,
    ) -> Inspection:
        """With the tables that the shape of some sheets shows; a draft of all where asked for.

        ``pictures`` takes what is drawn; None where these sheets are drawn already.
        """
        seeds, bases = self.knowledge.seeds, self.growth_bases
        anatomies = [dissected(sheet, seeds.units, self.file) for sheet in sheets]
        if pictures is not None and self.with_pictures:
            for sheet, anatomy in zip(sheets, anatomies, strict=True):
                pictures[sheet.name] = picture_inferred(sheet, anatomy)
        return replace(
            found,
            blocks=tuple(block for anatomy in anatomies for block in blocks_seen(anatomy)),
            remarks=found.remarks or tuple(r for a in anatomies for r in remarks_found(a)),
            draft=drafted(workbook, anatomies, seeds, bases) if bases is not None else "",
        )


def _without_table(workbook: Workbook, matches: Sequence[Match]) -> list[Sheet]:
    known = {part.sheet.name for match in matches for part in match.parts}
    return [sheet for sheet in workbook.sheets if sheet.last_row and sheet.name not in known]


def _nearest(matches: Sequence[Match]) -> tuple[Match, ...]:
    """The best likely table of each sheet."""
    best: dict[str, Match] = {}
    for match in matches:
        if match.score >= LIKE and match.parts:
            best.setdefault(match.sheet.name, match)
    return tuple(best.values())


def _owner(matches: Sequence[Match]) -> str:
    """The department whose sheet it looks like, '' where it looks like none."""
    best = next((match for match in matches if match.score >= LIKE), None)
    return best.layout.department if best else ""


def _stated(workbook: Workbook, file: str) -> str:
    """The first full period among file name, sheet names and the sheets' first rows."""
    texts = [Path(file).stem, *(sheet.name for sheet in workbook.sheets)]
    for sheet in workbook.sheets:
        texts += [value for row in sheet.grid[:3] for value in row if isinstance(value, str)]
    for text in texts:
        period = find_period(text)
        if period and period.year and period.last:
            return f"{period.year}-{period.last:02d}"
    return ""
