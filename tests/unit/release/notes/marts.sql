-- Schemas `marts` and `seeds` as far as release notes read them, with the warehouse's types.
create schema marts;
create schema seeds;

create table marts.dim_indicator (
    indicator_code varchar, name_zh varchar, name_en varchar, valid_from date
);
create table marts.dim_area (ref_area varchar, name_zh varchar, name_en varchar, valid_from date);
create table marts.dim_department (
    department_code varchar, name_en varchar, short_name_zh varchar, valid_from date
);
create table marts.dim_period (period_end date, label_zh varchar, label_en varchar);
create table marts.dim_target (
    target_id varchar, name_zh varchar, name_en varchar, demand_zh varchar, section varchar,
    item integer, operator varchar, target_value decimal(24, 6), tolerance decimal(24, 6),
    unit_measure varchar, strength varchar, path_method varchar, light_rule varchar,
    lead_department_code varchar
);
create table marts.fct_submission (
    submission_id varchar, department_code varchar, file varchar, time_period varchar,
    received_at timestamp, status varchar
);
create table marts.fct_observation (
    indicator_code varchar, ref_area varchar, scope varchar, period_end date, period_type varchar,
    measure varchar, obs_value decimal(24, 6), unit_measure varchar, obs_status varchar,
    missing_kind varchar, correction_id varchar, department_code varchar, submission_id varchar,
    file varchar, sheet varchar, cell varchar
);
create table marts.fct_revision (indicator_code varchar);
create table marts.fct_target_progress (
    target_id varchar, period_end date, status varchar, status_zh varchar, light varchar,
    actual_value decimal(24, 6), unit_measure varchar, file varchar, sheet varchar, cell varchar
);
create table marts.fct_validation_finding (
    finding_id varchar, rule_id varchar, rule_name_zh varchar, rule_name_en varchar,
    severity varchar, state varchar, state_zh varchar, department_code varchar, file varchar,
    sheet varchar, cell varchar, message_zh varchar, message_en varchar, value varchar
);
create table marts.fct_rule_result (
    rule_id varchar, name_zh varchar, name_en varchar, severity varchar, holds varchar,
    judged_table varchar, scope varchar, expectation varchar, args varchar
);
create table marts.fct_correction (
    correction_id varchar, submission_number bigint, state varchar, state_zh varchar,
    department_code varchar, figure varchar, old_cell_value decimal(28, 8),
    new_cell_value decimal(28, 8), cell_unit varchar, reason_zh varchar, author varchar
);
create table marts.fct_audit_override (
    finding_id varchar, rule_id varchar, state varchar, state_zh varchar, author varchar,
    reason_zh varchar, decided_on date
);
