"""Units as they are printed: those of the table of units, and any that is built like one."""

import re
from functools import lru_cache

from govstats.anatomy.words import closed, has_han
from govstats.layouts.labels import squeeze

_SCALE = r"(?:[十百千万亿]|十万|百万|千万|十亿|百亿|千亿|万亿)?"
_THING = (
    "元|美元|港元|日元|欧元|人民币元|人|人次|人年|人月|户|户次|户数|家|家次|个|所|处|座|套|栋|幢|间|件|宗|起|例"
    "|份|张|条|项|种|类|门|台|辆|艘|架|部|线|块|头|只|羽|匹|箱|吨|公斤|千克|克|斤|吨标准煤|标准煤|升|毫升"
    "|立方米|平方米|平方公里|平方千米|公里|千米|米|厘米|毫米|亩|公顷|千瓦|千瓦时|千瓦小时|度|瓦|伏|小时|分钟|秒|天|日|周|月|年"
    "|岁|分|次|票|平方|册|本|床|床位|张床位|焦耳|端口|端|号|对|组|站|皮长公里|芯公里|对公里|纤芯公里|载频|扇区"
    "|车次|趟|班|枚|粒|片|根|棵|株|盆|瓶|桶|桌|餐|标台|标箱|人公里|吨公里|立方|兆|户籍人|点|位|名|名次|篇|幅"
    "|课时|学时|人日|工日|亿立方米|村|社区|GB|TB|MB|kg|t|km|km2|m|m2|m3|ha|kW|kWh|mg/L|μg/m3|mg/m3"
)
_ATOM = rf"(?:{_SCALE}(?:{_THING})|%|‰|‱|℃)"
_UNIT = re.compile(rf"^(?:{_ATOM}(?:[/每·]{_ATOM})?|个?百分点|位次|倍|折|%点)$")
_BRACKET = re.compile(r"\(([^()]*)\)")
_LINE = re.compile(r"(?:计量)?单位[:为是]([^)()]+(?:\([^)]*\))?)")
_AFTER_COMMA = re.compile(r"[,:]([^,:]{1,6})$")
_RATE = re.compile(r"(?<=[^\d(])([%‰])$")
#: Words that are units in brackets only: alone they are 频度 月, or a label.
_NEVER_ALONE = frozenset("年月日天周号点位名分村社区站组对次期端度根片")
#: Foreign words that announce a unit; what a last bracket leaves out is no part of it.
_WORDED = re.compile(
    r"^\(?(?:all )?(?:amounts?|values?|figures?|bedragen|waarden|beträge|angaben|werte|montants?"
    r"|valeurs?|chiffres|importes?|valores|cifras)(?: are| expressed)? (?:in|en) "
    r"(\S.*?)(?: \([^()]*\))?\)?$",
    re.IGNORECASE,
)
_LONGEST_UNIT = 40
_SEPARATOR = re.compile(r"[、,;]|或")


@lru_cache(maxsize=65536)
def is_unit(text: str, units: frozenset[str] = frozenset()) -> bool:
    """Whether a text is the symbol of a unit and nothing else.

    Args:
        text: squeezed text.
        units: symbols of the table of units.
    """
    return text in units or bool(_UNIT.match(text))


def is_lone_unit(text: str, units: frozenset[str] = frozenset()) -> bool:
    """Whether a text without brackets is a unit, and not a word such as 月 (a frequency)."""
    return is_unit(text, units) and text not in _NEVER_ALONE


def line_unit(text: str, units: frozenset[str] = frozenset()) -> str | None:
    """The unit that a line such as 单位：万元 states; None where it lists several or none."""
    plain = squeeze(text)
    found = _LINE.search(plain)
    stated = found[1] if found else plain[1:-1] if _BRACKET.fullmatch(plain) else None
    if stated is None or (len(_SEPARATOR.split(stated)) > 1 and not is_unit(stated, units)):
        return None
    if found and not is_unit(stated, units):
        # 单位 in a line is a claim even where nobody has heard of the unit.
        return stated if len(stated) <= 8 and "=" not in stated else None
    return stated if is_unit(stated, units) else None


def worded_unit(text: str) -> str | None:
    """The unit of a line in words: "Amounts in euros per head (rounded)" → "euros per head"."""
    found = _WORDED.match(closed(text))
    return found[1] if found and len(found[1]) <= _LONGEST_UNIT else None


@lru_cache(maxsize=65536)
def take_unit(text: str, units: frozenset[str] = frozenset()) -> tuple[str, str | None]:
    """(label without its unit, unit): "总量(亿元)" → ("总量", "亿元"); a bare unit is both.

    Args:
        text: a label, closed.
        units: symbols of the table of units.
    """
    plain = squeeze(text)
    for bracket in reversed(tuple(_BRACKET.finditer(plain))):
        inner = bracket[1].removeprefix("计量").removeprefix("单位:").removeprefix("单位")
        if is_unit(inner, units):
            return text_without(text, plain, bracket), inner
    if is_lone_unit(plain, units):
        return plain, plain
    if (comma := _AFTER_COMMA.search(plain)) and is_unit(comma[1], units):
        return plain[: comma.start()], comma[1]
    if rate := _RATE.search(plain):
        return plain[:-1], rate[1]
    return text, None


def text_without(text: str, plain: str, bracket: re.Match[str]) -> str:
    """The label once a bracket is taken out; spaces of foreign words stay."""
    if has_han(plain):
        return plain[: bracket.start()] + plain[bracket.end() :]
    shown = re.compile(r"\s*[(（]\s*" + r"\s*".join(map(re.escape, bracket[1])) + r"\s*[)）]")
    without = shown.sub("", text, count=1)
    return without if without != text else plain[: bracket.start()] + plain[bracket.end() :]
