"""Writing the return workbooks: one per department that has anything to act on."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb

from govstats.errors import GovstatsError, KnowledgeError
from govstats.files import write_atomic
from govstats.intake import kept_copy, survey
from govstats.layouts.loader import load_forms
from govstats.layouts.model import Layout
from govstats.layouts.seeds import load_seeds
from govstats.returns import copied, wording
from govstats.returns.copies import SheetCopy, Wanted, take
from govstats.returns.form import FormSheet, Heading
from govstats.returns.lines import Line, read
from govstats.settings import Settings
from govstats.workbooks.cells import Place, column_number
from govstats.xlsxtext import TextBook

#: Copies in one workbook; beyond, it would no longer open at once.
MOST_COPIES = 60
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
#: The field that a form of explanations has and no other.
_KEY = "finding_key"

_DEPARTMENTS = "select department_code, short_name_zh from marts.dim_department"
_LAST = "select max(received_at) from raw.submission"
_PERIODS = "select submission_id, time_period from raw.submission"

Source = tuple[str, str]
Copies = Mapping[Source, SheetCopy]


@dataclass(frozen=True)
class _Audited:
    """What all workbooks of a release have in common."""

    form: Layout
    day: date
    departments: Mapping[str, str]
    periods: Mapping[str, str]


def write(warehouse: Path, target: Path, settings: Settings) -> list[Path]:
    """Write ``<department code>.xlsx`` for every department with hard or soft findings.

    The first sheet lists them and takes the explanations; the others show the sheets they are
    in. The same warehouse gives the same bytes.

    Args:
        warehouse: audited, with findings and explanations recorded; opened for reading.
        target: folder of the workbooks; what an earlier audit left there is removed.
        settings: where layouts and kept files lie.

    Returns:
        The workbooks, by department code.

    Raises:
        KnowledgeError: no layout of a form has a field ``finding_key``.
    """
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        lines = read(connection)
        common = _audited(connection, settings)
    copies = _copies(lines.values(), settings)
    target.mkdir(parents=True, exist_ok=True)
    for old in target.glob("*.xlsx"):
        old.unlink()
    written = []
    for department, listed in sorted(lines.items()):
        path = target / f"{department}.xlsx"
        write_atomic(path, _workbook(common, department, listed, copies))
        written.append(path)
    return written


def _audited(connection: duckdb.DuckDBPyConnection, settings: Settings) -> _Audited:
    last: datetime | None = (connection.execute(_LAST).fetchone() or (None,))[0]
    return _Audited(
        form=_form(settings),
        day=last.date() if last else date(2000, 1, 1),
        departments=dict(connection.execute(_DEPARTMENTS).fetchall()),
        periods=dict(connection.execute(_PERIODS).fetchall()),
    )


def _form(settings: Settings) -> Layout:
    forms = load_forms(settings.layouts, load_seeds(settings.dbt_project / "seeds"))
    for form in forms:
        if any(column.id == _KEY for column in form.columns):
            return form
    raise KnowledgeError(
        f"no layout in layouts/every_department has a column {_KEY}", "restore it from the project"
    )


def _copies(listed: Iterable[Sequence[Line]], settings: Settings) -> Copies:
    """Copies of the sheets that lines name, by submission and sheet."""
    places: defaultdict[str, dict[str, list[Place]]] = defaultdict(dict)
    for lines in listed:
        for submission_id, sheet in _sources(lines):
            places[submission_id].setdefault(sheet, [])
        for line in lines:
            if (source := _source(line)) and source[1] in places[source[0]]:
                places[source[0]][source[1]] += _place(line)
    wanted = []
    for entry in survey(settings).entries:
        if entry.submission_id in places:
            try:
                path = kept_copy(settings, entry)
            except GovstatsError:  # lost: an intake finding says so, and there is nothing to copy
                continue
            sheets = {sheet: tuple(found) for sheet, found in places[entry.submission_id].items()}
            wanted.append(Wanted(entry.submission_id, entry.file, path, sheets))
    return {
        (each.submission_id, copy.name): copy
        for each, taken in take(wanted, settings)
        for copy in taken
    }


def _source(line: Line) -> Source | None:
    return (line.submission_id, line.sheet) if line.submission_id and line.sheet else None


def _sources(lines: Iterable[Line]) -> list[Source]:
    """The sheets that a department's workbook shows, in the order in which they are met."""
    return list(dict.fromkeys(filter(None, map(_source, lines))))[:MOST_COPIES]


def _place(line: Line) -> list[Place]:
    found = _CELL.fullmatch(line.cell or "")
    return [(int(found[2]), column_number(found[1]))] if found else []


def _workbook(common: _Audited, department: str, lines: Sequence[Line], copies: Copies) -> bytes:
    name = common.departments.get(department, department)
    book = TextBook(f"{wording.TITLE}({name})", common.day)
    first = book.sheet(wording.SHEET)
    sources = [source for source in _sources(lines) if source in copies]
    names: dict[Source, str] = {}
    for number, source in enumerate(sources, start=1):
        period = common.periods.get(source[0], "")
        wished = wording.COPY_NAME.format(number=number, sheet=source[1][:14], period=period)
        page = book.sheet(wished)
        names[source] = page.get_name()
        here = [line for line in lines if _source(line) == source]
        copied.draw(book, page, copies[source], _notes(here), here[0].file or "")
    shown = {number: names.get(_source(line) or ("", "")) for number, line in enumerate(lines)}
    links = {number: name for number, name in shown.items() if name}
    left = len(set(filter(None, map(_source, lines)))) - len(sources)
    remarks = [text for text in [_demonstration(copies[source] for source in sources)] if text]
    if left:
        remarks.append(wording.MORE.format(shown=len(sources), left=left))
    heading = Heading(name, common.day.isoformat(), tuple(remarks))
    FormSheet(book, common.form, heading, lines, links).draw(first)
    return book.close()


def _notes(lines: Iterable[Line]) -> dict[Place, str]:
    """What is said of the cells of one sheet."""
    notes: defaultdict[Place, list[str]] = defaultdict(list)
    for line in lines:
        for place in _place(line):
            said = (f"{line.rule_id} {line.rule_name_zh}", *line.messages, line.remedy_zh)
            notes[place].append("\n".join(said))
    return {place: "\n\n".join(texts) for place, texts in notes.items()}


def _demonstration(copies: Iterable[SheetCopy]) -> str | None:
    """The remark of a sheet that says its figures are made up: it goes with them."""
    texts = (text for copy in copies for text in copy.texts.values())
    said = next((text for text in texts if wording.DEMONSTRATION in text), None)
    if said is None or said.startswith(wording.NOTE[0]):
        return said
    return f"{wording.NOTE}{said}"
