"""What ``govstats inspect`` finds, as data and as text."""

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from govstats.errors import GovstatsError
from govstats.layouts.inspect import Inspection, inspect_file, render
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
    assert found.title == "岳阳楼区2020年1-3月一般公共预算收入完成情况表"
    assert (found.unit_line, found.header_block) == ("单位:万元", "A3:G4")
    assert dict(found.periods) == {"title": "2020年1-3月"}
    assert [(h["column"], h["id"]) for h in found.header][-2:] == [("F", "completion"), ("G", "")]
    assert [(cell.cell, cell.value_text) for cell in found.unmapped] == [
        ("G3", "备注"),
        ("G5", "含上划"),
    ]
    assert found.observations_total == 25
    content = json.loads(json.dumps(found.as_dict(), ensure_ascii=False))
    assert content["fates"]["unmapped"] == 2
    assert content["observations"][0]["cell_value"] == "334000.00000000"
    text = printed(found)
    for word in ("finance_revenue", "含上划", "not declared", "累计完成/金额", "first 12 of 25"):
        assert word in text


def test_an_unknown_sheet_names_the_nearest_layout(settings: Settings, tmp_path: Path) -> None:
    rows, merges = builders.finance()
    rows = builders.with_cell(rows, 4, 5, "比上年增长(%)")
    path = builders.workbook(tmp_path / "收入.xlsx", rows, merges)
    found = inspect_file(path, settings, department="财政局")
    assert (found.department, found.period, found.layout_id) == ("finance", "2020-03", None)
    nearest = found.likeness[0]
    assert (nearest.layout_id, nearest.missing) == ("finance_revenue", ("累计完成/同比增长(%)",))
    assert found.refusal is not None
    assert found.refusal.code == "missing_labels"
    text = printed(found)
    assert "nearest layouts" in text
    assert "refused: missing_labels" in text


def test_a_sheet_like_nothing(settings: Settings, tmp_path: Path) -> None:
    path = builders.workbook(tmp_path / "a.xlsx", [["Year", "Birth rate"], [2019, 10.48]])
    found = inspect_file(path, settings)
    assert (found.department, found.period) == ("", "")
    assert found.refusal is not None
    assert found.refusal.code == "unknown_layout"
    assert "9999" not in printed(found)


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
    with pytest.raises(GovstatsError, match="no department is called '税务局'"):
        inspect_file(path, settings, department="税务局")
    with pytest.raises(GovstatsError, match="YYYY-MM"):
        inspect_file(path, settings, period="2020年3月")
