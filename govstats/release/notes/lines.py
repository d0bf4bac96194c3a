"""One line per change, in words: the columns of every table of the notes and what fills them."""

from collections.abc import Callable
from typing import Any

from govstats.release.notes.model import Row
from govstats.release.notes.wording import CAUSES, CHANGES
from govstats.release.report.figures import DASH, Figure, count, day, figure, minute
from govstats.release.report.names import Names
from govstats.release.report.revisions import basis
from govstats.release.report.sheets import Column, Value
from govstats.release.report.signs import SHAPES, Sign, sign
from govstats.release.report.words import Both, Text, both, joined

_DEPARTMENT = Column("部门", "Department", 12)
_PERIOD = Column("报告期", "Period", 16)
_FILE = Column("文件", "File", 40)
_CHANGE = Column("变化", "Change", 10)
_BEFORE, _AFTER = Column("原为", "Before", 14), Column("现为", "Now", 14)
_RULE = Column("规则", "Rule", 30)
_PLACE = Column("出处", "Place", 44)
_TARGET, _DEMAND = Column("目标", "Target", 30), Column("要求", "Demand", 22)
_FIGURES = Column("数据", "Figures", 10)
_SHEETS = (_DEPARTMENT, _PERIOD, _FILE, Column("收到时间", "Received", 17), _AFTER)
_COUNTED = (_DEPARTMENT, _PERIOD, _FIGURES, Column("其中有数值", "with a value", 10))
_JUDGED = (
    *(_TARGET, _DEMAND, _PERIOD, _BEFORE, _AFTER),
    *(Column("原数值", "Figure before", 14), Column("现数值", "Figure now", 14), _PLACE),
)
_FOUND = (Column("级别", "Severity", 10), _DEPARTMENT, _RULE, Column("问题", "Finding", 50), _PLACE)
_TABLES = (
    Column("表", "Table", 28),
    _CHANGE,
    Column("增加", "Added", 30),
    Column("减少", "Gone", 30),
)

COLUMNS: dict[str, tuple[Column, ...]] = {
    "submissions_new": _SHEETS,
    "submissions_gone": _SHEETS,
    "submissions_turned": (_DEPARTMENT, _PERIOD, _FILE, _BEFORE, _AFTER),
    "figures_new": _COUNTED,
    "figures_gone": _COUNTED,
    "figures_changed": (
        *(_DEPARTMENT, Column("指标、地区和报告期", "Indicator, area, period", 30)),
        *(Column("口径", "Basis", 20), _BEFORE, _AFTER, Column("原因", "Why", 18)),
        Column("出处（前 → 后）", "Place (before → after)", 44),
    ),
    "targets_since": _JUDGED,
    "targets_turned": _JUDGED,
    "targets_redefined": (_CHANGE, _TARGET, _DEMAND),
    "findings_new": _FOUND,
    "findings_closed": _FOUND,
    "findings_turned": (_DEPARTMENT, _RULE, Column("问题", "Finding", 50), _BEFORE, _AFTER, _PLACE),
    "rules_changed": (_CHANGE, _RULE, Column("级别", "Severity", 10)),
    "corrections_changed": (
        *(_CHANGE, _DEPARTMENT, Column("数据", "Figure", 40), _BEFORE, _AFTER),
        *(Column("状态", "State", 14), Column("原因", "Why", 40)),
    ),
    "overrides_changed": (
        *(_CHANGE, _RULE, Column("状态", "State", 12), Column("登记人", "By", 12)),
        *(Column("日期", "Day", 12), Column("理由", "Why", 40)),
    ),
    "seeds_changed": _TABLES,
    "marts_changed": _TABLES,
}


def _sheet(row: Row, names: Names) -> list[Value]:
    return [
        *(names.department(row["department_code"]), row["time_period"], row["file"]),
        *(minute(row["received_at"]), _status(row["status"], names)),
    ]


def _sheet_turned(row: Row, names: Names) -> list[Value]:
    return [
        *(names.department(row["department_code"]), row["time_period"], row["file"]),
        *(_status(row["old_status"], names), _status(row["status"], names)),
    ]


def _status(code: str, names: Names) -> Sign:
    return sign("submission_status", code, names.word("submission_status", code))


def _counted(row: Row, names: Names) -> list[Value]:
    return [
        *(names.department(row["department_code"]), names.period(row["period_end"])),
        *(count(row["figures"]), count(row["values"])),
    ]


def _figure_changed(row: Row, names: Names) -> list[Value]:
    place = both("{area}，{period}", "{area}, {period}", **_where(row, names))
    return [
        names.department(row["department_code"]),
        joined([names.indicator(row["indicator_code"]), place]),
        joined(
            [basis(row["period_type"], row["measure"], names), names.word("scope", row["scope"])]
        ),
        _value(row, "old", names),
        _value(row, "new", names),
        CAUSES[row["cause"]],
        f"{_at(row, 'old_')} → {_at(row, 'new_')}",
    ]


def _where(row: Row, names: Names) -> dict[str, object]:
    return {"area": names.area(row["ref_area"]), "period": names.period(row["period_end"])}


def _value(row: Row, side: str, names: Names) -> Figure:
    kind = row[f"{side}_missing_kind"]
    missing = names.word("missing_kind", kind) if kind else Both("空", "empty")
    return figure(row[f"{side}_value"], row[f"{side}_unit"], missing=missing)


def _at(row: Row, side: str = "") -> str:
    """Return file, sheet and cell of a change as one text, as far as it has them."""
    file, sheet, cell = (row[f"{side}{name}"] for name in ("file", "sheet", "cell"))
    where = "!".join(part for part in (sheet, cell) if part)
    return " ".join(part for part in (file, where) if part) or DASH


def _target_judged(row: Row, names: Names) -> list[Value]:
    return [
        *(Both(row["name_zh"], row["name_en"] or ""), row["demand_zh"]),
        names.period(row["period_end"]),
        *(_judgement(row, "old_", names), _judgement(row, "", names)),
        *(figure(row["old_value"], row["old_unit"]), figure(row["new_value"], row["new_unit"])),
        _at(row),
    ]


def _judgement(row: Row, side: str, names: Names) -> Sign:
    word = Both(row[f"{side}status_zh"], names.word("status", row[f"{side}status"]).en)
    return sign("light", row[f"{side}light"], word)


def _target_redefined(row: Row, _: Names) -> list[Value]:
    name = Both(row["name_zh"], row["name_en"] or "")
    return [CHANGES[row["change"]], name, row["demand_zh"]]


def _finding(row: Row, names: Names) -> list[Value]:
    severity = row["severity"]
    return [
        sign("severity", severity, names.word("severity", severity)),
        *(names.department(row["department_code"]), _rule(row)),
        *(Both(row["message_zh"], row["message_en"]), _at(row)),
    ]


def _finding_turned(row: Row, names: Names) -> list[Value]:
    return [
        *(names.department(row["department_code"]), _rule(row)),
        Both(row["message_zh"], row["message_en"]),
        *(_handled(row, "old_", names), _handled(row, "", names)),
        _at(row),
    ]


def _handled(row: Row, side: str, names: Names) -> Sign:
    word = Both(row[f"{side}state_zh"], names.word("finding_state", row[f"{side}state"]).en)
    return sign("finding_state", row[f"{side}state"], word)


def _rule(row: Row) -> Text:
    name = Both(row["rule_name_zh"], row["rule_name_en"])
    return both("{id} {name}", "{id} {name}", id=row["rule_id"], name=name)


def _rule_changed(row: Row, names: Names) -> list[Value]:
    rule = {"rule_name_zh": row["name_zh"], "rule_name_en": row["name_en"]} | row
    severity = row["severity"]
    return [
        *(CHANGES[row["change"]], _rule(rule)),
        sign("severity", severity, names.word("severity", severity)),
    ]


def _correction(row: Row, names: Names) -> list[Value]:
    state = Both(row["state_zh"], names.word("correction_state", row["state"]).en)
    known = SHAPES["correction_state"]
    return [
        *(CHANGES[row["change"]], names.department(row["department_code"]), row["figure"]),
        figure(row["old_cell_value"], row["cell_unit"]),
        figure(row["new_cell_value"], row["cell_unit"], missing=Both("撤回", "withdrawn")),
        sign("correction_state", row["state"], state) if row["state"] in known else state,
        row["reason_zh"],
    ]


def _override(row: Row, names: Names) -> list[Value]:
    state = Both(row["state_zh"], names.word("override_state", row["state"]).en)
    return [
        *(CHANGES[row["change"]], row["rule_id"], state),
        *(row["author"], day(row["decided_on"]), row["reason_zh"]),
    ]


def _reshaped(row: Row, _: Names) -> list[Value]:
    added, removed = (_amount(row[name]) for name in ("added", "removed"))
    return [row["table"], CHANGES[row["change"]], added, removed]


def _amount(what: int | list[str]) -> Value:
    if isinstance(what, int):
        return both("{n} 行", "lines: {n}", n=what) if what else DASH
    return joined([*what], "、") if what else DASH


LINES: dict[str, Callable[[dict[str, Any], Names], list[Value]]] = {
    "submissions_new": _sheet,
    "submissions_gone": _sheet,
    "submissions_turned": _sheet_turned,
    "figures_new": _counted,
    "figures_gone": _counted,
    "figures_changed": _figure_changed,
    "targets_since": _target_judged,
    "targets_turned": _target_judged,
    "targets_redefined": _target_redefined,
    "findings_new": _finding,
    "findings_closed": _finding,
    "findings_turned": _finding_turned,
    "rules_changed": _rule_changed,
    "corrections_changed": _correction,
    "overrides_changed": _override,
    "seeds_changed": _reshaped,
    "marts_changed": _reshaped,
}
