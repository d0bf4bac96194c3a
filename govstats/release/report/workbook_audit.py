"""The sheets of the workbook about the audit as a whole: verdict, counts, coverage, trend."""

from collections.abc import Iterable, Iterator

from govstats.release.report import workbook_findings
from govstats.release.report.content import Content
from govstats.release.report.sheets import Column, Sheet, Value, sheet
from govstats.release.report.signs import Sign
from govstats.release.report.trend import MEASURES
from govstats.release.report.words import Both, en, zh

_DEPARTMENT = Column("部门", "Department", 12)
_SEVERITIES = [Column("强制性", "Hard", 9), Column("核实性", "Soft", 9), Column("提示", "Info", 9)]
_WAITING = Column("待说明", "To explain", 9)
_SHARE = Column("覆盖率(%)", "Coverage (%)", 10)


def sheets(content: Content, title: Both) -> Iterator[Sheet]:
    """Return the sheets in the order of the page."""
    yield _verdict(content, title)
    yield _departments(content)
    yield _kinds(content)
    yield workbook_findings.findings(content)
    yield workbook_findings.explanations(content)
    yield _coverage(content)
    yield _bare(content)
    yield _trend(content)


def _verdict(content: Content, title: Both) -> Sheet:
    release, verdict = content.release, content.verdict
    lines: list[list[Value]] = [
        [Both("报告期", "Period"), content.period],
        [Both("数据版本", "Version"), release.release_id],
        [Both("数据截至", "Data as of"), content.cut_off],
    ]
    if release.as_of:
        lines.append([Both("重建至", "Rebuilt as of"), release.as_of])
    lines.append([Both("审核结论", "Verdict"), _signed(verdict.sign)])
    lines += [[Both("", " "), sentence] for sentence in (*verdict.sentences, verdict.reason)]
    lines += list(_to_do(content))
    lines += [[label, ""] for label in _SIGNATURES]
    columns = [
        Column("项目", "Item", 26, is_both=True),
        Column("内容", "Content", 70, is_both=True),
    ]
    return sheet("审核结论", columns, lines, (zh(title), en(title)))


_SIGNATURES = (
    Both("编制人", "Prepared by"),
    Both("审核人", "Audited by"),
    Both("单位负责人", "Head of the bureau"),
    Both("审核单位（盖章处）", "Bureau (seal)"),
    Both("日期", "Date"),
)


def _signed(sign: Sign) -> Both:
    return Both(f"{sign.shape} {zh(sign.word)}", f"{sign.shape} {en(sign.word)}")


def _to_do(content: Content) -> Iterable[list[Value]]:
    for tasks in content.verdict.lists:
        for task in tasks.tasks:
            chinese = f"{task.department}：{task.rule}（{task.rule_id}），{task.found} 条，"
            english = f"{en(task.department)}: {en(task.rule)} ({task.rule_id}), {task.found}. "
            said = Both(chinese + task.remedy.zh, english + task.remedy.english)
            yield [tasks.heading, said]
    for held in content.held:
        said = Both(f"{held.file}：{held.reason}", f"{held.file}: {held.reason.english}")
        yield [Both("因审核暂缓的报表", "Sheet held by the audit"), said]
    for made in content.verdict.overrides:
        decided = f"{made.author} {made.decided_on or ''} {made.reason}"
        said = Both(
            f"{made.rule}（{made.finding.rule_id}）：{decided}",
            f"{made.rule.english} ({made.finding.rule_id}): {decided}",
        )
        yield [Both("特批放行", "Override"), said]


def _departments(content: Content) -> Sheet:
    columns = [
        Column("部门", "Department", 24, is_both=True),
        Column("文件", "Files", 9),
        Column("退回暂缓", "Kept back", 9),
        Column("按时率(%)", "On time (%)", 10),
        *_SEVERITIES,
        _WAITING,
        _SHARE,
    ]
    lines: Iterable[list[Value]] = (
        [line.name, line.files, line.kept_back, line.on_time, *line.found, line.waiting,
         line.coverage]
        for line in content.departments
    )  # fmt: skip
    return sheet("各部门审核情况", columns, lines)


def _kinds(content: Content) -> Sheet:
    outcomes = [Column("通过", "Pass", 9), Column("未通过", "Fail", 9), Column("不适用", "N/A", 9)]
    columns = [
        Column("类别", "Kind", 18, is_both=True),
        Column("规则", "Rules", 9),
        *outcomes,
        *_SEVERITIES,
        _WAITING,
        Column("合计", "Total", 9),
    ]
    lines: Iterable[list[Value]] = (
        [line.name, line.rules, *line.outcomes, *line.found, line.waiting, line.total]
        for line in content.kinds
    )
    return sheet("各类规则审核情况", columns, lines)


def _coverage(content: Content) -> Sheet:
    columns = [
        Column("部门", "Department", 24, is_both=True),
        Column("采用数", "In use", 12),
        Column("已覆盖", "Covered", 12),
        Column("未覆盖", "Not covered", 12),
        _SHARE,
    ]
    lines: Iterable[list[Value]] = (
        [line.name, line.figures, line.touched, line.untouched, line.share]
        for line in content.coverage
    )
    return sheet("审核覆盖", columns, lines)


def _bare(content: Content) -> Sheet:
    columns = [
        _DEPARTMENT,
        Column("报表", "Sheet", 30, is_both=True),
        Column("指标或栏目", "Indicator or field", 30, is_both=True),
        Column("未覆盖", "Not covered", 12),
        Column("采用数", "In use", 12),
        Column("最近报告期", "Latest period", 14),
        Column("最近一处", "Latest place", 18),
    ]
    lines: Iterable[list[Value]] = (
        [line.department, line.sheet, line.series, line.untouched, line.figures, line.period,
         line.cell]
        for line in content.bare
    )  # fmt: skip
    return sheet("没有规则比对的数据", columns, lines)


def _trend(content: Content) -> Sheet:
    columns = [Column("版本", "Version", 24), Column("发布时间", "Published", 18)]
    columns += [Column(name.zh, name.en, 11) for name in MEASURES.values()]
    lines: Iterable[list[Value]] = (
        [line.release_id, "本版 this one" if line.is_this else line.published, *line.numbers]
        for line in content.trend.lines
    )
    return sheet("历次发布走势", columns, lines)
