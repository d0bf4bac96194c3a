"""What the sheets of the works and counts show at the end of 2020, and where they agree."""

from typing import Any

import pytest

WORKS = (
    ("natural_resources_land", "征拆交地"),
    ("housing_city", "工程进度"),
    ("urban_management_city", "工程台账"),
    ("education_schools", "学校建设"),
)
DONE = ("已通车", "已交地", "已挂牌成交", "竣工验收", "投入使用")


@pytest.mark.parametrize(
    ("sheet", "row", "heading", "figure"),
    [
        ("finance_expenditure", "回笼资金", "1月至本月累计/金额", 17000),
        ("finance_expenditure", "向上争取资金", "1月至本月累计/金额", 113000),
        ("finance_expenditure", "一般性支出", "1月至本月累计/比上年同期±%", -11.2),
        ("finance_expenditure", "新增政府隐性债务", "1月至本月累计/金额", 0),
        ("hrss_wages", "未结农民工欠薪案件", "月末数", 0),
        ("market_entities_monthly", "市场主体总数", "期末或累计", 7.8),
        ("natural_resources_land", "挂牌出让土地宗数", "完成情况/累计", 11),
        ("natural_resources_land", "挂牌出让土地面积", "完成情况/累计", 1046),
        ("housing_city", "建成城区主干道", "累计完成", 8),
        ("housing_city", "改造老旧小区", "累计完成", 26),
        ("housing_city", "整治低洼渍水地段", "累计完成", 15),
        ("urban_management_city", "新增停车位", "完成数/累计", 1260),
        ("urban_management_city", "新增违法建设", "完成数/累计", 2),
        ("education_schools", "新建或改扩建公办幼儿园", "累计建成", 5),
        ("health_centres", "启动建设社区卫生服务中心", "累计完成", 6),
        ("police_stations", "新建或改扩建派出所", "1-本月", 6),
        ("commerce_trade", "标准化改造农贸市场", "累计完成", 2),
        ("finance_office_institutions", "引进金融保险机构数", "累计引进", 4),
        ("medical_insurance_coverage", "基本医疗保险参保率", "季末数", 96.43),
    ],
)
def test_year_end(either: Any, sheet: str, row: str, heading: str, figure: float) -> None:
    assert either.table(sheet, "2020-12")[row, heading] == figure


def test_logistics_stand_on_a_sheet_of_their_own_at_quarter_ends(shown: Any, sheet: Any) -> None:
    rows = sheet(shown.file("commerce_trade", "2020-12"), "现代物流")
    assert [row[:3] for row in rows if row[0] == "现代物流业产值"] == [
        ["现代物流业产值", 200, 188.4]
    ]
    with pytest.raises(Exception, match="现代物流"):
        sheet(shown.file("commerce_trade", "2020-11"), "现代物流")


def test_the_cut_is_reached_from_september_on(either: Any, number: Any, periods: Any) -> None:
    heading = "1月至本月累计/比上年同期±%"
    for period in periods:
        if period >= "2020":
            growth = number(either.table("finance_expenditure", period)["一般性支出", heading])
            assert (growth <= -10) == (period >= "2020-09"), period


def test_parking_spaces_reached_their_number_by_mistake(shown: Any) -> None:
    heading = ("新增停车位", "完成数/累计")
    first, second = (
        shown.table("urban_management_city", "2020-09", later)[heading] for later in (False, True)
    )
    assert (first, second) == (1012, 918)
    assert shown.table("urban_management_city", "2020-08")[heading] == 690


def test_a_corrected_revenue_adds_what_was_left_out(shown: Any) -> None:
    first, second = (shown.table("finance_revenue", "2020-08", later) for later in (False, True))
    for row in ("财政总收入", "一般公共预算收入", "非税收入"):
        assert second[row, "累计完成/金额"] - first[row, "累计完成/金额"] == 860
    assert second["税收收入#2", "累计完成/金额"] == first["税收收入#2", "累计完成/金额"]


def _works(shown: Any, sheet: Any, file: str, tab: str, period: str) -> dict[str, str]:
    """Stage by work, from the sheet as it is written."""
    rows = sheet(shown.file(file, period), tab)
    top = next(n for n, row in enumerate(rows) if row[0] == "序号")
    names = {"工程名称", "项目", "项目名称", "事项名称"}
    name = next(n for n, text in enumerate(rows[top]) if text in names)
    words = {"形象进度", "目前进度", "建设进度", "进展情况"}
    stage = next(n for n, text in enumerate(rows[top]) if text in words)
    return {row[name]: row[stage] for row in rows[top:] if isinstance(row[0], float)}


def _done(works: dict[str, str], *parts: str) -> int:
    return sum(
        any(p in name for p in parts) and any(w in works[name] for w in DONE) for name in works
    )


def test_counts_are_those_of_the_works(shown: Any, sheet: Any, periods: Any) -> None:
    for period in (p for p in periods if p >= "2019"):
        works = _works(shown, sheet, "housing_city", "工程进度", period)
        city = shown.table("housing_city", period)["建成城区主干道", "累计完成"]
        assert sum(works[name] == "已通车" for name in works) == city, period
        if period == "2020-08":
            continue
        built = shown.table("education_schools", period)["新建或改扩建公办幼儿园", "累计建成"]
        schools = _works(shown, sheet, "education_schools", "学校建设", period)
        assert _done(schools, "幼儿园") == built, period


def test_parcels_add_up_to_the_table(shown: Any, sheet: Any, periods: Any) -> None:
    for period in (p for p in periods if p >= "2019"):
        rows = sheet(shown.file("natural_resources_land", period), "出让台账")
        parcels = [row for row in rows if isinstance(row[0], float)]
        table = shown.table("natural_resources_land", period)
        assert len(parcels) == table["挂牌出让土地宗数", "完成情况/累计"]
        area = table["挂牌出让土地面积", "完成情况/累计"]
        assert sum(row[3] for row in parcels) == pytest.approx(area), period


def test_works_of_the_year_end(shown: Any, sheet: Any) -> None:
    end = {
        name: stage
        for file, tab in WORKS
        for name, stage in _works(shown, sheet, file, tab, "2020-12").items()
    }
    assert end["西环线"] == "路面施工"
    assert end["郭镇片区污水管网"] == "管网施工"
    assert _done(end, "污水管网") == 5
    assert _done(end, "清零交地") == 5
    assert _done(end, "小学") == 4


def test_seeded_irregularities_of_the_works(shown: Any, sheet: Any) -> None:
    def housing(period: str) -> dict[str, str]:
        return _works(shown, sheet, "housing_city", "工程进度", period)

    bridge = [housing(f"2020-{month}")["通海北路"] for month in ("09", "10", "11")]
    assert bridge == ["已开工", "前期手续", "已开工"]
    assert housing("2020-05")["望岳片区污水管网"] == "攻坚扫障"
    assert "中下湖清淤工程" in housing("2020-09")
    late = _works(shown, sheet, "natural_resources_land", "征拆交地", "2020-11")
    assert late["赶山东路教育储备土地征拆"] == "正在签约拆除"
