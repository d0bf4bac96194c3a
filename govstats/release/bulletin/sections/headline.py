"""The headline targets: a sentence for each indicator, a table with lights and words, charts."""

from govstats.release.bulletin import charts, shown, targets
from govstats.release.bulletin.model import Block, Column, Inline, Table, Text
from govstats.release.bulletin.rows import Row
from govstats.release.bulletin.voice import PARTS, Voice


def headline(voice: Voice) -> list[Row]:
    """Return the headline targets: of the sections that the template names, or main indicators."""
    names = voice.template.headline_sections
    return [row for row in voice.facts.progress if row["section"] in names or row["is_main"]]


def write(voice: Voice) -> list[Block]:
    """Return the sentences, the table and the charts of the headline targets."""
    rows = headline(voice)
    if not rows:
        return [*voice.says("none")]
    linear = voice.facts.period
    ground = linear.figure("linear_pct", shown.percent, voice.missing)
    blocks: list[Block] = [*voice.says("ground", linear=ground)]
    for group in grouped(rows):
        clauses = voice.listed((_clause(voice, row) for row in group), PARTS)
        blocks += voice.says("item", name=_name(group), clauses=clauses)
    title = voice.table_title("targets")
    blocks += [table(voice, title, rows)] if title else []
    return blocks + _charts(voice, rows)


def grouped(rows: list[Row]) -> list[list[Row]]:
    """Return targets of one indicator together, the level before the growth."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row["indicator_code"] or row["target_id"], []).append(row)
    return [
        sorted(group, key=lambda row: (row["kind"] == "growth", row["target_id"]))
        for group in _split(list(groups.values()))
    ]


def _split(groups: list[list[Row]]) -> list[list[Row]]:
    """Only a level and a growth of one indicator are told together; a rank stands by itself."""
    found: list[list[Row]] = []
    for group in groups:
        pair = [row for row in group if row["kind"] in ("level", "growth")]
        found += [pair] if pair else []
        found += [[row] for row in group if row not in pair]
    return sorted(found, key=lambda group: min(row["target_id"] for row in group))


def _name(group: list[Row]) -> str:
    return group[0].words("indicator_zh" if len(group) > 1 else "name_zh")


def _clause(voice: Voice, row: Row) -> Text:
    name = "clause" if row.has("actual_value") else "clause_no_data"
    return voice.text(name, **targets.item(voice, row))


def table(voice: Voice, title: str, rows: list[Row]) -> Table:
    """Return a table of targets with path, distance, status and light."""
    columns = (
        Column("目标", width=3.2),
        Column("年度目标", "", "center", 2),
        Column("完成情况", "", "right", 1.8),
        Column("完成率", "%", "right", 1.2),
        Column("应达进度", "%", "right", 1.2),
        Column("差距", "", "right", 1.9),
        Column("状态", "", "center", 1.2),
        Column("灯号", "", "center", 1),
        Column("牵头部门", "", "center", 1.7),
    )
    return Table("", title, columns, tuple(_line(voice, row) for row in rows))


def _line(voice: Voice, row: Row) -> tuple[Text, ...]:
    path = path_column(row)
    return (
        (row.words("name_zh"),),
        (targets.demand(row),),
        (targets.actual(row, targets.reason(row) or voice.missing),),
        (row.figure("completion_pct", shown.rate) if row.has("completion_pct") else "—",),
        (row.figure(path, shown.rate) if path else "—",),
        (_gap(row),),
        (row.words("status_zh"),),
        (targets.light(voice, row),),
        (row.words("lead_zh"),),
    )


def _gap(row: Row) -> Inline:
    if row["gap"] is None:
        return "—"
    if row.has("completion_pct"):
        return row.figure("gap", shown.points)
    unit = "位" if row["gap_unit"] == shown.PLACE else row["gap_unit"]
    return row.figure("gap", lambda v: shown.amount(v, unit))


def path_column(row: Row) -> str:
    """Return the column of the path that a target with a completion is judged by, or nothing."""
    if row["completion_pct"] is None:
        return ""
    for column in ("expected_pct_planned", "expected_pct_seasonal", "expected_pct_linear"):
        if row.has(column):
            return column
    return ""


def _charts(voice: Voice, rows: list[Row]) -> list[Block]:
    ids = [row["target_id"] for row in rows]
    connection, day = voice.facts.connection, voice.facts.period_end
    found = []
    if title := voice.table_title("paths"):
        found.append(charts.paths(connection, day, ids, title))
    if title := voice.table_title("completion"):
        found.append(charts.completion(connection, day, ids, title))
    return [chart for chart in found if chart is not None]
