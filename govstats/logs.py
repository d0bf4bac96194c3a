"""Logs for programs: one JSON object per line in ``data/logs/govstats.jsonl``.

What the console shows goes there too, and beside it what only a search asks for: each file's
fate, each step's end. A line has ``timestamp`` (with the district's offset), ``level``,
``event``, and where they are known ``run_id``, ``step``, ``release_id``, ``submission_id``.

Several processes write to the same file: each line is one write at its end. A file that has
grown past its size is put aside under the moment of that, and the next line begins a new one.
"""

import errno
import json
import logging
import math
import os
import secrets
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from filelock import FileLock, Timeout
from structlog import contextvars
from structlog.processors import format_exc_info
from structlog.stdlib import ProcessorFormatter

from govstats.redaction import HIDDEN, is_secret, redacted
from govstats.settings import Settings

FILE = "govstats.jsonl"
#: Names of files put aside, for whoever looks for old ones.
ASIDE = "govstats-*.jsonl"
#: Bytes after which a file is put aside.
MOST = 10_000_000

#: For lines that the console need not show: they go to the file alone.
journal = logging.getLogger("govstats.journal")
journal.propagate = False
journal.setLevel(logging.INFO)
journal.addHandler(logging.NullHandler())

#: What every record has; anything else was given with the line.
_STANDARD = {*vars(logging.makeLogRecord({})), "message", "asctime"}
_FIRST = ("timestamp", "level", "event", "run_id", "step", "release_id", "submission_id")


def new_run_id(settings: Settings) -> str:
    """Return a name for a run: the district's time and six random hexadecimal digits."""
    now = datetime.now(ZoneInfo(settings.timezone))
    return f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"


@contextmanager
def bound(**ids: str | None) -> Iterator[None]:
    """Put ids on every line that is logged while the body runs; those that are None stay out."""
    with contextvars.bound_contextvars(**{name: value for name, value in ids.items() if value}):
        yield


@contextmanager
def during(settings: Settings, run_id: str) -> Iterator[None]:
    """Send what ``govstats`` logs while the body runs to the log file too.

    Its lines are of this run, or of the one that is under way in this process already. The file
    is opened with the first line, and only where the data folder is there.
    """
    if any(isinstance(each, Lines) and each.folder == settings.logs for each in journal.handlers):
        yield
        return
    handler = Lines(settings, run_id)
    ours = logging.getLogger("govstats")
    if ours.getEffectiveLevel() > logging.INFO:
        ours.setLevel(logging.INFO)
    for logger in (ours, journal):
        logger.addHandler(handler)
    try:
        yield
    finally:
        for logger in (ours, journal):
            logger.removeHandler(handler)
        handler.close()


class Lines(logging.Handler):
    """Writes records as lines of JSON; a log that cannot be written stops no work.

    Who may not write it, an analyst, is not told so; `govstats doctor` is.

    Args:
        settings: where the file lies and which offset its times have.
        run_id: the run of lines that nothing else is bound to.
        most: bytes after which the file is put aside.
    """

    def __init__(self, settings: Settings, run_id: str, most: int = MOST) -> None:
        super().__init__(logging.INFO)
        self.folder = settings.logs
        self._data = settings.data
        self._most = most
        self._descriptor: int | None = None
        self._is_torn = False
        self._has_complained = False
        self.setFormatter(formatter(ZoneInfo(settings.timezone), run_id))

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line; a failure is told once, on the console."""
        try:
            line = self.format(record).encode("utf-8", "backslashreplace") + b"\n"
            if self._data.is_dir():
                self._write(line)
        except Exception as error:  # whatever it is, the work goes on
            is_reader = getattr(error, "errno", None) in (errno.EACCES, errno.EPERM, errno.EROFS)
            if not is_reader and not self._has_complained:
                self._has_complained = True
                print(f"the log cannot be written: {error}", file=sys.stderr)

    def close(self) -> None:
        """Close the file."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
        super().close()

    def _write(self, line: bytes) -> None:
        descriptor = self._opened()
        rest = b"\n" + line if self._is_torn else line
        self._is_torn = True  # until all of it is written: the disk may be full half-way
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        self._is_torn = False
        if os.fstat(descriptor).st_size > self._most:
            self._put_aside()

    def _opened(self) -> int:
        """Return the file to write to, the new one where another process put the old aside."""
        path = self.folder / FILE
        if self._descriptor is not None:
            try:
                if os.path.samestat(path.stat(), os.fstat(self._descriptor)):
                    return self._descriptor
            except FileNotFoundError:
                pass
            os.close(self._descriptor)
            self._descriptor = None
        self.folder.mkdir(exist_ok=True)
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC
        self._descriptor = os.open(path, flags, 0o640)
        return self._descriptor

    def _put_aside(self) -> None:
        """Rename the file, unless another process does so just now or did before."""
        path = self.folder / FILE
        try:
            with FileLock(self.folder / ".rotate.lock", timeout=0):
                if path.exists() and path.stat().st_size > self._most:
                    path.rename(_free(self.folder / f"govstats-{datetime.now():%Y%m%dT%H%M%S}"))
        except Timeout:
            return


def _free(stem: Path) -> Path:
    names = (stem.with_name(f"{stem.name}{number:02}.jsonl") for number in range(100))
    return next(name for name in names if not name.exists())


def formatter(zone: ZoneInfo, run_id: str) -> logging.Formatter:
    """Return what makes a record one line of JSON.

    Args:
        zone: of the times.
        run_id: of lines that are bound to no other run.
    """

    def told(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        record: logging.LogRecord = event["_record"]
        moment = datetime.fromtimestamp(record.created, zone)
        event["timestamp"] = moment.isoformat("T", "milliseconds")
        event["level"] = record.levelname.lower()
        event.setdefault("run_id", run_id)
        event["process"] = record.process
        event.update((k, v) for k, v in vars(record).items() if k not in _STANDARD)
        return event

    return ProcessorFormatter(
        foreign_pre_chain=[contextvars.merge_contextvars, told],
        processors=[ProcessorFormatter.remove_processors_meta, format_exc_info, _as_json],
    )


def _as_json(_: object, __: str, event: MutableMapping[str, Any]) -> str:
    ordered = {name: event[name] for name in _FIRST if name in event}
    clean = {name: _clean(name, value) for name, value in (ordered | dict(event)).items()}
    text = json.dumps(clean, ensure_ascii=False, default=str)
    if text.isprintable():
        return text
    # what JSON lets stand may still move a terminal's cursor or turn its text round
    return "".join(each if each.isprintable() else json.dumps(each)[1:-1] for each in text)


def _clean(name: str, value: object) -> object:
    if is_secret(name):
        return HIDDEN
    if isinstance(value, str | os.PathLike):
        return redacted(str(value))
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, dict):
        return {str(key): _clean(str(key), each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_clean("", each) for each in value]
    return value
