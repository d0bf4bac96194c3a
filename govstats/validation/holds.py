"""Submissions that the audit sets aside: which ones, why, and what was found in them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace

import duckdb

from govstats.rules import SEVERITIES
from govstats.validation.finding import (
    FAIL,
    FIRST_STATE,
    OVERRIDDEN,
    Finding,
    RuleResult,
    ValidationResult,
)

#: What a submission is when its figures count, and when the audit holds it.
ACCEPTED, HELD = "accepted", "held"
#: Why a submission is held, as ``reason_code`` of ``raw.submission``.
REASON_CODE = "audit_hold"
#: Findings named in a submission's reason; the rest is counted.
SHOWN = 3

#: Fields that are set after judging; a finding kept from an earlier pass begins without them.
_LATER = (
    "explanation",
    "explanation_accepted",
    "explanation_reply_zh",
    "explained_by",
    "explained_at",
    "explanation_submission_id",
    "override_by",
    "override_reason_zh",
    "overridden_on",
)
#: Kinds of audit that hold one sheet against another.
_BETWEEN_SHEETS = frozenset({"cross_table", "cross_department"})
_ORDER = {severity: place for place, severity in enumerate(SEVERITIES)}


@dataclass(frozen=True)
class Hold:
    """A submission whose figures are not used, and the findings that say why, heaviest first."""

    submission_id: str
    findings: tuple[Finding, ...]

    @property
    def file(self) -> str:
        """Its file below the folder of received files."""
        return self.findings[0].file or self.submission_id

    @property
    def rules(self) -> tuple[str, ...]:
        """Ids of the rules it broke, each once."""
        return tuple(dict.fromkeys(finding.rule_id for finding in self.findings))

    def reason_zh(self) -> str:
        """Say what was found and what must happen, in Chinese."""
        named = "；".join(
            f"{each.rule_id}{_where(each)}：{each.message_zh.rstrip('。')}"
            for each in self.findings[:SHOWN]
        )
        left = len(self.findings) - SHOWN
        more = f"；另有 {left} 条" if left > 0 else ""
        return f"未通过强制性审核，本次报送的数据暂不采用：{named}{more}。"

    def reason_en(self) -> str:
        """Say the same in English."""
        named = "; ".join(
            f"{each.rule_id}{_where(each)}: {each.message_en or each.rule_name_en}"
            for each in self.findings[:SHOWN]
        )
        left = len(self.findings) - SHOWN
        more = f"; and {left} more" if left > 0 else ""
        return f"hard findings of the audit, its figures are not used: {named}{more}"


def statuses(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return the status of each submission of a warehouse by its id."""
    rows = connection.execute("select submission_id, status from raw.submission").fetchall()
    return dict(rows)


def blocks(finding: Finding) -> bool:
    """Whether a finding keeps something back: it holds, and nobody answers for overriding it."""
    return finding.holds != "none" and finding.state != OVERRIDDEN


def wanted(findings: Iterable[Finding], status: Mapping[str, str]) -> tuple[Hold, ...]:
    """Return the accepted submissions to set aside next, in order of their ids.

    A comparison of two sheets names one of them and cannot tell which is wrong. It holds a sheet
    only when no other finding holds any: once the wrong one is set aside, the right one stands.
    """
    listed = list(findings)
    alone = [finding for finding in listed if finding.kind not in _BETWEEN_SHEETS]
    return _by_submission(alone, status, ACCEPTED) or _by_submission(listed, status, ACCEPTED)


def standing(findings: Iterable[Finding], status: Mapping[str, str]) -> tuple[Hold, ...]:
    """Return the submissions that are held and the findings that hold them."""
    return _by_submission(findings, status, HELD)


def _by_submission(
    findings: Iterable[Finding], status: Mapping[str, str], wanted_status: str
) -> tuple[Hold, ...]:
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        name = finding.submission_id
        if name is None or finding.holds != "submission" or not blocks(finding):
            continue
        if status.get(name) == wanted_status:
            found.setdefault(name, []).append(finding)
    return tuple(Hold(name, tuple(found[name])) for name in sorted(found))


def kept(connection: duckdb.DuckDBPyConnection) -> tuple[Finding, ...]:
    """Return what was found in the submissions that are held now, as first judged.

    Their figures are not judged any more; a warehouse rebuilt without them carries the findings.
    """
    names = ", ".join(field.name for field in fields(Finding))
    rows = connection.execute(
        f"select {names} from raw.validation_finding where submission_id in "  # noqa: S608
        f"(select submission_id from raw.submission where status = '{HELD}') order by finding_id"
    ).fetchall()
    return tuple(_as_judged(Finding(*row)) for row in rows)


def _as_judged(finding: Finding) -> Finding:
    nothing: dict[str, None] = dict.fromkeys(_LATER)
    return replace(finding, state=FIRST_STATE[finding.severity], **nothing)  # type: ignore[arg-type]


def joined(result: ValidationResult, earlier: Sequence[Finding]) -> ValidationResult:
    """Add findings of earlier passes that were not found again, and count them with their rules."""
    again = {finding.finding_id for finding in result.findings}
    added = [finding for finding in earlier if finding.finding_id not in again]
    if not added:
        return result
    findings = sorted((*result.findings, *added), key=_order)
    return ValidationResult(tuple(_counted(result.rule_results, added)), tuple(findings))


def _counted(results: Iterable[RuleResult], added: Sequence[Finding]) -> Iterable[RuleResult]:
    for result in results:
        more = sum(finding.rule_id == result.rule_id for finding in added)
        yield (
            result
            if not more
            else replace(
                result, evaluated=result.evaluated + more, failed=result.failed + more, outcome=FAIL
            )
        )


def _order(finding: Finding) -> tuple[int | str, ...]:
    """Weight, rule, place; a stable sort keeps the order of what was found at one place."""
    place = (finding.department_code, finding.period_end, finding.file, finding.sheet)
    return (
        _ORDER[finding.severity],
        finding.rule_id,
        *("" if part is None else str(part) for part in place),
    )


def _where(finding: Finding) -> str:
    return "".join(f" {part}" for part in (finding.sheet, finding.cell) if part)
