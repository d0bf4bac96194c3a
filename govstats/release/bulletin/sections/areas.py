"""Subdistricts: how they stand with what they answer for, who is in front and who is not."""

from govstats.release.bulletin import charts, shown
from govstats.release.bulletin.model import Block, Column, Table, Text
from govstats.release.bulletin.rows import Row
from govstats.release.bulletin.sections.peers import basis
from govstats.release.bulletin.voice import PARTS, Voice
from govstats.release.bulletin.wording import as_words, joined
from govstats.release.reference import Figure

#: Places named at each end of a ranking, and areas where equals would make the list longer.
NAMED, MOST = 3, 6


def write(voice: Voice) -> list[Block]:
    """Return a sentence for each ranked indicator, a table of ranks, and their chart."""
    groups = by_indicator(voice.facts.areas)
    ranked = [group for group in groups if any(row.has("rank_computed") for row in group)]
    if not ranked:
        return [*voice.says("none")]
    blocks: list[Block] = []
    words = voice.facts.overview_words("fct_area_scorecard")
    if words:
        blocks += voice.says("counts", words=words)
    for group in ranked:
        blocks += _indicator(voice, group)
    title = voice.table_title("areas")
    blocks += [_table(voice, title, ranked)] if title else []
    caption = voice.table_title("ranks")
    facts = voice.facts
    chart = charts.areas(facts.connection, facts.period_end, caption) if caption else None
    return blocks + ([chart] if chart else [])


def by_indicator(rows: list[Row]) -> list[list[Row]]:
    """Return the rows of each indicator, in the order of its ranks."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row["indicator_code"], []).append(row)
    return list(groups.values())


def _indicator(voice: Voice, group: list[Row]) -> list[Block]:
    in_ranks = [row for row in group if row.has("rank_computed")]
    best = _end(in_ranks, [])
    # Where too many share the first place nobody is named, at the other end neither.
    worst = _end(in_ranks[::-1], best) if best else []
    judged = [row for row in group if row["state"] != "watched"]
    parts = [
        voice.text("states", states=_states(voice, group)) if judged else (),
        voice.text("path", path=_path(judged)) if _path(judged) else (),
        voice.text("best", items=voice.listed(_area(voice, row) for row in best)) if best else (),
        voice.text("worst", items=voice.listed(_area(voice, row) for row in worst))
        if worst
        else (),
        voice.text("tied") if not best else (),
    ]
    return [
        *voice.says(
            "indicator",
            name=group[0].words("indicator_zh"),
            basis=basis(voice, group[0]) or None,
            parts=joined([part for part in parts if part], PARTS),
        )
    ]


def _states(voice: Voice, group: list[Row]) -> Text:
    """How many areas are in each state, in the order of the code list."""
    order = list(voice.facts.codes.get("area_state", {}))
    states = [row["state"] for row in group]
    return voice.listed(
        voice.phrase(
            "count", word=voice.facts.word("area_state", state), n=str(states.count(state))
        )
        for state in sorted(set(states), key=lambda state: ([*order, state]).index(state))
    )


def _end(rows: list[Row], told: list[Row]) -> list[Row]:
    """Areas from one end of a ranking, equals together; never one that was told already."""
    found: list[Row] = []
    for place in dict.fromkeys(row["rank_computed"] for row in rows):
        equals = [row for row in rows if row["rank_computed"] == place]
        if len(found) >= NAMED or len(found) + len(equals) > MOST or equals[0] in told:
            break
        found += equals
    return found


def _path(judged: list[Row]) -> Text:
    """The share of the year that all areas together had reached in earlier years."""
    for row in judged:
        if row.has("expected_pct_seasonal"):
            return (row.figure("expected_pct_seasonal", shown.percent),)
    return ()


def _area(voice: Voice, row: Row) -> Text:
    return voice.text(
        "area",
        name=row.words("area_zh"),
        rank=row.figure("rank_computed", str),
        value=_ranked_by(row),
    )


def _ranked_by(row: Row) -> Figure:
    if row["rank_basis"] == "completion":
        return row.figure("completion_pct", shown.percent)
    return row.figure("obs_value", lambda v: shown.amount(v, row["unit_measure"]))


def _table(voice: Voice, title: str, groups: list[list[Row]]) -> Table:
    """A row for each area, with what it is ranked by and its rank for each indicator."""
    columns = [Column("街道（乡）", width=2)]
    for group in groups:
        name, unit = group[0].words("indicator_zh"), group[0]["unit_measure"]
        if group[0]["rank_basis"] == "completion":
            name, unit = f"{name}{as_words(basis(voice, group[0]))}", "%"
        columns += [Column(name, unit, "right", 1.6), Column("位次", "", "right", 0.8)]
    areas = {row["ref_area"]: row for group in groups for row in group}
    lines = tuple(_line(voice, areas[code], groups) for code in sorted(areas))
    return Table("", title, tuple(columns), lines)


def _line(voice: Voice, area: Row, groups: list[list[Row]]) -> tuple[Text, ...]:
    cells: list[Text] = [(area.words("area_zh"),)]
    for group in groups:
        row = next((row for row in group if row["ref_area"] == area["ref_area"]), None)
        cells += [(voice.missing,), (voice.missing,)] if row is None else _cells(voice, row)
    return tuple(cells)


def _cells(voice: Voice, row: Row) -> list[Text]:
    absent = row.words("absence_zh") or voice.missing
    if row["rank_basis"] == "completion":
        value = row.figure("completion_pct", shown.rate, absent)
    else:
        value = row.figure("obs_value", lambda v: shown.number(v, row["unit_measure"]), absent)
    return [(value,), (row.figure("rank_computed", str, voice.missing),)]
