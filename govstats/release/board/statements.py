"""The questions that the board puts to a finished warehouse, each in a stated order.

A list of columns is what the page is given of a mart; the mart's key is always among them.
"""

TARGETS = """
select * from marts.dim_target order by target_id
"""

#: What the overview shows of a judgement; the words of it come with the commitment.
OVERVIEW = """
select target_id, period_end, actual_value, target_value, unit_measure, completion_pct,
    expected_pct_planned, expected_pct_seasonal, expected_pct_linear, gap, gap_unit, status, light,
    no_data_reason
from marts.fct_target_progress
where period_end = $1
order by target_id
"""

SUMMARY = """
select * from marts.fct_progress_summary
where period_end = $1
order by report_year, ref_area, summary_by, group_code
"""

#: What is shown of a commitment, by mart; asked for the commitments from $1 to $2.
OF_TARGETS = {
    mart: f"""
select {columns} from marts.{mart}
where target_id between $1 and $2
order by target_id, period_end{order}
"""  # noqa: S608 - only the names of this table are put in
    for mart, columns, order in (
        ("fct_target_progress", "*", ""),
        ("fct_target_path", "*", ""),
        ("fct_target_path_year", "*", ", earlier_year"),
        ("fct_outlook", "*", ""),
        ("fct_milestone", "*", ", item_order"),
        ("fct_target_evidence", "*", ", item_order, evidence_role"),
        (
            "fct_quarter_review",
            "target_id, period_end, previous_period_end, previous_status, previous_light, "
            "status, light, movement, actual_value, previous_value, change_value, unit_measure",
            "",
        ),
    )
}

#: Vintages and revisions of the figures that commitments rest on.
OF_FIGURES = {
    mart: f"""
select distinct figure.* from marts.{mart} as figure
inner join marts.fct_target_evidence as evidence
    on figure.indicator_code = evidence.indicator_code
    and figure.ref_area = evidence.ref_area
    and figure.scope = evidence.scope
    and figure.period_type = evidence.period_type
    and figure.measure = evidence.measure
    and figure.period_end = evidence.figure_period_end
where evidence.target_id between $1 and $2
order by figure.indicator_code, figure.ref_area, figure.scope, figure.period_type, figure.measure,
    figure.period_end, figure.department_code, figure.layout_id, figure.vintage_number
"""  # noqa: S608 - only the names of this table are put in
    for mart in ("fct_observation_vintage", "fct_revision")
}

#: Views that show one period, and the marts of it; asked for the period that ends on $1.
OF_PERIOD = {
    "areas": {
        "fct_area_scorecard": "select * from marts.fct_area_scorecard where period_end = $1 "
        "order by indicator_code, ref_area",
    },
    "city": {
        "fct_peer_comparison": "select * from marts.fct_peer_comparison where period_end = $1 "
        "order by indicator_code, is_peer, ref_area",
    },
    "projects": {
        "fct_key_project": "select * from marts.fct_key_project where period_end = $1 "
        "order by layout_id, length(cell) nulls last, cell, entry_name",
    },
    "livelihood": {
        "fct_livelihood_item": "select * from marts.fct_livelihood_item where period_end = $1 "
        "order by layout_id, length(cell) nulls last, cell, entry_name",
    },
}

#: The calendar of submissions; asked for the days from $1 to $2.
OF_YEAR = {
    "fct_department_quality": "select department_code, period_end, n_duties, n_on_time, n_late, "
    "n_held, n_missing, n_not_due, timeliness_pct from marts.fct_department_quality "
    "where period_end between $1 and $2 order by department_code, period_end",
    "fct_reporting_duty": "select * from marts.fct_reporting_duty "
    "where period_end between $1 and $2 order by department_code, layout_id, period_end",
}

KEYS = """
select table_name, constraint_column_names from duckdb_constraints()
where schema_name = 'marts' and constraint_type = 'PRIMARY KEY'
order by table_name
"""

#: Words by code, Chinese and English; a dated dimension's newest name comes last and counts.
NAMES = {
    "departments": "select department_code, short_name_zh, name_en from marts.dim_department "
    "order by department_code, valid_from nulls first",
    "areas": "select ref_area, name_zh, name_en from marts.dim_area "
    "order by ref_area, valid_from nulls first",
    "indicators": "select indicator_code, name_zh, name_en from marts.dim_indicator "
    "order by indicator_code, valid_from nulls first",
    "layouts": "select layout_id, name_zh, name_en from seeds.reporting_duties "
    "order by layout_id, valid_from nulls first",
    "stages": "select stage, name_zh, name_en from seeds.work_stages order by stage_order",
    "units": "select unit_measure, unit_measure, name_en from seeds.units order by unit_measure",
}

WORDS = "select list, code, name_zh, name_en from seeds.codes order by list, code"

#: Whether a state asks for attention, or stands for absent data.
STATES = """
select state_list, state, is_attention, is_no_data from seeds.item_states
order by state_list, state
"""

PERIODS = """
select period_end, time_period, report_year, month_number, label_zh, short_label_zh, label_en
from marts.dim_period order by period_end
"""

#: Last days of periods that a mart has rows of, up to the release's latest.
ENDS = """
select distinct figure.period_end
from marts.{mart} as figure
inner join marts.dim_period as period on figure.period_end = period.period_end
where period.time_period <= $1
order by figure.period_end
"""

CUT_OFF = "select max(received_at) from marts.fct_submission"
