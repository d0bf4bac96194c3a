"""Files that have layouts, and what must come of each.

Counts were worked out by hand from the sheets: rows with figures times columns with figures.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Case:
    """One file: what it is received as, and what must come of it.

    ``crossings`` counts observations with empty cells, ``figures`` those with a value, ``entries``
    the rows of registers and ledgers by layout. ``left_over`` are places (a sheet, or a range on
    it) whose cells no layout claims, and why that is right.
    """

    file: str
    department: str
    period: str
    crossings: int = 0
    figures: int = 0
    entries: dict[str, int] = field(default_factory=dict)
    left_over: dict[str, str] = field(default_factory=dict)

    @property
    def received_as(self) -> str:
        """The file's name as a department would send it: with its period."""
        return f"{self.period[:4]}年{int(self.period[5:])}月_{self.file}"


CASES = (
    Case("1-13_就业基本情况.xls", "yearbook", "2022-12", 21 * 12, 21 * 12 - 8),
    Case(
        "1-23_分地区按行业分城镇非私营单位就业人员数（2022年）.xls",
        "yearbook",
        "2022-12",
        32 * 20,
        32 * 20,
    ),
    Case("1-2_按性别分人口数.xls", "yearbook", "2022-12", 59 * 5, 59 * 5),
    Case("2-15_各地区按家庭户规模分的户数.xls", "yearbook", "2022-12", 32 * 11, 32 * 11),
    Case("5-1_各地区总户数、总人口.xls", "yearbook", "2022-12", 32 * 6, 32 * 6),
    Case("5-5_续表_3.xls", "yearbook", "2022-12", 42 * 2, 42 * 2),
    Case("6-14_居民消费价格分类指数.xls", "yearbook", "2022-12", 12 * 8, 12 * 8),
    Case("7-1_人口数.xls", "yearbook", "2022-12", 98 * 20, 98 * 20 - 4),
    Case("2020-data-inte__主要城市年度数据.xls", "exports", "2019-12", 36 * 5, 36 * 4 + 4),
    Case("canxuekratos__人口自然增长率.xls", "exports", "2021-12", 20 * 31, 20 * 31),
    Case("data-science-i__分省月度数据.csv", "exports", "2020-03", 31 * 3, 31 * 2),
    Case("RenJiyi163__分省年度数据_(3).csv", "exports", "2025-12", 31 * 20, 31 * 17),
    Case("GKDGKD__国内生产总值（不变价）.xls", "exports", "2020-03", 8 * 18, 8 * 18),
    Case("Karagul__月度数据.xls", "exports", "2017-12", 9 * 24, 9 * 24),
    Case("xiehuiaa__主要城市年度数据.xls", "exports", "2019-12", 13 * 20, 246),
    Case(
        "lomo5__汇总表.xls",
        "telecom",
        "2018-06",
        entries={"capacity": 163, "regions": 99, "cities_quarterly": 181},
        left_over={"通信能力月报表!H1:H180": "row numbers without a heading"},
    ),
    Case(
        "okfn__large.xlsx",
        "treasury",
        "2013-06",
        entries={"pieces": 8544, "matured": 1986},
        left_over={
            "Report": "a report drawn from the data, no layout asks for it",
            "criteria": "settings of a query",
        },
    ),
    Case(
        "SousekiL__位次变化.xlsx",
        "admissions",
        "2023-12",
        entries={"falls_200": 30, "rises_200": 30, "falls_500": 20, "rises_500": 20},
        left_over={
            "Sheet1!A1:I130": "a draft without title or header",
            "Sheet1!P1:W130": "drafts without title or header",
        },
    ),
)
