"""From a row that broke a rule to a finding, in both languages, that ends at its cell."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from govstats.numbers import plain
from govstats.rules import SEVERITIES
from govstats.validation.finding import FIRST_STATE, Finding
from govstats.validation.judge import Verdict
from govstats.validation.names import Names

#: Columns that tell one figure of a sheet from another, wherever it stands.
SERIES = ("indicator_code", "ref_area", "scope", "period_type", "measure", "entry_key", "field_id")

#: How a message of either language writes what is not there, and the answers to a question.
CHINESE = {"nothing": "（空）", "yes": "是", "no": "否"}
ENGLISH = {"nothing": "(empty)", "yes": "yes", "no": "no"}

_CELL = re.compile(r"([A-Z]+)([0-9]+)")
_SEVERITY_ORDER = {code: place for place, code in enumerate(SEVERITIES)}


def findings(verdicts: Iterable[Verdict], names: Names) -> tuple[Finding, ...]:
    """Word every violation; the same warehouse gives the same findings in the same order."""
    worded = [
        _finding(verdict, names.completed(row))
        for verdict in verdicts
        for row in verdict.violations
    ]
    return tuple(_distinct(sorted(worded, key=_order)))


def _finding(verdict: Verdict, row: Mapping[str, Any]) -> Finding:
    rule = verdict.rule
    texts = {name: _shown(value) for name, value in row.items()}
    english = {name: _shown(value, ENGLISH) for name, value in row.items()}
    value = _text(rule.value, texts, row, "value")
    expected = _text(rule.expected, texts, row, "expected_value")
    place = [row.get(name) for name in ("submission_id", "file", "sheet", "cell")]
    series = [row.get(name) for name in ("department_code", "indicator_code", "ref_area")]
    key = [rule.id, *place, *series, row.get("period_end"), value]
    about = _about(rule.id, row)
    return Finding(
        finding_id=_digest(key),
        place_key=_digest(about),
        finding_key=_digest([*about, value]),
        rule_id=rule.id,
        rule_name_zh=rule.name_zh,
        rule_name_en=rule.name_en,
        kind=rule.kind,
        severity=rule.severity,
        holds=rule.holds,
        state=FIRST_STATE[rule.severity],
        department_code=row.get("department_code"),
        submission_id=row.get("submission_id"),
        file=row.get("file"),
        sheet=row.get("sheet"),
        cell=row.get("cell"),
        indicator_code=row.get("indicator_code"),
        ref_area=row.get("ref_area"),
        period_end=row.get("period_end"),
        value=value,
        expected=expected,
        message_zh=_on_one_line(rule.message_zh.format_map(texts)),
        remedy_zh=rule.remedy_zh,
        message_en=_on_one_line(rule.message_en.format_map(english)),
        remedy_en=rule.remedy_en,
    )


def _about(rule_id: str, row: Mapping[str, Any]) -> list[object]:
    """What a finding is about, whichever submission says it: a series, else a place in a sheet."""
    about = [rule_id, *(row.get(name) for name in ("department_code", "layout_id", "period_end"))]
    series = [row.get(name) for name in SERIES]
    if any(part is not None for part in series):
        return [*about, *series]
    return [*about, *(row.get(name) for name in ("sheet", "cell"))]


def _text(
    template: str, texts: Mapping[str, str], row: Mapping[str, Any], default: str
) -> str | None:
    if template:
        return template.format_map(texts)
    return plain(row[default]) if row.get(default) is not None else None


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _shown(value: object, words: Mapping[str, str] = CHINESE) -> str:
    """Write a value as people do; ``words`` are a language's for what no figure says."""
    match value:
        case None:
            return words["nothing"]
        case bool():
            return words["yes" if value else "no"]
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M")
        case date():
            return value.isoformat()
        case _:
            return plain(value)


def _digest(key: Iterable[object]) -> str:
    text = "|".join("" if part is None else str(part) for part in key)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _order(finding: Finding) -> tuple[str | int, ...]:
    """Weight first, then rule, then place; row 9 before row 10, column Z before AA."""
    column, row = "", "0"
    if found := _CELL.fullmatch(finding.cell or ""):
        column, row = found.groups()
    return (
        _SEVERITY_ORDER[finding.severity],
        finding.rule_id,
        finding.department_code or "",
        str(finding.period_end or ""),
        finding.file or "",
        finding.sheet or "",
        int(row),
        len(column),
        column,
        finding.indicator_code or "",
        finding.ref_area or "",
        finding.value or "",
        finding.expected or "",
        finding.message_zh,
    )


def _distinct(ordered: Iterable[Finding]) -> Iterable[Finding]:
    """Tell apart findings of one rule at one cell, by their words; drop exact repetitions."""
    seen: dict[str, Finding] = {}
    for finding in ordered:
        if finding.finding_id in seen:
            if replace(finding, finding_id="") == replace(seen[finding.finding_id], finding_id=""):
                continue
            finding = replace(finding, finding_id=_digest([finding.finding_id, finding.message_zh]))
            if finding.finding_id in seen:
                continue
        seen[finding.finding_id] = finding
        yield finding
