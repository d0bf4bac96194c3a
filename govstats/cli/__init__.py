"""The command ``govstats``: the data engineer's and the analyst's door."""

import io
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfoNotFoundError

import typer
from rich.logging import RichHandler

from govstats import logs
from govstats.cli import (
    bulletin,
    correct,
    export,
    health,
    look,
    metrics,
    notes,
    override,
    prune,
    query,
    remind,
    signoff,
    template,
    trace,
    work,
)
from govstats.errors import GovstatsError
from govstats.htmlpage import printable
from govstats.settings import Settings
from govstats.status import wide_console

app = typer.Typer(
    name="govstats",
    help="Departmental spreadsheets in, a judged and audited statistical release out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
work.add_to(app)
look.add_to(app)
query.add_to(app)
trace.add_to(app)
export.add_to(app)
correct.add_to(app)
override.add_to(app)
signoff.add_to(app)
health.add_to(app)
template.add_to(app)
bulletin.add_to(app)
notes.add_to(app)
remind.add_to(app)
metrics.add_to(app)
prune.add_to(app)


def main() -> None:
    """Run the command line; a person's mistake ends in two lines and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without Chinese shows marks instead
    handler = RichHandler(
        console=wide_console(stderr=True),
        show_path=False,
        show_level=False,
        log_time_format="%H:%M:%S",
    )
    log = logging.getLogger("govstats")
    log.setLevel(logging.INFO)
    log.addHandler(handler)
    log.propagate = False  # frameworks give the root logger handlers of their own
    try:
        with _logged():
            app()
    except GovstatsError as error:
        typer.secho(f"error: {printable(str(error))}", err=True, fg="red")
        sys.exit(error.exit_code)
    except OSError as error:
        # the machine, not the program: no space, no permission, a folder gone
        typer.secho(f"error: {printable(str(error))}", err=True, fg="red")
        typer.secho("  → check permissions and free space of the folder it names", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        typer.secho("interrupted; the last release stands, the next run goes on", err=True)
        sys.exit(130)


@contextmanager
def _logged() -> Iterator[None]:
    """Send the command's lines to the log file, and its error, as a run of its own."""
    try:
        settings = Settings.from_environment()
        run_id = logs.new_run_id(settings)
    except (GovstatsError, ZoneInfoNotFoundError):
        yield  # the command says what is wrong with the environment; --help need not know
        return
    with logs.during(settings, run_id), logs.bound(command=" ".join(sys.argv[1:2])):
        try:
            yield
        except (GovstatsError, OSError) as error:
            logs.journal.error("command failed", extra={"error": str(error)})
            raise
