"""What the words of a sheet say by themselves: language, kind of line, rank of a heading."""

import re
import unicodedata
from functools import lru_cache

from govstats.layouts.labels import squeeze

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LETTER = re.compile(r"[A-Za-zÀ-ɏ]")
_ROMAN = re.compile(r"^[IVX]+\.$")
_SMALL = re.compile(r"[a-zß-ÿ]")
#: "总计  Total": the translation behind the words, in one cell.
_TAIL = re.compile(r"^(.*[\u3400-\u9fff])[)）]?\s+[A-Z][A-Za-z ,.'’&()/-]*$", re.DOTALL)
#: Kinds of lines around a table, the first that fits.
_REMARKS = (
    ("unit_line", r"^(计量)?单位[:为是]|^\((单位|计量单位)[:为].*\)$"),
    (
        "signature",
        r"^(单位|部门|统计|财务)负责人|^(填表|填报|审核|制表|经办|复核)人|^(负责|联系)人[:(]",
    ),
    ("signature", r"^(联系)?电话:|^签(字|章)|^盖章|^(单位)?公章"),
    ("report_date", r"^(报出|填报|填表|制表|上报|报送|编制|打印|更新)(日期|时间):?|^日期:"),
    ("producer", r"^(制表|填报|编制|报送|发布|制作|综合)(单位|机关|部门):"),
    ("source", r"^(数据|资料)?来源[:是]|^(数据|资料)来自|^出处:|^(Data)?Sources?:"),
    (
        "note",
        r"^(附|脚)?[注註][:\d①一(]|^[注註]释?:|^(备注|说明|附注|填表说明|注意)[:\d]|^Notes?[:.]",
    ),
    ("note", r"^[*＊]+[^*]|^\[\d+\]|^[①②③④⑤]"),
)
_KINDS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _REMARKS)
#: A line such as 数据库：年度数据 or 时间：最近20年 above a table.
_PROPERTY = re.compile(r"^([^\s:]{1,10}):(.*)$", re.DOTALL)
_BRACKETED = re.compile(r"^\([^()]*\)$")
_SERIAL_HEAD = re.compile(
    r"^(序号?|编号|行次|行号|项次|顺序号|No\.?|NR\.?|Nr\.?|#|№)$", re.IGNORECASE
)
_CODE_HEAD = re.compile(r"(代码|编码)$|^(code|id)$", re.IGNORECASE)
_UNIT_HEAD = re.compile(r"^(计量)?单位(名称)?$|^units?$", re.IGNORECASE)
_TIME_HEAD = re.compile(
    r"^(年份?|月份?|年度|季度|时间|日期|时期|期间|报告期"
    r"|years?|date|time|month|period|quarter)(\(|$|[A-Z])",
    re.IGNORECASE,
)
_ATTRIBUTE_HEAD = re.compile(
    r"^(频度|频率|地区|区域|来源|更新时间|frequency|region)$", re.IGNORECASE
)
#: 起始年, end year: the years of the figures beside them; 上年 is a column of figures itself.
_YEAR_OF = re.compile(
    r"^(?![上本去今当前明次全历同每逐近往常]年)(.+?)(?:年份|年度|年|[ _]years?)$", re.IGNORECASE
)
_CONTINUED = re.compile(r"续表|\(续|^续|continued", re.IGNORECASE)
_CODE = re.compile(r"^(?=.*\d)[A-Za-z]{0,4}[-.]?\d[\dA-Za-z.-]*$")
#: Enumerators in the order in which they nest.
_RANKS = (
    re.compile(r"^[一二三四五六七八九十]{1,3}[、.]"),
    re.compile(r"^\([一二三四五六七八九十]{1,3}\)"),
    re.compile(r"^\d{1,2}[、.](?!\d)"),
    re.compile(r"^\(\d{1,2}\)|^[①-⑳]"),
)
_NUMERAL = r"[一二三四五六七八九十]{1,3}"
_ENUMERATOR_ALONE = re.compile(rf"^(\({_NUMERAL}\)|{_NUMERAL}、|\d{{1,2}}[、.])$")
_OPEN_END = re.compile(r"([、,和及与或的等为在由]|有关|其他相关)$")


def has_han(text: str) -> bool:
    """Whether a text has Chinese characters."""
    return bool(_HAN.search(text))


def is_foreign(text: str) -> bool:
    """Whether a text is words in Latin letters: not Chinese, not a bare sign or number."""
    return bool(_LETTER.search(text)) and not has_han(text)


def is_prose(text: str) -> bool:
    """Foreign words in small letters or a Roman numeral, as against a name such as GDP."""
    return is_foreign(text) and bool(_SMALL.search(text) or _ROMAN.match(text.strip()))


@lru_cache(maxsize=65536)
def closed(text: str) -> str:
    """The words of a label: the Chinese lines without their translation, padding taken out.

    >>> closed("年  份\\n\\nYear"), closed("总计  Total"), closed("  Hong  Kong ")
    ('年份', '总计', 'Hong Kong')
    """
    if not has_han(text):
        return " ".join(unicodedata.normalize("NFKC", text).split())
    lines = [line for line in text.splitlines() if line.strip() and not is_prose(line)]
    joined = "".join(lines) or text
    if tail := _TAIL.match(joined.strip()):
        dropped = joined.strip()[tail.end(1) :]
        if _SMALL.search(dropped):
            joined = joined.strip()[: len(joined.strip()) - len(dropped)]
            joined += ")" if dropped.lstrip()[:1] in (")", "）") else ""
    return squeeze(joined)


def year_stem(head: str) -> str:
    """What the years of a column are those of: 起始年 → 起始; '' where its header says no such."""
    found = _YEAR_OF.match(" ".join(closed(head).split()))
    return found[1].strip(" _-.").lower() if found else ""


def remark_kind(text: str) -> str | None:
    """What a line around a table is: unit_line, note, source, signature, …; None if unknown."""
    plain = squeeze(text)
    return next((kind for kind, pattern in _KINDS if pattern.search(plain)), None)


def property_of(text: str) -> tuple[str, str] | None:
    """(name, value) of a line such as 时间：最近20年; None for anything else."""
    found = _PROPERTY.match(squeeze(text))
    return (found[1], found[2]) if found else None


def is_bracketed(text: str) -> bool:
    """A line that is all in brackets, as (person) or (2021年=100) in a corner."""
    return bool(_BRACKETED.match(squeeze(text)))


def header_role(text: str) -> str | None:
    """What a header says of its column: serial, code, unit, time, attribute; None if nothing."""
    plain = squeeze(closed(text))
    for role, pattern in _HEADS.items():
        if pattern.search(plain):
            return role
    return None


_HEADS = {
    "serial": _SERIAL_HEAD,
    "code": _CODE_HEAD,
    "unit": _UNIT_HEAD,
    "time": _TIME_HEAD,
    "attribute": _ATTRIBUTE_HEAD,
}


def is_continued(text: str) -> bool:
    """Whether a title says that a table goes on: 续表, (续), continued."""
    return bool(_CONTINUED.search(squeeze(text)))


def is_code(text: str) -> bool:
    """A code such as NM1210 or 000000."""
    return bool(_CODE.match(text.strip()))


def rank(text: str) -> int | None:
    """How deep an enumerator stands: 一、 0, (一) 1, 1. 2, (1) 3; None without one."""
    plain = squeeze(text)
    return next((depth for depth, form in enumerate(_RANKS) if form.match(plain)), None)


def without_rank(text: str) -> str:
    """A label without the enumerator before it: 一、工业 → 工业."""
    plain = squeeze(text)
    for form in _RANKS:
        if found := form.match(plain):
            return plain[found.end() :]
    return plain


def is_lone_enumerator(text: str) -> bool:
    """An enumerator without its words, which stand in the next cell: (一)."""
    return bool(_ENUMERATOR_ALONE.match(squeeze(text)))


def is_open(text: str) -> bool:
    """Whether words cannot end here: 、和及, or a bracket that is not closed."""
    plain = squeeze(text)
    return bool(_OPEN_END.search(plain)) or plain.count("(") > plain.count(")")


def width(text: str) -> int:
    """Columns a text takes on a page: two for a wide sign."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def indent(text: str) -> int:
    """Half-width columns of white space before the words."""
    return width(text) - width(text.lstrip())
