"""The command for a monitoring system: metrics."""

from pathlib import Path
from typing import Annotated

import typer

from govstats import metrics as numbers
from govstats.cli.output import Json, console, print_json
from govstats.errors import GovstatsError
from govstats.settings import Settings

_STDOUT = "-"


def add_to(app: typer.Typer) -> None:
    """Register this module's command."""
    app.command()(metrics)


def metrics(
    output: Annotated[
        str | None,
        typer.Option(help="The file to write instead of data/metrics/govstats.prom; - prints."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Count anew what a monitoring system reads, in Prometheus' text format.

    Every step of a run does so too, into data/metrics/govstats.prom.
    """
    settings = Settings.from_environment()
    if not settings.data.is_dir():
        raise GovstatsError(f"{settings.data} is not there", "set GOVSTATS_DATA, or `govstats run`")
    if as_json:
        found = numbers.families(settings)
        print_json(
            [
                {"name": each.name, "labels": labels, "value": value}
                for each in found
                for labels, value in each.samples
            ]
        )
    elif output == _STDOUT:
        typer.echo(numbers.text(numbers.families(settings)).decode(), nl=False)
    else:
        written = numbers.write(settings, Path(output) if output else None)
        console.print(f"written {written}", highlight=False, soft_wrap=True)
