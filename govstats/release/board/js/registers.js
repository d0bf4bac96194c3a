// Registers: key projects and livelihood items of one period.
function absence(row) { return row.absence ? word("absence", row.absence) : t("无数据", "No data"); }
function noShare(row) { return row.no_completion_reason ? word("no_completion_reason", row.no_completion_reason) : absence(row); }
function field(zh, en, name, value, worded, isSorted) { return { name: name, label: t(zh, en), value: value, word: worded || String, isSorted: isSorted }; }

// A view of one period: title, filters and a table of what fits.
async function register(path, asked, view) {
  const ends = index.views[path] || [];
  if (!ends.length) { return { title: view.title, content: h("section", {}, heading(view.title), h("p", { class: "none" }, t("没有数据。", "No data."))) }; }
  const end = chosenOf(asked, ends), found = await chunk(path + ":" + end), rows = found[view.mart];
  asked.period = end;
  const listed = h("div", { id: "list" });
  // A column that no row has a figure for says nothing.
  const columns = view.columns.filter(each => typeof each.column !== "string" || each.missing || rows.some(row => row[each.column] !== null));
  const bar = filters(path, asked, view.fields, rows, view.searched, kept => listed.replaceChildren(grid({
    name: view.file + "_" + end, caption: dated(view.title, end), columns: columns, isWithin: view.isWithin, rows: view.ordered ? view.ordered(kept) : kept, group: view.group, kind: view.kind })));
  const content = h("section", {}, heading(view.title, h("div", { class: "filter" }, periods(path, asked, ends, end))),
    view.above ? view.above(rows, asked) : "", bar.bar, listed, view.note ? h("p", { class: "note" }, view.note) : "");
  bar.narrow();
  return { title: view.title, content: content };
}
// The stage as understood; words of a sheet that are not understood are not guessed at.
function stageName(row) {
  if (row.stage) { return named("stages", row.stage); }
  return row.stage_text ? t("用语未识别", "not understood") : absence(row);
}
function lead(row) { return row.lead_department_code ? named("departments", row.lead_department_code) : row.lead_zh || ""; }
function counted(list) {
  return rows => h("p", { class: "tally" }, Array.from(rows.reduce((all, row) => all.set(row.state, (all.get(row.state) || 0) + 1), new Map()))
    .map(each => h("span", {}, state(list, each[0]), " " + each[1] + t(" 项", ""))));
}

function projects(path, asked) {
  return register(path, asked, {
    title: t("重点项目", "Key projects"), mart: "fct_key_project", file: t("重点项目", "projects"), kind: "projects", above: counted("project_state"),
    group: row => row.section || "",
    fields: [field("状态", "State", "state", row => row.state, code => word("project_state", code)), field("类别", "Group", "section", row => row.section),
      field("牵头部门", "Lead", "department", row => row.lead_department_code, code => named("departments", code), true),
      field("所在地", "Area", "area", row => row.ref_area, code => named("areas", code), true)],
    searched: row => [row.entry_name, row.section, lead(row), row.stage_text, row.file].join(" "),
    columns: [
      column("项目", "Project", { isHead: true, show: row => [row.entry_name, h("span", { class: "part" }, [lead(row), row.ref_area ? named("areas", row.ref_area) : ""].filter(Boolean).join(" · "))], take: row => row.entry_name }),
      column("状态", "State", { show: row => state("project_state", row.state), take: row => word("project_state", row.state) }),
      column("总投资", "Total", { column: "total_value", unitOf: "unit_measure", missing: absence }),
      column("年度计划", "Plan", { column: "plan_value", unitOf: "unit_measure", missing: absence }),
      column("年度完成", "Done", { column: "done_value", unitOf: "unit_measure", missing: absence }),
      column("完成率", "Done", { column: "completion_pct", unit: "%", kind: "share", missing: noShare }),
      column("季节性进度", "Seasonal", { column: "expected_pct_seasonal", unit: "%", kind: "share" }),
      column("时序进度", "Linear", { column: "expected_pct_linear", unit: "%", kind: "share" }),
      column("形象进度", "Stage", { show: row => [stageName(row), h("span", { class: "part" }, row.stage_text || "")], take: row => [stageName(row), row.stage_text].filter(Boolean).join("："), cls: "stage" }),
      column("期限", "Due", { take: row => row.due_date || "—", cls: "time" }),
      where("", "", { cell: ["done_cell", "stage_cell"] })]
  });
}

function livelihood(path, asked) {
  return register(path, asked, {
    title: t("民生实事", "Livelihood items"), mart: "fct_livelihood_item", file: t("民生实事", "livelihood"), kind: "livelihood", above: counted("livelihood_state"),
    group: row => row.section || "",
    fields: [field("状态", "State", "state", row => row.state, code => word("livelihood_state", code)), field("类别", "Group", "section", row => row.section),
      field("牵头部门", "Lead", "department", row => row.lead_department_code, code => named("departments", code), true)],
    searched: row => [row.entry_name, row.section, lead(row), row.task_text, row.done_text, row.file].join(" "),
    columns: [
      column("事项", "Item", { isHead: true, show: row => [row.entry_name, h("span", { class: "part" }, lead(row))], take: row => row.entry_name }),
      column("状态", "State", { show: row => state("livelihood_state", row.state), take: row => word("livelihood_state", row.state) }),
      column("年度任务", "Task", { column: "task_value", unitOf: "unit_measure", missing: row => row.task_text || absence(row) }),
      column("已完成", "Done", { column: "done_value", unitOf: "unit_measure", missing: row => row.done_text || absence(row) }),
      column("完成率", "Completion", { column: "completion_pct", unit: "%", kind: "share", missing: noShare }),
      column("上报完成率", "As reported", { column: "reported_completion_pct", unit: "%", kind: "share" }),
      column("季节性进度", "Seasonal", { column: "expected_pct_seasonal", unit: "%", kind: "share" }),
      column("时序进度", "Linear", { column: "expected_pct_linear", unit: "%", kind: "share" }),
      where("", "", { cell: ["task_cell", "cell", "completion_cell"] })]
  });
}
