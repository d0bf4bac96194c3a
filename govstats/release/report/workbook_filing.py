"""The sheets of the workbook about what came in: submissions, files, cells, figures, targets."""

from collections.abc import Iterable, Iterator

from govstats.release.report.content import Content
from govstats.release.report.figures import Figure
from govstats.release.report.sheets import Column, Sheet, Value, sheet
from govstats.release.report.timeliness import Table
from govstats.release.report.words import Both, Text, joined

_DEPARTMENT = Column("部门", "Department", 12)
_FILE = Column("文件", "File", 40)
_STATE = Column("状态", "State", 14)
_SERIES = Column("指标", "Indicator", 26, is_both=True)
_CONTEXT = Column("地区和报告期", "Area and period", 26)
_UNIT = Column("单位", "Unit", 9)


def sheets(content: Content) -> Iterator[Sheet]:
    """Return the sheets in the order of the page."""
    for table in content.turnout.tables:
        yield _turnout(table)
    yield _lapses(content)
    yield _files(content)
    yield _cells(content)
    yield _revisions(content)
    if content.corrections:
        yield _corrections(content)
    yield _scorecard(content)
    yield _systems(content)


def _turnout(table: Table) -> Sheet:
    columns = [Column("部门", "Department", 24, is_both=True)]
    columns += [Column(name.zh, name.english, 13) for name in table.columns]
    lines: Iterable[list[Value]] = (
        [name, *(_said(each.signs) for each in line)] for name, line in table.lines
    )
    return sheet(table.title, columns, lines)


def _said(signs: Iterable[object]) -> Text:
    words: list[Text] = [f"{sign.shape} {sign.word}" for sign in signs]  # type: ignore[attr-defined]
    return joined(words, "；", "; ") if words else "—"


def _lapses(content: Content) -> Sheet:
    columns = [
        Column("情况", "State", 13),
        _DEPARTMENT,
        Column("报告期", "Period", 16),
        Column("报表", "Sheet", 30, is_both=True),
        Column("截止日期", "Due", 12),
        Column("收到时间", "Received", 18),
        _FILE,
    ]
    lines: Iterable[list[Value]] = (
        [item.sign, item.department, item.period, item.sheet, item.due, item.received, item.file]
        for item in content.turnout.lapses
    )
    return sheet("未报、暂缓、迟报明细", columns, lines)


def _files(content: Content) -> Sheet:
    columns = [
        _STATE,
        _DEPARTMENT,
        _FILE,
        Column("收到时间", "Received", 17),
        Column("原因代码", "Code", 18),
        Column("原因与处理办法", "Reason and what to do", 50, is_both=True),
    ]
    lines: Iterable[list[Value]] = (
        [line.sign, line.department, line.file, line.received, line.code, line.reason]
        for line in (*content.held, *content.refused)
    )
    return sheet("暂缓、退回文件", columns, lines)


def _cells(content: Content) -> Sheet:
    columns = [Column("部门", "Department", 24, is_both=True), Column("文件", "Files", 9)]
    columns += [Column(name.zh, name.english, 11) for name in content.fate_names]
    columns += [Column("合计", "Total", 11), Column("识别率(%)", "Recognised (%)", 11)]
    lines: Iterable[list[Value]] = (
        [line.name, line.files, *line.counts, line.total, line.coverage] for line in content.fates
    )
    return sheet("单元格去向", columns, lines)


def _revisions(content: Content) -> Sheet:
    columns = [
        _DEPARTMENT,
        _SERIES,
        _CONTEXT,
        Column("口径", "Basis", 20),
        Column("修订前", "Before", 13),
        Column("修订后", "After", 13),
        Column("差额", "Difference", 13),
        _UNIT,
        Column("修订时间", "Revised", 17),
        Column("修订前出处", "Place before", 44),
        Column("修订后出处", "Place after", 44),
    ]
    lines: Iterable[list[Value]] = (
        [
            group.name,
            line.indicator,
            line.context,
            joined([line.basis, line.scope]),
            line.old,
            line.new,
            line.difference,
            line.revision.unit_measure,
            line.revised,
            _place(line.revision.old_file, line.revision.old_sheet, line.revision.old_cell),
            _place(line.revision.new_file, line.revision.new_sheet, line.revision.new_cell),
        ]
        for group in content.revisions
        for line in group.lines
    )
    return sheet("数据修订", columns, lines)


def _place(file: str | None, sheet_name: str | None, cell: str | None) -> str:
    if not file:
        return "—"
    return f"{file} {sheet_name or ''}{f'!{cell}' if cell else ''}".rstrip()


def _corrections(content: Content) -> Sheet:
    columns = [
        _STATE,
        _SERIES,
        _CONTEXT,
        _DEPARTMENT,
        Column("原值", "Old", 13),
        Column("更正值", "New", 13),
        _UNIT,
        Column("原因", "Reason", 40),
        Column("依据", "Source", 24),
        Column("登记", "Entered", 24),
        Column("出处", "Place", 44),
    ]
    lines: Iterable[list[Value]] = (
        [
            line.sign,
            line.indicator,
            line.context,
            line.department,
            line.old,
            line.new,
            line.correction.cell_unit,
            line.correction.reason_zh,
            line.correction.source,
            line.entered,
            _place(line.correction.file, line.correction.sheet, line.correction.cell),
        ]
        for line in content.corrections
    )
    return sheet("数据更正", columns, lines)


def _scorecard(content: Content) -> Sheet:
    columns = [
        _STATE,
        Column("部分", "Part", 20),
        Column("目标", "Target", 30, is_both=True),
        Column("要求", "Demand", 22),
        Column("实际值", "Actual", 13),
        _UNIT,
        Column("完成率(%)", "Done (%)", 11),
        Column("应达进度(%)", "Path (%)", 11),
        Column("时序进度(%)", "Linear (%)", 11),
        Column("差距", "Gap", 11),
        Column("差距单位", "Unit of the gap", 10),
        Column("判定依据", "How it was judged", 60),
        Column("出处", "Place", 44),
    ]
    lines: Iterable[list[Value]] = (
        [
            line.sign,
            line.progress.section,
            line.name,
            line.progress.demand_zh,
            line.actual,
            line.progress.unit_measure,
            line.completion,
            line.path,
            line.linear,
            line.gap,
            line.gap.unit,
            line.progress.working,
            _place(line.progress.file, line.progress.sheet, line.progress.cell),
        ]
        for line in content.scorecard
    )
    return sheet("年度目标进度", columns, lines)


def _systems(content: Content) -> Sheet:
    columns = [
        Column("机制", "System", 26, is_both=True),
        Column("出处", "Section of the report", 30),
        Column("本期情况", "This period", 60),
        Column("条目", "Items", 9),
        Column("需关注", "Attention", 10),
        Column("无数据", "No data", 9),
        Column("数据表", "Table", 24),
    ]
    lines: Iterable[list[Value]] = (
        [
            line.name,
            line.system.section_zh,
            line.system.words_zh,
            Figure(line.items, "", line.system.n_items if line.items != "—" else None),
            line.system.n_attention if line.attention else line.items and "—",
            Figure(line.no_data, "", line.system.n_no_data if line.no_data != "—" else None),
            line.system.mart,
        ]
        for table in content.systems
        for line in table.lines
    )
    return sheet(Both("工作机制运行情况"), columns, lines)
