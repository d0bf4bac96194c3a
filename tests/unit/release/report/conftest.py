"""A small warehouse made by hand, a page written from it, and a reader for the page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest

from govstats.release import report

Tables = dict[str, list[dict[str, Any]]]
AREA = "430602000000"


@dataclass
class Page(HTMLParser):
    """A page as its reader finds it: text, tables as lists of rows, tags with attributes."""

    source: str
    lang: str = "zh"
    text: str = ""
    tables: dict[str, list[list[str]]] = field(default_factory=dict)
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[str] = []
        self._hidden = 0
        self._section = ""
        self._rows: list[list[str]] = []
        self._caption = ""
        self.feed(self.source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("meta", "br", "wbr", "col", "input"):
            return
        self._open.append(tag)
        other = "en" if self.lang == "zh" else "zh"
        self._hidden += bool(self._hidden or (tag == "span" and dict(attrs).get("lang") == other))
        if tag == "section":
            self._section = dict(attrs)["id"] or ""
        elif tag == "table":
            self._rows, self._caption = [], ""
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th"):
            self._rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag, f"</{tag}> closes something else"
        self._hidden = max(self._hidden - 1, 0)
        if tag == "table":
            self.tables[self._caption] = self._rows

    def handle_data(self, data: str) -> None:
        if self._hidden or {"title", "style", "script", "option"} & set(self._open):
            return
        self.text += data
        self.texts[self._section] = self.texts.get(self._section, "") + data
        if "caption" in self._open:
            self._caption += data
        elif {"td", "th"} & set(self._open):
            self._rows[-1][-1] += data

    def row(self, caption: str, first: str) -> list[str]:
        """Return the row of a table by the text of its first cell."""
        (found,) = [row for row in self.tables[caption] if row and row[0] == first]
        return found


def submission(department: str, period: str, **changes: Any) -> dict[str, Any]:
    """One accepted file of 10 cells; `changes` replace or add columns."""
    row = {
        "submission_id": f"{department}-{period}",
        "department_code": department,
        "file": f"{department}/{period}/报表_{period}.xlsx",
        "time_period": period,
        "layout_id": f"{department}_layout",
        "received_at": f"{period}-28 09:30:00",
        "status": "accepted",
        "cells_total": 10,
        "cells_observation": 4,
        "cells_label": 3,
        "cells_metadata": 1,
        "cells_ignorable": 1,
        "cells_unmapped": 1,
        "observations": 6,
    }
    return row | changes


MONTHS = {2: "February", 3: "March", 4: "April", 5: "May"}
SEEDS = ("codes", "units", "systems", "reporting_duties", "registers", "register_roles")
#: Last day of each period of the test.
ENDS = {"2020-02": "2020-02-29", "2020-03": "2020-03-31", "2020-04": "2020-04-30"}


def duty(department: str, period: str, **changes: Any) -> dict[str, Any]:
    """One sheet that came on its last day; `changes` replace columns."""
    row = {
        "department_code": department,
        "layout_id": f"{department}_layout",
        "layout_zh": "月报",
        "period_end": ENDS.get(period, f"{period}-28"),
        "due_date": f"{period}-28",
        "first_received_at": f"{period}-28 09:30:00",
        "first_file": f"{department}/{period}/报表_{period}.xlsx",
        "state": "on_time",
        "n_days_late": 0,
        "n_refused": 0,
    }
    return row | changes


def missing(department: str, period: str, **changes: Any) -> dict[str, Any]:
    """One sheet that never came."""
    never = {"state": "missing", "n_days_late": 9, "first_received_at": None, "first_file": None}
    return duty(department, period, **(never | changes))


def system(number: int, **changes: Any) -> dict[str, Any]:
    """One system at the latest period: 24 items, 3 of them with attention, none without data."""
    row = {
        "system_code": f"s{number}",
        "ref_area": AREA,
        "period_end": "2020-04-30",
        "sort_order": number,
        "system_zh": f"机制{number}",
        "section_zh": "第一部分第一段(经济运行)",
        "mart": "fct_items",
        "is_due": True,
        "n_items": 24,
        "n_attention": 3,
        "n_no_data": 0,
        "words_zh": "在库24个,滞后3个",
    }
    return row | changes


def finding(number: int, **changes: Any) -> dict[str, Any]:
    """One soft finding of the finance bureau at cell D7."""
    row = {
        "finding_id": f"f{number:04d}",
        "rule_id": "BAL-001",
        "rule_name_zh": "合计等于分项之和",
        "rule_name_en": "A total is the sum of its parts",
        "kind": "balance",
        "severity": "soft",
        "holds": "none",
        "state": {"hard": "must_mend", "info": "told"}.get(changes.get("severity", ""), "open"),
        "department_code": "finance",
        "file": "财政局/2020-03/收入.xlsx",
        "sheet": "收入",
        "cell": "D7",
        "value": "10.500000",
        "expected": "10.4",
        "message_zh": f"第{number}号问题。",
        "message_en": f"Trouble number {number}.",
        "remedy_zh": "核对后重报。",
        "remedy_en": "Check and send again.",
    }
    return row | changes


def rule(rule_id: str, outcome: str, evaluated: int, failed: int, **changes: Any) -> dict[str, Any]:
    """One soft rule of kind balance."""
    row = {
        "rule_id": rule_id,
        "name_zh": f"规则{rule_id}",
        "name_en": rule_id,
        "kind": "balance",
        "kind_zh": "平衡",
        "severity": "soft",
        "holds": "none",
        "basis": "统计报表制度",
        "basis_en": "reporting system",
        "judged_table": "checks.chk_sum",
        "scope": "",
        "expectation": "expect_column_values_to_be_between",
        "args": '{"column": "difference", "max_value": 1}',
        "remedy_zh": "核对后重报。",
        "remedy_en": "Check and send again.",
        "evaluated": evaluated,
        "failed": failed,
        "outcome": outcome,
    }
    return row | changes


def revision(number: int, **changes: Any) -> dict[str, Any]:
    """One revision of investment growth, −3.1% to −2.6%, by the statistics bureau."""
    row = {
        "indicator_code": "fixed_investment",
        "ref_area": AREA,
        "scope": "jurisdiction",
        "period_end": "2020-03-31",
        "period_type": "ytd",
        "measure": "growth",
        "department_code": "statistics",
        "old_value": "-3.100000",
        "new_value": "-2.600000",
        "difference": "0.500000",
        "unit_measure": "%",
        "revised_at": "2020-05-11 09:12:00",
        "old_file": "旧.xlsx",
        "old_sheet": "月报",
        "old_cell": "E12",
        "new_file": "新.xlsx",
        "new_sheet": "月报",
        "new_cell": f"E{number}",
    }
    return row | changes


def base() -> Tables:
    """Two departments, three periods, everything handed in on time; no findings, no targets."""
    return {
        "dim_area": [{"ref_area": AREA, "name_zh": "岳阳楼区", "name_en": "Yueyanglou District"}],
        "dim_department": [
            {"department_code": "finance", "name_en": "Finance", "short_name_zh": "财政局"},
            {"department_code": "statistics", "name_en": "Statistics", "short_name_zh": "统计局"},
        ],
        "dim_indicator": [
            {
                "indicator_code": "fixed_investment",
                "name_zh": "固定资产投资",
                "name_en": "Fixed-asset investment",
            }
        ],
        "dim_period": [
            {
                "period_end": f"2020-{month:02d}-{day}",
                "time_period": f"2020-{month:02d}",
                "report_year": 2020,
                "month_number": month,
                "label_zh": f"2020年1-{month}月",
                "label_en": f"January-{MONTHS[month]} 2020",
            }
            for month, day in ((2, 29), (3, 31), (4, 30), (5, 31))
        ],
        "fct_submission": [
            submission(department, period)
            for department in ("finance", "statistics")
            for period in ENDS
        ],
        "fct_reporting_duty": [
            duty(department, period) for department in ("finance", "statistics") for period in ENDS
        ],
    }


@pytest.fixture(scope="session")
def rows() -> SimpleNamespace:
    """Makers of single rows, each with defaults that a test changes where it matters."""
    return SimpleNamespace(
        submission=submission,
        duty=duty,
        missing=missing,
        system=system,
        finding=finding,
        rule=rule,
        revision=revision,
        area=AREA,
    )


@pytest.fixture
def warehouse(tmp_path: Path, project: Path) -> Callable[[Tables], Path]:
    """Make a warehouse file of the given marts; tables not given are empty."""

    def make(tables: Tables) -> Path:
        path = tmp_path / "warehouse.duckdb"
        path.unlink(missing_ok=True)
        with duckdb.connect(str(path)) as connection:
            connection.begin()
            connection.execute(Path(__file__).with_name("marts.sql").read_text(encoding="utf-8"))
            for seed in SEEDS:
                path_of = project / "dbt_project" / "seeds" / f"{seed}.csv"
                connection.execute(f"create table seeds.{seed} as from read_csv('{path_of}')")
            for table, rows in tables.items():
                for row in rows:
                    places = ", ".join("?" * len(row))
                    connection.execute(
                        f"insert into marts.{table} ({', '.join(row)}) values ({places})",
                        list(row.values()),
                    )
            connection.commit()
        return path

    return make


def manifest(released: bool = True, text_zh: str = "", as_of: str | None = None) -> dict[str, Any]:
    """What a release says of itself, latest period 2020-04."""
    return {
        "release_id": "2020-04-abc",
        "latest_period": "2020-04",
        "as_of": as_of,
        "gate": {"released": released, "text_zh": text_zh},
    }


@pytest.fixture
def page(warehouse: Callable[[Tables], Path], tmp_path: Path) -> Callable[..., Page]:
    """Write the report of the given marts (added to `base`) and read it back."""

    def make(
        tables: Tables | None = None,
        lang: str = "zh",
        published: Sequence[Any] = (),
        **release: Any,
    ) -> Page:
        path = warehouse(base() | (tables or {}))
        written = report.write(path, tmp_path / "validation", manifest(**release), published)
        return Page(written.read_text(encoding="utf-8"), lang)

    return make
