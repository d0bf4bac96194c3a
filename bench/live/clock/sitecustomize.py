"""On PYTHONPATH, notes when each function of ``govstats.pipeline`` begins and ends.

One JSON line per call in the file that ``BENCH_CLOCK`` names: what was called, from when to when
(seconds since 1970), by which process. What Airflow takes is the time in which none was at work.
"""

import functools
import inspect
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import FunctionType, ModuleType
from typing import Any

_WATCHED = "govstats.pipeline"


class Finder(MetaPathFinder):
    """Wraps the functions of the watched module once it is loaded."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find the watched module as usual and hook into its loading; leave others alone."""
        if name != _WATCHED:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is None or spec.loader is None:
            return None
        load = spec.loader.exec_module

        def load_and_wrap(module: ModuleType) -> None:
            load(module)
            for key, value in list(vars(module).items()):
                if isinstance(value, FunctionType) and _is_step(value):
                    setattr(module, key, _clocked(key, value))

        spec.loader.exec_module = load_and_wrap  # type: ignore[method-assign]
        return spec


def _is_step(function: FunctionType) -> bool:
    """What a DAG calls is given the settings first."""
    return next(iter(inspect.signature(function).parameters), "") == "settings"


def _clocked(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(work)
    def clocked(*args: object, **kwargs: object) -> object:
        began = time.time()
        try:
            return work(*args, **kwargs)
        finally:
            line = {"name": name, "began": began, "ended": time.time(), "pid": os.getpid()}
            with open(os.environ["BENCH_CLOCK"], "a") as stream:  # noqa: PTH123 - one short write
                stream.write(json.dumps(line) + "\n")

    return clocked


if "BENCH_CLOCK" in os.environ:
    sys.meta_path.insert(0, Finder())
