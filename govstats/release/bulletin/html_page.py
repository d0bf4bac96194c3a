"""The bulletin as a page: one file, no script, no network; it prints as the document does."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from govstats.htmlpage import environment, printable
from govstats.numbers import plain
from govstats.release.bulletin import outline, widths
from govstats.release.bulletin.model import Bulletin, Chart, Paragraph, Table
from govstats.release.reference import Figure

_HERE = Path(__file__).parent
#: The type area in points; tables with more columns than this are set smaller.
_WIDTH, _MANY = 442, 6


def made(bulletin: Bulletin, drawings: Mapping[str, str]) -> str:
    """Return the page; every figure carries its address and the mart's value.

    Args:
        bulletin: sections, tables and charts.
        drawings: SVG by ``chart_id``, made by ``drawing``.
    """
    return (
        _environment()
        .get_template("bulletin.html.j2")
        .render(
            bulletin=bulletin,
            sections=outline.sections(bulletin),
            drawings={name: Markup(text) for name, text in drawings.items()},  # noqa: S704 - ours
            style=Markup((_HERE / "bulletin.css").read_text(encoding="utf-8")),  # noqa: S704
            notice=_css_text(bulletin.notice) if bulletin.notice else "",
        )
    )


@cache
def _environment() -> Environment:
    found = environment(_HERE / "templates")
    found.filters.update(plain=plain, shares=_shares, annex_mark=outline.annex_mark)
    found.tests["figure"] = lambda piece: isinstance(piece, Figure)
    found.tests["paragraph"] = lambda block: isinstance(block, Paragraph)
    found.tests["chart"] = lambda block: isinstance(block, Chart)
    return found


def _shares(table: Table) -> list[str]:
    """The parts of the columns in the table's width, in percent."""
    size = 9 if len(table.columns) > _MANY else 10.5
    found = widths.shares(table, _WIDTH / size)
    return [plain(Decimal(share * 100).quantize(Decimal("0.01"))) for share in found]


def _css_text(text: str) -> Markup:
    """Quote a text for CSS: all but letters, digits and blanks as code points."""
    safe = re.sub(r"[^A-Za-z0-9 ]", lambda found: f"\\{ord(found[0]):x} ", str(printable(text)))
    return Markup(f'"{safe}"')  # noqa: S704 - nothing is left that could end the text
