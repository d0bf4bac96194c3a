"""Telling people: notices go to the addresses of the connection ``govstats_notify``.

Without that connection notices are written to the log alone. Nothing here ever fails a task: the
figures are done, only nobody was told.
"""

import json
import logging
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from govstats import notices
from govstats.errors import GovstatsError, ReleaseHeld
from govstats.notices import FAILED, LOGGED, SENT, Notice
from govstats.settings import Settings
from govstats_airflow.addresses import Address, Service, parse

log = logging.getLogger("govstats")

#: The Airflow connection (type apprise) that holds the addresses.
CONNECTION = "govstats_notify"


def tell(*wanted: Notice) -> dict[str, int]:
    """Tell what was not told before, and note it in the journal.

    A headless run without a connection says nothing: whoever started it reads its console, and
    the live Airflow tells it at its next run.

    Returns:
        How many notices were ``sent`` (to one address at least), only ``logged`` (nobody has an
        address for them) or ``failed`` at every address; those are told again next time.
    """
    return tell_of(lambda: wanted)


def tell_of(compose: Callable[..., Notice | Iterable[Notice]], *given: object) -> dict[str, int]:
    """Compose notices and ``tell`` them; composing them fails no task either.

    Args:
        compose: a function of ``govstats.notices``.
        given: what it is called with.

    Returns:
        As ``tell``.
    """
    outcomes: Counter[str] = Counter()
    try:
        settings = Settings.from_environment()
        composed = compose(*given)
        fresh = notices.fresh(settings, [composed] if isinstance(composed, Notice) else composed)
        addresses = _addresses() if fresh else ()
        if os.environ.get("GOVSTATS_UNATTENDED") and not addresses:
            return {}
        services = _services(addresses)
        for notice in fresh:
            outcome = _send(notice, services)
            if outcome == LOGGED and any(address.gets(notice) for address in addresses):
                outcome = FAILED  # an address that is written wrongly
            notices.note(settings, notice, outcome)
            outcomes[outcome] += 1
    except Exception as error:
        # whatever it is, the work is done; the type alone, for a text may hold an address
        log.warning("notices: not told: %s", _safe(error))
    return dict(outcomes)


def trial() -> dict[str, int]:
    """Send a test message to every address, whatever its circle.

    Returns:
        How many addresses it was sent to, as ``sent``.

    Raises:
        GovstatsError: there is no connection, or an address did not take it: which, and why.
    """
    addresses = _addresses()
    if not addresses:
        raise GovstatsError(f"no connection {CONNECTION}", "make it: see docs/notifications.md")
    at = datetime.now(ZoneInfo(Settings.from_environment().timezone))
    notice = Notice("数据通知测试", f"这是一条测试消息，发送时间 {at:%Y-%m-%d %H:%M}。", "info")
    problems = [text for each in addresses if (text := _try(each, notice))]
    if problems:
        raise GovstatsError("; ".join(problems), f"mend the connection {CONNECTION}")
    return {SENT: len(addresses)}


def _try(address: Address, notice: Notice) -> str:
    try:
        service = Service(address)
    except GovstatsError as error:
        return error.what
    problem = service.send(notice)
    return f"entry {address.place} ({service.name}): {problem}" if problem else ""


def failure_callback(context: Mapping[str, Any]) -> None:
    """Tell the bureau that a task failed for good; Airflow calls it with the task's context.

    A held release was told by the step that found it.
    """
    try:
        error = context.get("exception")
        if isinstance(getattr(error, "__cause__", None), ReleaseHeld):
            return
        task = context["ti"]
        at = datetime.now(ZoneInfo(Settings.from_environment().timezone))
        tell(notices.failed(task.dag_id, task.task_id, error, at))
    except Exception as error:
        log.warning("notices: failure not told: %s", _safe(error))


def _send(notice: Notice, services: Sequence[Service]) -> str:
    """Send to each address that is meant; say in the log what came of it."""
    wanted = [service for service in services if service.address.gets(notice)]
    log.info("notice (%s): %s\n%s", notice.kind, notice.title, notice.body)
    if not wanted:
        return LOGGED
    outcome = FAILED
    for service in wanted:
        problem = service.send(notice)
        where = f"entry {service.address.place} ({service.name})"
        if problem:
            log.warning("notice not sent to %s: %s", where, problem)
        else:
            log.info("notice sent to %s", where)
            outcome = SENT
    return outcome


def _services(addresses: Sequence[Address]) -> tuple[Service, ...]:
    """Return the addresses made ready; one that is wrong is named in the log and left out."""
    found = []
    for address in addresses:
        try:
            found.append(Service(address))
        except GovstatsError as error:
            log.warning("%s", error)
    return tuple(found)


def _addresses() -> tuple[Address, ...]:
    """Return what the connection holds, nothing where there is none; its secrets are masked."""
    from airflow.sdk import BaseHook
    from airflow.sdk.exceptions import AirflowNotFoundException
    from airflow.sdk.log import mask_secret

    try:
        config = BaseHook.get_connection(CONNECTION).extra_dejson.get("config")
    except AirflowNotFoundException:
        return ()
    if isinstance(config, str):  # as the form of the interface keeps it
        try:
            config = json.loads(config)
        except ValueError:
            raise GovstatsError(
                f"connection {CONNECTION}: config is not JSON", "see docs/notifications.md"
            ) from None
    addresses = parse(config)
    for address in addresses:
        for secret in address.secrets():
            mask_secret(secret)
    return addresses


def _safe(error: Exception) -> str:
    return str(error) if isinstance(error, GovstatsError) else type(error).__name__
