"""Submissions in, observations out: the whole demonstration, and the reader's key."""

import csv
import shutil
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from demo import generate
from demo.knowledge import load
from demo.periods import Period
from demo.schedule import sheets_of
from govstats.observations import ReadOutcome, read_all, reader_key
from govstats.settings import Settings
from tests.workbooks.submissions import submission

#: Tables read: 33 periods since 2018, else 22 months or 8 quarters; second editions besides.
READ = Counter(
    {
        "statistics_monthly": 35,
        "statistics_county_comparison": 35,
        "finance_revenue": 34,
        "hrss_employment": 33,
        "finance_expenditure": 22,
        "hrss_wages": 22,
        "market_entities_monthly": 22,
        "natural_resources_land": 22,
        "natural_resources_parcels": 22,
        "natural_resources_works": 22,
        "housing_city": 22,
        "housing_works": 22,
        "urban_management_city": 23,
        "urban_management_works": 23,
        "education_schools": 21,
        "education_works": 21,
        "health_centres": 22,
        "police_stations": 22,
        "agriculture_rural": 22,
        "commerce_trade": 22,
        "commerce_logistics": 8,
        "finance_office_institutions": 8,
        "medical_insurance_coverage": 7,
    }
)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory, project: Path) -> dict[str, ReadOutcome]:
    """Every demonstration file read, by its path below raw."""
    raw = tmp_path_factory.mktemp("demo") / "raw"
    generate(raw)
    refs = [submission(raw, path) for path in sorted(raw.rglob("*.xlsx"))]
    settings = Settings(root=project, data=raw.parent)
    found = {outcome.ref.file: outcome for outcome in read_all(refs, settings)}
    assert list(found) == [ref.file for ref in refs]
    return found


def test_every_demonstration_file_is_read_and_every_cell_has_a_meaning(
    outcomes: dict[str, ReadOutcome],
) -> None:
    refused = {file: entry.refusal for file, entry in outcomes.items() if entry.refusal}
    assert not refused
    tables = Counter(table.layout_id for entry in outcomes.values() for table in entry.tables)
    assert tables >= READ
    for file, entry in outcomes.items():
        assert not entry.notes, file
        assert entry.counts["unmapped"] == 0, file
        if not entry.entries:
            assert sum(entry.counts.values()) == len(entry.cells)


def test_every_sheet_of_a_file_is_a_table_that_is_read(outcomes: dict[str, ReadOutcome]) -> None:
    """The sheets that a workbook has are those that its department owes in the period."""
    knowledge = load()
    for entry in outcomes.values():
        ids = {table.layout_id for table in entry.tables}
        (file,) = (name for name in ids if "schedule" in knowledge.sheets[name])
        due = sheets_of(knowledge, file, Period.parse(entry.ref.time_period))
        assert sorted(table.layout_id for table in entry.tables) == sorted(
            sheet["sheet_id"] for sheet in due
        )


def test_each_form_yields_all_its_crossings(outcomes: dict[str, ReadOutcome]) -> None:
    expected = {
        "statistics_county_comparison": {14 * 14},
        "finance_revenue": {5 * 5},
        "hrss_employment": {6 * 5 - 3},
        "statistics_monthly": {15 * 3, 16 * 3},
    }
    for entry in outcomes.values():
        if entry.layout_id in expected:
            assert len(entry.observations) in expected[entry.layout_id]
        grains = {
            (o.indicator_code, o.ref_area, o.scope, o.period_type, o.measure)
            for o in entry.observations
        }
        assert len(grains) == len(entry.observations)


MONTHLY = "统计局/{0}/岳阳楼区主要经济指标月报_{1}年1-{2}月.xlsx"
COUNTY = "统计局/{0}/岳阳市县市区主要指标对比表_{1}年1-{2}月.xlsx"
FINANCE = "财政局/{0}/岳阳楼区财政收入完成情况_{1}年1-{2}月.xlsx"
REVISED = MONTHLY.replace(".xlsx", "(修订).xlsx")
MARKET = "市场监管局/{0}/市场主体发展情况月报_{1}年1-{2}月.xlsx"
CITY = "城管局/{0}/城市管理重点工作月报_{1}年1-{2}月.xlsx"
POLICE = "公安分局/{0}/基层派出所建设情况_{1}年1-{2}月.xlsx"
HRSS = "人社局/{0}/岳阳楼区就业失业情况月报_{1}年1-{2}月.xlsx"


@pytest.mark.parametrize(
    ("file", "period", "key", "value", "unit"),
    [
        # Published: Yueyang yearbook 2020, government pages of 2018, work report of 2021.
        (REVISED, "2019-12", "gdp jurisdiction ytd level", "692.36", "亿元"),
        (REVISED, "2019-12", "gdp jurisdiction ytd growth", "8.6", "%"),
        (REVISED, "2019-12", "gdp_secondary jurisdiction ytd level", "133.22", "亿元"),
        (MONTHLY, "2019-12", "gdp jurisdiction ytd level", "689.7", "亿元"),
        (MARKET, "2020-12", "market_entities jurisdiction instant level", "7.8", "万户"),
        (MONTHLY, "2020-09", "gdp jurisdiction ytd level", "520.45", "亿元"),
        (MONTHLY, "2020-09", "gdp administrative ytd level", "819.2", "亿元"),
        (MONTHLY, "2018-03", "income_per_head_urban jurisdiction ytd level", "8716", "元"),
        (FINANCE, "2018-03", "general_budget_revenue jurisdiction ytd level", "90100", "万元"),
        (FINANCE, "2018-03", "general_budget_revenue jurisdiction ytd growth", "42.2", "%"),
        (FINANCE, "2018-03", "general_budget_revenue jurisdiction ytd completion", "30.7", "%"),
        (FINANCE, "2020-12", "general_budget_revenue jurisdiction ytd level", "252000", "万元"),
        (HRSS, "2019-07", "urban_new_jobs jurisdiction ytd level", "6453", "人"),
        (HRSS, "2019-08", "urban_new_jobs jurisdiction ytd completion", "80", "%"),
        # Typed with the unit, in full width, with separators, with a percent sign.
        (HRSS, "2019-03", "urban_new_jobs jurisdiction year plan", "8950", "人"),
        (HRSS, "2018-10", "unemployed_reemployed jurisdiction ytd level", "2940", "人"),
        (MONTHLY, "2018-11", "retail_sales jurisdiction ytd level", "411.91", "亿元"),
        (MONTHLY, "2019-05", "fixed_investment jurisdiction ytd level", "61.48", "亿元"),
        (MONTHLY, "2020-04", "industry_value_added jurisdiction ytd growth", "-3.7", "%"),
        (FINANCE, "2019-05", "general_budget_revenue jurisdiction ytd level", "136882", "万元"),
        (CITY, "2020-10", "parking_spaces_added jurisdiction ytd level", "1052", "个"),
        (POLICE, "2020-07", "police_stations_built jurisdiction ytd completion", "33.3", "%"),
    ],
)
def test_figures_checked_by_hand(
    outcomes: dict[str, ReadOutcome], file: str, period: str, key: str, value: str, unit: str
) -> None:
    year, month = period.split("-")
    entry = outcomes[file.format(period, year, int(month))]
    (found,) = [
        o
        for o in entry.observations
        if f"{o.indicator_code} {o.scope} {o.period_type} {o.measure}" == key
    ]
    assert (found.cell_value, found.cell_unit) == (Decimal(value), unit)
    assert found.missing_kind is None


def test_counties_checked_by_hand(outcomes: dict[str, ReadOutcome]) -> None:
    entry = outcomes[COUNTY.format("2020-09", 2020, 9)]
    gdp = {
        o.ref_area: o.cell_value
        for o in entry.observations
        if o.column_label == "地区生产总值/总量"
    }
    assert gdp["430602000000"] == Decimal("520.45")
    assert gdp["430671000000"] == Decimal("208.11")
    assert gdp["430673000000"] == Decimal("90.64")
    ranks = {o.ref_area: o for o in entry.observations if o.column_label == "地区生产总值/位次"}
    assert ranks["430671000000"].obs_status == "M"


def test_provisional_figures_and_long_decimals(outcomes: dict[str, ReadOutcome]) -> None:
    year_end = outcomes[MONTHLY.format("2020-12", 2020, 12)]
    assert {o.obs_status for o in year_end.observations if o.cell_value is not None} == {"P"}
    forecast = outcomes[MONTHLY.format("2019-12", 2019, 12)]
    provisional = {o.indicator_code for o in forecast.observations if o.obs_status == "P"}
    assert provisional == {"gdp", "gdp_primary", "gdp_secondary", "gdp_tertiary"}
    final = outcomes[REVISED.format("2019-12", 2019, 12)]
    assert not [o for o in final.observations if o.obs_status == "P"]
    long = outcomes[FINANCE.format("2018-08", 2018, 8)]
    shares = [o for o in long.observations if o.measure == "completion"]
    assert all(len(str(o.value_text)) > 12 for o in shares)
    assert all(o.cell_value is not None and o.cell_value.as_tuple().exponent == -8 for o in shares)


# ── the key of the reader ────────────────────────────────────────────────────────────────────


def test_the_key_changes_with_what_decides_how_a_sheet_is_read(
    settings: Settings, tmp_path: Path
) -> None:
    root = tmp_path / "project"
    for name in ("layouts", "dbt_project/seeds"):
        shutil.copytree(settings.root / name, root / name)
    own = replace(settings, root=root)
    before = reader_key(own)
    assert before == reader_key(settings) == reader_key(own)
    assert len(before) == 16
    (root / "dbt_project/seeds/targets.csv").write_text("target_id\n", "utf-8")
    assert reader_key(own) == before
    aliases = root / "dbt_project/seeds/area_aliases.csv"
    with aliases.open("a", encoding="utf-8") as stream:
        csv.writer(stream).writerow(["楼区", "430602000000"])
    changed = reader_key(own)
    assert changed != before
    layout = root / "layouts/finance.yml"
    layout.write_text(layout.read_text("utf-8") + "\n# 说明\n", "utf-8")
    assert reader_key(own) not in (before, changed)
