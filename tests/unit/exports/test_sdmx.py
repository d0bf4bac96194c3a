"""Figures as SDMX: identity, periods, missing figures, texts; read by two libraries."""

import csv
import io
import math
from pathlib import Path
from typing import Any

import duckdb
import pytest
import sdmx as sdmx1
from pysdmx.io import get_datasets, read_sdmx

from govstats.errors import GovstatsError
from govstats.exports import sdmx

CSV, XML = "fct_observation.sdmx.csv", "fct_observation.structure.xml"


@pytest.fixture
def folder(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> Path:
    sdmx.write(connection, tmp_path / "out", "Asia/Shanghai")
    return tmp_path / "out"


def rows(folder: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / CSV).read_text("utf-8"))))


def test_figures_periods_and_units(folder: Path) -> None:
    found = [
        tuple(row[name] for name in ("FREQ", "TIME_PERIOD", "PERIOD_TYPE", "OBS_VALUE",
                                     "UNIT_MEASURE", "UNIT_MULT", "OBS_STATUS", "MISSING_KIND"))
        for row in rows(folder)
    ]  # fmt: skip
    assert found == [
        ("M", "2020-02", "ytd", "-7.5", "PS", "0", "A", ""),
        ("M", "2020-12", "ytd", "0", "PS", "0", "A", ""),
        ("M", "2020-12", "month", "3", "CNY", "8", "A", ""),
        ("M", "2020-02", "ytd", "NaN", "CNY", "8", "O", "blank"),
        ("Q", "2020-Q1", "ytd", "12.34", "CNY", "8", "A", ""),
        ("Q", "2020-Q4", "ytd", "123456789012.345678", "CNY", "8", "A", ""),
    ]


def test_every_row_names_dataflow_and_cell(folder: Path) -> None:
    found = rows(folder)
    assert {(row["STRUCTURE"], row["STRUCTURE_ID"], row["ACTION"]) for row in found} == {
        ("dataflow", "A_STAT:FLOW(1.2.0)", "I")
    }
    assert found[-1]["SOURCE_SHEET"] == "'=1+1"  # no program runs it
    assert found[2]["SOURCE_SHEET"] == "月 报"  # a break would end the row for some readers
    assert found[1]["SOURCE_FILE"] == '某局/表,"二".xlsx'
    assert found[-1]["CORRECTION"] == "COR-1"
    assert found[0]["KNOWN_FROM"] == "2020-03-05T09:30:00"


def test_pysdmx_reads_it_and_finds_it_valid(folder: Path) -> None:
    message = read_sdmx(folder / XML, validate=True)
    (structure,) = message.get_data_structure_definitions()
    assert (structure.agency, structure.id, structure.version) == ("A_STAT", "STRUCTURE", "1.2.0")
    assert [part.id for part in structure.components.dimensions] == [
        *("FREQ", "REF_AREA", "INDICATOR", "STAT_MEASURE", "PERIOD_TYPE", "SCOPE", "TIME_PERIOD"),
    ]
    for part in structure.components:
        assert part.enumeration or part.local_dtype, part.id
    (data,) = get_datasets(folder / CSV, folder / XML, validate=True)
    found = data.data["OBS_VALUE"].to_list()
    assert found[:3] == [-7.5, 0, 3]
    assert [math.isnan(value) for value in found] == [False, False, False, True, False, False]


def test_sdmx1_reads_it_with_names_in_both_languages(folder: Path) -> None:
    message = sdmx1.read_sdmx(folder / XML)
    names = message.codelist["CL_INDICATOR"].items["jobs"].name.localizations
    assert names == {"en": 'Jobs & "posts" <new>', "zh": "就业"}
    concept: Any = message.concept_scheme["CS_OBSERVATION"].items["OBS_VALUE"]
    assert concept.description.localizations == {"en": "The figure.", "zh": "数值。"}
    flow = message.dataflow["FLOW"]
    flow.structure = message.structure["STRUCTURE"]
    (data,) = sdmx1.read_sdmx(folder / CSV, structure=flow).data
    assert [str(item.value) for item in data.obs] == [row["OBS_VALUE"] for row in rows(folder)]


def test_codes_of_the_figures_are_in_the_lists(folder: Path) -> None:
    message = read_sdmx(folder / XML)
    (structure,) = message.get_data_structure_definitions()
    for part in structure.components:
        if part.enumeration:
            used = {row[part.id] for row in rows(folder)} - {""}
            assert used <= {code.id for code in part.enumeration}, part.id


def test_the_same_release_gives_the_same_bytes(
    connection: duckdb.DuckDBPyConnection, folder: Path, tmp_path: Path
) -> None:
    for path in sdmx.write(connection, tmp_path / "again", "Asia/Shanghai"):
        assert path.read_bytes() == (folder / path.name).read_bytes()
    # prepared when the last submission came, by the district's clock
    assert "2021-01-05T09:30:00+08:00" in (folder / XML).read_text("utf-8")


def test_without_a_dataflow_it_says_where_to_enter_one(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    connection.execute("delete from marts.dim_dataflow")
    with pytest.raises(GovstatsError, match="no dataflow") as missing:
        sdmx.write(connection, tmp_path, "Asia/Shanghai")
    assert "dataflows.csv" in missing.value.remedy
