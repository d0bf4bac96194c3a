"""The daily reminder as a task: which day, test or earnest, and who was told."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from airflow.sdk import Param, get_current_context

from govstats import reminders
from govstats.settings import Settings
from govstats_airflow import notify

PARAMS: dict[str, Any] = {
    "on": Param(
        None,
        type=["null", "string"],
        format="date",
        pattern=r"^\d{4}-\d{2}-\d{2}$",
        title="日期（YYYY-MM-DD）",
        description="按哪一天催报；留空为今天。The day to remind of; empty: today.",
    ),
    "trial": Param(
        False,
        type="boolean",
        title="发送测试消息",
        description="只向各地址发送一条测试消息。Only send a test message to every address.",
    ),
}


def remind(settings: Settings) -> dict[str, int]:
    """Tell departments and bureau of the sheets that are asked for, or send a test message.

    Returns:
        Outcomes by number, as ``notify.tell``.

    Raises:
        GovstatsError: a table or the ledger is damaged; an address did not take the test message.
    """
    params: dict[str, Any] = dict(get_current_context()["params"])
    if params["trial"]:
        return notify.trial()
    today = datetime.now(ZoneInfo(settings.timezone)).date()
    day = date.fromisoformat(params["on"]) if params["on"] else today
    return notify.tell(*reminders.notices(settings, reminders.due(settings, day)))
