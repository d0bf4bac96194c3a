"""The watch itself: what it is there to find, it finds."""

from pathlib import Path

from playwright.sync_api import Browser

from tests.pages.looking import NARROW, Visitor, overflow, pdf_pages, serious, shown_lines

HEAD = '<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>t</title><main><h1>t</h1>'


def page_of(folder: Path, body: str) -> Path:
    target = folder / "page.html"
    target.write_text(HEAD + body, encoding="utf-8")
    return target


def test_errors_and_requests_are_offences(browser: Browser, tmp_path: Path) -> None:
    visitor = Visitor(browser)
    body = """<img src="http://example.invalid/a.png" alt=""><script>
      console.error("said"); setTimeout(function () { throw new Error("thrown"); });</script>"""
    visitor(page_of(tmp_path, body)).wait_for_timeout(200)
    told = "\n".join(visitor.leave())
    assert "request: http://example.invalid/a.png" in told
    assert "console error: said" in told
    assert "error: thrown" in told


def test_a_quiet_page_is_none(visit: Visitor, tmp_path: Path) -> None:
    page = visit(page_of(tmp_path, "<p>字</p></main>"))
    assert (serious(page), overflow(page), pdf_pages(page)) == ([], [], 1)


def test_what_cannot_be_read_or_named_is_serious(visit: Visitor, tmp_path: Path) -> None:
    body = '<p style="color:#ccc">看不清的文字</p><select><option>一</option></select></main>'
    found = " ".join(serious(visit(page_of(tmp_path, body))))
    assert "color-contrast" in found
    assert "select-name" in found


def test_a_wide_line_makes_a_narrow_window_scroll(visit: Visitor, tmp_path: Path) -> None:
    page = visit(page_of(tmp_path, '<div style="width:800px">宽</div>'), size=NARROW)
    assert overflow(page) == ["DIV. ends at 808"]


def test_hidden_lines_are_not_shown(visit: Visitor, tmp_path: Path) -> None:
    page = visit(page_of(tmp_path, "<p>一</p><p hidden>二</p><p>三</p>"))
    assert shown_lines(page, "p") == ["一", "三"]
