"""Overrides set beside the findings of an audit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace

import duckdb

from govstats.overrides.book import Override
from govstats.validation.finding import OVERRIDDEN, Finding


def in_force(connection: duckdb.DuckDBPyConnection) -> dict[str, Override]:
    """Return the overrides a warehouse was built with, by finding, as of the day it shows."""
    names = ", ".join(field.name for field in fields(Override))
    rows = connection.execute(
        f"select {names} from staging.stg_audit_override "  # noqa: S608
        "where withdrawn_on is null order by decided_on, finding_id"
    ).fetchall()
    return {override.finding_id: override for override in (Override(*row) for row in rows)}


def apply(findings: Iterable[Finding], overrides: Mapping[str, Override]) -> tuple[Finding, ...]:
    """Mark the findings that are overridden, with who answers for it and why.

    Only what holds something back can be overridden: another finding is left as it is.
    """
    return tuple(_marked(finding, overrides.get(finding.finding_id)) for finding in findings)


def _marked(finding: Finding, override: Override | None) -> Finding:
    if override is None or finding.holds == "none" or override.rule_id != finding.rule_id:
        return finding
    return replace(
        finding,
        state=OVERRIDDEN,
        override_by=override.author,
        override_reason_zh=override.reason_zh,
        overridden_on=override.decided_on,
    )


def overridden(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings that somebody lets pass."""
    return tuple(finding for finding in findings if finding.state == OVERRIDDEN)
