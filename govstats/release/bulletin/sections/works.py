"""Key projects and livelihood items: how many stand where, and which need somebody."""

from collections.abc import Sequence

from govstats.release.bulletin import shown
from govstats.release.bulletin.model import Block, Column, Table, Text
from govstats.release.bulletin.rows import Row
from govstats.release.bulletin.voice import PARTS, Voice
from govstats.release.bulletin.wording import Filling

#: States that call for attention, the worst first.
PROJECTS = ("stalled", "late")
LIVELIHOOD = ("missed", "behind")


def write(voice: Voice) -> list[Block]:
    """Return both parts, each with a table."""
    return [*_projects(voice), *_livelihood(voice)]


def _projects(voice: Voice) -> list[Block]:
    rows = voice.facts.projects
    blocks = _part(voice, "projects", rows, "fct_key_project", PROJECTS)
    attention = [row for row in rows if row["state"] in PROJECTS]
    title = voice.table_title("projects")
    return blocks + ([projects_table(voice, title, attention)] if title and attention else [])


def _livelihood(voice: Voice) -> list[Block]:
    rows = voice.facts.livelihood
    blocks = _part(voice, "livelihood", rows, "fct_livelihood_item", LIVELIHOOD)
    title = voice.table_title("livelihood")
    return blocks + ([_livelihood_table(voice, title, rows)] if title and rows else [])


def _part(
    voice: Voice, name: str, rows: list[Row], mart: str, attention: Sequence[str]
) -> list[Block]:
    blocks: list[Block] = [*voice.heading(f"{name}_heading")]
    words = voice.facts.overview_words(mart)
    if not rows or not words:
        return [*blocks, *voice.says(f"{name}_none")]
    blocks += voice.says(name, words=words)
    for state in attention:
        found = [row for row in rows if row["state"] == state]
        if found:
            items = voice.listed((_item(voice, f"{name}_item", row) for row in found), PARTS)
            blocks += voice.says(
                f"{name}_attention",
                state=found[0].words("state_zh"),
                n=str(len(found)),
                items=items,
            )
    return blocks


def _item(voice: Voice, name: str, row: Row) -> Text:
    places: dict[str, Filling] = {
        "name": row.words("entry_name"),
        "lead": row.words("lead_zh"),
        "state": row.words("state_zh"),
        "stage": row.words("stage_text") if "stage_text" in row.values else "",
        "completion": _completion(row),
        "path": row.figure("expected_pct_seasonal", shown.percent)
        if row.has("expected_pct_seasonal")
        else None,
    }
    return voice.text(name, **places)


def _completion(row: Row) -> Filling:
    column = "reported_completion_pct" if row.values.get("is_by_reported") else "completion_pct"
    return row.figure(column, shown.percent) if row.has(column) else None


def projects_table(voice: Voice, title: str, rows: list[Row]) -> Table:
    """Return a table of key projects with investment, stage and state."""
    columns = (
        Column("项目", width=3),
        Column("牵头部门", "", "center", 1.6),
        Column("年度计划投资", "", "right", 1.7),
        Column("完成投资", "", "right", 1.6),
        Column("完成率", "%", "right", 1),
        Column("应达进度", "%", "right", 1.1),
        Column("形象进度", "", "center", 1.7),
        Column("状态", "", "center", 1.2),
    )
    return Table("", title, columns, tuple(_project(voice, row) for row in rows))


def _project(voice: Voice, row: Row) -> tuple[Text, ...]:
    absent = row.words("absence_zh") or voice.missing

    def amount(column: str) -> Text:
        return (row.figure(column, lambda v: shown.amount(v, row["unit_measure"] or ""), absent),)

    return (
        (row.words("entry_name"),),
        (row.words("lead_zh"),),
        amount("plan_value"),
        amount("done_value"),
        (row.figure("completion_pct", shown.rate, absent),),
        (row.figure("expected_pct_seasonal", shown.rate, "—"),),
        (row.words("stage_text") or row.words("stage_zh") or absent,),
        (row.words("state_zh"),),
    )


def _livelihood_table(voice: Voice, title: str, rows: list[Row]) -> Table:
    columns = (
        Column("实事项目", width=3),
        Column("牵头部门", "", "center", 1.6),
        Column("年度任务", "", "center", 1.6),
        Column("完成情况", "", "center", 1.4),
        Column("完成率", "%", "right", 1.1),
        Column("上报完成率", "%", "right", 1.3),
        Column("应达进度", "%", "right", 1.2),
        Column("状态", "", "center", 1.2),
    )
    return Table("", title, columns, tuple(_livelihood_line(voice, row) for row in rows))


def _livelihood_line(voice: Voice, row: Row) -> tuple[Text, ...]:
    absent = row.words("absence_zh") or "—"
    return (
        (row.words("entry_name"),),
        (row.words("lead_zh"),),
        (row.words("task_text") or voice.missing,),
        (row.words("done_text") or absent,),
        (row.figure("completion_pct", shown.rate, absent),),
        (row.figure("reported_completion_pct", shown.rate, absent),),
        (row.figure("expected_pct_seasonal", shown.rate, "—"),),
        (row.words("state_zh"),),
    )
