"""Ahead of the path and behind it; at the end of the year, met and missed."""

from govstats.release.bulletin import targets
from govstats.release.bulletin.model import Block, Table, Text
from govstats.release.bulletin.rows import Row
from govstats.release.bulletin.sections import headline
from govstats.release.bulletin.sections.overall import light_words
from govstats.release.bulletin.voice import PARTS, Voice
from govstats.release.bulletin.wording import Filling
from govstats.release.reference import Figure

#: Statuses of targets that are not where they should be; worst light first.
BEHIND = ("behind", "missed")
_LIGHTS = ("red", "yellow")


def write(voice: Voice) -> list[Block]:
    """Return who is ahead, who is behind, what is overdue, and what has no data."""
    return [*_ahead(voice), *_behind(voice), *_no_data(voice)]


def _of(voice: Voice, *statuses: str) -> list[Row]:
    return [row for row in voice.facts.progress if row["status"] in statuses]


def _count(voice: Voice, column: str, rows: list[Row]) -> Figure | str:
    """The summary's count where it has one; else how many are listed here."""
    total = [row for row in voice.facts.summary if row["summary_by"] == "all"]
    if len(total) == 1 and total[0][column] == len(rows):
        return total[0].figure(column, str)
    return str(len(rows))


def _ahead(voice: Voice) -> list[Block]:
    blocks: list[Block] = [*voice.heading("ahead_heading")]
    met, ahead, on_path = (_of(voice, code) for code in ("met", "ahead", "on_path"))
    if met:
        names = voice.listed((row.words("name_zh"),) for row in met)
        blocks += voice.says("met", n=_count(voice, "n_met", met), items=names)
    if ahead:
        items = voice.listed((_item(voice, "ahead_item", row) for row in ahead), PARTS)
        blocks += voice.says("ahead", n=_count(voice, "n_ahead", ahead), items=items)
    if on_path:
        names = voice.listed((row.words("name_zh"),) for row in on_path)
        blocks += voice.says("on_path", n=_count(voice, "n_on_path", on_path), items=names)
    if not (met or ahead):
        blocks += voice.says("ahead_none")
    return blocks


def _item(voice: Voice, name: str, row: Row) -> Text:
    return voice.text(name, **targets.item(voice, row))


def behind(voice: Voice) -> list[Row]:
    """Return the targets that are behind or missed, red lights first."""
    rows = _of(voice, *BEHIND)
    return sorted(rows, key=lambda row: (_rank(row["light"]), row["target_id"]))


def _rank(light: str) -> int:
    return _LIGHTS.index(light) if light in _LIGHTS else len(_LIGHTS)


def _behind(voice: Voice) -> list[Block]:
    blocks: list[Block] = [*voice.heading("behind_heading")]
    rows = behind(voice)
    if not rows:
        blocks += voice.says("behind_none")
    else:
        column = "n_missed" if all(row["status"] == "missed" for row in rows) else "n_behind"
        count = _count(voice, column, rows)
        blocks += voice.says("behind", n=count, lights=_lights(voice, rows))
    for light in _LIGHTS:
        lit = [row for row in rows if row["light"] == light]
        if lit:
            blocks += voice.says(f"behind_{light}", **_lit(voice, light, lit))
    blocks += _overdue(voice)
    title = voice.table_title("behind")
    return blocks + ([_table(voice, title, rows)] if title and rows else [])


def _lit(voice: Voice, light: str, rows: list[Row]) -> dict[str, Filling]:
    """Those of the headline were told before: they are counted, the rest is told."""
    known = {row["target_id"] for row in headline.headline(voice)}
    has_headline = any(section.section_id == "headline" for section in voice.template.sections)
    rest = [row for row in rows if not has_headline or row["target_id"] not in known]
    items = voice.listed((_item(voice, "behind_item", row) for row in rest), PARTS)
    told = len(rows) - len(rest)
    return {
        "n": _count(voice, f"n_{light}", rows),
        "headline": str(told) if told else None,
        "rest": items if told else None,
        "items": None if told else items,
    }


def _lights(voice: Voice, rows: list[Row]) -> Text:
    counts = {
        column: [row for row in rows if f"n_{row['light']}" == column]
        for column in light_words(voice)
    }
    return voice.listed(
        voice.phrase("count", word=word, n=_count(voice, column, counts[column]))
        for column, word in light_words(voice).items()
        if counts[column]
    )


def _table(voice: Voice, title: str, rows: list[Row]) -> Table:
    return headline.table(voice, title, rows)


def _overdue(voice: Voice) -> list[Block]:
    items = [
        voice.text(
            "overdue_item",
            name=row.words("item_zh"),
            due=day(row["due_date"]),
            required=row.words("required_stage_zh"),
            stage=row.words("stage_text") or row.words("stage_zh") or voice.missing,
        )
        for row in voice.facts.troubled
        if row["is_overdue"]
    ]
    return [*voice.says("overdue", n=str(len(items)), items=voice.listed(items))] if items else []


def day(value: object) -> str:
    """Return a day as 2020年9月30日."""
    year, month, number = str(value).split("-")
    return f"{year}年{int(month)}月{int(number)}日"


def _no_data(voice: Voice) -> list[Block]:
    blocks: list[Block] = [*voice.heading("no_data_heading")]
    rows = _of(voice, "no_data")
    if not rows:
        return [*blocks, *voice.says("no_data_none")]
    reasons: dict[str, list[Row]] = {}
    for row in rows:
        reasons.setdefault(targets.reason(row) or voice.missing, []).append(row)
    items = [
        voice.text(
            "no_data_item",
            reason=why,
            n=str(len(found)),
            names=voice.listed((row.words("name_zh"),) for row in found),
        )
        for why, found in sorted(reasons.items(), key=lambda pair: -len(pair[1]))
    ]
    n = _count(voice, "n_no_data", rows)
    return [*blocks, *voice.says("no_data", n=n, items=voice.listed(items, PARTS))]
