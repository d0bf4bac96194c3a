-- Schema `raw`: what the reader hands to dbt, as it was read. One statement per table; no figure is computed here.
create schema if not exists raw;

-- One row per submission on the ledger.
create table raw.submission (
    submission_id varchar primary key,
    sequence_number bigint not null,          -- order of registration on the ledger
    department_code varchar not null,
    time_period varchar not null,             -- YYYY-MM, last month of the reported period
    file varchar not null,                    -- path below data/raw
    sha256 varchar not null,
    size_bytes bigint not null,
    received_at timestamp not null,           -- local time of the district
    layout_id varchar,                        -- null when refused before a layout was recognised
    status varchar not null,                  -- accepted | refused | held (by the audit)
    reason_code varchar,
    reason_zh varchar,
    reason_en varchar,
    title varchar,
    format varchar,                           -- xlsx, xlsm, xlsb, xls, ods, csv; null when not opened
    reason_lines varchar,                     -- lines to add to a layout so that the file is read
    cells_total bigint not null,
    cells_observation bigint not null,
    cells_label bigint not null,
    cells_metadata bigint not null,
    cells_ignorable bigint not null,
    cells_unmapped bigint not null,
    observations bigint not null,
    entry_values bigint not null default 0,
    is_form boolean not null default false    -- a form of the bureau's own that came back, no figures
);

-- One row per table read; a file may hold several.
create table raw.submission_table (
    submission_id varchar not null,
    table_number integer not null,            -- 1 for the first table of the file
    layout_id varchar not null,
    shape varchar not null,                   -- table | register | ledger
    sheet varchar not null,
    title varchar not null,
    title_cell varchar,
    unit_line varchar,
    first_cell varchar not null,              -- A1 addresses on the sheet of the first part
    last_cell varchar not null,
    parts integer not null,                   -- pieces: continued, or side by side
    rows_found integer not null,
    columns_found integer not null
);

-- One row per remark of the reader on a table that was read all the same.
create table raw.reading_note (
    submission_id varchar not null,
    department_code varchar not null,
    kind varchar not null,                    -- see expectations/reading.yml
    layout_id varchar not null,
    sheet varchar not null,
    cell varchar,                             -- A1 address; null where no single cell is meant
    found_zh varchar not null,
    expected_zh varchar not null,
    remedy_zh varchar not null,
    found_en varchar not null,
    expected_en varchar not null,
    remedy_en varchar not null
);

-- One row per file below data/raw that is not what the ledger says it should be.
create table raw.intake_problem (
    kind varchar not null,                    -- tampered | vanished | unplaced | duplicate
    file varchar not null,
    submission_id varchar,                    -- the registered submission concerned, if any
    department_code varchar,
    found_zh varchar not null,
    expected_zh varchar not null,
    remedy_zh varchar not null,
    found_en varchar not null,
    expected_en varchar not null,
    remedy_en varchar not null
);

-- One row per declared row x column of a recognised table, blank ones included.
create table raw.observation (
    submission_id varchar not null,
    department_code varchar not null,
    layout_id varchar not null,
    source_precedence integer not null,       -- 1 = first choice among the department's own sheets
    sheet varchar not null,
    cell varchar not null,                    -- A1 address
    row_number integer not null,
    column_number integer not null,
    row_label varchar not null,               -- as normalised from the sheet
    column_label varchar not null,
    indicator_code varchar not null,
    ref_area varchar not null,
    scope varchar not null,
    period_end date not null,
    period_type varchar not null,
    measure varchar not null,
    growth_basis varchar,
    value_text varchar,                       -- the cell as it was displayed or typed
    cell_value decimal(28, 8),                -- in cell_unit; null when missing
    cell_unit varchar not null,
    obs_status varchar not null,
    missing_kind varchar
);

-- One row per entry x field x part of a register or ledger, blank ones included.
create table raw.entry_value (
    submission_id varchar not null,
    department_code varchar not null,
    layout_id varchar not null,
    source_precedence integer not null,
    sheet varchar not null,
    entry_number integer not null,            -- 1..n in the table
    entry_key varchar,                        -- texts of the key fields, joined by ' / '
    section varchar,                          -- heading above the entry
    is_total boolean not null,
    row_number integer not null,              -- where the value stands: the first row of a merged range
    column_number integer not null,
    cell varchar not null,                    -- A1 address
    field_id varchar not null,
    column_label varchar not null,
    field_type varchar not null,              -- text | number | date | target | area | department
    part_number integer not null,             -- 1; more for the further parts of a compound target
    value_text varchar,                       -- the cell as it was displayed or typed
    value_number decimal(28, 8),              -- a figure, or the low end of a target
    value_high decimal(28, 8),                -- the high end of a range
    operator varchar,                         -- of a target; see seeds/operators.csv
    value_unit varchar,
    value_per varchar,                        -- a target's period, e.g. 年 in 3480元/年
    value_date date,
    value_code varchar,                       -- area or department
    obs_status varchar not null,
    missing_kind varchar,
    period_end date not null
);

-- One row per non-empty cell that is no field of an entry: its fate.
create table raw.sheet_cell (
    submission_id varchar not null,
    sheet varchar not null,
    cell varchar not null,
    row_number integer not null,
    column_number integer not null,
    value_text varchar not null,
    fate varchar not null,                    -- observation | label | metadata | ignorable | unmapped
    fate_detail varchar                       -- what it was taken for, e.g. row label, unit line, note
);

-- One row per non-empty cell of a file that was read: its fate.
create view raw.cell as
select submission_id, sheet, cell, row_number, column_number, value_text, fate, fate_detail
from raw.sheet_cell
union all
select distinct
    submission_id, sheet, cell, row_number, column_number, value_text,
    'observation' as fate, field_id as fate_detail
from raw.entry_value
where value_text is not null;

-- Written after validation: one row per audit rule.
create table raw.rule_result (
    rule_id varchar primary key,
    name_zh varchar not null,
    name_en varchar not null,
    kind varchar not null,
    kind_zh varchar not null,
    severity varchar not null,
    holds varchar not null,
    basis varchar not null,
    evaluated bigint not null,
    failed bigint not null,
    outcome varchar not null,                 -- pass | fail | not_applicable
    basis_en varchar not null,
    judged_table varchar not null,
    scope varchar not null,                   -- condition on the table's rows; empty for all
    expectation varchar not null,
    args varchar not null,                    -- as JSON
    remedy_zh varchar not null,
    remedy_en varchar not null,
    note_zh varchar,                          -- why nothing was evaluated; null where something was
    note_en varchar
);

-- Written after validation: one row per cell that a rule compares with another figure or a limit.
create table raw.rule_coverage (
    submission_id varchar not null,
    sheet varchar not null,
    cell varchar not null,
    n_rules integer not null,
    kinds varchar not null,                   -- kinds of these rules, in order, joined by ', '
    primary key (submission_id, sheet, cell)
);

-- Written after validation: one row per finding (intake's refusals and tamper findings included).
create table raw.validation_finding (
    finding_id varchar primary key,
    place_key varchar not null,               -- rule, department, series and period
    finding_key varchar not null,             -- the same and the value found
    rule_id varchar not null,
    rule_name_zh varchar not null,
    rule_name_en varchar not null,
    kind varchar not null,
    severity varchar not null,                -- hard | soft | info
    holds varchar not null,                   -- release | submission | none
    state varchar not null,                   -- list finding_state of the seed codes
    department_code varchar,
    submission_id varchar,
    file varchar,
    sheet varchar,
    cell varchar,
    indicator_code varchar,
    ref_area varchar,
    period_end date,
    value varchar,
    expected varchar,
    message_zh varchar not null,
    remedy_zh varchar not null,
    message_en varchar not null,
    remedy_en varchar not null,
    explanation varchar,
    explanation_accepted boolean,
    explanation_reply_zh varchar,             -- why it was not accepted
    explained_by varchar,
    explained_at timestamp,                   -- when it was received
    explanation_submission_id varchar,
    override_by varchar,
    override_reason_zh varchar,
    overridden_on date
);

-- Written after validation: one row per explanation that a department gave in a return sheet.
create table raw.explanation (
    submission_id varchar not null,           -- the filled return workbook
    department_code varchar not null,
    file varchar not null,
    sheet varchar not null,
    cell varchar not null,                    -- of the explanation
    received_at timestamp not null,
    finding_key varchar not null,             -- as it stands in the workbook
    place_key varchar,                        -- of the finding meant; null where unknown
    finding_id varchar,                       -- the present finding it was held against, if any
    rule_id varchar,
    explanation varchar not null,
    explained_by varchar,
    outcome varchar not null,                 -- list explanation_outcome of the seed codes
    reply_zh varchar,                         -- why it does not count; null where it does
    reply_en varchar
);
