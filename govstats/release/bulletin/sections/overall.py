"""Overall judgement: how many commitments stand where, by section and by department."""

from govstats.release.bulletin import shown
from govstats.release.bulletin.model import Block, Column, Table, Text
from govstats.release.bulletin.rows import Row
from govstats.release.bulletin.targets import LIGHTS, STATUSES
from govstats.release.bulletin.voice import Voice, growth
from govstats.release.bulletin.wording import Filling

#: Departments named for the most commitments behind.
NAMED = 5


def write(voice: Voice) -> list[Block]:
    """Return the counts of all targets, of the headline's, and a table by section."""
    groups: dict[str, list[Row]] = {"all": [], "section": [], "department": []}
    for row in voice.facts.summary:
        groups.setdefault(row["summary_by"], []).append(row)
    blocks: list[Block] = []
    for row in groups["all"]:
        blocks += voice.says("counts", **_counts(voice, row))
    sections = in_order(voice, groups["section"])
    for row in sections:
        if row["group_code"] in voice.template.headline_sections:
            blocks += voice.says("main", section=row.words("group_zh"), **_counts(voice, row))
    blocks += _growths(voice)
    blocks += _sections(voice, sections)
    blocks += _departments(voice, groups["department"])
    title = voice.table_title("sections")
    return blocks + ([_table(voice, title, sections + groups["all"])] if title else [])


def in_order(voice: Voice, sections: list[Row]) -> list[Row]:
    """Return the sections' rows in the order of the report: that of their first target."""
    order = list(dict.fromkeys(row["section"] for row in voice.facts.progress))
    return sorted(sections, key=lambda row: ([*order, row["group_code"]]).index(row["group_code"]))


def status_words(voice: Voice) -> dict[str, str]:
    """Return the words of the statuses by the column that counts them."""
    return {column: voice.facts.word("status", code) for column, code in STATUSES.items()}


def light_words(voice: Voice) -> dict[str, str]:
    """Return the words of the lights by the column that counts them."""
    return {column: voice.facts.word("light", code) for column, code in LIGHTS.items()}


def _counts(voice: Voice, row: Row) -> dict[str, Filling]:
    share = row.figure("on_path_pct", shown.percent) if row.has("on_path_pct") else None
    return {
        "n_targets": row.figure("n_targets", str),
        "states": voice.counted(row, status_words(voice)),
        "lights": voice.counted(row, light_words(voice)),
        "share": share,
    }


def _growths(voice: Voice) -> list[Block]:
    """The growths of the main indicators, one after another."""
    items = [
        voice.text(
            "growths_item",
            name=row.words("indicator_zh"),
            growth=growth(voice, row, "actual_value"),
        )
        for row in voice.facts.progress
        if row["is_main"] and row["kind"] == "growth" and row.has("actual_value")
    ]
    return [*voice.says("growths", items=voice.listed(items))] if items else []


def _sections(voice: Voice, sections: list[Row]) -> list[Block]:
    told = sorted((row for row in sections if row.has("on_path_pct")), key=_share)
    if len(told) < 2:
        return []
    items = [
        voice.text(
            "sections_item",
            section=row.words("group_zh"),
            share=row.figure("on_path_pct", shown.percent),
            n_targets=row.figure("n_targets", str),
        )
        for row in told
    ]
    return [*voice.says("sections", items=voice.listed(items))]


def _share(row: Row) -> tuple[float, str]:
    return -row["on_path_pct"], row["group_code"]


def _departments(voice: Voice, departments: list[Row]) -> list[Block]:
    """Name those with the most commitments behind, as many as stand out, equals together."""
    column = "n_missed" if voice.facts.kind == "year" else "n_behind"
    found = sorted((row for row in departments if row[column]), key=lambda row: -row[column])
    if len(found) > NAMED:
        found = [row for row in found if row[column] > found[NAMED][column]]
    items = [
        voice.text("departments_item", department=row.words("group_zh"), n=row.figure(column, str))
        for row in found
    ]
    return [*voice.says("departments", items=voice.listed(items))] if items else []


def _table(voice: Voice, title: str, rows: list[Row]) -> Table:
    counts = status_words(voice) | light_words(voice)
    shown_counts = {
        column: word for column, word in counts.items() if any(row[column] for row in rows)
    }
    columns = [Column("报告部分", width=3), Column("目标", "个", "right")]
    columns += [Column(word, "个", "right") for word in shown_counts.values()]
    columns += [Column("达到进度要求占比", "%", "right", 1.6)]
    lines = tuple(_line(voice, row, list(shown_counts)) for row in rows)
    return Table("", title, tuple(columns), lines)


def _line(voice: Voice, row: Row, counts: list[str]) -> tuple[Text, ...]:
    numbers = [(row.figure(column, str),) for column in ["n_targets", *counts]]
    return (
        (row.words("group_zh"),),
        *numbers,
        (row.figure("on_path_pct", shown.rate, voice.missing),),
    )
