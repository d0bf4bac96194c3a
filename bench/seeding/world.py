"""One world: the clean demonstration with some errors in it, read, transformed and audited."""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb

from bench.seeding.base import Base, Model, needed
from bench.seeding.errors import Error
from bench.seeding.whole_sheet import words
from bench.seeding.workbook import edited, reworded
from govstats.files import sha256_file
from govstats.intake import LedgerEntry
from govstats.intake.ledger import submission_id
from govstats.observations import SubmissionRef, read_into, read_summaries
from govstats.rules import Rule
from govstats.validation.runner import run_rules
from govstats.warehouse import raw


@dataclass(frozen=True)
class Found:
    """One finding of an audit, as the bench needs it. ``key`` is that of its place: a rule that
    objects to the clean figure too does not find the wrong one; ``about`` is the figure's
    indicator and area, or the entry and layout that stand in its cell.
    """

    key: str
    rule_id: str
    severity: str
    department_code: str | None
    file: str | None
    sheet: str | None
    cell: str | None
    period_end: date | None
    about: tuple[str, str] | None
    message: str


def planted(base: Base, errors: Sequence[Error], folder: Path) -> dict[str, LedgerEntry]:
    """Write the workbooks with their errors below ``folder``, as they lie below ``raw``.

    Returns:
        Per clean submission id, the ledger's line of the workbook that takes its place.
    """
    entries = {entry.submission_id: entry for entry in base.entries}
    replaced: dict[str, LedgerEntry] = {}
    for error in errors:
        entry = entries[error.submission_id]
        content = base.file(entry).read_bytes()
        if error.copy_of is not None:
            before = entries[error.copy_of]
            content = reworded(
                base.file(before).read_bytes(),
                content,
                words(before.time_period, entry.time_period),
            )
        path = folder / entry.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(edited(content, error.edits))
        digest = sha256_file(path)
        name = submission_id(entry.department_code, entry.time_period, digest)
        replaced[entry.submission_id] = replace(
            entry, submission_id=name, sha256=digest, size_bytes=path.stat().st_size
        )
    return replaced


def audited(
    base: Base, rules: Sequence[Rule], errors: Sequence[Error], folder: Path
) -> list[Found]:
    """Everything the audit finds in the world with these errors; ``folder`` is used and removed."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        replaced = planted(base, errors, folder / "raw")
        facts = _read(base, replaced, folder)
        entries = [replaced.get(entry.submission_id, entry) for entry in base.entries]
        warehouse = folder / "warehouse.duckdb"
        raw.load(warehouse, entries, [], read_summaries(facts), facts)
        _transform(base, needed(base.models, rules), warehouse)
        findings = run_rules(rules, warehouse).findings
        places = _places(warehouse)
    finally:
        shutil.rmtree(folder)
    return [
        Found(
            key=f.place_key,
            rule_id=f.rule_id,
            severity=f.severity,
            department_code=f.department_code,
            file=f.file,
            sheet=f.sheet,
            cell=f.cell,
            period_end=f.period_end,
            about=(f.indicator_code, f.ref_area or "")
            if f.indicator_code
            else places.get((f.submission_id, f.sheet, f.cell)),
            message=f.message_zh,
        )
        for f in findings
    ]


def _read(base: Base, replaced: dict[str, LedgerEntry], folder: Path) -> Path:
    facts = folder / "facts"
    facts.mkdir()
    for path in base.facts.iterdir():
        os.link(path, facts / path.name)
    refs = [
        SubmissionRef(
            e.submission_id, e.department_code, e.time_period, e.file, folder / "raw" / e.file
        )
        for e in replaced.values()
    ]
    if refs:
        list(read_into(refs, replace(base.settings, workers=1), facts))
    return facts


def _transform(base: Base, models: Sequence[Model], warehouse: Path) -> None:
    with duckdb.connect(str(warehouse), config={"threads": 1}) as connection:
        connection.execute(f"attach '{base.warehouse}' as clean (read_only)")
        seeds = connection.execute(
            "select table_name from duckdb_tables() "
            "where database_name = 'clean' and schema_name = 'seeds'"
        ).fetchall()
        connection.execute("create schema if not exists seeds")
        for (name,) in seeds:
            connection.execute(f'create table seeds."{name}" as from clean.seeds."{name}"')
        connection.execute("detach clean")
        for schema in sorted({model.schema for model in models}):
            connection.execute(f'create schema if not exists "{schema}"')
        for model in models:
            connection.execute(
                f'create {model.kind} "{model.schema}"."{model.name}" as {model.sql}'
            )


def _places(warehouse: Path) -> dict[tuple[str | None, ...], tuple[str, str]]:
    """What stands in a cell of a register: its entry and its layout."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute(
            "select submission_id, sheet, cell, entry_key, layout_id from raw.entry_value "
            "where entry_key is not null"
        ).fetchall()
    return {(row[0], row[1], row[2]): (row[3], row[4]) for row in rows}
