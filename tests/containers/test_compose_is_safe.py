"""Every service has as few rights as it needs, and no secret stands in the file."""

import re
import subprocess
import sys

import pytest

from bench.rehearsal import compose

#: Reads and writes what departments handed in; all others read it or never see it.
WRITE_DATA = {"scheduler", "worker", "govstats", "desk"}
ALONE = {"govstats", "desk", "init"}


def test_it_is_a_compose_file(project):
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    done = subprocess.run([*check, "docker-compose.yml"], cwd=project, capture_output=True)
    assert done.returncode == 0, done.stdout


def test_all_services_are_hardened(services):
    assert len(services) > 8
    for name, service in services.items():
        assert service["user"] == "1001:1002", name
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["init"] is True, name
        assert service["restart"] == ("no" if name in ALONE else "unless-stopped"), name
        assert {"max-size", "max-file"} <= set(service["logging"]["options"]), name
        assert "privileged" not in service, name
        assert "cap_add" not in service, name
        assert "/var/run/docker.sock" not in str(service), name


def test_all_services_have_limits_and_a_health_check(services):
    for name, service in services.items():
        assert set(service["deploy"]["resources"]["limits"]) == {"cpus", "memory", "pids"}, name
        check = service["healthcheck"]
        if name in ALONE:
            assert check == {"disable": True}, name
        else:
            assert check["test"][0] == "CMD", name
            assert {"interval", "timeout", "retries", "start_period"} <= set(check), name


def test_scratch_folders_are_bounded(services):
    for name, service in services.items():
        for scratch in service.get("tmpfs", []):
            assert re.fullmatch(r"/[a-z/]+:size=\d+[mg],mode=1777", scratch), (name, scratch)


def test_images_are_pinned(services, project):
    for name, service in services.items():
        image = service["image"]
        assert re.fullmatch(r"[a-z]+:\d+\.\d+(\.\d+)?(-[a-z]+)?", image), (name, image)
    args = services["scheduler"]["build"]["args"]
    declared = re.findall(r"^ARG BASE_IMAGE=(\S+)$", (project / "Dockerfile").read_text(), re.M)
    assert declared == [args["BASE_IMAGE"]]


def test_doors_are_on_loopback_and_two(services):
    ports = [port for service in services.values() for port in service.get("ports", [])]
    assert ports == ["127.0.0.1:8080:8080", "127.0.0.1:8081:8081"]
    assert all("network_mode" not in service for service in services.values())


def test_networks_say_who_reaches_whom(services, file):
    assert file["networks"]["backend"] == {"internal": True}
    of = {name: set(service["networks"]) for name, service in services.items()}
    assert of["postgres"] == of["redis"] == {"backend"}
    assert of["web"] == {"frontend"}
    assert {name for name, nets in of.items() if "frontend" in nets} == {"api-server", "web"}
    # tasks and callbacks tell people; nothing else calls out
    outbound = {name for name, nets in of.items() if "outbound" in nets}
    assert outbound == {"scheduler", "worker", "dag-processor"}


def test_data_and_knowledge_are_written_where_needed_only(services):
    for name, service in services.items():
        for volume in service.get("volumes", []):
            target, writable = volume["target"], not volume.get("read_only")
            if target == "/data" and volume["type"] == "bind":
                assert writable == (name in WRITE_DATA), (name, volume)
            elif target == "/app/dbt_project/seeds":
                assert name == "desk"
            elif volume["type"] == "bind":
                assert not writable, (name, volume)
    assert not any("/data" in v["target"] for v in services["web"]["volumes"])
    assert [v["target"] for v in services["api-server"]["volumes"]] == ["/logs"]


def test_bind_mounts_are_not_made_up(services):
    """An engine would make a missing folder of the host, owned by root."""
    for name, service in services.items():
        for volume in service.get("volumes", []):
            if volume["source"].startswith("/srv"):
                assert volume["bind"] == {"create_host_path": False}, (name, volume)


def test_no_secret_stands_in_the_file(services):
    for name, service in services.items():
        for variable, value in service["environment"].items():
            if re.search("PASSWORD|SECRET|KEY|CONN|BROKER|TOKEN", variable):
                assert variable.endswith(("_CMD", "_FILE")), (name, variable)
                assert value.startswith(("cat /run/secrets/", "/run/secrets/", "/app/deploy/"))
        assert "env_file" not in service, name


def test_each_service_gets_the_secrets_it_reads_and_no_other(services, file):
    given = {name: set(service.get("secrets", [])) for name, service in services.items()}
    assert set().union(*given.values()) == set(file["secrets"])
    holders = {
        secret: {n for n, has in given.items() if secret in has} for secret in file["secrets"]
    }
    assert holders["admin_password"] == {"init"}
    assert holders["jwt_secret"] == {"api-server", "scheduler"}
    assert holders["api_secret_key"] == {"api-server", "init"}
    assert not given["web"]
    assert not given["govstats"]
    for name, service in services.items():
        read = set(re.findall(r"/run/secrets/(\w+)", str(service)))
        assert read <= given[name], name


@pytest.mark.parametrize("value", [None, ""])
@pytest.mark.parametrize(
    "name", ["GOVSTATS_UID", "GOVSTATS_GID", "GOVSTATS_DATA", "GOVSTATS_SECRETS"]
)
def test_nothing_starts_without(project, required, name, value):
    variables = {key: text for key, text in required.items() if key != name}
    if value is not None:
        variables[name] = value
    with pytest.raises(compose.MissingVariable, match=name):
        compose.load(project / "docker-compose.yml", variables)


def test_others_wait_for_the_migration(ours):
    for name in sorted(set(ours) - ALONE):
        waits = ours[name]["depends_on"]
        assert waits["init"] == {"condition": "service_completed_successfully"}, name
        assert waits["postgres"] == {"condition": "service_healthy"}, name
    assert ours["worker"]["depends_on"]["redis"] == {"condition": "service_healthy"}
    assert ours["init"]["depends_on"]["redis"]["required"] is False


def test_profiles(services):
    profiles = {name: service.get("profiles") for name, service in services.items()}
    assert {n for n, p in profiles.items() if p == ["scale"]} == {"redis", "worker"}
    assert {n for n, p in profiles.items() if p == ["tools"]} == {"govstats", "desk"}
    assert all(p in (None, ["scale"], ["tools"]) for p in profiles.values())
