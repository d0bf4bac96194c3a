"""The kind of error that falsifies a whole workbook: the report before, handed in again."""

from collections.abc import Iterable

from bench.seeding.errors import Draw, Error, Kind
from bench.seeding.figures import Catalogue, Figure
from demo.periods import Period


def submit_again(_draw: Draw, catalogue: Catalogue, figure: Figure) -> Error | None:
    """The workbook of the report before, only its period's words changed."""
    before = previous(catalogue, figure)
    if before is None:
        return None
    own = _workbook(catalogue, figure.submission_id)
    old = {(f.sheet, f.cell): f.value for f in _workbook(catalogue, before)}
    if {f.sheet for f in own} != {sheet for sheet, _ in old}:
        return None
    wrong = [f for f in own if old.get((f.sheet, f.cell)) != f.value]
    if not wrong:
        return None
    cells = {(f.sheet, f.cell) for f in own} | set(old)
    return Error(
        kind="last_month_resubmitted",
        anchor=wrong[0],
        cells=frozenset(cells),
        series=frozenset(f.series for f in own),
        edits=(),
        note=f"all of {before}; {len(wrong)} of {len(own)} figures differ",
        copy_of=before,
        is_whole=True,
    )


def previous(catalogue: Catalogue, figure: Figure) -> str | None:
    """The submission of the same layout in the report before, of the same year."""
    found = {
        f.period_end: f.submission_id
        for f in catalogue.figures
        if f.layout_id == figure.layout_id
        and f.period_end.year == figure.period_end.year
        and f.period_end < figure.period_end
    }
    return found[max(found)] if found else None


def words(before: str, now: str) -> list[tuple[str, str]]:
    """How the two periods (YYYY-MM) are written in titles, longest first."""
    old, new = Period.parse(before), Period.parse(now)
    names = ["", "month"]
    if old.is_quarter_end and new.is_quarter_end:
        names.append("words")
    pairs = [(old.named(name), new.named(name)) for name in names]
    pairs += [(a.removeprefix(f"{old.year}年"), b.removeprefix(f"{new.year}年")) for a, b in pairs]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


def _workbook(catalogue: Catalogue, submission_id: str) -> list[Figure]:
    return [figure for figure in catalogue.figures if figure.submission_id == submission_id]


def _later(catalogue: Catalogue) -> list[Figure]:
    return list(_with_report_before(catalogue))


def _with_report_before(catalogue: Catalogue) -> Iterable[Figure]:
    seen: dict[tuple[str, int], str] = {}
    done: set[str] = set()
    for figure in sorted(catalogue.figures, key=lambda f: f.period_end):
        first = seen.setdefault((figure.layout_id, figure.period_end.year), figure.submission_id)
        if first != figure.submission_id and figure.submission_id not in done:
            done.add(figure.submission_id)
            yield figure


KINDS = (Kind("last_month_resubmitted", _later, submit_again, is_impossible=True),)
