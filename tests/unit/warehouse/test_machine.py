"""A full disk is said to be one, and not a mistake in a model."""

import errno
from pathlib import Path

import duckdb
import pytest

from govstats.errors import MachineError
from govstats.warehouse.machine import speaking, stop_at_io_error


def test_duckdbs_errors_of_files_are_the_machines() -> None:
    with pytest.raises(MachineError) as raised, speaking():
        raise duckdb.IOException('IO Error: Could not write file "x": No space left on device')
    assert raised.value.strerror == 'Could not write file "x": No space left on device'
    with pytest.raises(duckdb.ParserException), speaking():
        raise duckdb.ParserException("a mistake")


def test_a_warehouse_that_could_not_be_kept_is_the_machines_fault_too() -> None:
    said = "FATAL Error: Failed to create checkpoint because of error: Could not write file"
    with pytest.raises(MachineError, match="Could not write file"), speaking():
        raise duckdb.FatalException(said)
    with pytest.raises(duckdb.FatalException), speaking():
        raise duckdb.FatalException("FATAL Error: the database has been invalidated")
    with pytest.raises(MachineError, match="checkpoint"):
        stop_at_io_error([f"dbt model a: Runtime Error\n  {said}"], None, Path())


def test_a_node_that_could_not_write_is_named(tmp_path: Path) -> None:
    said = ["dbt model a: Parser Error: b", "dbt model c: Runtime Error\n  IO Error: Could not"]
    with pytest.raises(MachineError, match="dbt model c"):
        stop_at_io_error(said, None, tmp_path)
    stop_at_io_error(said[:1], ValueError("a mistake"), tmp_path)


def test_what_dbt_could_not_write_is_named(tmp_path: Path) -> None:
    with pytest.raises(MachineError) as raised:
        stop_at_io_error([], OSError(errno.ENOSPC, "No space left on device"), tmp_path)
    assert (raised.value.errno, raised.value.filename) == (errno.ENOSPC, str(tmp_path))
