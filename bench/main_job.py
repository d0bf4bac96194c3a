"""Time the main job against its floors, on the demonstration data."""

import logging
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import floors, reading, structure, transform
from demo import generate
from demo.deliver import deliver
from govstats import pipeline
from govstats.intake import kept_copy, survey
from govstats.release import releases
from govstats.settings import Settings


def main() -> None:
    """Measure in a folder of its own and print one line per measurement."""
    logging.getLogger("govstats").setLevel(logging.WARNING)
    with tempfile.TemporaryDirectory(prefix="govstats-bench-") as folder:
        settings = replace(Settings.from_environment(), data=Path(folder) / "data")
        progress = Console(stderr=True)
        rows = [*reading.measure(settings, progress), *_measure(settings, progress)]
        sizes = transform.measure(Path(folder) / "transform", progress)
    table = Table(title="measurement against its floor", title_justify="left")
    for name in ("measured", "seconds", "floor", "floor seconds", "ratio"):
        table.add_column(name, justify="right" if "seconds" in name or name == "ratio" else "left")
    for name, seconds, floor, floor_seconds in rows:
        ratio = f"{seconds / floor_seconds:.1f}"
        table.add_row(name, f"{seconds:.2f}", floor, f"{floor_seconds:.2f}", ratio)
    Console().print(table)
    Console().print(transform.as_table(sizes))
    lines = structure.measure()
    if lines:
        Console().print(structure.as_table(lines))
    else:
        Console().print("real sheets are not on this machine: see python -m bench.structure")


def _measure(settings: Settings, progress: Console) -> list[tuple[str, float, str, float]]:
    deliver(settings, generate(settings.raw))
    progress.print("reading")
    batches = pipeline.scan(settings)
    parsed = _timed(
        lambda: [pipeline.parse(settings, batch["submission_ids"]) for batch in batches]
    )
    files = [kept_copy(settings, entry) for entry in survey(settings).entries]
    calamine = floors.read_with_calamine(files)
    progress.print("building")
    built = _timed(lambda: pipeline.build(settings))
    release_id = str(pipeline.facts_ready(settings)["release_id"])
    audited = _timed(lambda: pipeline.validate(settings, release_id))
    published = _timed(lambda: pipeline.publish(settings, release_id))
    warehouse = releases.current_folder(settings) / "warehouse.duckdb"
    manifest = settings.data / "work" / "target" / "manifest.json"
    sql = floors.run_compiled_sql(manifest, warehouse, settings.data / "floor.duckdb")
    progress.print("whole runs, headless DAGs in a new process")
    both = calamine + sql
    floor = "calamine + compiled SQL"
    return [
        ("read all files, jailed", parsed, "raw calamine read", calamine),
        ("build warehouse with dbt", built, "same compiled SQL", sql),
        ("audit with Great Expectations", audited, "same compiled SQL", sql),
        ("export, seal, switch", published, "same compiled SQL", sql),
        ("whole run, nothing new", _headless(settings), floor, both),
        ("whole run, one new spreadsheet", _with_one_more(settings), floor, both),
        ("whole run, from data/raw alone", _from_scratch(settings), floor, both),
    ]


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _headless(settings: Settings) -> float:
    environment = os.environ | {"GOVSTATS_DATA": str(settings.data)}
    command = [sys.executable, "-m", "scripts.headless"]
    return _timed(
        lambda: subprocess.run(
            command, cwd=settings.root, env=environment, check=True, stdout=subprocess.DEVNULL
        )
    )


def _with_one_more(settings: Settings) -> float:
    """Deliver a copy of the newest sheet with one byte of padding: a new vintage."""
    newest = max(survey(settings).entries, key=lambda entry: entry.received_at)
    source = kept_copy(settings, newest)
    target = settings.raw / Path(newest.file).with_stem(Path(newest.file).stem + "(补报)")
    target.write_bytes(_touched(source.read_bytes()))
    return _headless(settings)


def _touched(workbook: bytes) -> bytes:
    """Return the same workbook with an archive comment: other bytes, the same cells."""
    comment = b"resent"
    return workbook[:-2] + len(comment).to_bytes(2, "little") + comment


def _from_scratch(settings: Settings) -> float:
    for folder in (settings.facts, settings.releases, settings.candidates, settings.data / "work"):
        shutil.rmtree(folder, ignore_errors=True)
    return _headless(settings)
