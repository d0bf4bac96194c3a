"""What a person may ask of a run: parameters that Airflow checks before the run begins.

Every parameter has a JSON schema. Its value reaches functions of ``govstats`` as a value, never
a shell or a statement.
"""

import re
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from airflow.sdk import Param, get_current_context

from govstats.errors import GovstatsError, KnowledgeError
from govstats.layouts.seeds import load_department_names
from govstats.pipeline import Within
from govstats.settings import Settings

#: A month, as data/raw names its folders.
_PERIOD = r"^\d{4}-(0[1-9]|1[0-2])$"
_DAY = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"


def department() -> Param:
    """Return the choice of one department of the seeds, or of all (null).

    Where the seeds cannot be read now, any code is let through: the run then says what is wrong.
    """
    try:
        names = load_department_names(Settings.from_environment().dbt_project / "seeds")
    except KnowledgeError:
        return Param(None, type=["null", "string"], title="部门")
    return Param(
        None,
        type=["null", "string"],
        enum=[None, *names],
        values_display={"null": "全部", **names},
        title="部门",
        description="只读这个部门的报表；留空为全部。Only this department's sheets; empty: all.",
    )


def period() -> Param:
    """Return the choice of one period, YYYY-MM, or of all (null)."""
    return Param(
        None,
        type=["null", "string"],
        pattern=_PERIOD,
        maxLength=7,  # a pattern lets a line end pass behind it
        title="报告期（YYYY-MM）",
        description="只读这个报告期的报表；留空为全部。Only sheets of this period; empty: all.",
    )


def as_of() -> Param:
    """Return the choice of a past day, YYYY-MM-DD; a partition of the run says it too."""
    return Param(
        None,
        type=["null", "string"],
        format="date",
        pattern=_DAY,
        maxLength=10,
        title="截止日期（YYYY-MM-DD）",
        description="按这一天结束时已收到的报表重建。As known at the end of this day.",
    )


def wanted() -> Within:
    """Return the part of what was received that this run is about: its partition or parameters."""
    context = get_current_context()
    params: dict[str, Any] = dict(context["params"])
    key = context["dag_run"].partition_key
    return Within(params.get("department"), key or params.get("period"))


def one_period() -> Within:
    """Return what ``wanted`` does, where a period must be named.

    Raises:
        GovstatsError: neither partition nor parameter names one, or it is written otherwise.
    """
    within = wanted()
    if within.time_period is None:
        raise GovstatsError("no period is named", "trigger it with a period, such as 2020-12")
    _require(within.time_period, _PERIOD, "a period", "2020-12")
    return within


def last_day(settings: Settings) -> date:
    """Return the past day that this run rebuilds: its partition or its parameter.

    Raises:
        GovstatsError: no day is named, or it is not over yet.
    """
    context = get_current_context()
    text = context["dag_run"].partition_key or context["params"].get("as_of")
    if not text:
        raise GovstatsError("no day is named", "trigger it with as_of, such as 2020-12-31")
    _require(text, _DAY, "a day", "2020-12-31")
    return over(date.fromisoformat(text), datetime.now(ZoneInfo(settings.timezone)).date())


def _require(text: str, pattern: str, what: str, example: str) -> None:
    """Refuse what Airflow lets pass as a partition, such as 2020-1."""
    if re.fullmatch(pattern, text) is None:
        raise GovstatsError(f"{text!r} is not {what}", f"write it like {example}")


def over(day: date, today: date) -> date:
    """Return the day if it is over, so that nothing more can be received on it.

    Raises:
        GovstatsError: it is today or later.
    """
    if day < today:
        return day
    yesterday = today - timedelta(days=1)
    raise GovstatsError(f"{day} is not over yet", f"choose {yesterday} or an earlier day")
