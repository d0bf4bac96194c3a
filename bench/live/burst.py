"""``python -m bench live-burst``: hundreds of files at once; what became of every one of them."""

import re
import tempfile
import time
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.live.installation import DAGS, NEVER, Installation, live
from bench.live.sheets import Drop, drop_all, drops
from bench.live.timings import as_table, measured, read_clock
from govstats.intake import survey
from govstats.release import reader, releases
from govstats.settings import Settings
from scripts.airflow_api import wait_until

HELP = """\
Drop many spreadsheets into the folder of a live Airflow at once, some of them bad and some in two
pieces, wait until nothing is left to do, and account for every file: on the ledger, read or
refused and why, in the released marts. Counts releases, and lines in all logs that speak of a lock
or hold a traceback.
"""
#: What a log says when two got into each other's way, or a program failed.
TROUBLE = re.compile(
    r"database is locked|Conflicting lock|Could not set lock|another run is|Traceback \(most"
)


@dataclass(frozen=True)
class Account:
    """What became of the files that were dropped."""

    dropped: int
    on_ledger: int
    same_content: int
    fates: dict[str, int]
    wrong_fate: list[str]
    releases: int
    trouble: list[str]

    @property
    def well(self) -> bool:
        """Every file has its fate, the right one, and nobody got in another's way."""
        accounted = self.on_ledger + self.same_content == self.dropped
        return accounted and not self.wrong_fate and not self.trouble and self.releases > 0


def main(arguments: list[str]) -> None:
    """Run the command; ends with code 1 where a file has no fate or a log speaks of trouble."""
    made = ArgumentParser(
        "python -m bench live-burst", description=HELP, formatter_class=RawDescriptionHelpFormatter
    )
    made.add_argument("--files", type=int, default=500, help="in all (500)")
    made.add_argument("--bad", type=int, default=25, help="of them unreadable (25)")
    made.add_argument("--seed", type=int, default=1, help="the same seed drops the same files (1)")
    made.add_argument("--work", type=Path, help="a new folder to work in and keep")
    options = made.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="govstats-burst-") as folder:
        work = options.work or Path(folder)
        work.mkdir(parents=True, exist_ok=True)
        account = measure(work, options.files, options.bad, options.seed, Console(stderr=True))
    Console().print(_as_table(account))
    raise SystemExit(0 if account.well else 1)


def measure(work: Path, count: int, bad: int, seed: int, progress: Console) -> Account:
    """Drop the files on a live Airflow in ``work``, wait for the end, account for them."""
    files = drops(work / "pool", count, bad, seed)
    with live(work, GOVSTATS_INGEST_SCHEDULE=NEVER) as here:
        api = here.session()
        wait_until(lambda: api.ask("/api/v2/dags")["total_entries"] >= DAGS, "the DAGs", 60)
        began = time.time()
        seconds = drop_all(here.settings.raw, files)
        progress.print(f"{count} files dropped within {seconds:.1f} s")
        _await_release(here, len(files))
        api.idle(900)
        progress.print(f"nothing left to do after {time.time() - began:.0f} s")
        calls = read_clock(here.clock, began)
        ran = [t for t in api.tasks() if t["start_date"]]
        progress.print(as_table(f"{count} files in a burst", measured(ran, calls)))
        for dag_id in ("ingest", "transform", "release"):
            states = Counter(f"{r['run_type']} {r['state']}" for r in api.runs(dag_id))
            progress.print(f"{dag_id}: {dict(states)}")
    return accounted(here.settings, files, _log_files(here))


def _await_release(here: Installation, count: int) -> None:
    """Wait until all that was dropped is on the ledger and a release covers it."""

    def look() -> bool:
        found = survey(here.settings)
        known = len(found.entries) + sum(p.kind == "duplicate" for p in found.problems)
        current = releases.current_id(here.settings)
        return known >= count and current is not None

    wait_until(look, "a release of all that was dropped", 1200)


def accounted(settings: Settings, files: Sequence[Drop], logs: Iterable[Path]) -> Account:
    """Look every dropped file up: on the ledger, and in the current release's marts."""
    found = survey(settings)
    entered = {entry.file for entry in found.entries}
    twins = {p.file for p in found.problems if p.kind == "duplicate"}
    with reader.connect(settings) as connection:
        rows = reader.rows(connection, "select file, status from marts.fct_submission")
    fates = {str(row["file"]): str(row["status"]) for row in rows}
    wrong = [
        f"{file.target}: {fates.get(str(file.target))}, expected "
        f"{'refused: ' + file.bad if file.bad else 'read'}"
        for file in files
        if str(file.target) in entered
        and (fates.get(str(file.target)) == "refused") != bool(file.bad)
    ]
    wrong += [f"{f.target}: nowhere" for f in files if str(f.target) not in entered | twins]
    wrong += [p.text_en() for p in found.problems if p.kind != "duplicate"]
    return Account(
        dropped=len(files),
        on_ledger=len(entered),
        same_content=len(twins),
        fates=dict(Counter(fates.values())),
        wrong_fate=wrong,
        releases=len(releases.list_all(settings)),
        trouble=troubles(logs),
    )


def troubles(logs: Iterable[Path]) -> list[str]:
    """Return the lines of logs that speak of a lock or of a program's failure."""
    return [
        f"{path.name}: {line.strip()[:200]}"
        for path in logs
        for line in path.read_text(errors="replace").splitlines()
        if TROUBLE.search(line)
    ]


def _log_files(here: Installation) -> list[Path]:
    folders = (here.where.home / "logs", here.settings.data / "logs")
    return [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]


def _as_table(account: Account) -> Table:
    table = Table(title="what became of the files", title_justify="left", show_header=False)
    table.add_row("dropped", str(account.dropped))
    table.add_row("on the ledger", str(account.on_ledger))
    table.add_row("same content as another one (named, not entered)", str(account.same_content))
    for status, count in sorted(account.fates.items()):
        table.add_row(f"in the marts as {status}", str(count))
    table.add_row("releases", str(account.releases))
    table.add_row("log lines on locks or failures", str(len(account.trouble)))
    for line in (account.wrong_fate + account.trouble)[:20]:
        table.add_row("!", line)
    return table
