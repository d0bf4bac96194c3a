"""A trace as one page of HTML that needs nothing from outside."""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from govstats.htmlpage import environment, printable
from govstats.numbers import plain
from govstats.picture.model import Box
from govstats.release.report.words import Both, both, typeset
from govstats.tracing.model import CellEvidence, Model, Step, Trace
from govstats.tracing.text import in_cell
from govstats.tracing.words import chinese, english, label
from govstats.workbooks.cells import address, column_letters

_HERE = Path(__file__).parent
_HOUSE = _HERE.parent
#: The house's own style: that of the validation report and of the picture of a sheet.
_STYLES = (
    _HOUSE / "release" / "report" / "style.css",
    _HOUSE / "picture" / "style.css",
    _HERE / "style.css",
)
_LAYERS = {
    "raw": both("收到的数据", "raw: as received"),
    "seeds": both("人工维护的表", "seeds: tables people keep"),
    "staging": both("整理", "staging"),
    "intermediate": both("计算", "intermediate"),
    "marts": both("数据集市", "marts"),
}
_ROLES = {
    "cell": both("取自单元格", "read from a cell"),
    "derived": both("计算得出", "computed"),
    "count": both("计数", "counted"),
    "knowledge": both("人工维护的设定", "set by people"),
    "key": both("代码", "code"),
    "word": both("文字说明", "words about the row"),
}


def render(traced: Trace) -> str:
    """Return the page as HTML text; the same trace gives the same text."""
    script = (_HERE / "switch.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(f"\n{script}".encode()).digest()).decode()
    cells = traced.cells
    template = _environment().get_template("trace.html.j2")
    return template.render(
        style=Markup("\n".join(path.read_text("utf-8") for path in _STYLES)),  # noqa: S704 - ours
        script=Markup(script),  # noqa: S704 - ours
        digest=digest,
        traced=traced,
        figure=traced.figure,
        cells=cells,
        numbers={cell.place: number for number, cell in enumerate(cells, start=1)},
        row=_row(traced.figure),
        layers=_layers(traced.lineage),
        roles=_ROLES,
    )


def _row(step: Step) -> list[tuple[str, str]]:
    return [(name, plain(value)) for name, value in (step.row or {}).items()]


def _layers(models: tuple[Model, ...]) -> list[tuple[Both, list[Model]]]:
    """The models by layer, in the order in which data flow."""
    found: dict[str, list[Model]] = {layer: [] for layer in _LAYERS}
    for model in models:
        found.setdefault(model.name.partition(".")[0], []).append(model)
    return [
        (_LAYERS.get(layer, Both(layer)), members) for layer, members in found.items() if members
    ]


def _told(description: str) -> Both:
    """A description in the two languages it is written in."""
    return Both(chinese(description), english(description))


def _shown(step: Step) -> str:
    """A figure with its unit, or why there is none."""
    value = plain(step.value)
    if value in ("True", "False"):
        return "是" if value == "True" else "否"
    return f"{value} {step.unit or ''}".rstrip() if value else f"— {step.reason}".rstrip()


def _about(step: Step) -> Both:
    return Both(step.subject, step.subject_en)


def _is_here(box: Box, cell: CellEvidence) -> bool:
    return address(box.row, box.column) == cell.cell


def _breakable(text: object) -> Markup:
    """A long path or address breaks after its separators; each part stays whole if it can."""
    parts = re.split(r"(?<=[/_&?=])", str(printable(str(text))))
    return Markup("<wbr>").join(parts)


@cache
def _environment() -> Environment:
    made = environment(_HERE / "templates")
    made.filters.update(
        letters=column_letters,
        plain=plain,
        typeset=typeset,
        about=_about,
        told=_told,
        label=label,
        shown=_shown,
        in_cell=in_cell,
        breakable=_breakable,
    )
    made.globals.update(t=both, is_here=_is_here)
    return made
