"""What the bulletin asks of the marts; codes get their Chinese words here, figures stay as are.

Each statement has one place, the last day of the period; facts.py says which mart a row is of.
"""

PERIOD = """
    select
        now.*,
        (
            select max(before.period_end) from marts.dim_period as before
            where before.report_year = now.report_year and before.period_end < now.period_end
        ) as previous_period_end
    from marts.dim_period as now
    where now.time_period = ?
"""
DISTRICT = """
    select area.ref_area, area.name_zh, city.name_zh as city_zh
    from marts.dim_area as area
    left join marts.dim_area as city on city.ref_area = area.parent_ref_area
    where area.ref_area in (
        select progress.ref_area from marts.fct_target_progress as progress
        where progress.period_end = ?
        group by progress.ref_area order by count(*) desc, progress.ref_area limit 1
    )
"""
CODES = "select list, code, name_zh from seeds.codes order by list, sort_order, code"
SIGN = """
    select count(*) from raw.sheet_cell as cell
    join marts.fct_submission as submission using (submission_id)
    where submission.period_end = ? and cell.fate = 'metadata' and contains(cell.value_text, ?)
"""
PROGRESS = """
    select
        progress.*, target.name_zh, target.demand_zh, target.kind, target.section, target.item,
        target.path_method, target.proxy_zh, indicator.name_zh as indicator_zh,
        coalesce(indicator.is_main, false) as is_main, indicator.growth_basis,
        coalesce(lead.short_name_zh, lead.name_zh) as lead_zh,
        before.status as previous_status, before.status_zh as previous_status_zh,
        (
            select count(*) from marts.fct_target_evidence as evidence
            where evidence.target_id = progress.target_id
                and evidence.period_end = progress.period_end
                and evidence.correction_id is not null
        ) as n_corrected
    from marts.fct_target_progress as progress
    join marts.dim_target as target using (target_id)
    left join marts.dim_indicator as indicator
        on indicator.indicator_code = target.indicator_code
    left join marts.dim_department as lead
        on lead.department_code = target.lead_department_code
    left join marts.fct_target_progress as before
        on before.target_id = progress.target_id
        and before.period_end = (
            select max(earlier.period_end) from marts.dim_period as earlier
            where earlier.report_year = progress.report_year
                and earlier.period_end < progress.period_end
        )
    where progress.period_end = ?
    order by progress.target_id
"""
SUMMARY = """
    select * from marts.fct_progress_summary where period_end = ?
    order by ref_area, summary_by, group_code
"""
MILESTONES = """
    select * from marts.fct_milestone where period_end = ? and (is_overdue or is_stalled)
    order by target_id, item_order
"""
REVIEW = "select * from marts.fct_quarter_review where period_end = ? order by target_id"
PEERS = """
    select peer.*, indicator.name_zh, area.parent_ref_area
    from marts.fct_peer_comparison as peer
    join marts.dim_indicator as indicator using (indicator_code)
    join marts.dim_area as area on area.ref_area = peer.ref_area
    where peer.period_end = ?
    order by peer.indicator_code, peer.ref_area
"""
AREAS = """
    select * from marts.fct_area_scorecard where period_end = ?
    order by indicator_code, rank_computed nulls last, ref_area
"""
PROJECTS = """
    select * from marts.fct_key_project where period_end = ?
    order by layout_id, completion_pct nulls last, entry_name
"""
LIVELIHOOD = """
    select * from marts.fct_livelihood_item where period_end = ?
    order by layout_id, completion_pct nulls last, entry_name
"""
DUTIES = """
    select duty.*, coalesce(department.short_name_zh, department.name_zh) as department_zh
    from marts.fct_reporting_duty as duty
    join marts.dim_department as department using (department_code)
    where duty.period_end = ? order by duty.department_code, duty.layout_id
"""
OUTLOOK = """
    select outlook.*, target.name_zh
    from marts.fct_outlook as outlook join marts.dim_target as target using (target_id)
    where outlook.period_end = ? order by outlook.target_id
"""
OVERVIEW = "select * from marts.fct_system_overview where period_end = ? order by sort_order"
REVISIONS = """
    select
        revision.*, indicator.name_zh as indicator_zh, area.name_zh as area_zh,
        coalesce(department.short_name_zh, department.name_zh) as department_zh,
        period.short_label_zh
    from marts.fct_revision as revision
    join marts.dim_period as period using (period_end)
    left join marts.dim_indicator as indicator using (indicator_code)
    left join marts.dim_area as area using (ref_area)
    left join marts.dim_department as department using (department_code)
    where period.period_end <= $period and period.report_year = year($period)
    order by
        revision.period_end, revision.department_code, revision.layout_id,
        revision.indicator_code, revision.ref_area, revision.period_type, revision.measure,
        revision.vintage_number
"""
FINDINGS = """
    select finding.*, coalesce(department.short_name_zh, department.name_zh) as department_zh
    from marts.fct_validation_finding as finding
    left join marts.dim_department as department using (department_code)
    where finding.period_end = ? and finding.severity = 'soft'
        and finding.state in ('open', 'rejected', 'lapsed')
    order by finding.department_code, finding.rule_id, finding.finding_id
"""
HELD = """
    select submission.*, coalesce(department.short_name_zh, department.name_zh) as department_zh
    from marts.fct_submission as submission
    left join marts.dim_department as department using (department_code)
    where submission.period_end = ? and submission.status = 'held'
    order by submission.submission_id
"""
CITY = """
    select city.*
    from marts.fct_peer_comparison as city
    where city.period_end = ? order by city.indicator_code, city.ref_area
"""
