"""Work in processes that may run out of memory, time or luck without taking the run along.

A parser fed a hostile file can abort its whole process. Here it then costs that one file: the
item's result is ``Died``, a new process takes the dead one's place and the others go on.
"""

import logging
import os
import resource
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing.context import SpawnContext, SpawnProcess
from multiprocessing.popen_spawn_posix import Popen
from types import ModuleType, TracebackType
from typing import Any, Generic, Literal, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from govstats.errors import MachineError
from govstats.workbooks.limits import Limits

log = logging.getLogger("govstats")

T = TypeVar("T")
R = TypeVar("R")
#: Items handed to the pool per worker ahead of the one whose result is waited for.
_AHEAD = 8


@dataclass(frozen=True)
class Died:
    """Why an item has no result: its process crashed, or ran over its time."""

    reason: Literal["crashed", "timeout"]
    detail: str


def run_jailed(
    job: Callable[[T], R],
    items: Iterable[T],
    limits: Limits,
    *,
    workers: int = 2,
    prepare: Callable[[], None] | None = None,
) -> Iterator[R | Died]:
    """Do a job for each item in worker processes; results come in the order of the items.

    Args:
        job: an importable function of one picklable item; what it raises makes it ``Died``,
            except a ``MachineError``, which is raised here.
        items: taken as room allows, so they may be many.
        limits: memory and time of one item.
        workers: processes side by side.
        prepare: called once in each new process, e.g. to keep what every item needs.
    """
    waiting: deque[tuple[T, ProcessFuture[R]]] = deque()
    with _Pool[T, R](job, limits, workers, prepare) as pool:
        for item in items:
            waiting.append((item, pool.submit(item)))
            if len(waiting) >= workers * _AHEAD:
                yield pool.result(*waiting.popleft())
        while waiting:
            yield pool.result(*waiting.popleft())


class _Pool(Generic[T, R]):
    """Pebble's pool, renewed when too many of its processes died at once."""

    def __init__(
        self,
        job: Callable[[T], R],
        limits: Limits,
        workers: int,
        prepare: Callable[[], None] | None,
    ) -> None:
        self._job = partial(_within_time, job, limits.cpu_seconds)
        self._limits = limits
        self._new = partial(
            ProcessPool,
            max_workers=workers,
            initializer=_start,
            initargs=(limits, prepare),
            context=_LightSpawn(),
        )
        self._pool = self._new()

    def __enter__(self) -> "_Pool[T, R]":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def submit(self, item: T) -> "ProcessFuture[R]":
        """Hand an item to the next free process."""
        future: ProcessFuture[R] = self._pool.schedule(
            self._job, args=(item,), timeout=self._limits.wall_seconds
        )
        return future

    def result(self, item: T, future: "ProcessFuture[R]") -> R | Died:
        """Wait for an item; one that met a broken pool gets a second chance in a new one."""
        try:
            return self._wait(future)
        except BrokenProcessPool:
            self._renew()
        try:
            return self._wait(self.submit(item))
        except BrokenProcessPool as error:
            self._renew()
            return Died("crashed", str(error))

    def _wait(self, future: "ProcessFuture[R]") -> R | Died:
        try:
            result: R = future.result()
        except TimeoutError:
            return Died("timeout", f"{self._limits.wall_seconds} s")
        except ProcessExpired as error:
            return _died(error.exitcode or 0)
        except (BrokenProcessPool, MachineError):
            raise
        except Exception as error:  # whatever a file made go wrong costs that file alone
            log.debug("a reader process failed", exc_info=error)
            return Died("crashed", f"{type(error).__name__}: {error}"[:200])
        return result

    def _renew(self) -> None:
        if not self._pool.active:
            self._close()
            self._pool = self._new()

    def _close(self) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


def _died(exit_code: int) -> Died:
    if exit_code >= 0:
        return Died("crashed", f"exit code {exit_code}")
    name = signal.Signals(-exit_code).name
    return Died("timeout" if -exit_code == signal.SIGXCPU else "crashed", name)


def _start(limits: Limits, prepare: Callable[[], None] | None) -> None:
    # What a parser says when it gives up is for its developers, not for the user's terminal.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    if prepare:
        prepare()


def _within_time(job: Callable[[T], R], seconds: int, item: T) -> R:
    """Run with a limit on processor time, which the kernel counts over the whole process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    ceiling = int(used.ru_utime + used.ru_stime) + seconds + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (ceiling, hard))
    return job(item)


@contextmanager
def _empty_main() -> Iterator[None]:
    """Hide the program's main module while a process is spawned.

    A spawned process imports its parent's main module again: for a command line or Airflow
    that is seconds of work for nothing, as jobs are importable from their own modules.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


class _LightProcess(SpawnProcess):
    @staticmethod
    def _Popen(process_obj: Any) -> Popen:  # noqa: ANN401 - multiprocessing's own hook
        with _empty_main():
            return Popen(process_obj)


class _LightSpawn(SpawnContext):
    Process = _LightProcess
