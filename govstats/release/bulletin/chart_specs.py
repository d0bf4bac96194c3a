"""Vega-Lite specifications of the bulletin's charts, from rows that are ready to draw."""

from collections.abc import Sequence
from typing import Any

Row = dict[str, object]
Spec = dict[str, Any]

#: Width of a chart in CSS pixels: the 156 mm of the type area.
WIDTH = 590
ACTUAL_ZH, PATH_ZH, LINEAR_ZH = "完成进度", "应达进度", "时序进度"
_INK, _PATH, _LINEAR, _BAR = "#1b1d20", "#9e1b1e", "#5d636a", "#b9c3cd"
_LABELS = 96
#: A stroke across the bar, and a ring left open in the middle.
_STROKE, _RING = "M0,-1.2L0,1.2", "circle"


def panels_of_lines(values: Sequence[Row], names: Sequence[str]) -> Spec:
    """Return small panels side by side, one per name, with three lines in each.

    Args:
        values: ``target``, ``month``, ``line`` (one of the three names), ``value``.
        names: the targets, in the order of the panels.
    """
    columns = min(3, len(names))
    month = {
        "field": "month",
        "type": "ordinal",
        "title": None,
        "axis": {"labelAngle": 0, "labelExpr": "datum.value + '月'", "labelOverlap": "parity"},
    }
    height = {"field": "value", "type": "quantitative", "title": "占年度目标（%）"}
    dots = {
        "transform": [{"filter": {"field": "line", "equal": ACTUAL_ZH}}],
        "mark": {"type": "point", "filled": True, "size": 24, "color": _INK, "opacity": 1},
        "encoding": {"x": month, "y": height},
    }
    return {
        "data": {"values": list(values)},
        "facet": {"field": "target", "type": "nominal", "sort": list(names), "title": None},
        "columns": columns,
        "spacing": {"row": 10, "column": 16},
        # A panel above an empty place has its months below itself.
        "resolve": {"axis": {"x": "independent"}},
        "spec": {
            "width": (WIDTH - 50 - 18 * (columns - 1)) / columns,
            "height": 118,
            "layer": [_lines(month, height), dots],
        },
    }


def _lines(x: Spec, y: Spec) -> Spec:
    names = [ACTUAL_ZH, PATH_ZH, LINEAR_ZH]
    common = {"field": "line", "type": "nominal", "title": None, "sort": names}
    colours = {"domain": names, "range": [_INK, _PATH, _LINEAR]}
    dashes = {"domain": names, "range": [[1, 0], [6, 3], [1.5, 2.5]]}
    return {
        "mark": {"type": "line", "strokeWidth": 1.6},
        "encoding": {
            "x": x,
            "y": y,
            "color": {**common, "scale": colours},
            "strokeDash": {**common, "scale": dashes},
        },
    }


def bars(values: Sequence[Row], names: Sequence[str]) -> Spec:
    """Return bars with their figure beside them and two marks on the line of each.

    Args:
        values: ``target``, ``actual``, ``path``, ``linear``, ``label``, and ``reach``, where the
            label begins.
        names: the targets, in the order of the bars.
    """
    text = {"type": "text", "align": "left", "baseline": "middle", "fontSize": 10.5, "dx": 8}
    label = {"field": "label", "type": "nominal"}
    return {
        "width": WIDTH - 165,
        "height": {"step": 24},
        "data": {"values": list(values)},
        "encoding": {
            "y": {"field": "target", "type": "nominal", "sort": list(names), "title": None},
        },
        "layer": [
            {
                "mark": {"type": "bar", "color": _BAR, "height": {"band": 0.6}},
                "encoding": {"x": _across("actual")},
            },
            _mark("path", PATH_ZH, _PATH, 150),
            _mark("linear", LINEAR_ZH, _LINEAR, 34),
            {"mark": {**text, "color": _INK}, "encoding": {"x": _across("reach"), "text": label}},
        ],
        # Room for the label of a bar that reaches the end.
        "padding": {"left": 2, "top": 2, "bottom": 2, "right": 20},
    }


def _across(field: str) -> Spec:
    return {"field": field, "type": "quantitative", "title": "完成年度目标（%）"}


def _mark(field: str, name: str, colour: str, size: int) -> Spec:
    """A mark on a bar's line, with its entry in the legend."""
    names = [PATH_ZH, LINEAR_ZH]
    common = {"field": "mark", "type": "nominal", "title": None}
    return {
        "transform": [
            {"filter": f"isValid(datum['{field}'])"},
            {"calculate": f"'{name}'", "as": "mark"},
        ],
        "mark": {"type": "point", "size": size, "strokeWidth": 1.8, "opacity": 1, "filled": False},
        "encoding": {
            "x": _across(field),
            "shape": {**common, "scale": {"domain": names, "range": [_STROKE, _RING]}},
            "stroke": {**common, "scale": {"domain": names, "range": [_PATH, _LINEAR]}},
        },
    }


def ranked_panels(panels: Sequence[tuple[str, Sequence[Row]]]) -> Spec:
    """Return panels of bars in the order of their ranks.

    Args:
        panels: heading, and its rows ``area`` (name and rank), ``value``, ``label``.
    """
    columns = 2 if len(panels) in (2, 4) else min(3, len(panels))
    width = WIDTH / columns - _LABELS - 58
    drawn = [_ranked(heading, rows, width) for heading, rows in panels]
    lines = [drawn[start : start + columns] for start in range(0, len(drawn), columns)]
    # Only the bars count for the distance, so that panels below each other stand in line.
    rows = [{"hconcat": line, "spacing": 40 + _LABELS, "bounds": "flush"} for line in lines]
    return {"vconcat": rows, "spacing": 14}


def _ranked(heading: str, rows: Sequence[Row], width: float) -> Spec:
    names = [row["area"] for row in rows]
    axis = {"minExtent": _LABELS, "maxExtent": _LABELS, "ticks": False, "labelPadding": 6}
    label = {"type": "text", "align": "left", "dx": 4, "fontSize": 9.5, "color": _INK}
    return {
        "title": {"text": heading, "anchor": "start"},
        "width": width,
        "height": {"step": 15},
        "data": {"values": list(rows)},
        "encoding": {
            "y": {"field": "area", "type": "nominal", "sort": names, "title": None, "axis": axis},
            "x": {"field": "value", "type": "quantitative", "axis": None},
        },
        "layer": [
            {"mark": {"type": "bar", "color": _BAR, "height": {"band": 0.7}}},
            {
                "mark": label,
                "encoding": {
                    "text": {"field": "label", "type": "nominal"},
                    # Beside the bar's end; a bar to the left has its figure right of the axis.
                    "x": {"field": "end", "type": "quantitative", "axis": None},
                },
                "transform": [{"calculate": "max(datum.value, 0)", "as": "end"}],
            },
        ],
    }
