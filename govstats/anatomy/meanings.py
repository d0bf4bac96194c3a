"""What the words of labels mean in a layout: measure, kind of period, cycle, type of field."""

import re

from govstats.layouts.labels import squeeze
from govstats.layouts.periods import Statement

#: The first that fits; a rate of completion speaks of plans, a rank of growth.
_MEASURES = (
    ("growth_rank", r"(增速|增幅|增长率?)(位次|排名|名次)"),
    ("rank", r"位次|排名|名次|^排序$"),
    (
        "completion",
        r"完成率|占.*(预算|计划|目标|任务)|(预算|计划|目标|任务)的?%|完成.*(%|比例|进度)|^(完成)?进度",
    ),
    ("growth", r"同比|增长|增速|增幅|增减|±|升降"),
    ("plan", r"(年初)?预算数?$|计划数?$|目标(任务|值|数)?$|任务数?$|年度(目标|计划|任务)"),
)
_PERIOD_TYPES = (
    ("month", r"本月(?!止)|当月|单月|^月$|_当期$"),
    ("quarter", r"本季|当季|单季"),
    ("ytd", r"累计|本月止|本年|今年|1-\d{1,2}月|至本月"),
    ("instant", r"期末|月末|年末|季末|余额|时点|存量|在库"),
    ("year", r"年初预算|年度|全年|年计划"),
)
_CYCLE_WORDS = (
    ("cumulative_month", r"月报|累计"),
    ("quarter", r"季报|季度"),
    ("year", r"年报|年度"),
)
_FIELD_TYPES = (
    ("target", r"目标|任务|计划(数|值)?$"),
    ("date", r"日期|时间$|时限|期限$"),
    ("department", r"责任单位|牵头|责任部门|主管部门|配合单位|^部门$|承办单位"),
    ("area", r"^(地区|区域|街道|乡镇|镇街|县市区|所在地|所属(地区|街道|乡镇))"),
)
_BETWEEN_DIGITS = re.compile(r"(?<=\d)\s+(?=\d)")
_LAST_MONTHS = {3, 6, 9, 12}
_SPAN = re.compile(
    r"(?:(?:19|20)\d{2}|[〇零一二三四五六七八九]{4})年度?|(?:\d{1,2}[-至到、])?\d{1,2}月份?|上半年|下半年|全年"
    r"|前?[一二三四1-4]季度|\d+"
)


def measure_of(label: str) -> str | None:
    """level is for whoever asks to assume; None where no word says another measure."""
    plain = squeeze(label)
    return next((name for name, words in _MEASURES if re.search(words, plain)), None)


def period_type_of(label: str) -> str | None:
    """The kind of period that a header names: 累计 ytd, 本月 month …; None where it names none."""
    plain = squeeze(label)
    if measure_of(label) == "plan":
        return "year"
    kinds = _PERIOD_TYPES[:-1] if measure_of(label) == "completion" else _PERIOD_TYPES
    return next((name for name, words in kinds if re.search(words, plain)), None)


def cycle_of(title: str, period: Statement | None) -> str | None:
    """How often a table comes, from the period in its title; None where nothing says it."""
    if period and period.last:
        if period.first == 1 and period.last > 1 and (period.is_range or "季" not in period.text):
            return "cumulative_month"
        is_quarter = period.first is not None and period.last - period.first == 2
        return "quarter" if is_quarter and period.last in _LAST_MONTHS else "month"
    plain = squeeze(title)
    found = next((cycle for cycle, words in _CYCLE_WORDS if re.search(words, plain)), None)
    return found or ("year" if period and period.year else None)


def default_period_type(cycle: str) -> str:
    """What a column that says nothing holds, by the cycle of its table."""
    return {"cumulative_month": "ytd", "month": "month", "quarter": "quarter"}.get(cycle, "year")


def field_type(label: str) -> str:
    """The type of a field of a register from its header; text where no word says more."""
    plain = squeeze(label)
    return next((name for name, words in _FIELD_TYPES if re.search(words, plain)), "text")


def lasting(title: str, names: tuple[str, ...]) -> str:
    """The longest part of a title that stays from period to period and place to place."""
    plain = squeeze(_BETWEEN_DIGITS.sub("〇〇", title))
    for name in sorted(names, key=len, reverse=True):
        plain = plain.replace(name, "\n")
    pieces = _SPAN.sub("\n", plain.replace("〇〇", "\n")).split("\n")
    return max((piece.strip("()-:、,") for piece in pieces), key=len, default="")
