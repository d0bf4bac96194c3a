"""What the current release says: counted from its marts, so the two cannot differ."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from govstats.metrics.model import Family, by, one
from govstats.release import reader, releases
from govstats.settings import Settings

_SUBMISSIONS = "select status, count(*) as n from marts.fct_submission group by all order by all"
_REFUSED = """
select coalesce(reason_code, 'unknown') as reason, count(*) as n
from marts.fct_submission where status = 'refused' group by all order by all
"""
_FINDINGS = """
select severity, state, count(*) as n
from marts.fct_validation_finding group by all order by all
"""
_DUTIES = "select state, count(*) as n from marts.fct_reporting_duty group by all order by all"
#: What was not due when the release was made may be by now.
_OVERDUE = """
select department_code, count(*) filter (
    where state = 'missing' or (state in ('not_due', 'held') and due_date < ?)
) as n
from marts.fct_reporting_duty group by all order by all
"""


def families(settings: Settings, now: datetime) -> Iterator[Family]:
    """Count what the current release holds; nothing before the first one.

    Args:
        settings: the installation.
        now: the moment, with an offset; decides the release's age and which duties are overdue.
    """
    if releases.current_id(settings) is None:
        return
    manifest = releases.manifest(releases.current_folder(settings))
    yield from _about(manifest, now)
    with reader.connect(settings) as connection:
        for count in (_submissions, _findings, _duties):
            try:
                yield from count(connection, now.date())
            except (duckdb.BinderException, duckdb.CatalogException):
                continue  # a release kept from before there were such columns


def _about(manifest: dict[str, Any], now: datetime) -> Iterator[Family]:
    told = {name: str(manifest[name]) for name in ("release_id", "latest_period")}
    yield Family("release_info", "The current release and its newest period.", [(told, 1.0)])
    published = datetime.fromisoformat(manifest["published_at"])
    if published.tzinfo is None:
        published = published.replace(tzinfo=now.tzinfo)
    words = "When the current release was published."
    yield one("release_published_timestamp_seconds", words, published.timestamp())
    age = (now - published).total_seconds()
    yield one("release_age_seconds", "Its age when this file was written.", age)
    end = _end(str(manifest["latest_period"]), now.tzinfo)
    if end is not None:
        words = "End of the newest period in the current release."
        yield one("release_latest_period_end_timestamp_seconds", words, end.timestamp())


def _end(period: str, zone: Any) -> datetime | None:  # noqa: ANN401
    """The first moment after a period YYYY-MM."""
    try:
        first = datetime.fromisoformat(f"{period}-01").replace(tzinfo=zone)
    except ValueError:
        return None  # nothing on the ledger
    return first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)


def _submissions(connection: duckdb.DuckDBPyConnection, _: date) -> Iterator[Family]:
    counted = dict(connection.execute(_SUBMISSIONS).fetchall())
    usual = dict.fromkeys(("accepted", "held", "refused"), 0)
    words = "Submissions in the current release."
    yield by("status", "submissions", words, (usual | counted).items())
    refused = connection.execute(_REFUSED).fetchall()
    words = "Refused submissions in the current release."
    yield by("reason", "submissions_refused", words, refused)


def _findings(connection: duckdb.DuckDBPyConnection, _: date) -> Iterator[Family]:
    rows = connection.execute(_FINDINGS).fetchall()
    samples = [({"severity": kind, "state": state}, float(n)) for kind, state, n in rows]
    yield Family("findings", "Findings of the audit in the current release.", [*samples])


def _duties(connection: duckdb.DuckDBPyConnection, today: date) -> Iterator[Family]:
    rows = connection.execute(_DUTIES).fetchall()
    yield by("state", "duties", "Sheets that were to be handed in by the current release.", rows)
    late = connection.execute(_OVERDUE, [today]).fetchall()
    words = "Sheets of the current release that are not there after their deadline."
    yield by("department", "duties_overdue", words, late)


def zone(settings: Settings) -> ZoneInfo:
    """Return the district's time zone."""
    return ZoneInfo(settings.timezone)
