"""What turned: lights against the quarter before; in other months statuses against the month."""

from govstats.release.bulletin import shown, targets
from govstats.release.bulletin.model import Block, Column, Table, Text
from govstats.release.bulletin.rows import Row
from govstats.release.bulletin.voice import Voice

#: Movements that are no turn.
_STILL = ("unchanged", "no_data", "first")
_NO_DATA = "no_data"


def write(voice: Voice) -> list[Block]:
    """Return what turned since the quarter end before, or since the period before."""
    return _quarter(voice) if voice.facts.review else _month(voice)


def _quarter(voice: Voice) -> list[Block]:
    review = voice.facts.review
    if all(row["movement"] == "first" for row in review):
        return [*voice.says("first")]
    blocks: list[Block] = []
    words = voice.facts.overview_words("fct_quarter_review")
    if words:
        blocks += voice.says("counts", words=words)
    turned = [row for row in review if row["movement"] not in _STILL]
    order = list(voice.facts.codes.get("movement", {}))
    for movement in sorted({row["movement"] for row in turned}, key=order.index):
        rows = [row for row in turned if row["movement"] == movement]
        items = voice.listed(_item(voice, row, "target_zh") for row in rows)
        blocks += voice.says(
            "group", movement=rows[0].words("movement_zh"), n=str(len(rows)), items=items
        )
    title = voice.table_title("turned")
    if turned and title:
        turned.sort(key=lambda row: (order.index(row["movement"]), row["target_id"]))
        blocks.append(_table(voice, title, turned))
    return blocks if turned else [*blocks, *voice.says("none")]


def _item(voice: Voice, row: Row, name: str) -> Text:
    """Where the light changed and the status did not, the lights are named."""
    previous, status = row.words("previous_status_zh"), row.words("status_zh")
    if previous == status:
        word = voice.facts.word
        previous, status = word("light", row["previous_light"]), word("light", row["light"])
    return voice.text("item", name=row.words(name), previous=previous, status=status)


def _month(voice: Voice) -> list[Block]:
    """Statuses of both periods side by side; one without data in either did not turn."""
    if voice.facts.period["previous_period_end"] is None:
        return [*voice.says("first")]
    changed = [
        row
        for row in voice.facts.progress
        if row["previous_status"] not in (None, _NO_DATA, row["status"])
        and row["status"] != _NO_DATA
    ]
    if not changed:
        return [*voice.says("changes_none")]
    items = voice.listed(_item(voice, row, "name_zh") for row in changed)
    return [*voice.says("changes", n=str(len(changed)), items=items)]


def _table(voice: Voice, title: str, rows: list[Row]) -> Table:
    columns = (
        Column("目标", width=3),
        Column("变化", "", "center", 1.2),
        Column("上季度末状态", "", "center", 1.4),
        Column("上季度末灯号", "", "center", 1.3),
        Column("本季度末状态", "", "center", 1.4),
        Column("本季度末灯号", "", "center", 1.3),
        Column("上季度末数", "", "right", 1.6),
        Column("本季度末数", "", "right", 1.6),
    )
    return Table("", title, columns, tuple(_line(voice, row) for row in rows))


def _line(voice: Voice, row: Row) -> tuple[Text, ...]:
    def amount(column: str) -> Text:
        unit = row["unit_measure"]
        return (row.figure(column, lambda v: shown.amount(v, unit), voice.missing),)

    return (
        (row.words("target_zh"),),
        (row.words("movement_zh"),),
        (row.words("previous_status_zh"),),
        (voice.facts.word("light_mark", row["previous_light"]),),
        (row.words("status_zh"),),
        (targets.light(voice, row),),
        amount("previous_value"),
        amount("actual_value"),
    )
