"""What DuckDB says of a full disk or a folder closed, as the machine's fault and nobody else's."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from errno import EIO
from pathlib import Path

import duckdb

from govstats.errors import MachineError

#: How DuckDB begins what it says of the system's errors, also through dbt.
IO_ERROR = "IO Error:"
#: A file that could not be written at the end of the work ends the whole database.
_NOT_KEPT = "Failed to create checkpoint"


@contextmanager
def speaking() -> Iterator[None]:
    """Turn DuckDB's errors of reading and writing files into ``MachineError``.

    Raises:
        MachineError: a file of a warehouse could not be read or written.
    """
    try:
        yield
    except duckdb.IOException as error:
        raise MachineError(EIO, str(error).removeprefix(IO_ERROR).strip()) from error
    except duckdb.FatalException as error:
        if _NOT_KEPT not in str(error):
            raise
        raise MachineError(EIO, str(error)) from error


def stop_at_io_error(said: Iterable[str], raised: BaseException | None, where: Path) -> None:
    """Look through what dbt raised in its folder, and what it says of nodes that failed.

    Raises:
        MachineError: a file could not be read or written.
    """
    if isinstance(raised, OSError):
        raise MachineError.of(raised, Path(raised.filename or where)) from raised
    for text in said:
        if IO_ERROR in text or _NOT_KEPT in text:
            raise MachineError(EIO, text)
