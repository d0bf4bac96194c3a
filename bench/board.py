"""``python -m bench board [RELEASE]``: the board's size, first paint and answers, small and large.

The demonstration's board, then one of fifty districts like it: every row of the marts that
belongs to a district, an area, a department or a commitment, fifty times under codes of its own.
Both are opened from disk in the browser that the tests use.
"""

import json
import logging
import shutil
import statistics
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
from playwright.sync_api import Browser, Page, sync_playwright
from rich.console import Console
from rich.table import Table

from bench import province
from demo import generate
from demo.deliver import deliver
from govstats import pipeline
from govstats.errors import GovstatsError
from govstats.release import board
from govstats.settings import Settings

COPIES, REPEATS = 50, 5
#: What the demonstration's board may weigh and take.
LIMIT_MEGABYTES, LIMIT_SECONDS = 5, 1
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")

#: Milliseconds until the page shows what came of an action: two frames after it.
_LATENCY = """() => new Promise(done => {{
  const start = performance.now();
  {action}
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
}})"""
_FILTER = """{const f = document.getElementById("f-light");
  f.selectedIndex = f.selectedIndex === 1 ? 0 : 1; f.dispatchEvent(new Event("change"));}"""
_SEARCH = """{const f = document.getElementById("f-q");
  f.value = f.value ? "" : "增"; f.dispatchEvent(new Event("input"));}"""
_PAINT = "(performance.getEntriesByName('first-contentful-paint')[0] || {}).startTime"


@dataclass(frozen=True)
class Line:
    """One measurement: ``small`` and ``large`` in ``unit``; ``floor`` is a bare page's, or 0."""

    name: str
    unit: str
    floor: float
    small: float
    large: float


def main(arguments: list[str]) -> None:
    """Measure the board of a release folder, or of a demonstration made for it; print a table."""
    logging.getLogger("govstats").setLevel(logging.WARNING)
    with tempfile.TemporaryDirectory(prefix="govstats-bench-") as folder:
        work = Path(folder)
        release = Path(arguments[0]) if arguments else demonstration(work / "data")
        Console().print(as_table(measure(release, work)))


def demonstration(data: Path) -> Path:
    """Generate the demonstration and run it; return the folder of its release."""
    settings = replace(Settings.from_environment(), data=data)
    deliver(settings, generate(settings.raw))
    pipeline.run(settings)
    return settings.releases / "current"


def measure(release: Path, work: Path, copies: int = COPIES) -> list[Line]:
    """Write the boards of a release and of ``copies`` of it into ``work`` and try both.

    Raises:
        GovstatsError: there is no browser here.
    """
    manifest = json.loads((release / "release.json").read_text(encoding="utf-8"))
    large = work / "large.duckdb"
    shutil.copyfile(release / "warehouse.duckdb", large)
    multiply(large, copies)
    small_page = board.write(release / "warehouse.duckdb", work / "small", manifest)
    large_page = board.write(large, work / "large", manifest)
    empty = work / "empty.html"
    empty.write_text('<!DOCTYPE html><meta charset="utf-8"><title>t</title><p>字', encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable())
        bare = {"first paint": _median(lambda: _opened(browser, empty)[0])}
        one, many = _tried(browser, small_page), _tried(browser, large_page)
        browser.close()
    lines = [Line(name, "ms", bare.get(name, 0), one[name], many[name]) for name in one]
    weights = [page.stat().st_size / 1e6 for page in (small_page, large_page)]
    return [Line("size", "MB", 0, *weights), *lines]


def executable() -> str:
    """Return the path of the browser that is installed here.

    Raises:
        GovstatsError: there is none.
    """
    found = next((path for name in _BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        raise GovstatsError("there is no browser here", "install chromium")
    return found


def multiply(warehouse: Path, copies: int) -> None:
    """Multiply in place what the marts hold by district, area, department or commitment."""
    with duckdb.connect(str(warehouse), config={"threads": 2}) as connection:
        connection.execute(f"create temp table copy as select range as n from range(1, {copies})")
        keys = connection.execute(
            "select table_name, constraint_column_names from duckdb_constraints() "
            "where schema_name = 'marts' and constraint_type = 'PRIMARY KEY'"
        ).fetchall()
        for table, key in keys:
            # What is the same for all districts has no code of theirs in its key.
            if not any(province.is_own(name) for name in key):
                continue
            names = [row[0] for row in connection.execute(f"describe marts.{table}").fetchall()]
            values = ", ".join(province.expression(name) for name in names)
            connection.execute(
                f"insert into marts.{table} select {values} from marts.{table}, copy"
            )
        connection.execute("checkpoint")


def _tried(browser: Browser, path: Path) -> dict[str, float]:
    """Medians in milliseconds of what a reader waits for."""
    found = {
        "first paint": _median(lambda: _opened(browser, path)[0]),
        "the list is there": _median(lambda: _opened(browser, path)[1]),
    }
    page = browser.new_page()
    page.goto(path.as_uri())
    page.wait_for_selector("#f-light")
    for name, action in (("a filter", _FILTER), ("a search", _SEARCH)):
        found[name] = _answered(page, _LATENCY.format(action=action))
    found["a commitment"] = _median(lambda: _followed(page))
    page.close()
    return found


def _answered(page: Page, action: str) -> float:
    return _median(lambda: float(page.evaluate(action)))


def _opened(browser: Browser, path: Path) -> tuple[float, float]:
    """First paint, and when the first view stands (for a page that has one)."""
    page = browser.new_page()
    page.goto(path.as_uri())
    if path.name == "index.html":
        page.wait_for_selector("#view h2")
    there = float(page.evaluate("performance.now()"))
    # A page may be loaded before it was painted.
    paint = float(page.wait_for_function(_PAINT).json_value())
    page.close()
    return paint, there


def _followed(page: Page) -> float:
    """Open a commitment from the list and return."""
    took: Any = page.evaluate(
        """() => new Promise(done => {
          const start = performance.now();
          const look = () => document.querySelector("section.target")
            ? done(performance.now() - start) : requestAnimationFrame(look);
          document.querySelector("table.commitments tbody th a").click();
          look();
        })"""
    )
    page.go_back()
    page.wait_for_selector("#f-light")
    return float(took)


def _median(measured: Callable[[], float]) -> float:
    return statistics.median(measured() for _ in range(REPEATS))


def as_table(lines: list[Line]) -> Table:
    """Lay the lines out: a bare page, the board, the large board and how many times as much."""
    title = (
        f"board (demonstration: under {LIMIT_MEGABYTES} MB, first paint under {LIMIT_SECONDS} s)"
    )
    table = Table(title=title, title_justify="left")
    for name in ("measured", "bare page", "board", "ratio", f"{COPIES} districts", "ratio"):
        table.add_column(name, justify="left" if name == "measured" else "right")
    for line in lines:
        digits = 1 if line.unit == "MB" else 0
        table.add_row(
            line.name,
            f"{line.floor:.{digits}f} {line.unit}" if line.floor else "",
            f"{line.small:.{digits}f} {line.unit}",
            f"{line.small / line.floor:.1f}" if line.floor else "",
            f"{line.large:.{digits}f} {line.unit}",
            f"{line.large / line.small:.1f}",
        )
    return table
