"""Who reported late or not at all."""

from govstats.release.bulletin.model import Block, Column, Table, Text
from govstats.release.bulletin.rows import Row
from govstats.release.bulletin.sections.paths import day
from govstats.release.bulletin.voice import Voice

#: States of a duty that are told, in this order.
_TOLD = ("late", "missing", "held")


def write(voice: Voice) -> list[Block]:
    """Return the counts, and each sheet that is late, missing or held."""
    words = voice.facts.overview_words("fct_reporting_duty")
    if not voice.facts.duties or not words:
        return [*voice.says("none")]
    blocks: list[Block] = [*voice.says("counts", words=words)]
    told = [row for row in voice.facts.duties if row["state"] in _TOLD]
    for state in _TOLD:
        found = [row for row in told if row["state"] == state]
        if found:
            items = voice.listed(_item(voice, f"{state}_item", row) for row in found)
            blocks += voice.says(state, n=str(len(found)), items=items)
    if not told:
        due = [row for row in voice.facts.duties if row["state"] != "not_due"]
        return blocks + ([*voice.says("all_on_time")] if due else [])
    title = voice.table_title("duties")
    return blocks + ([_table(title, told)] if title else [])


def _item(voice: Voice, name: str, row: Row) -> Text:
    late = row["state"] == "late" and row.has("n_days_late")
    return voice.text(
        name,
        department=row.words("department_zh"),
        sheet=row.words("layout_zh"),
        days=row.figure("n_days_late", str) if late else None,
    )


def _table(title: str, rows: list[Row]) -> Table:
    columns = (
        Column("部门", "", "center", 1.6),
        Column("报表", width=3.4),
        Column("应报日期", "", "center", 1.8),
        Column("收到日期", "", "center", 1.8),
        Column("状态", "", "center", 1.2),
        Column("迟报", "天", "right", 0.9),
    )
    return Table("", title, columns, tuple(_line(row) for row in rows))


def _line(row: Row) -> tuple[Text, ...]:
    received = row["first_received_at"]
    late = row["state"] == "late" and row.has("n_days_late")
    return (
        (row.words("department_zh"),),
        (row.words("layout_zh"),),
        (day(row["due_date"]),),
        (day(received.date()) if received is not None else "—",),
        (row.words("state_zh"),),
        (row.figure("n_days_late", str) if late else "—",),
    )
