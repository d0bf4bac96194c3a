"""The page as a document: self-contained, safe with hostile words, the same bytes every time."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from govstats.release import board
from govstats.release.board import reading
from tests.unit.release.board.conftest import RELEASE, progress, target

HOSTILE = '</script><script>alert("x")</script><img src=x onerror=alert(1)>&amp;\u202egnp\x00\u2028'


class Tags(HTMLParser):
    """Tags of a page with their attributes."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(source)

    @property
    def classes(self) -> set[str]:
        """Classes of the page's own elements."""
        return {name for _, a in self.found for name in (a.get("class") or "").split()}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_page_loads_nothing_and_runs_only_its_own_script(written):
    source = written().read_text(encoding="utf-8")
    tags = Tags(source).found

    assert not {tag for tag, _ in tags} & {"link", "img", "iframe", "object", "base", "form"}
    own = source.replace("http://www.w3.org/2000/svg", "")
    own = re.sub(r'"http://(schemas\.openxmlformats\.org|www\.w3\.org)[^"]*"', "", own)
    assert not re.search(r"https?:|url\(|@import|javascript:|data:image|\beval\(|new Function", own)
    (script,) = re.findall(r"<script>(.*?)</script>", source, re.DOTALL)
    (style,) = re.findall(r"<style>(.*?)</style>", source, re.DOTALL)
    assert [a["content"] for _, a in tags if a.get("http-equiv")] == [
        f"default-src 'none'; style-src 'sha256-{digest(style)}'; script-src "
        f"'sha256-{digest(script)}'; connect-src 'none'; base-uri 'none'; form-action 'none'"
    ]
    assert not [a for _, a in tags if "style" in a or any(name.startswith("on") for name in a)]


def test_hostile_words_stay_words(written, shown):
    page = written(
        dim_target=[target(1, name_zh=HOSTILE.replace("\x00", "")), target(2)],
        fct_target_progress=[progress(1, "2020-09-30", file=HOSTILE.replace("\x00", ""))],
    )
    source = page.read_text(encoding="utf-8")
    tags = Tags(source).found

    assert [a.get("type") for tag, a in tags if tag == "script"][:2] == ["application/json", None]
    assert "img" not in {tag for tag, _ in tags}
    assert "\u202e" not in source
    assert "\u2028" not in source
    assert shown(page, "dim_target")[0]["name_zh"] == HOSTILE.replace("\x00", "")


def test_the_district_s_name_is_escaped(written):
    areas = [{"ref_area": "area", "name_zh": "<b>某区", "name_en": "A & B"}]
    source = written(dim_area=areas).read_text(encoding="utf-8")
    assert '<h1><span lang="zh">&lt;b&gt;某区年度目标进展看板</span>' in source
    assert '<span lang="en">Commitments of the year, A &amp; B</span>' in source


def test_same_warehouse_same_bytes(warehouse, tmp_path):
    path = warehouse()
    first, second = (board.write(path, tmp_path / name / "board", RELEASE) for name in "ab")
    assert first.read_bytes() == second.read_bytes()


def test_bulletins_beside_are_linked(warehouse, tmp_path):
    folder = tmp_path / "release" / "bulletin"
    folder.mkdir(parents=True)
    for name in ("2020-09.html", "2020-06.html", "2020-06.docx"):
        (folder / name).touch()
    page = board.write(warehouse(), tmp_path / "release" / "board", RELEASE)
    assert reading.index(page)["bulletins"] == ["2020-06", "2020-09"]


@pytest.mark.parametrize("mark", ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write"])
def test_the_script_makes_text_never_markup(mark):
    scripts = Path(board.__file__).parent / "js"
    assert [path.name for path in scripts.glob("*.js") if mark in path.read_text()] == []


def test_every_script_is_on_the_page(written):
    source = written().read_text(encoding="utf-8")
    scripts = sorted((Path(board.__file__).parent / "js").glob("*.js"))
    assert len(scripts) >= 10
    assert [path.name for path in scripts if path.read_text(encoding="utf-8") not in source] == []
    assert [path.name for path in scripts
            if len(path.read_text(encoding="utf-8").splitlines()) >= 250] == []  # fmt: skip


def test_data_that_are_not_real_are_said_to_be_so(warehouse, tmp_path):
    folder = tmp_path / "release" / "board"
    page = board.write(warehouse(), folder, RELEASE, notice='演示 <i>"x"')
    source = page.read_text(encoding="utf-8")

    assert "演示 &lt;i&gt;&#34;x&#34;</p>" in source
    (style,) = re.findall(r"<style>(.*?)</style>", source, re.DOTALL)
    assert r'@top-center { content: "\6f14 \793a  \3c i\3e \22 x\22 "; }' in style
    assert f"style-src 'sha256-{digest(style)}'" in source
    assert "notice" not in Tags(board.write(warehouse(), folder, RELEASE).read_text()).classes


def test_a_rebuilt_past_says_so(warehouse, tmp_path):
    past = {**RELEASE, "as_of": "2020-10-20"}
    source = board.write(warehouse(), tmp_path / "board", past).read_text(encoding="utf-8")
    assert "按 2020-10-20 已收到的报表重建" in source
