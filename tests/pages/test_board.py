"""The board in a browser: every filter against the mart, from a commitment down to its cell."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest
from playwright.sync_api import Page
from python_calamine import CalamineWorkbook

from govstats.intake import kept_copy, survey
from govstats.settings import Settings
from tests.pages.looking import Visitor, focused, shown_lines, soon, tab_to

LIST = "table.commitments tbody tr:not(.group)"
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture
def board(release: Path) -> Path:
    return release / "board" / "index.html"


Ask = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def ask(release: Path) -> Ask:
    """Puts a question to the released warehouse."""

    def answer(query: str, *values: object) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(release / "warehouse.duckdb"), read_only=True) as connection:
            return connection.execute(query, list(values)).fetchall()

    return answer


JUDGED = """
from marts.fct_target_progress as progress
inner join marts.dim_target as target on progress.target_id = target.target_id
where progress.period_end = (select max(period_end) from marts.fct_target_progress)
"""
#: The filters by name, and what they narrow by in the mart.
FILTERS = {
    "section": "target.section",
    "department": "target.lead_department_code",
    "light": "progress.light",
    "status": "progress.status",
    "strength": "target.strength",
    "kind": "target.kind",
}


def ready(page: Page) -> Page:
    """Wait until a view is drawn."""
    page.wait_for_selector("#view h2")
    return page


def said(page: Page) -> str:
    return "".join(shown_lines(page, "form.filter .said"))


@pytest.mark.parametrize(("field", "column"), FILTERS.items())
def test_a_filter_leaves_what_the_mart_has(
    visit: Visitor, board: Path, ask: Ask, field: str, column: str
) -> None:
    page = ready(visit(board))
    every = ask(f"select count(*) {JUDGED}")[0][0]
    assert len(shown_lines(page, LIST)) == min(every, 100)
    assert said(page) == f"共 {every} 条"
    counts = ask(f"select {column}, count(*) {JUDGED} group by 1 order by 2 desc, 1")
    for code, fitting in counts[:3]:
        page.select_option(f"#f-{field}", code)
        assert said(page) == f"已筛选：列示 {fitting} 条，共 {every} 条"
        assert len(shown_lines(page, LIST)) == min(fitting, 100)


def test_search_narrows_within_the_filters_and_is_cleared(
    visit: Visitor, board: Path, ask: Ask
) -> None:
    page = ready(visit(board))
    (light, _), *_ = ask(f"select progress.light, count(*) {JUDGED} group by 1 order by 2 desc, 1")
    name = ask(f"select target.name_zh {JUDGED} and progress.light = ? order by 1", light)[0][0]
    page.select_option("#f-light", light)
    page.fill("#f-q", name)
    found = shown_lines(page, f"{LIST} th a")
    assert name in found
    assert len(found) < ask(f"select count(*) {JUDGED} and progress.light = ?", light)[0][0]
    page.fill("#f-q", "没有这样的目标")
    assert shown_lines(page, LIST) == []
    assert "没有符合条件的目标。" in shown_lines(page, "#list .none")
    page.get_by_role("button", name="清除").click()
    assert said(page) == f"共 {ask(f'select count(*) {JUDGED}')[0][0]} 条"
    assert page.input_value("#f-light") == page.input_value("#f-q") == ""


def test_another_period_shows_its_own_judgements(visit: Visitor, board: Path, ask: Ask) -> None:
    page = ready(visit(board))
    ends = [str(row[0]) for row in ask("select distinct period_end from marts.fct_target_progress")]
    end = sorted(ends)[len(ends) // 2]
    page.select_option("#f-period", end)
    soon(lambda: f"period={end}" in page.evaluate("location.hash"))
    soon(lambda: f"&period_end={end}" in str(page.get_attribute(f"{LIST} [data-ref]", "data-ref")))
    green = ask(
        "select count(*) from marts.fct_target_progress where period_end = ? and light = 'green'",
        end,
    )[0][0]
    page.select_option("#f-light", "green")
    assert len(shown_lines(page, LIST)) == green


def test_the_switch_turns_every_word_and_back(visit: Visitor, board: Path) -> None:
    page = ready(visit(board))
    words = "h1, h2, h3, caption, thead th, button, label > span, nav a, dt, .sign, .said"
    chinese = shown_lines(page, words)
    page.click("#language")
    soon(lambda: page.evaluate("document.documentElement.lang") == "en")
    soon(lambda: shown_lines(page, "#view h2") == ["Overview"])
    english = shown_lines(page, words)
    assert len(english) == len(chinese)
    # The one word in Chinese is the way back.
    assert [text for text in english if CHINESE.search(text)] == ["中文"]
    page.click("#language")
    soon(lambda: shown_lines(page, words) == chinese)


def test_an_address_may_ask_for_english(visit: Visitor, board: Path) -> None:
    page = ready(visit(board, "?lang=en#/areas"))
    assert not CHINESE.search(" ".join(shown_lines(page, "#view h2, nav a, thead th")))


def cell_of(settings: Settings, place: tuple[str, str, str]) -> object:
    """What stands in a cell of a workbook as it was received."""
    file, sheet, cell = place
    (entry,) = [each for each in survey(settings).entries if each.file == file]
    book = CalamineWorkbook.from_path(str(kept_copy(settings, entry)))
    letters, row = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()  # type: ignore[union-attr]
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)[int(row) - 1][column - 1]


def test_a_commitment_leads_down_to_the_cell(
    visit: Visitor, board: Path, ask: Ask, released_data: Settings
) -> None:
    """Overview, commitment, evidence; then the workbook itself says the same figure."""
    target, name, file, sheet, cell, value = ask(
        """
        select evidence.target_id, target.name_zh, file, sheet, cell, cell_value
        from marts.fct_target_evidence as evidence
        inner join marts.dim_target as target on evidence.target_id = target.target_id
        where evidence.period_end = (select max(period_end) from marts.fct_target_evidence)
            and evidence_role = 'actual' and cell_value > 100 and file like '%.xlsx'
            and correction_id is null
        order by evidence.target_id limit 1
        """
    )[0]
    page = ready(visit(board))
    page.fill("#f-q", name)
    page.locator(f"{LIST} th a").get_by_text(name, exact=True).click()
    soon(lambda: shown_lines(page, "#view h2") == [name])
    assert page.evaluate("location.hash").startswith(f"#/target/{target}")
    places = shown_lines(page, "table.evidence .path")
    assert f"{file} {sheet}!{cell}" in places
    shown = page.eval_on_selector_all(
        "table.evidence [data-ref*='/cell_value?']", "all => all.map(each => each.dataset.value)"
    )
    assert f"{value.normalize():f}" in shown
    # At most as many decimals as the house keeps.
    assert abs(float(cell_of(released_data, (file, sheet, cell))) - float(value)) < 1e-6  # type: ignore[arg-type]


def test_back_returns_to_the_list_as_it_was_left(visit: Visitor, board: Path) -> None:
    page = ready(visit(board))
    page.select_option("#f-light", "green")
    page.fill("#f-q", "增长")
    kept = shown_lines(page, LIST)
    assert kept
    page.locator(f"{LIST} th a").first.click()
    soon(lambda: page.evaluate("location.hash").startswith("#/target/"))
    ready(page)
    page.go_back()
    soon(lambda: shown_lines(page, LIST) == kept)
    assert (page.input_value("#f-light"), page.input_value("#f-q")) == ("green", "增长")
    page.go_forward()
    soon(lambda: page.evaluate("location.hash").startswith("#/target/"))


def test_an_address_of_nothing_says_so(visit: Visitor, board: Path) -> None:
    page = ready(visit(board, "#/target/%3Cimg%20src=x%20onerror=alert(1)%3E"))
    assert shown_lines(page, "#view h2") == ["没有这项目标"]
    assert page.locator("#view img").count() == 0


def test_keys_alone_reach_a_commitment_and_come_back(visit: Visitor, board: Path) -> None:
    page = ready(visit(board))
    page.keyboard.press("Tab")
    assert "跳到正文" in focused(page)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "view"
    tab_to(page, lambda at: "#f-light" in at)
    page.keyboard.press("ArrowDown")
    soon(lambda: said(page).startswith("已筛选"))
    tab_to(page, lambda at: "#f-q" in at)
    page.keyboard.type(shown_lines(page, f"{LIST} th a")[-1][:3])
    names = shown_lines(page, f"{LIST} th a")
    tab_to(page, lambda at: at.startswith("a ") and any(name[:20] in at for name in names))
    page.keyboard.press("Enter")
    soon(lambda: page.evaluate("location.hash").startswith("#/target/"))
    # The heading of the new view has the focus, so that reading goes on there.
    soon(lambda: focused(page).startswith("h2"))
    # What Alt and ← do in a window; a browser without one does not hear them.
    page.go_back()
    soon(lambda: shown_lines(page, f"{LIST} th a") == names)


def test_a_head_sorts_by_key_and_says_which_way(visit: Visitor, board: Path) -> None:
    page = ready(visit(board))
    tab_to(page, lambda at: at.startswith("button 完成率"))
    page.keyboard.press("Enter")
    order = "table.commitments th[aria-sort]"
    assert page.get_attribute(order, "aria-sort") == "ascending"
    values = page.eval_on_selector_all(
        f"{LIST} [data-ref*='/completion_pct?']", "all => all.map(each => each.dataset.value)"
    )
    figures = [float(value) for value in values if value]
    assert figures == sorted(figures)
    # Rows without a figure stand at the end.
    assert values[: len(figures)] == [value for value in values if value]
    page.keyboard.press("Enter")
    assert page.get_attribute(order, "aria-sort") == "descending"


def test_the_focus_is_seen(visit: Visitor, board: Path) -> None:
    page = ready(visit(board))
    for place in ("#f-light", "下载 CSV", "a "):
        tab_to(page, lambda at, place=place: place in at)  # type: ignore[misc]
        style, width = page.evaluate(
            """() => { const s = getComputedStyle(document.activeElement);
                       return [s.outlineStyle, parseFloat(s.outlineWidth)]; }"""
        )
        assert style != "none", place
        assert width >= 1, place


def test_what_a_sheet_says_is_never_markup(visit: Visitor, release: Path, tmp_path: Path) -> None:
    from govstats.release.board import contents
    from govstats.release.board import page as pages

    hostile = "</script><img src=x onerror=alert(1)>\u202e=1+1"
    made = contents.read(
        release / "warehouse.duckdb", {"release_id": hostile, "latest_period": "2020-12"}
    )
    table = made.index["tables"]["dim_target"]
    place = table["columns"].index("name_zh")
    for row in table["rows"]:
        row[place] = hostile
    target = tmp_path / "index.html"
    target.write_text(pages.render(replace(made), []), encoding="utf-8")
    page = ready(visit(target))
    assert page.locator("img").count() == 0
    shown = set(shown_lines(page, f"{LIST} th a"))
    assert shown == {hostile.replace("\u202e", "\ufffd")}
    page.locator(f"{LIST} th a").first.click()
    soon(lambda: page.evaluate("location.hash").startswith("#/target/"))
    assert page.locator("img").count() == 0


def test_it_is_small_and_soon_there(visit: Visitor, board: Path) -> None:
    """A wide limit for a busy machine; ``python -m bench board`` measures."""
    assert board.stat().st_size < 5_000_000
    page = ready(visit(board))
    paint = "(performance.getEntriesByName('first-contentful-paint')[0] || {}).startTime"
    assert page.wait_for_function(paint, polling=100).json_value() < 10_000
