// Areas of the district: their ranks at a glance, and each figure they answer for.
function noRank(row) { return row.absence ? absence(row) : t("不排位", "not ranked"); }
// What has no plan is watched, not judged: it gets no mark of success.
function areaState(row) { return row.completion_pct === null ? sign(PLAIN[0], PLAIN[1], word("area_state", row.state)) : state("area_state", row.state); }
function ranks(rows, asked) {
  const indicators = Array.from(new Set(rows.map(row => row.indicator_code)).values());
  const byArea = new Map();
  rows.forEach(row => { byArea.set(row.ref_area, Object.assign(byArea.get(row.ref_area) || { ref_area: row.ref_area }, { [row.indicator_code]: row })); });
  const lines = Array.from(byArea.values());
  const columns = [column("街道（乡）", "Area", { isHead: true, take: line => named("areas", line.ref_area),
    show: line => link("areas", Object.assign({}, asked, { area: line.ref_area }), named("areas", line.ref_area)) })]
    .concat(indicators.map(code => ({
      head: named("indicators", code), isNumber: true,
      show: line => line[code] ? [figure(line[code], "rank_computed", "", "rank", noRank(line[code])), h("span", { class: "part" }, areaState(line[code]))] : "—",
      take: line => line[code] && line[code].rank_computed !== null ? { figure: String(line[code].rank_computed) } : line[code] ? noRank(line[code]) : "",
      sort: line => line[code] ? line[code].rank_computed : null
    })));
  return [grid({ name: t("街道乡位次", "area_ranks") + "_" + asked.period, caption: t("位次一览", "Ranks at a glance"), columns: columns, rows: lines, isMatrix: true, kind: "ranks" }), h("h3", {}, t("逐项完成情况", "Figure by figure"))];
}
function areas(path, asked) {
  return register(path, asked, {
    title: t("街道（乡）", "Areas"), mart: "fct_area_scorecard", file: t("街道乡考核", "areas"), kind: "areas", above: ranks,
    group: row => named("indicators", row.indicator_code), isWithin: true,
    fields: [field("指标", "Indicator", "indicator", row => row.indicator_code, code => named("indicators", code)),
      field("街道（乡）", "Area", "area", row => row.ref_area, code => named("areas", code)), field("状态", "State", "state", row => row.state, code => word("area_state", code))],
    searched: row => [named("areas", row.ref_area), row.area_zh, named("indicators", row.indicator_code), row.file].join(" "),
    note: t("位次为按完成率（没有计划的按绝对量）算出的位次；并列的取较好位次。位次变动为比上期，正数为上升。", "Ranks are computed by completion, without a plan by level; equal figures share the better one. A positive change is places won since the period before."),
    columns: [
      column("指标", "Indicator", { only: "file", take: row => named("indicators", row.indicator_code) }),
      column("街道（乡）", "Area", { isHead: true, take: row => named("areas", row.ref_area) }),
      column("状态", "State", { show: areaState, take: row => word("area_state", row.state) }),
      column("位次", "Rank", { column: "rank_computed", kind: "rank", missing: noRank }),
      column("上报位次", "As reported", { column: "rank_reported", kind: "rank" }),
      column("位次变动", "Change", { column: "rank_change", kind: "gap", unit: "" }),
      column("完成数", "Done", { column: "obs_value", unitOf: "unit_measure", missing: absence }),
      column("计划数", "Plan", { column: "plan_value", unitOf: "unit_measure", missing: row => word("no_completion_reason", row.no_completion_reason) }),
      column("完成率", "Completion", { column: "completion_pct", unit: "%", kind: "share", missing: noShare }),
      column("季节性进度", "Seasonal", { column: "expected_pct_seasonal", unit: "%", kind: "share" }),
      column("时序进度", "Linear", { column: "expected_pct_linear", unit: "%", kind: "share" }),
      where("", "", { cell: ["plan_cell", "cell", "completion_cell", "rank_cell"] })]
  });
}
