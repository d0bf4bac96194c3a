"""The demonstration without its planted faults."""

from demo.clean import cleaned
from demo.figures import build, edition_of
from demo.grid import body
from demo.knowledge import load
from demo.periods import Period, legal_periods
from demo.records import SeriesKey
from demo.schedule import arrivals


def test_no_second_edition_and_none_missing() -> None:
    received = [
        (arrival.sheets[0]["sheet_id"], str(arrival.period), arrival.edition)
        for arrival in arrivals(cleaned(load()))
    ]
    assert {edition for _, _, edition in received} == {"first"}
    assert ("tax_area", "2020-05", "first") in received
    periods = {str(period) for period in legal_periods([2019, 2020])}
    assert {period for sheet, period, _ in received if sheet == "petitions_stock"} == periods


def test_every_figure_is_a_plain_number() -> None:
    clean = cleaned(load())
    book = build(clean, 2020)
    sheet = clean.sheets["finance_revenue"]
    rows = body(edition_of(book, "finance_revenue", "2019-05", "first"), sheet, Period(2019, 5))
    texts = {cell.value for row in rows for cell in row.cells[1:] if isinstance(cell.value, str)}
    assert texts <= {"—", "万元"}


def test_contradicting_figures_are_set_right() -> None:
    clean = cleaned(load())
    book = build(clean, 2020)

    def income(indicator: str) -> object:
        return book.get(SeriesKey(indicator, clean.district), "level", Period(2018, 3))

    assert income("income_per_head_rural") == 5715
    entries = clean.sheets["development_projects"]["entries"]
    (stages,) = (entry["stage"] for entry in entries if entry["name"] == "荣盛金鹗御府")
    assert "2020-08" not in stages
