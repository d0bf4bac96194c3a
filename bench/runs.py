"""Whole runs in processes of their own that can be killed, started in a moment.

A server imports once what a run needs, some seconds of work, and forks a child for each run. The
child leads a process group of its own, so that it can be killed with its readers or without.

``python -m bench.runs`` is that server: a line of JSON in, two lines out: ``pid``, then ``status``.
"""

import importlib
import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

#: What a run imports on its way.
_HEAVY = (
    *("dbt.cli.main", "dbt.adapters.duckdb", "great_expectations", "vl_convert", "altair", "docx"),
    *("govstats.pipeline", "govstats.validation.runner", "govstats.observations.pack"),
)


class Runs:
    """A server of runs; use as a context manager."""

    def __init__(self) -> None:
        self._last = 0
        self._server = subprocess.Popen(
            [sys.executable, "-m", "bench.runs"],
            cwd=Path(__file__).parent.parent,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._answer()

    def __enter__(self) -> "Runs":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._server.communicate(timeout=60)
        except (OSError, subprocess.TimeoutExpired):  # a run that nobody waited for
            if self._last:
                with suppress(ProcessLookupError):
                    os.killpg(self._last, signal.SIGKILL)
            self._server.kill()
            self._server.wait()

    def start(
        self,
        root: Path,
        data: Path,
        log: Path,
        *,
        dies: tuple[str, str] | None = None,
        now: datetime | None = None,
    ) -> int:
        """Start a run; returns its process id. The one before must have been waited for.

        Args:
            root: folder with the knowledge.
            data: the data folder.
            log: what the run prints is added to this file.
            dies: ``("module:function", "before" or "after")``: kill itself there.
            now: what the clock says to the intake.
        """
        request = {
            "root": str(root),
            "data": str(data),
            "log": str(log),
            "dies": dies,
            "now": now.isoformat() if now else None,
        }
        assert self._server.stdin is not None
        self._server.stdin.write(json.dumps(request) + "\n")
        self._server.stdin.flush()
        self._last = int(self._answer()["pid"])
        return self._last

    def wait(self) -> int:
        """Wait for the run to end; returns its exit code, below 0 the signal that killed it."""
        return int(self._answer()["status"])

    def _answer(self) -> dict[str, Any]:
        assert self._server.stdout is not None
        line = self._server.stdout.readline()
        if not line:
            raise RuntimeError("the server of runs has ended")
        answer: dict[str, Any] = json.loads(line)
        return answer


def deadly(target: str, moment: str) -> None:
    """Have a function of a module end this process as ``kill -9`` does, before or after its work.

    Args:
        target: ``module:function``, as its callers look it up.
        moment: ``before`` or ``after``.
    """
    module_name, name = target.split(":")
    module = importlib.import_module(module_name)
    real: Callable[..., Any] = getattr(module, name)

    def die(*args: object, **kwargs: object) -> None:
        if moment == "after":
            real(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(module, name, die)


def _run(request: dict[str, Any]) -> int:
    from govstats import pipeline
    from govstats.errors import GovstatsError
    from govstats.settings import Settings

    if request["dies"]:
        deadly(*request["dies"])
    if request["now"]:
        fixed = datetime.fromisoformat(request["now"])
        register = importlib.import_module("govstats.intake.register")
        setattr(register, "_now", lambda *_: fixed)  # noqa: B010 - it is not this module's own
    logging.basicConfig(level=logging.WARNING)
    logging.getLogger("govstats").setLevel(logging.INFO)
    settings = Settings(root=Path(request["root"]), data=Path(request["data"]), keep_releases=3)
    try:
        pipeline.run(settings)
    except GovstatsError as error:
        logging.getLogger("govstats").error("%s", error)
        return error.exit_code
    return 0


def _child(request: dict[str, Any]) -> None:
    os.setsid()
    log = os.open(request["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    try:
        code = _run(request)
    except BaseException:
        logging.exception("the run failed")
        code = 1
    logging.shutdown()
    os._exit(code)


def _serve() -> None:
    for name in _HEAVY:
        importlib.import_module(name)
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _child(request)
        print(json.dumps({"pid": pid}), flush=True)
        _, status = os.waitpid(pid, 0)
        print(json.dumps({"status": os.waitstatus_to_exitcode(status)}), flush=True)


if __name__ == "__main__":
    _serve()
