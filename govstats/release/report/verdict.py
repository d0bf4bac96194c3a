"""The verdict: may the release go out, and what must happen before or after."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from govstats.errors import GovstatsError
from govstats.release.report.records import Blocker, FindingCount, Marts
from govstats.release.report.view import HOLDS, Sign

#: Tasks shown under one heading of the verdict; the rest is counted.
TASKS_SHOWN = 12


@dataclass(frozen=True)
class Release:
    """What the report is told about the release it belongs to."""

    release_id: str
    latest_period: str
    released: bool
    reason: str
    as_of: str | None = None

    @classmethod
    def of(cls, release: Mapping[str, Any]) -> "Release":
        """Take ``release_id`` (or ``id``), ``latest_period`` and ``gate`` from a manifest.

        Of the gate, ``released`` is needed; ``text_zh``, its own words, is used where no
        finding explains why a release is held.

        Raises:
            GovstatsError: one of them is missing; a verdict is never guessed.
        """
        try:
            gate = release["gate"]
            return cls(
                release_id=str(release["release_id"] if "release_id" in release else release["id"]),
                latest_period=str(release["latest_period"]),
                released=bool(gate["released"]),
                reason=str(gate.get("text_zh") or ""),
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

    department: str
    department_code: str | None
    rule: str
    rule_id: str
    found: int
    holds: str
    remedy: str


@dataclass(frozen=True)
class TaskList:
    """Things to do under one heading: those shown, and how many there are."""

    heading: str
    tasks: list[Task]
    total: int


@dataclass(frozen=True)
class Verdict:
    """The verdict block of the page."""

    sign: Sign
    sentences: list[str]
    reason: str
    lists: list[TaskList]


def verdict(release: Release, marts: Marts) -> Verdict:
    """Put the gate's decision into words; the decision itself is the gate's alone."""
    blocking = [found for found in marts.blockers if found.holds == "release"]
    others = [found for found in marts.blockers if found.holds != "release"]
    released = release.released
    lists = [
        _task_list("恢复发布须完成的事项", blocking, marts),
        _task_list("不影响发布、但须更正的事项", others, marts),
    ]
    return Verdict(
        sign=Sign("●", "准予发布", "green") if released else Sign("■", "暂缓发布", "red"),
        sentences=[_released(marts)] if released else _held(marts),
        # The gate's own words are needed only where no finding says what to do.
        reason="" if released or blocking else release.reason,
        lists=[found for found in lists if found.total],
    )


def _task_list(heading: str, blockers: list[Blocker], marts: Marts) -> TaskList:
    return TaskList(heading, [_task(b, marts) for b in blockers[:TASKS_SHOWN]], len(blockers))


def _task(found: Blocker, marts: Marts) -> Task:
    code = found.department_code
    return Task(
        department=marts.names.departments.get(code, code) if code else "未归属部门",
        department_code=code,
        rule=found.rule_name_zh,
        rule_id=found.rule_id,
        found=found.found,
        holds=HOLDS.get(found.holds, found.holds),
        remedy=found.remedy_zh,
    )


def _released(marts: Marts) -> str:
    counts = marts.finding_counts
    if not counts:
        return "全部适用的审核规则均已通过，未产生审核发现。"
    hard = _total(counts, "hard")
    first = "未发现强制性问题" if not hard else f"强制性问题 {hard} 条，均不影响发布"
    return f"{first}；{_explanations(counts)}"


def _held(marts: Marts) -> list[str]:
    counts = marts.finding_counts
    blocking = sum(found.found for found in counts if found.holds == "release")
    hard = _total(counts, "hard")
    first = [f"强制性问题 {hard} 条，其中须暂停发布的 {blocking} 条。"] if hard or blocking else []
    return [*first, "本版数据不发布，上一版继续有效；更正后重新审核。"]


def _explanations(counts: list[FindingCount]) -> str:
    soft = [found for found in counts if found.severity == "soft"]
    total = sum(found.found for found in soft)
    waiting = total - sum(found.accepted for found in soft)
    if not total:
        return "无核实性问题。"
    if not waiting:
        return f"核实性问题 {total} 条，说明均已采纳。"
    which = "均" if waiting == total else f"其中 {waiting} 条"
    return f"核实性问题 {total} 条，{which}须由报送部门核实并补充说明。"


def _total(counts: list[FindingCount], severity: str) -> int:
    return sum(found.found for found in counts if found.severity == severity)
