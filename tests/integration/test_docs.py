"""The release explains itself: one page about every table, for desks without a network."""

import json
import re

from govstats.release import releases
from govstats.settings import Settings


def test_a_release_holds_the_docs_of_its_warehouse(first_release: Settings) -> None:
    folder = releases.current_folder(first_release)
    page = (folder / "docs" / "index.html").read_text(encoding="utf-8")
    for described in ("fct_target_progress", "目标进度", "compiled_code"):
        assert json.dumps(described)[1:-1] in page
    assert "docs/index.html" in releases.manifest(folder)["files"]
    # counted with the files, never with the marts that make a release what it is
    assert "docs" not in releases.manifest(folder)["marts"]


def test_the_page_fetches_nothing_and_names_no_machine(first_release: Settings) -> None:
    page = (releases.current_folder(first_release) / "docs" / "index.html").read_text("utf-8")
    policy = re.search(r'<head><meta http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    assert "http" not in policy[1]
    assert "connect-src 'none'" in policy[1]
    for place in (first_release.root, first_release.data):
        assert f"{place}/" not in page
