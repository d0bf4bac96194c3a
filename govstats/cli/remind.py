"""The command that lists which sheets are asked for on a day."""

from datetime import date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from govstats import reminders
from govstats.cli.output import Json, console, print_json
from govstats.errors import GovstatsError
from govstats.notices import names
from govstats.reminders import Reminder
from govstats.reminders.words import distance, sofar
from govstats.settings import Settings


def add_to(app: typer.Typer) -> None:
    """Register this module's command."""
    app.command()(remind)


def remind(
    on: Annotated[
        str | None, typer.Option(help="The day to look at, YYYY-MM-DD; today where left out.")
    ] = None,
    as_json: Json = False,
) -> None:
    """List the sheets that are asked for on a day, as the DAG `remind` sends it every morning.

    Which day asks whom, in which words, stands in seeds/reminders.csv. Sends and changes nothing.
    """
    settings = Settings.from_environment()
    day = _day(on, settings)
    found = reminders.due(settings, day)
    if as_json:
        print_json([_row(each) for each in found])
        return
    short = names.departments(settings)
    for notice in reminders.notices(settings, found):
        circle = "、".join(short.get(code, code) for code in notice.departments) or "汇总"
        console.print(f"→ {circle}  {notice.title}", highlight=False, soft_wrap=True)
        for line in notice.body.splitlines():
            console.print(f"    {line}", highlight=False, soft_wrap=True)
    if not found:
        console.print(f"{day}: no sheet is asked for")


def _day(text: str | None, settings: Settings) -> date:
    if text is None:
        return datetime.now(ZoneInfo(settings.timezone)).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise GovstatsError(f"--on {text!r} is not a day", "write it like 2020-10-20") from None


def _row(reminder: Reminder) -> dict[str, object]:
    owed, stage = reminder.owed, reminder.stage
    return {
        "department_code": owed.department_code,
        "layout_id": owed.layout_id,
        "sheet_zh": owed.sheet_zh,
        "time_period": owed.time_period,
        "period_zh": owed.period_zh,
        "due_date": owed.due_date,
        "days_after": stage.days_after,
        "distance_zh": distance(stage),
        "kind": stage.kind,
        "to_department": stage.to_department,
        "to_bureau": stage.to_bureau,
        "n_refused": reminder.n_refused,
        "n_held": reminder.n_held,
        "so_far_zh": sofar(reminder),
    }
