"""The garbage collector and the big frameworks."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pause cyclic garbage collection while a framework builds objects by the million.

    dbt's manifest and Great Expectations' imports live as long as the process; looking through
    them again and again found nothing to free and took a third of a first build (10.6 s, 7.1 s
    without).
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
