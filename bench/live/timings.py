"""Where the time of live runs went: per step, and how much of it was Airflow's own."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

from rich.table import Table

Span = tuple[float, float]


@dataclass(frozen=True)
class Step:
    """One task over all its instances; medians in seconds.

    ``waited`` runs from when the scheduler found that the task might start to its start,
    ``in_task`` from start to end of its process, ``in_work`` is the pipeline's part of that.
    """

    name: str
    count: int
    waited: float
    in_task: float
    in_work: float


@dataclass(frozen=True)
class Timings:
    """All steps, and the whole: ``wall`` seconds of which the pipeline worked ``work``."""

    steps: list[Step]
    wall: float
    work: float

    @property
    def share(self) -> float:
        """Airflow's own share of the wall time, 0 to 1."""
        return 1 - self.work / self.wall if self.wall else 0.0


def read_clock(file: Path, since: float = 0.0) -> list[dict[str, Any]]:
    """Return the calls that the clock noted from a moment on."""
    lines = file.read_text().splitlines() if file.exists() else []
    return [call for call in map(json.loads, lines) if call["began"] >= since]


def covered(spans: Iterable[Span]) -> float:
    """Return how many seconds at least one of the spans covers."""
    total, reached = 0.0, float("-inf")
    for began, ended in sorted(spans):
        total += max(0.0, ended - max(began, reached))
        reached = max(reached, ended)
    return total


def clipped(spans: Iterable[Span], window: Span) -> list[Span]:
    """Return the parts of spans that lie inside a window."""
    first, last = window
    return [(max(a, first), min(b, last)) for a, b in spans if b > first and a < last]


def measured(tasks: Sequence[dict[str, Any]], calls: Sequence[dict[str, Any]]) -> Timings:
    """Sum up task instances, as the interface lists them, and the clock's calls.

    The wall time runs from the first moment a task might have started to the last task's end.
    """
    at_work = [(float(call["began"]), float(call["ended"])) for call in calls]
    ran = [task for task in tasks if task["start_date"] and task["end_date"]]
    by_step: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for task in ran:
        by_step[f"{task['dag_id']} / {task['task_id']}"].append(task)
    if not ran:
        return Timings([], 0.0, 0.0)
    window = (min(_ready(task) for task in ran), max(_moment(task["end_date"]) for task in ran))
    steps = [_step(name, members, calls) for name, members in by_step.items()]
    return Timings(steps, window[1] - window[0], covered(clipped(at_work, window)))


def as_table(title: str, timings: Timings) -> Table:
    """Show the steps (medians per task, and the sum of all in task) and Airflow's share."""
    share = f"{timings.wall:.0f} s, the pipeline {timings.work:.0f} s, "
    caption = f"wall {share}Airflow's own {timings.share:.0%}"
    table = Table(title=title, caption=caption, title_justify="left", caption_justify="left")
    table.add_column("step", no_wrap=True)
    for column in ("tasks", "waited", "in task", "of it pipeline", "sum"):
        table.add_column(column, justify="right")
    for step in timings.steps:
        figures = (step.waited, step.in_task, step.in_work)
        total = f"{step.in_task * step.count:.0f} s"
        table.add_row(step.name, str(step.count), *(f"{n:.2f} s" for n in figures), total)
    return table


def _step(name: str, members: Sequence[dict[str, Any]], calls: Sequence[dict[str, Any]]) -> Step:
    waits = [_moment(task["start_date"]) - _ready(task) for task in members]
    spans = [(_moment(task["start_date"]), _moment(task["end_date"])) for task in members]
    by_pid: dict[int, list[Span]] = defaultdict(list)
    for call in calls:
        by_pid[call["pid"]].append((call["began"], call["ended"]))
    works = [
        covered(clipped(by_pid[task["pid"]], span))
        for task, span in zip(members, spans, strict=True)
    ]
    lasted = [ended - began for began, ended in spans]
    return Step(name, len(members), median(waits), median(lasted), median(works))


def _ready(task: dict[str, Any]) -> float:
    """When the scheduler found that the task may start."""
    return _moment(task["scheduled_when"] or task["start_date"])


def _moment(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()
