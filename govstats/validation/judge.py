"""Great Expectations over DuckDB: suites in, rows that broke a rule out.

An ephemeral context writes no file. Every connection it opens is remembered and closed, because
DuckDB lets nobody write a file that the same process still has open for reading.
"""

import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Before the import below, which reads them: nothing about a run leaves the machine.
os.environ["GX_ANALYTICS_ENABLED"] = "false"
os.environ.setdefault("DO_NOT_TRACK", "1")

import great_expectations as gx
import great_expectations.expectations as gxe
from great_expectations.data_context.types.base import (
    DataContextConfig,
    InMemoryStoreBackendDefaults,
)
from great_expectations.expectations.registry import get_expectation_impl

from govstats.errors import KnowledgeError
from govstats.rules import Rule
from govstats.rules.rule import SQL
from govstats.validation.plan import VIOLATION, Suite

#: More rows than any district's warehouse holds: every violation becomes a finding.
_ALL_ROWS = 10_000_000
_RULE = "rule_id"

logging.getLogger("great_expectations").setLevel(logging.WARNING)


@dataclass(frozen=True)
class Verdict:
    """How one rule fared: rows that could be judged, the rows that broke it, rows in its scope."""

    rule: Rule
    evaluated: int
    violations: tuple[Mapping[str, Any], ...]
    in_scope: int = 0


def judge(warehouse: Path, suites: tuple[Suite, ...]) -> tuple[Verdict, ...]:
    """Run all suites over the warehouse, opened for reading only and closed again.

    Raises:
        KnowledgeError: Great Expectations could not evaluate a rule; names rule and file.
    """
    with _source(warehouse) as source:
        return tuple(
            verdict
            for number, suite in enumerate(suites)
            for verdict in _run(source, suite, f"suite {number}")
        )


@contextmanager
def _source(warehouse: Path) -> Iterator[Any]:
    opened: list[Any] = []
    remember: Callable[[Any, Any], None] = lambda connection, record: opened.append(connection)  # noqa: E731
    # without its documentation sites, for which it would make a folder
    stores = InMemoryStoreBackendDefaults(init_temp_docs_sites=False)
    config = DataContextConfig(store_backend_defaults=stores)
    context = gx.get_context(mode="ephemeral", project_config=config)
    context.variables.progress_bars = {"globally": False}
    source = context.data_sources.add_sql(
        name="warehouse",
        connection_string=f"duckdb:///{warehouse}",
        kwargs={
            "connect_args": {"read_only": True},
            "isolation_level": "AUTOCOMMIT",
            "skip_autocommit_rollback": True,
            "pool_events": [(remember, "connect")],
        },
    )
    try:
        yield source
    finally:
        source.get_execution_engine().engine.dispose()
        for connection in opened:
            connection.close()


def _run(source: Any, suite: Suite, name: str) -> Iterator[Verdict]:  # noqa: ANN401
    asset = source.add_query_asset(name=name, query=suite.query)
    batch = asset.add_batch_definition_whole_table("all").get_batch()
    expectations = [_expectation(rule) for rule in suite.rules]
    result = batch.validate(
        gx.ExpectationSuite(name=name, expectations=expectations),
        result_format={
            "result_format": "COMPLETE",
            "unexpected_index_column_names": list(suite.columns),
            "partial_unexpected_count": _ALL_ROWS,
        },
    )
    rules = {rule.id: rule for rule in suite.rules}
    for each in result.results:
        rule = rules[each.expectation_config.meta[_RULE]]
        _raise_if_broken(rule, each.exception_info)
        yield _verdict(rule, each.result, suite)


def _expectation(rule: Rule) -> Any:  # noqa: ANN401
    meta = {_RULE: rule.id}
    if rule.expectation == SQL:
        return gxe.ExpectColumnValuesToBeNull(column=VIOLATION, meta=meta)
    return get_expectation_impl(rule.expectation)(**rule.args, meta=meta)


def _verdict(rule: Rule, result: Mapping[str, Any], suite: Suite) -> Verdict:
    violations = tuple(result.get("unexpected_index_list") or ())
    if len(violations) != int(result.get("unexpected_count") or 0):
        raise KnowledgeError(
            f"{rule.place}: {rule.expectation} counts {result['unexpected_count']} rows "
            f"and names {len(violations)} of them",
            "write the rule as sql, so that every finding ends at its cell",
        )
    if suite.in_scope is not None:
        return Verdict(rule, suite.in_scope, violations, suite.in_scope)
    rows = int(result["element_count"])
    return Verdict(rule, rows - int(result.get("missing_count") or 0), violations, rows)


def _raise_if_broken(rule: Rule, info: Mapping[str, Any]) -> None:
    causes = [info] if "raised_exception" in info else list(info.values())
    messages = [cause["exception_message"] for cause in causes if cause["raised_exception"]]
    if messages:
        raise KnowledgeError(
            f"{rule.place}: Great Expectations cannot evaluate {rule.expectation}: {messages[0]}",
            "mend expectation, args or where",
        )
