"""One clause of a target with a figure: subject, words, figure or range, unit, words."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from govstats.workbooks.values_numbers import DIGITS, scaled_unit
from govstats.workbooks.values_wording import Targets, wording

#: Letters and Chinese signs, and those that join names; no digits.
SUBJECT = r"(?P<subject>(?:[^\W\d_]|[、·])*?)"
#: MV6039 is a code, no 6039 of MV.
_NO_CODE = r"(?<![A-Za-z\u00c0-\u024f])"
_TO = "[-~〜\u2010-\u2015]|至|到"


@dataclass(frozen=True, slots=True)
class TargetPart:
    """One target of a text.

    ``operator`` is a code of operators.csv, None where the clause was not understood; ``low`` the
    figure, ``high`` set for a range only; ``unit`` a unit, measure word or None; ``per`` what it
    is counted by (年, 月, 人); ``text`` the clause as it was written; ``measure`` growth or rank
    where the words say so; ``subject`` free words before the figure.
    """

    operator: str | None
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    per: str | None
    text: str
    measure: str | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class _Amount:
    low: Decimal
    high: Decimal | None
    unit: str | None
    per: str | None


def read_clause(tight: str, units: Collection[str], text: str) -> TargetPart | None:
    """The target of a clause, None where a sign of it is not accounted for.

    Args:
        tight: the clause with plain signs and without white space.
        units: unit symbols.
        text: the clause as it was written.
    """
    match = _pattern().fullmatch(tight)
    if match is None or not is_subject(match["subject"]):
        return None
    before, after = (_words(match[at], _tokens()[at]) for at in ("before", "after"))
    amount = _amount(match, units, before or [])
    if before is None or after is None or amount is None:
        return None
    found = _judged(before, after, amount)
    if found is None:
        return None
    operator, low, measure = found
    return TargetPart(
        operator,
        low,
        amount.high,
        amount.unit,
        amount.per,
        text,
        measure,
        bare(match["subject"]) or None,
    )


def is_subject(text: str) -> bool:
    """Whether free words can only name what the target is about."""
    never = set(wording().targets.subject.never)
    return not never & set(text) or not never & set(_harmless().sub("", text))


def bare(text: str) -> str:
    """The text without leading words that change nothing."""
    return _idle().sub("", text)


def alternatives(words: Iterable[str]) -> str:
    """A pattern of words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def vocabulary() -> tuple[frozenset[str], frozenset[str]]:
    """Words before a figure, words behind it."""
    targets = wording().targets
    verbs = targets.reach | targets.sink | targets.up | targets.added | targets.down
    before = verbs.union(targets.idle, wording().per.before, *targets.before.values())
    return before, targets.idle.union(*targets.after.values())


@cache
def _idle() -> re.Pattern[str]:
    return re.compile(rf"^(?:{alternatives(wording().targets.idle)})+")


@cache
def _harmless() -> re.Pattern[str]:
    targets = wording().targets
    return re.compile(alternatives(targets.subject.allowed | targets.idle))


@cache
def _tokens() -> dict[str, re.Pattern[str]]:
    before, after = map(alternatives, vocabulary())
    return {"before": re.compile(before), "after": re.compile(after)}


@cache
def _pattern() -> re.Pattern[str]:
    before, after = map(alternatives, vocabulary())
    return re.compile(
        rf"{SUBJECT}(?P<before>(?:{before})*){_NO_CODE}(?P<low>{DIGITS})"
        rf"(?:(?P<low_unit>[^0-9]*?)(?:{_TO})(?P<high>{DIGITS}))?"
        rf"(?P<unit>[^0-9]*?)(?P<after>(?:{after})*)"
    )


def _words(text: str, token: re.Pattern[str]) -> list[str] | None:
    """The words a stretch is made of, None where the longest ones do not fill it."""
    words = token.findall(text)
    return words if "".join(words) == text else None


def _amount(match: re.Match[str], units: Collection[str], before: Sequence[str]) -> _Amount | None:
    low_unit, high, unit = match["low_unit"] or "", match["high"], match["unit"]
    if high and low_unit not in ("", unit):
        return None
    symbol, slash, counted_by = unit.partition("/")
    known = {*units, *wording().measures, *wording().targets.rates}
    scaled = scaled_unit(symbol, known)
    per = {wording().per.before[word] for word in before if word in wording().per.before}
    if slash:
        per.add(counted_by)
    if scaled is None or len(per) > 1 or not per <= wording().per.words or (slash and not symbol):
        return None
    figures = [_decimal(digits, scaled[0]) for digits in (match["low"], high) if digits]
    if figures != sorted(set(figures)):
        return None
    upper = figures[1] if high else None
    return _Amount(figures[0], upper, scaled[1] or None, next(iter(per), None))


def _decimal(digits: str, power: int) -> Decimal:
    return Decimal(f"{digits.replace(',', '')}E{power}")


def _judged(
    before: Sequence[str], after: Sequence[str], amount: _Amount
) -> tuple[str, Decimal, str | None] | None:
    """(operator, figure, measure); None where the words contradict or leave a doubt."""
    targets = wording().targets
    operator = _operator(before, after, amount, targets)
    rises, falls = bool({*before} & targets.up), bool({*before} & targets.down)
    is_rate = amount.unit in targets.rates
    if operator is None or (rises and falls) or ((rises or falls) and not is_rate):
        return None
    if falls:
        turned = targets.falling.get(operator)
        return (
            None if turned is None or amount.high else (turned, amount.low.copy_negate(), "growth")
        )
    is_growth = rises or (is_rate and bool({*before} & targets.added))
    return operator, amount.low, "growth" if is_growth else None


def _operator(
    before: Sequence[str], after: Sequence[str], amount: _Amount, targets: Targets
) -> str | None:
    fixed = {code for code, words in targets.before.items() if {*before} & {*words}}
    fixed |= {code for code, words in targets.after.items() if {*after} & {*words}}
    sinks = bool({*before} & targets.sink)
    if sinks and not fixed & {targets.bare["sink"]}:
        fixed.add(targets.bare["sink"])
    if amount.high is not None:
        return None if fixed else targets.bare["reach"]
    if not fixed and amount.low == 0:
        return targets.zero.operator
    return None if len(fixed) > 1 else next(iter(fixed), targets.bare["reach"])
