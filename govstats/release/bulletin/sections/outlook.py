"""What the year may bring: the projection of earlier years' shares, and what is still needed."""

from govstats.release.bulletin import shown
from govstats.release.bulletin.model import Block, Column, Table, Text
from govstats.release.bulletin.rows import Row
from govstats.release.bulletin.voice import PARTS, Voice
from govstats.release.bulletin.wording import Filling
from govstats.release.reference import Figure


def write(voice: Voice) -> list[Block]:
    """Return the projections, then what the rest of the year needs, then a table."""
    rows = [row for row in voice.facts.outlook if row.has("outlook_value")]
    if not rows or all(row["n_months_left"] == 0 for row in rows):
        return [*voice.says("none")]
    blocks: list[Block] = [*voice.says("ground")]
    for row in rows:
        blocks += voice.says("item", **_places(row))
    short = [row for row in rows if row.has("needed_monthly_value") and row["remaining_value"] > 0]
    if short:
        items = voice.listed((voice.text("rest_item", **_places(row)) for row in short), PARTS)
        months = short[0].figure("n_months_left", str)
        blocks += voice.says("rest", months=months, items=items)
    title = voice.table_title("outlook")
    return blocks + ([_table(voice, title, rows)] if title else [])


def _places(row: Row) -> dict[str, Filling]:
    return {
        "name": row.words("name_zh"),
        "outlook": _estimate(row, "outlook_value"),
        "completion": row.figure("outlook_completion_pct", shown.percent)
        if row.has("outlook_completion_pct")
        else None,
        "remaining": _amount(row, "remaining_value"),
        "needed": _estimate(row, "needed_monthly_value"),
        "pace": row.figure("needed_pace_pct", shown.percent)
        if row.has("needed_pace_pct")
        else None,
        "range": _range(row),
    }


def _amount(row: Row, column: str) -> Figure | None:
    if not row.has(column):
        return None
    return row.figure(column, lambda v: shown.amount(v, row["unit_measure"]))


def _estimate(row: Row, column: str) -> Figure | None:
    if not row.has(column) or not row.has("actual_value"):
        return _amount(row, column)
    return row.figure(column, lambda v: shown.estimate(v, row["unit_measure"], row["actual_value"]))


def _range(row: Row) -> Text:
    low, high = _estimate(row, "low_value"), _estimate(row, "high_value")
    return (low, "至", high) if low and high else ()


def _table(voice: Voice, title: str, rows: list[Row]) -> Table:
    columns = (
        Column("目标", width=2.6),
        Column("全年预计", "", "right", 1.7),
        Column("预计下限", "", "right", 1.7),
        Column("预计上限", "", "right", 1.7),
        Column("为年度目标的", "%", "right", 1.2),
        Column("尚差", "", "right", 1.6),
        Column("其余月份月均需", "", "right", 1.6),
        Column("为此前月均的", "%", "right", 1.2),
    )
    return Table("", title, columns, tuple(_line(voice, row) for row in rows))


def _line(voice: Voice, row: Row) -> tuple[Text, ...]:
    def cell(column: str) -> Text:
        return (_estimate(row, column) or row.figure(column, str, "—"),)

    return (
        (row.words("name_zh"),),
        cell("outlook_value"),
        cell("low_value"),
        cell("high_value"),
        (row.figure("outlook_completion_pct", shown.rate, voice.missing),),
        cell("remaining_value"),
        cell("needed_monthly_value"),
        (row.figure("needed_pace_pct", shown.rate, "—"),),
    )
