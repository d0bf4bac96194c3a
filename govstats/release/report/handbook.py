"""The rule handbook: every rule as it is written down, with its outcome."""

import json
from dataclasses import dataclass

from govstats.release.report.audited import Rule
from govstats.release.report.figures import number
from govstats.release.report.findings import kinds, severity
from govstats.release.report.records import Marts
from govstats.release.report.signs import Sign, outcome
from govstats.release.report.words import Both, both


@dataclass(frozen=True)
class RuleLine:
    """One rule of the handbook with its outcome."""

    rule: Rule
    name: Both
    kind: Both
    severity: Sign
    holds: Both
    basis: Both
    remedy: Both
    judges: str
    asks: str
    outcome: Sign
    note: Both
    evaluated: str
    failed: str


def rules(marts: Marts) -> list[RuleLine]:
    """Return the rule handbook in the order of rule ids."""
    named = kinds(marts)
    return [_line(rule, named[rule.kind], marts) for rule in marts.rules]


def idle(lines: list[RuleLine]) -> list[RuleLine]:
    """Return the rules that had nothing to judge."""
    return [line for line in lines if line.rule.outcome == "not_applicable"]


def _line(rule: Rule, kind: Both, marts: Marts) -> RuleLine:
    word = marts.names.word("outcome", rule.outcome)
    return RuleLine(
        rule=rule,
        name=Both(rule.name_zh, rule.name_en),
        kind=kind,
        severity=severity(rule.severity, marts.names),
        holds=marts.names.word("holds", rule.holds),
        basis=Both(rule.basis, rule.basis_en),
        remedy=Both(rule.remedy_zh, rule.remedy_en),
        judges=f"{rule.judged_table} where {rule.scope}" if rule.scope else rule.judged_table,
        asks=_asks(rule),
        outcome=outcome(rule.outcome, rule.severity, word),
        note=_note(rule),
        evaluated=number(rule.evaluated),
        failed=number(rule.failed),
    )


def _note(rule: Rule) -> Both:
    """Why a rule judged nothing; a rule that judged something needs no note."""
    if rule.outcome != "not_applicable":
        return Both("")
    return Both(
        rule.note_zh or "本版没有可供审核的数据。",
        rule.note_en or "This version has nothing for it to judge.",
    )


def _asks(rule: Rule) -> str:
    """The expectation with its arguments, a query with its lines."""
    try:
        arguments = json.loads(rule.args) if rule.args else {}
    except ValueError:
        return f"{rule.expectation} {rule.args}"
    if not isinstance(arguments, dict):
        return f"{rule.expectation} {rule.args}"
    if set(arguments) == {"query"}:
        return str(arguments["query"]).strip()
    parts = (f"{name}={json.dumps(value, ensure_ascii=False)}" for name, value in arguments.items())
    return f"{rule.expectation}({', '.join(parts)})"


def tally(lines: list[RuleLine]) -> Both:
    """Say how many rules ran and how many had nothing to judge."""
    waiting = len(idle(lines))
    return both(
        "共 {n} 条规则，{ran} 条执行，{idle} 条无数据可审（标“不适用”，不等于通过）。",
        "Rules: {n}; {ran} ran, {idle} had nothing to judge (not applicable, which is not a pass).",
        n=len(lines),
        ran=len(lines) - waiting,
        idle=waiting,
    )
