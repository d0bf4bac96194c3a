"""An installation of one's own with the demonstration in it, and a clock on its pipeline."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from demo import generate
from demo.deliver import deliver
from govstats import pipeline
from govstats.intake import survey
from govstats.settings import Settings
from scripts.airflow_api import Airflow
from scripts.airflow_env import REPO
from scripts.live import Place, place, running

CLOCK = Path(__file__).resolve().parent / "clock"
#: A schedule that never comes due, for a watcher to be measured alone.
NEVER = "0 0 29 2 *"
#: How many DAGs there are; just after the start their files may not have been read.
DAGS = len(list((REPO / "dags").glob("*.py")))


@dataclass(frozen=True)
class Installation:
    """A data folder, the Airflow that works on it, and where the clock writes."""

    settings: Settings
    where: Place
    clock: Path

    def session(self) -> Airflow:
        """Log the administrator in; Airflow must be running."""
        return self.where.session("admin")


def settings_in(work: Path) -> Settings:
    """Return the project's knowledge with the data folder ``work/data``."""
    settings = replace(Settings.from_environment(), data=(work / "data").resolve())
    settings.raw.mkdir(parents=True, exist_ok=True)
    return settings


@contextmanager
def live(work: Path, **more: str) -> Iterator[Installation]:
    """Run Airflow on ``work/data`` for the length of a ``with`` block."""
    settings = settings_in(work)
    clock = work / "clock.jsonl"
    watched = {"PYTHONPATH": str(CLOCK), "BENCH_CLOCK": str(clock)}
    where = place(work / "airflow", settings.data, **watched, **more)
    with running(where):
        yield Installation(settings, where, clock)


def received(work: Path, but_read: int) -> None:
    """Hand the demonstration in below ``work``, and read all of it but one year's periods."""
    settings = settings_in(work)
    deliver(settings, generate(settings.raw))
    entries = survey(settings).entries
    others = [e.submission_id for e in entries if not e.time_period.startswith(f"{but_read}-")]
    pipeline.parse(settings, others)
