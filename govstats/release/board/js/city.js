// The district beside the other counties, and the city as a whole.
function isOwn(row) { return index.district.includes(row.ref_area); }
// Where the district itself stands, one line an indicator.
function ownPlace(rows, asked) {
  return grid({ name: t("本区位次", "own_place") + "_" + asked.period, caption: t("本区在全市的位置", "Where the district stands"), rows: rows.filter(isOwn), kind: "narrow", columns: [
    column("指标", "Indicator", { isHead: true, take: row => named("indicators", row.indicator_code) }),
    column("地区", "Area", { take: row => named("areas", row.ref_area) }),
    column("增速", "Growth", { column: "growth_pct", unit: "%", kind: "share", missing: t("未公布", "not published") }),
    column("与全市之差", "Against the city", { column: "difference_from_city_pp", unit: "百分点", kind: "gap" }),
    column("位次", "Rank", { column: "rank_computed", kind: "rank" }),
    column("排位依据", "Ranked by", { take: row => word("measure", row.rank_basis) }),
    column("参加排位", "Ranked", { column: "n_peers", unit: t("个", ""), kind: "count" })
  ] });
}
function city(path, asked) {
  return register(path, asked, {
    title: t("全市比较", "Comparison with the city"), mart: "fct_peer_comparison", file: t("全市比较", "city"), kind: "city", above: ownPlace,
    group: row => named("indicators", row.indicator_code), isWithin: true,
    ordered: rows => rows.slice().sort((a, b) => compared(a.indicator_code, b.indicator_code) || compared(a.is_peer ? 1 : 0, b.is_peer ? 1 : 0) ||
      compared(a.rank_computed, b.rank_computed) || compared(a.ref_area, b.ref_area)),
    fields: [field("指标", "Indicator", "indicator", row => row.indicator_code, code => named("indicators", code)),
      field("地区", "Area", "area", row => row.ref_area, code => named("areas", code))],
    searched: row => [named("areas", row.ref_area), named("indicators", row.indicator_code), row.file].join(" "),
    note: t("位次在同级县（市、区）中排列；全市和功能区不参加排位。与全市之差为增速之差。", "Ranks are among counties and districts; the city and functional zones have none. The difference from the city is one of growth."),
    columns: [
      column("地区", "Area", { isHead: true, take: row => named("areas", row.ref_area),
        show: row => isOwn(row) ? h("b", { class: "own" }, "▶ " + named("areas", row.ref_area)) : named("areas", row.ref_area) }),
      column("指标", "Indicator", { only: "file", take: row => named("indicators", row.indicator_code) }),
      column("总量", "Level", { column: "obs_value", unitOf: "unit_measure", missing: t("未公布", "not published") }),
      column("增速", "Growth", { column: "growth_pct", unit: "%", kind: "share", missing: t("未公布", "not published") }),
      column("与全市之差", "Against the city", { column: "difference_from_city_pp", unit: "百分点", kind: "gap" }),
      column("位次", "Rank", { column: "rank_computed", kind: "rank" }),
      column("上报位次", "As reported", { column: "rank_reported", kind: "rank" }),
      column("排位依据", "Ranked by", { take: row => word("measure", row.rank_basis) }), where()]
  });
}
