// Submissions: departments by period, and every sheet that was due.
const DUTIES = [["on_time", "n_on_time"], ["late", "n_late"], ["held", "n_held"], ["missing", "n_missing"], ["not_due", "n_not_due"]];

function turnout(path, asked, rows) {
  const ends = Array.from(new Set(rows.map(row => row.period_end)).values()).sort();
  const lines = new Map();
  rows.forEach(row => { lines.set(row.department_code, Object.assign(lines.get(row.department_code) || { department_code: row.department_code }, { [row.period_end]: row })); });
  const said = row => DUTIES.filter(each => row[each[1]]);
  const columns = [column("部门", "Department", { isHead: true, take: line => named("departments", line.department_code),
    show: line => link(path, Object.assign({}, asked, { department: line.department_code }), named("departments", line.department_code)) })]
    .concat(ends.map(end => ({
      head: period(end, true), cls: "duty",
      show: line => line[end] ? link(path, Object.assign({}, asked, { department: line.department_code, end: end }), said(line[end]).map(each => h("span", { class: "one" }, state("duty_state", each[0]), " ", figure(line[end], each[1], "", "count")))) : h("span", { class: "none" }, "—"),
      take: line => line[end] ? said(line[end]).map(each => shapeOf("duty_state", each[0])[0] + " " + word("duty_state", each[0]) + " " + line[end][each[1]]).join(t("；", "; ")) : "",
      sort: line => line[end] ? -(line[end].n_missing + line[end].n_held + line[end].n_late) : null
    })));
  return grid({ name: t("报送日历", "submissions") + "_" + asked.year, caption: t("各部门各期报送情况（张）", "Sheets by department and period"), columns: columns, rows: Array.from(lines.values()), isMatrix: true, kind: "turnout" });
}

async function calendar(path, asked) {
  const title = t("报送日历", "Submissions"), years = index.views.year;
  const chosen = years.includes(asked.year) ? asked.year : years[years.length - 1];
  asked.year = chosen;
  const found = await chunk("year:" + chosen), rows = (found.fct_reporting_duty || []).slice().sort((a, b) => compared(b.period_end, a.period_end) || compared(a.department_code, b.department_code) || compared(a.layout_id, b.layout_id));
  const listed = h("div", { id: "list" });
  const fields = [field("部门", "Department", "department", row => row.department_code, code => named("departments", code), true),
    field("报告期", "Period", "end", row => row.period_end, period), field("状态", "State", "state", row => row.state, code => shapeOf("duty_state", code)[0] + " " + word("duty_state", code))];
  const bar = filters(path, asked, fields, rows, row => [named("layouts", row.layout_id), row.layout_zh, row.file, row.held_file, named("departments", row.department_code)].join(" "),
    kept => listed.replaceChildren(grid({ group: row => period(row.period_end), name: t("应报报表", "duties") + "_" + chosen, caption: t("应报报表", "Sheets due"), rows: kept, kind: "duties", columns: [
      column("报表", "Sheet", { isHead: true, take: row => named("layouts", row.layout_id) }),
      column("部门", "Department", { take: row => named("departments", row.department_code) }),
      column("报告期", "Period", { only: "file", take: row => period(row.period_end), sort: row => row.period_end }),
      column("状态", "State", { show: row => state("duty_state", row.state), take: row => word("duty_state", row.state) }),
      column("截止日期", "Due", { take: row => row.due_date || "—", cls: "time" }),
      column("收到时间", "Received", { take: row => row.first_received_at || t("未收到", "not received"), cls: "time" }),
      column("迟报天数", "Days late", { column: "n_days_late", unit: t("天", "days"), kind: "count" }),
      column("修订", "Revisions", { column: "n_revisions", unit: t("次", ""), kind: "count" }),
      column("采用文件", "File in use", { show: row => row.file || row.held_file ? h("span", { class: "path" }, row.file || row.held_file) : "—", take: row => row.file || row.held_file || "" })
    ] })));
  const content = h("section", {}, heading(title, h("div", { class: "filter" }, choice("year", t("年份", "Year"), years.slice().reverse().map(each => [each, each]), chosen,
    value => { location.hash = route(path, { year: value }); }))), turnout(path, asked, found.fct_department_quality || []),
  h("h3", {}, t("应报报表清单", "Sheets due")), bar.bar, listed,
  h("p", { class: "note" }, t("审核意见见", "For the findings of the audit see the "), h("a", { href: "../validation/index.html#findings" }, t("数据质量审核报告", "validation report")), t("。", ".")));
  bar.narrow();
  return { title: title, content: content };
}
