// The page of one commitment: how it stands, its series, and everything the judgement rests on.
function facts(target) {
  const item = (zh, en, content) => content ? h("div", {}, h("dt", {}, t(zh, en)), h("dd", {}, content)) : null;
  return h("dl", { class: "facts" },
    item("要求", "Demand", target.demand_zh),
    item("出处", "Source", target.source_section),
    item("约束力", "Strength", word("strength", target.strength)), item("类型", "Kind", word("target_kind", target.kind)),
    item("牵头部门", "Lead department", named("departments", target.lead_department_code)),
    item("指标", "Indicator", target.indicator_code ? named("indicators", target.indicator_code) : ""),
    item("口径", "Scope", word("scope", target.scope) + t("，", ", ") + word("period_type", target.period_type)),
    item("进度方法", "Path", word("path_method", target.path_method)),
    item("代表指标", "Proxy", target.proxy_zh), english ? item("备注", "Note", target.note) : null,
    item("代码", "Code", h("code", {}, target.target_id)));
}

function standing(row) {
  const cell = (label, content) => h("div", {}, h("dt", {}, label), h("dd", { class: "big" }, content));
  const is = name => row[name] !== null;
  return h("dl", { class: "numbers" },
    cell(t("进展", "Standing"), light(row.light, word("status", row.status))),
    cell(t("实际值", "Actual"), figure(row, "actual_value", row.unit_measure, "share", noData(row))),
    cell(t("目标值", "Target"), figure(row, "target_value", row.unit_measure, "plain")),
    is("completion_pct") ? cell(t("完成率", "Done"), figure(row, "completion_pct", "%", "share")) : null,
    is(expected(row)) ? cell(t("应达进度", "Path"), figure(row, expected(row), "%", "share")) : null,
    is("expected_pct_linear") ? cell(t("时序进度", "Linear"), figure(row, "expected_pct_linear", "%", "share")) : null,
    cell(t("差距", "Gap"), figure(row, "gap", row.gap_unit, "gap")),
    is("base_value") ? cell(t("上年同期", "Last year"), figure(row, "base_value", row.cell_unit || row.unit_measure, "plain")) : null,
    is("remaining_value") ? cell(t("尚差", "Still missing"), figure(row, "remaining_value", row.unit_measure, "share")) : null,
    is("required_rest_value") ? cell(t("其余月份需同比", "Rest must grow"), figure(row, "required_rest_value", row.required_rest_unit, "share")) : null);
}

// Levels and named works are drawn in percent of the target, what has no path as it is.
function drawn(target, rows, found, end) {
  const years = found.fct_target_path_year, way = found.fct_target_path;
  const pointsOf = (of, name) => of.filter(row => row[columnOf(name, row)] !== null).map(row => [month(row.period_end), row[columnOf(name, row)]]);
  const points = name => pointsOf(rows, name);
  const isShare = points("completion_pct").length > 0;
  const actual = { name: isShare ? t("● 完成率", "● done") : t("● 实际值", "● actual"), cls: "actual", mark: "disc", points: points(isShare ? "completion_pct" : "actual_value") };
  const earlier = Array.from(new Set(years.map(row => row.earlier_year)).values()).map(each => ({
    name: t(each + "年占全年", "share " + each), cls: "earlier", points: years.filter(row => row.earlier_year === each && row.share_pct !== null).map(row => [month(row.period_end), row.share_pct])
  }));
  const lines = isShare ? earlier.concat([{ name: t("··· 时序进度", "··· linear"), cls: "linear", points: way.length ? pointsOf(way, "expected_pct_linear") : points("expected_pct_linear") },
    { name: t("◆ 应达进度", "◆ path"), cls: "path-line", mark: "diamond", points: way.length ? pointsOf(way, "expected_pct") : points(expected) }, actual]) : [actual];
  const last = rows[rows.length - 1];
  const level = isShare ? { name: t("年度目标 100%", "target 100%"), value: "100" }
    : last.target_value !== null ? { name: t("目标 ", "target ") + number(last.target_value), value: last.target_value } : null;
  const what = isShare ? t("完成率与应达进度、时序进度，占年度目标的百分比", "share of the target reached, with path and linear path, in percent") : t("各期实际值与目标", "actual figures and target");
  const made = chart({ at: month(end), lines: lines, level: level, months: shortMonths(way.length ? way : rows), unit: isShare ? "%" : unitName(last.unit_measure),
    alt: targetName(target) + t("：", ": ") + what + t("；数值见下表", "; the figures stand in the table below") });
  return made ? h("figure", { class: "drawing" }, made, h("figcaption", {}, what + t("。", "."))) : null;
}
// Months of the axis: every label is short, the table has the full names.
function shortMonths(rows) {
  return rows.map(row => [month(row.period_end), t(month(row.period_end) + "月", new Intl.DateTimeFormat("en", { month: "short", timeZone: "UTC" }).format(new Date(row.period_end)))]);
}

function series(target, rows) {
  return grid({ name: "series_" + target.target_id, caption: t("各期进展", "Period by period"), rows: rows, kind: "series", columns: [
    column("报告期", "Period", { isHead: true, show: row => link("target/" + encodeURIComponent(target.target_id), { period: row.period_end }, period(row.period_end)), take: row => period(row.period_end), sort: row => row.period_end }),
    column("进展", "Standing", { show: row => light(row.light, word("status", row.status)), take: row => (index.shapes.light[row.light] || PLAIN)[0] + " " + word("status", row.status) }),
    column("实际值", "Actual", { column: "actual_value", unitOf: "unit_measure", missing: noData }),
    column("完成率", "Done", { column: "completion_pct", unit: "%", kind: "share" }),
    column("计划进度", "Planned", { column: "expected_pct_planned", unit: "%", kind: "share" }),
    column("季节性进度", "Seasonal", { column: "expected_pct_seasonal", unit: "%", kind: "share" }),
    column("时序进度", "Linear", { column: "expected_pct_linear", unit: "%", kind: "share" }),
    column("差距", "Gap", { column: "gap", unitOf: "gap_unit", kind: "gap" }),
    column("表中数值", "In the cell", { column: "cell_value", unitOf: "cell_unit", missing: row => row.file ? "—" : noData(row) }), where()
  ].filter(each => typeof each.column !== "string" || each.missing || rows.some(row => row[each.column] !== null)) });
}

function turned(found, target) {
  const rows = (found.fct_quarter_review || []).filter(row => row.target_id === target.target_id);
  return rows.length ? grid({ name: "quarters_" + target.target_id, caption: t("季度讲评", "Quarter by quarter"), rows: rows, kind: "narrow", columns: [
    column("季末", "Quarter end", { isHead: true, take: row => period(row.period_end), sort: row => row.period_end }),
    column("变动", "Movement", { take: row => word("movement", row.movement) }),
    column("上季", "Before", { show: row => row.previous_light ? light(row.previous_light, word("status", row.previous_status)) : "—", take: row => row.previous_status ? word("status", row.previous_status) : "" }),
    column("本季", "Now", { show: row => light(row.light, word("status", row.status)), take: row => word("status", row.status) }),
    column("比上季", "Change", { column: "change_value", unitOf: "unit_measure", kind: "gap" })
  ] }) : null;
}

async function targetPage(path, asked, code) {
  const target = targets.get(code);
  if (!target) { return { title: t("没有这项目标", "No such commitment"), content: h("section", {}, heading(t("没有这项目标", "No such commitment")), h("p", {}, h("code", {}, code))) }; }
  const found = await chunk("targets:" + index.groups[code]);
  const own = {};
  Object.keys(found).forEach(mart => { own[mart] = found[mart].filter(row => row.target_id === undefined || row.target_id === code); });
  const rows = own.fct_target_progress.filter(row => index.judged.includes(row.period_end));
  const end = chosenOf(asked, index.judged), row = rows.find(each => each.period_end === end);
  const order = tables.dim_target.indexOf(target), beside = step => tables.dim_target[order + step];
  const to = (other, label, cls) => other ? link("target/" + encodeURIComponent(other.target_id), { period: end }, label + targetName(other), { class: cls }) : h("span", {});
  const content = h("section", { class: "target" },
    h("p", { class: "crumbs" }, link("", { period: end, section: target.section }, target.section)),
    heading(targetName(target), h("div", { class: "filter" }, periods(path, asked, index.judged, end))),
    facts(target));
  if (!row) {
    content.append(h("p", { class: "none" }, t("本期没有判断。", "Not judged in this period.")));
  } else {
    content.append(standing(row), ...[
      titled("判断依据", "How it was judged", h("p", { class: "working", lang: english ? "zh-CN" : null }, typeset(row.working || ""), h("br"), place(row))),
      titled("走势", "Course of the year", [drawn(target, rows, own, end), series(target, rows)]),
      titled("进度怎样算出", "How the path was made", wayOf(own, target, end)),
      titled("全年预计", "Outlook", outlookOf(own, end)),
      titled("具名事项", "Named works", worksOf(own, target, end)),
      titled("每个数据的文件、工作表和单元格", "File, sheet and cell of every figure", evidenceOf(own, target, end)),
      titled("各版数据", "Vintages", vintagesOf(own, target)), titled("数据修订", "Revisions", revisionsOf(own, target)),
      titled("季度变动", "Quarters", turned(own, target))
    ].flat(3).filter(Boolean));
  }
  content.append(h("p", { class: "note trace" }, t("命令行查证：", "To trace it: "), h("code", {}, "govstats trace " + code + " --period " + end.slice(0, 7))),
    h("nav", { class: "beside", "aria-label": t("前后目标", "Neighbours") }, to(beside(-1), "← ", "previous"), to(beside(1), "→ ", "next")));
  return { title: targetName(target), content: content };
}
