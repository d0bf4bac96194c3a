"""The bulletin of the demonstration year, read as a bureau reads it.

The sentences of 2020-09 and 2020-12 were worked out by hand from the figures of the sheets:
520.45 of 750 is 69.39 %, the path 71.50 %, so 2.1 points behind; 735 of 750 is 98.0 %, 15 short.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import duckdb
import pytest

from govstats.errors import GovstatsError
from govstats.release.bulletin.contents import contents
from govstats.release.bulletin.facts import has_sign
from govstats.release.bulletin.model import Bulletin, Paragraph
from govstats.release.bulletin.template import load
from govstats.release.bulletin.wording import as_words
from govstats.release.reference import Figure
from govstats.settings import Settings
from tests.unit.release.bulletin.speaking import FORBIDDEN

PERIODS = [f"2020-{month:02}" for month in range(2, 13)]

Q3 = """
前三季度，纳入跟踪的政府工作报告目标共72个，其中已完成9个、超进度7个、达进度29个、欠进度25个、无数据2个。按灯号分，绿灯45个、黄灯12个、红灯13个。有数据的目标中，达到进度要求的占64.3%。
主要预期目标13个，其中达进度1个、欠进度11个、无数据1个，达到进度要求的占有数据目标的8.3%。
主要指标同比增速：地区生产总值增长2.9%、固定资产投资增长5.0%、社会消费品零售总额下降4.0%、一般公共预算收入下降16.6%、居民人均可支配收入增长3.7%。
截至本期，时序进度为75.0%。累计指标同时比照季节性进度，即往年同期占全年的比重。
地区生产总值：520.45亿元，完成年度目标的69.4%，慢于季节性进度2.1个百分点（目标突破750亿元），欠进度（黄▲）；同比增长2.9%，低于年度目标5.2个百分点（目标增长8.1%左右），欠进度（红■）。
社会消费品零售总额：347.95亿元，完成年度目标的63.3%，慢于季节性进度8.8个百分点（目标达到550亿元），欠进度（红■）；同比下降4.0%，低于年度目标14.2个百分点（目标增长10.2%），欠进度（红■）。
一般公共预算收入：18.71亿元，完成年度目标的60.0%，慢于季节性进度17.7个百分点（目标达到31.2亿元），欠进度（红■）；同比下降16.6%，低于年度目标25.1个百分点（目标增长8.5%），欠进度（红■）。
城镇调查失业率：目标控制在4.5%以内，无数据（本级不可观测），不作判断。
区域综合实力全市位次：第1位（目标第1位），达进度（绿●）。
欠进度25个，其中黄灯12个、红灯13个。
逾期未达到阶段要求的事项1项：湖鲜小镇（期限2020年9月30日，应为“启动（开工）”，目前为“前期手续”）。
无数据2个，不作判断。其中，本级不可观测1个：城镇调查失业率；未报送1个：争创全面小康推进工作先进县。
好转2个：清洗降尘设备全覆盖（由红灯转为黄灯）、信访存量减少（由红灯转为黄灯）。
转红2个：洞庭生态创新城二期启动（由达进度转为欠进度）、杜绝新增违法建设（由达进度转为欠进度）。
地区生产总值520.45亿元，同比增长2.9%，增速高于岳阳市平均水平0.4个百分点；绝对量居全市9个县（市、区）第1位。
固定资产投资158.24亿元，同比增长5.0%，增速高于岳阳市平均水平1.0个百分点；增速居全市9个县（市、区）第2位。
一般公共预算收入18.71亿元，同比下降16.6%，增速低于岳阳市平均水平12.8个百分点；绝对量居全市9个县（市、区）第1位。
应报报表39张，按时38张，迟报1张。
迟报1张：税务局《街道（乡）协税护税情况通报》迟报13天。
地区生产总值总量：全年约727.87亿元，为年度目标的97.0%，按往年推算误差在726.39亿元至729.36亿元之间。
新增城镇就业：全年约8354人，为年度目标的92.8%，按往年推算误差在8236人至8473人之间。
"""
YEAR = """
2020年，纳入跟踪的政府工作报告目标共72个，其中已完成51个、未完成20个、无数据1个。有数据的目标中，已完成的占71.8%。
主要预期目标13个，其中已完成3个、未完成9个、无数据1个，已完成的占有数据目标的25.0%。
分牵头部门看，未完成目标较多的有：统计局7个、住建局4个、财政局3个。
地区生产总值：735亿元，完成年度目标的98.0%，距年度目标尚差15亿元（目标突破750亿元），未完成（红■）；同比增长4.0%，低于年度目标4.1个百分点（目标增长8.1%左右），未完成（红■）。
固定资产投资：270亿元，完成年度目标的100.0%（目标达到270亿元），已完成（绿●）；同比增长10.0%，与年度目标持平（目标增长10%），已完成（绿●）。
社会消费品零售总额：500亿元，完成年度目标的90.9%，距年度目标尚差50亿元（目标达到550亿元），未完成（红■）；同比下降0.6%，低于年度目标10.8个百分点（目标增长10.2%），未完成（红■）。
一般公共预算收入：25.2亿元，完成年度目标的80.8%，距年度目标尚差6亿元（目标达到31.2亿元），未完成（红■）；同比下降12.4%，低于年度目标20.9个百分点（目标增长8.5%），未完成（红■）。
居民人均可支配收入：40535元，完成年度目标的96.4%，距年度目标尚差1511元（目标达到42046元），未完成（红■）；同比增长4.6%，低于年度目标3.9个百分点（目标增长8.5%），未完成（红■）。
地区生产总值735亿元，同比增长4.0%，增速低于岳阳市平均水平0.2个百分点；绝对量居全市9个县（市、区）第1位。
应报报表39张，按时39张。
各部门均按时报送。
本期数据没有待说明的审核意见。
"""


@pytest.fixture(scope="module")
def warehouse(first_release: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    path = first_release.releases / "current/warehouse.duckdb"
    with duckdb.connect(str(path), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def bulletins(first_release: Settings, warehouse: duckdb.DuckDBPyConnection) -> dict[str, Bulletin]:
    release = json.loads((first_release.releases / "current/release.json").read_text("utf-8"))
    template = load(first_release.bulletin)
    return {period: contents(warehouse, period, release, template) for period in PERIODS}


def paragraphs(bulletin: Bulletin) -> list[str]:
    blocks = [*bulletin.opening, *(block for part in bulletin.sections for block in part.blocks)]
    return [as_words(block.text) for block in blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize(("period", "wanted"), [("2020-09", Q3), ("2020-12", YEAR)])
def test_the_sentences_worked_out_by_hand(
    bulletins: dict[str, Bulletin], period: str, wanted: str
) -> None:
    said = paragraphs(bulletins[period])
    assert [line for line in wanted.strip().splitlines() if line not in said] == []


def test_data_without_the_sign_are_not_called_a_demonstration(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    assert has_sign(warehouse, date(2020, 9, 30), "演示数据")
    assert not has_sign(warehouse, date(2020, 9, 30), "试算数据")
    assert not has_sign(warehouse, date(2020, 9, 30), "")
    assert not has_sign(warehouse, date(2022, 9, 30), "演示数据")


def test_title_issuer_and_kind(bulletins: dict[str, Bulletin]) -> None:
    assert [bulletins[period].kind for period in ("2020-08", "2020-09", "2020-12")] == [
        "month",
        "quarter",
        "year",
    ]
    titles = {period: made.title.replace("\n", "") for period, made in bulletins.items()}
    assert titles["2020-08"] == "关于2020年1—8月政府工作报告目标完成情况的通报"
    assert titles["2020-09"] == "关于2020年前三季度政府工作报告目标完成情况的通报"
    assert titles["2020-12"] == "关于2020年度政府工作报告目标完成情况的通报"
    assert bulletins["2020-09"].issuer == "岳阳楼区统计局"
    assert bulletins["2020-09"].notice.startswith("演示数据")


def test_every_figure_is_the_figure_of_its_mart(
    warehouse: duckdb.DuckDBPyConnection, bulletins: dict[str, Bulletin]
) -> None:
    columns: dict[tuple[str, str], dict[tuple[str, ...], object]] = {}
    for figure in {f for period in PERIODS for f in bulletins[period].figures()}:
        address = figure.reference
        if (address.mart, address.column) not in columns:
            keys = ", ".join(f"cast({name} as varchar)" for name, _ in address.key)
            rows = warehouse.execute(
                f"select {keys}, {address.column} from marts.{address.mart}"
            ).fetchall()
            columns[address.mart, address.column] = {row[:-1]: row[-1] for row in rows}
        key = tuple(value for _, value in address.key)
        assert columns[address.mart, address.column][key] == figure.value, str(address)
        if figure.value is not None and address.column != "target_value":
            said(figure)


def said(figure: Figure) -> None:
    """The number that is read is the mart's, rounded; the sign may stand in words before it."""
    (number,) = re.findall(r"-?\d+(?:\.\d+)?", figure.text)
    value, shown = Decimal(figure.value or 0), Decimal(number)
    assert abs(abs(value) - abs(shown)) <= Decimal("0.5"), figure
    assert (shown == 0) == (value == 0), figure
    assert shown >= 0 or value < 0, figure


@pytest.mark.parametrize("period", PERIODS)
def test_the_text_is_clean_chinese(bulletins: dict[str, Bulletin], period: str) -> None:
    bulletin = bulletins[period]
    for text in paragraphs(bulletin):
        assert not FORBIDDEN.search(text), text
    for table in bulletin.tables():
        assert table.title
        assert len(table.table_id) <= 31
        for row in table.rows:
            assert len(row) == len(table.columns)
            assert all(as_words(cell) for cell in row), (table.title, row)
            assert "None" not in "".join(as_words(cell) for cell in row)
    numbers = [table.table_id for table in bulletin.tables()]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("period", PERIODS)
def test_nobody_behind_is_said_to_be_ahead(bulletins: dict[str, Bulletin], period: str) -> None:
    said = [text for text in paragraphs(bulletins[period]) if re.match("红灯|黄灯|未完成（", text)]
    for item in (part for text in said for part in text.split("；")):
        assert "快于" not in item
        assert "持平" not in item or re.search("停滞|逾期|未获|同期持平", item), item


@pytest.mark.parametrize("period", ["2020-01", "2017-12", "september"])
def test_a_period_without_targets_has_no_bulletin(
    first_release: Settings, warehouse: duckdb.DuckDBPyConnection, period: str
) -> None:
    with pytest.raises(GovstatsError, match=f"nothing to report on {period}"):
        contents(warehouse, period, {"release_id": "r"}, load(first_release.bulletin))


@pytest.mark.parametrize("period", PERIODS)
def test_counts_add_up(bulletins: dict[str, Bulletin], period: str) -> None:
    overall = next(text for text in paragraphs(bulletins[period]) if "纳入跟踪" in text)
    total, rest = re.match(r".*共(\d+)个，其中(.*?)。", overall).groups()  # type: ignore[union-attr]
    assert int(total) == sum(int(n) for n in re.findall(r"(\d+)个", rest)) == 72
    sections = next(table for table in bulletins[period].tables() if "各部分" in table.title)
    names = [column.heading for column in sections.columns]
    first, last = names.index("目标"), len(names) - 1
    for row in sections.rows:
        figures = [cell[0] for cell in row[first:last]]
        values = [figure.value for figure in figures if isinstance(figure, Figure)]
        states = [n for name, n in zip(names[first:last], values, strict=True) if "灯" not in name]
        assert states[0] == sum(states[1:])
