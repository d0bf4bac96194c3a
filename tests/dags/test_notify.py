"""What the DAGs tell arrives, by the connection of Airflow, and nothing secret is logged."""

import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
pytestmark = pytest.mark.slow
TOKEN = "a1b2c3d4e5f6a7b8c9d0e1f2"


@pytest.fixture(scope="module")
def told(fake_environment, tmp_path_factory):
    """What the driver saw, and under ``got`` what a web server on loopback received meanwhile."""
    got = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    folder = tmp_path_factory.mktemp("notify")
    url = f"json://bureau:{TOKEN}@127.0.0.1:{server.server_address[1]}/{TOKEN}"
    result = folder / "seen.json"
    done = subprocess.run(
        [sys.executable, str(HERE / "notify_driver.py"), str(result), url],
        env=fake_environment(folder / "airflow", folder / "data"),
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    server.shutdown()
    server.server_close()
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    seen = json.loads(result.read_text())
    seen["logs"] += done.stdout + done.stderr
    return seen | {"got": got}


def titles(told):
    return [message["title"] for message in told["got"]]


def test_reminders_arrive_once_however_often_the_dag_runs(told):
    assert told["overdue"]["states"] == told["again"]["states"] == {"ask": "success"}
    reminders = [title for title in titles(told) if "张报表" in title]
    assert len(reminders) == len(set(reminders)) > 3
    # 16 July 2020: what was due on the 15th is a day late, and the bureau reads of all of it
    assert sum(title.startswith("逾期未报：") and "个部门" in title for title in reminders) == 1


def test_a_failed_task_a_release_and_a_trial_arrive(told):
    assert told["failure"]["states"]["build"] == "failed"
    [failure] = [each for each in told["got"] if each["title"] == "数据处理失败：transform / build"]
    assert "layout x.yml is wrong" in failure["message"]
    assert failure["type"] == "failure"
    assert told["trial"]["states"] == {"ask": "success"}
    assert titles(told).count("数据通知测试") == 1


def test_every_task_of_every_dag_tells_when_it_fails(told):
    assert {"ingest.parse", "reload.announce", "care.examine", "remind.ask"} <= set(told["tells"])
    assert [name for name, tells in told["tells"].items() if not tells] == []


def test_a_day_that_is_none_is_refused_before_the_run(told):
    assert "refused" in told["no day"]["states"]
    assert "yesterday" in told["no day"]["states"]["refused"]


def test_a_server_that_is_not_there_fails_the_trial_and_no_other_task(told):
    assert told["trial fails"]["states"] == {"ask": "failed"}
    assert told["not reached"]["states"] == {"ask": "success"}
    assert "notice not sent to entry 1 (JSON)" in told["logs"] + told["not reached"]["printed"]


def test_the_tasks_that_tell_end_as_without_telling(told):
    assert told["release"]["states"] == {"publish": "success"}


def test_no_secret_is_in_logs_console_or_readable_in_the_database(told):
    runs = [each for each in told.values() if isinstance(each, dict) and "printed" in each]
    printed = "".join(each["printed"] for each in runs)
    assert "notice" in printed + told["logs"]
    for place in (printed, told["logs"], told["database"]):
        assert TOKEN not in place
