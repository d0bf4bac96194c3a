-- Schemas `marts` and `seeds` as far as the validation report reads it, with the warehouse's types.
create schema marts;

create schema seeds;

create table marts.dim_indicator (
    indicator_code varchar, name_zh varchar, name_en varchar, valid_from date
);
create table marts.dim_area (ref_area varchar, name_zh varchar, name_en varchar, valid_from date);
create table marts.dim_department (
    department_code varchar, name_zh varchar, name_en varchar, short_name_zh varchar,
    valid_from date
);
create table marts.dim_period (
    period_end date, time_period varchar, report_year integer, month_number integer,
    label_zh varchar, label_en varchar
);
create table marts.dim_target (
    target_id varchar, item varchar, section varchar, name_zh varchar, name_en varchar,
    demand_zh varchar
);
create table marts.fct_submission (
    submission_id varchar, department_code varchar, file varchar, period_end date,
    time_period varchar, layout_id varchar, received_at timestamp, status varchar, reason_code varchar,
    reason_zh varchar, reason_en varchar, reason_lines varchar, vintage_number integer, cells_total bigint,
    cells_observation bigint, cells_label bigint, cells_metadata bigint,
    cells_ignorable bigint, cells_unmapped bigint, observations bigint
);
create table marts.fct_reporting_duty (
    department_code varchar, layout_id varchar, layout_zh varchar, period_end date,
    due_date date, first_received_at timestamp, first_file varchar, state varchar,
    n_days_late integer, n_refused integer
);
create table marts.fct_system_overview (
    system_code varchar, ref_area varchar, period_end date, sort_order integer,
    system_zh varchar, section_zh varchar, mart varchar, is_due boolean, n_items integer,
    n_attention integer, n_no_data integer, words_zh varchar
);
create table marts.fct_validation_finding (
    finding_id varchar, rule_id varchar, rule_name_zh varchar, rule_name_en varchar, kind varchar,
    severity varchar, holds varchar, state varchar, department_code varchar,
    submission_id varchar, file varchar, sheet varchar, cell varchar, indicator_code varchar,
    ref_area varchar, period_end date, value varchar, expected varchar, explanation varchar,
    explanation_accepted boolean, explanation_reply_zh varchar, explained_by varchar,
    explained_at timestamp, override_by varchar, override_reason_zh varchar, overridden_on date,
    message_zh varchar, message_en varchar, remedy_zh varchar, remedy_en varchar
);
create table marts.fct_explanation (
    department_code varchar, file varchar, sheet varchar, cell varchar, received_at timestamp,
    finding_key varchar, rule_id varchar, explanation varchar, explained_by varchar,
    outcome varchar, reply_zh varchar, reply_en varchar
);
create table marts.fct_figure_coverage (
    submission_id varchar, sheet varchar, cell varchar, department_code varchar,
    layout_id varchar, period_end date, indicator_code varchar, measure varchar,
    field_id varchar, n_rules integer, kinds varchar, is_touched boolean
);
create table marts.fct_rule_result (
    rule_id varchar, name_zh varchar, name_en varchar, kind varchar, kind_zh varchar,
    severity varchar, holds varchar, basis varchar, basis_en varchar, judged_table varchar,
    scope varchar, expectation varchar, args varchar, remedy_zh varchar, remedy_en varchar,
    evaluated bigint, failed bigint, outcome varchar, note_zh varchar, note_en varchar
);
create table marts.fct_revision (
    indicator_code varchar, ref_area varchar, scope varchar, period_end date,
    period_type varchar, measure varchar, department_code varchar, layout_id varchar,
    old_value decimal(24, 6), new_value decimal(24, 6), difference decimal(24, 6),
    unit_measure varchar, revised_at timestamp, old_submission_id varchar, old_sheet varchar,
    old_cell varchar, new_submission_id varchar, new_sheet varchar, new_cell varchar,
    old_file varchar, new_file varchar
);
create table marts.fct_correction (
    correction_id varchar, submission_number integer, state varchar, state_zh varchar,
    department_code varchar, time_period varchar, period_end date, layout_id varchar,
    sheet varchar, cell varchar, indicator_code varchar, ref_area varchar, measure varchar,
    figure varchar, old_cell_value decimal(28, 8), new_cell_value decimal(28, 8),
    cell_unit varchar, found_figure varchar, found_cell_value decimal(28, 8),
    found_unit varchar, found_text varchar, uncorrected_value decimal(24, 6),
    obs_value decimal(24, 6), unit_measure varchar, submission_id varchar, file varchar,
    received_at timestamp, is_current boolean, reason_zh varchar, source varchar,
    author varchar, entered_on date, withdrawn_on date
);
create table marts.fct_target_progress (
    target_id varchar, period_end date, report_year integer, ref_area varchar,
    indicator_code varchar, measure varchar, operator varchar, is_final boolean,
    actual_value decimal(24, 6), target_value decimal(24, 6), unit_measure varchar,
    completion_pct decimal(12, 4), expected_pct_seasonal decimal(12, 4),
    expected_pct_planned decimal(12, 4), expected_pct_linear decimal(12, 4), gap decimal(24, 6), gap_unit varchar, status varchar,
    status_zh varchar, light varchar, light_zh varchar, no_data_reason varchar,
    no_data_reason_zh varchar, working varchar, department_code varchar,
    submission_id varchar, file varchar, sheet varchar, cell varchar
);
