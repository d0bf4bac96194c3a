// All commitments at a period: counts by part of the report and by department, and the list.
function expected(row) { return row.expected_pct_planned !== null ? "expected_pct_planned" : "expected_pct_seasonal"; }
function noData(row) { return row.no_data_reason ? word("no_data_reason", row.no_data_reason) : t("无数据", "No data"); }
function targetName(target) { return english && target.name_en || target.name_zh; }

const COUNTS = [
  ["n_met", "status", "met"], ["n_ahead", "status", "ahead"], ["n_on_path", "status", "on_path"],
  ["n_behind", "status", "behind"], ["n_missed", "status", "missed"], ["n_no_data", "status", "no_data"]
];
const LIGHTS = [["n_green", "green"], ["n_yellow", "yellow"], ["n_red", "red"]];

function numbers(row) {
  const cell = (label, content) => h("div", {}, h("dt", {}, label), h("dd", { class: "big" }, content));
  return h("dl", { class: "numbers" },
    cell(t("目标", "Commitments"), figure(row, "n_targets", t("项", ""), "count")),
    LIGHTS.map(each => cell(light(each[1]), figure(row, each[0], t("项", ""), "count"))),
    cell(state("status", "no_data"), figure(row, "n_no_data", t("项", ""), "count")),
    cell(t("达到进度比例", "On path or better"), figure(row, "on_path_pct", "%", "share")));
}

function summary(path, asked, rows) {
  const by = asked.by === "department" ? "department" : "section";
  const order = new Map(tables.dim_target.map((row, place) => [row.section, place]).reverse());
  const found = rows.filter(row => row.summary_by === by);
  if (by === "section") { found.sort((a, b) => order.get(a.group_code) - order.get(b.group_code)); }
  const name = row => by === "department" ? named("departments", row.group_code) : row.group_zh;
  const columns = [{
    head: word("summary_by", by), isHead: true, take: name,
    show: row => link(path, Object.assign({}, asked, { section: "", department: "", [by]: row.group_code }), name(row))
  }, { head: t("目标数", "Number"), column: "n_targets", kind: "count" }]
    .concat(LIGHTS.map(each => ({ head: index.shapes.light[each[1]][0] + " " + word("light", each[1]), column: each[0], kind: "count" })))
    .concat(COUNTS.map(each => ({ head: word(each[1], each[2]), column: each[0], kind: "count" })))
    .concat([{ head: t("达标比例", "On path"), column: "on_path_pct", unit: "%", kind: "share" }]);
  const tab = (value, label) => link(path, Object.assign({}, asked, { by: value }), label, { "aria-current": by === value ? "true" : null });
  return [h("p", { class: "tabs" }, tab("section", t("按报告部分", "By section of the report")), tab("department", t("按牵头部门", "By lead department"))),
    grid({ name: t("目标进展汇总", "summary") + "_" + asked.period, caption: dated(t("目标进展汇总", "Summary"), asked.period), columns: columns, rows: found, isMatrix: true, kind: "summary" })];
}

function commitments() {
  return [
    { head: t("目标", "Commitment"), isHead: true, take: row => targetName(row.target),
      show: row => [link("target/" + encodeURIComponent(row.target_id), { period: row.period_end }, targetName(row.target)), h("span", { class: "part" }, row.target.demand_zh)] },
    { head: t("进展", "Standing"), show: row => light(row.light, word("status", row.status)), take: row => (index.shapes.light[row.light] || PLAIN)[0] + " " + word("status", row.status),
      sort: row => ["red", "yellow", "green", "none"].indexOf(row.light) },
    { head: t("实际值", "Actual"), column: "actual_value", unitOf: "unit_measure", kind: "share", missing: noData },
    { head: t("目标值", "Target"), column: "target_value", unitOf: "unit_measure" },
    { head: t("完成率", "Done"), column: "completion_pct", unit: "%", kind: "share" },
    { head: t("应达进度", "Path"), column: expected, unit: "%", kind: "share" },
    { head: t("时序进度", "Linear"), column: "expected_pct_linear", unit: "%", kind: "share" },
    { head: t("差距", "Gap"), column: "gap", unitOf: "gap_unit", kind: "gap" },
    { head: t("牵头部门", "Lead"), take: row => named("departments", row.target.lead_department_code) },
    { head: t("要求", "Demand"), take: row => row.target.demand_zh, only: "file" },
    { head: t("报告部分", "Section"), take: row => row.target.section, only: "file" }
  ];
}

async function overview(path, asked) {
  const end = chosenOf(asked, index.judged), found = await overviewOf(end);
  asked.period = end;
  const rows = found.fct_target_progress.map(row => Object.assign({ target: targets.get(row.target_id) }, row));
  const of = (name, label, value, list) => ({ name: name, label: label, value: value, word: code => list ? word(list, code) : String(code) });
  const byDepartment = asked.by === "department";
  const fields = [
    of("section", t("部分", "Section"), row => row.target.section),
    Object.assign(of("department", t("部门", "Department"), row => row.target.lead_department_code), { word: code => named("departments", code), isSorted: true }),
    Object.assign(of("light", t("灯", "Light"), row => row.light), { word: code => (index.shapes.light[code] || PLAIN)[0] + " " + word("light", code) }),
    of("status", t("状态", "Status"), row => row.status, "status"),
    of("strength", t("约束力", "Strength"), row => row.target.strength, "strength"),
    of("kind", t("类型", "Kind"), row => row.target.kind, "target_kind")
  ];
  const listed = h("div", { id: "list" });
  const group = byDepartment ? row => named("departments", row.target.lead_department_code) : row => row.target.section;
  if (byDepartment) { rows.sort((a, b) => compared(group(a), group(b)) || compared(a.target_id, b.target_id)); }
  const bar = filters(path, asked, fields, rows, row => [row.target_id, row.target.name_zh, row.target.name_en, row.target.demand_zh, row.target.section,
    named("departments", row.target.lead_department_code), row.target.indicator_code ? named("indicators", row.target.indicator_code) : ""].join(" "),
  kept => listed.replaceChildren(grid({ name: t("目标进展", "commitments") + "_" + end, caption: dated(t("目标进展", "Commitments"), end), columns: commitments(), rows: kept, group: group, kind: "commitments",
    none: t("没有符合条件的目标。", "No commitment fits.") })));
  const all = found.fct_progress_summary.filter(row => row.summary_by === "all");
  const made = h("section", {}, heading(t("总体情况", "Overview"), h("div", { class: "filter" }, periods(path, asked, index.judged, end))),
    all.map(numbers), summary(path, asked, found.fct_progress_summary),
    h("h3", {}, t("目标清单", "List of commitments")), bar.bar, listed,
    h("p", { class: "note" }, t("应达进度：具名工程和有分月计划的为计划进度，其他为往年同期占全年比重的平均（季节性进度）；时序进度为月份数除以十二，仅供对照。“—”表示该目标不适用此项。",
      "Path: for named works and where there is a monthly plan the planned share, else the mean share of the year reached in earlier years (seasonal). Linear is month over twelve, for comparison only. “—”: does not apply to the commitment.")));
  bar.narrow();
  return { title: t("总体情况", "Overview"), content: made };
}
