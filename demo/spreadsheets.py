"""Write the demonstration's spreadsheets; the same seed gives the same bytes."""

from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path

from demo.book import Book
from demo.clean import cleaned
from demo.delivery import Delivery, write_if_new
from demo.figures import build, edition_of
from demo.grid import body
from demo.knowledge import load
from demo.notes import footers
from demo.paper import File, Page
from demo.registers import draw_register
from demo.schedule import Arrival, arrivals
from demo.workbook import draw

DEFAULT_SEED = 2020
EDITION_MARKS = {"first": "", "revised": "(修订)"}


def generate(raw: Path, seed: int = DEFAULT_SEED, *, clean: bool = False) -> list[Delivery]:
    """Write every sheet below ``raw`` and list them in order of receipt.

    A file that is already there with the same content is left alone. ``clean`` leaves out the
    faults that the demonstration plants.
    """
    knowledge = cleaned(load()) if clean else load()
    book = build(knowledge, seed)
    deliveries = []
    for arrival in arrivals(knowledge):
        delivery = _delivery(arrival)
        write_if_new(raw / delivery.path, _content(book, arrival))
        deliveries.append(delivery)
    return sorted(deliveries, key=lambda item: (item.received_at, item.path.as_posix()))


def _delivery(arrival: Arrival) -> Delivery:
    first, period = arrival.sheets[0], arrival.period
    label = period.named(first.get("naming", ""))
    name = first["file"].format(label=label, edition=EDITION_MARKS[arrival.edition])
    path = Path(first["folder"]) / str(period) / name
    return Delivery(path, first["folder"], str(period), arrival.at)


def _content(book: Book, arrival: Arrival) -> bytes:
    file = File()
    pages = [
        Page(file, sheet, arrival.period.named(sheet.get("naming", ""))) for sheet in arrival.sheets
    ]
    for page in pages:
        SHAPES[page.sheet.get("shape", "table")](page, book, arrival)
    return file.finish(pages[0].title, arrival.at)


def _table(page: Page, book: Book, arrival: Arrival) -> None:
    sheet, period, edition = page.sheet, arrival.period, arrival.edition
    own = edition_of(book, sheet["sheet_id"], str(period), edition)
    rows = body(own, sheet, period, edition)
    blank_row = any(
        fnmatchcase(str(period), pattern) for pattern in sheet.get("blank_row_after_title", [])
    )
    draw(page, rows, footers(own, sheet, period, rows, edition), arrival.at, blank_row=blank_row)


#: How a page is drawn, by the `shape` of its sheet.
SHAPES: dict[str, Callable[[Page, Book, Arrival], None]] = {
    "table": _table,
    "register": draw_register,
}
