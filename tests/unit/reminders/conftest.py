"""A project whose duties, calendar and stages are the test's own, and what was handed in."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from govstats import observations
from govstats.intake import LedgerEntry, ledger
from govstats.settings import Settings
from tests.knowledge import copy_knowledge

HERE = ZoneInfo("Asia/Shanghai")
SEEDS = {
    "departments": "department_code,name_zh,name_en,short_name_zh,valid_from,valid_to\n"
    "money,某区财政局,Bureau of Money,财政局,,\n"
    "roads,某区交通局,Bureau of Roads,交通局,,\n",
    "reporting_duties": "layout_id,name_zh,name_en,department_code,freq,due_days,valid_from,"
    "valid_to\n"
    "income,收入月报,Income,money,M,15,2020-01-01,\n"
    "spending,支出季报,Spending,money,Q,15,2020-01-01,2020-09-30\n"
    "highways,公路月报,Highways,roads,M,20,2020-06-30,\n",
    "calendar": "period_end,time_period,label_zh,is_quarter_end\n"
    "2020-05-31,2020-05,2020年1-5月,false\n"
    "2020-06-30,2020-06,2020年1-6月,true\n"
    "2020-09-30,2020-09,2020年1-9月,true\n"
    "2020-12-31,2020-12,2020年1-12月,true\n",
    "reminders": "days_after,kind,to_department,to_bureau,subject_zh,request_zh\n"
    "-5,info,true,false,报送提醒,请按期报送。\n"
    "0,warning,true,false,今日截止,请于今日报送。\n"
    "1,failure,true,true,逾期未报,请立即补报。\n"
    "10,failure,false,true,长期未报,请督促。\n",
}


@pytest.fixture(scope="session")
def knowledge_of_its_own(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_knowledge(project, tmp_path_factory.mktemp("reminders"))
    for name, text in SEEDS.items():
        (root / f"dbt_project/seeds/{name}.csv").write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def own(knowledge_of_its_own: Path, tmp_path: Path) -> Settings:
    """The test's own knowledge, unchanged, with an empty data folder."""
    return Settings(root=knowledge_of_its_own, data=tmp_path / "data")


HandIn = Callable[..., str]


@pytest.fixture
def hand_in(own: Settings, monkeypatch: pytest.MonkeyPatch) -> HandIn:
    """Registers a file and, unless told otherwise, says what was read of it; returns its id."""
    summaries: dict[str, dict[str, Any]] = {}
    monkeypatch.setattr(observations, "read_summaries", lambda folder: summaries)

    def enter(
        department: str,
        period: str,
        received: str,
        sheets: Sequence[str] = (),
        status: str = "accepted",
        *,
        read: bool = True,
    ) -> str:
        number = len(ledger.read(own.ledger)) + 1
        name = ledger.submission_id(department, period, f"{number:064}")
        at = datetime.fromisoformat(received).replace(tzinfo=HERE)
        file = f"{department}/{period}/{number}.xlsx"
        entry = LedgerEntry(number, name, department, period, file, f"{number:064}", 1, at)
        ledger.append(own.ledger, [entry])
        if read:
            summaries[name] = _summary(list(sheets), status)
        return name

    return enter


def _summary(sheets: list[str], status: str) -> dict[str, Any]:
    refusal = {"sheet": "表1", "cell": "B7", "text_zh": "合计不对；应为:10。处理办法:核对。"}
    return {
        "status": status,
        "layout_id": sheets[0] if sheets else None,
        "tables": [{"layout_id": sheet} for sheet in sheets] if status == "accepted" else [],
        "refusal": refusal if status == "refused" else None,
    }
