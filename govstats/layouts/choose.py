"""Which layout a workbook follows, or why none: exactly one, and of the folder's department."""

from collections.abc import Sequence

from govstats.layouts.match import Match, match_sheet, short_texts
from govstats.layouts.model import Layout
from govstats.layouts.seeds import Seeds
from govstats.workbooks.cells import Workbook
from govstats.workbooks.refusals import Fact, Refused, Words, quoted

#: Share of its labels from which a sheet is taken for a faulty one of a layout.
LIKE = 0.6


def every_match(
    workbook: Workbook, layouts: Sequence[Layout], period: str, seeds: Seeds
) -> tuple[Match, ...]:
    """Every sheet with content against every layout, the best first."""
    matches: list[Match] = []
    for sheet in workbook.sheets:
        if sheet.cells:
            texts = short_texts(sheet, seeds.units)
            matches += [match_sheet(sheet, texts, own, period, seeds.units) for own in layouts]
    return tuple(sorted(matches, key=lambda match: (not match.is_full, -match.score)))


def choose(matches: Sequence[Match], department: str, period: str, seeds: Seeds) -> Match:
    """The one match that counts.

    Args:
        matches: as ``every_match`` gives them.
        department: code of the department whose folder the file lies in.
        period: YYYY-MM of the folder.
        seeds: names of departments.

    Raises:
        Refused: ``empty_file``, ``ambiguous_layout``, ``wrong_department``, ``missing_labels``,
            ``duplicate_labels`` or ``unknown_layout``.
    """
    if not matches:
        raise Refused("empty_file", variant="cells")
    valid = [match for match in matches if match.layout.is_valid(period)]
    own = [match for match in valid if match.layout.department == department]
    full = [match for match in own if match.is_full]
    if full:
        return _checked(_only(full))
    nearest = max(valid, key=lambda match: match.score, default=None)
    nearest_own = max(own, key=lambda match: match.score, default=None)
    if nearest and nearest.score >= LIKE:
        if nearest_own and nearest_own.score >= nearest.score:
            raise _faulty(nearest_own)
        raise _stray(nearest, period, seeds)
    raise _unknown(matches, valid, period)


def _only(full: Sequence[Match]) -> Match:
    sheets = list(dict.fromkeys(match.sheet.name for match in full))
    if len(sheets) > 1:
        raise Refused("ambiguous_layout", variant="sheets", sheets=quoted(sheets))
    if len(full) > 1:
        raise Refused(
            "ambiguous_layout",
            variant="layouts",
            sheet=full[0].sheet.name,
            layouts=quoted([match.layout.id for match in full]),
        )
    return full[0]


def _checked(match: Match) -> Match:
    if match.twice:
        raise _duplicate(match)
    return match


def _faulty(match: Match) -> Refused:
    if match.twice:
        return _duplicate(match)
    return Refused("missing_labels", sheet=match.sheet.name, more=_named(match))


def _duplicate(match: Match) -> Refused:
    return Refused(
        "duplicate_labels",
        sheet=match.sheet.name,
        labels=quoted(list(dict.fromkeys(match.twice))),
        layout=match.layout.id,
    )


def _stray(match: Match, period: str, seeds: Seeds) -> Refused:
    owner = seeds.departments[match.layout.department]
    return Refused(
        "wrong_department",
        sheet=match.sheet.name,
        owner=owner,
        folder=f"data/raw/{owner.zh}/{period}/",
        more=_named(match),
    )


def _unknown(matches: Sequence[Match], valid: Sequence[Match], period: str) -> Refused:
    if not valid:
        return Refused("unknown_layout", variant="none", expected=period)
    outdated = max(matches, key=lambda match: match.score)
    if outdated.score >= LIKE:
        return Refused(
            "unknown_layout",
            variant="expired",
            sheet=outdated.sheet.name,
            expected=period,
            validity=_validity(outdated.layout),
            more=_named(outdated),
        )
    nearest = max(valid, key=lambda match: match.score)
    return Refused(
        "unknown_layout",
        variant="unlike",
        sheet=nearest.sheet.name,
        expected=period,
        score=round(100 * nearest.score),
        more=_named(nearest),
    )


def _named(match: Match) -> dict[str, Fact]:
    layout = match.layout
    return {
        "layout": layout.id,
        "layout_name": Words(layout.name_zh, layout.name_en),
        "missing": quoted(list(match.missing)),
        "extra": quoted(list(dict.fromkeys(match.extra))),
    }


def _validity(layout: Layout) -> Words:
    if layout.valid_to is None:
        return Words(f"{layout.valid_from}起", f"from {layout.valid_from}")
    return Words(
        f"{layout.valid_from}至{layout.valid_to}", f"{layout.valid_from} to {layout.valid_to}"
    )
