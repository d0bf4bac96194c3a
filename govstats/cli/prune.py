"""The command that makes room: prune."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated

import typer

from govstats import retention
from govstats.cli.output import Json, console, print_json
from govstats.retention import Item
from govstats.settings import Settings


def add_to(app: typer.Typer) -> None:
    """Register this module's command."""
    app.command()(prune)


def prune(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be removed.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Remove what is kept no longer: old releases, unused facts, leftovers, old logs.

    Nothing goes that cannot be made again from what came in, and never the current release.
    Exit code 3: a run is at work.
    """
    settings = Settings.from_environment()
    items = retention.plan(settings) if dry_run else retention.prune(settings)
    if as_json:
        print_json([asdict(item) for item in items])
        return
    _print(settings, items, "would be removed" if dry_run else "removed")


def _print(settings: Settings, items: Sequence[Item], done: str) -> None:
    for item in items:
        name = item.path.relative_to(settings.data)
        line = f"{item.kind:<9}{item.size / 1e6:>9,.1f} MB  {name}  ({item.why})"
        console.print(line, highlight=False, soft_wrap=True)
    total = sum(item.size for item in items) / 1e6
    console.print(f"{len(items)} things {done}, {total:,.1f} MB", highlight=False)
