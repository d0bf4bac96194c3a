import json
import os
import shlex
import subprocess
import sys

import pytest

from govstats.errors import GovstatsError
from scripts import airflow_env


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("AIRFLOW_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("GOVSTATS_AIRFLOW_PORT", raising=False)
    monkeypatch.delenv("GOVSTATS_AIRFLOW_USERS", raising=False)


def test_without_a_home_of_ones_own_it_is_in_the_project(monkeypatch):
    monkeypatch.delenv("AIRFLOW_HOME")
    assert airflow_env.home() == airflow_env.REPO / ".airflow"


def test_settings_of_another_airflow_are_dropped_and_everything_else_is_kept(monkeypatch):
    monkeypatch.setenv("AIRFLOW__CORE__LOAD_EXAMPLES", "True")
    monkeypatch.setenv("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "postgresql://elsewhere/db")
    monkeypatch.setenv("AIRFLOW__SMTP__SMTP_HOST", "mail.example")
    monkeypatch.setenv("GOVSTATS_WORKERS", "3")
    env = airflow_env.environment()
    assert env["AIRFLOW__CORE__LOAD_EXAMPLES"] == "False"
    assert env["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"].endswith("/home/airflow.db")
    assert "AIRFLOW__SMTP__SMTP_HOST" not in env
    assert env["GOVSTATS_WORKERS"] == "3"


def test_live_and_headless_runs_keep_separate_histories():
    live = airflow_env.environment(airflow_env.LIVE_DATABASE)
    headless = airflow_env.environment(airflow_env.HEADLESS_DATABASE)
    differing = {name for name in live if live[name] != headless[name]}
    assert differing == {"AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "GOVSTATS_UNATTENDED"}


def test_every_address_is_loopback_and_follows_the_port(monkeypatch):
    monkeypatch.setenv("GOVSTATS_AIRFLOW_PORT", "8090")
    env = airflow_env.environment()
    assert env["AIRFLOW__API__HOST"] == "127.0.0.1"
    assert env["AIRFLOW__API__PORT"] == "8090"
    assert env["AIRFLOW__API__BASE_URL"] == "http://127.0.0.1:8090"
    assert env["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"] == "http://127.0.0.1:8090/execution/"


@pytest.mark.parametrize("text", ["0", "65536", "http", "-1", "80 80"])
def test_a_port_that_is_none_is_refused_by_name(monkeypatch, text):
    monkeypatch.setenv("GOVSTATS_AIRFLOW_PORT", text)
    with pytest.raises(GovstatsError, match="GOVSTATS_AIRFLOW_PORT"):
        airflow_env.port()


def test_nothing_reports_home():
    env = airflow_env.environment()
    assert env["AIRFLOW__USAGE_DATA_COLLECTION__ENABLED"] == "False"
    assert env["DO_NOT_TRACK"] == "1"
    assert env["DBT_SEND_ANONYMOUS_USAGE_STATS"] == "false"
    assert env["GX_ANALYTICS_ENABLED"] == "false"


def test_the_secret_is_made_once_and_only_its_owner_may_read():
    first = airflow_env.environment()["AIRFLOW__API_AUTH__JWT_SECRET"]
    assert len(first) >= 48
    assert airflow_env.environment()["AIRFLOW__API_AUTH__JWT_SECRET"] == first
    for name in ("jwt-secret", "airflow.cfg"):
        assert (airflow_env.home() / name).stat().st_mode & 0o077 == 0
    assert airflow_env.home().stat().st_mode & 0o077 == 0


def test_an_existing_secret_is_left_as_it_is(tmp_path):
    path = tmp_path / "secret"
    airflow_env.write_secret(path, "one")
    airflow_env.write_secret(path, "two")
    assert path.read_text() == "one"


def test_connections_of_our_name_are_let_through_and_no_others(monkeypatch):
    monkeypatch.setenv("AIRFLOW_CONN_GOVSTATS_NOTIFY", "apprise://")
    monkeypatch.setenv("AIRFLOW_CONN_ELSEWHERE", "http://elsewhere")
    env = airflow_env.environment()
    assert env["AIRFLOW_CONN_GOVSTATS_NOTIFY"] == "apprise://"
    assert "AIRFLOW_CONN_ELSEWHERE" not in env


def test_connections_are_encrypted_with_a_key_that_stays_and_only_its_owner_may_read():
    from cryptography.fernet import Fernet

    key = airflow_env.environment()["AIRFLOW__CORE__FERNET_KEY"]
    assert Fernet(key).decrypt(Fernet(key).encrypt(b"secret")) == b"secret"
    assert airflow_env.environment()["AIRFLOW__CORE__FERNET_KEY"] == key
    assert (airflow_env.home() / "fernet-key").stat().st_mode & 0o077 == 0


def test_everyone_who_may_log_in_gets_a_password_once(monkeypatch):
    airflow_env.environment()
    airflow_env.give_passwords()
    first = json.loads(airflow_env.password_file().read_text())
    assert set(first) == {"admin", "bureau"}
    monkeypatch.setenv("GOVSTATS_AIRFLOW_USERS", "admin:admin, 王敏:viewer")
    airflow_env.give_passwords()
    second = json.loads(airflow_env.password_file().read_text())
    assert {name: second[name] for name in first} == first
    assert len(set(second.values())) == 3
    assert all(len(password) >= 20 for password in second.values())
    assert airflow_env.password_file().stat().st_mode & 0o077 == 0
    assert airflow_env.environment()["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS"] == (
        "admin:admin,王敏:viewer"
    )


@pytest.mark.parametrize(
    "text", ["admin", "admin:root", ":admin", "a:admin,a:user", "a b:user", ","]
)
def test_users_that_are_not_understood_are_refused_by_name(monkeypatch, text):
    monkeypatch.setenv("GOVSTATS_AIRFLOW_USERS", text)
    with pytest.raises(GovstatsError, match="GOVSTATS_AIRFLOW_USERS"):
        airflow_env.users()


def test_adopting_replaces_the_whole_environment(monkeypatch):
    monkeypatch.setenv("AIRFLOW__CORE__PARALLELISM", "99")
    before = dict(os.environ)
    try:
        airflow_env.adopt(airflow_env.HEADLESS_DATABASE)
        assert os.environ["AIRFLOW__CORE__PARALLELISM"] == "4"
        assert dict(os.environ) == airflow_env.environment(airflow_env.HEADLESS_DATABASE)
    finally:
        os.environ.clear()
        os.environ.update(before)


def test_printed_exports_are_what_a_shell_understands():
    printed = subprocess.run(
        [sys.executable, "-m", "scripts.airflow_env"], capture_output=True, text=True, check=True
    ).stdout
    code = "import json, os; print(json.dumps(dict(os.environ)))"
    script = f"{printed}\n{shlex.quote(sys.executable)} -c {shlex.quote(code)}"
    shell = subprocess.run(["/bin/sh", "-c", script], capture_output=True, text=True, check=True)
    seen = json.loads(shell.stdout)
    wanted = airflow_env.environment()
    assert {name: seen.get(name) for name in wanted if name.startswith("AIRFLOW")} == {
        name: value for name, value in wanted.items() if name.startswith("AIRFLOW")
    }


def test_every_variable_is_documented(project):
    text = (project / "docs" / "operate.md").read_text()
    for name in airflow_env.ENVIRONMENT:
        assert f"| `{name}` |" in text
