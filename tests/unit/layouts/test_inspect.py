"""What ``govstats inspect`` finds, as data and as text."""

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from govstats.errors import GovstatsError
from govstats.layouts.inspect import Inspection, inspect_file, render, write_picture
from govstats.settings import Settings
from tests.workbooks import builders, hostile


def printed(inspection: Inspection) -> str:
    console = Console(file=io.StringIO(), width=160, markup=False, emoji=False)
    render(inspection, console)
    return console.file.getvalue()  # type: ignore[attr-defined]


def test_a_known_sheet_in_its_folder(settings: Settings, tmp_path: Path) -> None:
    rows, merges = builders.finance()
    rows = builders.with_column(rows, 7, {3: "备注", 5: "含上划"})
    path = builders.workbook(tmp_path / "财政局/2020-03/收入.xlsx", rows, merges, "收入")
    found = inspect_file(path, settings)
    assert (found.department, found.period, found.layout_id) == (
        "finance", "2020-03", "finance_revenue",
    )  # fmt: skip
    assert found.refusal is None
    (table,) = found.tables
    assert table.is_read
    assert (table.title, table.title_cell) == (
        "岳阳楼区2020年1-3月一般公共预算收入完成情况表",
        "A1",
    )
    assert (table.unit_line, table.header_block) == ("单位:万元", "A3:G4")
    assert table.periods == (("title", "2020年1-3月"),)
    assert [(h.column, h.id) for h in table.header][-2:] == [("F", "completion"), ("G", "")]
    assert [(row.row, row.id) for row in table.rows][:2] == [(5, "total"), (6, "total_tax")]
    assert [(cell.cell, cell.value_text) for cell in found.unmapped] == [
        ("G3", "备注"),
        ("G5", "含上划"),
    ]
    assert {remark.kind for remark in found.remarks} == {
        "producer",
        "note",
        "signature",
        "report_date",
    }
    assert found.observations_total == 25
    content = json.loads(json.dumps(found.as_dict(), ensure_ascii=False))
    assert content["fates"]["unmapped"] == 2
    assert content["observations"][0]["cell_value"] == "334000.00000000"
    assert "pictures" not in content
    text = printed(found)
    for word in ("finance_revenue", "含上划", "not declared", "累计完成/金额", "first 12 of 25",
                 "row labels", "producer"):  # fmt: skip
        assert word in text


def test_an_unknown_sheet_names_the_nearest_layout(settings: Settings, tmp_path: Path) -> None:
    rows, merges = builders.finance()
    rows = builders.with_cell(rows, 4, 5, "比上年增长(%)")
    path = builders.workbook(tmp_path / "收入.xlsx", rows, merges)
    found = inspect_file(path, settings, department="财政局", with_pictures=True)
    assert (found.department, found.period, found.layout_id) == ("finance", "2020-03", None)
    nearest = found.likeness[0]
    assert (nearest.layout_id, nearest.missing) == ("finance_revenue", ("累计完成/同比增长(%)",))
    assert found.refusal is not None
    assert found.refusal.code == "missing_labels"
    (table,) = found.tables
    assert (table.layout_id, table.is_read) == ("finance_revenue", False)
    (picture,) = found.pictures
    assert (picture.basis, picture.layout_id) == ("tried", "finance_revenue")
    # the column that the layout does not know: its heading and five figures
    assert dict(picture.counts)["unmapped"] == 6
    text = printed(found)
    assert "nearest layouts" in text
    assert "refused: missing_labels" in text
    assert found.refusal.lines
    assert found.refusal.lines.splitlines()[0] in text


def test_a_sheet_like_nothing_is_told_by_its_shape(settings: Settings, tmp_path: Path) -> None:
    rows: builders.Rows = [["Year", "Birth rate"], [2019, 10.48], [2018, 10.94], [2017, 12.43]]
    path = builders.workbook(tmp_path / "a.xlsx", rows)
    found = inspect_file(path, settings, with_pictures=True)
    assert (found.department, found.period) == ("", "")
    assert found.refusal is not None
    assert found.refusal.code == "unknown_layout"
    assert "9999" not in printed(found)
    (block,) = found.blocks
    assert block.body.endswith(":B4")
    (picture,) = found.pictures
    assert picture.basis == "inferred"
    assert "a table by its shape" in printed(found)


def test_a_sheet_beside_the_one_that_is_read(settings: Settings, tmp_path: Path) -> None:
    rows, merges = builders.finance()
    more = {"说明": [["地区", "人口(万人)"], ["甲区", 12.5], ["乙区", 8.0], ["丙区", 4.0]]}
    path = builders.workbook(tmp_path / "财政局/2020-03/a.xlsx", rows, merges, "收入", more=more)
    found = inspect_file(path, settings, with_pictures=True)
    assert found.refusal is None
    assert [(picture.name, picture.basis) for picture in found.pictures] == [
        ("收入", "read"),
        ("说明", "read"),
    ]
    assert [block.sheet for block in found.blocks] == ["说明"]
    assert dict(found.pictures[1].counts) == {"unmapped": 8}


def test_last_years_title_is_refused_and_still_drawn(settings: Settings, tmp_path: Path) -> None:
    rows, merges = builders.finance("2019年1-3月")
    path = builders.workbook(tmp_path / "财政局/2020-03/a.xlsx", rows, merges)
    found = inspect_file(path, settings, with_pictures=True)
    assert found.refusal is not None
    assert found.refusal.code == "period_conflict"
    assert [(table.layout_id, table.is_read) for table in found.tables] == [
        ("finance_revenue", False)
    ]
    assert dict(found.pictures[0].counts)["observation"] == 25


def test_the_picture_is_written(settings: Settings, tmp_path: Path) -> None:
    rows, merges = builders.finance()
    path = builders.workbook(tmp_path / "财政局/2020-03/<b>收入.xlsx", rows, merges, "收入")
    found = inspect_file(path, settings, with_pictures=True)
    target = tmp_path / "图.html"
    write_picture(found, settings, target)
    text = target.read_text(encoding="utf-8")
    assert "一般公共预算收入 × 增速" in text
    assert "&lt;b&gt;收入.xlsx" in text
    assert "<b>收入" not in text
    write_picture(inspect_file(path, settings, with_pictures=True), settings, tmp_path / "2.html")
    assert (tmp_path / "2.html").read_bytes() == target.read_bytes()


def test_a_page_goes_nowhere_it_could_do_harm(settings: Settings, tmp_path: Path) -> None:
    found = Inspection("a.xlsx", "", "")
    with pytest.raises(GovstatsError, match=r"\.html"):
        write_picture(found, settings, tmp_path / "a.xlsx")
    with pytest.raises(GovstatsError, match="no folder"):
        write_picture(found, settings, tmp_path / "absent" / "a.html")


@pytest.mark.parametrize(
    ("build", "code"),
    [(hostile.encrypted, "encrypted"), (hostile.far_cell, "unsafe_archive")],
)
def test_a_file_that_cannot_be_opened(settings: Settings, tmp_path: Path, build, code: str) -> None:
    found = inspect_file(build(tmp_path / "a.xlsx"), settings)
    assert found.refusal is not None
    assert found.refusal.code == code
    assert json.dumps(found.as_dict())
    assert code in printed(found)


def test_wrong_questions_are_answered(settings: Settings, tmp_path: Path) -> None:
    path = hostile.plain(tmp_path / "a.xlsx")
    with pytest.raises(GovstatsError, match="no file"):
        inspect_file(tmp_path / "b.xlsx", settings)
    with pytest.raises(GovstatsError, match="no department is called '园林局'"):
        inspect_file(path, settings, department="园林局")
    with pytest.raises(GovstatsError, match="YYYY-MM"):
        inspect_file(path, settings, period="2020年3月")
