"""The warehouse's documentation for people: dbt's own page, made to be read offline."""

import json
import logging
import re
import time
from pathlib import Path

from govstats.settings import Settings
from govstats.warehouse import dbt_runner

log = logging.getLogger("govstats")

#: What dbt's page asks for in vain before its scripts run: an icon that its build left out, and
#: pictures by the names of their placeholders, which Angular fills in later when told so.
_IN_VAIN = (
    (re.compile(r'<link rel="shortcut icon"[^>]*>'), ""),
    (re.compile(r'(?<![-\w])xlink:href="\{\{'), 'ng-attr-xlink:href="{{'),
)

#: Nothing is fetched and nothing is sent, whatever the page's scripts ask for.
_OFFLINE = (
    '<meta http-equiv="Content-Security-Policy" content="default-src '
    "'unsafe-inline' 'unsafe-eval' data: blob:; connect-src 'none'\">"
)


def write(settings: Settings, candidate: Path, work: Path, as_of: str | None) -> None:
    """Write ``docs/index.html`` of the candidate's warehouse into its folder.

    Args:
        settings: where the dbt project lies.
        candidate: folder with a built ``warehouse.duckdb``.
        work: dbt's artifacts of that build.
        as_of: the past day it was built for, if any.
    """
    start = time.perf_counter()
    page = dbt_runner.docs(settings, candidate / "warehouse.duckdb", work, as_of)
    for place in (work.resolve(), settings.root):  # which machine made it concerns nobody
        page = page.replace(json.dumps(f"{place}/")[1:-1], "")
    for asked, instead in _IN_VAIN:
        page = asked.sub(instead, page)
    (candidate / "docs").mkdir()
    target = candidate / "docs" / "index.html"
    target.write_text(page.replace("<head>", f"<head>{_OFFLINE}", 1), encoding="utf-8")
    log.info("build: docs written in %.1f s", time.perf_counter() - start)
