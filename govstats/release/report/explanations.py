"""Explanations that departments gave in their return sheets, and what became of them."""

from collections import Counter
from dataclasses import dataclass

from govstats.release.report.audited import Explanation
from govstats.release.report.figures import minute
from govstats.release.report.records import Marts
from govstats.release.report.signs import SHAPES, Sign, sign
from govstats.release.report.words import Both


@dataclass(frozen=True)
class ExplanationLine:
    """One explanation as it was given, and the answer to it."""

    explanation: Explanation
    outcome: Sign
    department: Both
    rule: Both
    reply: Both
    received: str


def explanations(marts: Marts) -> list[ExplanationLine]:
    """Return every explanation, those that do not count first."""
    rules = {rule.rule_id: Both(rule.name_zh, rule.name_en) for rule in marts.rules}
    order = {"rejected": 0, "unknown": 1, "lapsed": 2, "accepted": 3}
    items = sorted(marts.explanations, key=lambda item: order.get(item.outcome, len(order)))
    return [_line(item, rules, marts) for item in items]


def _line(item: Explanation, rules: dict[str, Both], marts: Marts) -> ExplanationLine:
    rule_id = item.rule_id or ""
    return ExplanationLine(
        explanation=item,
        outcome=_sign(item.outcome, marts),
        department=marts.names.department(item.department_code),
        rule=rules.get(rule_id, Both(rule_id or "—")),
        reply=Both(item.reply_zh or "", item.reply_en or ""),
        received=minute(item.received_at),
    )


def _sign(code: str, marts: Marts) -> Sign:
    return sign("explanation_outcome", code, marts.names.word("explanation_outcome", code))


def tally(marts: Marts) -> list[tuple[Sign, int]]:
    """Count explanations by outcome, in the order of the code list."""
    counted = Counter(item.outcome for item in marts.explanations)
    order = [*SHAPES["explanation_outcome"], *sorted(counted)]
    return [(_sign(code, marts), counted[code]) for code in dict.fromkeys(order) if counted[code]]
