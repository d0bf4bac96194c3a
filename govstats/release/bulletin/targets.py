"""How a target stands, in a clause; what is said of it depends on its kind, never on its name."""

from decimal import Decimal

from govstats.release.bulletin import shown
from govstats.release.bulletin.model import Inline, Text
from govstats.release.bulletin.rows import Row
from govstats.release.bulletin.voice import Voice, comparison, growth, pace
from govstats.release.bulletin.wording import Filling
from govstats.release.reference import Figure

#: Counts of the summary by status, best first.
STATUSES = {
    "n_met": "met",
    "n_ahead": "ahead",
    "n_on_path": "on_path",
    "n_behind": "behind",
    "n_missed": "missed",
    "n_no_data": "no_data",
}
LIGHTS = {"n_green": "green", "n_yellow": "yellow", "n_red": "red"}


def item(voice: Voice, row: Row) -> dict[str, Filling]:
    """Return what a sentence may say of a target: name, progress, demand, status, light, lead."""
    return {
        "name": row.words("name_zh"),
        "progress": progress(voice, row),
        "demand": demand(row),
        "status": row.words("status_zh"),
        "light": light(voice, row),
        "lead": row.words("lead_zh") or None,
    }


def light(voice: Voice, row: Row) -> str:
    """Return the light as word and shape, as the seeds write it."""
    return voice.facts.word("light_mark", row["light"])


def demand(row: Row) -> Inline:
    """Return what the target asks for; a figure where it asks for one."""
    words = row.words("demand_zh")
    return words if row["target_value"] is None else row.figure("target_value", lambda _: words)


def reason(row: Row) -> str:
    """Return why a target has no data, in words."""
    return row.words("no_data_reason_zh")


def progress(voice: Voice, row: Row) -> Text:
    """Return how the target stands: figure, completion and the distance to its path or bound."""
    if row["actual_value"] is None:
        return voice.phrase("no_data", reason=reason(row) or None)
    match row["kind"]:
        case "milestone" if row["target_value"] is not None:
            wanted = row.figure("target_value", lambda v: shown.amount(v, row["unit_measure"]))
            return voice.phrase(
                "works",
                actual=actual(row),
                wanted=wanted,
                pace=_pace(voice, row),
                trouble=_trouble(voice, row),
            )
        case "growth":
            said = growth(voice, row, "actual_value")
            return voice.phrase("growth", growth=said, comparison=_bound(voice, row))
        case "relative":
            return _relative(voice, row)
        case "reduction":
            return voice.phrase("value", actual=_cut(voice, row), comparison=_bound(voice, row))
    if row["completion_pct"] is None:
        return voice.phrase("value", actual=actual(row), comparison=_bound(voice, row))
    return voice.phrase(
        "level",
        actual=actual(row),
        completion=row.figure("completion_pct", shown.percent),
        pace=_pace(voice, row),
        short=_short(voice, row),
    )


def actual(row: Row, missing: str | None = None) -> Figure:
    """Return the actual figure with its unit; it never reads as the target it misses."""
    bounds = [Decimal(0)] + ([row["target_value"]] if row["target_value"] is not None else [])
    return row.figure(
        "actual_value", lambda v: shown.amount(v, row["unit_measure"], bounds), missing
    )


def path(voice: Voice, row: Row) -> str:
    """Return the name of the path that the target is judged by."""
    return voice.facts.word("path_method", row["path_method"])


def _pace(voice: Voice, row: Row) -> Text:
    """At the end of the year there is no path any more, only the target."""
    if row["is_final"] or row["completion_pct"] is None:
        return ()
    return pace(voice, row, "gap", path(voice, row))


def _trouble(voice: Voice, row: Row) -> Text:
    """Its items that stand still, are overdue or were refused."""
    return voice.listed(
        (f"{found.words('item_zh')}{found.words('state_zh')}",)
        for found in voice.facts.troubled
        if found["target_id"] == row["target_id"]
    )


def _short(voice: Voice, row: Row) -> Text:
    left = row["remaining_value"]
    if not row["is_final"] or left is None or left <= 0:
        return ()
    write = row.figure("remaining_value", lambda v: shown.amount(v, row["unit_measure"]))
    return voice.phrase("short", size=write)


def _bound(voice: Voice, row: Row) -> Text:
    """The distance to the target, or to last year where only the direction is asked for."""
    if row["gap"] is None or row["gap_unit"] == shown.PLACE:
        return ()
    than = "last_year" if row["kind"] == "direction" else "target"
    words = "".join(str(piece) for piece in voice.phrase(than))
    return comparison(voice, row, "gap", row["gap_unit"], words)


def _cut(voice: Voice, row: Row) -> Text:
    value = row["actual_value"]
    name = "cut" if value > 0 else "grown" if value < 0 else "uncut"
    figure = row.figure("actual_value", lambda v: shown.reported(abs(v))) if value else None
    return voice.phrase(name, size=figure)


def _relative(voice: Voice, row: Row) -> Text:
    """The figure judged is the smallest lead over the area compared with, in points."""
    value = row["actual_value"]
    name = "all_above" if value > 0 else "lowest_below" if value < 0 else "lowest_even"
    figure = row.figure("actual_value", lambda v: shown.size(v, row["unit_measure"]))
    return voice.phrase(name, size=figure if value else None)
