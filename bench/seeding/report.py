"""What a seeding run shows: per kind found and located, misses, false findings."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.seeding import unfindable
from bench.seeding.attribution import Outcome
from bench.seeding.draw import KINDS, Drawn
from bench.seeding.world import Found


@dataclass
class Kept:
    """Outcomes of one kind, and new findings that are about none of its errors."""

    outcomes: list[Outcome] = field(default_factory=list)
    strays: list[Found] = field(default_factory=list)


@dataclass
class Result:
    """A whole run; ``clean`` is what the audit finds where nothing was planted."""

    kept: dict[str, Kept]
    clean: list[Found] = field(default_factory=list)
    figures: int = 0
    seconds: float = 0.0

    @property
    def outcomes(self) -> list[Outcome]:
        """Of all kinds."""
        return [outcome for kept in self.kept.values() for outcome in kept.outcomes]


def show(result: Result, plans: list[Drawn], misses: int) -> None:
    """Print the run."""
    console = Console(width=150)
    _choices(console, plans)
    console.print(_table(result))
    for kind, kept in result.kept.items():
        missed = [outcome for outcome in kept.outcomes if not outcome.is_found]
        for outcome in missed[:misses]:
            told = f" (info {outcome.findings[0].rule_id})" if outcome.findings else ""
            _line(console, f"missed {kind}: {outcome.file} {outcome.error.note}{told}")
        for found in kept.strays[:misses]:
            _line(console, f"about no error, {kind}: {found.rule_id} {found.file} {found.message}")
    _listed(console, result)
    asked = [found for found in result.clean if found.severity != "info"]
    per_1000 = 1000 * len(asked) / max(1, result.figures)
    counted = f"{len(asked)} in {result.figures} figures, {per_1000:.2f} per 1,000"
    console.print(f"false findings on clean data: {counted}")
    for rule, number in Counter(found.rule_id for found in asked).most_common():
        example = next(found for found in asked if found.rule_id == rule)
        _line(console, f"  {rule} {number}: {example.file} {example.cell} {example.message}")
    console.print(f"{len(result.outcomes)} errors, {result.seconds:.0f} s")


def _listed(console: Console, result: Result) -> None:
    """Errors that ``unfindable.csv`` lists, and what the rate is without them; a line whose
    errors are found is wrong and says so by its numbers.
    """
    lines = unfindable.load()
    listed = [(unfindable.reason(lines, o.error), o) for o in result.outcomes]
    rest = [outcome for line, outcome in listed if line is None]
    for line in lines:
        own = [outcome for other, outcome in listed if other is line]
        seen = sum(outcome.is_found for outcome in own)
        counted = f"{len(own)} planted, {seen} found"
        _line(console, f"not to be found: {line.what}: {counted}; {line.reason}")
    found = sum(outcome.is_found for outcome in rest)
    everything = sum(outcome.is_found for outcome in result.outcomes)
    planted = len(result.outcomes)
    console.print(f"found of all: {everything} of {planted}, {_share(everything, planted)}%")
    console.print(f"found of those not listed: {found} of {len(rest)}, {_share(found, len(rest))}%")


def _line(console: Console, text: str) -> None:
    console.print(text, soft_wrap=True, markup=False, highlight=False)


def _choices(console: Console, plans: list[Drawn]) -> None:
    console.print("drawn / applicable cells by layout (drawn by the square root of the cells):")
    for plan in plans:
        parts = [f"{name} {plan.chosen[name]}/{cells}" for name, cells in plan.applicable.items()]
        line = f"  {plan.kind}, {len(plan.worlds)} worlds: {', '.join(parts)}"
        console.print(line, soft_wrap=True, highlight=False)


def _table(result: Result) -> Table:
    table = Table(title="planted errors", title_justify="left")
    table.add_column("kind")
    for name in ("planted", "found", "%", "located", "% of found", "hard", "soft", "info only"):
        table.add_column(name, justify="right")
    table.add_column("rules that found most")
    for kind, kept in result.kept.items():
        name = f"{kind} *" if KINDS[kind].is_impossible else kind
        table.add_row(name, *_numbers(kept.outcomes), _rules(kept.outcomes))
    impossible = [o for o in result.outcomes if KINDS[o.error.kind].is_impossible]
    table.add_section()
    table.add_row("* impossible kinds", *_numbers(impossible), "")
    table.add_row("all", *_numbers(result.outcomes), _rules(result.outcomes))
    return table


def _numbers(outcomes: list[Outcome]) -> list[str]:
    found = [outcome for outcome in outcomes if outcome.is_found]
    located = [outcome for outcome in found if outcome.is_located]
    by = Counter(outcome.severity for outcome in outcomes)
    return [
        str(len(outcomes)),
        str(len(found)),
        _share(len(found), len(outcomes)),
        str(len(located)),
        _share(len(located), len(found)),
        *(str(by[severity]) for severity in ("hard", "soft", "info")),
    ]


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else "-"


def _rules(outcomes: list[Outcome]) -> str:
    counted = Counter(rule for o in outcomes for rule in {found.rule_id for found in o.findings})
    return " ".join(f"{rule} {number}" for rule, number in counted.most_common(5))


def as_json(result: Result) -> dict[str, Any]:
    """The run as plain values: every error with its findings, and the false findings."""
    return {
        "figures": result.figures,
        "seconds": round(result.seconds, 1),
        "errors": [_error(outcome) for outcome in result.outcomes],
        "strays": {kind: [vars(f) for f in kept.strays] for kind, kept in result.kept.items()},
        "false_findings": [vars(found) for found in result.clean],
    }


def _error(outcome: Outcome) -> dict[str, Any]:
    error = outcome.error
    return {
        "kind": error.kind,
        "layout_id": error.anchor.layout_id,
        "file": outcome.file,
        "period_end": error.period_end,
        "measure": error.anchor.measure,
        "cells": sorted("!".join(cell) for cell in error.cells)[:20],
        "note": error.note,
        "is_found": outcome.is_found,
        "is_located": outcome.is_located,
        "severity": outcome.severity,
        "findings": [vars(found) for found in outcome.findings],
    }
