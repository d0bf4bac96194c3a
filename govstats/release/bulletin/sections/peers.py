"""The district in its city: growth against the city's, and its place among the city's areas."""

from decimal import Decimal

from govstats.release.bulletin import shown
from govstats.release.bulletin.model import Block, Column, Table, Text
from govstats.release.bulletin.rows import Row
from govstats.release.bulletin.voice import Voice, comparison, growth
from govstats.release.bulletin.wording import Filling, as_words
from govstats.release.reference import Figure

_POINTS = "百分点"


def write(voice: Voice) -> list[Block]:
    """Return a sentence for each indicator that can be compared, and a table."""
    rows = voice.facts.peers
    if not rows:
        return [*voice.says("none")]
    blocks: list[Block] = []
    words = voice.facts.overview_words("fct_peer_comparison")
    if words:
        blocks += voice.says("counts", words=words)
    for row in in_order(voice, rows):
        blocks += voice.says("item", **_places(voice, row))
    title = voice.table_title("peers")
    return blocks + ([_table(voice, title, in_order(voice, rows))] if title else [])


def in_order(voice: Voice, rows: list[Row]) -> list[Row]:
    """Return indicators in the order in which the report has targets of them."""
    order = [row["indicator_code"] for row in voice.facts.progress]
    return sorted(
        rows, key=lambda row: ([*order, row["indicator_code"]]).index(row["indicator_code"])
    )


def _places(voice: Voice, row: Row) -> dict[str, Filling]:
    than = as_words(voice.phrase("city_average"))
    unit = row["unit_measure"]
    value = row.figure("obs_value", lambda v: shown.amount(v, unit)) if row.has("obs_value") else ""
    return {
        "name": row.words("name_zh"),
        "actual": value,
        "growth": growth(voice, row, "growth_pct"),
        "comparison": comparison(voice, row, "difference_from_city_pp", _POINTS, than),
        "basis": basis(voice, row),
        "rank": _rank(voice, row),
    }


def basis(voice: Voice, row: Row) -> Text:
    """Return what the rank was made of, in the template's words."""
    code = row["rank_basis"]
    return voice.phrase(f"by_{code}") if code in ("level", "growth", "completion") else ()


def _rank(voice: Voice, row: Row) -> Text:
    if not row.has("rank_computed"):
        return ()
    place = row.figure("rank_computed", str)
    return voice.phrase("rank", n=row.figure("n_peers", str), rank=place)


def _table(voice: Voice, title: str, rows: list[Row]) -> Table:
    columns = (
        Column("指标", width=2.6),
        Column("总量", "", "right", 1.6),
        Column("增速", "%", "right", 1.1),
        Column("全市增速", "%", "right", 1.2),
        Column("与全市相比", "百分点", "right", 1.4),
        Column("排位依据", "", "center", 1.2),
        Column("位次", "", "right", 0.9),
        Column("参加排位", "个", "right", 1.2),
    )
    return Table("", title, columns, tuple(_line(voice, row) for row in rows))


def _line(voice: Voice, row: Row) -> tuple[Text, ...]:
    return (
        (row.words("name_zh"),),
        (row.figure("obs_value", lambda v: shown.amount(v, row["unit_measure"]), voice.missing),),
        (row.figure("growth_pct", _rate, voice.missing),),
        (_city(voice, row),),
        (row.figure("difference_from_city_pp", _rate, voice.missing),),
        basis(voice, row) or ("—",),
        (row.figure("rank_computed", str, voice.missing),),
        (row.figure("n_peers", str, voice.missing),),
    )


def _rate(value: Decimal) -> str:
    return shown.number(value, "%")


def _city(voice: Voice, row: Row) -> Figure | str:
    """The city's own growth, a figure of the city's row."""
    for city in voice.facts.city:
        if (city["ref_area"], city["indicator_code"]) == (
            row["parent_ref_area"],
            row["indicator_code"],
        ):
            return city.figure("growth_pct", _rate, voice.missing)
    return voice.missing
