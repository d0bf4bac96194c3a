"""Facts made by hand and the voice that tells them, with the project's own template and codes."""

import csv
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from govstats.release.bulletin.facts import District, Facts
from govstats.release.bulletin.model import Block, Paragraph, Table
from govstats.release.bulletin.rows import Row
from govstats.release.bulletin.template import load
from govstats.release.bulletin.voice import Voice
from govstats.release.bulletin.wording import as_words

PROJECT = Path(__file__).parents[4]
TEMPLATE = load(PROJECT / "bulletin")
DAY = date(2020, 9, 30)
LISTS = [
    name
    for name in Facts.__dataclass_fields__
    if name not in ("connection", "period", "district", "codes")
]

#: What no Chinese sentence may hold: words of a program, doubled or narrow marks.
FORBIDDEN = re.compile(
    r"None|nan|Decimal|[{}\[\]]|[，。；：、][，。；：、]|（）|“”|《》"
    r"|(?<=[\u3400-\u9fff）])[,;:]|[,;:](?=[\u3400-\u9fff（])|--"
)


def codes() -> dict[str, dict[str, str]]:
    """The words of the seed ``codes``."""
    lists: dict[str, dict[str, str]] = {}
    path = PROJECT / "dbt_project/seeds/codes.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            lists.setdefault(row["list"], {})[row["code"]] = row["name_zh"]
    return lists


CODES = codes()


def period(kind: str) -> Row:
    quarter = {"month": None, "quarter": "前三季度", "year": "全年"}[kind]
    return Row(
        "dim_period",
        ("period_end",),
        {
            "period_end": DAY,
            "report_year": 2020,
            "is_quarter_end": kind != "month",
            "is_year_end": kind == "year",
            "quarter_label_zh": quarter,
            "short_label_zh": "1-9月",
            "linear_pct": Decimal("75.0000"),
            "previous_period_end": date(2020, 8, 31),
        },
    )


def voice(section: str, kind: str = "quarter", **rows: list[Row]) -> Voice:
    """The voice of a section; lists of facts that are not given are empty."""
    facts = Facts(
        connection=cast(Any, None),
        period=period(kind),
        district=District("430000000000", "甲区", "乙市"),
        codes=CODES,
        **{name: rows.get(name, []) for name in LISTS},
    )
    found = next(found for found in TEMPLATE.sections if found.section_id == section)
    common = {"district": "甲区", "city": "乙市", "year": "2020", "period": facts.period_zh}
    return Voice(TEMPLATE, facts, found, {**common, "release": "r", "as_of": None})


def target(**values: Any) -> Row:
    """A row of fct_target_progress: a level of 100 of which 60 are done, behind its path."""
    usual: dict[str, Any] = {
        "target_id": "t-1",
        "period_end": DAY,
        "kind": "level",
        "name_zh": "某项总量",
        "demand_zh": "达到100亿元",
        "indicator_code": "x",
        "indicator_zh": "某项",
        "is_main": False,
        "section": "甲部分",
        "lead_zh": "某局",
        "path_method": "seasonal",
        "is_final": False,
        "actual_value": Decimal("60.000000"),
        "target_value": Decimal("100.000000"),
        "unit_measure": "亿元",
        "completion_pct": Decimal("60.0000"),
        "expected_pct_planned": None,
        "expected_pct_seasonal": Decimal("70.0000"),
        "expected_pct_linear": Decimal("75.0000"),
        "gap": Decimal("-10.000000"),
        "gap_unit": "百分点",
        "remaining_value": Decimal("40.000000"),
        "status": "behind",
        "status_zh": "欠进度",
        "light": "red",
        "no_data_reason_zh": None,
        "previous_status": "behind",
        "previous_status_zh": "欠进度",
        "obs_status": "A",
        "proxy_zh": None,
        "growth_basis": None,
        "n_corrected": 0,
    }
    return Row("fct_target_progress", ("target_id", "period_end"), usual | values)


def texts(blocks: Iterable[Block]) -> list[str]:
    """The paragraphs as a reader reads them."""
    return [as_words(block.text) for block in blocks if isinstance(block, Paragraph)]


def cells(blocks: Iterable[Block]) -> list[list[str]]:
    """The rows of all tables as a reader reads them."""
    return [
        [as_words(cell) for cell in row]
        for block in blocks
        if isinstance(block, Table)
        for row in block.rows
    ]
