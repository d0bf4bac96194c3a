"""What the console shows of a headless run: our own lines, Airflow's go to a file."""

import gc
import logging
import sys
import time
from pathlib import Path
from typing import Any

from pluggy import HookimplMarker

from govstats.errors import GovstatsError
from govstats.htmlpage import printable
from govstats.logs import Lines

log = logging.getLogger("govstats.run")
LOG_BYTES = 5_000_000
hookimpl = HookimplMarker("airflow")


class Console(logging.Formatter):
    """Put the seconds since ``start`` before every line, and the level before a warning."""

    def __init__(self, start: float) -> None:
        super().__init__()
        self.start = start

    def format(self, record: logging.LogRecord) -> str:
        """Return one line; continuation lines of a long message are indented."""
        elapsed = time.monotonic() - self.start
        level = f"{record.levelname}: " if record.levelno >= logging.WARNING else ""
        return f"{elapsed:6.1f}s  {level}" + _plain(record.getMessage())


def _plain(text: str) -> str:
    """What a sheet or a file's name brings along commands no terminal and begins no line."""
    return str(printable(text)).replace("\n", "\n         ")


def to_console(start: float) -> None:
    """Show the logger ``govstats`` on the console, with the seconds since ``start``.

    What it is shown by already makes room; the log file stays.
    """
    console = logging.StreamHandler(sys.stderr)
    console.setFormatter(Console(start))
    ours = logging.getLogger("govstats")
    ours.handlers = [*(each for each in ours.handlers if isinstance(each, Lines)), console]
    ours.setLevel(logging.INFO)


def to_file(path: Path) -> None:
    """Send everything, ours and Airflow's, to the file at ``path`` (imports Airflow).

    A file grown past ``LOG_BYTES`` is put aside as ``<name>.log.1``.
    """
    from airflow.sdk.log import configure_logging

    if path.exists() and path.stat().st_size > LOG_BYTES:
        path.replace(path.with_suffix(".log.1"))
    configure_logging(output=path.open("a", encoding="utf-8"), colored_console_log=False)


class Progress:
    """Airflow listener: announces each task, times it, and keeps the first failure."""

    def __init__(self) -> None:
        self.started = 0.0
        self.failed_task = ""
        self.error: BaseException | None = None

    @hookimpl
    def on_task_instance_running(self, task_instance: Any) -> None:  # noqa: ANN401
        """Announce the task."""
        gc.freeze()  # what the imports made stays: no need to look through it again and again
        gc.enable()
        self.started = time.monotonic()
        log.info("▶ %s", _name(task_instance))

    @hookimpl
    def on_task_instance_success(self, task_instance: Any) -> None:  # noqa: ANN401
        """Say how long it took, and of which batch it was."""
        batch = getattr(task_instance, "rendered_map_index", None)
        log.info("✔ %s %s%s", _name(task_instance), self._took(), f" · {batch}" if batch else "")

    @hookimpl
    def on_task_instance_skipped(self, task_instance: Any) -> None:  # noqa: ANN401
        """Say that the task had nothing to do."""
        log.info("○ %s skipped, %s", _name(task_instance), self._took())

    @hookimpl
    def on_task_instance_failed(
        self,
        task_instance: Any,  # noqa: ANN401
        error: str | BaseException | None,
    ) -> None:
        """Keep the error for the final message.

        Raises:
            KeyboardInterrupt: it ended the task; Airflow alone would go on with the next one.
        """
        log.info("✘ %s %s", _name(task_instance), self._took())
        if self.error is None:
            self.failed_task = _name(task_instance)
            self.error = error if isinstance(error, BaseException) else RuntimeError(str(error))
        if isinstance(error, KeyboardInterrupt):
            raise error

    def _took(self) -> str:
        return f"{time.monotonic() - self.started:.1f} s"


def explain(error: BaseException | None) -> tuple[str, int]:
    """Return what to tell a person about a failed task, and the exit code.

    A task wraps a ``GovstatsError`` so that Airflow does not retry it; the wrapped one
    carries the words and the code.
    """
    if error is None:
        return "the run stopped without saying why", 1
    for candidate in (error, error.__cause__):
        if isinstance(candidate, GovstatsError):
            return str(candidate), candidate.exit_code
    return f"{type(error).__name__}: {error}", 1


def _name(task_instance: Any) -> str:  # noqa: ANN401
    index = task_instance.map_index
    suffix = f"[{index}]" if index is not None and index >= 0 else ""
    return f"{task_instance.dag_id} / {task_instance.task_id}{suffix}"
