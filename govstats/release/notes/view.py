"""The notes in words: sentences first, then one table per kind of change."""

from govstats.release.notes.lines import COLUMNS, LINES
from govstats.release.notes.model import Edition, Notes, Row
from govstats.release.notes.wording import INPUTS, NUMBERS, PARTS
from govstats.release.report.figures import DASH, Figure, count, minute
from govstats.release.report.news import News, Table
from govstats.release.report.sheets import Column
from govstats.release.report.words import Both, Text, both, joined

#: Lines of a table that page and text show; the rest is in ``notes.json``.
MOST = 100


def news(notes: Notes) -> News | None:
    """Put the notes into words; None for a rebuilt past, which is compared with nothing."""
    if notes.state == "past":
        return None
    said = (_about(notes), _basis(notes), *_causes(notes), *_sums(notes), *_not_compared(notes))
    tables = [_numbers(notes.release, notes.previous)]
    tables += [_table(name, notes) for name in PARTS if _listed(name, notes)]
    return News(said, tuple(tables))


def _listed(name: str, notes: Notes) -> list[Row]:
    """Return the changes that are listed: information asks nothing of anybody and is counted."""
    is_finding = name.startswith("findings")
    return [row for row in notes.rows(name) if not (is_finding and row["severity"] == "info")]


def _about(notes: Notes) -> Text:
    return both(
        "本版最新报告期为{period}，数据截至 {cut}。",
        "Latest period: {period}; data as of {cut}.",
        period=_period(notes.release.latest_period, notes),
        cut=minute(notes.release.cut_off),
    )


def _period(time_period: str, notes: Notes) -> Both:
    ends = {end.isoformat()[:7]: label for end, label in notes.names.periods.items()}
    return ends.get(time_period, Both(time_period or DASH))


def _basis(notes: Notes) -> Text:
    if notes.state == "unreadable":
        return Both(
            "上一版的数据无法读取，未作比较。",
            "The release before cannot be read; nothing was compared.",
        )
    if notes.previous is None:
        return Both(
            "本版为首次发布，没有可比较的上一版。",
            "This is the first release; there is none before to compare it with.",
        )
    return both(
        "与上一版 {id}（最新报告期 {period}，数据截至 {cut}）比较。",
        "Compared with the release before, {id} (latest period {period}, data as of {cut}).",
        id=notes.previous.release_id,
        period=_period(notes.previous.latest_period, notes),
        cut=minute(notes.previous.cut_off),
    )


def _causes(notes: Notes) -> list[Text]:
    """What the release is made of that the one before was not."""
    if notes.previous is None:
        return []
    if notes.changed is None:
        return [
            Both(
                "上一版未记录其输入，变动来源不明。",
                "The release before does not say what it was made of.",
            )
        ]
    if not notes.changed:
        return [
            Both(
                "报表、布局、规则、种子表、程序和计算引擎均无变化。",
                "Sheets, knowledge, program and engines are the same.",
            )
        ]
    named: list[Text] = [
        _engines(notes) if name == "engines" else INPUTS[name] for name in notes.changed
    ]
    what = joined(named, "；", "; ")
    return [both("变动来源：{what}。", "What is different: {what}.", what=what)]


def _engines(notes: Notes) -> Both:
    before = notes.previous.versions if notes.previous else {}
    now = notes.release.versions
    moved: list[Text] = [
        f"{name} {before.get(name, DASH)} → {now.get(name, DASH)}"
        for name in sorted({*before, *now})
        if before.get(name) != now.get(name)
    ]
    return both(
        "{what}（{which}）", "{what} ({which})", what=INPUTS["engines"], which=joined(moved, "、")
    )


def _sums(notes: Notes) -> list[Text]:
    """What changed, counted; what did not, named."""
    counted = [(name, n) for name, n in notes.counts.items() if n is not None]
    if not counted:
        return []
    some: list[Text] = [_counted(name, n, notes) for name, n in counted if n]
    none: list[Text] = [PARTS[name][0] for name, n in counted if not n and _applies(name, notes)]
    said: list[Text] = []
    if some:
        said.append(both("{what}。", "Changes: {what}.", what=joined(some, "，", "; ")))
    else:
        said.append(Both("与上一版相比没有变化。", "Nothing changed."))
    if some and none:
        what = joined(none, "、", "; ")
        said.append(both("以下各项没有变化：{what}。", "No change in: {what}.", what=what))
    return said


def _applies(name: str, notes: Notes) -> bool:
    """Whether a kind of change could have been there: no later period, nothing turned since."""
    before = notes.previous.latest_period if notes.previous else ""
    return name != "targets_since" or before < notes.release.latest_period


def _counted(name: str, n: int, notes: Notes) -> Both:
    sentence = PARTS[name][1]
    text = both(sentence.zh, sentence.en, n=n)
    told = len(notes.rows(name)) - len(_listed(name, notes))
    if told:
        return both(
            "{text}（其中提示 {told} 条，不列表）",
            "{text} ({told} of them information, not listed)",
            text=text,
            told=told,
        )
    return text


def _not_compared(notes: Notes) -> list[Text]:
    missing = sorted({name for part in notes.parts.values() for name in part.missing})
    if not missing:
        return []
    what: list[Text] = [PARTS[name][0] for name, part in notes.parts.items() if part.missing]
    return [
        both(
            "上一版的数据结构不同（{columns}），以下各项未作比较：{what}。",
            "The release before has other tables ({columns}); not compared: {what}.",
            columns="、".join(missing),
            what=joined(what, "、", "; "),
        )
    ]


def _numbers(now: Edition, before: Edition | None) -> Table:
    columns = (
        Column("项目", "Item", 16),
        Column("上一版", "Before", 12),
        Column("本版", "This one", 12),
    )
    lines = tuple(
        (name, _number(before, key, unit), _number(now, key, unit))
        for key, (name, unit) in NUMBERS.items()
    )
    return Table(Both("主要数字", "Numbers"), columns, lines)


def _number(of: Edition | None, key: str, unit: Text) -> Figure:
    if of is None or key not in of.counts:
        return Figure(DASH)
    return count(of.counts[key], unit)


def _table(name: str, notes: Notes) -> Table:
    rows = _listed(name, notes)
    lines = tuple(tuple(LINES[name](row, notes.names)) for row in rows[:MOST])
    return Table(PARTS[name][0], COLUMNS[name], lines, more=len(rows) - len(lines))
