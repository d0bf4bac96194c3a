"""Everything a bulletin says about one period, read from the marts once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import duckdb

from govstats.errors import GovstatsError
from govstats.release.bulletin import statements
from govstats.release.bulletin.rows import Marts, Row
from govstats.release.bulletin.wording import typeset

Kind = Literal["month", "quarter", "year"]


@dataclass(frozen=True)
class District:
    """The district the bulletin is about, and the city it lies in (empty where there is none)."""

    ref_area: str
    name_zh: str
    city_zh: str


@dataclass(frozen=True)
class Facts:
    """Rows of the marts at one period, in the order in which they are told."""

    connection: duckdb.DuckDBPyConnection
    period: Row
    district: District
    codes: Mapping[str, Mapping[str, str]]
    progress: list[Row]
    summary: list[Row]
    troubled: list[Row]
    review: list[Row]
    peers: list[Row]
    city: list[Row]
    areas: list[Row]
    projects: list[Row]
    livelihood: list[Row]
    duties: list[Row]
    outlook: list[Row]
    overview: list[Row]
    revisions: list[Row]
    findings: list[Row]
    held: list[Row]

    @property
    def period_end(self) -> date:
        """Last day of the period."""
        day: date = self.period["period_end"]
        return day

    @property
    def kind(self) -> Kind:
        """Whether the bulletin is one of a month, a quarter or a year."""
        if self.period["is_year_end"]:
            return "year"
        return "quarter" if self.period["is_quarter_end"] else "month"

    @property
    def period_zh(self) -> str:
        """The period in words: 前三季度, 全年, 1—8月."""
        quarter = self.period.words("quarter_label_zh")
        return quarter or self.period.words("short_label_zh")

    def word(self, codes: str, code: object) -> str:
        """Return the Chinese of a code; the code itself where the list does not have it."""
        return self.codes.get(codes, {}).get(str(code), str(code))

    def overview_words(self, mart: str) -> str:
        """Return what the overview says of a mart that one system has; empty if nothing is due."""
        found = [row for row in self.overview if row["mart"] == mart and row["is_due"]]
        return found[0].words("words_zh") if len(found) == 1 else ""


def read(connection: duckdb.DuckDBPyConnection, time_period: str) -> Facts:
    """Return the facts of a period (YYYY-MM).

    Raises:
        GovstatsError: no target was judged for the period, or a mart is missing.
    """
    try:
        return _read(connection, time_period)
    except duckdb.Error as error:
        raise GovstatsError(
            f"the warehouse cannot be read for the bulletin: {error}",
            "the bulletin needs every table of schema marts: build the warehouse again",
        ) from error


def _read(connection: duckdb.DuckDBPyConnection, time_period: str) -> Facts:
    found = Marts.at(connection, date.min).rows("dim_period", statements.PERIOD, time_period)
    marts = Marts.at(connection, found[0]["period_end"] if found else date.min)
    district = marts.now("dim_area", statements.DISTRICT) if found else []
    if not district:
        raise GovstatsError(
            f"there is nothing to report on {time_period}: no target was judged for it",
            "give a period YYYY-MM that has judged targets; there is none for January",
        )
    home = District(
        district[0]["ref_area"], district[0].words("name_zh"), district[0].words("city_zh")
    )
    return Facts(connection, found[0], home, _codes(connection), **_rows(marts, home))


def _rows(marts: Marts, home: District) -> dict[str, Any]:
    def own(mart: str, sql: str) -> list[Row]:
        return [row for row in marts.now(mart, sql) if row["ref_area"] == home.ref_area]

    return {
        "progress": own("fct_target_progress", statements.PROGRESS),
        "summary": own("fct_progress_summary", statements.SUMMARY),
        "troubled": marts.now("fct_milestone", statements.MILESTONES),
        "review": own("fct_quarter_review", statements.REVIEW),
        "peers": own("fct_peer_comparison", statements.PEERS),
        "city": marts.now("fct_peer_comparison", statements.CITY),
        "areas": [
            row
            for row in marts.now("fct_area_scorecard", statements.AREAS)
            if row["managed_by"] == home.ref_area
        ],
        "projects": marts.now("fct_key_project", statements.PROJECTS),
        "livelihood": marts.now("fct_livelihood_item", statements.LIVELIHOOD),
        "duties": marts.now("fct_reporting_duty", statements.DUTIES),
        "outlook": own("fct_outlook", statements.OUTLOOK),
        "overview": own("fct_system_overview", statements.OVERVIEW),
        "revisions": _revisions(marts),
        "findings": marts.now("fct_validation_finding", statements.FINDINGS),
        "held": marts.now("fct_submission", statements.HELD),
    }


def _revisions(marts: Marts) -> list[Row]:
    sql = statements.REVISIONS.replace("$period", f"date '{marts.period_end.isoformat()}'")
    return marts.rows("fct_revision", sql)


def _codes(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    lists: dict[str, dict[str, str]] = {}
    for name, code, word in connection.execute(statements.CODES).fetchall():
        lists.setdefault(name, {})[code] = typeset(word)
    return lists


def has_sign(connection: duckdb.DuckDBPyConnection, period_end: date, sign: str) -> bool:
    """Whether a note on a sheet of the period has the sign that marks data that are not real."""
    if not sign:
        return False
    found = connection.execute(statements.SIGN, [period_end, sign]).fetchone()
    return bool(found and found[0])
