"""Values into words and figures, the way the bureau writes them."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

_WIDE = str.maketrans(",;:", "，；：")
#: A narrow mark beside a Chinese character or a closing one, or a passage in quotes.
_NARROW = re.compile(
    r"(?P<quoted>“[^”]*”|「[^」]*」|\"[^\"]*\")"
    r"|(?<=[\u3400-\u9fff）”」])[,;:]|[,;:](?=[\u3400-\u9fff（“「])"
)
_PLAIN_NUMBER = re.compile(r"(?P<minus>-?)(?P<whole>\d+)(?:\.(?P<part>\d+))?")
_CENT = Decimal("0.01")
#: Units that are written against the figure, without a gap.
_ATTACHED_UNITS = ("%", "‰")
#: Chinese characters and marks, from here on, are twice as wide as a digit.
_FIRST_WIDE = 0x2E80
_RANK_UNIT = "位次"
#: A difference of percentages is in percentage points, one of ranks in places.
_DIFFERENCE_UNITS = {"%": "百分点", _RANK_UNIT: "位"}


@dataclass(frozen=True)
class Sign:
    """A judgement shown three ways: shape, word and (for those who see it) tone."""

    shape: str
    word: str
    tone: str


@dataclass(frozen=True)
class Figure:
    """A number as printed and its unit; ``number`` is a word where there is no number."""

    number: str
    unit: str = ""

    @property
    def unit_attached(self) -> bool:
        """Whether the unit stands against the number (8.1%) or after a gap (750 亿元)."""
        return self.unit.startswith(_ATTACHED_UNITS)


_UNKNOWN = "grey"
SEVERITIES = {
    "hard": Sign("■", "强制性", "red"),
    "soft": Sign("▲", "核实性", "amber"),
    "info": Sign("○", "提示", "grey"),
}
OUTCOMES = {
    "pass": Sign("●", "通过", "green"),
    "fail": Sign("■", "未通过", "red"),
    "not_applicable": Sign("○", "不适用", "grey"),
}
_LIGHTS = {
    "green": ("●", "green"),
    "yellow": ("▲", "amber"),
    "red": ("■", "red"),
    "none": ("○", "grey"),
}
_CORRECTIONS = {
    "applied": ("●", "green"),
    "source_changed": ("▲", "amber"),
    "unmatched": ("▲", "amber"),
}
DUTIES = {
    "on_time": Sign("●", "按时", "green"),
    "late": Sign("▲", "迟报", "amber"),
    "missing": Sign("■", "未报", "red"),
    "not_due": Sign("○", "未到期", "grey"),
}
HOLDS = {"release": "暂停发布", "submission": "退回报表", "none": "不影响发布"}
_MEASURES = {
    "level": "绝对量",
    "growth": "增速",
    "rank": "总量位次",
    "growth_rank": "增速位次",
    "plan": "年初预算/年度目标数",
    "completion": "上报完成率",
}
_PERIOD_TYPES = {
    "ytd": "累计",
    "month": "当月",
    "quarter": "当季",
    "instant": "时点",
    "year": "年度",
}
_SCOPES = {"jurisdiction": "本级管辖口径", "administrative": "行政区划口径"}


def severity(code: str) -> Sign:
    """Return the sign of an audit severity; an unknown code is shown as it is."""
    return SEVERITIES.get(code, Sign("○", code, _UNKNOWN))


def outcome(code: str, severity_code: str) -> Sign:
    """Return the sign of a rule's outcome; only a failed hard rule is red."""
    if code == "fail" and severity_code != "hard":
        found = severity(severity_code)
        return Sign(found.shape, OUTCOMES["fail"].word, found.tone)
    return OUTCOMES.get(code, Sign("○", code, _UNKNOWN))


def light(code: str, status_zh: str) -> Sign:
    """Return the sign of a target's light with its status word."""
    shape, tone = _LIGHTS.get(code, ("○", _UNKNOWN))
    return Sign(shape, status_zh, tone)


def correction(code: str, word: str) -> Sign:
    """Return the sign of a correction's state with its word."""
    shape, tone = _CORRECTIONS.get(code, ("○", _UNKNOWN))
    return Sign(shape, word, tone)


def measure(code: str) -> str:
    """Return the Chinese word for a measure."""
    return _MEASURES.get(code, code)


def period_type(code: str) -> str:
    """Return the Chinese word for a period type."""
    return _PERIOD_TYPES.get(code, code)


def scope(code: str) -> str:
    """Return the Chinese word for a geographic scope."""
    return _SCOPES.get(code, code)


def number(value: Decimal | int) -> str:
    """Return ``value`` in full: thousands marked, trailing zeros off, a true minus sign."""
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,d}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", "−")


def figure(value: Decimal | int | None, unit: str | None, missing: str = "无数据") -> Figure:
    """Return ``value`` with its unit, a rank as 第 n 位, or the word ``missing`` alone."""
    if value is None:
        return Figure(missing)
    if unit == _RANK_UNIT:
        return Figure(f"第 {number(value)}", "位")
    return Figure(number(value), unit or "")


def difference(value: Decimal | None, unit: str | None) -> Figure:
    """Return a difference of two figures in ``unit``, in full, with its sign."""
    if value is None:
        return Figure("—")
    return signed(Figure(number(value), _DIFFERENCE_UNITS.get(unit or "", unit or "")))


def share(value: Decimal | None, unit: str = "%", missing: str = "—") -> Figure:
    """Return a percentage or a difference of percentages to two decimals.

    A value that two decimals would turn into nothing stays in full: a gap is never hidden.
    """
    if value is None:
        return Figure(missing)
    rounded = value.quantize(_CENT, rounding=ROUND_HALF_UP)
    return Figure(number(rounded if rounded or not value else value), unit)


def signed(shown: Figure) -> Figure:
    """Return the figure of a difference with its plus sign."""
    positive = shown.number[:1].isdigit() and shown.number != "0"
    return Figure(f"+{shown.number}" if positive else shown.number, shown.unit)


def ratio(part: int, whole: int) -> Figure:
    """Return ``part`` of ``whole`` in per cent; nothing of nothing is no figure."""
    return share(Decimal(part) * 100 / Decimal(whole)) if whole else Figure("—")


def evidence(text: str | None) -> str:
    """Return a finding's value as it was found; a bare number loses its trailing zeros."""
    if text is None or not text.strip():
        return "—"
    found = _PLAIN_NUMBER.fullmatch(text)
    if not found:
        return text
    part = (found["part"] or "").rstrip("0")
    return f"{'−' if found['minus'] else ''}{found['whole']}{'.' if part else ''}{part}"


def fits(text: str) -> bool:
    """Return whether a value is short enough for a column of figures: a date with time is."""
    return sum(2 if ord(letter) >= _FIRST_WIDE else 1 for letter in text) <= len("2020-01-31 12:00")


def day(value: date | None) -> str:
    """Return a date as YYYY-MM-DD."""
    return "—" if value is None else value.isoformat()[:10]


def minute(value: datetime) -> str:
    """Return a moment as YYYY-MM-DD HH:MM, in the local time it was recorded in."""
    return value.strftime("%Y-%m-%d %H:%M")


def typeset(text: str) -> str:
    """Return Chinese prose with wide commas, semicolons and colons.

    What stands in quotes was found on a sheet and stays as it is.
    """
    return _NARROW.sub(lambda m: m["quoted"] or m[0].translate(_WIDE), text)
