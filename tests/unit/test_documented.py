"""Nothing undocumented: commands, environment variables and reason codes are in the guides."""

import re
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command

from govstats.cli import app
from govstats.settings import ENVIRONMENT

COMMANDS = get_command(app).commands  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def guide(project: Path) -> str:
    return (project / "docs" / "operate.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_command_is_in_the_guide(guide: str, name: str) -> None:
    assert f"govstats {name}" in guide


@pytest.mark.parametrize("name", sorted(ENVIRONMENT))
def test_variable_is_in_the_guide(guide: str, name: str) -> None:
    assert f"`{name}`" in guide


def test_no_variable_is_read_elsewhere(project: Path) -> None:
    readers = {
        path.relative_to(project).as_posix()
        for path in (project / "govstats").rglob("*.py")
        # a remedy may name a variable; reading it is for the settings
        if re.search(r"(environ|getenv).{0,10}\"GOVSTATS_", path.read_text(encoding="utf-8"))
    }
    assert readers == {"govstats/settings.py"}


def test_every_reason_code_is_in_the_guide(project: Path, guide: str) -> None:
    texts = project / "govstats" / "workbooks" / "refusals.toml"
    codes = tomllib.loads(texts.read_text(encoding="utf-8"))
    assert len(codes) > 10
    codes.pop("words")  # names of kinds of file, used inside the texts
    assert [code for code in codes if f"`{code}`" not in guide] == []


def test_every_make_target_is_explained_in_the_guides(project: Path) -> None:
    named = "".join(
        (project / name).read_text(encoding="utf-8")
        for name in ("README.md", "CONTRIBUTING.md", "docs/operate.md")
    )
    lines = (project / "Makefile").read_text(encoding="utf-8").splitlines()
    targets = [line.split(":")[0] for line in lines if re.match(r"[a-z-]+:.*## ", line)]
    assert len(targets) > 8
    assert [target for target in targets if f"make {target}" not in named] == []


def test_links_between_documents_lead_somewhere(project: Path) -> None:
    folders = ["", "docs", "layouts", "expectations", "bulletin"]
    pages = [page for folder in folders for page in sorted((project / folder).glob("*.md"))]
    assert len(pages) > 8
    dead = [
        f"{page.name}: {link}"
        for page in pages
        for link in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8"))
        if "://" not in link and not (page.parent / link).exists()
    ]
    assert dead == []
