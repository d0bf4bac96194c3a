"""A release of six figures whose every value is known."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

_MARTS = """
create schema marts;
create table marts.dim_indicator (indicator_code varchar, name_zh varchar, name_en varchar,
    freq varchar);
comment on column marts.dim_indicator.freq is 'Released monthly or quarterly. 发布频率。';
insert into marts.dim_indicator values
    ('output', '产值', 'Output', 'Q'), ('jobs', '就业', 'Jobs & "posts" <new>', 'M');
create table marts.dim_area (ref_area varchar, name_zh varchar, name_en varchar);
insert into marts.dim_area values ('100000000000', '甲区', 'District A');
create table marts.dim_department (department_code varchar, name_zh varchar, name_en varchar);
insert into marts.dim_department values ('bureau', '某局', 'Some bureau');
create table marts.dim_period (period_end date, time_period varchar, report_year integer,
    month_number integer, is_quarter_end boolean);
insert into marts.dim_period values
    ('2020-02-29', '2020-02', 2020, 2, false), ('2020-03-31', '2020-03', 2020, 3, true),
    ('2020-12-31', '2020-12', 2020, 12, true);
create table marts.dim_unit (unit_measure varchar, name_en varchar, sdmx_code varchar,
    sdmx_unit_mult integer);
comment on column marts.dim_unit.sdmx_code is 'Unit. 单位。';
comment on column marts.dim_unit.sdmx_unit_mult is 'Power of ten. 倍数。';
insert into marts.dim_unit values
    ('亿元', '100 million yuan', 'CNY', 8), ('元', 'yuan', 'CNY', 0), ('人', 'persons', 'PS', 0);
create table marts.dim_code (code_list varchar, code varchar, name_zh varchar, name_en varchar,
    sort_order integer);
insert into marts.dim_code values
    ('freq', 'M', '月', 'monthly', 1), ('freq', 'Q', '季', 'quarterly', 2),
    ('measure', 'level', '绝对量', 'level', 1), ('period_type', 'ytd', '累计', 'cumulative', 1),
    ('period_type', 'month', '当月', 'single month', 2), ('scope', 'own', '本级', 'own', 1),
    ('unit_mult', '0', '个', 'units', 1), ('unit_mult', '8', '亿', 'hundred millions', 2),
    ('obs_status', 'A', '正常', 'normal', 1), ('obs_status', 'O', '缺报', 'missing', 2),
    ('missing_kind', 'blank', '空白', 'blank', 1), ('growth_basis', 'real', '不变价', 'real', 1);
create table marts.dim_dataflow (dataflow_id varchar, data_structure_id varchar,
    sdmx_version varchar, agency_id varchar, agency_zh varchar, agency_en varchar,
    name_zh varchar, name_en varchar);
insert into marts.dim_dataflow values
    ('FLOW', 'STRUCTURE', '1.2.0', 'A_STAT', '甲区统计局', 'Bureau A', '数据', 'Figures');
create table marts.fct_submission (received_at timestamp);
insert into marts.fct_submission values ('2021-01-05 09:30:00'), ('2020-03-05 09:30:00');
create table marts.fct_observation (indicator_code varchar, ref_area varchar, scope varchar,
    period_end date, period_type varchar, measure varchar, obs_value decimal(24, 6),
    unit_measure varchar, obs_status varchar, missing_kind varchar, growth_basis varchar,
    correction_id varchar, department_code varchar, submission_id varchar, file varchar,
    sheet varchar, cell varchar, known_from timestamp);
comment on table marts.fct_observation is 'One row per figure. 一行一个数。';
comment on column marts.fct_observation.obs_value is 'The figure. 数值。';
insert into marts.fct_observation values
    ('output', '100000000000', 'own', '2020-02-29', 'ytd', 'level', null, '亿元', 'O', 'blank',
        null, null, 'bureau', 'sub-1', '某局/表.xlsx', '月报', 'C4', '2020-03-05 09:30:00'),
    ('output', '100000000000', 'own', '2020-03-31', 'ytd', 'level', 12.34, '亿元', 'A', null,
        null, null, 'bureau', 'sub-1', '某局/表.xlsx', '月报', 'C5', '2020-04-05 09:30:00'),
    ('output', '100000000000', 'own', '2020-12-31', 'ytd', 'level', 123456789012.345678, '亿元',
        'A', null, null, 'COR-1', 'bureau', 'sub-2', '某局/表.xlsx', '=1+1', 'C5',
        '2021-01-05 09:30:00'),
    ('output', '100000000000', 'own', '2020-12-31', 'month', 'level', 3, '亿元', 'A', null,
        null, null, 'bureau', 'sub-2', '某局/表.xlsx', E'月\n报', 'C6', '2021-01-05 09:30:00'),
    ('jobs', '100000000000', 'own', '2020-12-31', 'ytd', 'level', 0, '人', 'A', null,
        null, null, 'bureau', 'sub-2', '某局/表,"二".xlsx', '月报', 'C7', '2021-01-05 09:30:00'),
    ('jobs', '100000000000', 'own', '2020-02-29', 'ytd', 'level', -7.5, '人', 'A', null,
        null, null, 'bureau', 'sub-1', '某局/表.xlsx', '月报', 'C8', '2020-03-05 09:30:00');
"""


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as made:
        made.execute(_MARTS)
        yield made


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as made:
        made.execute(_MARTS)
    return path
