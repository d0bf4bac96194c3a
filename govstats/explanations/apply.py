"""Explanations held against findings: which stand, which do not, and why."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

import duckdb

from govstats.explanations.given import Given, read
from govstats.explanations.judge import Reply, Standard, plain
from govstats.explanations.judged import Judged
from govstats.settings import Settings
from govstats.validation.finding import EXPLAINED, LAPSED, OPEN, REJECTED, Finding

#: Outcomes; see list ``explanation_outcome`` of the seed ``codes``.
ACCEPTED, REFUSED, OUTDATED = "accepted", "rejected", "lapsed"
CLOSED, SUPERSEDED, UNKNOWN = "closed", "superseded", "unknown"

_REPLIES = {
    OUTDATED: Reply(
        "数据已经变动，原说明不再适用，请按现在的数说明",
        "the figure has changed, the explanation was of the old one; explain the new one",
    ),
    CLOSED: Reply(
        "该条意见已经消除，不需要说明", "the finding is gone, nothing is to be explained"
    ),
    UNKNOWN: Reply(
        "意见编号不是本部门现有的审核意见，请从最近的审核意见表中照抄意见编号和事项编号",
        "it names no finding of this department; take the numbers from the latest return sheet",
    ),
}


def apply(
    connection: duckdb.DuckDBPyConnection, findings: Sequence[Finding], settings: Settings
) -> tuple[tuple[Finding, ...], tuple[Judged, ...]]:
    """Set what was explained beside the findings, and say what became of every explanation.

    An explanation counts for the finding whose key it names, whichever submission that stands
    in; of several accepted ones the latest. Where the figure has changed it has lapsed, and the
    finding of the new figure says so until it is explained itself.

    Args:
        connection: the audited warehouse, with ``raw`` loaded.
        findings: of the audit.
        settings: where boilerplate and least lengths lie.

    Returns:
        (the findings in their order, with explanation and state; one row per explanation, in the
        order in which they came).

    Raises:
        KnowledgeError: see ``Standard.load``.
    """
    given = read(connection)
    if not given:
        return tuple(findings), ()
    audit = _Audit(findings, Standard.load(settings), given)
    judged = _without_superseded([audit.judged(line) for line in given])
    said = _Said(given, judged)
    return tuple(audit.explained(finding, said) for finding in findings), judged


Pair = tuple[Given, Judged]


class _Said:
    """Explanations by department, and by the key of the finding or of what it is about."""

    def __init__(self, given: Sequence[Given], judged: Sequence[Judged]) -> None:
        self._pairs: defaultdict[tuple[str | None, str | None, str], list[Pair]] = defaultdict(list)
        for line, each in zip(given, judged, strict=True):
            key = each.place_key if each.outcome == OUTDATED else each.finding_key
            self._pairs[line.department_code, key, each.outcome].append((line, each))

    def latest_first(self, finding: Finding, outcome: str) -> Iterable[Pair]:
        """Explanations of this very finding; lapsed ones of what it is about."""
        key = finding.place_key if outcome == OUTDATED else finding.finding_key
        return reversed(self._pairs.get((finding.department_code, key, outcome), []))


class _Audit:
    """Findings by department and key, and the standard that explanations are held to."""

    def __init__(
        self, findings: Iterable[Finding], standard: Standard, given: Iterable[Given]
    ) -> None:
        self._standard = standard
        self._keys: defaultdict[tuple[str | None, str], list[Finding]] = defaultdict(list)
        self._places: defaultdict[tuple[str | None, str], list[Finding]] = defaultdict(list)
        self._anyones: set[str] = set()
        for finding in findings:
            self._keys[finding.department_code, finding.finding_key].append(finding)
            self._places[finding.department_code, finding.place_key].append(finding)
            self._anyones |= {finding.finding_key, finding.place_key}
        #: Findings by workbook and text.
        self._alike: defaultdict[tuple[str, str], list[Finding]] = defaultdict(list)
        for line in given:
            self._alike[_same(line)] += self._meant(line)

    def _meant(self, line: Given) -> list[Finding]:
        return self._keys.get((line.department_code, line.finding_key), [])

    def _moved(self, line: Given) -> list[Finding]:
        """Findings about the same that a line's key does not name: their figure has changed."""
        return self._places.get((line.department_code, line.place_key or ""), [])

    def judged(self, line: Given) -> Judged:
        """What becomes of one explanation, later ones apart."""
        meant = self._meant(line)
        if meant:
            reply = self._reply(line, meant[0])
            return _judged(line, REFUSED if reply else ACCEPTED, reply, meant[0])
        if moved := self._moved(line):
            return _judged(line, OUTDATED, _REPLIES[OUTDATED], moved[0])
        is_foreign = {line.finding_key, line.place_key} & self._anyones
        outcome = CLOSED if line.is_well_formed and not is_foreign else UNKNOWN
        return _judged(line, outcome, _REPLIES[outcome], None)

    def _reply(self, line: Given, finding: Finding) -> Reply | None:
        alike = self._alike[_same(line)]
        return self._standard.judge(line.explanation, line.explained_by, finding, alike)

    def explained(self, finding: Finding, said: _Said) -> Finding:
        """A finding with the explanation that counts, else with the last one that does not."""
        if finding.state != OPEN:
            return finding
        for outcome, state in ((ACCEPTED, EXPLAINED), (REFUSED, REJECTED), (OUTDATED, LAPSED)):
            for line, judged in said.latest_first(finding, outcome):
                # one that never would have counted has not lapsed
                if outcome != OUTDATED or self._reply(line, finding) is None:
                    return _with(finding, line, judged, state)
        return finding


def _with(finding: Finding, line: Given, judged: Judged, state: str) -> Finding:
    return replace(
        finding,
        state=state,
        explanation=line.explanation,
        explanation_accepted=state == EXPLAINED,
        explanation_reply_zh=judged.reply_zh,
        explained_by=line.explained_by,
        explained_at=line.received_at,
        explanation_submission_id=line.submission_id,
    )


def _same(line: Given) -> tuple[str, str]:
    return line.submission_id, plain(line.explanation)


def _judged(line: Given, outcome: str, reply: Reply | None, finding: Finding | None) -> Judged:
    return Judged(
        submission_id=line.submission_id,
        department_code=line.department_code,
        file=line.file,
        sheet=line.sheet,
        cell=line.cell,
        received_at=line.received_at,
        finding_key=line.finding_key,
        place_key=finding.place_key if finding else line.place_key,
        finding_id=finding.finding_id if finding else None,
        rule_id=finding.rule_id if finding else line.rule_id,
        explanation=line.explanation,
        explained_by=line.explained_by,
        outcome=outcome,
        reply_zh=reply.zh if reply else None,
        reply_en=reply.en if reply else None,
    )


def _without_superseded(judged: Sequence[Judged]) -> tuple[Judged, ...]:
    """Mark accepted explanations that a later accepted one of the same finding replaces."""
    last = {
        (each.department_code, each.finding_key): number
        for number, each in enumerate(judged)
        if each.outcome == ACCEPTED
    }
    return tuple(
        replace(each, outcome=SUPERSEDED)
        if each.outcome == ACCEPTED and last[each.department_code, each.finding_key] != number
        else each
        for number, each in enumerate(judged)
    )
