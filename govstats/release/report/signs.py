"""Judgements shown three ways: shape, word and, for those who see it, tone."""

from dataclasses import dataclass

from govstats.release.report.words import Text


@dataclass(frozen=True)
class Sign:
    """A judgement: the shape and the word carry it, the tone only echoes them."""

    shape: str
    word: Text
    tone: str


#: Shape and tone of the codes that are judgements, by list of the seed ``codes``.
SHAPES = {
    "severity": {"hard": ("■", "red"), "soft": ("▲", "amber"), "info": ("○", "grey")},
    "outcome": {"pass": ("●", "green"), "fail": ("■", "red"), "not_applicable": ("○", "grey")},
    "finding_state": {
        "must_mend": ("■", "red"),
        "overridden": ("◆", "amber"),
        "open": ("▲", "amber"),
        "rejected": ("▲", "amber"),
        "lapsed": ("▲", "amber"),
        "explained": ("●", "green"),
        "told": ("○", "grey"),
    },
    "explanation_outcome": {
        "accepted": ("●", "green"),
        "rejected": ("■", "red"),
        "lapsed": ("▲", "amber"),
        "closed": ("○", "grey"),
        "superseded": ("○", "grey"),
        "unknown": ("■", "red"),
    },
    "duty_state": {
        "on_time": ("●", "green"),
        "late": ("▲", "amber"),
        "held": ("◆", "red"),
        "missing": ("■", "red"),
        "not_due": ("○", "grey"),
    },
    "submission_status": {
        "accepted": ("●", "green"),
        "held": ("◆", "red"),
        "refused": ("■", "red"),
    },
    "light": {
        "green": ("●", "green"),
        "yellow": ("▲", "amber"),
        "red": ("■", "red"),
        "none": ("○", "grey"),
    },
    "correction_state": {
        "applied": ("●", "green"),
        "source_changed": ("▲", "amber"),
        "unmatched": ("▲", "amber"),
        "held": ("◆", "red"),
    },
}
_PLAIN = ("○", "grey")


def sign(of: str, code: str, word: Text) -> Sign:
    """Return the sign of a code of list ``of``; one without a shape of its own gets a ring."""
    shape, tone = SHAPES[of].get(code, _PLAIN)
    return Sign(shape, word, tone)


def outcome(code: str, severity_code: str, word: Text) -> Sign:
    """Return the sign of a rule's outcome; only a failed hard rule is red."""
    if code == "fail":
        return sign("severity", severity_code, word)
    return sign("outcome", code, word)
