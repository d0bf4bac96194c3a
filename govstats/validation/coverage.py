"""Which figures the audit compares with others: the cells that each rule takes part of.

A figure that no rule compares can be wrong without anybody noticing; the report counts them.
"""

from collections.abc import Iterable
from pathlib import Path

import duckdb

from govstats.errors import KnowledgeError
from govstats.rules import Rule, load_rules
from govstats.rules.rule import COMPARING, COVERS_NONE
from govstats.settings import Settings
from govstats.validation.plan import scope_of

#: Columns that name a cell; a table without them is about no single figure.
CELL = ("submission_id", "sheet", "cell")

_SUM = """
insert into raw.rule_coverage
select
    submission_id, sheet, cell, count(distinct rule_id) as n_rules,
    string_agg(distinct kind, ', ' order by kind) as kinds
from touched
where submission_id is not null and sheet is not null and cell is not null
group by submission_id, sheet, cell
order by submission_id, sheet, cell
"""


def write(settings: Settings, warehouse: Path) -> int:
    """Fill ``raw.rule_coverage`` of an audited warehouse, replacing what stood there.

    Args:
        settings: where the rules lie.
        warehouse: the audited file, which nobody else may have open.

    Returns:
        The number of cells that at least one rule compares.

    Raises:
        KnowledgeError: a rule's ``covers`` cannot be run; names rule and file.
    """
    rules = load_rules(settings.expectations)
    with duckdb.connect(str(warehouse)) as connection:
        found = fill(connection, rules)
        connection.execute("checkpoint")
    return found


def fill(connection: duckdb.DuckDBPyConnection, rules: Iterable[Rule]) -> int:
    """Do the same on an open connection, for the given rules; see ``write``."""
    connection.begin()
    connection.execute(
        "create or replace temporary table touched "
        "(rule_id varchar, kind varchar, submission_id varchar, sheet varchar, cell varchar)"
    )
    for rule in rules:
        if rule.kind in COMPARING and rule.covers != COVERS_NONE:
            _touch(connection, rule)
    connection.execute("delete from raw.rule_coverage")
    connection.execute(_SUM)
    connection.execute("drop table touched")
    connection.commit()
    counted = connection.execute("select count(*) from raw.rule_coverage").fetchone()
    return int(counted[0]) if counted else 0


def _touch(connection: duckdb.DuckDBPyConnection, rule: Rule) -> None:
    try:
        cells = _cells(connection, rule)
        if cells:
            connection.execute(
                "insert into touched select distinct ?, ?, submission_id, sheet, cell "  # noqa: S608
                f"from ({cells}) as cells",
                [rule.id, rule.kind],
            )
    except duckdb.Error as error:
        connection.rollback()
        raise KnowledgeError(
            f"{rule.place}: the cells it covers cannot be found: {error}",
            "mend covers: a query for submission_id, sheet and cell",
        ) from error


def _cells(connection: duckdb.DuckDBPyConnection, rule: Rule) -> str | None:
    """Return the query for the cells that take part, None where the rule is about no cell."""
    scope = f"({scope_of(rule)})"
    if rule.covers:
        return rule.covers.rstrip(";").replace("{scope}", scope)
    described = connection.execute(f"describe select * from {scope} as s").fetchall()  # noqa: S608
    if not set(CELL) <= {row[0] for row in described}:
        return None
    judged = [rule.args[key] for key in ("column", "column_A", "column_B") if key in rule.args]
    there = " and ".join(f"{column} is not null" for column in judged) or "true"
    return f"select {', '.join(CELL)} from {scope} as s where {there}"  # noqa: S608
