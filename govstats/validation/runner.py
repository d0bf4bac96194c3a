"""The audit: rules from ``expectations/`` judged over a warehouse."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import duckdb

from govstats.rules import Rule, load_rules
from govstats.settings import Settings
from govstats.validation import names, plan, wording
from govstats.validation.finding import (
    FAIL,
    NOT_APPLICABLE,
    PASS,
    RuleResult,
    ValidationResult,
)
from govstats.validation.judge import Verdict, judge


def validate(settings: Settings, warehouse: Path, log: Callable[[str], None]) -> ValidationResult:
    """Judge all audit rules over a finished warehouse; the file is only read.

    Args:
        settings: where the rules lie.
        warehouse: a built DuckDB file that no other process writes.
        log: takes one line of text at a time.

    Raises:
        KnowledgeError: a rule file is wrong, or a rule cannot be evaluated.
    """
    started = time.monotonic()
    rules = load_rules(settings.expectations)
    result = run_rules(rules, warehouse)
    for each in result.rule_results:
        if each.outcome != PASS:
            fared = each.note_en or f"{each.outcome}, {each.failed} of {each.evaluated}"
            log(f"audit: {each.rule_id} {each.name_en}: {fared} ({each.severity})")
    outcomes = Counter(each.outcome for each in result.rule_results)
    log(
        f"audit: {len(rules)} rules, {outcomes[PASS]} pass, {outcomes[FAIL]} fail, "
        f"{outcomes[NOT_APPLICABLE]} not applicable, {len(result.findings)} findings, "
        f"{time.monotonic() - started:.1f} s"
    )
    return result


def run_rules(rules: Iterable[Rule], warehouse: Path) -> ValidationResult:
    """Judge the given rules over a warehouse; the file is only read.

    Raises:
        KnowledgeError: a rule cannot be evaluated; names rule and file.
    """
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        known = names.read(connection)
        suites = plan.suites(rules, connection, known)
    verdicts = judge(warehouse, suites)
    results = sorted((_result(verdict) for verdict in verdicts), key=lambda each: each.rule_id)
    return ValidationResult(tuple(results), wording.findings(verdicts, known))


def _result(verdict: Verdict) -> RuleResult:
    rule = verdict.rule
    failed = len(verdict.violations)
    outcome = FAIL if failed else PASS if verdict.evaluated else NOT_APPLICABLE
    return RuleResult(
        rule_id=rule.id,
        name_zh=rule.name_zh,
        name_en=rule.name_en,
        kind=rule.kind,
        kind_zh=rule.kind_zh,
        severity=rule.severity,
        holds=rule.holds,
        basis=rule.basis,
        evaluated=verdict.evaluated,
        failed=failed,
        outcome=outcome,
        basis_en=rule.basis_en,
        judged_table=rule.table,
        scope=rule.where,
        expectation=rule.expectation,
        args=json.dumps(rule.args, ensure_ascii=False),
        remedy_zh=rule.remedy_zh,
        remedy_en=rule.remedy_en,
        **_note(verdict),
    )


def _note(verdict: Verdict) -> dict[str, str]:
    """Say why a rule judged nothing; nothing where it did."""
    if verdict.evaluated or verdict.violations:
        return {}
    if not verdict.in_scope:
        return {
            "note_zh": "未作判断：适用范围内没有数据",
            "note_en": "nothing was evaluated: no row lies within its scope",
        }
    return {
        "note_zh": f"未作判断：适用范围内的 {verdict.in_scope} 条都没有可比的数",
        "note_en": f"nothing was evaluated: none of the {verdict.in_scope} rows within its scope "
        "has a figure to judge",
    }
