"""The systems that the work report describes, at the latest period, in one table per district."""

from dataclasses import dataclass

from govstats.release.report.records import Marts, System
from govstats.release.report.view import Sign, number


@dataclass(frozen=True)
class SystemLine:
    """One system: its items, those without data, those that call for attention, if any."""

    system: System
    items: str
    no_data: str
    attention: Sign | None


@dataclass(frozen=True)
class SystemTable:
    """The systems of one district."""

    title: str
    lines: list[SystemLine]


def systems(marts: Marts) -> list[SystemTable]:
    """Return one table per district; its name is in the title where there are several."""
    areas = list(dict.fromkeys(item.ref_area for item in marts.systems))
    return [
        SystemTable(
            title=f"{marts.names.areas.get(area, area) if len(areas) > 1 else ''}工作机制运行情况",
            lines=[_line(item) for item in marts.systems if item.ref_area == area],
        )
        for area in areas
    ]


def _line(item: System) -> SystemLine:
    # A system that shows nothing in this period has no counts, not counts of zero.
    if not item.is_due and not item.n_items:
        return SystemLine(item, "—", "—", None)
    found = Sign("▲", number(item.n_attention), "amber") if item.n_attention else None
    return SystemLine(item, number(item.n_items), number(item.n_no_data), found)
