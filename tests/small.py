"""A small installation: another district, 12 sheets, five targets; a run takes 30 s, not 60.

Slow tests that only need *some* whole release share it: `small_release` is made once for all test
processes, `small` copies it for a test that changes it. 云溪区 2021: every figure is made up.
"""

import csv
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from filelock import FileLock

from govstats.intake import register
from govstats.settings import Settings

HERE = Path(__file__).parent / "integration" / "other_district"
#: Seeds that any district shares; of the others only what `other_district/seeds` holds is left.
SHARED = {
    *("areas", "area_aliases", "audit_precision", "audit_ties", "boilerplate", "calendar", "codes"),
    *("item_states", "light_rules", "measures", "operators", "register_roles", "register_rules"),
    *("reminders", "stage_words", "systems", "units", "work_stages"),
}
PERIODS = {"2020-12": "2020年1-12月", "2019-12": "2019年1-12月", "2021-12": "2021年1-12月"} | {
    f"{year}-09": f"{year}年1-9月" for year in (2019, 2020, 2021)
}
#: 石化产业产值: 万元 since January, growth in %. 70 and 75 % of the year stood in September.
OUTPUT = {
    "2019-09": (4_800_000, 7),
    "2019-12": (6_400_000, 7.5),
    "2020-09": (4_550_000, -5.2),
    "2020-12": (6_500_000, 1.6),
    "2021-09": (6_000_000, 5.6),
    "2021-12": (7_900_000, 5.2),
}
#: Open petitions, open cases of wage arrears.
CASES = {"2020-09": (50, 0), "2020-12": (55, 0), "2021-09": (42, 4), "2021-12": (61, 0)}
WORKS = {
    "2021-09": [("松杨湖大桥", "主体施工", "2021年9月"), ("区体育馆", "前期手续", "2021年12月")],
    "2021-12": [("松杨湖大桥", "竣工", "2021年9月"), ("区体育馆", "已开工", "2021年12月")],
}


def knowledge(project: Path, root: Path) -> None:
    """Lay out the other district's knowledge: the project's models, its own seeds and layouts."""
    shutil.copytree(project / "expectations", root / "expectations")
    shutil.copytree(project / "bulletin", root / "bulletin")
    shutil.copytree(HERE / "layouts", root / "layouts")
    shutil.copy(project / "layouts/schema.json", root / "layouts")
    shutil.copytree(project / "layouts/every_department", root / "layouts/every_department")
    ignored = shutil.ignore_patterns("target", "logs")
    shutil.copytree(project / "dbt_project", root / "dbt_project", ignore=ignored)
    for seed in (root / "dbt_project/seeds").glob("*.csv"):
        own = HERE / "seeds" / seed.name
        if own.exists():
            shutil.copy(own, seed)
        elif seed.stem not in SHARED:
            _empty(seed)


def deliver(settings: Settings) -> None:
    """Write the twelve sheets and register them with the times they were received."""
    register(settings, _hand_in(settings.raw))


def hand_in_again(settings: Settings, *, note: str = "补报", petitions: int = 58) -> Path:
    """Hand in the newest petitions sheet with another figure, as another file: one more submission.

    The bytes follow from the arguments alone, so that two installations get the same submission.
    """
    rows = [["信访存量", petitions], ["未结欠薪案件", 0]]
    file = f"云溪区{PERIODS['2021-12']}信访和欠薪情况({note}).csv"
    path = settings.raw / "信访局" / "2021-12" / file
    head = [f"云溪区{PERIODS['2021-12']}信访和欠薪情况"], ["项目", "期末数"]
    text = "\n".join(",".join(map(str, row)) for row in [*head, *rows])
    path.write_text(f"{text}\n", encoding="utf-8")
    return path


def make(project: Path, root: Path) -> Settings:
    """Make the installation below ``root``, hand in everything, and release it."""
    from govstats import pipeline  # takes a moment to import

    settings = Settings(root=root, data=root / "data")
    knowledge(project, root)
    deliver(settings)
    assert pipeline.run(settings)["published"]
    return settings


@pytest.fixture(scope="session")
def small_release(
    project: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Settings:
    """The small installation, released: read it, do not change it."""
    shared = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        shared = shared.parent  # by the test processes
    root = shared / "small"
    with FileLock(shared / "small.lock"):
        if not (root / "released").exists():
            make(project, root)
            (root / "released").touch()
    return Settings(root=root, data=root / "data")


@pytest.fixture
def small(small_release: Settings, tmp_path: Path) -> Settings:
    """A copy of its data for one test to work on; the knowledge stays that of all."""
    return copied(small_release, tmp_path / "data")


def copied(settings: Settings, data: Path) -> Settings:
    """Copy an installation's data, links as links."""
    shutil.copytree(settings.data, data, symlinks=True)
    return replace(settings, data=data)


def _empty(seed: Path) -> None:
    with seed.open(encoding="utf-8", newline="") as handle:
        columns = next(csv.reader(handle))
    seed.write_text(",".join(columns) + "\n", encoding="utf-8")


def _sheets() -> Mapping[tuple[str, str], list[list[object]]]:
    sheets: dict[tuple[str, str], list[list[object]]] = {}
    for period, (output, growth) in OUTPUT.items():
        heading = ["指标", "累计(万元)", "同比增长(%)"]
        sheets["统计局", period] = [["石化产业季报"], heading, ["石化产业产值", output, growth]]
    for period, (petitions, wages) in CASES.items():
        rows: list[list[object]] = [["信访存量", petitions], ["未结欠薪案件", wages]]
        sheets["信访局", period] = [["信访和欠薪情况"], ["项目", "期末数"], *rows]
    for period, works in WORKS.items():
        named = [[n, *work, "区住建局"] for n, work in enumerate(works, start=1)]
        heading = ["序号", "工程", "进展", "完成期限", "责任单位"]
        sheets["住建局", period] = [["重点工程进度"], heading, *named]
    return sheets


def _hand_in(raw: Path) -> list[tuple[Path, datetime]]:
    return [_write(raw, *key, rows) for key, rows in _sheets().items()]


def _write(
    raw: Path, department: str, period: str, rows: list[list[object]]
) -> tuple[Path, datetime]:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    rows[0] = [f"云溪区{PERIODS[period]}{rows[0][0]}"]
    for row in rows:
        sheet.append(row)
    file = Path(department, period, f"{rows[0][0]}.xlsx")
    (raw / file).parent.mkdir(parents=True)
    book.save(raw / file)
    year, month = (int(part) for part in period.split("-"))
    return file, datetime(year + month // 12, month % 12 + 1, 12, 9)
