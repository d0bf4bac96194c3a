"""The audit of a candidate: what is wrong is set aside and the rest built again, until it stands.

A pass judges the warehouse. Submissions with hard findings are marked as held in a copy of its
schema ``raw``, dbt builds the copy, and it takes the place of the warehouse in one step, with
what was found in it. A kill at any moment leaves a warehouse that says itself which submissions
it holds and why; the next call goes on from there.
"""

import logging
import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import duckdb

from govstats import explanations, overrides, validation
from govstats.settings import Settings
from govstats.validation import Finding, ValidationResult, holds, newest
from govstats.validation.holds import Hold
from govstats.warehouse import dbt_runner, raw

log = logging.getLogger("govstats")

WAREHOUSE = "warehouse.duckdb"
#: Rebuilds of a candidate; what still holds submissions after them holds the release.
REBUILDS = 4


def audit(settings: Settings, here: Path, work: Path, as_of: str | None) -> validation.GateDecision:
    """Judge a candidate, set bad submissions aside, record what was found; decide on release.

    Args:
        settings: the installation.
        here: the candidate's folder.
        work: folder of dbt's artifacts.
        as_of: the past day it was built for, if any.
    """
    warehouse = here / WAREHOUSE
    result = _judged(settings, warehouse)
    for number in range(1, REBUILDS + 1):
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            found = holds.wanted(result.findings, holds.statuses(connection))
            standing = holds.standing(result.findings, holds.statuses(connection))
        if not found:
            break
        for hold in found:
            ids = {"submission_id": hold.submission_id, "file": hold.file}
            log.warning("audit: held: %s: %s", hold.file, ", ".join(hold.rules), extra=ids)
        log.info("audit: built again without %d submissions, pass %d", len(found), number + 1)
        _rebuild(settings, here, work, as_of, [*standing, *found], result.findings)
        result = _judged(settings, warehouse)
    return _record(settings, warehouse, result)


def _judged(settings: Settings, warehouse: Path) -> ValidationResult:
    """Judge a warehouse, with what was found before in the submissions that it holds."""
    result = validation.validate(settings, warehouse, log=log.info)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        laid = replace(result, findings=newest.edition(connection, result.findings))
        whole = holds.joined(laid, holds.kept(connection))
        marked = overrides.apply(whole.findings, overrides.in_force(connection))
    return replace(whole, findings=marked)


def _rebuild(
    settings: Settings,
    here: Path,
    work: Path,
    as_of: str | None,
    held: Iterable[Hold],
    findings: Iterable[Finding],
) -> None:
    """Build the candidate's warehouse anew without the figures of what is held."""
    listed = list(held)
    aside = {hold.submission_id for hold in listed}
    building = here.parent / f".building-{here.name}"
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir()
    warehouse = building / WAREHOUSE
    known = [finding for finding in findings if finding.submission_id in aside]
    raw.copy(here / WAREHOUSE, warehouse, listed, known)
    dbt_runner.build(settings, warehouse, work, log=log.debug, as_of=as_of)
    warehouse.replace(here / WAREHOUSE)
    shutil.rmtree(building)


def _record(
    settings: Settings, warehouse: Path, result: ValidationResult
) -> validation.GateDecision:
    with duckdb.connect(str(warehouse)) as connection:
        findings, judged = explanations.apply(connection, result.findings, settings)
        connection.execute("checkpoint")
    whole = replace(result, findings=findings)
    validation.record(warehouse, whole)
    with duckdb.connect(str(warehouse)) as connection:
        explanations.record(connection, judged)
        status = holds.statuses(connection)
        connection.execute("checkpoint")
    validation.cover(settings, warehouse)
    return validation.decide(whole, status)
