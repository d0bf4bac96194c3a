"""What the compose file sets, mounts, starts and publishes is what the code reads and does."""

import json
import os
import re
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path, PurePosixPath

import pytest
import yaml

from bench.rehearsal import compose
from govstats import settings as package
from govstats.settings import Settings
from scripts import airflow_env, containers

#: Read outside containers only: there Airflow has other accounts, and one port.
ELSEWHERE = {"AIRFLOW_HOME", "GOVSTATS_AIRFLOW_PORT", "GOVSTATS_AIRFLOW_USERS"}


@pytest.fixture(scope="module")
def options(providers):
    """Every option of Airflow and of the providers the containers add: its type, or None."""
    found = {}
    core = Path(str(distribution("apache-airflow-core").locate_file("airflow")))
    text = (core / "config_templates/config.yml").read_text(encoding="utf-8")
    for section, part in yaml.load(text, yaml.CSafeLoader).items():
        for name, option in part["options"].items():
            found[section, name] = (option.get("type"), bool(option.get("sensitive")))
    for provider in providers.values():
        for section, names in provider["options"].items():
            for name in names:
                secret = f"{section}.{name}" in provider["sensitive"]
                found.setdefault((section, name), (None, secret))
    return found


def test_every_setting_of_airflow_exists(ours, options):
    for name, service in ours.items():
        for variable, value in service["environment"].items():
            if not variable.startswith("AIRFLOW__"):
                continue
            _, section, option = variable.lower().split("__")
            plain = option.removesuffix("_cmd")
            assert (section, plain) in options, (name, variable)
            kind, sensitive = options[section, plain]
            if option != plain:
                assert sensitive, f"{variable}: only secrets may come from a command"
            elif kind == "boolean":
                assert value in ("True", "False"), variable
            elif kind == "integer":
                assert value.isdigit(), variable


def test_executors_and_accounts_exist(ours, providers, project):
    known = {line.rpartition(".")[2] for p in providers.values() for line in p["executors"]}
    environment = ours["scheduler"]["environment"]
    assert environment["AIRFLOW__CORE__EXECUTOR"] in known | {"LocalExecutor"}
    assert "CeleryExecutor" in known
    assert "GOVSTATS_EXECUTOR=CeleryExecutor" in (project / "deploy/env.example").read_text()
    managers = providers["apache-airflow-providers-fab"]["auth_managers"]
    assert environment["AIRFLOW__CORE__AUTH_MANAGER"] in managers


def test_what_is_known_of_providers_is_of_the_locked_versions(providers, project):
    lock = (project / "requirements-container.lock").read_text()
    for name, provider in providers.items():
        assert f"\n{name}=={provider['version']} " in lock, f"{name}: write providers.json anew"
        # Celery 5.7 no longer had what the provider imports, and only a starting worker said so.
        for other, version in provider.get("rehearsed_with", {}).items():
            assert f"\n{other}=={version} " in lock, f"{other}: python -m bench rehearsal --scale"


def test_every_variable_is_one_the_code_reads(services):
    read = set(package.ENVIRONMENT) | set(airflow_env.ENVIRONMENT) | set(containers.ENVIRONMENT)
    for name, service in services.items():
        named = {v for v in service["environment"] if v.startswith("GOVSTATS_")}
        assert named <= read, name
        assert not named & ELSEWHERE, name


def test_every_variable_the_code_reads_can_be_set(plain):
    given = {*package.ENVIRONMENT, *airflow_env.ENVIRONMENT} - ELSEWHERE
    for name in ("scheduler", "worker", "dag-processor", "triggerer"):
        assert given <= given_to(plain, name), name
    for name in ("govstats", "desk"):
        assert set(package.ENVIRONMENT) <= given_to(plain, name), name


def given_to(plain, name):
    service = plain["services"][name]
    return set(service["environment"])


def test_a_setting_of_the_env_file_arrives(project, required):
    chosen = required | {"GOVSTATS_SIGN_OFF": "on", "GOVSTATS_AIRFLOW_PORT": "9090"}
    chosen |= {"AIRFLOW_CONN_GOVSTATS_NOTIFY": "apprise://x"}
    services = compose.load(project / "docker-compose.yml", chosen)["services"]
    assert services["scheduler"]["environment"]["GOVSTATS_SIGN_OFF"] == "on"
    assert services["worker"]["environment"]["AIRFLOW_CONN_GOVSTATS_NOTIFY"] == "apprise://x"
    assert services["api-server"]["ports"] == ["127.0.0.1:9090:8080"]
    url = services["api-server"]["environment"]["AIRFLOW__API__BASE_URL"]
    assert url == "http://127.0.0.1:9090"


def test_every_variable_of_the_file_is_explained(project):
    text = (project / "docker-compose.yml").read_text(encoding="utf-8")
    used = set(re.findall(r"\$\{([A-Z_]+)", text)) | set(re.findall(r"^  ([A-Z_]+):$", text, re.M))
    guide = (project / "docs/production.md").read_text(encoding="utf-8")
    guide += (project / "docs/operate.md").read_text(encoding="utf-8")
    assert sorted(name for name in used if f"`{name}`" not in guide) == []
    example = (project / "deploy/env.example").read_text(encoding="utf-8")
    offered = set(re.findall(r"^#?([A-Z_]+)=", example, re.M)) - {"COMPOSE_PROFILES"}
    assert offered <= used


def test_mounts_are_the_settings_folders(ours, project):
    environment = ours["scheduler"]["environment"]
    inside = Settings(
        root=Path(environment["GOVSTATS_ROOT"]), data=Path(environment["GOVSTATS_DATA"])
    )
    knowledge = {inside.layouts, inside.expectations, inside.bulletin, inside.dbt_project}
    for name in ("scheduler", "worker", "dag-processor", "triggerer", "govstats", "desk"):
        targets = {Path(v["target"]) for v in ours[name]["volumes"] if v["type"] == "bind"}
        assert knowledge | {inside.data} <= targets, name
        assert targets <= knowledge | {inside.data, inside.dbt_project / "seeds"}, name
    mine = Settings(root=project, data=project / "data")
    for folder in (mine.layouts, mine.expectations, mine.bulletin, mine.dbt_project / "seeds"):
        assert folder.is_dir()
    assert environment["AIRFLOW__CORE__DAGS_FOLDER"] == "/app/dags"
    assert environment["AIRFLOW__LOGGING__BASE_LOG_FOLDER"] == "/logs"


def test_mounted_files_of_the_project_are_there(services, project):
    for name, service in services.items():
        for volume in service.get("volumes", []):
            if volume["type"] == "bind" and volume["source"].startswith("./"):
                assert (project / volume["source"]).exists(), (name, volume)


def test_the_web_server_follows_the_link(services, project):
    """The folder of releases is mounted, not `current`: a mount would keep the old one."""
    releases = Settings(root=project, data=Path("/srv/govstats/data")).releases
    mounts = {v["target"]: v["source"] for v in services["web"]["volumes"]}
    assert mounts["/srv/releases"] == str(releases)
    conf = (project / "deploy/nginx.conf").read_text(encoding="utf-8")
    assert "root /srv/releases/current;" in conf
    assert "daemon off;" in conf


def test_ports_agree(services, project):
    command = services["api-server"]["command"]
    port = command[command.index("--port") + 1]
    assert services["api-server"]["ports"][0].endswith(f":{port}")
    environment = services["scheduler"]["environment"]
    assert environment["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"].startswith(
        f"http://api-server:{port}/execution"
    )
    healthy = (project / "deploy/healthy.py").read_text(encoding="utf-8")
    assert f"http://api-server:{port}/" in healthy
    prefix = "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_"
    assert f"http://{environment[prefix + 'HOST']}:{environment[prefix + 'PORT']}/health" in healthy
    listen = re.search(r"listen (\d+);", (project / "deploy/nginx.conf").read_text())[1]
    assert services["web"]["ports"][0].endswith(f":{listen}")
    assert f"http://127.0.0.1:{listen}/healthy" in services["web"]["healthcheck"]["test"]


PARSE = """
import json, sys
from airflow.cli.cli_parser import get_parser
for command in json.load(sys.stdin):
    get_parser().parse_args(command)
print("parsed")
"""


def test_commands_are_airflows(ours, tmp_path, providers):
    commands = [s["command"][1:] for s in ours.values() if s.get("command", [""])[0] == "airflow"]
    celery = [command for command in commands if command[:2] == ["celery", "worker"]]
    others = [command for command in commands if command not in celery]
    assert len(celery) == 1
    assert len(others) == 4
    flags = {word for word in celery[0] if word.startswith("--")}
    assert flags <= set(providers["apache-airflow-providers-celery"]["worker_flags"])
    others += [["db", "migrate"]]
    env = airflow_free(os.environ) | {"AIRFLOW_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", PARSE],
        input=json.dumps(others),
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.endswith("parsed\n"), done.stderr[-1000:]


def airflow_free(environment):
    return {name: value for name, value in environment.items() if "AIRFLOW" not in name}


def test_scripts_that_are_called_are_there(services, project):
    dockerfile = (project / "Dockerfile").read_text(encoding="utf-8")
    for path in set(re.findall(r"/app/([\w./-]+\.(?:sh|py))", str(services) + dockerfile)):
        assert (project / path).is_file(), path
        if PurePosixPath(path).suffix == ".sh":
            assert os.access(project / path, os.X_OK), path


def test_health_checks_name_roles_that_are_known(ours, project):
    healthy = (project / "deploy/healthy.py").read_text(encoding="utf-8")
    for name, service in ours.items():
        test = service["healthcheck"].get("test")
        if test:
            assert f'"{test[-1]}"' in healthy, name
            assert test[-1].replace("_", "-") == name
