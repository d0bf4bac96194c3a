"""Bad input, one of each kind: a clear refusal, and everything else is published."""

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from govstats import pipeline
from govstats.errors import ReleaseHeld
from govstats.release import reader, releases
from govstats.settings import Settings
from tests.knowledge import copy_knowledge
from tests.workbooks.hostile import encrypted


def sheet(settings: Settings, pattern: str) -> Path:
    return sorted(settings.raw.glob(pattern))[0]


def changed(path: Path, change: Callable[[Worksheet], None]) -> bytes:
    book = openpyxl.load_workbook(path)
    change(book.worksheets[0])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def place_of(worksheet: Worksheet, text: str) -> tuple[int, int]:
    for row in worksheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.strip() == text:
                return cell.row, cell.column
    raise AssertionError(f"{text} is not on the sheet")


NEVER = """
  - id: REL-900
    name_zh: 演练
    name_en: Drill
    kind: completeness
    severity: hard
    holds: release
    basis: 演练用
    basis_en: for a drill
    table: marts.dim_target
    expectation: sql
    args:
      query: "select 1 as value from {scope} as s having count(*) > 0"
    expected: "0"
    message_zh: 目标一个也没有的要求没有满足
    message_en: there are targets
    remedy_zh: 撤销本条规则
    remedy_en: take the rule away
"""


def govstats(settings: Settings, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from govstats.cli import main; main()", *arguments],
        env=os.environ | {"GOVSTATS_DATA": str(settings.data), "GOVSTATS_ROOT": str(settings.root)},
        capture_output=True,
        text=True,
        check=False,
    )


def without_the_growth_column(worksheet: Worksheet) -> None:
    row, column = place_of(worksheet, "同比增长(%)")
    for line in range(row, worksheet.max_row + 1):
        cell = worksheet.cell(line, column)
        if not isinstance(cell, openpyxl.cell.cell.MergedCell):
            cell.value = None


def a_table_nobody_knows() -> bytes:
    book = openpyxl.Workbook()
    for line in (["车辆登记表"], ["序号", "车牌", "里程(公里)"], [1, "甲", 12000]):
        book.active.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.slow
def test_each_bad_file_is_refused_in_words_and_the_rest_is_published(
    released: Settings, tmp_path: Path
) -> None:
    before = releases.current_id(released)
    folder = released.raw / "财政局" / "2020-12"
    finance = sheet(released, "财政局/2020-12/*财政收入*.xlsx")
    statistics = sheet(released, "统计局/2020-12/*主要经济指标月报*.xlsx")
    expected = {
        "空.xlsx": (b"", "empty_file"),
        "文本.xlsx": ("一般公共预算收入 252000".encode(), "wrong_extension"),
        "加密.xlsx": (encrypted(tmp_path / "a").read_bytes(), "encrypted"),
        "外单位.xlsx": (statistics.read_bytes(), "wrong_department"),
        "不认识.xlsx": (a_table_nobody_knows(), "unknown_layout"),
        "缺列.xlsx": (changed(finance, without_the_growth_column), "missing_labels"),
    }
    for name, (content, _) in expected.items():
        (folder / name).write_bytes(content)

    assert pipeline.run(released)["published"]

    assert releases.current_id(released) != before
    with reader.connect(released) as connection:
        refused = reader.rows(
            connection,
            "select file, reason_code, reason_zh, reason_en from marts.fct_submission "
            "where status = 'refused'",
        )
        findings = connection.execute(
            "select count(*) from marts.fct_validation_finding where rule_id = 'INT-001'"
        ).fetchone()
        revenue = connection.execute(
            "select obs_value from marts.fct_observation where period_end = '2020-12-31' "
            "and indicator_code = 'general_budget_revenue' and period_type = 'ytd' "
            "and measure = 'level' and department_code = 'finance'"
        ).fetchone()
    found = {Path(str(row["file"])).name: row for row in refused}
    assert {name: row["reason_code"] for name, row in found.items()} == {
        name: code for name, (_, code) in expected.items()
    }
    for name, row in found.items():
        assert name in str(row["reason_zh"])
        assert "处理办法" in str(row["reason_zh"])
        assert "To do" in str(row["reason_en"])
    assert "同比增长" in str(found["缺列.xlsx"]["reason_zh"])
    assert "统计局" in str(found["外单位.xlsx"]["reason_zh"])
    assert findings == (len(expected),)
    assert revenue is not None
    assert float(revenue[0]) == 25.2


@pytest.mark.slow
def test_what_concerns_the_marts_holds_the_release(released: Settings, tmp_path: Path) -> None:
    """A rule that no warehouse passes, as a fault of the models would be found."""
    before = releases.current_id(released)
    root = copy_knowledge(released.root, tmp_path / "project")
    own = replace(released, root=root)
    rules = (root / "expectations/release.yml").read_text(encoding="utf-8")
    (root / "expectations/release.yml").write_text(rules + NEVER, encoding="utf-8")

    with pytest.raises(ReleaseHeld) as held:
        pipeline.run(own)
    text = str(held.value)
    assert "目标一个也没有" in text
    assert "govstats override" in text
    assert releases.current_id(own) == before
    assert releases.verify(own, str(before)) == []
    with pytest.raises(ReleaseHeld):
        pipeline.run(own)  # nothing changed: it stays held, and says so again
    for command, code in (("validate", 4), ("status", 0)):
        done = govstats(own, command)
        assert done.returncode == code, done.stderr
        assert "目标一个也没有" in done.stdout

    (finding_id,) = re.findall("审核意见编号 ([0-9a-f]{12})", text)
    author = ("--reason", "该规则仅用于演练,不涉及发布数据", "--author", "王敏")
    done = govstats(own, "override", finding_id, *author)
    assert done.returncode == 0, done.stderr
    assert pipeline.run(own)["published"]


@pytest.mark.slow
def test_changed_original_is_a_finding_and_its_figures_stand(released: Settings) -> None:
    path = sheet(released, "财政局/2020-12/*.xlsx")
    path.write_bytes(path.read_bytes() + b"edited")
    pipeline.run(released)
    with reader.connect(released) as connection:
        findings = reader.rows(
            connection,
            "select severity, holds, file from marts.fct_validation_finding "
            "where rule_id = 'INT-002'",
        )
        figures = connection.execute(
            "select count(*) from marts.fct_observation "
            "where department_code = 'finance' and period_end = '2020-12-31' "
            "and obs_value is not null"
        ).fetchone()
    assert [(row["severity"], row["holds"]) for row in findings] == [("hard", "none")]
    assert str(findings[0]["file"]).endswith(path.name)
    assert figures is not None
    assert figures[0] > 0
