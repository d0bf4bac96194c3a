// Which view is shown: the address says it, so that going back and bookmarks work.
const VIEWS = [
  ["", "目标进展", "Commitments", overview], ["areas", "街道（乡）", "Areas", areas], ["city", "全市比较", "City", city],
  ["projects", "重点项目", "Key projects", projects], ["livelihood", "民生实事", "Livelihood", livelihood],
  ["submissions", "报送日历", "Submissions", calendar], ["documents", "通报和审核报告", "Bulletins and audit", documents]
];

async function documents() {
  const title = t("通报和审核报告", "Bulletins and audit");
  const kinds = [["html", t("网页", "web page")], ["docx", t("文档", "document")], ["xlsx", t("表格", "workbook")]];
  const ends = Object.keys(index.periods);
  const rows = index.bulletins.slice().reverse().map(each => h("li", {}, period(ends.find(end => index.periods[end][0] === each)) || each, t("：", ": "),
    kinds.flatMap((kind, place) => [place ? t("、", ", ") : "", h("a", { href: "../bulletin/" + encodeURIComponent(each) + "." + kind[0] }, kind[1])])));
  return { title: title, content: h("section", {}, heading(title), h("h3", {}, t("通报", "Bulletins")),
    rows.length ? h("ul", { class: "documents" }, rows) : h("p", { class: "none" }, t("本版没有通报。", "This release has no bulletin.")),
    h("h3", {}, t("审核", "Audit")), h("ul", { class: "documents" },
      h("li", {}, h("a", { href: "../validation/index.html" }, t("数据质量审核报告", "Validation report"))),
      h("li", {}, h("a", { href: "../validation/index.html#findings" }, t("审核发现", "Findings of the audit"))),
      h("li", {}, h("a", { href: "../validation/index.html#revisions" }, t("数据修订", "Revisions"))))) };
}

function asked() {
  const parts = /^#?\/?([^?]*)\??(.*)$/.exec(location.hash);
  return { path: parts[1], query: Object.fromEntries(new URLSearchParams(parts[2])) };
}

let turn = 0, shownAddress = null;
async function show(isFirst) {
  const here = asked(), mine = turn += 1;
  const code = /^target\/(.+)$/.exec(here.path);
  const view = VIEWS.find(each => each[0] === here.path) || VIEWS[0];
  const kept = page.activeElement && page.activeElement.id;
  const isSame = shownAddress === here.path;
  const made = code ? await targetPage(here.path, here.query, decodeURIComponent(code[1])) : await view[3](view[0], here.query);
  if (mine !== turn) { return; }
  shownAddress = here.path;
  const main = page.getElementById("view");
  main.replaceChildren(made.content);
  main.removeAttribute("aria-busy");
  page.title = made.title + t("｜", " | ") + page.querySelector("h1").textContent;
  page.querySelectorAll("#views a").forEach(each => {
    const is = code ? each.hash === "#/" : each.hash === route(view[0]);
    if (is) { each.setAttribute("aria-current", "page"); } else { each.removeAttribute("aria-current"); }
  });
  if (isFirst) { return; }
  tell(made.title);
  const again = isSame && kept ? page.getElementById(kept) : null;
  if (again) { again.focus(); return; }
  if (!isSame) { scrollTo(0, 0); }
  const head = main.querySelector("h2");
  if (head) { head.focus({ preventScroll: isSame }); }
}
function failed(error) {
  page.getElementById("view").replaceChildren(h("p", { class: "none" }, t("本页无法显示：", "This cannot be shown: ") + error.message));
  throw error;
}

function speak() {
  const button = page.getElementById("language");
  root.lang = english ? "en" : "zh-CN";
  button.textContent = english ? "中文" : "English";
  button.lang = english ? "zh-CN" : "en";
  page.getElementById("views").replaceChildren(...VIEWS.map(each => h("li", {}, link(each[0], {}, t(each[1], each[2])))));
}
page.getElementById("language").hidden = false;
page.getElementById("language").addEventListener("click", () => { english = !english; speak(); show(false).catch(failed); });
// Skipping to the content is no change of view.
page.querySelector(".skip").addEventListener("click", event => { event.preventDefault(); page.getElementById("view").focus(); });
addEventListener("hashchange", () => show(false).catch(failed));
speak();
show(true).catch(failed);
