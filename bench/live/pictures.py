"""``python -m bench live-pictures FOLDER``: Airflow's interface as the bureau's people see it."""

import logging
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Page, ViewportSize, sync_playwright
from rich.console import Console

from bench.board import executable
from bench.live.installation import DAGS, NEVER, Installation, live
from bench.live.sheets import drop_all, drops
from scripts.airflow_api import Airflow, Answer, wait_until

HELP = """\
Start Airflow with sign-off, drop some spreadsheets (one of them unreadable), take pictures of the
interface in Chinese as the administrator and as the bureau's user see it, sign, take more.
"""
_SIZE: ViewportSize = {"width": 1440, "height": 900}
#: For forms whose buttons would else lie below the edge.
_TALL: ViewportSize = {"width": 1440, "height": 1900}
#: Time for a page's own requests and for its drawing to come to rest.
_SETTLED_MS = 2500


def main(arguments: list[str]) -> None:
    """Take the pictures."""
    logging.getLogger("govstats").setLevel(logging.WARNING)
    made = ArgumentParser("python -m bench live-pictures", description=HELP)
    made.add_argument("folder", type=Path, help="where the pictures go")
    made.add_argument("--files", type=int, default=12, help="spreadsheets to drop (12)")
    made.add_argument("--language", default="zh-CN", help="of the browser (zh-CN)")
    options = made.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="govstats-pictures-") as folder:
        work = Path(folder)
        settings = {"GOVSTATS_SIGN_OFF": "on", "GOVSTATS_WATCH_SECONDS": "3"}
        with live(work, GOVSTATS_INGEST_SCHEDULE=NEVER, **settings) as here:
            _take(here, work, options.files, options.folder.resolve(), options.language)
    Console().print(f"pictures in {options.folder}")


def _take(here: Installation, work: Path, count: int, target: Path, language: str) -> None:
    api = here.session()
    wait_until(lambda: api.ask("/api/v2/dags")["total_entries"] >= DAGS, "the DAGs", 60)
    drop_all(here.settings.raw, drops(work / "pool", count, 1, 1))
    question = api.question(600)
    with _browser(here, "admin", target, language) as camera:
        for name, path in _places(api, question).items():
            camera.show(path, name)
        camera.docs(sorted(dag["dag_id"] for dag in api.ask("/api/v2/dags")["dags"]))
    with _browser(here, "bureau", target, language) as camera:
        camera.show("/required_actions", "bureau-1-asked")
        camera.show(f"{_task(question)}/required_actions", "bureau-2-form", _TALL)
    here.where.session("bureau").answer(question, question["options"][0], note="同意")
    api.ended("release", 1, 300)
    with _browser(here, "bureau", target, language) as camera:
        camera.show(f"{_task(question)}/required_actions", "bureau-3-answered", _TALL)
        camera.show(f"/dags/release/runs/{_run(question)}", "bureau-4-released")


def _places(api: Airflow, question: Answer) -> dict[str, str]:
    ingest = api.runs("ingest")[-1]["dag_run_id"]
    run = f"/dags/ingest/runs/{quote(ingest)}"
    return {
        "admin-1-home": "/",
        "admin-2-dags": "/dags",
        "admin-3-ingest": "/dags/ingest",
        "admin-4-ingest-run": run,
        "admin-5-batches": f"{run}/tasks/parse/mapped",
        "admin-6-scan-log": f"{run}/tasks/scan",
        "admin-7-release-run": f"/dags/release/runs/{_run(question)}",
        "admin-8-assets": "/assets",
        "admin-9-reload": "/dags/reload",
    }


class _Camera:
    """A browser page, logged in, that writes what it sees into a folder."""

    def __init__(self, page: Page, url: str, target: Path) -> None:
        self.page, self.url, self.target = page, url, target

    def show(self, path: str, name: str, size: ViewportSize = _SIZE) -> None:
        """Go somewhere and take a picture."""
        self.page.set_viewport_size(size)
        self.page.goto(self.url + path)
        self.shoot(name)

    def shoot(self, name: str) -> None:
        """Take a picture once the page has come to rest."""
        self.page.wait_for_timeout(_SETTLED_MS)
        self.page.screenshot(path=self.target / f"{name}.png")

    def docs(self, dag_ids: list[str]) -> None:
        """Open every DAG's explanation and its form of parameters."""
        for dag_id in dag_ids:
            self.page.goto(f"{self.url}/dags/{dag_id}")
            self.page.wait_for_timeout(_SETTLED_MS)
            for name, words in _BUTTONS.items():
                button = self.page.get_by_role("button", name=words, exact=False).first
                if button.count():
                    button.click()
                    self.shoot(f"{name}-{dag_id}")
                    self.page.keyboard.press("Escape")
                    self.page.wait_for_timeout(500)


#: The interface's own words, in the language of the pictures.
_BUTTONS = {"docs": "Dag 文档", "trigger": "触发"}


@contextmanager
def _browser(here: Installation, user: str, target: Path, language: str) -> Iterator[_Camera]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable())
        zone = here.settings.timezone
        context = browser.new_context(locale=language, timezone_id=zone, viewport=_SIZE)
        page = context.new_page()
        page.goto(f"{here.where.url}/")
        page.wait_for_selector("input[name=username]")
        page.screenshot(path=target / "login.png")
        page.fill("input[name=username]", user)
        page.fill("input[name=password]", here.where.password(user))
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "login" not in url)
        yield _Camera(page, here.where.url, target)
        browser.close()


def _run(question: Answer) -> str:
    return quote(question["task_instance"]["dag_run_id"])


def _task(question: Answer) -> str:
    return f"/dags/release/runs/{_run(question)}/tasks/{question['task_instance']['task_id']}"
