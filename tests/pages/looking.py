"""What the tests of pages look with: a watch over offences, a checker, keys, widths."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Request

#: What a page may load: itself, what it made, what is written into it.
LOCAL = ("file:", "blob:", "data:")
#: Widths of a desk, and of a telephone.
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@dataclass
class Watch:
    """What went wrong on the pages of a test, in words."""

    offences: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Take notes of errors and of requests to anywhere but the disk."""
        context.on("console", lambda said: self._said(said.type, said.text))
        context.on("weberror", lambda error: self.offences.append(f"error: {error.error}"))
        context.on("request", self._asked)

    def _said(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.offences.append(f"console {kind}: {text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(LOCAL):
            self.offences.append(f"request: {request.url}")


@dataclass
class Visitor:
    """Opens pages from disk, each in a context of its own, under one watch."""

    browser: Browser
    watch: Watch = field(default_factory=Watch)
    contexts: list[BrowserContext] = field(default_factory=list)

    def __call__(
        self, path: Path, query: str = "", size: Any = WIDE, media: Any = None, **options: Any
    ) -> Page:
        """Open a page; more names are options of Playwright's ``new_context``."""
        context = self.browser.new_context(viewport=size, accept_downloads=True, **options)
        # Machines that test are busy.
        context.set_default_timeout(30_000)
        self.contexts.append(context)
        self.watch.over(context)
        page = context.new_page()
        page.emulate_media(media=media)
        page.goto(path.as_uri() + query)
        return page

    def leave(self) -> list[str]:
        """Close all and return what went wrong."""
        for context in self.contexts:
            context.close()
        return self.watch.offences


def unfold(page: Page) -> None:
    """Have the browser lay out what it leaves for later, out of sight, so that it can be read."""
    page.evaluate(
        """() => { const sheet = new CSSStyleSheet();
                   sheet.replaceSync("* { content-visibility: visible !important; }");
                   document.adoptedStyleSheets = [sheet]; }"""
    )


def serious(page: Page) -> list[str]:
    """What an accessibility checker finds serious or critical on a page, one line a rule."""
    unfold(page)
    options = {"resultTypes": ["violations"], "preload": False}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{each['id']} ({each['impact']}): {each['help']}: "
        + "; ".join(" ".join(map(str, node["target"])) for node in each["nodes"][:5])
        + f" … {len(each['nodes'])} places"
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


def overflow(page: Page) -> list[str]:
    """What makes a page wider than its window: elements that reach out and are not clipped."""
    return page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth, found = [];
          if (document.documentElement.scrollWidth <= width) { return found; }
          for (const each of document.body.querySelectorAll("*")) {
            const box = each.getBoundingClientRect();
            if (box.width && box.right > width + 1) {
              found.push(`${each.tagName}.${each.className} ends at ${Math.round(box.right)}`);
            }
          }
          return found.length ? found.slice(0, 8) : ["the page scrolls sideways"];
        }"""
    )


def pdf_pages(page: Page) -> int:
    """Print a page to PDF as its style says and count the sheets."""
    made = page.pdf(prefer_css_page_size=True, print_background=False)
    assert made.startswith(b"%PDF")
    return len(re.findall(rb"/Type\s*/Page\b", made))


def shown_lines(page: Page, selector: str) -> list[str]:
    """The texts of what fits a selector and is shown, blanks put together."""
    unfold(page)
    texts: list[str] = page.evaluate(
        """selector => Array.from(document.querySelectorAll(selector))
          .filter(each => each.getClientRects().length).map(each => each.innerText)""",
        selector,
    )
    return [" ".join(text.split()) for text in texts]


def focused(page: Page) -> str:
    """What has the focus, as a short description."""
    return str(
        page.evaluate(
            """() => {
              const at = document.activeElement;
              if (!at || at === document.body) { return ""; }
              return [at.tagName.toLowerCase(), at.id && "#" + at.id, at.name && "@" + at.name,
                      (at.getAttribute("aria-label") || at.textContent || "").trim().slice(0, 30)]
                .filter(Boolean).join(" ");
            }"""
        )
    )


def tab_to(page: Page, fits: Callable[[str], bool], most: int = 200) -> str:
    """Press Tab until something fitting has the focus; fail when nothing does."""
    seen = []
    for _ in range(most):
        page.keyboard.press("Tab")
        seen.append(focused(page))
        if fits(seen[-1]):
            return seen[-1]
    raise AssertionError(f"not reached with {most} tabs: {seen[:60]}")


def soon(true: Callable[[], bool], seconds: float = 5) -> None:
    """Wait until something is true; fail when it does not become so."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not become true"
        time.sleep(0.05)
