"""Every mart leads to cells: followed on the released demonstration data."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from typer.testing import CliRunner

from govstats.cli import app
from govstats.errors import GovstatsError
from govstats.intake import kept_copy, ledger
from govstats.release import reader, releases
from govstats.release.reference import Reference
from govstats.settings import Settings
from govstats.tracing import page, text, trace
from govstats.tracing.catalog import Catalog, Mart
from govstats.tracing.evidence import Evidence
from govstats.tracing.follow import Follower
from govstats.tracing.model import CellEvidence, Step
from govstats.tracing.originals import Originals

D = Decimal
#: An area's rank in September, one that had changed since August.
MOVED = (
    "select ref_area, indicator_code, period_end from marts.fct_area_scorecard "
    "where rank_change > 0 and rank_basis = 'completion' and period_end = date '2020-09-30' "
    "order by indicator_code, ref_area limit 1"
)


@pytest.fixture(scope="module")
def release(first_release: Settings) -> Path:
    return releases.current_folder(first_release)


@pytest.fixture(scope="module")
def connection(release: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with reader.open_warehouse(release / "warehouse.duckdb") as opened:
        yield opened


@pytest.fixture(scope="module")
def catalog(release: Path) -> Catalog:
    return Catalog.read(release)


@pytest.fixture(scope="module")
def follower(
    first_release: Settings, connection: duckdb.DuckDBPyConnection, catalog: Catalog
) -> Follower:
    return Follower(connection, catalog, Evidence(connection, Originals(first_release)))


def in_original(settings: Settings, cell: CellEvidence) -> Any:
    """The cell's content as another reader than the program's sees it."""
    (entry,) = [
        each for each in ledger.read(settings.ledger) if each.submission_id == cell.submission_id
    ]
    book = openpyxl.load_workbook(kept_copy(settings, entry), data_only=True)
    return book[cell.sheet][cell.cell].value


def samples(connection: duckdb.DuckDBPyConnection, mart: Mart, column: str) -> list[dict[str, Any]]:
    """One row with a value in the column, the same in every run, not the first of the table."""
    has_cell = f"and {mart.cells[column]} is not null" if column in mart.cells else ""
    key = ", ".join(f'"{name}"' for name in mart.key)
    order = f"md5(concat_ws('|', '{column}', {key}))"
    return reader.rows(
        connection,
        f"select {key} from marts.{mart.name} where {column} is not null {has_cell} "
        f"order by {order} limit 1",
    )


def flaws(mart: Mart, column: str, step: Step) -> Iterator[str]:
    cells = [cell for each in step.walk() for cell in each.cells]
    where = f"{mart.name}.{column} {step.reference}"
    if any(cell.agrees is False for cell in cells):
        yield f"{where}: a cell does not hold what was read from it"
    if mart.role(column) == "cell":
        if not cells:
            yield f"{where}: no cell"
        elif isinstance(step.value, Decimal):
            read = (cells[0].obs_value, cells[0].cell_value, cells[0].reported_value)
            if step.value not in read:
                yield f"{where}: {step.value} is none of {read}"
    rests = [
        each
        for each in step.walk()
        if each.cells or each.knowledge or each.is_listed or each.role == "count"
    ]
    if mart.role(column) == "derived" and not rests:
        yield f"{where}: rests on nothing"


def test_every_mart_leads_to_cells(
    connection: duckdb.DuckDBPyConnection, catalog: Catalog, follower: Follower
) -> None:
    found: list[str] = []
    followed = 0
    for mart in catalog.marts.values():
        for column in mart.types:
            if mart.role(column) in ("key", "word", "knowledge"):
                continue
            for key in samples(connection, mart, column):
                step = follower.follow(Reference.of(mart.name, column, key))
                found += flaws(mart, column, step)
                followed += 1
    assert found == []
    assert followed > 150


def test_figures_of_cells_name_their_cells(
    connection: duckdb.DuckDBPyConnection, catalog: Catalog
) -> None:
    for mart in catalog.marts.values():
        for column, cell in mart.cells.items():
            if column in mart.key:  # an entry keeps its name where no file came
                continue
            without = connection.execute(
                f"select count(*) from marts.{mart.name} where {column} is not null "
                f"and {cell} is null"
            ).fetchone()
            # findings on a whole file have a value and no cell
            allowed = mart.name == "fct_validation_finding"
            assert allowed or without == (0,), f"{mart.name}.{column}"


LEAVES = """
    select submission_id, sheet, cell, unnest([obs_value, cell_value, uncorrected_value]) as figure
    from marts.fct_observation_vintage
    union all
    select submission_id, sheet, cell, unnest([value_number, value_high, uncorrected_number])
    from marts.fct_entry_value
"""


def test_every_figure_of_a_cell_was_read_from_that_cell(
    connection: duckdb.DuckDBPyConnection, catalog: Catalog
) -> None:
    """All rows of all marts, not a sample: the figure is one that was read from its address."""
    checked = 0
    for mart in catalog.marts.values():
        for column, cell in mart.cells.items():
            if not mart.types[column].startswith(("decimal", "integer")):
                continue
            prefix = cell.removesuffix("cell")
            submission, sheet = (
                f"{prefix}{part}" if f"{prefix}{part}" in mart.types else part
                for part in ("submission_id", "sheet")
            )
            (count, wrong) = connection.execute(
                f"with leaf as ({LEAVES}) select count(*), count(*) filter (where not exists ("
                f"select 1 from leaf where leaf.submission_id = own.{submission} "
                f"and leaf.sheet = own.{sheet} and leaf.cell = own.{cell} "
                f"and leaf.figure = own.{column})) "
                f"from marts.{mart.name} as own where {column} is not null"
            ).fetchall()[0]
            checked += count
            assert wrong == 0, f"{mart.name}.{column}: {wrong} of {count}"
    assert checked > 40_000


def test_no_figure_of_any_row_rests_on_nothing(
    connection: duckdb.DuckDBPyConnection, catalog: Catalog
) -> None:
    for mart in catalog.marts.values():
        for column, sources in mart.rests_on.items():
            if column == "*" or column in mart.counts or column in mart.knowledge:
                continue  # a count of none has no rows; what is set by people may stand alone
            rests = " or ".join(
                f"exists (select 1 from marts.{source.mart} as that where {source.condition})"
                if source.mart
                else f"this.{source.column} is not null"
                for source in sources
            )
            without = connection.execute(
                f"select count(*) from marts.{mart.name} as this "
                f"where this.{column} is not null and not ({rests})"
            ).fetchone()
            assert without == (0,), f"{mart.name}.{column}"


def test_a_figure_taken_over_is_that_of_its_source(
    connection: duckdb.DuckDBPyConnection, catalog: Catalog
) -> None:
    """One source, one row: the same figure, but for its rounding or 亿元 in place of 万元."""
    compared = 0
    for mart in catalog.marts.values():
        for column, sources in mart.rests_on.items():
            single = len(sources) == 1 and sources[0].mart and not sources[0].is_listed
            if not single or not mart.types[column].startswith(("decimal", "integer")):
                continue
            (source,) = sources
            found = connection.execute(
                f"with pair as (select this.{column} as own, that.{source.column} as other, "
                f"count(*) over (partition by {', '.join('this.' + name for name in mart.key)}) "
                f"as n from marts.{mart.name} as this, marts.{source.mart} as that "
                f"where this.{column} is not null and {source.condition}) "
                "select count(*), count(*) filter (where abs(own - other) > 0.00005 "
                "and abs(own - other * 10000) > 0.00005) from pair where n = 1"
            ).fetchone()
            assert found is not None
            if mart.role(column) == "derived" and column not in ("expected_pct_seasonal",):
                compared += found[0]
                assert found[1] == 0, f"{mart.name}.{column}"
    assert compared > 5_000


def test_keys_name_one_row(connection: duckdb.DuckDBPyConnection, catalog: Catalog) -> None:
    for mart in catalog.marts.values():
        key = ", ".join(f'"{name}"' for name in mart.key)
        double = connection.execute(
            f"select {key} from marts.{mart.name} group by all having count(*) > 1 limit 1"
        ).fetchall()
        assert double == [], mart.name


def test_a_rank_rests_on_every_area_and_both_months(
    first_release: Settings, connection: duckdb.DuckDBPyConnection
) -> None:
    (key,) = reader.rows(connection, MOVED)
    found = trace(first_release, str(Reference.of("fct_area_scorecard", "rank_change", key)))
    now, before = found.figure.parts
    assert found.figure.value == before.value - now.value
    (own, *others) = now.parts
    areas = [own, *others]
    # places won again by counting: better completion, better place
    assert now.value == 1 + sum(each.value > own.value for each in others)
    assert len(areas) == len({each.reference for each in areas})
    done, plan = own.parts
    cells = [
        Decimal(str(in_original(first_release, cell)))
        for operand in (done, plan)
        for step in operand.walk()
        for cell in step.cells
    ]
    share = (cells[0] / cells[1] * 100).quantize(D("0.0001"), ROUND_HALF_UP)
    assert own.value == share
    assert [each.is_listed for each in others] == [True] * len(others)


def test_a_seasonal_path_rests_on_the_cells_of_earlier_years(first_release: Settings) -> None:
    found = trace(first_release, "gdp-level", "2020-09")
    shares = [step for step in found.figure.walk() if step.column == "share_pct"]
    values = []
    for share in shares:
        part, whole = (
            Decimal(str(in_original(first_release, step.cells[0])))
            for step in share.walk()
            if step.cells
        )
        values.append(part / whole * 100)
        assert share.value == values[-1].quantize(D("0.0001"), ROUND_HALF_UP)
    (path,) = [step for step in found.figure.walk() if step.column == "expected_pct_seasonal"]
    mean = sum(values) / len(values)
    assert abs(path.value - mean) < D("0.0001")
    # the evidence of the judgement is its own figure alone
    (own,) = found.evidence
    assert own.obs_value == D("520.45")
    assert own.known_from.date() < date(2020, 10, 21)


def test_revised_figures_show_all_vintages(first_release: Settings) -> None:
    found = trace(first_release, "gdp-level", "2020-09")
    (revised,) = [cell for cell in found.cells if len(cell.vintages) > 1]
    old, new = revised.vintages
    assert (old.obs_value, new.obs_value) == (D("689.7"), D("692.36"))
    assert old.known_to == new.known_from
    assert revised.file == new.file != old.file
    assert any("vintage  1: 689.7" in line for line in text.lines(found))


def test_units_are_converted_in_sight(
    first_release: Settings, connection: duckdb.DuckDBPyConnection
) -> None:
    (key,) = reader.rows(
        connection,
        "select indicator_code, ref_area, scope, period_end, period_type, measure "
        "from marts.fct_observation where cell_unit = '万元' and unit_measure = '亿元' "
        "and correction_id is null and obs_value is not null order by all limit 1",
    )
    found = trace(first_release, str(Reference.of("fct_observation", "obs_value", key)))
    (cell,) = found.cells
    assert cell.cell_value is not None
    assert found.figure.value == cell.cell_value / 10_000
    shown = "\n".join(text.lines(found))
    assert f"{cell.value_text} 万元 = " in shown
    assert found.lineage[-1].name == "marts.fct_observation"


def test_the_ledger_and_the_bytes_are_named(first_release: Settings) -> None:
    (cell,) = trace(first_release, "revenue-growth", "2020-12").evidence
    entries = {each.submission_id: each for each in ledger.read(first_release.ledger)}
    entry = entries[cell.submission_id]
    assert (cell.submission.sha256, cell.submission.file) == (entry.sha256, entry.file)
    assert cell.submission.received_at == entry.received_at.replace(tzinfo=None)


@pytest.mark.parametrize(
    ("what", "said", "remedy"),
    [
        ("fct_nothing/obs_value?a=b", "no mart 'fct_nothing'", "fct_"),
        ("dim_area/name_zw?ref_area=x", "no column of dim_area 'name_zw'", "name_zh"),
        ("dim_area/name_zh?ref_area=x", "no row of dim_area", "ref_area"),
        ("dim_area/name_zh?is_zone=false", "more than one row of dim_area", "ref_area"),
        ('dim_area/name_zh?ref_area"=1 or 1=1 --=x', "no column", "ref_area"),
    ],
)
def test_addresses_that_lead_nowhere_are_said_to(
    first_release: Settings, what: str, said: str, remedy: str
) -> None:
    with pytest.raises(GovstatsError, match=said) as caught:
        trace(first_release, what)
    assert remedy in caught.value.remedy


def run(settings: Settings, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    monkeypatch.setenv("GOVSTATS_DATA", str(settings.data))
    done = CliRunner().invoke(app, ["trace", *arguments])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_command_writes_text_json_and_a_page(
    first_release: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gdp = ["gdp-level", "--period", "2020-12"]
    shown = run(first_release, monkeypatch, *gdp)
    for word in ("735 亿元", "突破750亿元", "checked  cell read again", "the same", "SHA-256"):
        assert word in shown
    found = json.loads(run(first_release, monkeypatch, *gdp, "--json"))
    assert found["judgement"]["actual_value"] == 735
    assert [cell["agrees"] for cell in found["evidence"]] == [True]
    assert found == json.loads(run(first_release, monkeypatch, *gdp, "--format", "json"))
    target = tmp_path / "trace.html"
    run(first_release, monkeypatch, *gdp, "--format", "html", "--output", str(target))
    first = target.read_bytes()
    run(first_release, monkeypatch, *gdp, "--format", "html", "--output", str(target))
    assert target.read_bytes() == first
    assert b'data-value="' in first


def test_the_page_shows_the_cell_among_its_neighbours(first_release: Settings) -> None:
    found = trace(first_release, "gdp-level", "2020-12")
    shown = page.render(found)
    assert shown.count('aria-current="true"') == len(found.cells)
    assert '<span class="mark" aria-hidden="true">▶</span>735.00' in shown
    for word in ("http:", "https:", "src=", "@import"):
        assert word not in shown
    assert "default-src 'none'" in shown
