// A table of rows that can be sorted, turned page by page, and taken along as a file.
//
// A column: {head, show(row) -> element or text} and for a figure {head, column, unit, kind,
// missing}; `unit` is a unit, or with `unitOf` the column that holds it. `take(row)` is what a
// file gets, `sort(row)` what it is ordered by; `isHead` marks the column that names the row.
const PAGE_ROWS = 100;
let grids = 0;

function columnOf(value, row) { return typeof value === "function" ? value(row) : value; }
function unitOf(column, row) { return column.unitOf ? row[column.unitOf] : column.unit; }
function missingOf(column, row) { return columnOf(column.missing, row) || "—"; }

function cellOf(column, row) {
  if (column.show) { return column.show(row); }
  if (column.column) {
    return figure(row, columnOf(column.column, row), unitOf(column, row), column.kind, missingOf(column, row));
  }
  return column.take(row);
}
// What a file gets of a cell: the figure of the mart in all its digits, or words.
function takenOf(column, row) {
  if (column.take) { return column.take(row); }
  const value = row[columnOf(column.column, row)];
  if (value === null || value === undefined) { return missingOf(column, row); }
  return { figure: String(value) };
}
function sortOf(column, row) {
  if (column.sort) { return column.sort(row); }
  const taken = takenOf(column, row);
  if (taken && typeof taken === "object") { return Number(taken.figure); }
  return column.column ? null : taken || "";
}
function headText(column) { return column.head + (column.unit ? t("（" + unitName(column.unit) + "）", " (" + unitName(column.unit) + ")") : ""); }

// The table as lines of a file; a unit that differs by row has a column of its own.
function taken(columns, rows) {
  const heads = [], reads = [];
  columns.forEach(column => {
    heads.push(headText(column));
    reads.push(row => takenOf(column, row));
    if (column.unitOf) { heads.push(column.head + t("单位", " unit")); reads.push(row => row[column.unitOf] || ""); }
  });
  return [heads, rows.map(row => reads.map(read => read(row)))];
}

function compared(a, b) {
  if (a === b) { return 0; }
  if (a === null) { return 1; }
  if (b === null) { return -1; }
  return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "zh-CN");
}

// options: name (of the file), caption, columns, rows, kind (class), group(row) -> text; with
// isWithin rows are sorted within their groups. A column `only: "file"` is not on the page, where a
// group or a second line says the same.
function grid(options) {
  const id = "g" + (grids += 1), at = { page: 0, by: null, down: false };
  const box = h("div", { class: "grid" }), columns = options.columns.filter(column => column.only !== "file");
  function ordered() {
    if (at.by === null) { return options.rows; }
    const places = new Map(), column = columns[at.by];
    const groupOf = row => {
      const name = options.isWithin ? options.group(row) : "";
      if (!places.has(name)) { places.set(name, places.size); }
      return places.get(name);
    };
    const keyed = options.rows.map(row => [sortOf(column, row), row, groupOf(row)]);
    // No figure stays at the end in both directions.
    keyed.sort((a, b) => a[2] - b[2] || (a[0] === null || b[0] === null ? compared(a[0], b[0]) : (at.down ? -1 : 1) * compared(a[0], b[0])));
    return keyed.map(each => each[1]);
  }
  function sortBy(place) {
    at.down = at.by === place ? !at.down : false;
    at.by = place;
    at.page = 0;
    draw();
    box.querySelectorAll("thead button")[place].focus();
  }
  function turn(step) {
    at.page += step;
    draw();
    box.querySelector(".frame").focus();
  }
  function draw() {
    const rows = ordered(), pages = Math.max(1, Math.ceil(rows.length / PAGE_ROWS));
    const part = rows.slice(at.page * PAGE_ROWS, (at.page + 1) * PAGE_ROWS);
    box.replaceChildren(rows.length ? frame(options, columns, id, part, at, sortBy) : h("p", { class: "none" }, options.none || t("没有符合条件的条目。", "Nothing fits.")),
      tools(options, rows, at, pages, turn));
  }
  draw();
  return box;
}

function frame(options, columns, id, rows, at, sortBy) {
  const heads = columns.map((column, place) => h("th", {
    scope: "col", role: "columnheader", class: isFigure(column) ? "n" : "",
    "aria-sort": at.by === place ? (at.down ? "descending" : "ascending") : null
  }, h("button", { type: "button", class: "order", onclick: () => sortBy(place) }, headText(column),
    h("span", { "aria-hidden": "true" }, at.by === place ? (at.down ? " ↓" : " ↑") : ""))));
  let before = null;
  const lines = rows.flatMap(row => {
    const group = options.group && (at.by === null || options.isWithin) ? options.group(row) : null;
    const made = [line(columns, row)];
    if (group !== null && group !== before) {
      made.unshift(h("tr", { class: "group", role: "row" }, h("th", { scope: "rowgroup", role: "rowheader", colspan: columns.length }, group)));
    }
    before = group;
    return made;
  });
  return h("div", { class: "frame", role: "region", "aria-labelledby": id, tabindex: "0" },
    h("table", { class: (options.isMatrix ? "matrix " : "cards ") + (options.kind || ""), role: "table" }, h("caption", { id: id }, options.caption),
      h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, heads)), h("tbody", { role: "rowgroup" }, lines)));
}
function isFigure(column) { return Boolean(column.column) || column.isNumber; }
function line(columns, row) {
  return h("tr", { role: "row" }, columns.map(column => column.isHead
    ? h("th", { scope: "row", role: "rowheader" }, cellOf(column, row))
    : h("td", { role: "cell", class: isFigure(column) ? "n" : column.cls || "", "data-head": column.head }, cellOf(column, row))));
}
function tools(options, rows, at, pages, turn) {
  if (!rows.length) { return h("p", { class: "tools" }); }
  const save = (label, write) => h("button", { type: "button", onclick: () => write(options.name, ...taken(options.columns, rows)) }, label);
  const first = at.page * PAGE_ROWS + 1, last = Math.min(rows.length, first + PAGE_ROWS - 1);
  return h("p", { class: "tools" },
    pages > 1 ? h("span", { class: "pager" },
      h("button", { type: "button", class: "back", disabled: at.page === 0, onclick: () => turn(-1) }, t("上一页", "Previous")),
      t(" 第 " + first + "—" + last + " 条，共 " + rows.length + " 条 ", " " + first + "–" + last + " of " + rows.length + " "),
      h("button", { type: "button", class: "on", disabled: at.page === pages - 1, onclick: () => turn(1) }, t("下一页", "Next"))) : null,
    h("span", { class: "save" }, save(t("下载 CSV", "Download csv"), downloadCsv), save(t("下载 Excel", "Download xlsx"), downloadXlsx)));
}
