// Figures the way the bureau writes them, with the address of the mart's column they show.
// Controls and direction marks could hide or turn round what is read.
const UNPRINTABLE = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
function printable(text) { return String(text).replace(UNPRINTABLE, "\ufffd"); }

// Chinese prose with wide marks; what stands in quotes was found on a sheet and stays as it is.
const WIDE = { ",": "，", ";": "；", ":": "：" };
function typeset(text) {
  return printable(text).replace(/\(([^()]*[\u3400-\u9fff][^()]*)\)/g, "（$1）")
    .replace(/“[^”]*”|「[^」]*」|"[^"]*"|(?<=[\u3400-\u9fff）”」])[,;:]|[,;:](?=[\u3400-\u9fff（“「])/g, found => WIDE[found] || found);
}

// The address as the command `govstats trace` reads it.
function reference(row, column) {
  const key = index.keys[row.$mart].map(name => name + "=" + escaped(row[name])).join("&");
  return row.$mart + "/" + column + "?" + key;
}
function escaped(value) {
  const text = value === null || value === undefined ? "" : String(value);
  return text.replace(/[^A-Za-z0-9_.~\-/:]/gu, sign => {
    if (sign > "\x7f" && !/[\p{C}\p{Z}]/u.test(sign)) { return sign; }
    return Array.from(new TextEncoder().encode(sign), byte => "%" + (byte < 16 ? "0" : "") + byte.toString(16).toUpperCase()).join("");
  });
}

// A figure's digits with thousands marked and a true minus sign.
function number(text) {
  const parts = /^(-?)(\d+)(\.\d+)?$/.exec(String(text));
  if (!parts) { return String(text); }
  return (parts[1] ? "−" : "") + parts[2].replace(/\B(?=(\d{3})+$)/g, ",") + (parts[3] || "");
}
// To two decimals, half away from zero, on the digits; what would turn into nothing stays in full.
function rounded(text) {
  const parts = /^(-?)(\d+)\.(\d{3,})$/.exec(String(text));
  if (!parts) { return String(text); }
  let digits = BigInt(parts[2] + parts[3].slice(0, 2));
  if (parts[3].charAt(2) >= "5") { digits += 1n; }
  if (digits === 0n) { return String(text); }
  const all = String(digits).padStart(3, "0");
  const part = all.slice(-2).replace(/0+$/, "");
  return parts[1] + all.slice(0, -2) + (part ? "." + part : "");
}

// A unit in words. Percent signs stand against their figure.
function unitName(unit) {
  if (!unit || /^[%‰]/.test(unit)) { return unit || ""; }
  // "100 million yuan" is not to run into the figure before it.
  return named("units", unit).replace(/^(?=\d)/, "× ");
}
const RANK = /^位次$/;

// A figure as {number, unit}: kinds are plain, share (percent), gap (signed), rank, count.
function shown(value, unit, kind) {
  if (kind === "rank" || RANK.test(unit || "") && kind !== "gap") {
    return { number: t("第 " + number(value) + " 位", "rank " + number(value)), unit: "" };
  }
  const text = number(kind === "share" || kind === "gap" ? rounded(value) : value);
  const sign = kind === "gap" && /^\d/.test(text) && text !== "0" ? "+" : "";
  return { number: sign + text, unit: RANK.test(unit || "") ? t("位", "places") : unitName(unit) };
}

// An element that shows a figure; `missing` are the words where the mart has none.
function figure(row, column, unit, kind, missing) {
  const value = row[column], is = value !== null && value !== undefined;
  const made = h("span", { class: is ? "fig" : "fig none", "data-ref": reference(row, column), "data-value": is ? String(value) : "" });
  if (!is) { made.append(printable(missing || "—")); return made; }
  const parts = shown(value, unit, kind);
  made.append(parts.number);
  if (parts.unit) { made.append(h("span", { class: /^[%‰]/.test(parts.unit) ? "unit attached" : "unit" }, parts.unit)); }
  return made;
}
