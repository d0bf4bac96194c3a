"""The sheets of the workbook that go line by line: findings, explanations, the rule handbook."""

from collections.abc import Iterable

from govstats.release.report.content import Content
from govstats.release.report.sheets import Column, Sheet, Value, sheet

_DEPARTMENT = Column("部门", "Department", 12)
_FILE = Column("文件", "File", 40)
_SHEET = Column("工作表", "Sheet", 12)
_CELL = Column("单元格", "Cell", 9)
_RULE = Column("规则", "Rule", 24, is_both=True)
_REMEDY = Column("处理办法", "What to do", 30, is_both=True)


def findings(content: Content) -> Sheet:
    """Return every finding, in the order of the page."""
    columns = [
        _DEPARTMENT,
        Column("级别", "Severity", 10),
        Column("状态", "State", 13),
        Column("编号", "Id", 10),
        _RULE,
        Column("类别", "Kind", 10),
        _FILE,
        _SHEET,
        _CELL,
        Column("指标、地区和报告期", "Indicator, area, period", 30),
        Column("数值", "Value", 14),
        Column("应为", "Expected", 14),
        Column("问题", "Finding", 50, is_both=True),
        _REMEDY,
        Column("变化原因", "Explanation", 30),
        Column("填报人、时间", "Given by, at", 18),
        Column("审核答复", "Reply", 24),
        Column("特批", "Override", 24),
    ]
    lines: Iterable[list[Value]] = (
        [
            group.name,
            rule.severity,
            line.state,
            rule.rule_id,
            rule.name,
            rule.kind_name,
            line.finding.file,
            line.finding.sheet,
            line.finding.cell,
            line.subject,
            line.value,
            line.expected,
            line.message,
            rule.remedy,
            line.finding.explanation,
            line.explained,
            line.finding.explanation_reply_zh,
            _override(line.finding.override_by, line.finding.override_reason_zh),
        ]
        for group in content.groups
        for rule in group.rules
        for line in rule.lines
    )
    return sheet("审核发现", columns, lines)


def _override(author: str | None, reason: str | None) -> str | None:
    return f"{author}：{reason}" if author else None


def explanations(content: Content) -> Sheet:
    """Return every explanation that was given, and the answer to it."""
    columns = [
        Column("处理结果", "Outcome", 14),
        _DEPARTMENT,
        Column("编号", "Id", 10),
        _RULE,
        Column("变化原因", "Explanation", 50),
        Column("审核答复", "Reply", 30, is_both=True),
        Column("填报人", "By", 12),
        Column("收到时间", "Received", 17),
        _FILE,
        _SHEET,
        _CELL,
    ]
    lines: Iterable[list[Value]] = (
        [
            line.outcome,
            line.department,
            line.explanation.rule_id,
            line.rule,
            line.explanation.explanation,
            line.reply,
            line.explanation.explained_by,
            line.received,
            line.explanation.file,
            line.explanation.sheet,
            line.explanation.cell,
        ]
        for line in content.explanations
    )
    return sheet("变化原因说明", columns, lines)


def rules(content: Content) -> Sheet:
    """Return the rule handbook."""
    columns = [
        Column("编号", "Id", 10),
        _RULE,
        Column("类别", "Kind", 10),
        Column("级别", "Severity", 10),
        Column("未通过时", "Holds", 12),
        Column("结果", "Result", 11),
        Column("审核次数", "Judged", 10),
        Column("未通过", "Failed", 9),
        Column("未审核原因", "Why nothing was judged", 24, is_both=True),
        Column("依据", "Basis", 40, is_both=True),
        _REMEDY,
        Column("对象", "Judges", 40),
        Column("判断", "Asks", 50),
    ]
    lines: Iterable[list[Value]] = (
        [
            line.rule.rule_id,
            line.name,
            line.kind,
            line.severity,
            line.holds,
            line.outcome,
            line.rule.evaluated,
            line.rule.failed,
            line.note,
            line.basis,
            line.remedy,
            line.judges,
            line.asks,
        ]
        for line in content.rules
    )
    return sheet("审核规则手册及结果", columns, lines)
