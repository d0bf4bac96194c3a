"""What notices say, to whom, and what is not said twice."""

import csv
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govstats import notices, pipeline
from govstats.errors import AwaitingSignOff, GovstatsError, KnowledgeError
from govstats.notices import journal
from govstats.notices.audit import shortened
from govstats.notices.model import SHOWN, Notice, numbered, plain
from govstats.settings import Settings


@pytest.fixture(scope="module")
def department(project: Any) -> tuple[str, str]:
    """Code and short name of a department of the project."""
    with (project / "dbt_project/seeds/departments.csv").open(encoding="utf-8") as stream:
        row = next(csv.DictReader(stream))
    return row["department_code"], row["short_name_zh"]


def deliver(settings: Settings, *files: str) -> None:
    for place, file in enumerate(files):
        path = settings.raw / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"no spreadsheet" * (place + 1))
    for batch in pipeline.scan(settings):
        pipeline.parse(settings, batch["submission_ids"])


def test_refused_files_are_told_to_their_department_and_all_to_the_bureau(
    settings: Settings, department: tuple[str, str]
) -> None:
    code, short = department
    deliver(settings, f"{short}/2020-06/月报.xlsx", "哪个局/2020-06/表.xlsx")
    bureau, own = notices.refused(settings)
    assert (bureau.departments, own.departments) == ((), (code,))
    assert bureau.title == "报表收件有问题：共 2 份"
    assert own.title == f"报表收件有问题：{short} 1 份"
    assert f"（1）{short}/2020-06/月报.xlsx：" in own.body
    assert "处理办法" in own.body
    assert "哪个局" not in own.body
    assert "哪个局/2020-06/表.xlsx：存放路径" in bureau.body


def test_a_circle_that_was_not_reached_is_told_again_and_the_other_only_what_is_new(
    settings: Settings, department: tuple[str, str]
) -> None:
    code, short = department
    deliver(settings, f"{short}/2020-06/月报.xlsx")
    bureau, own = notices.refused(settings)
    notices.note(settings, bureau, notices.SENT)
    notices.note(settings, own, notices.FAILED)
    assert [each.departments for each in notices.refused(settings)] == [(code,)]
    deliver(settings, f"{short}/2020-06/月报.xlsx", f"{short}/2020-07/月报.xlsx")
    again_bureau, again_own = notices.refused(settings)
    assert again_bureau.title == "报表收件有问题：共 1 份"
    assert again_own.title == f"报表收件有问题：{short} 2 份"


def gate(**changes: Any) -> dict[str, Any]:
    held = {
        "submission_id": "x-2020-06-1",
        "department_code": "x",
        "file": "某局/2020-06/月报.xlsx",
        "finding_ids": ("f1", "f2"),
        "reason_zh": "未通过强制性审核：合计不等于分项之和。",
    }
    return {"released": True, "held": [held], "text_zh": "可以发布。"} | changes


def test_a_held_submission_is_told_once_for_the_same_findings(settings: Settings) -> None:
    told = notices.audited(settings, "r1", gate())
    assert sorted(each.departments for each in told) == [(), ("x",)]
    assert "某局/2020-06/月报.xlsx：未通过强制性审核" in told[0].body
    for each in told:
        notices.note(settings, each, notices.SENT)
    assert notices.fresh(settings, notices.audited(settings, "r2", gate())) == ()
    other = gate()["held"][0] | {"finding_ids": ("f3",)}
    assert len(notices.fresh(settings, notices.audited(settings, "r3", gate(held=[other])))) == 2


def test_a_held_release_is_told_to_the_bureau_as_a_failure(settings: Settings) -> None:
    [told] = notices.audited(settings, "r1", gate(released=False, held=[], text_zh="暂缓发布：…"))
    assert (told.title, told.kind, told.departments) == ("统计数据暂缓发布：r1", "failure", ())
    assert told.body == "暂缓发布：…\n上一版数据继续有效。"


def test_a_release_names_its_counts_and_who_signed_it() -> None:
    counts = {"submissions": 9, "refused": 1, "held": 2, "findings": 5, "unexplained": 3}
    manifest: dict[str, Any] = {"release_id": "r1", "latest_period": "2020-06", "counts": counts}
    told = notices.published(manifest)
    assert (told.title, told.kind) == ("统计数据已发布：r1", "success")
    assert "报表 9 份（退回 1 份、暂缓采用 2 份），审核意见 5 条（待说明 3 条）。" in told.body
    assert "签发人" not in told.body
    signed = notices.published(manifest | {"signed": {"decided_by": "王敏"}})
    assert signed.body.endswith("签发人：王敏。")


def test_a_sign_off_is_asked_for_with_what_is_to_be_decided() -> None:
    told = notices.sign_off_wanted({"release_id": "r1", "body": "- 候选版：r1"})
    assert told.title == "统计数据待签发：r1"
    assert told.body.startswith("- 候选版：r1\n请核对审核报告后")


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (KnowledgeError("seed x is wrong", "mend it"), "seed x is wrong\n  → mend it"),
        (ZeroDivisionError("secret=1"), "程序错误 ZeroDivisionError，请联系数据工程师"),
        ("heartbeat timeout", "heartbeat timeout"),
        (None, "未知（进程被终止或主机重启）"),
    ],
)
def test_a_failure_says_why_as_far_as_a_reader_can_use_it(
    error: BaseException | str | None, reason: str
) -> None:
    told = notices.failed("ingest", "scan", error, datetime(2020, 7, 1, 8, 30))
    assert told.title == "数据处理失败：ingest / scan"
    assert f"时间：2020-07-01 08:30\n原因：{reason}\n" in told.body


def test_a_release_that_waits_for_a_signature_is_no_failure() -> None:
    error = RuntimeError()
    error.__cause__ = AwaitingSignOff("release r1 waits for its sign-off", "sign it")
    told = notices.failed("release", "publish", error, datetime(2020, 7, 1))
    assert (told.title, told.kind) == ("统计数据待签发", "warning")


def test_the_same_failure_is_another_one_the_next_day_or_for_another_reason() -> None:
    days = [datetime(2020, 7, day) for day in (1, 1, 2)]
    keys = [notices.failed("ingest", "scan", "why", day).keys for day in days]
    assert keys[0] == keys[1] != keys[2]
    assert notices.failed("ingest", "scan", "other", days[0]).keys != keys[0]


@given(st.text(), st.integers(0, 30))
def test_a_text_from_outside_stays_on_its_line(text: str, count: int) -> None:
    assert plain(text).isprintable()
    lines = numbered([text] * count, "份").splitlines()
    assert len(lines) == (min(count, SHOWN) + (count > SHOWN) if count else 0)


def test_names_of_files_neither_break_lines_nor_turn_them_round() -> None:
    assert (
        plain("月报\n（2）一切正常\x1b[31m\u202exslx.exe\x00") == "月报 （2）一切正常 [31m xslx.exe"
    )


@given(st.text(alphabet="数据\n", max_size=3000))
def test_a_long_text_is_cut(text: str) -> None:
    assert len(shortened(text)) <= 1220
    assert shortened(text) == text or shortened(text).endswith("（全文见审核报告）")


def test_a_notice_of_no_known_kind_is_refused() -> None:
    with pytest.raises(GovstatsError, match="kind"):
        Notice("a", "b", "urgent")  # type: ignore[arg-type]


def test_a_journal_cut_off_by_a_kill_loses_that_line_alone(settings: Settings) -> None:
    journal.note(settings, Notice("一", "", "info", (), ("a",)), journal.SENT)
    with journal.path(settings).open("ab") as stream:
        stream.write(b'{"told_at": "2020-07-01T08:30:00+08:00", "ti')
    journal.note(settings, Notice("二", "", "info", (), ("b",)), journal.LOGGED)
    journal.note(settings, Notice("三", "", "info", (), ("c",)), journal.FAILED)
    with journal.path(settings).open("ab") as stream:
        stream.write(b'\xff\xfe\n[1]\n{"outcome": "sent", "keys": 3}\n')
    assert journal.told(settings) == {"a", "b"}


def test_lines_written_at_once_stay_whole(settings: Settings) -> None:
    def note(number: int) -> None:
        notice = Notice("题" * 500, "", "info", (), (f"k{number}",))
        journal.note(settings, notice, journal.SENT)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(note, range(200)))
    assert journal.told(settings) == {f"k{number}" for number in range(200)}
