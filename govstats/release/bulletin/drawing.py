"""Drawing a chart: as vectors for pages, as a picture for documents; never with the network."""

import re
import struct
import zlib
from typing import Any

import vl_convert

from govstats.release.bulletin.chart_specs import WIDTH
from govstats.release.bulletin.model import Chart
from govstats.xlsxtext import clean

#: Pixels of a picture per CSS pixel: 300 to the inch at the width of the type area.
SCALE = 3.125
_FONT = (
    "Noto Sans CJK SC, Source Han Sans SC, Noto Sans SC, Microsoft YaHei, PingFang SC, "
    "SimHei, WenQuanYi Zen Hei, sans-serif"
)
_AXIS = {
    "labelFontSize": 10.5,
    "titleFontSize": 10.5,
    "titleFontWeight": "normal",
    "labelColor": "#1b1d20",
    "titleColor": "#1b1d20",
    "gridColor": "#e4e6e9",
    "domainColor": "#767c84",
    "tickColor": "#767c84",
    "labelLimit": 320,
}
_CONFIG: dict[str, Any] = {
    "font": _FONT,
    "background": "#ffffff",
    "aria": False,
    "view": {"stroke": None},
    "axis": _AXIS,
    "header": {"labelFontSize": 11, "labelColor": "#1b1d20", "labelPadding": 6},
    "title": {"fontSize": 11, "fontWeight": "normal", "color": "#1b1d20", "offset": 6},
    "legend": {
        "orient": "top",
        "labelFontSize": 10.5,
        "labelColor": "#1b1d20",
        "symbolSize": 90,
        "symbolStrokeWidth": 1.8,
        "columnPadding": 18,
    },
}


def svg(chart: Chart) -> str:
    """Return a chart as SVG text; its ids are its own, so that a page may hold several.

    The same chart gives the same text on one machine; positions follow the fonts installed.
    """
    drawn: str = vl_convert.vegalite_to_svg(
        _clean(chart.spec), config=_CONFIG, allowed_base_urls=[]
    )
    # The page names the drawing as a whole; names of its parts would be read out one by one.
    drawn = re.sub(r' (?:role|aria-[a-z]+)="[^"<>]*"', "", drawn)
    found = dict.fromkeys(re.findall(r'id="([^"]+)"', drawn))
    for number, name in enumerate(found, 1):
        # The renderer counts on over charts; a count of our own keeps bytes the same.
        own = f"{chart.chart_id}-{number}"
        drawn = drawn.replace(f'id="{name}"', f'id="{own}"').replace(
            f"url(#{name})", f"url(#{own})"
        )
    return drawn


def png(drawn: str) -> bytes:
    """Return a chart that is drawn as SVG as a PNG picture of about 300 dots to the inch.

    From the drawing, not from its specification: laying it out again takes twice the time.
    """
    return _pressed(vl_convert.svg_to_png(drawn, scale=SCALE))


def share_of_width(picture: bytes) -> float:
    """Return how much of the type area's width a picture fills at its own size, at most 1."""
    width = int.from_bytes(picture[16:20], "big")  # the header of PNG
    return min(1.0, width / (SCALE * WIDTH))


def _clean(part: Any) -> Any:  # noqa: ANN401 - any part of a specification
    """Replace controls in every text: one in a label would end the renderer, and us with it."""
    if isinstance(part, str):
        return clean(part)
    if isinstance(part, dict):
        return {name: _clean(value) for name, value in part.items()}
    return [_clean(value) for value in part] if isinstance(part, list | tuple) else part


def _pressed(picture: bytes) -> bytes:
    """Press the dots of a PNG again, harder: a third of the size, the same picture."""
    kept, dots, place = picture[:8], b"", 8
    while place < len(picture):
        (length,) = struct.unpack(">I", picture[place : place + 4])
        kind, end = picture[place + 4 : place + 8], place + 12 + length
        if kind == b"IDAT":
            dots += picture[place + 8 : end - 4]
        elif kind == b"IEND":
            body = b"IDAT" + zlib.compress(zlib.decompress(dots), 9)
            kept += struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
            kept += picture[place:end]
        else:
            kept += picture[place:end]
        place = end
    return kept
