// What a view shows, as a file: csv and xlsx, made in the page without a library.
//
//   downloadCsv(name, columns, rows)    downloadXlsx(name, columns, rows)
//
// name: of the file, without its ending, and of the sheet. columns: the texts of the header line.
// rows: arrays as long as columns. A cell is null (nothing), a text, a number, or a figure as the
// mart has it, {figure: "1234.50"}: written in all its digits, in xlsx as a number where a double
// holds it. A text never becomes a formula. The same arguments give the same bytes.
const downloads = (function () {
  // Controls, invisible marks and marks that turn the direction; halves of a pair.
  const HIDDEN = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]/gu;
  // What a spreadsheet program takes for the beginning of a formula, when it opens a csv (the wide
  // forms too, in China) and when a cell of a workbook is edited.
  const LIVE_CSV = /^(\s*[=+\-@＝＋－＠]|[\t\n])/, LIVE_CELL = /^\s*[=+\-@|%＝＋－＠]/;
  const NUMBER = /^[+-]?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?%?$/i;
  const FIGURE = /^-?[0-9]+(\.[0-9]+)?$/;
  const LONGEST = 32767, LONGEST_NAME = 31, DIGITS = 15, CUT = "…(过长,已截断)";

  function clean(text) { return String(text).replace(/\r\n/g, "\n").replace(HIDDEN, "\ufffd"); }

  // A cell as {text, isFigure}; nothing is the empty text.
  function read(cell) {
    if (cell === null || cell === undefined) { return { text: "", isFigure: false }; }
    const bare = typeof cell === "object" ? cell.figure : cell;
    if (bare === null || bare === undefined) { return { text: "", isFigure: false }; }
    const text = clean(bare);
    return { text: text, isFigure: typeof cell !== "string" && FIGURE.test(text) };
  }

  // Whether a double shows this very figure.
  function fits(text) { return text.replace(/[-.]/g, "").replace(/^0+/, "").length <= DIGITS; }

  function csvCell(cell) {
    const found = read(cell);
    if (found.isFigure) { return found.text; }
    const inert = LIVE_CSV.test(found.text) && !NUMBER.test(found.text) ? "'" + found.text : found.text;
    return /[",\r\n']/.test(inert) ? '"' + inert.replace(/"/g, '""') + '"' : inert;
  }

  // With the mark of UTF-8, without which spreadsheet programs in China read GBK.
  function csv(columns, rows) {
    return "\ufeff" + [columns].concat(rows).map(row => row.map(csvCell).join(",") + "\r\n").join("");
  }

  function escaped(text) {
    return text.replace(/_x(?=[0-9a-f]{4}_)/gi, "_x005F_x")
      .replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
  }

  function letters(index) {
    return (index >= 26 ? letters(Math.floor(index / 26) - 1) : "") + String.fromCharCode(65 + index % 26);
  }

  // Styles by number: 0 plain, 1 header, 2 a text that a program could take for a formula.
  function xlsxCell(cell, row, column, isHeader) {
    const found = read(cell), place = letters(column) + (row + 1);
    if (found.text === "") { return ""; }
    if (found.isFigure && fits(found.text)) { return '<c r="' + place + '"><v>' + found.text + "</v></c>"; }
    const text = found.text.length > LONGEST ? found.text.slice(0, LONGEST - CUT.length) + CUT : found.text;
    const style = isHeader ? ' s="1"' : LIVE_CELL.test(text) ? ' s="2"' : "";
    return '<c r="' + place + '"' + style + ' t="inlineStr"><is><t xml:space="preserve">' + escaped(text.replace(HIDDEN, "\ufffd")) + "</t></is></c>";
  }

  // Widths in characters; a Chinese one counts twice. A long list is judged by its beginning.
  function widths(lines) {
    return lines[0].map((_, column) => {
      const widest = lines.slice(0, 500).map(line => read(line[column]).text.replace(/[\u2e80-\uffef]/g, "xx").length);
      return Math.min(60, Math.max(8, widest.reduce((a, b) => Math.max(a, b), 0) + 2));
    });
  }

  const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships";
  const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

  function sheet(columns, rows) {
    const lines = [columns].concat(rows), end = letters(columns.length - 1) + lines.length;
    return XML + '<worksheet xmlns="' + MAIN + '"><dimension ref="A1:' + end + '"/><sheetViews>' +
      '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>' +
      widths(lines).map((width, i) => '<col min="' + (i + 1) + '" max="' + (i + 1) + '" width="' + width + '" customWidth="1"/>').join("") +
      "</cols><sheetData>" + lines.map((line, row) => '<row r="' + (row + 1) + '">' +
        line.map((cell, column) => xlsxCell(cell, row, column, row === 0)).join("") + "</row>").join("") +
      '</sheetData><autoFilter ref="A1:' + end + '"/></worksheet>';
  }

  function parts(name, columns, rows) {
    const title = clean(name).replace(/[[\]:*?/\\\n]/g, "_").slice(0, LONGEST_NAME).replace(/^[ ']+|[ ']+$/g, "") || "_";
    const relation = (id, type, target) => '<Relationship Id="' + id + '" Type="' + OFFICE + "/" + type + '" Target="' + target + '"/>';
    const kind = (part, type) => '<Override PartName="/xl/' + part + '" ContentType="' + TYPES + type + '+xml"/>';
    const xf = extra => '<xf numFmtId="0" fontId="' + (extra.bold || 0) + '" fillId="0" borderId="0" xfId="0"' + (extra.more || "") + "/>";
    const font = '<sz val="11"/><name val="宋体"/><charset val="134"/></font>';
    return [
      ["[Content_Types].xml", XML + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
        '<Default Extension="xml" ContentType="application/xml"/>' +
        kind("workbook.xml", "sheet.main") + kind("worksheets/sheet1.xml", "worksheet") + kind("styles.xml", "styles") + "</Types>"],
      ["_rels/.rels", XML + '<Relationships xmlns="' + RELATIONS + '">' + relation("rId1", "officeDocument", "xl/workbook.xml") + "</Relationships>"],
      ["xl/workbook.xml", XML + '<workbook xmlns="' + MAIN + '" xmlns:r="' + OFFICE + '"><sheets><sheet name="' + escaped(title) +
        '" sheetId="1" r:id="rId1"/></sheets></workbook>'],
      ["xl/_rels/workbook.xml.rels", XML + '<Relationships xmlns="' + RELATIONS + '">' +
        relation("rId1", "worksheet", "worksheets/sheet1.xml") + relation("rId2", "styles", "styles.xml") + "</Relationships>"],
      ["xl/styles.xml", XML + '<styleSheet xmlns="' + MAIN + '"><fonts count="2"><font>' + font + "<font><b/>" + font + "</fonts>" +
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3">' +
        xf({}) + xf({ bold: 1, more: ' applyFont="1"' }) + xf({ more: ' quotePrefix="1"' }) +
        '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'],
      ["xl/worksheets/sheet1.xml", sheet(columns, rows)]
    ];
  }

  const CRC = Array.from({ length: 256 }, (_, n) => {
    for (let bit = 0; bit < 8; bit += 1) { n = n & 1 ? 0xedb88320 ^ n >>> 1 : n >>> 1; }
    return n >>> 0;
  });
  function checksum(bytes) {
    let sum = 0xffffffff;
    for (let i = 0; i < bytes.length; i += 1) { sum = CRC[(sum ^ bytes[i]) & 255] ^ sum >>> 8; }
    return (sum ^ 0xffffffff) >>> 0;
  }

  // Numbers as zip has them: pairs of [bytes, value], least byte first.
  function packed(pairs) {
    const made = [];
    pairs.forEach(pair => { for (let i = 0; i < pair[0]; i += 1) { made.push(pair[1] / Math.pow(256, i) & 255); } });
    return new Uint8Array(made);
  }

  // A zip whose entries are stored as they are, all of the first day that zip can write.
  function zip(entries) {
    const encoder = new TextEncoder(), body = [], index = [];
    let offset = 0, indexSize = 0;
    entries.forEach(entry => {
      const name = encoder.encode(entry[0]), data = encoder.encode(entry[1]), size = data.length;
      const shared = [[2, 20], [2, 0x800], [2, 0], [2, 0], [2, 33], [4, checksum(data)], [4, size], [4, size], [2, name.length], [2, 0]];
      const head = packed([[4, 0x04034b50]].concat(shared));
      const line = packed([[4, 0x02014b50], [2, 20]].concat(shared, [[2, 0], [2, 0], [2, 0], [4, 0], [4, offset]]));
      body.push(head, name, data);
      index.push(line, name);
      offset += head.length + name.length + size;
      indexSize += line.length + name.length;
    });
    const count = entries.length;
    return body.concat(index, packed([[4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, indexSize], [4, offset], [2, 0]]));
  }

  function save(name, ending, type, content) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(content, { type: type }));
    link.download = (clean(name).replace(/[\\/:*?"<>|\n\t\ufffd]/g, "_").replace(/^[. ]+|[. ]+$/g, "").slice(0, 120) || "_") + ending;
    link.click();
    // Some browsers read the content only after the click has returned.
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  return { csv: csv, parts: parts, zip: zip, save: save };
}());

function downloadCsv(name, columns, rows) {
  downloads.save(name, ".csv", "text/csv;charset=utf-8", [downloads.csv(columns, rows)]);
}

function downloadXlsx(name, columns, rows) {
  const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  downloads.save(name, ".xlsx", type, downloads.zip(downloads.parts(name, columns, rows)));
}
