"""The board as one page."""

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from govstats.files import write_atomic
from govstats.htmlpage import environment, printable
from govstats.release.board.contents import Board, read
from govstats.release.report.words import Both, both, joined

_HERE = Path(__file__).parent
PAGE = "index.html"
#: The house's own style, that of the validation report, and what the board adds to it.
_STYLES = (_HERE.parent / "report" / "style.css", _HERE / "board.css")
#: Parts of the script, in the order in which they need each other.
_SCRIPTS = (
    "download", "core", "format", "dom", "grid", "filters", "chart", "overview", "target_parts",
    "target", "registers", "areas", "city", "calendar", "main",
)  # fmt: skip
#: What could end the element that holds a JSON text, or hide or turn round what is read in it.
_UNSAFE = re.compile(r"[<>&\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def write(warehouse: Path, folder: Path, release: Mapping[str, Any], notice: str = "") -> Path:
    """Write the board of a finished warehouse to ``folder``/index.html.

    Reads the schemas ``marts`` and ``seeds`` and nothing else; bulletins that lie in the folder
    ``bulletin`` beside are linked. The page holds no time of its making.

    Args:
        warehouse: DuckDB file that nobody writes to.
        folder: folder of the page; made when missing.
        release: the manifest, with ``release_id`` and ``latest_period`` (YYYY-MM).
        notice: said at the head and on every printed page, where the data are not real.

    Returns:
        The path of the page.

    Raises:
        GovstatsError: a mart is missing, or no commitment is judged by the latest period.
    """
    page = folder / PAGE
    bulletins = sorted(path.stem for path in (folder.parent / "bulletin").glob("*.html"))
    write_atomic(page, render(read(warehouse, release), bulletins, notice).encode())
    return page


def render(board: Board, bulletins: list[str], notice: str = "") -> str:
    """Return the page as HTML text; ``bulletins`` are the periods whose bulletin is linked."""
    style = "\n".join(path.read_text(encoding="utf-8") for path in _STYLES) + _margin(notice)
    script = _script()
    index = {**board.index, "bulletins": bulletins}
    areas = index["names"]["areas"]
    district = joined([Both(*areas.get(code, [code])) for code in index["district"]], "、")
    period = index["periods"][index["judged"][-1]]
    return (
        _environment()
        .get_template("board.html.j2")
        .render(
            district=district,
            period=Both(period[3], period[5]),
            release=index["release"],
            cut_off=index["cut_off"],
            notice=notice,
            style=Markup(style),  # noqa: S704 - our own
            style_digest=_digest(f"\n{style}"),
            script=Markup(script),  # noqa: S704 - our own
            script_digest=_digest(f"\n{script}"),
            index=Markup(_json(index)),  # noqa: S704 - escaped there
            chunks={name: _packed(tables) for name, tables in board.chunks.items()},
        )
    )


def _margin(notice: str) -> str:
    """The notice as the head of printed pages; all but letters and digits as code points."""
    text = re.sub(r"[^A-Za-z0-9 ]", lambda found: f"\\{ord(found[0]):x} ", str(printable(notice)))
    return f'@page {{ @top-center {{ content: "{text}"; }} }}\n' if text else ""


def _script() -> str:
    parts = [(_HERE / "js" / f"{name}.js").read_text(encoding="utf-8") for name in _SCRIPTS]
    return '"use strict";\n(function () {\n' + "\n".join(parts) + "}());\n"


def _json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _packed(tables: object) -> str:
    text = json.dumps(tables, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode()


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _environment() -> Environment:
    made = environment(_HERE / "templates")
    made.globals.update(t=both)
    return made
