// The parts of a commitment's page below its series: path, outlook, evidence, works, vintages.
function column(zh, en, more) { return Object.assign({ head: t(zh, en) }, more); }
function where(zh, en, columns) { return column(zh || "文件、工作表、单元格", en || "File, sheet, cell", { show: row => place(row, columns), take: row => placeText(row, columns) }); }
function titled(zh, en, content) { return content ? [h("h3", {}, t(zh, en)), content] : []; }
function ofPeriod(rows, end) { return (rows || []).filter(row => row.period_end === end); }

function wayOf(found, target, end) {
  const way = ofPeriod(found.fct_target_path, end)[0], years = ofPeriod(found.fct_target_path_year, end);
  if (!way) { return null; }
  const note = h("p", {}, english ? way.path_method_zh + " — " : "", typeset(way.made_zh || way.path_method_zh), t("。", ""),
    way.expected_value !== null ? [t("到本期应达 ", " By now "), figure(way, "expected_value", way.unit_measure, "share"), t("。", " expected.")] : []);
  if (!years.length) { return note; }
  return [note, grid({ name: "path_" + target.target_id, caption: t("往年同期（" + period(end, true) + "）", "Same period of earlier years (" + period(end, true) + ")"), rows: years, kind: "narrow", columns: [
    column("年份", "Year", { isHead: true, take: row => String(row.earlier_year) }),
    column("同期累计", "By the period", { column: "period_value", unitOf: "unit_measure" }),
    column("全年", "Whole year", { column: "year_value", unitOf: "unit_measure" }),
    column("占全年比重", "Share", { column: "share_pct", unit: "%", kind: "share" }),
    column("按其他年份推算全年的误差", "Error of the others' share", { column: "error_pct", unit: "%", kind: "gap" })
  ] })];
}

function outlookOf(found, end) {
  const row = ofPeriod(found.fct_outlook, end)[0];
  if (!row) { return null; }
  if (row.outlook_value === null) { return h("p", { class: "none" }, t("不作预计：", "No outlook: ") + word("no_outlook_reason", row.no_outlook_reason) + t("。", ".")); }
  const item = (zh, en, name, unit, kind) => h("div", {}, h("dt", {}, t(zh, en)), h("dd", {}, figure(row, name, unit, kind || "share")));
  return [row.prospect ? h("p", {}, state("prospect", row.prospect)) : "", h("p", {}, typeset(row.outlook_zh || "") + "。"),
    h("dl", { class: "facts" }, item("预计全年", "Year end", "outlook_value", row.unit_measure), item("相当于目标", "Of the target", "outlook_completion_pct", "%", "share"),
      item("低值", "Low", "low_value", row.unit_measure), item("高值", "High", "high_value", row.unit_measure),
      item("其余月份月均需", "Needed a month", "needed_monthly_value", row.unit_measure), item("相当于此前月均", "Of the pace so far", "needed_pace_pct", "%", "share"))];
}

function evidenceOf(found, target, end) {
  const rows = ofPeriod(found.fct_target_evidence, end);
  if (!rows.length) { return h("p", { class: "none" }, t("本期没有可依据的数据。", "No figure to rest on in this period.")); }
  const roles = { actual: t("本项数值", "Actual"), base: t("上年同期数", "Last year"), peer: t("比较地区", "Peer"), item: t("具名事项", "Named item") };
  const isFigure = row => row.indicator_code !== null;
  return grid({ name: "evidence_" + target.target_id + "_" + end, caption: dated(t("依据的数据", "Figures it rests on"), end), rows: rows, kind: "evidence", columns: [
    column("项目", "Subject", { isHead: true, take: row => row.subject_zh }),
    column("作用", "Role", { take: row => roles[row.evidence_role] || row.evidence_role }),
    column("地区", "Area", { take: row => row.ref_area ? named("areas", row.ref_area) : "" }),
    column("数值", "Figure", { column: "obs_value", unitOf: "unit_measure", missing: row => isFigure(row) ? word("missing_kind", row.missing_kind) : row.value_text }),
    column("状态", "Status", { take: row => row.obs_status ? word("obs_status", row.obs_status) : "" }),
    column("表中数值", "In the cell", { column: "cell_value", unitOf: "cell_unit", missing: row => row.value_text }),
    where(), column("收到时间", "Known from", { take: row => row.known_from || "", cls: "time" }),
    column("报送部门", "Department", { take: row => named("departments", row.department_code) })
  ] });
}

function milestoneSign(row) {
  const text = word("milestone_state", row.state);
  if (row.is_done) { return sign("●", "green", text); }
  if (row.is_overdue || row.is_stalled) { return sign("■", "red", text); }
  return row.no_data_reason ? sign("○", "grey", text) : sign("●", "green", text);
}
function worksOf(found, target, end) {
  const rows = ofPeriod(found.fct_milestone, end);
  return rows.length ? grid({ name: "works_" + target.target_id + "_" + end, caption: dated(t("具名事项", "Named works"), end), rows: rows, kind: "works", columns: [
    column("事项", "Work", { isHead: true, take: row => row.item_zh }),
    column("状态", "State", { show: milestoneSign, take: row => word("milestone_state", row.state) }),
    column("阶段", "Stage", { take: row => row.stage ? named("stages", row.stage) : noData(row) }),
    column("报表所写", "As written", { take: row => row.stage_text || "—" }),
    column("要求阶段", "Asked", { take: row => row.required_stage ? named("stages", row.required_stage) : "—" }),
    column("进度", "Share", { column: "share_pct", unit: "%", kind: "share", missing: noData }),
    column("完成", "Done", { column: "done_value", unitOf: "unit_measure" }),
    column("期限", "Due", { take: row => row.due_date || "—", cls: "time" }), where()
  ] }) : null;
}

const FIGURE_KEY = ["indicator_code", "ref_area", "scope", "period_type", "measure"];
function vintagesOf(found, target) {
  const used = new Set((found.fct_target_evidence || []).filter(row => row.target_id === target.target_id)
    .map(row => FIGURE_KEY.map(name => row[name]).concat(row.figure_period_end).join("|")));
  const rows = (found.fct_observation_vintage || []).filter(row => used.has(FIGURE_KEY.map(name => row[name]).concat(row.period_end).join("|")));
  if (!rows.length) { return null; }
  return grid({ name: "vintages_" + target.target_id, caption: t("各版数据", "Vintages"), rows: rows, kind: "vintages", columns: [
    column("报告期", "Period", { isHead: true, take: row => period(row.period_end), sort: row => row.period_end }),
    column("指标", "Indicator", { take: row => named("indicators", row.indicator_code) }),
    column("地区", "Area", { take: row => named("areas", row.ref_area) }),
    column("版次", "Vintage", { column: "vintage_number", kind: "count" }),
    column("数值", "Figure", { column: "obs_value", unitOf: "unit_measure", missing: row => word("missing_kind", row.missing_kind) }),
    column("自何时", "Known from", { take: row => row.known_from || "", cls: "time" }),
    column("至何时", "Known to", { take: row => row.known_to || t("现行", "current"), cls: "time" }), where()
  ] });
}
function revisionsOf(found, target) {
  const used = new Set((found.fct_target_evidence || []).filter(row => row.target_id === target.target_id)
    .map(row => FIGURE_KEY.map(name => row[name]).concat(row.figure_period_end).join("|")));
  const rows = (found.fct_revision || []).filter(row => used.has(FIGURE_KEY.map(name => row[name]).concat(row.period_end).join("|")));
  if (!rows.length) { return h("p", { class: "none" }, t("所依据的数据没有修订。", "No figure it rests on was revised.")); }
  return grid({ name: "revisions_" + target.target_id, caption: t("数据修订", "Revisions"), rows: rows, kind: "vintages", columns: [
    column("报告期", "Period", { isHead: true, take: row => period(row.period_end), sort: row => row.period_end }),
    column("指标", "Indicator", { take: row => named("indicators", row.indicator_code) }),
    column("修订前", "Before", { column: "old_value", unitOf: "unit_measure" }),
    column("修订后", "After", { column: "new_value", unitOf: "unit_measure" }),
    column("差额", "Difference", { column: "difference", unitOf: "unit_measure", kind: "gap" }),
    column("修订时间", "Revised", { take: row => row.revised_at || "", cls: "time" }),
    where("修订前出处", "Before: place", { file: "old_file", sheet: "old_sheet", cell: "old_cell" }),
    where("修订后出处", "After: place", { file: "new_file", sheet: "new_sheet", cell: "new_cell" })
  ] });
}
