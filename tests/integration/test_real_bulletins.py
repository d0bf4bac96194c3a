"""The district's bulletins of 2022 and 2023, entered as sheets: the audit finds their errors.

Levels and growth are the table of each bulletin (``reference/gdp_2022_2023_by_industry.csv``);
pulls and shares of the three sectors are what its text says beside it:
2022 (bx2200.com/tjgongbao/huazhong/6315.html): 分别拉动0.1、-1.8、7.4个百分点, 0.9:21.7:77.4;
2023 (tjj.yueyang.gov.cn content_2180760): -0.03、-4.95、8.42个百分点, 0.86:16.14:83.
"""

import csv
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from govstats import pipeline, validation
from govstats.intake import register
from govstats.settings import Settings
from govstats.validation import Finding
from govstats.warehouse import candidate
from tests.knowledge import copy_knowledge

pytestmark = pytest.mark.slow
TABLE = "gdp_2022_2023_by_industry.csv"
SECTORS = ("第一产业", "第二产业", "第三产业")
#: Year: pulls and shares of the three sectors, as printed.
PRINTED = {
    "2022": (("0.1", "-1.8", "7.4"), ("0.9", "21.7", "77.4")),
    "2023": (("-0.03", "-4.95", "8.42"), ("0.86", "16.14", "83")),
}
HEADING = ("指标名称", "计量单位", "绝对额", "同比增长(%)", "拉动(百分点)", "占地区生产总值比重(%)")
#: Rows of the sheet: 4 the whole, 5-13 the industries, 14-16 the sectors. D growth, E pull.
ERRORS = {
    # 0.2165 x 105.7/105.0 x 5.0 = 1.09, and not -1.8: a sector that grew cannot pull down
    ("2022", "LOG-044", "E15"): ("-1.8", "与增速 5% 同号"),
    ("2022", "LOG-045", "E15"): ("-1.8", "1.0898"),
    # 0.7744 x 105.7/106.1 x 6.1 = 4.71: 7.4 makes up for it, so that the sum is 5.7 all the same
    ("2022", "LOG-045", "E16"): ("7.4", "4.7058"),
    # 7775364 / 7479217 (levels over growth, nine industries) = 1.0396: the industries grew by 4.0 %
    ("2022", "LOG-047", "D4"): ("5.7", "3.9596"),
    # 6014952 / 5802511 (six services) = 1.0366: services grew by 3.7 %, not by 6.1 %
    ("2022", "LOG-047", "D16"): ("6.1", "3.6612"),
    # grew by 2.6 %: 0.00857 x 106.1/102.6 x 2.6 = +0.02
    ("2023", "LOG-044", "E14"): ("-0.03", "与增速 2.6% 同号"),
    # 0.1614 x 106.1/95.6 x -4.4 = -0.79
    ("2023", "LOG-045", "E15"): ("-4.95", "-0.7883"),
    # 0.8300 x 106.1/108.4 x 8.4 = 6.82; 8.42 is about the growth itself
    ("2023", "LOG-045", "E16"): ("8.42", "6.8241"),
    # -0.03 - 4.95 + 8.42 = 3.44
    ("2023", "BAL-022", "E15"): ("3.44", "6.1"),
}
#: What holds in both: sums within one unit (7775364, 8042783 and 8042781), shares, classifications.
HOLDS = {"BAL-001", "BAL-023", "BAL-024", "LOG-046", "LOG-048"}


@pytest.fixture(scope="module")
def bulletins(shared: Path) -> dict[str, dict[str, tuple[Decimal, Decimal]]]:
    path = shared / "reference" / TABLE
    if not path.exists():
        pytest.skip(f"no {TABLE} in {path.parent}: the real bulletins are not entered")
    table: dict[str, dict[str, tuple[Decimal, Decimal]]] = {}
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            figures = Decimal(row["value_wan_yuan"]), Decimal(row["growth_pct"])
            table.setdefault(row["year"], {})[row["item"]] = figures
    return table


@pytest.fixture(scope="module")
def findings(
    project: Path,
    bulletins: dict[str, dict[str, tuple[Decimal, Decimal]]],
    tmp_path_factory: pytest.TempPathFactory,
) -> list[Finding]:
    """The audit of the two sheets; the calendar of the project's copy is continued to 2023."""
    root = copy_knowledge(project, tmp_path_factory.mktemp("bulletins"))
    _continue_calendar(root / "dbt_project/seeds/calendar.csv")
    settings = Settings(root=root, data=root / "data")
    register(settings, [_write(settings.raw, year, bulletins[year]) for year in PRINTED])
    for batch in pipeline.scan(settings):
        counts = pipeline.parse(settings, batch["submission_ids"])
        assert (counts["accepted"], counts["refused"]) == (1, 0)  # one batch per period
    release_id = pipeline.build(settings)
    assert release_id
    warehouse = candidate.folder(settings, release_id) / "warehouse.duckdb"
    result = validation.validate(settings, warehouse, lambda line: None)
    return [finding for finding in result.findings if finding.sheet == "分行业"]


def test_the_errors_of_the_bulletins_are_found(findings: list[Finding]) -> None:
    rules = {rule_id for _, rule_id, _ in ERRORS}
    found = {
        (str(each.period_end)[:4], each.rule_id, each.cell): (each.value, each.expected)
        for each in findings
        if each.rule_id in rules
    }
    assert found == ERRORS


def test_what_the_bulletins_have_right_is_left_alone(findings: list[Finding]) -> None:
    assert [each.message_zh for each in findings if each.rule_id in HOLDS] == []


def test_a_fall_that_the_growth_does_not_tell_is_found(findings: list[Finding]) -> None:
    """Industry 2023: 123992 after 220264 is -43.7 %, -12.0 % is printed."""
    cells = {
        each.cell
        for each in findings
        if each.kind == "fluctuation" and str(each.period_end).startswith("2023")
    }
    assert "D6" in cells


def _continue_calendar(calendar: Path) -> None:
    lines = calendar.read_text(encoding="utf-8").splitlines()
    for year in (2022, 2023):
        lines += [line.replace("2021", str(year)) for line in lines if line.startswith("2021-")]
    calendar.write_text("\n".join(dict.fromkeys(lines)) + "\n", encoding="utf-8")


def _write(
    raw: Path, year: str, figures: dict[str, tuple[Decimal, Decimal]]
) -> tuple[Path, datetime]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "分行业"
    sheet.append([f"岳阳楼区{year}年1-12月地区生产总值分行业情况表"])
    sheet.append(["制表单位:岳阳楼区统计局", None, None, None, None, "单位:万元、%、百分点"])
    sheet.append(HEADING)
    pulls, shares = (dict(zip(SECTORS, column, strict=True)) for column in PRINTED[year])
    for item, (level, growth) in figures.items():
        of_sector = [Decimal(column[item]) if item in column else "—" for column in (pulls, shares)]
        sheet.append([item, "万元", level, growth, *of_sector])
    sheet.append(["年平均常住人口", "万人", "—", "—", "—", "—"])
    sheet.append(["人均地区生产总值", "元", "—", "—", "—", "—"])
    file = Path("统计局", f"{year}-12", f"地区生产总值分行业情况_{year}年1-12月.xlsx")
    (raw / file).parent.mkdir(parents=True)
    book.save(raw / file)
    return file, datetime(int(year) + 1, 3, 20, 9)
