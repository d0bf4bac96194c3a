"""A bulletin made by hand, small and nasty, for the tests of its documents."""

from datetime import date
from decimal import Decimal

from govstats.release.bulletin.model import Bulletin, Chart, Column, Paragraph, Section, Table
from govstats.release.reference import Figure, Reference

HOSTILE = "=cmd|'/c'!A1</script><b>\u202e\x07"


def figure(text: str, value: Decimal | int | None, key: str, column: str = "obs_value") -> Figure:
    return Figure(text, Reference.of("fct_x", column, {"code": key}), value)


CHART = Chart(
    "bars",
    "完成情况",
    {
        "width": 300,
        "height": 60,
        "data": {"values": [{"name": f"甲{HOSTILE}", "value": 3}, {"name": "乙", "value": 5}]},
        "mark": {"type": "bar", "clip": True},
        "encoding": {
            "y": {"field": "name", "type": "nominal"},
            "x": {"field": "value", "type": "quantitative"},
        },
    },
    "条形图：甲3，乙5",
)
TABLE = Table(
    "表1",
    "主要指标",
    (
        Column("指标", width=3),
        Column("数值", "亿元", "right"),
        Column("增速", "%", "right"),
        Column("状态", align="center"),
    ),
    (
        (
            ("甲",),
            (figure("520.45", Decimal("520.450000"), "a"),),
            (figure("下降4.0%", Decimal("-4.0400"), "a", "growth_pct"),),
            ("黄▲",),
        ),
        (
            (HOSTILE,),
            (figure("-12.8", Decimal("-12.800000"), "b"),),
            (figure("未报", None, "b", "growth_pct"),),
            (figure("第2位", 2, "b", "rank"), "/", figure("9", 9, "b", "n")),
        ),
    ),
    "口径见正文",
)
ANNEX = Table(
    "附表1",
    "各项一览",
    (Column("项目"), Column("数值", "个", "right")),
    tuple(((f"第{n}项",), (figure(str(n), n, f"c{n}"),)) for n in range(1, 61)),
)
BULLETIN = Bulletin(
    release_id="2020-09-0123456789",
    period_end=date(2020, 9, 30),
    time_period="2020-09",
    kind="quarter",
    title="关于某年前三季度\n目标完成情况的通报",
    issuer="某区统计局",
    sections=(
        Section(
            "overall",
            "总体评价",
            (
                Paragraph(("共", figure("72个", 72, "n"), "，其中", HOSTILE, "。")),
                Paragraph(("进展",), 2),
                Paragraph(("分项",), 3),
                Paragraph(("分项",), 3),
                Paragraph(("其他",), 2),
                Paragraph(("分项",), 3),
                TABLE,
            ),
        ),
        Section("areas", "街道", (CHART, Paragraph(("完。",)))),
    ),
    annexes=(ANNEX,),
    notice="演示数据",
    addressee="各有关单位：",
    opening=(Paragraph(("至", figure("9", 9, "month"), "月。")),),
    dated="　　　　年　　月　　日",
)
