"""The description of the warehouse opens from disk: every table, no request, no error."""

from pathlib import Path

from tests.pages.looking import Visitor


def test_a_table_is_described_from_disk(visit: Visitor, release: Path) -> None:
    page = visit(release / "docs/index.html", "#!/model/model.govstats.fct_observation")
    heading = page.get_by_role("heading", name="fct_observation").first
    heading.wait_for()
    page.get_by_text("取牵头来源的最新版").first.wait_for()
    assert page.get_by_text("obs_value", exact=True).first.is_visible()
