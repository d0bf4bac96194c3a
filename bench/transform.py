"""``python -m bench.transform``: dbt's build against its own SQL run bare, small and large.

The demonstration as it is, then a province with a hundred times its observations. Every figure
is from a process of its own, so that peak memory belongs to one piece of work.
"""

import json
import logging
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

from bench import floors, province
from demo import generate
from demo.deliver import deliver
from govstats import observations, pipeline
from govstats.intake import survey
from govstats.observations import reader_key
from govstats.settings import Settings
from govstats.warehouse import dbt_runner, raw

COPIES = 100
#: What a province may take on two cores.
LIMIT_SECONDS, LIMIT_GIGABYTES = 180, 4


@dataclass(frozen=True)
class Line:
    """One size of warehouse: dbt's build and the bare SQL, seconds and peak gigabytes each."""

    name: str
    observations: int
    seconds: float
    memory: float
    floor_seconds: float
    floor_memory: float


def main() -> None:
    """Measure both sizes and print them."""
    logging.getLogger("govstats").setLevel(logging.WARNING)
    with tempfile.TemporaryDirectory(prefix="govstats-bench-") as folder:
        Console().print(as_table(measure(Path(folder), Console(stderr=True))))


def measure(folder: Path, progress: Console, copies: int = COPIES) -> list[Line]:
    """Build the demonstration, then ``copies`` of it, in ``folder``; return a line for each."""
    settings = replace(Settings.from_environment(), data=folder / "data")
    deliver(settings, generate(settings.raw))
    for batch in pipeline.scan(settings):
        pipeline.parse(settings, batch["submission_ids"])
    lines = []
    for name, number in (("demonstration", 1), (f"{copies} districts", copies)):
        progress.print(f"transforming: {name}")
        own = province.project(settings, folder / str(number), number)
        warehouse = _loaded(settings, folder / str(number) / "warehouse.duckdb", number)
        built = _apart("dbt", own.root, warehouse)
        bare = _apart("bare", own.root, warehouse)
        lines.append(Line(name, _figures(warehouse), *built, *bare))
        shutil.rmtree(own.root)
    return lines


def _loaded(settings: Settings, warehouse: Path, copies: int) -> Path:
    found = survey(settings)
    facts = settings.facts / reader_key(settings)
    summaries = observations.read_summaries(facts)
    raw.load(warehouse, found.entries, found.problems, summaries, facts)
    province.multiply_raw(warehouse, copies)
    return warehouse


def _figures(warehouse: Path) -> int:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        row = connection.execute("select count(*) from raw.observation").fetchone()
    return int(row[0]) if row else 0


def _apart(what: str, root: Path, warehouse: Path) -> tuple[float, float]:
    """Run one piece of work in a new process; return its seconds and peak gigabytes."""
    command = [sys.executable, "-m", "bench.transform", what, str(root), str(warehouse)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    seconds, memory = json.loads(done.stdout.splitlines()[-1])
    return seconds, memory


def _work(what: str, root: Path, warehouse: Path) -> None:
    """Do one piece of work and print its seconds and this process's peak gigabytes."""
    settings = Settings(root=root, data=root / "data")
    work = root / "work"
    start = time.perf_counter()
    if what == "dbt":
        slow = sorted(dbt_runner.build(settings, warehouse, work), key=lambda node: node.seconds)
        seconds = time.perf_counter() - start
        for node in slow[-5:]:
            print(f"{node.seconds:8.2f} s  {node.name}", file=sys.stderr)
    else:
        manifest = work / "target" / "manifest.json"
        seconds = floors.run_compiled_sql(manifest, warehouse, root / "floor.duckdb")
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps([seconds, kilobytes / 1024**2]))


def as_table(lines: list[Line]) -> Table:
    """Lay the lines out; the last column is dbt's time over that of the same SQL."""
    title = f"transformation (a province: under {LIMIT_SECONDS} s and {LIMIT_GIGABYTES} GB)"
    table = Table(title=title, title_justify="left")
    names = ("warehouse", "figures", "dbt s", "peak GB", "bare SQL s", "peak GB", "ratio")
    for name in names:
        table.add_column(name, justify="left" if name == "warehouse" else "right")
    for line in lines:
        table.add_row(
            line.name,
            f"{line.observations:,}",
            f"{line.seconds:.1f}",
            f"{line.memory:.2f}",
            f"{line.floor_seconds:.1f}",
            f"{line.floor_memory:.2f}",
            f"{line.seconds / line.floor_seconds:.2f}",
        )
    return table


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _work(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main()
