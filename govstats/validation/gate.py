"""The gate: may this warehouse be released, and what must happen to what is held?"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from govstats.rules import SEVERITIES
from govstats.validation import holds as holding
from govstats.validation.finding import (
    LAPSED,
    OPEN,
    OVERRIDDEN,
    REJECTED,
    Finding,
    ValidationResult,
)
from govstats.validation.holds import Hold

#: Findings and submissions named in the decision's text; the rest is counted.
SHOWN = 5


@dataclass(frozen=True)
class Held:
    """A submission that is set aside: its figures are not used, those of others are published."""

    submission_id: str
    department_code: str | None
    file: str
    rules: tuple[str, ...]
    finding_ids: tuple[str, ...]
    reason_zh: str
    reason_en: str


@dataclass(frozen=True)
class GateDecision:
    """Whether a release may go out.

    ``holds`` are the findings that keep it back, ``held`` the submissions set aside,
    ``overridden`` the findings that a named person lets pass, ``counts`` the findings per severity
    (each of hard, soft and info present), ``states`` those per state of list ``finding_state``.
    The texts say what must happen.
    """

    released: bool
    holds: tuple[Finding, ...]
    held: tuple[Held, ...]
    overridden: tuple[Finding, ...]
    counts: Mapping[str, int]
    states: Mapping[str, int]
    text_zh: str
    text_en: str


def decide(result: ValidationResult, status: Mapping[str, str]) -> GateDecision:
    """Hold the release for what concerns it, and for what names no submission to set aside.

    Args:
        result: the audit, overrides and explanations set beside its findings.
        status: of each submission. One refused or held has no figure in the warehouse: what was
            found in it keeps nothing else back.
    """
    aside = {name for name, is_now in status.items() if is_now != holding.ACCEPTED}
    blocking = tuple(
        finding
        for finding in result.findings
        if holding.blocks(finding)
        and (finding.holds == "release" or finding.submission_id not in aside)
    )
    held = tuple(_held(hold) for hold in holding.standing(result.findings, status))
    overridden = tuple(each for each in result.findings if each.state == OVERRIDDEN)
    counted = Counter(finding.severity for finding in result.findings)
    counts = {severity: counted[severity] for severity in SEVERITIES}
    states = dict(sorted(Counter(finding.state for finding in result.findings).items()))
    verdict_zh, verdict_en = (
        (_stopped_zh(blocking), _stopped_en(blocking)) if blocking else _passed(counts)
    )
    return GateDecision(
        not blocking,
        blocking,
        held,
        overridden,
        counts,
        states,
        verdict_zh + _held_zh(held) + _overridden_zh(overridden) + _open_zh(states),
        verdict_en + _held_en(held) + _overridden_en(overridden) + _open_en(states),
    )


def _held(hold: Hold) -> Held:
    return Held(
        hold.submission_id,
        hold.findings[0].department_code,
        hold.file,
        hold.rules,
        tuple(finding.finding_id for finding in hold.findings),
        hold.reason_zh(),
        hold.reason_en(),
    )


def _passed(counts: Mapping[str, int]) -> tuple[str, str]:
    summary_zh = "、".join(f"{SEVERITIES[code]} {number} 条" for code, number in counts.items())
    summary_en = ", ".join(f"{number} {code}" for code, number in counts.items())
    return (
        f"可以发布：没有阻止发布的强制性审核意见（审核意见：{summary_zh}）。",
        f"may be released: no hard finding holds it (findings: {summary_en})",
    )


def _stopped_zh(blocking: tuple[Finding, ...]) -> str:
    named = _lines(
        f"{_place(finding, '本库')}：{finding.message_zh.rstrip('。')}。"
        f"处理办法：{finding.remedy_zh.rstrip('。')}。审核意见编号 {finding.finding_id}。"
        for finding in blocking[:SHOWN]
    )
    return (
        f"暂缓发布：{len(blocking)} 条强制性审核意见须先处理，上一版继续有效。{named}"
        f"{_more_zh(blocking)}\n处理后重新运行；确需放行的，由负责人用 govstats override 登记原因。"
    )


def _stopped_en(blocking: tuple[Finding, ...]) -> str:
    named = "; ".join(
        f"{finding.rule_id} at {_place(finding, 'the warehouse')}, finding {finding.finding_id}"
        for finding in blocking[:SHOWN]
    )
    return (
        f"held: {len(blocking)} hard findings must be mended first, the last release stands "
        f"({named}{_more_en(blocking)}); mend them and run again, or let one pass with "
        "`govstats override FINDING_ID --reason … --author …`"
    )


def _held_zh(held: tuple[Held, ...]) -> str:
    if not held:
        return ""
    named = _lines(f"{each.file}：{each.reason_zh}" for each in held[:SHOWN])
    return (
        f"\n暂缓采用 {len(held)} 份报表，其余数据照常：{named}{_more_zh(held, '份')}"
        "\n请报送部门改正后另存为新文件名重新报送；确需放行的，用 govstats override 登记原因。"
    )


def _held_en(held: tuple[Held, ...]) -> str:
    if not held:
        return ""
    named = "; ".join(f"{each.file} ({', '.join(each.rules)})" for each in held[:SHOWN])
    return (
        f"\n{len(held)} submissions are held, their figures are not used: {named}{_more_en(held)}. "
        "The department mends the sheet and hands it in under a new name; a finding that is right "
        "all the same is let pass with `govstats override FINDING_ID --reason … --author …`"
    )


def _overridden_zh(overridden: tuple[Finding, ...]) -> str:
    if not overridden:
        return ""
    named = _lines(
        f"{each.rule_id} {_place(each, '本库')}：{each.message_zh.rstrip('。')}。"
        f"放行原因：{(each.override_reason_zh or '').rstrip('。')}"
        f"（{each.override_by}，{each.overridden_on}）。"
        for each in overridden[:SHOWN]
    )
    return f"\n特批放行 {len(overridden)} 条：{named}{_more_zh(overridden)}"


def _overridden_en(overridden: tuple[Finding, ...]) -> str:
    if not overridden:
        return ""
    named = "; ".join(
        f"{each.rule_id} at {_place(each, 'the warehouse')} by {each.override_by} on "
        f"{each.overridden_on}: {each.override_reason_zh}"
        for each in overridden[:SHOWN]
    )
    return f"\n{len(overridden)} hard findings are overridden: {named}{_more_en(overridden)}"


def _open_zh(states: Mapping[str, int]) -> str:
    waiting = waiting_for_words(states)
    return (
        f"\n待说明 {waiting} 条核实性意见：请各部门在 returns 文件夹的回执表中填写变化原因后报回。"
        if waiting
        else ""
    )


def _open_en(states: Mapping[str, int]) -> str:
    waiting = waiting_for_words(states)
    return (
        f"\n{waiting} soft findings wait for an explanation: each department fills in its workbook "
        "of the folder returns and hands it in"
        if waiting
        else ""
    )


def waiting_for_words(states: Mapping[str, int]) -> int:
    """Count the findings that still want an explanation: none given, not accepted, or lapsed."""
    return sum(states.get(state, 0) for state in (OPEN, REJECTED, LAPSED))


def _lines(texts: Iterable[str]) -> str:
    return "".join(f"\n（{number}）{text}" for number, text in enumerate(texts, start=1))


def _more_zh(items: tuple[object, ...], unit: str = "条") -> str:
    return f"\n另有 {len(items) - SHOWN} {unit}，详见审核报告。" if len(items) > SHOWN else ""


def _more_en(items: tuple[object, ...]) -> str:
    return f"; and {len(items) - SHOWN} more" if len(items) > SHOWN else ""


def _place(finding: Finding, default: str) -> str:
    parts = [part for part in (finding.file, finding.sheet, finding.cell) if part]
    return " ".join(parts) or default
