"""The refusals of a file whose tables cannot be told, with what would help."""

from collections.abc import Sequence

from govstats.layouts.lines import lines_to_add
from govstats.layouts.match import LIKE, Match, begin
from govstats.layouts.model import Layout
from govstats.layouts.seeds import Seeds
from govstats.workbooks.refusals import Fact, Refused, Words, quoted

#: Likeness from which a sheet may be a changed form of a layout: below, its lines would mislead.
_WORTH_LINES = 0.4


def rivals(one: Match, other: Match) -> Refused:
    """Two layouts claim the same cells."""
    return Refused(
        "ambiguous_layout",
        variant="layouts",
        sheet=one.sheet.name,
        layouts=quoted([one.layout.id, other.layout.id]),
    )


def copies(same: Sequence[Match]) -> Refused:
    """A table stands more than once."""
    sheets = list(dict.fromkeys(match.sheet.name for match in same))
    if len(sheets) > 1:
        return Refused("ambiguous_layout", variant="sheets", sheets=quoted(sheets))
    return Refused(
        "ambiguous_layout",
        variant="places",
        sheet=sheets[0],
        places=quoted([begin(match) for match in same]),
        more=_named(same[0]),
    )


def faulty(match: Match, seeds: Seeds) -> Refused:
    """A table is nearly there."""
    if match.twice:
        return duplicate(match)
    return Refused(
        "missing_labels",
        sheet=match.sheet.name,
        lines=lines_to_add(match, seeds),
        more=_named(match),
    )


def duplicate(match: Match) -> Refused:
    """A label stands more than once."""
    return Refused(
        "duplicate_labels",
        sheet=match.sheet.name,
        labels=quoted(list(dict.fromkeys(match.twice))),
        layout=match.layout.id,
    )


def stray(match: Match, period: str, seeds: Seeds) -> Refused:
    """The table is another department's."""
    owner = seeds.departments[match.layout.department]
    return Refused(
        "wrong_department",
        sheet=match.sheet.name,
        owner=owner,
        folder=f"data/raw/{owner.zh}/{period}/",
        more=_named(match),
    )


def unknown(
    matches: Sequence[Match], valid: Sequence[Match], department: str, period: str, seeds: Seeds
) -> Refused:
    """No layout fits."""
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
    # Of likenesses that mean little the department's own form says most.
    nearest = max(
        valid,
        key=lambda match: (
            match.score >= _WORTH_LINES,
            match.layout.department == department,
            match.score,
        ),
    )
    return Refused(
        "unknown_layout",
        variant="unlike",
        sheet=nearest.sheet.name,
        expected=period,
        score=round(100 * nearest.score),
        lines=lines_to_add(nearest, seeds) if nearest.score >= _WORTH_LINES else "",
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
