"""Notices leave for real: mail and web servers on loopback receive what was sent."""

import json
import logging
from pathlib import Path

import pytest

from govstats import notices
from govstats.errors import GovstatsError, KnowledgeError, ReleaseHeld
from govstats.notices import Notice
from govstats_airflow import notify
from govstats_airflow.addresses import Address, Service, parse
from tests.unit.notices.conftest import Post, Web, free_port

TOKEN = "a1b2c3d4e5f6a7b8c9d0"
SECRET = "SEC0123456789abcdef"
TO_FINANCE = Notice(
    "今日截止：财政局 2 张报表",
    "报送期限：2020年7月15日（今日截止）。\n（1）收入“月报” 2020年1-6月\n请于今日报送。",
    "warning",
    ("money",),
    ("money/reminder:1",),
)
TO_BUREAU = Notice("统计数据已发布：r1", "版本：r1。", "success", (), ("bureau/published:r1",))


@pytest.fixture
def connection(monkeypatch: pytest.MonkeyPatch, data: Path) -> list[dict[str, object]]:
    """What stands in the connection; Airflow's own side of it is tested with the DAGs."""
    entries: list[dict[str, object]] = []
    monkeypatch.setattr(notify, "_addresses", lambda: parse(entries) if entries else ())
    return entries


def journal(data: Path) -> list[dict[str, object]]:
    file = data / "notices.jsonl"
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def mail(post: Post, to: str, user: str = "") -> str:
    return f"mailto://{user}127.0.0.1:{post.port}/{to}?from=govstats@example.com"


def test_mail_arrives_in_chinese_at_the_department_and_at_nobody_else(
    connection: list[dict[str, object]], post: Post
) -> None:
    connection += [
        {"path": mail(post, "money@example.com"), "tag": "money"},
        {"path": mail(post, "roads@example.com"), "tag": ["roads"]},
        {"path": mail(post, "bureau@example.com"), "tag": "bureau"},
    ]
    assert notify.tell(TO_FINANCE) == {"sent": 1}
    [(receivers, message)] = post.got
    assert receivers == ["money@example.com"]
    assert message["Subject"] == TO_FINANCE.title
    text = message.get_body(("plain",)) or message.get_body(("html",))
    assert text is not None
    for line in ("（今日截止）。", "收入“月报” 2020年1-6月"):
        assert line in text.get_content().replace("&nbsp;", " ")


def test_the_bureau_gets_what_is_for_no_department_and_a_group_all_of_the_departments(
    connection: list[dict[str, object]], web: Web
) -> None:
    connection += [
        {"path": f"json://127.0.0.1:{web.port}/bureau"},  # no tag: the bureau's
        {"path": f"json://127.0.0.1:{web.port}/group", "tag": "departments, bureau"},
    ]
    assert notify.tell(TO_FINANCE, TO_BUREAU) == {"sent": 2}
    assert [(each["path"], each["content"]["title"]) for each in web.got] == [
        ("/group", TO_FINANCE.title),
        ("/bureau", TO_BUREAU.title),
        ("/group", TO_BUREAU.title),
    ]
    assert [each["content"]["type"] for each in web.got] == ["warning", "success", "success"]


MESSENGERS = {
    "dingtalk": (
        f"dingtalk://{SECRET}@{TOKEN}",
        "apprise.plugins.dingtalk.NotifyDingTalk",
        "/robot/send?access_token={token}",
        lambda content: content["text"]["content"],
    ),
    "wecombot": (
        f"wecombot://{TOKEN}",
        "apprise.plugins.wecombot.NotifyWeComBot",
        "/cgi-bin/webhook/send?key={key}",
        lambda content: content["text"]["content"],
    ),
    "feishu": (
        f"feishu://{TOKEN}",
        "apprise.plugins.feishu.NotifyFeishu",
        "/open-apis/bot/v2/hook/{token}/",
        lambda content: content["content"]["text"],
    ),
}


@pytest.fixture(params=sorted(MESSENGERS))
def messenger(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, web: Web) -> str:
    """A messenger whose plugin calls loopback instead of its maker."""
    _, plugin, path, _ = MESSENGERS[request.param]
    monkeypatch.setattr(f"{plugin}.notify_url", f"http://127.0.0.1:{web.port}{path}")
    name: str = request.param
    return name


def test_a_messenger_gets_title_and_text_in_chinese(
    connection: list[dict[str, object]], web: Web, messenger: str
) -> None:
    url, _, path, text = MESSENGERS[messenger]
    connection.append({"path": url, "tag": "money"})
    web.answer = b'{"errcode": 0, "errmsg": "ok", "code": 0, "msg": "success"}'
    assert notify.tell(TO_FINANCE) == {"sent": 1}
    [got] = web.got
    assert got["path"].startswith(path.format(token=TOKEN, key=TOKEN))
    assert ("sign=" in got["path"]) == (messenger == "dingtalk")
    assert got["content"].get("msgtype", got["content"].get("msg_type")) == "text"
    said = text(got["content"]).replace("\r\n", "\n").strip()
    assert said == f"{TO_FINANCE.title}\n{TO_FINANCE.body}"


@pytest.mark.parametrize(
    "answer",
    [
        {"errcode": 310000, "errmsg": f"keywords not in content, access_token={TOKEN}"},
        {"code": 19021, "msg": f"sign match fail, {TOKEN}"},
    ],
)
def test_what_a_messenger_refuses_with_200_ok_counts_as_failed(
    connection: list[dict[str, object]],
    web: Web,
    messenger: str,
    answer: dict[str, object],
    data: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    connection.append({"path": MESSENGERS[messenger][0], "tag": "money"})
    web.answer = json.dumps(answer).encode()
    assert notify.tell(TO_FINANCE) == {"failed": 1}
    assert str(next(iter(answer.values()))) in caplog.text
    assert journal(data)[0]["outcome"] == "failed"


def test_a_long_text_is_cut_into_messages_a_messenger_takes(
    connection: list[dict[str, object]], web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, plugin, path, _ = MESSENGERS["wecombot"]
    monkeypatch.setattr(f"{plugin}.notify_url", f"http://127.0.0.1:{web.port}{path}")
    connection.append({"path": url})
    long = "".join(f"（{n}）某文件未能接收，请改正后重新报送。\n" for n in range(100))
    assert notify.tell(Notice("报表收件有问题", long, "warning")) == {"sent": 1}
    texts = [each["content"]["text"]["content"] for each in web.got]
    assert len(texts) > 2
    assert max(len(text.encode()) for text in texts) <= 2048
    joined = "".join(texts)
    assert all(f"（{n}）" in joined for n in range(100))


@pytest.mark.parametrize(
    "url",
    [
        "json://user:{secret}@127.0.0.1:{port}/{token}",
        "mailto://user:{secret}@127.0.0.1:{port}/?from=a@example.com&to={token}@example.com",
        "lark://{token}",
    ],
)
def test_an_unreachable_server_is_a_warning_without_secrets(
    connection: list[dict[str, object]],
    url: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    data: Path,
) -> None:
    port = free_port()
    monkeypatch.setattr("apprise.plugins.lark.NotifyLark.notify_url", f"http://127.0.0.1:{port}/")
    caplog.set_level(logging.DEBUG)
    connection.append({"path": url.format(secret=SECRET, port=port, token=TOKEN)})
    assert notify.tell(TO_BUREAU) == {"failed": 1}
    assert "notice not sent to entry 1" in caplog.text
    seen = caplog.text + "".join(capfd.readouterr()) + (data / "notices.jsonl").read_text()
    assert SECRET not in seen
    assert TOKEN not in seen


def test_one_broken_address_does_not_keep_the_others_from_it(
    connection: list[dict[str, object]], web: Web, caplog: pytest.LogCaptureFixture
) -> None:
    connection += [
        {"path": f"nonsense://{SECRET}"},
        {"path": f"json://127.0.0.1:{free_port()}/"},
        {"path": f"json://127.0.0.1:{web.port}/"},
    ]
    assert notify.tell(TO_BUREAU) == {"sent": 1}
    assert "entry 1: not an address apprise knows" in caplog.text
    assert SECRET not in caplog.text
    del connection[1:]
    again = Notice("数据处理失败", "原因：未知", "failure", (), ("bureau/failed:1",))
    assert notify.tell(again) == {"failed": 1}  # to be told when the address is mended


def test_what_was_told_is_not_told_again_and_what_failed_is(
    connection: list[dict[str, object]], web: Web
) -> None:
    connection.append({"path": f"json://127.0.0.1:{web.port}/"})
    web.status = 500
    assert notify.tell(TO_BUREAU) == {"failed": 1}
    web.status = 200
    assert notify.tell(TO_BUREAU) == {"sent": 1}
    assert notify.tell(TO_BUREAU) == {}
    assert len([each for each in web.got if each]) == 3  # the failed one was tried twice


def test_without_a_connection_notices_are_logged(
    connection: list[dict[str, object]], data: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    assert notify.tell(TO_BUREAU) == {"logged": 1}
    assert TO_BUREAU.title in caplog.text
    assert notify.tell(TO_BUREAU) == {}


def test_nothing_that_goes_wrong_fails_the_task(
    data: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> None:
        raise RuntimeError(f"https://example.com/{TOKEN}")

    monkeypatch.setattr(notify, "_addresses", broken)
    assert notify.tell(TO_BUREAU) == {}
    data.write_text("a file where the folder should be")
    assert notify.tell(TO_BUREAU) == {}
    assert TOKEN not in caplog.text
    assert "RuntimeError" in caplog.text


class Task:
    dag_id, task_id = "transform", "build"


def test_a_failed_task_tells_the_bureau_once_a_day(
    connection: list[dict[str, object]], web: Web
) -> None:
    connection.append({"path": f"json://127.0.0.1:{web.port}/"})
    error = RuntimeError("…")
    error.__cause__ = KnowledgeError("seeds/targets.csv:7 is wrong", "mend it")
    for _ in range(2):
        notify.failure_callback({"ti": Task, "exception": error})
    [got] = web.got
    assert got["content"]["title"] == "数据处理失败：transform / build"
    assert "原因：seeds/targets.csv:7 is wrong\n  → mend it" in got["content"]["message"]
    error.__cause__ = ReleaseHeld("release r1 is held", "")  # told by the step that held it
    notify.failure_callback({"ti": Task, "exception": error})
    assert len(web.got) == 1
    notify.failure_callback({})  # nothing that Airflow may leave out makes it fail


def test_a_trial_reaches_every_address_and_names_the_broken_ones(
    connection: list[dict[str, object]], web: Web, post: Post
) -> None:
    connection += [
        {"path": f"json://127.0.0.1:{web.port}/", "tag": "money"},
        {"path": mail(post, "bureau@example.com")},
    ]
    assert notify.trial() == {"sent": 2}
    assert len(web.got) == len(post.got) == 1
    connection.append({"path": f"json://user:{SECRET}@127.0.0.1:{free_port()}/"})
    with pytest.raises(GovstatsError, match="entry 3") as error:
        notify.trial()
    assert SECRET not in str(error.value)
    connection.clear()
    with pytest.raises(GovstatsError, match="no connection"):
        notify.trial()


@pytest.mark.parametrize(
    "config",
    [None, "x", [], [{"tag": "x"}], {"path": 7}, {"path": f"json://{SECRET}", "tag": 3}, [None]],
)
def test_a_connection_of_another_form_is_refused_without_showing_it(config: object) -> None:
    if config == []:
        assert parse(config) == ()
        return
    with pytest.raises(GovstatsError, match="entry 1") as error:
        parse(config)
    assert SECRET not in str(error.value)


def test_parts_of_an_address_are_hidden_whether_encoded_or_not() -> None:
    address = Address(1, f"mailto://user:p%40ss{SECRET}@example.com?to=a@b.cn", frozenset())
    said = address.hidden(f"login p@ss{SECRET} failed at example.com: p%40ss{SECRET}")
    assert SECRET not in said
    assert "p@ss" not in said
    assert f"p@ss{SECRET}" in address.secrets()
    assert SECRET not in repr(address)


def test_words_of_every_day_are_not_masked_in_the_logs() -> None:
    address = Address(1, "json://127.0.0.1:8000/govstats/send", frozenset())
    assert "govstats" not in address.secrets()


def test_the_library_knows_the_kinds_of_address_in_the_guide(project: Path) -> None:
    import re

    guide = (project / "docs/notifications.md").read_text(encoding="utf-8")
    urls = re.findall(r'"path": "([^"<…]+)"', guide)
    assert {url.split("://")[0] for url in urls} >= {"mailtos", "dingtalk", "wecombot", "feishu"}
    for place, url in enumerate(urls, start=1):
        Service(Address(place, url, frozenset()))


def test_what_cannot_be_composed_fails_no_task_either(
    connection: list[dict[str, object]], data: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert notify.tell_of(notices.published, {"release_id": "r1"}) == {}
    assert "notices: not told: KeyError" in caplog.text
    assert journal(data) == []


def test_a_headless_run_without_a_connection_leaves_it_to_the_live_airflow(
    connection: list[dict[str, object]], web: Web, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVSTATS_UNATTENDED", "yes")
    assert notify.tell(TO_BUREAU) == {}
    assert journal(data) == []
    connection.append({"path": f"json://127.0.0.1:{web.port}/"})
    assert notify.tell(TO_BUREAU) == {"sent": 1}
