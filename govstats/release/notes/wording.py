"""The words of the notes: what each kind of change is called and how it is counted."""

from govstats.release.report.words import Both

#: Title of each part and the sentence that counts it; {n} is the number.
PARTS: dict[str, tuple[Both, Both]] = {
    "submissions_new": (
        Both("新收报表", "Sheets received"),
        Both("新收报表 {n} 份", "sheets received: {n}"),
    ),
    "submissions_gone": (
        Both("不再采用的报表", "Sheets no longer on the ledger"),
        Both("不再采用报表 {n} 份", "sheets no longer on the ledger: {n}"),
    ),
    "submissions_turned": (
        Both("报表状态变化", "Sheets whose state changed"),
        Both("报表状态变化 {n} 份", "sheets whose state changed: {n}"),
    ),
    "figures_new": (
        Both("新增数据", "New figures"),
        Both("新增数据 {n} 个", "new figures: {n}"),
    ),
    "figures_gone": (
        Both("减少数据", "Figures no longer there"),
        Both("减少数据 {n} 个", "figures no longer there: {n}"),
    ),
    "figures_changed": (
        Both("数据变动", "Figures that changed"),
        Both("数据变动 {n} 个", "figures that changed: {n}"),
    ),
    "targets_since": (
        Both("目标状态变化（与上一版最新报告期相比）", "Targets that turned since"),
        Both("目标状态变化 {n} 项", "targets that turned since: {n}"),
    ),
    "targets_turned": (
        Both("目标重新判定（同一报告期）", "Targets judged anew for the same period"),
        Both("同一报告期目标重新判定 {n} 项次", "targets judged anew for the same period: {n}"),
    ),
    "targets_redefined": (
        Both("目标定义变化", "Targets defined otherwise"),
        Both("目标定义变化 {n} 项", "targets defined otherwise: {n}"),
    ),
    "findings_new": (
        Both("新增审核意见", "New findings"),
        Both("新增审核意见 {n} 条", "new findings: {n}"),
    ),
    "findings_closed": (
        Both("消除的审核意见", "Findings that are gone"),
        Both("消除审核意见 {n} 条", "findings that are gone: {n}"),
    ),
    "findings_turned": (
        Both("审核意见处理情况变化", "Findings whose state changed"),
        Both("审核意见处理情况变化 {n} 条", "findings whose state changed: {n}"),
    ),
    "rules_changed": (
        Both("审核规则变化", "Rules that changed"),
        Both("审核规则变化 {n} 条", "rules that changed: {n}"),
    ),
    "corrections_changed": (
        Both("数据更正变化", "Corrections that changed"),
        Both("数据更正变化 {n} 条", "corrections that changed: {n}"),
    ),
    "overrides_changed": (
        Both("特批变化", "Overrides that changed"),
        Both("特批变化 {n} 条", "overrides that changed: {n}"),
    ),
    "seeds_changed": (
        Both("种子表变化", "Seeds that changed"),
        Both("种子表变化 {n} 张", "seeds that changed: {n}"),
    ),
    "marts_changed": (
        Both("数据集市表变化", "Marts of another shape"),
        Both("数据集市表变化 {n} 张", "marts of another shape: {n}"),
    ),
}

INPUTS = {
    "ledger": Both("收到的报表", "the sheets received"),
    "knowledge": Both("布局、规则、种子表或模型", "layouts, rules, seeds or models"),
    "code": Both("程序", "the program"),
    "engines": Both("计算引擎版本", "the version of an engine"),
}

CHANGES = {
    "new": Both("新增", "New"),
    "gone": Both("取消", "Gone"),
    "changed": Both("修改", "Changed"),
    "columns": Both("列有变化", "Other columns"),
    "lines": Both("行有变化", "Other lines"),
}

CAUSES = {
    "resubmitted": Both("重新报送", "sent again"),
    "corrected": Both("更正", "corrected"),
    "held": Both("原报表因审核暂缓", "its sheet is held by the audit"),
    "let_in": Both("原暂缓的报表恢复采用", "a held sheet was let in"),
    "reread": Both("布局、口径或程序调整", "read otherwise"),
}

_SHEETS, _FINDINGS = Both("份", "sheets"), Both("条", "findings")
#: The numbers of a release, in the order of the first table.
NUMBERS = {
    "submissions": (Both("报表", "Sheets"), _SHEETS),
    "refused": (Both("其中退回", "of these refused"), _SHEETS),
    "held": (Both("其中审核暂缓", "of these held"), _SHEETS),
    "observations": (Both("数据", "Figures"), Both("个", "figures")),
    "revisions": (Both("修订", "Revisions"), Both("处", "changes")),
    "findings": (Both("审核意见", "Findings"), _FINDINGS),
    "unexplained": (Both("其中待说明", "of these open"), _FINDINGS),
    "overridden": (Both("其中特批", "of these overridden"), _FINDINGS),
}
