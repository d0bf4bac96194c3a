"""The gate: may this warehouse be released?"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from govstats.rules import SEVERITIES
from govstats.validation.finding import Finding, ValidationResult

#: Findings named in the decision's text; the rest is counted.
SHOWN = 5


@dataclass(frozen=True)
class GateDecision:
    """Whether a release may go out.

    ``holds`` are the findings that keep it back, ``counts`` the findings per severity (each of
    hard, soft and info present), the texts say what must happen.
    """

    released: bool
    holds: tuple[Finding, ...]
    counts: Mapping[str, int]
    text_zh: str
    text_en: str


def decide(result: ValidationResult, intake_findings: Iterable[Finding] = ()) -> GateDecision:
    """Hold the release if any finding holds it; refused files and soft findings never do."""
    findings = (*result.findings, *intake_findings)
    holds = tuple(finding for finding in findings if finding.holds == "release")
    counted = Counter(finding.severity for finding in findings)
    counts = {severity: counted[severity] for severity in SEVERITIES}
    if holds:
        return GateDecision(False, holds, counts, _held_zh(holds), _held_en(holds))
    summary_zh = "、".join(f"{SEVERITIES[code]} {number} 条" for code, number in counts.items())
    summary_en = ", ".join(f"{number} {code}" for code, number in counts.items())
    return GateDecision(
        True,
        holds,
        counts,
        f"可以发布:没有阻止发布的强制性审核意见(审核意见:{summary_zh})。",
        f"may be released: no hard finding holds it (findings: {summary_en})",
    )


def _held_zh(holds: tuple[Finding, ...]) -> str:
    named = "".join(
        f"\n({number}){_place(finding, '本库')}:{finding.message_zh.rstrip('。')}。"
        f"处理办法:{finding.remedy_zh.rstrip('。')}。"
        for number, finding in enumerate(holds[:SHOWN], start=1)
    )
    more = f"\n另有 {len(holds) - SHOWN} 条,详见审核报告。" if len(holds) > SHOWN else ""
    return f"暂缓发布:{len(holds)} 条强制性审核意见须先处理,上一版继续有效。{named}{more}"


def _held_en(holds: tuple[Finding, ...]) -> str:
    named = "; ".join(
        f"{finding.rule_id} at {_place(finding, 'the warehouse')}" for finding in holds[:SHOWN]
    )
    more = f"; and {len(holds) - SHOWN} more" if len(holds) > SHOWN else ""
    return (
        f"held: {len(holds)} hard findings must be mended first, the last release stands "
        f"({named}{more})"
    )


def _place(finding: Finding, default: str) -> str:
    parts = [part for part in (finding.file, finding.sheet, finding.cell) if part]
    return " ".join(parts) or default
