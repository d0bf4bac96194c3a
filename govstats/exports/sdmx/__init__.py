"""Figures as SDMX: the data structure in SDMX-ML 3.0, the figures in SDMX-CSV 2.0."""

from collections.abc import Iterable
from pathlib import Path

import duckdb

from govstats.errors import GovstatsError
from govstats.exports.sdmx import data
from govstats.exports.sdmx.design import Design, load
from govstats.files import replacing, write_atomic


def accept(marts: Iterable[str]) -> None:
    """Refuse marts that have no data structure; none named means the one that has.

    Raises:
        GovstatsError: a mart has none.
    """
    described = load().mart
    for name in marts:
        if name.removeprefix("marts.") != described:
            raise GovstatsError(
                f"{name} has no data structure in SDMX", f"leave it out: {described} has one"
            )


def write(connection: duckdb.DuckDBPyConnection, folder: Path, timezone: str) -> list[Path]:
    """Write ``<mart>.structure.xml`` and ``<mart>.sdmx.csv``; same release, same bytes.

    Args:
        connection: reads a release.
        folder: made where it is missing.
        timezone: in which submissions were received.

    Raises:
        GovstatsError: no dataflow is declared in the table of dataflows.
    """
    from govstats.exports.sdmx import structure  # its library takes a second to load

    design: Design = load()
    flow = data.dataflow(connection, timezone)
    xml = folder / f"{design.mart}.structure.xml"
    table = folder / f"{design.mart}.sdmx.csv"
    write_atomic(xml, structure.message(connection, design, flow).encode())
    with replacing(table) as aside, aside.open("w", encoding="utf-8", newline="") as stream:
        data.write_table(connection, design, flow, stream)
    return [xml, table]
