"""What the demonstration knows, read from the tables of this folder and checked for typos."""

from decimal import Decimal
from typing import Any

from demo.periods import Period
from demo.records import (
    JURISDICTION,
    Anchor,
    Area,
    CountyRule,
    Knowledge,
    Mess,
    Monthly,
    Published,
    Revision,
    Series,
    SeriesKey,
    Term,
)
from demo.tables import (
    FOLDER,
    checked_keys,
    number,
    read_csv,
    read_monthly,
    read_rules,
    read_yaml,
)
from govstats.errors import KnowledgeError

SERIES_KEYS = frozenset(
    (
        *("indicator", "ref_area", "scope", "unit", "places", "quarterly", "since"),
        *("level", "growth", "of", "pull_of", "terms", "shares", "first_year_offset"),
    )
)


def load() -> Knowledge:
    """Read every table.

    Raises:
        KnowledgeError: a number cannot be read, or an indicator is not in ``series.yml``.
    """
    rules = read_yaml(FOLDER / "series.yml")
    district = str(rules["district"])
    knowledge = Knowledge(
        district=district,
        city=str(rules["city"]),
        series=tuple(_series(entry, district) for entry in read_rules("series")),
        after_counties=tuple(_series(entry, district) for entry in read_rules("after_counties")),
        jitter={str(name): float(size) for name, size in rules["jitter"].items()},
        published=tuple(_published(row) for row in read_csv("published.csv")),
        annual=dict(_anchor(row) for row in read_csv("annual.csv")),
        plans=dict(_anchor(row) for row in read_csv("plans.csv")),
        shares=_monthly("seasonal.csv"),
        growth=_monthly("growth.csv") | _counted("growth"),
        stocks=_monthly("stocks.csv"),
        counts=_counted("level"),
        areas=tuple(Area(**row) for row in read_csv("areas.csv")),
        counties=tuple(_county(row) for row in read_csv("counties.csv")),
        revisions=tuple(_revision(row) for row in read_csv("revisions.csv")),
        messes=tuple(_mess(row) for row in read_csv("messy.csv")),
        years=[int(year) for year in rules["years"]],
        sheets={path.stem: read_yaml(path) for path in sorted((FOLDER / "sheets").glob("*.yml"))},
    )
    _refuse_unknown_series(knowledge)
    return knowledge


def _series(entry: dict[str, Any], district: str) -> Series:
    checked_keys(entry, SERIES_KEYS, f"demo/series.yml {entry.get('indicator')}")
    area = str(entry.get("ref_area", district))
    return Series(
        key=SeriesKey(entry["indicator"], area, entry.get("scope", JURISDICTION)),
        unit=entry["unit"],
        places=int(entry["places"]),
        quarterly=bool(entry.get("quarterly", False)),
        level=entry["level"],
        growth=entry["growth"],
        parent=SeriesKey(entry["of"], area) if "of" in entry else None,
        pulled=SeriesKey(entry["pull_of"], area) if "pull_of" in entry else None,
        terms=tuple(_term(text, area) for text in entry.get("terms", [])),
        shares={int(year): Decimal(str(share)) for year, share in entry.get("shares", {}).items()},
        first_year_offset=Decimal(str(entry.get("first_year_offset", 0))),
        since=int(entry.get("since", 0)),
    )


def _term(text: str, area: str) -> Term:
    indicator, _, other = text[1:].partition("@")
    return Term(sign=-1 if text[0] == "-" else 1, key=SeriesKey(indicator, other or area))


def _published(row: dict[str, str]) -> Published:
    return Published(
        key=SeriesKey(row["indicator"], row["ref_area"], row["scope"]),
        measure=row["measure"],
        period=Period.parse(row["period"]),
        vintage=int(row["vintage"]),
        value=number(row["value"], f"published.csv {row['indicator']} {row['period']}"),
        unit=row["unit"],
        basis=row["basis"],
        source=row["source"],
    )


def _anchor(row: dict[str, str]) -> tuple[tuple[SeriesKey, int], Anchor]:
    key = SeriesKey(row["indicator"], row["ref_area"])
    value = number(row["value"], f"{row['indicator']} {row['year']}")
    return (key, int(row["year"])), Anchor(value, row["unit"], row["basis"], row["note"])


def _monthly(name: str) -> Monthly:
    return {
        (SeriesKey(row["indicator"], row["ref_area"]), Period(int(row["year"]), month)): value
        for row, month, value in read_monthly(name)
    }


def _counted(measure: str) -> Monthly:
    """Figures typed in month by month, one table per department."""
    paths = sorted((FOLDER / "monthly").glob("*.csv"))
    return {
        (SeriesKey(row["indicator"], row["ref_area"]), Period(int(row["year"]), month)): value
        for path in paths
        for row, month, value in read_monthly(f"monthly/{path.name}")
        if row["measure"] == measure
    }


def _county(row: dict[str, str]) -> CountyRule:
    where = f"counties.csv {row['indicator']} {row['ref_area']}"
    years = {int(name): number(text, where) for name, text in row.items() if name.isdigit()}
    offset = number(row["offset_2018"], where)
    return CountyRule(row["indicator"], row["ref_area"], row["method"], years, offset)


def _revision(row: dict[str, str]) -> Revision:
    return Revision(
        sheet=row["sheet"],
        period=Period.parse(row["period"]),
        edition=row["edition"],
        key=SeriesKey(row["indicator"], row["ref_area"]),
        measure=row["measure"],
        how=row["how"],
        value=number(row["value"], f"revisions.csv {row['indicator']}"),
    )


def _mess(row: dict[str, str]) -> Mess:
    return Mess(row["sheet"], row["period"], row["row"], row["column"], row["form"])


def _refuse_unknown_series(knowledge: Knowledge) -> None:
    known = {rule.key.indicator for rule in (*knowledge.series, *knowledge.after_counties)}
    known |= {term.key.indicator for rule in knowledge.series for term in rule.terms}
    used = {figure.key.indicator for figure in knowledge.published}
    for table in (knowledge.annual, knowledge.plans):
        used |= {key.indicator for key, _ in table}
    for path in (knowledge.shares, knowledge.growth, knowledge.stocks, knowledge.counts):
        used |= {key.indicator for key, _ in path}
    used |= {rule.indicator for rule in knowledge.counties}
    if unknown := sorted(used - known):
        raise KnowledgeError(f"unknown indicators {unknown}", "declare them in demo/series.yml")
