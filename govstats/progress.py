"""How far a batch has come: a bar where somebody watches, lines in the log where nobody does."""

import logging
import sys
from collections.abc import Iterable, Iterator

from govstats.observations import ReadSummary

log = logging.getLogger("govstats")

#: Fewer files are read before anybody would look at a bar.
_FROM = 20
#: Lines in the log for one batch.
_LINES = 10


def followed(summaries: Iterable[ReadSummary], total: int) -> Iterator[ReadSummary]:
    """Pass submissions on as they are read, and show how many of ``total`` are done."""
    if total < _FROM:
        yield from summaries
    elif sys.stderr.isatty():
        yield from _on_a_bar(summaries, total)
    else:
        yield from _in_the_log(summaries, total)


def _on_a_bar(summaries: Iterable[ReadSummary], total: int) -> Iterator[ReadSummary]:
    # Imported here: only a terminal needs it.
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (
        TextColumn("reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        for summary in summaries:
            bar.update(task, advance=1, description=escape(summary.ref.file))
            yield summary


def _in_the_log(summaries: Iterable[ReadSummary], total: int) -> Iterator[ReadSummary]:
    step = -(-total // _LINES)
    for done, summary in enumerate(summaries, start=1):
        if done % step == 0 and done < total:
            log.info("parse: %d of %d files read, last %s", done, total, summary.ref.file)
        yield summary
