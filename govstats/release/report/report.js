"use strict";
(function () {
  var page = document, root = page.documentElement, button = page.getElementById("language");
  function all(selector, within) { return Array.prototype.slice.call((within || page).querySelectorAll(selector)); }

  // The language: texts in both are spans that the style sheet shows or hides by <html lang>.
  function speak(english) {
    root.lang = english ? "en" : "zh-CN";
    button.textContent = english ? "中文" : "English";
    button.lang = english ? "zh-CN" : "en";
    page.title = english ? root.dataset.titleEn : root.dataset.titleZh;
    all("[data-zh]").forEach(function (each) { each.textContent = english ? each.dataset.en : each.dataset.zh; });
    all("[data-hint-zh]").forEach(function (each) { each.placeholder = english ? each.dataset.hintEn : each.dataset.hintZh; });
    page.getElementById("margins-zh").media = english ? "not all" : "print";
    page.getElementById("margins-en").media = english ? "print" : "not all";
  }
  button.hidden = false;
  button.addEventListener("click", function () { speak(root.lang !== "en"); });
  if (/[?&]lang=en\b/.test(location.search)) { speak(true); }

  // What a row says in the language that is shown; words of the other one are not looked for.
  function words(row) {
    var said = row.said || (row.said = {}), other = root.lang === "en" ? "zh" : "en", copy;
    if (said[other] === undefined) {
      copy = row.cloneNode(true);
      all("[lang=" + other + "]", copy).forEach(function (each) { each.remove(); });
      said[other] = copy.textContent.toLowerCase();
    }
    return said[other];
  }

  // Filters: rows carry what they can be narrowed by; a group without rows is hidden with them.
  all(".filter").forEach(function (bar) {
    var section = page.getElementById(bar.dataset.of), rows = all("[data-row]", section);
    var members = {}, groups = all("[data-group]", section).map(function (group) {
      var inside = group.dataset.group ? (members[group.dataset.group] = []) : all("[data-row]", group);
      return { element: group, rows: inside };
    });
    rows.forEach(function (row) { if (row.dataset.in) { members[row.dataset.in].push(row); } });
    var fields = all("select, input", bar), said = bar.querySelector(".said");
    function fits(row) {
      return fields.every(function (field) {
        if (!field.value) { return true; }
        if (field.tagName === "INPUT") { return words(row).indexOf(field.value.toLowerCase()) >= 0; }
        return row.getAttribute("data-" + field.name) === field.value.slice(1);
      });
    }
    function narrow() {
      var shown = 0, is = fields.some(function (field) { return field.value; });
      rows.forEach(function (row) { row.hidden = is && !fits(row); if (!row.hidden) { shown += 1; } });
      groups.forEach(function (group) {
        group.element.hidden = is && group.rows.every(function (row) { return row.hidden; });
      });
      said.hidden = !is;
      all("b", said).forEach(function (each) { each.textContent = shown; });
    }
    button.addEventListener("click", narrow);
    bar.hidden = false;
    fields.forEach(function (field) { field.addEventListener(field.tagName === "INPUT" ? "input" : "change", narrow); });
    bar.addEventListener("submit", function (event) { event.preventDefault(); });
    bar.addEventListener("reset", function () { setTimeout(narrow); });
  });
}());
