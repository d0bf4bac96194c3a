"""The verdict: may the release go out, and what must happen before or after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from govstats.errors import GovstatsError
from govstats.release.report.audited import Blocker, Finding, FindingCount
from govstats.release.report.records import Marts
from govstats.release.report.signs import Sign
from govstats.release.report.words import Both, Text, both

#: States of soft findings for which a department still owes words.
WAITING = ("open", "rejected", "lapsed")


@dataclass(frozen=True)
class Release:
    """What the report is told about the release it belongs to."""

    release_id: str
    latest_period: str
    released: bool
    reason: Both
    as_of: str | None = None

    @classmethod
    def of(cls, release: Mapping[str, Any]) -> "Release":
        """Take ``release_id`` (or ``id``), ``latest_period`` and ``gate`` from a manifest.

        Of the gate, ``released`` is needed; ``text_zh`` and ``text_en``, its own words, are used
        where no finding explains why a release is held.

        Raises:
            GovstatsError: one of them is missing; a verdict is never guessed.
        """
        try:
            gate = release["gate"]
            return cls(
                release_id=str(release["release_id"] if "release_id" in release else release["id"]),
                latest_period=str(release["latest_period"]),
                released=bool(gate["released"]),
                reason=Both(str(gate.get("text_zh") or ""), str(gate.get("text_en") or "")),
                as_of=release.get("as_of"),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise GovstatsError(
                f"the release manifest cannot be used for the validation report: {error!r}",
                "it must give release_id, latest_period and gate with released",
            ) from error


@dataclass(frozen=True)
class Task:
    """One thing to do: who, what rule, how many figures, how to mend them."""

    department: Both
    department_code: str | None
    rule: Both
    rule_id: str
    found: int
    holds: Both
    remedy: Both


@dataclass(frozen=True)
class TaskList:
    """Things to do under one heading."""

    heading: Both
    tasks: list[Task]


@dataclass(frozen=True)
class Override:
    """One hard finding that a named person let pass, and why."""

    finding: Finding
    department: Both
    rule: Both
    message: Both
    author: str
    reason: str
    decided_on: date | None


@dataclass(frozen=True)
class Verdict:
    """The verdict block of the page."""

    sign: Sign
    sentences: list[Text]
    reason: Text
    lists: list[TaskList]
    overrides: list[Override]


def verdict(release: Release, marts: Marts) -> Verdict:
    """Put the gate's decision into words; the decision itself is the gate's alone."""
    blocking = [found for found in marts.blockers if found.holds == "release"]
    others = [found for found in marts.blockers if found.holds != "release"]
    overrides = [_override(f, marts) for f in marts.findings if f.state == "overridden"]
    lists = [
        _task_list(both("恢复发布须完成的事项", "To be done before release"), blocking, marts),
        _task_list(
            both("不影响其他数据发布、但须更正的事项", "To be mended; other figures go out"),
            others,
            marts,
        ),
    ]
    sentences = [_released(marts)] if release.released else _held(marts)
    return Verdict(
        sign=_sign(release.released, bool(overrides)),
        sentences=[*sentences, *_kept_back(marts, len(overrides))],
        # The gate's own words are needed only where no finding says what to do.
        reason="" if release.released or blocking else release.reason,
        lists=[found for found in lists if found.tasks],
        overrides=overrides,
    )


def _sign(released: bool, is_overridden: bool) -> Sign:
    if not released:
        return Sign("■", Both("暂缓发布", "Held back"), "red")
    if is_overridden:
        return Sign("◆", Both("特批发布", "Released by override"), "amber")
    return Sign("●", Both("准予发布", "Released"), "green")


def _task_list(heading: Both, blockers: list[Blocker], marts: Marts) -> TaskList:
    return TaskList(heading, [_task(blocker, marts) for blocker in blockers])


def _task(found: Blocker, marts: Marts) -> Task:
    return Task(
        department=marts.names.department(found.department_code),
        department_code=found.department_code,
        rule=Both(found.rule_name_zh, found.rule_name_en),
        rule_id=found.rule_id,
        found=found.found,
        holds=marts.names.word("holds", found.holds),
        remedy=Both(found.remedy_zh, found.remedy_en),
    )


def _override(found: Finding, marts: Marts) -> Override:
    return Override(
        finding=found,
        department=marts.names.department(found.department_code),
        rule=Both(found.rule_name_zh, found.rule_name_en),
        message=Both(found.message_zh, found.message_en),
        author=found.override_by or "—",
        reason=found.override_reason_zh or "—",
        decided_on=found.overridden_on,
    )


def _released(marts: Marts) -> Both:
    counts = marts.finding_counts
    if not counts:
        return Both(
            "全部适用的审核规则均已通过，未产生审核发现。",
            "Every rule that applies has passed; there are no findings.",
        )
    hard = _total(counts, "hard")
    if hard:
        first = both(
            "强制性问题 {n} 条，均不影响其他数据发布",
            "Hard findings: {n}, none of them holds the release",
            n=hard,
        )
    else:
        first = Both("未发现强制性问题", "No hard findings")
    return both("{first}；{rest}", "{first}. {rest}", first=first, rest=_explanations(counts))


def _held(marts: Marts) -> list[Text]:
    blocking = sum(found.found for found in marts.blockers if found.holds == "release")
    hard = _total(marts.finding_counts, "hard")
    last = Both(
        "本版数据不发布，上一版继续有效；更正后重新审核。",
        "This version is not published and the last one stands; it is audited again once mended.",
    )
    if not hard and not blocking:
        return [last]
    first = both(
        "强制性问题 {hard} 条，其中须暂停发布的 {blocking} 条。",
        "Hard findings: {hard}, of which {blocking} hold the release.",
        hard=hard,
        blocking=blocking,
    )
    return [first, last]


def _kept_back(marts: Marts, overrides: int) -> list[Text]:
    held = sum(item.status == "held" for item in marts.submissions)
    said: list[Text] = []
    if held:
        said.append(
            both(
                "因审核暂缓采用的报表 {n} 份，其数据未进入本版，缺口已标注。",
                "Sheets held by the audit: {n}. Their figures are not in this version; "
                "the gaps are marked.",
                n=held,
            )
        )
    if overrides:
        said.append(
            both("特批放行 {n} 条，理由见下。", "Overridden: {n}, reasons below.", n=overrides)
        )
    return said


def _explanations(counts: list[FindingCount]) -> Both:
    soft = [found for found in counts if found.severity == "soft"]
    total = sum(found.found for found in soft)
    waiting = sum(found.found for found in soft if found.state in WAITING)
    if not total:
        return Both("无核实性问题。", "No soft findings.")
    if not waiting:
        return both(
            "核实性问题 {n} 条，说明均已采信。",
            "Soft findings: {n}, each with an accepted explanation.",
            n=total,
        )
    which = Both("均", "all") if waiting == total else both("其中 {n} 条", "{n}", n=waiting)
    return both(
        "核实性问题 {n} 条，{which}须由报送部门核实并补充说明。",
        "Soft findings: {n}, of which {which} must be explained by the departments.",
        n=total,
        which=which,
    )


def _total(counts: list[FindingCount], severity: str) -> int:
    return sum(found.found for found in counts if found.severity == severity)
