"""Figures as SDMX-CSV 2.0."""

import csv
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TextIO
from zoneinfo import ZoneInfo

import duckdb

from govstats.csvtext import inert
from govstats.errors import GovstatsError
from govstats.exports.rows import Answer
from govstats.exports.sdmx.design import Component, Design
from govstats.numbers import plain

#: What stands for a figure that is missing: nothing was left out, there is none.
MISSING = "NaN"
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True)
class Flow:
    """A dataflow: its identity, its names, who maintains it, and when it last changed."""

    dataflow_id: str
    data_structure_id: str
    sdmx_version: str
    agency_id: str
    agency_zh: str
    agency_en: str
    name_zh: str
    name_en: str
    prepared: datetime

    @property
    def urn(self) -> str:
        """How the data name it: AGENCY:ID(VERSION)."""
        return f"{self.agency_id}:{self.dataflow_id}({self.sdmx_version})"


def dataflow(connection: duckdb.DuckDBPyConnection, timezone: str) -> Flow:
    """Return the release's dataflow; it was prepared when the last submission was received.

    Raises:
        GovstatsError: none is declared.
    """
    cursor = connection.execute(
        "select flow.*, (select max(received_at) from marts.fct_submission) as prepared "
        "from marts.dim_dataflow as flow order by dataflow_id limit 1"
    )
    row = cursor.fetchone()
    if row is None or row[-1] is None:
        raise GovstatsError(
            "no dataflow is declared", "enter identity and agency in seeds/dataflows.csv"
        )
    found = dict(zip((item[0] for item in cursor.description or []), row, strict=True))
    found["prepared"] = found["prepared"].replace(tzinfo=ZoneInfo(timezone))
    return Flow(**found)


def write_table(
    connection: duckdb.DuckDBPyConnection, design: Design, flow: Flow, stream: TextIO
) -> None:
    """Write all figures; columns are the components, the first three name the dataflow.

    A missing figure is NaN, an attribute that does not apply an empty field. The file has no byte
    order mark, which readers of SDMX do not expect.
    """
    answer = Answer(connection.execute(design.rows))
    places = {name: position for position, name in enumerate(answer.names)}
    chosen = [(part, places[part.column]) for part in design.components]
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(["STRUCTURE", "STRUCTURE_ID", "ACTION", *(part.id for part, _ in chosen)])
    writer.writerows(
        ["dataflow", flow.urn, "I", *(_field(part, row[place]) for part, place in chosen)]
        for row in answer.rows()
    )


def _field(part: Component, value: Any) -> str:  # noqa: ANN401
    if value is None:
        return MISSING if part.role == "measure" else ""
    if isinstance(value, datetime):
        return value.isoformat()
    text = plain(value)
    # readers split the file at every break, quoted or not
    return inert(_BREAKS.sub(" ", text)) if isinstance(value, str) else text
