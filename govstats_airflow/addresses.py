"""Addresses of notices: the entries of the connection, how one is reached, and that none leaks.

An address is a URL of the library apprise with everything secret in it: passwords, tokens of
messengers. It is never logged; what a service answers is shown without its parts.
"""

import logging
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from govstats.errors import GovstatsError
from govstats.notices import BUREAU, Notice

#: Tag of addresses that get every department's notices, such as a group of all clerks.
DEPARTMENTS = "departments"
#: Bytes of a Chinese character. Messengers count bytes where the library counts characters.
_BYTES = 3
#: Parts of an address that are hidden in what is said about it; shorter ones are plain words.
_SHORTEST_HIDDEN = 5
#: Parts that Airflow masks in every log of the process; passwords are masked at any length.
_SHORTEST_MASKED = 12
_HOW = 'config is {"path": "<URL>", "tag": ["<department>"]} or a list of such entries'
_BETWEEN_PARTS = re.compile(r"://|[:@/?&=#]")
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Address:
    """One entry of the connection: a URL and the circles it stands for; ``place`` from 1."""

    place: int
    url: str = field(repr=False)
    tags: frozenset[str]

    def gets(self, notice: Notice) -> bool:
        """Whether the notice is for one of this address's circles."""
        circles = {*notice.departments, DEPARTMENTS} if notice.departments else {BUREAU}
        return bool(circles & self.tags)

    def secrets(self) -> list[str]:
        """Return what Airflow is to mask: the URL, its password, its long parts."""
        password = unquote(self.url.partition("://")[2].rpartition("@")[0].partition(":")[2])
        return [*(part for part in self._parts() if len(part) >= _SHORTEST_MASKED), password]

    def hidden(self, text: str) -> str:
        """Return a text without this address's parts, on one line, shortened."""
        for part in self._parts():
            if len(part) >= _SHORTEST_HIDDEN:
                text = text.replace(part, "***")
        return " ".join(text.split())[:300]

    def _parts(self) -> list[str]:
        """Return the URL and all it is made of, as written and decoded, the longest first."""
        pieces = [piece for piece in _BETWEEN_PARTS.split(self.url) if piece]
        return sorted({self.url, *pieces, *map(unquote, pieces)}, key=len, reverse=True)


def parse(config: object) -> tuple[Address, ...]:
    """Return the addresses of a connection's ``config``; an entry without a tag is the bureau's.

    Raises:
        GovstatsError: it is of another form; says which entry, and nothing of what stands there.
    """
    entries = config if isinstance(config, list) else [config]
    return tuple(_address(place, entry) for place, entry in enumerate(entries, start=1))


def _address(place: int, entry: object) -> Address:
    where = f"connection govstats_notify, entry {place}"
    if not isinstance(entry, dict) or not isinstance(entry.get("path"), str):
        raise GovstatsError(f"{where}: no path", _HOW)
    tags = entry.get("tag") or [BUREAU]
    if isinstance(tags, str):
        tags = tags.replace(",", " ").split()
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise GovstatsError(f"{where}: tag is no word and no list of words", _HOW)
    return Address(place, entry["path"], frozenset(tags))


class Service:
    """An address made ready by the library; kept for several notices, for it spaces them out."""

    def __init__(self, address: Address) -> None:
        """Prepare the service; raises GovstatsError where the URL is of no known kind."""
        import apprise

        self.address = address
        # one attempt more after half a second; nothing is written to a cache folder
        asset = apprise.AppriseAsset(async_mode=False, default_service_retry=1)
        with _unheard():
            service = apprise.Apprise.instantiate(address.url, asset=asset)
        if service is None:
            raise GovstatsError(
                f"connection govstats_notify, entry {address.place}: not an address apprise knows",
                "see docs/notifications.md for examples",
            )
        service.body_maxlen = service.body_maxlen // _BYTES
        service.overflow_mode = apprise.OverflowMode.SPLIT
        self.name = str(service.service_name)
        self._servers = apprise.Apprise(asset=asset)
        self._servers.add(service)

    def send(self, notice: Notice) -> str:
        """Send a notice; return an empty text, or what went wrong without the address's parts."""
        import apprise

        with _one_at_a_time, _unheard() as said, _answers() as answers:
            sent = self._servers.notify(
                body=notice.body,
                title=notice.title,
                notify_type=notice.kind,
                body_format=apprise.NotifyFormat.TEXT,
            )
        if sent:
            return self.address.hidden(_complaint(answers))
        return self.address.hidden(next(iter(said), "not sent"))  # of later attempts the same


@contextmanager
def _unheard() -> Iterator[list[str]]:
    """Keep the library's own messages from every log: some hold the address. Yields them."""
    said: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    loggers = [logging.getLogger(name) for name in ("apprise", "urllib3", "requests")]
    before = [(logger, logger.propagate, logger.handlers[:]) for logger in loggers]
    for logger in loggers:
        logger.propagate, logger.handlers = False, [handler]
    try:
        yield said
    finally:
        for logger, propagate, handlers in before:
            logger.propagate, logger.handlers = propagate, handlers


@contextmanager
def _answers() -> Iterator[list[Any]]:
    """Yield the answers to all web requests of the body.

    The Chinese messengers say "200 OK" and put the refusal into the text, which the library
    does not look at: a wrong key would count as sent.
    """
    import requests

    answers: list[Any] = []
    original = requests.Session.send

    def send(self: requests.Session, *args: Any, **more: Any) -> requests.Response:  # noqa: ANN401
        answer = original(self, *args, **more)
        answers.append(answer)
        return answer

    requests.Session.send = send  # type: ignore[method-assign]
    try:
        yield answers
    finally:
        requests.Session.send = original  # type: ignore[method-assign]


def _complaint(answers: list[Any]) -> str:
    """Return what a messenger did not like: a non-zero ``errcode`` (钉钉, 企业微信) or ``code``
    beside a ``msg`` (飞书); an empty text where there is none.
    """
    for answer in answers:
        try:
            content = answer.json()
        except ValueError:
            continue
        if not isinstance(content, dict):
            continue
        for number, words in (("errcode", "errmsg"), ("code", "msg")):
            if words in content and content.get(number) not in (0, None, "0"):
                return f"{number} {content[number]}: {content[words]}"
    return ""
