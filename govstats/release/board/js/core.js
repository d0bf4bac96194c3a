// The data of the page, and words in the language that is shown.
const page = document, root = page.documentElement;
const index = JSON.parse(page.getElementById("index").textContent);
let english = /[?&]lang=en\b/.test(location.search);

function t(zh, en) { return english ? en : zh; }

// A name by code; a code without a name is shown as it is.
function named(list, code) {
  const found = code === null || code === undefined ? null : index.names[list][code];
  return found ? found[english ? 1 : 0] : code || "";
}
function word(list, code) {
  const found = (index.words[list] || {})[code];
  if (!found) { return code || ""; }
  return english ? found[1].charAt(0).toUpperCase() + found[1].slice(1) : found[0];
}
// The label of a period: its full one, or one without the year.
function period(end, isShort) {
  const found = index.periods[end];
  if (!found) { return end || ""; }
  if (english) { return isShort ? found[5].replace(/ \d{4}$/, "") : found[5]; }
  return found[isShort ? 4 : 3];
}
function month(end) { return index.periods[end][2]; }
function year(end) { return index.periods[end][1]; }

// Rows of a packed table by column; each knows its mart.
function unpacked(tables) {
  const made = {};
  Object.keys(tables).forEach(mart => {
    const columns = tables[mart].columns;
    made[mart] = tables[mart].rows.map(values => {
      const row = { $mart: mart };
      for (let i = 0; i < columns.length; i += 1) { row[columns[i]] = values[i]; }
      return row;
    });
  });
  return made;
}
const tables = unpacked(index.tables);
const latest = index.judged[index.judged.length - 1];
const targets = new Map(tables.dim_target.map(row => [row.target_id, row]));

const opened = new Map();
// The tables of a chunk; one that is not there has none.
function chunk(name) {
  if (!opened.has(name)) { opened.set(name, open(name)); }
  return opened.get(name);
}
async function open(name) {
  const id = "chunk:" + name;
  if (!page.getElementById(id) && page.readyState === "loading") {
    await new Promise(done => page.addEventListener("DOMContentLoaded", done));
  }
  const element = page.getElementById(id);
  if (!element) { return {}; }
  if (typeof DecompressionStream === "undefined") {
    throw new Error(t("浏览器版本过旧，请换用 2023 年以后的版本", "the browser is too old: use one of 2023 or later"));
  }
  const packed = atob(element.textContent), bytes = new Uint8Array(packed.length);
  for (let i = 0; i < packed.length; i += 1) { bytes[i] = packed.charCodeAt(i); }
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return unpacked(JSON.parse(await new Response(stream).text()));
}
// The overview of a period: that of the latest lies in the index.
async function overviewOf(end) { return end === latest ? tables : chunk("period:" + end); }
