// Building elements; text is always text, never markup.
function h(tag, attributes) {
  const made = page.createElement(tag);
  fill(made, attributes);
  made.append(...Array.prototype.slice.call(arguments, 2).flat().filter(each => each !== null && each !== undefined && each !== "")
    .map(each => typeof each === "string" || typeof each === "number" ? printable(each) : each));
  return made;
}
function fill(element, attributes) {
  Object.keys(attributes || {}).forEach(name => {
    const value = attributes[name];
    if (name.startsWith("on")) { element.addEventListener(name.slice(2), value); return; }
    if (value !== null && value !== undefined && value !== false) { element.setAttribute(name, value === true ? "" : printable(value)); }
  });
}
function svg(tag, attributes, text) {
  const made = page.createElementNS("http://www.w3.org/2000/svg", tag);
  fill(made, attributes);
  if (text !== undefined) { made.append(printable(text)); }
  return made;
}

// A judgement: the shape and the word carry it, the tone only echoes them.
function sign(shape, tone, text) {
  return h("span", { class: "sign " + tone }, h("span", { class: "shape", "aria-hidden": "true" }, shape), text);
}
const PLAIN = ["○", "grey"];
function light(code, text) {
  const shape = index.shapes.light[code] || PLAIN;
  return sign(shape[0], shape[1], text || word("light", code));
}
// A state of a list: its own shape, or one by whether the state asks for attention.
function shapeOf(list, code) {
  const own = (index.shapes[list] || {})[code], told = (index.states[list] || {})[code];
  if (own) { return own; }
  if (!told || told[1] && !told[0]) { return PLAIN; }
  return told[0] ? ["▲", "amber"] : ["●", "green"];
}
function state(list, code, text) {
  const shape = shapeOf(list, code);
  return sign(shape[0], shape[1], text || word(list, code));
}

// Where a figure was read: file, sheet and cell. A long path breaks after a folder or an underscore.
function place(row, columns) {
  const names = Object.assign({ file: "file", sheet: "sheet", cell: "cell" }, columns);
  if (!row[names.file]) { return h("span", { class: "none" }, "—"); }
  const parts = printable(row[names.file]).split(/(?<=[/_])/).flatMap(part => [part, h("wbr")]);
  const cells = [].concat(names.cell).map(name => row[name]).filter(Boolean).join(t("、", ", "));
  return h("span", { class: "path" }, parts, " ", h("b", { class: "spot" }, (row[names.sheet] || "") + (cells ? "!" + cells : "")));
}
function placeText(row, columns) {
  const names = Object.assign({ file: "file", sheet: "sheet", cell: "cell" }, columns);
  if (!row[names.file]) { return ""; }
  const cells = [].concat(names.cell).map(name => row[name]).filter(Boolean).join("、");
  return row[names.file] + " " + (row[names.sheet] || "") + (cells ? "!" + cells : "");
}

// A route as the address bar shows it, with what is asked of it.
function route(path, asked) {
  const query = new URLSearchParams();
  Object.keys(asked || {}).forEach(name => { if (asked[name]) { query.set(name, asked[name]); } });
  const text = query.toString();
  return "#/" + path + (text ? "?" + text : "");
}
function link(path, asked, children, attributes) {
  return h("a", Object.assign({ href: route(path, asked) }, attributes), children);
}
function choice(name, label, options, chosen, changed) {
  const select = h("select", { id: "f-" + name, name: name, onchange: event => changed(event.target.value) },
    options.map(each => h("option", { value: each[0], selected: each[0] === chosen }, each[1])));
  return h("label", {}, h("span", {}, label), select);
}
function dated(text, end) { return text + t("（" + period(end) + "）", " (" + period(end) + ")"); }
function heading(text, extra) { return h("div", { class: "head" }, h("h2", { tabindex: "-1" }, text), extra); }
function tell(text) { page.getElementById("told").textContent = text; }
