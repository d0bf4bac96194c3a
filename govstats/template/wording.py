"""The Chinese a form carries: its period, title, unit line, hints and signature lines."""

from govstats.errors import GovstatsError
from govstats.layouts.labels import squeeze
from govstats.layouts.model import Layout

#: Lines below the table, kept where the layout expects a remark like it.
SIGNATURES = ("单位负责人:", "审核人:", "填表人:", "报出日期:")
FIGURE_HINT = "计量单位:{unit}。尚未发布的留空;不适用填“—”;不足一个计量单位填“…”。"
FIGURE_ERROR = "这里只填数字(不带单位和逗号),或“—”、“…”,或留空。"
NUMBER_HINT = "填数字,不带单位{unit}。"
DATE_HINT = "填日期,如 2020-03-15。"
COVER = "govstats 填报表:白色单元格填写,灰色单元格不填。请勿增删行列、改动标题和名称。"
_QUARTERS = {3: "第一季度", 6: "第二季度", 9: "第三季度", 12: "第四季度"}


def period_label(layout: Layout, period: str) -> str:
    """A period as this form's title writes it, e.g. 2020年1-3月."""
    year, month = int(period[:4]), int(period[5:])
    if layout.cycle == "year":
        return f"{year}年"
    if layout.cycle == "quarter":
        return f"{year}年{_QUARTERS[month]}"
    return f"{year}年1-{month}月" if layout.cycle == "cumulative_month" else f"{year}年{month}月"


def title(layout: Layout, period: str) -> str:
    """The title with the period in it.

    Raises:
        GovstatsError: the layout's own pattern would not recognise it.
    """
    pattern = layout.form_title or "{period}" + layout.name_zh
    text = pattern.replace("{period}", period_label(layout, period))
    if not layout.title.search(squeeze(text)):
        raise GovstatsError(
            f"layout {layout.id}: “{text}” does not match its title pattern {layout.title_shown}",
            'give the layout a form: {title: "…{period}…"} that does (docs/layouts.md)',
        )
    return text


def unit_line(layout: Layout) -> str | None:
    """The corner line, where the layout reads one and its columns and rows need it."""
    unit = layout.dims.unit
    if unit is None or layout.unit_line is None:
        return None
    text = f"单位:{unit}"
    return text if layout.unit_line.search(squeeze(text)) else None


def remarks(layout: Layout, lines: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the lines that the layout expects outside its table."""
    return tuple(
        line
        for line in lines
        if any(remark.pattern.search(squeeze(line)) for remark in layout.remarks)
    )
