"""From rules to queries: rules over the same rows are judged together, each mistake named."""

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from govstats.errors import KnowledgeError
from govstats.rules import Rule
from govstats.rules.problems import nearest
from govstats.rules.rule import SQL
from govstats.validation.names import DERIVED, Names

#: Column that marks each row of an ``sql`` rule's query as a violation.
VIOLATION = "is_violation"

#: Columns by which a finding is placed, taken from the rows where they exist.
PLACE = (
    "submission_id",
    "department_code",
    "file",
    "sheet",
    "cell",
    "indicator_code",
    "ref_area",
    "period_end",
    "value",
    "expected_value",
    "layout_id",
    "scope",
    "period_type",
    "measure",
    "entry_key",
    "field_id",
)


@dataclass(frozen=True)
class Suite:
    """Rules judged over one query.

    ``columns`` are those a finding needs. ``in_scope`` is the number of rows that an ``sql``
    rule is about, None where the expectation counts them itself.
    """

    query: str
    rules: tuple[Rule, ...]
    columns: tuple[str, ...]
    in_scope: int | None


def suites(
    rules: Iterable[Rule], connection: duckdb.DuckDBPyConnection, names: Names
) -> tuple[Suite, ...]:
    """Group rules by table and scope and check them against the warehouse.

    Raises:
        KnowledgeError: a rule names a table or column that is not there, or its SQL fails.
    """
    grouped: dict[tuple[str, str, str], list[Rule]] = {}
    for rule in rules:
        own = rule.id if rule.expectation == SQL else ""
        grouped.setdefault((rule.table, rule.where, own), []).append(rule)
    return tuple(_suite(tuple(group), connection, names) for group in grouped.values())


def scope_of(rule: Rule) -> str:
    """Return the query for the rows that a rule is about."""
    return f"select * from {rule.table}" + (f" where {rule.where}" if rule.where else "")  # noqa: S608


def _suite(rules: tuple[Rule, ...], connection: duckdb.DuckDBPyConnection, names: Names) -> Suite:
    rule = rules[0]
    if rule.table not in names.columns:
        schema = rule.table.split(".")[0]
        tables = [table for table in names.columns if table.startswith(f"{schema}.")]
        raise KnowledgeError(
            f"{rule.place}: table {rule.table} is not in the warehouse"
            f"{nearest(rule.table, tables)}",
            "mend table, or build the warehouse again",
        )
    scope = scope_of(rule)
    in_scope = None
    query = scope
    if rule.expectation == SQL:
        in_scope = int(_run(rule, connection, f"select count(*) from ({scope}) as s")[0][0])  # noqa: S608
        violations = rule.args["query"].strip().rstrip(";").replace("{scope}", f"({scope})")
        query = f"select violations.*, 1 as {VIOLATION} from ({violations}) as violations"  # noqa: S608
    available = [row[0] for row in _run(rule, connection, f"describe {query}")]
    for each in rules:
        _check_columns(each, available)
    wanted = set(PLACE).union(*(_needed(each) for each in rules))
    return Suite(query, rules, tuple(c for c in available if c in wanted), in_scope)


def _run(rule: Rule, connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[str, ...]]:
    try:
        return connection.execute(query).fetchall()
    except duckdb.Error as error:
        raise KnowledgeError(
            f"{rule.place}: its SQL cannot be run: {error}", "mend table, where or query"
        ) from error


def _needed(rule: Rule) -> frozenset[str]:
    texts = rule.columns()
    return texts | {DERIVED[name] for name in texts if name in DERIVED}


def _check_columns(rule: Rule, available: list[str]) -> None:
    for name in _arguments(rule):
        if name not in available:
            raise KnowledgeError(
                f"{rule.place}: column {name} is not in {rule.table}{nearest(name, available)}",
                "mend args",
            )
    for name in sorted(rule.columns()):
        if name in available or DERIVED.get(name) in available:
            continue
        if DERIVED.get(name) == "department_code" and "submission_id" in available:
            continue
        raise KnowledgeError(
            f"{rule.place}: the text asks for {{{name}}}, which {rule.table} does not have"
            f"{nearest(name, [*available, *DERIVED])}",
            "mend value, expected or the message",
        )


def _arguments(rule: Rule) -> list[str]:
    return [rule.args[key] for key in ("column", "column_A", "column_B") if key in rule.args]
