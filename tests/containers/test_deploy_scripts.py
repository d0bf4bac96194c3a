"""The shell scripts of `deploy/`: what is made once stays, and nothing starts half provided."""

import base64
import os
import stat
import subprocess

import pytest
from cryptography.fernet import Fernet
from sqlalchemy.engine import make_url

from bench.rehearsal import compose

#: Whoever runs the tests; root hands the work to somebody else.
SOMEBODY = {"user": 65534, "group": 65534} if os.geteuid() == 0 else {}


def run(*command, env=None, **more):
    return subprocess.run(
        command, env=os.environ | (env or {}), capture_output=True, text=True, check=False, **more
    )


@pytest.fixture(scope="module")
def prepared(project, tmp_path_factory):
    """A folder as prepare.sh leaves it, and what it said."""
    folder = tmp_path_factory.mktemp("srv") / "govstats"
    env = {"GOVSTATS_UID": "1001", "GOVSTATS_GID": "1002"}
    if os.geteuid() != 0:
        env = {"GOVSTATS_UID": str(os.getuid()), "GOVSTATS_GID": str(os.getgid())}
    env["GOVSTATS_ENV_FILE"] = str(folder.parent / "env")
    prepare = ("sh", str(project / "deploy/prepare.sh"), str(folder))
    done = run(*prepare, env=env)
    assert done.returncode == 0, done.stderr
    return folder, done.stdout, env, prepare


def secrets_of(folder):
    return {path.name: path.read_text() for path in (folder / "secrets").iterdir()}


def test_every_secret_of_the_compose_file_is_made(prepared, plain):
    folder, *_ = prepared
    made = secrets_of(folder)
    assert set(made) == set(plain["secrets"])
    assert len(set(made.values())) == len(made)
    assert all(len(text) >= 20 and "\n" not in text for text in made.values())
    assert len(base64.urlsafe_b64decode(made["fernet_key"])) == 32
    Fernet(made["fernet_key"])


def test_secrets_are_their_owners_only_and_not_told(prepared):
    folder, said, env, _ = prepared
    assert stat.S_IMODE((folder / "secrets").stat().st_mode) == 0o700
    for path in (folder / "secrets").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert path.stat().st_uid == int(env["GOVSTATS_UID"])
        assert path.read_text() not in said
    assert stat.S_IMODE((folder / "data/raw").stat().st_mode) == 0o755
    assert (folder / "data/raw").stat().st_uid == int(env["GOVSTATS_UID"])


def test_the_env_file_is_all_that_compose_asks_for(prepared, project):
    folder, _, env, _ = prepared
    written = compose.settings_of(folder.parent / "env")
    services = compose.load(project / "docker-compose.yml", written)["services"]
    assert services["web"]["user"] == f"{env['GOVSTATS_UID']}:{env['GOVSTATS_GID']}"
    data = [v["source"] for v in services["scheduler"]["volumes"] if v["target"] == "/data"]
    assert data == [str(folder / "data")]
    text = (folder.parent / "env").read_text()
    assert not any(secret in text for secret in secrets_of(folder).values())


def test_a_second_time_changes_nothing_but_what_is_missing(prepared):
    folder, _, env, prepare = prepared
    before = secrets_of(folder)
    (folder / "secrets/jwt_secret").unlink()
    again = run(*prepare, env=env)
    assert again.returncode == 0, again.stderr
    after = secrets_of(folder)
    assert after.pop("jwt_secret") != before.pop("jwt_secret")
    assert after == before
    assert again.stdout.count("made ") == 1


def test_two_installations_share_no_secret(prepared, tmp_path):
    folder, _, env, prepare = prepared
    other = env | {"GOVSTATS_ENV_FILE": str(tmp_path / "env")}
    assert run(*prepare[:2], str(tmp_path / "other"), env=other).returncode == 0
    assert not set(secrets_of(folder).values()) & set(secrets_of(tmp_path / "other").values())


def test_prepare_refuses_root_and_no_folder(project, tmp_path):
    script = str(project / "deploy/prepare.sh")
    done = run("sh", script, str(tmp_path / "x"), env={"GOVSTATS_UID": "0"})
    assert done.returncode == 78
    assert "as root" in done.stderr
    assert not (tmp_path / "x").exists()
    assert run("sh", script).returncode == 64


@pytest.fixture
def entry(project, tmp_path):
    tmp_path.chmod(0o755)
    for folder in tmp_path.parents:
        if folder.name.startswith(("pytest-", "popen-")):
            folder.chmod(0o755)
    secrets = tmp_path / "secrets"
    secrets.mkdir()

    def call(**more):
        text = (project / "deploy/entry.sh").read_text()
        env = {"GOVSTATS_SECRETS_FOLDER": str(secrets)}
        return run("sh", "-c", text, "entry.sh", "echo", "a b", "c", env=env, cwd="/", **more)

    return call, secrets


def test_entry_starts_the_command_as_it_is(entry):
    call, secrets = entry
    (secrets / "one").write_text("x")
    (secrets / "one").chmod(0o644)
    done = call(**SOMEBODY)
    assert (done.returncode, done.stdout) == (0, "a b c\n"), done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be refused as root")
def test_entry_refuses_root(entry):
    call, _ = entry
    done = call()
    assert done.returncode == 78
    assert "GOVSTATS_UID" in done.stderr


@pytest.mark.parametrize(("text", "mode"), [("", 0o644), ("x", 0o000)])
def test_entry_refuses_a_secret_it_cannot_use(entry, text, mode):
    call, secrets = entry
    (secrets / "jwt_secret").write_text(text)
    (secrets / "jwt_secret").chmod(mode)
    done = call(**SOMEBODY)
    assert done.returncode == 78
    assert "jwt_secret is empty or not readable" in done.stderr
    assert done.stdout == ""


def address(project, folder, kind):
    env = {"GOVSTATS_SECRETS_FOLDER": str(folder)}
    return run("sh", str(project / "deploy/address.sh"), kind, env=env)


def test_addresses_lead_to_the_services(project, prepared, services):
    folder = prepared[0] / "secrets"
    database = make_url(address(project, folder, "database").stdout)
    postgres = services["postgres"]["environment"]
    assert database.drivername == "postgresql+psycopg2"
    assert (database.host, database.port) == ("postgres", 5432)
    assert database.username == postgres["POSTGRES_USER"]
    assert database.database == postgres["POSTGRES_DB"]
    assert database.password == (folder / "postgres_password").read_text()
    broker = make_url(address(project, folder, "broker").stdout)
    assert (broker.host, broker.port, broker.drivername) == ("redis", 6379, "redis")
    assert broker.password == (folder / "redis_password").read_text()


@pytest.mark.parametrize(
    "secret", ["", "a@other.host/", "a b", "a'b", "$(id)", "百", "a%41", "a\nb"]
)
def test_a_password_that_would_change_the_address_is_refused(project, tmp_path, secret):
    (tmp_path / "postgres_password").write_text(secret)
    done = address(project, tmp_path, "database")
    assert done.returncode == 78
    assert done.stdout == ""
    assert "postgres_password" in done.stderr


def test_an_address_without_secret_or_kind_is_none(project, tmp_path):
    assert address(project, tmp_path, "database").returncode != 0
    assert address(project, tmp_path, "database").stdout == ""
    assert address(project, tmp_path, "other").returncode == 64
