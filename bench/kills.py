"""``python -m bench kills``: `kill -9` at random moments of whole runs, and what is left of each.

A small installation is made and released. Before each kill a new sheet is handed in, so that
every run has all its work before it. After each kill the last release is compared with its
hashes, the ledger with the kept copies and with what was handed in; every few kills a run goes to
its end and the marts are asked how often each submission is there.
"""

import argparse
import os
import random
import signal
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from bench.runs import Runs
from govstats.errors import GovstatsError
from govstats.files import sha256_file
from govstats.intake import survey
from govstats.release import releases
from govstats.settings import Settings
from tests import small

#: Seconds that the readers of a killed run are given to notice.
_NOTICE = 15
_TWICE = """
select count(*), count(distinct submission_id), count(*) filter (where status <> 'accepted')
from marts.fct_submission
"""


@dataclass
class Counts:
    """What was seen; the first five should stay 0."""

    corrupt: int = 0
    unreadable_ledgers: int = 0
    lost: int = 0
    doubled: int = 0
    failed: int = 0
    orphans: int = 0
    kills: int = 0
    late: int = 0
    completed: int = 0
    seconds: float = 0
    where: Counter[str] = field(default_factory=Counter)
    said: list[str] = field(default_factory=list)

    def wrong(self) -> int:
        """How much of it must not be."""
        return self.corrupt + self.unreadable_ledgers + self.lost + self.doubled + self.failed


class Trial:
    """Kills runs over one installation, one after another."""

    def __init__(self, runs: Runs, settings: Settings, log: Path, seed: int) -> None:
        self._runs, self._settings, self._log = runs, settings, log
        self._random = random.Random(seed)
        self._handed = {entry.file for entry in survey(settings).entries}
        self._known: list[str] = []
        self.counts = Counts()

    def hand_in(self, number: int) -> None:
        """Hand in one more sheet."""
        path = small.hand_in_again(self._settings, note=f"第{number}次", petitions=100 + number)
        self._handed.add(path.relative_to(self._settings.raw).as_posix())

    def kill(self) -> None:
        """Start a run and kill it at any moment, with or without its readers."""
        counts, before = self.counts, self._log.stat().st_size if self._log.exists() else 0
        pid = self._runs.start(self._settings.root, self._settings.data, self._log)
        time.sleep(self._random.uniform(0, counts.seconds))
        with_readers = self._random.random() < 0.5
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL) if with_readers else os.kill(pid, signal.SIGKILL)
        if self._runs.wait() == -signal.SIGKILL:
            counts.kills += 1
            counts.where[_step(self._log, before)] += 1
        else:
            counts.late += 1  # it had ended
        self._end_readers(pid)
        self.check()

    def complete(self) -> None:
        """Run to the end: everything that was handed in is in the marts, once."""
        start = time.perf_counter()
        self._runs.start(self._settings.root, self._settings.data, self._log)
        if self._runs.wait() != 0:
            self.counts.failed += 1
            self.counts.said.append(self._log.read_text("utf-8")[-500:])
            return
        self.counts.seconds = time.perf_counter() - start
        self.counts.completed += 1
        self.check()
        warehouse = releases.current_folder(self._settings) / "warehouse.duckdb"
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            rows = connection.execute(_TWICE).fetchone() or (0, 0, 0)
        self.counts.doubled += rows[0] - rows[1]
        self.counts.lost += abs(len(self._handed) - rows[1]) + rows[2]

    def check(self) -> None:
        """Compare releases, ledger, copies and what was handed in."""
        settings, counts = self._settings, self.counts
        kept = [item["release_id"] for item in releases.list_all(settings)]
        if releases.current_id(settings) not in kept:
            counts.corrupt += 1
        counts.corrupt += sum(bool(releases.verify(settings, name)) for name in kept)
        try:
            found = survey(settings)
        except GovstatsError as error:
            counts.unreadable_ledgers += 1
            counts.said.append(str(error))
            return
        ids = [entry.submission_id for entry in found.entries]
        counts.doubled += len(ids) - len(set(ids))
        counts.lost += ids[: len(self._known)] != self._known
        self._known = ids
        for entry in found.entries:
            copy = settings.store / entry.stored_name
            counts.lost += not copy.is_file() or sha256_file(copy) != entry.sha256
        seen = {entry.file for entry in found.entries} | {str(file) for file, _ in found.arrivals}
        counts.lost += len(self._handed - seen)

    def _end_readers(self, group: int) -> None:
        deadline = time.monotonic() + _NOTICE
        while time.monotonic() < deadline:
            try:
                os.killpg(group, 0)
            except ProcessLookupError:
                return
            time.sleep(0.1)
        self.counts.orphans += 1
        with suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)


def _step(log: Path, before: int) -> str:
    """The last thing that a run said of itself, by its first word."""
    lines = log.read_bytes()[before:].decode("utf-8", "replace").splitlines()
    said = [line.split(":", 2)[2] for line in lines if ":govstats:" in line]
    return said[-1].partition(":")[0] if said else "start"


def main(arguments: list[str]) -> None:
    """Kill runs and print the counts; ends with 1 where something is lost, doubled or corrupt."""
    parser = argparse.ArgumentParser(prog="python -m bench kills", description=__doc__)
    parser.add_argument("--times", type=int, default=100, help="kills (default: 100)")
    parser.add_argument("--seed", type=int, default=7, help="of the moments (default: 7)")
    parser.add_argument("--every", type=int, default=5, help="kills between whole runs (default 5)")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="govstats-kills-") as name, Runs() as runs:
        print("making the installation", flush=True)
        settings = small.make(Path(__file__).parent.parent, Path(name))
        trial = Trial(runs, settings, Path(name) / "runs.log", options.seed)
        trial.hand_in(0)
        trial.complete()
        for number in range(1, options.times + 1):
            trial.hand_in(number)
            trial.kill()
            if number % options.every == 0 or number == options.times:
                trial.complete()
                print(_told(trial.counts), flush=True)
    raise SystemExit(1 if trial.counts.wrong() else 0)


def _told(counts: Counts) -> str:
    where = ", ".join(f"{step} {number}" for step, number in counts.where.most_common())
    return (
        f"{counts.kills} kills ({where}), {counts.late} too late; {counts.completed} runs to the "
        f"end, the last in {counts.seconds:.0f} s\n"
        f"  corrupt releases {counts.corrupt}, unreadable ledgers {counts.unreadable_ledgers}, "
        f"submissions lost {counts.lost}, doubled {counts.doubled}, failed runs {counts.failed}, "
        f"readers left {counts.orphans}" + "".join(f"\n  {text}" for text in counts.said)
    )
