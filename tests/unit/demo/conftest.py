"""The demonstration, written once per session, and a reader that knows nothing of its writer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

import demo

FILE_WORDS = {
    "statistics_monthly": "主要经济指标月报",
    "statistics_county_comparison": "县市区主要指标对比表",
    "finance_revenue": "财政收入完成情况",
    "hrss_employment": "就业失业情况月报",
}
SHEETS = tuple(FILE_WORDS)
FILE_WORDS |= {
    "finance_expenditure": "财政支出和资金管理情况",
    "hrss_wages": "农民工工资支付保障情况",
    "market_entities_monthly": "市场主体发展情况月报",
    "natural_resources_land": "土地出让和重点用地保障情况",
    "housing_city": "城市建设重点工作进度",
    "urban_management_city": "城市管理重点工作月报",
    "education_schools": "教育建设项目进度",
    "health_centres": "社区卫生服务中心建设进度",
    "police_stations": "基层派出所建设情况",
    "agriculture_rural": "农村人居环境整治进度",
    "commerce_trade": "商贸流通重点工作进度",
    "finance_office_institutions": "引进金融保险机构情况",
    "medical_insurance_coverage": "基本医疗保险参保情况",
}
#: Headings of the column that names the rows.
CORNERS = (
    *("指标名称", "县市区", "项目", "指标", "项目名称", "项  目", "工作项目", "建设内容"),
    "工作内容",
)
YEARS = (2018, 2019, 2020)
PERIODS = tuple(f"{year}-{month:02}" for year in YEARS for month in range(2, 13))


@dataclass(frozen=True)
class Demonstration:
    """A folder of generated spreadsheets and the list that came with it."""

    raw: Path
    deliveries: list[demo.Delivery]

    def file(self, sheet: str, period: str, revised: bool = False) -> Path:
        """The one file of a kind, period and edition."""
        found = [
            self.raw / item.path
            for item in self.deliveries
            if item.period == period
            and FILE_WORDS[sheet] in item.path.name
            and ("修订" in item.path.name) == revised
        ]
        assert len(found) == 1, (sheet, period, found)
        return found[0]

    def received(self, sheet: str, period: str, revised: bool = False) -> datetime:
        """When that file was handed in."""
        path = self.file(sheet, period, revised)
        return next(item.received_at for item in self.deliveries if self.raw / item.path == path)

    def table(self, sheet: str, period: str, revised: bool = False) -> dict[tuple[str, str], Any]:
        """Body cells by (row label, heading); the second 税收收入 of a sheet is 税收收入#2."""
        return read_table(self.file(sheet, period, revised))


@cache
def read_rows(path: Path) -> tuple[tuple[Any, ...], ...]:
    """All cells of all sheets, one below the other; empty ones are empty texts."""
    book = CalamineWorkbook.from_path(path)
    sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
    return tuple(tuple(row) for sheet in sheets for row in sheet.to_python(skip_empty_area=False))


def sheet_rows(path: Path, tab: str) -> list[list[Any]]:
    """All cells of one sheet of a file."""
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_name(tab)
    return sheet.to_python(skip_empty_area=False)


@cache
def read_table(path: Path) -> dict[tuple[str, str], Any]:
    """Body cells of a sheet by label and heading, found by the words of the heading."""
    rows = read_rows(path)
    first = next(n for n, row in enumerate(rows) if row[0] in CORNERS)
    headings = _headings(rows, first)
    body: dict[tuple[str, str], Any] = {}
    seen: dict[str, int] = {}
    for row in rows[first + 1 :]:
        label = _plain(str(row[0]))
        if label.startswith("注:"):
            break
        if not label:
            continue
        seen[label] = seen.get(label, 0) + 1
        name = label if seen[label] == 1 else f"{label}#{seen[label]}"
        body.update({(name, heading): row[n] for n, heading in enumerate(headings)})
    return body


def _headings(rows: tuple[tuple[Any, ...], ...], first: int) -> list[str]:
    upper, lower = list(rows[first]), rows[first + 1]
    if lower[0] != "":  # one heading row only
        return [str(text) for text in upper]
    for number in range(1, len(upper)):
        if upper[number] == "" and lower[number] != "":
            upper[number] = upper[number - 1]
    return [f"{u}/{low}" if low else str(u) for u, low in zip(upper, lower, strict=True)]


def _plain(label: str) -> str:
    return "".join(label.split()).removeprefix("▲").removeprefix("其中:")


def figure(value: Any) -> Decimal | None:
    """A cell as a number, whatever its form; nothing for blank and —."""
    if isinstance(value, str):
        text = value.translate(str.maketrans("０１２３４５６７８９．－", "0123456789.-"))
        text = text.strip().replace(",", "").removesuffix("%").removesuffix("人")
        return None if text in ("", "—") else Decimal(text)
    return Decimal(repr(value))


def write(folder: Path, seed: int) -> Demonstration:
    """Generate into a new folder."""
    raw = folder / "raw"
    return Demonstration(raw, demo.generate(raw, seed))


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    """The demonstration with its usual seed."""
    return write(tmp_path_factory.mktemp("usual"), 2020)


@pytest.fixture(scope="session")
def other(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    """The demonstration with another seed."""
    return write(tmp_path_factory.mktemp("other"), 7)


@pytest.fixture(params=["usual seed", "another seed"])
def either(
    request: pytest.FixtureRequest, shown: Demonstration, other: Demonstration
) -> Demonstration:
    """Rules hold whatever the seed."""
    return shown if request.param == "usual seed" else other


@pytest.fixture(scope="session")
def number() -> Callable[[Any], Decimal | None]:
    """Read a cell as a number, whatever its form."""
    return figure


@pytest.fixture(scope="session")
def rows() -> Callable[[Path], tuple[tuple[Any, ...], ...]]:
    """Read all cells of a file."""
    return read_rows


@pytest.fixture(scope="session")
def sheet() -> Callable[[Path, str], list[list[Any]]]:
    """Read all cells of one sheet of a file."""
    return sheet_rows


@pytest.fixture(scope="session")
def sheets() -> tuple[str, ...]:
    """The four kinds of sheet that are written for all three years."""
    return SHEETS


@pytest.fixture(scope="session")
def periods() -> tuple[str, ...]:
    """The 33 legal periods."""
    return PERIODS
