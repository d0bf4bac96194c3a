"""``python -m bench seeding``: plant known errors, audit, count what was found."""

import json
import logging
import time
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from rich.console import Console

from bench.seeding import base, draw, figures, report
from bench.seeding.attribution import attributed
from bench.seeding.base import Base
from bench.seeding.draw import KINDS, Drawn
from bench.seeding.errors import Error
from bench.seeding.report import Kept, Result
from bench.seeding.world import Found, audited, planted
from govstats.rules import load_rules
from govstats.settings import Settings

HELP = """\
How many of the errors people really make does the audit find?

Plant errors that people really make into the workbooks of the clean demonstration, one kind per
world and at most one per workbook; read, transform and audit each world; count per kind how many
errors a finding is about (found: hard or soft), how many a finding names to the very cell
(located), and what the audit finds where nothing was planted (false findings).
"""


def parser() -> ArgumentParser:
    """The command's arguments."""
    made = ArgumentParser(
        "python -m bench seeding", description=HELP, formatter_class=RawDescriptionHelpFormatter
    )
    add = made.add_argument
    add("--errors", type=int, default=1000, help="in all kinds together (1000)")
    add("--seed", type=int, default=1, help="the same seed plants the same errors (1)")
    add("--kind", action="append", choices=sorted(KINDS), help="only this kind; again for more")
    add("--json", type=Path, metavar="FILE", help="write every error with its findings")
    add(
        "--planted",
        type=Path,
        metavar="FOLDER",
        help="write the workbooks with their errors for a person to look at; audit nothing",
    )
    add("--misses", type=int, default=5, help="examples of errors not found, per kind (5)")
    add("--workers", type=int, default=2, help="worlds side by side (2)")
    add("--work", type=Path, help="folder kept between runs (seeding/ in the data folder)")
    return made


def main(arguments: list[str]) -> None:
    """Run the command."""
    logging.getLogger("govstats").setLevel(logging.ERROR)
    options = parser().parse_args(arguments)
    settings = Settings.from_environment()
    progress = Console(stderr=True)
    started = time.perf_counter()
    work = (options.work or settings.data / "seeding").resolve()
    progress.print("clean demonstration")
    clean = base.prepare(settings, work)
    catalogue = figures.read(clean.warehouse)
    chosen = options.kind or list(KINDS)
    counts = [
        options.errors // len(chosen) + (n < options.errors % len(chosen))
        for n in range(len(chosen))
    ]
    plans = [
        draw.drawn(catalogue, KINDS[name], count, options.seed)
        for name, count in zip(chosen, counts, strict=True)
    ]
    if options.planted:
        _show(clean, plans, options.planted)
        return
    result = _run(clean, plans, options, work, progress)
    result.seconds = time.perf_counter() - started
    result.figures = len(catalogue.figures)
    report.show(result, plans, options.misses)
    if options.json:
        text = json.dumps(report.as_json(result), ensure_ascii=False, indent=1, default=str)
        options.json.write_text(text, encoding="utf-8")


def _run(
    clean: Base, plans: list[Drawn], options: Namespace, work: Path, progress: Console
) -> Result:
    worlds: list[tuple[str, tuple[Error, ...]]] = [("", ())]
    worlds += [(plan.kind, world) for plan in plans for world in plan.worlds]
    files = {entry.submission_id: entry.file for entry in clean.entries}
    folders = [work / f"world-{options.seed}-{number}" for number in range(len(worlds))]
    # read once: all worlds are judged alike, whoever edits the rules meanwhile
    rules = load_rules(clean.settings.expectations)
    result = Result(kept={plan.kind: Kept() for plan in plans})
    with ProcessPoolExecutor(options.workers) as pool:
        jobs = [
            pool.submit(audited, clean, rules, errors, folder)
            for (_, errors), folder in zip(worlds, folders, strict=True)
        ]
        result.clean = jobs[0].result()
        known = frozenset(found.key for found in result.clean)
        for number, ((kind, errors), job) in enumerate(zip(worlds, jobs, strict=True)):
            if not kind:
                continue
            outcomes, strays = attributed(errors, files, job.result(), known)
            result.kept[kind].outcomes += outcomes
            result.kept[kind].strays += strays
            progress.print(f"world {number} of {len(worlds) - 1}: {kind}, {len(errors)} errors")
    return result


def _show(clean: Base, plans: list[Drawn], folder: Path) -> None:
    """Write planted workbooks, a folder per kind and world, with a list of what is wrong."""
    for plan in plans:
        for number, world in enumerate(plan.worlds, start=1):
            here = folder / plan.kind / str(number)
            planted(clean, world, here)
            lines = [f"{_file(clean, error)}\t{error.note}" for error in world]
            (here / "errors.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    Console().print(f"{sum(len(w) for p in plans for w in p.worlds)} workbooks in {folder}")


def _file(clean: Base, error: Error) -> str:
    return next(e.file for e in clean.entries if e.submission_id == error.submission_id)


__all__ = ["Found", "main", "parser"]
