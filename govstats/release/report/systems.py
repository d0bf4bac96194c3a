"""The systems that the work report describes, at the latest period, in one table per district."""

from dataclasses import dataclass

from govstats.release.report.figures import DASH, number
from govstats.release.report.records import Marts, System
from govstats.release.report.signs import Sign
from govstats.release.report.words import Both, both


@dataclass(frozen=True)
class SystemLine:
    """One system: its items, those without data, those that call for attention, if any."""

    system: System
    name: Both
    items: str
    no_data: str
    attention: Sign | None


@dataclass(frozen=True)
class SystemTable:
    """The systems of one district."""

    title: Both
    lines: list[SystemLine]


def systems(marts: Marts) -> list[SystemTable]:
    """Return one table per district; its name is in the title where there are several."""
    areas = list(dict.fromkeys(item.ref_area for item in marts.systems))
    title = both("工作机制运行情况", "Systems at work")
    return [
        SystemTable(
            title=title
            if len(areas) == 1
            else both("{area}{title}", "{area}: {title}", area=marts.names.area(area), title=title),
            lines=[_line(item, marts) for item in marts.systems if item.ref_area == area],
        )
        for area in areas
    ]


def _line(item: System, marts: Marts) -> SystemLine:
    named = marts.names.systems.get(item.system_code)
    name = Both(item.system_zh, named.en if named else "")
    # A system that shows nothing in this period has no counts, not counts of zero.
    if not item.is_due and not item.n_items:
        return SystemLine(item, name, DASH, DASH, None)
    found = Sign("▲", number(item.n_attention), "amber") if item.n_attention else None
    return SystemLine(item, name, number(item.n_items), number(item.n_no_data), found)
