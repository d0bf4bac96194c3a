"""Live Airflow with the real pipeline: from a spreadsheet in the folder to a signed release."""

import shutil
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest

from govstats.release import reader, releases
from govstats.settings import Settings
from scripts.airflow_api import Refused, wait_until
from tests.dags.live import NEVER, started

pytestmark = [pytest.mark.slow, pytest.mark.live, pytest.mark.timeout(900)]

PETITIONS = "yx-2021-04-petitions"
FOLDER = "信访局/2021-12"
#: Seconds for a release to be made; a fifth serves where nothing else runs on the machine.
PATIENCE = 400


@pytest.fixture(scope="module")
def live(small_release: Settings, tmp_path_factory):
    """The small installation with its release; every new one wants a signature."""
    root = tmp_path_factory.mktemp("live_whole")
    shutil.copytree(small_release.data, root / "data", symlinks=True)
    with started(
        root,
        fake=False,
        GOVSTATS_ROOT=str(small_release.root),
        GOVSTATS_SIGN_OFF="on",
        GOVSTATS_WATCH_SECONDS="3",
        GOVSTATS_INGEST_SCHEDULE=NEVER,
    ) as found:
        yield found


@pytest.fixture(scope="module")
def settings(small_release: Settings, live) -> Settings:
    return replace(small_release, data=live.data)


@pytest.fixture(scope="module")
def bureau(live):
    """Who signs: logs in as the bureau's user, not as the administrator."""
    return live.session("bureau")


def sheet(path, petitions):
    book = openpyxl.Workbook()
    for row in (
        ["云溪区2021年1-12月信访和欠薪情况"],
        ["项目", "期末数"],
        ["信访存量", petitions],
        ["未结欠薪案件", 0],
    ):
        book.active.append(row)
    book.save(path)


def rows(settings: Settings, sql: str):
    with reader.connect(settings) as connection:
        return reader.rows(connection, sql)


def petitions(settings: Settings):
    (row,) = rows(
        settings,
        "select actual_value from marts.fct_target_progress "
        f"where target_id = '{PETITIONS}' and period_end = date '2021-12-31'",
    )
    return row["actual_value"]


def published_after(live, settings, before):
    """Wait for another current release; return its run's tasks by name."""
    wait_until(lambda: releases.current_id(settings) != before, "a new release", PATIENCE)
    run = live.api.ended("release", len(live.api.runs("release")), PATIENCE)[-1]
    assert run["state"] == "success"
    return {task["task_id"]: task for task in live.api.tasks("release", run["dag_run_id"])}


def test_a_dropped_sheet_waits_for_the_bureau_and_is_released_once_signed(live, settings, bureau):
    before = releases.current_id(settings)
    path = settings.raw / FOLDER / "云溪区2021年1-12月信访和欠薪情况(补报).xlsx"
    sheet(path, 58)
    content, stamp = path.read_bytes(), path.stat().st_mtime_ns

    question = bureau.question(PATIENCE)
    assert question["subject"].startswith("统计数据发布签发：2021-12（")
    assert question["options"] == ["同意发布", "退回"]
    assert live.api.runs("ingest")[-1]["run_type"] == "asset_triggered"
    assert releases.current_id(settings) == before
    assert petitions(settings) == Decimal(61)

    bureau.answer(question, "同意发布", note="已核对信访局补报")
    published_after(live, settings, before)
    assert petitions(settings) == Decimal(58)
    signed = releases.manifest(releases.current_folder(settings))["signed"]
    assert (signed["decided_by"], signed["note"]) == ("bureau", "已核对信访局补报")
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (content, stamp)

    with pytest.raises(Refused, match="409"):
        bureau.answer(question, "退回", note="反悔")


def test_a_bad_file_is_refused_in_words_and_the_figures_stand(live, settings, bureau):
    before, figure = releases.current_id(settings), petitions(settings)
    file = f"{FOLDER}/云溪区2021年1-12月信访和欠薪情况(再补).xlsx"
    (settings.raw / file).write_text("这不是电子表格,\n只是文字,\n")

    question = bureau.question(PATIENCE)
    ingest = live.api.runs("ingest")[-1]
    (parse,) = [t for t in live.api.tasks("ingest", ingest["dag_run_id"]) if t["map_index"] == 0]
    assert parse["rendered_map_index"] == "信访局 2021-12（1 份）：接收 0，退回 1"
    log = live.api.log_of("ingest", ingest["dag_run_id"], "parse", 0)
    assert "refused: " in log
    assert file in log

    bureau.answer(question, "同意发布", note="")
    published_after(live, settings, before)
    (row,) = rows(
        settings,
        f"select status, reason_zh from marts.fct_submission where file = '{file}'",
    )
    assert row["status"] == "refused"
    assert "扩展名" in row["reason_zh"]
    assert petitions(settings) == figure
