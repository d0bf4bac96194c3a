"""Tables behind the text: everything that is judged, ranked, revised or still to be explained."""

from collections.abc import Callable, Mapping

from govstats.release.bulletin import shown
from govstats.release.bulletin.model import Column, Table, Text
from govstats.release.bulletin.rows import Row
from govstats.release.bulletin.sections import areas, headline, works
from govstats.release.bulletin.sections.paths import day
from govstats.release.bulletin.voice import Voice


def targets(voice: Voice, title: str) -> list[Table]:
    """Return all commitments."""
    rows = voice.facts.progress
    return [headline.table(voice, title, rows)] if rows else []


def by_area(voice: Voice, title: str) -> list[Table]:
    """Return a table of each indicator that subdistricts answer for."""
    groups = areas.by_indicator(voice.facts.areas)
    return [
        _area_table(voice, f"{title}：{group[0].words('indicator_zh')}", group) for group in groups
    ]


def _area_table(voice: Voice, title: str, rows: list[Row]) -> Table:
    unit = rows[0]["unit_measure"] or ""
    columns = (
        Column("位次", "", "right", 0.8),
        Column("街道（乡）", width=2),
        Column("完成数", unit, "right", 1.4),
        Column("计划数", unit, "right", 1.4),
        Column("完成率", "%", "right", 1.2),
        Column("应达进度", "%", "right", 1.2),
        Column("状态", "", "center", 1.2),
        Column("位次变化", "", "right", 1.5),
    )
    return Table("", title, columns, tuple(_area(voice, row) for row in rows))


def _area(voice: Voice, row: Row) -> tuple[Text, ...]:
    absent = row.words("absence_zh") or "—"

    def number(column: str) -> Text:
        return (row.figure(column, lambda v: shown.number(v, row["unit_measure"] or ""), absent),)

    return (
        (row.figure("rank_computed", str, "—"),),
        (row.words("area_zh"),),
        number("obs_value"),
        number("plan_value"),
        (row.figure("completion_pct", shown.rate, absent),),
        (row.figure("expected_pct_seasonal", shown.rate, "—"),),
        (row.words("state_zh"),),
        _change(voice, row),
    )


def _change(voice: Voice, row: Row) -> Text:
    change = row["rank_change"]
    if change is None:
        return ("—",)
    name = "places_won" if change > 0 else "places_lost" if change < 0 else "places_kept"
    figure = row.figure("rank_change", lambda v: str(abs(v))) if change else None
    return voice.phrase(name, n=figure)


def projects(voice: Voice, title: str) -> list[Table]:
    """Return all key projects."""
    rows = voice.facts.projects
    return [works.projects_table(voice, title, rows)] if rows else []


def revisions(voice: Voice, title: str) -> list[Table]:
    """Return every change of a figure of this year, up to the period."""
    columns = (
        Column("报告期", "", "center", 1),
        Column("部门", "", "center", 1.3),
        Column("地区", "", "center", 1.4),
        Column("指标", width=2.4),
        Column("类别", "", "center", 1.3),
        Column("原报", "", "right", 1.6),
        Column("修订为", "", "right", 1.6),
        Column("修订日期", "", "center", 1.7),
    )
    rows = voice.facts.revisions
    return [Table("", title, columns, tuple(_revision(voice, r) for r in rows))] if rows else []


def _revision(voice: Voice, row: Row) -> tuple[Text, ...]:
    def amount(column: str) -> Text:
        write = lambda v: shown.amount(v, row["unit_measure"] or "")  # noqa: E731
        return (row.figure(column, write, voice.missing),)

    word = voice.facts.word
    return (
        (row.words("short_label_zh"),),
        (row.words("department_zh"),),
        (row.words("area_zh"),),
        (row.words("indicator_zh"),),
        (word("period_type", row["period_type"]) + word("measure", row["measure"]),),
        amount("old_value"),
        amount("new_value"),
        (day(row["revised_at"].date()),),
    )


def findings(voice: Voice, title: str) -> list[Table]:
    """Return the soft findings of the period that nobody has explained."""
    columns = (
        Column("部门", "", "center", 1.2),
        Column("审核意见", width=5),
        Column("文件", width=3.4),
        Column("单元格", "", "center", 1),
        Column("状态", "", "center", 1.3),
    )
    rows = tuple(
        (
            (row.words("department_zh"),),
            (row.verbatim("message_zh"),),
            (row.verbatim("file") or "—",),
            (row.words("cell") or "—",),
            (row.words("state_zh"),),
        )
        for row in voice.facts.findings
    )
    return [Table("", title, columns, rows)] if rows else []


def systems(voice: Voice, title: str) -> list[Table]:
    """Return the systems that the report describes, each with its counts in words."""
    columns = (
        Column("机制", width=2.4),
        Column("对象", "个", "right", 0.9),
        Column("需关注", "个", "right", 0.9),
        Column("无数据", "个", "right", 0.9),
        Column("情况", width=5),
    )
    rows = tuple(
        (
            (row.words("system_zh"),),
            (row.figure("n_items", str),),
            (row.figure("n_attention", str),),
            (row.figure("n_no_data", str),),
            (row.words("words_zh"),),
        )
        for row in voice.facts.overview
    )
    return [Table("", title, columns, rows)] if rows else []


#: Tables behind the text by their name in the template, in the order in which they may stand.
WRITERS: Mapping[str, Callable[[Voice, str], list[Table]]] = {
    "targets": targets,
    "areas": by_area,
    "projects": projects,
    "revisions": revisions,
    "findings": findings,
    "systems": systems,
}
