"""Writing a bulletin: document, page and workbook of the same content."""

from collections.abc import Mapping
from pathlib import Path

from govstats.files import write_atomic
from govstats.release.bulletin import docx_file, drawing, html_page, xlsx_file
from govstats.release.bulletin.model import Bulletin, Chart
from govstats.release.bulletin.sources import Source
from govstats.release.reference import Reference


def write(
    bulletin: Bulletin, folder: Path, sources: Mapping[Reference, Source] | None = None
) -> list[Path]:
    """Write ``<period>.docx``, ``.html`` and ``.xlsx`` into a folder.

    No file holds a time of its making: the same bulletin gives the same bytes on one machine.
    Pictures follow the Chinese fonts that are installed.

    Args:
        bulletin: what ``contents`` returned.
        folder: made when missing.
        sources: where its figures stand in the sheets, from ``sources.read``.

    Returns:
        The paths in this order.
    """
    charts = [
        block for section in bulletin.sections for block in section.blocks
        if isinstance(block, Chart)
    ]  # fmt: skip
    drawn = {chart.chart_id: drawing.svg(chart) for chart in charts}
    pictures = {chart_id: drawing.png(svg) for chart_id, svg in drawn.items()}
    made = {
        "docx": docx_file.made(bulletin, pictures),
        "html": html_page.made(bulletin, drawn).encode(),
        "xlsx": xlsx_file.made(bulletin, sources or {}),
    }
    paths = []
    for ending, content in made.items():
        path = folder / f"{bulletin.time_period}.{ending}"
        write_atomic(path, content)
        paths.append(path)
    return paths
