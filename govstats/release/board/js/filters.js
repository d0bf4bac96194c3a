// Narrowing rows: each field is a list of the values that occur, and words are looked for.
//
// A field: {name, label, value(row), word(value)}. `asked` holds what the address asks for and is
// kept in step with the fields, so that going back finds the list as it was left.
function filters(path, asked, fields, rows, searched, changed) {
  function fits(row) {
    return fields.every(field => !asked[field.name] || String(field.value(row)) === asked[field.name]) &&
      (!asked.q || asked.q.toLowerCase().split(/\s+/).every(part => searched(row).toLowerCase().includes(part)));
  }
  const said = h("span", { class: "said", role: "status" });
  function narrow() {
    const found = rows.filter(fits), is = fields.some(field => asked[field.name]) || asked.q;
    said.textContent = is ? t("已筛选：列示 " + found.length + " 条，共 " + rows.length + " 条", "Narrowed: " + found.length + " of " + rows.length + " shown")
      : t("共 " + rows.length + " 条", rows.length + " in all");
    history.replaceState(null, "", route(path, asked));
    changed(found);
  }
  const bar = h("form", { class: "filter", role: "search", "aria-label": t("筛选", "Narrow"), onsubmit: event => event.preventDefault() });
  fields.forEach(field => {
    const values = Array.from(new Set(rows.map(row => field.value(row)).filter(value => value !== null && value !== undefined && value !== "")).values());
    const options = values.map(value => [String(value), field.word(value)]);
    // An address may ask for what this period does not have.
    if (asked[field.name] && !values.map(String).includes(asked[field.name])) { asked[field.name] = ""; }
    if (field.isSorted) { options.sort((a, b) => a[1].localeCompare(b[1], "zh-CN")); }
    if (options.length > 1) {
      bar.append(choice(field.name, field.label, [["", t("全部", "All")]].concat(options), asked[field.name] || "", value => { asked[field.name] = value; narrow(); }));
    }
  });
  const search = h("input", { type: "search", id: "f-q", name: "q", value: asked.q || "", placeholder: t("名称、要求、文件等", "name, words, file"), oninput: event => { asked.q = event.target.value.trim(); narrow(); } });
  bar.append(h("label", {}, h("span", {}, t("查找", "Find")), search),
    h("button", { type: "button", onclick: () => {
      fields.forEach(field => { asked[field.name] = ""; });
      asked.q = "";
      bar.querySelectorAll("select").forEach(each => { each.value = ""; });
      search.value = "";
      narrow();
    } }, t("清除", "Clear")), said);
  return { bar: bar, narrow: narrow };
}

// The period of a view; another one is another page, so that going back returns to this one.
function periods(path, asked, ends, chosen) {
  return choice("period", t("报告期", "Period"), ends.slice().reverse().map(end => [end, period(end)]), chosen,
    value => { location.hash = route(path, Object.assign({}, asked, { period: value })); });
}
function chosenOf(asked, ends) { return ends.includes(asked.period) ? asked.period : ends[ends.length - 1]; }
