"""``python -m bench live-backfill``: a year of periods, and of past days, under a live Airflow."""

import logging
import tempfile
import time
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections import Counter
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console

from bench.live.installation import DAGS, NEVER, Installation, live, received
from bench.live.timings import as_table, measured, read_clock
from govstats.release import releases
from govstats.settings import Settings
from scripts.airflow_api import Airflow, Answer, wait_until

HELP = """\
Read the twelve periods of a year through Airflow's backfill, up to a release, then rebuild the
last days of its months as they were known then; both twice, for the second time nothing is left
to change. Says for each step how long its tasks waited, ran and worked, and which share of the
whole is Airflow's own: the time in which no function of the pipeline was at work.
"""
_WITHIN_SECONDS = 3600


def main(arguments: list[str]) -> None:
    """Run the command; ends with code 1 where a run failed."""
    logging.getLogger("govstats").setLevel(logging.WARNING)
    made = ArgumentParser(
        "python -m bench live-backfill",
        description=HELP,
        formatter_class=RawDescriptionHelpFormatter,
    )
    made.add_argument("--year", type=int, default=2020, help="whose periods and days (2020)")
    made.add_argument("--dag", choices=("reload", "rebuild"), help="only one of the two")
    made.add_argument("--work", type=Path, help="a new folder to work in and keep")
    options = made.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="govstats-backfill-") as folder:
        work = options.work or Path(folder)
        work.mkdir(parents=True, exist_ok=True)
        dags = [options.dag] if options.dag else ["reload", "rebuild"]
        well = measure(work, options.year, dags, Console())
    raise SystemExit(0 if well else 1)


def measure(work: Path, year: int, dags: list[str], console: Console) -> bool:
    """Backfill these DAGs on an installation in ``work``; return whether every run went well."""
    console.print(f"the demonstration is received, and all of it read but {year} …")
    received(work, year)
    with live(work, GOVSTATS_INGEST_SCHEDULE=NEVER, GOVSTATS_KEEP_RELEASES="12") as here:
        api = here.session()
        wait_until(lambda: api.ask("/api/v2/dags")["total_entries"] >= DAGS, "the DAGs", 60)
        api.idle(_WITHIN_SECONDS)
        well = [_filled(here, api, dag_id, year, console) for dag_id in dags]
    return all(well)


def _filled(here: Installation, api: Airflow, dag_id: str, year: int, console: Console) -> bool:
    """Backfill one DAG over a year, twice: the second time there is nothing left to change."""
    well = True
    for turn, behaviour in (("first", "none"), ("again", "completed")):
        standing = releases.current_id(here.settings)
        began = time.time()
        first, last = _year(here.settings, year)
        made = api.backfill(dag_id, first, last, reprocess_behavior=behaviour, max_active_runs=1)
        _await(api, made)
        api.idle(_WITHIN_SECONDS)
        wall = time.time() - began
        tasks = [t for t in api.tasks() if t["start_date"] and _begun(t) >= began]
        ran = [r for r in api.runs(dag_id) if r["start_date"] and _begun(r) >= began]
        runs = [r for r in ran if r["run_type"] == "backfill"]
        states = Counter(str(run["state"]) for run in runs)
        title = f"{dag_id} over {year}, {turn}: {len(runs)} partitions {dict(states)}"
        console.print(as_table(title, measured(tasks, read_clock(here.clock, began))))
        changed = releases.current_id(here.settings) != standing
        console.print(f"{wall:.0f} s in all; current release {'changed' if changed else 'stands'}")
        well = well and set(states) == {"success"}
    return well


def _year(settings: Settings, year: int) -> tuple[str, str]:
    """From the first to the last moment of a year in the district's time."""
    zone = ZoneInfo(settings.timezone)
    first, last = datetime(year, 1, 1, tzinfo=zone), datetime(year, 12, 31, 23, 59, tzinfo=zone)
    return first.isoformat(), last.isoformat()


def _await(api: Airflow, made: Answer) -> None:
    path = f"/api/v2/backfills/{made['id']}"
    wait_until(lambda: api.ask(path)["completed_at"], "the backfill", _WITHIN_SECONDS)


def _begun(run_or_task: Answer) -> float:
    return datetime.fromisoformat(run_or_task["start_date"]).timestamp()
