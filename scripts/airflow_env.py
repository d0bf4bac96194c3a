"""The one place that says how this project runs Airflow, shared by everything that starts it.

``python -m scripts.airflow_env`` prints the variables as shell exports, for the ``airflow``
command by hand: ``eval "$(python -m scripts.airflow_env)"; airflow dags list``.
"""

import base64
import json
import os
import re
import secrets
import shlex
from pathlib import Path

from govstats.errors import GovstatsError

REPO = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
#: Who may log in, where nothing else is said: one for the machine, one who signs and looks.
USERS = "admin:admin,bureau:user"
ROLES = ("viewer", "user", "op", "admin")

#: Environment variables read here, with their meaning (shown in docs/operate.md).
ENVIRONMENT = {
    "AIRFLOW_HOME": "Airflow's databases, logs and process ids (default: .airflow/ in the project)",
    "GOVSTATS_AIRFLOW_USERS": f"who may log in, name:role each (default: {USERS})",
    "GOVSTATS_INGEST_SCHEDULE": "cron line: when files are looked for in any case (0 * * * *)",
    "GOVSTATS_WATCH_SECONDS": "seconds without a change before the watcher starts a run (20)",
    "GOVSTATS_AIRFLOW_PORT": "loopback port of Airflow's interface (default: 8080)",
}

#: Live runs and headless runs keep separate histories: a headless run leaves asset events
#: behind that a live scheduler sharing the database would answer with runs of its own.
LIVE_DATABASE = "airflow.db"
HEADLESS_DATABASE = "headless.db"

#: The same on every machine: no examples, one machine's executor, nothing reports home.
FIXED = {
    "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
    "AIRFLOW__CORE__PARALLELISM": "4",
    "AIRFLOW__API__WORKERS": "1",
    "AIRFLOW__DAG_PROCESSOR__PARSING_PROCESSES": "1",
    "AIRFLOW__LOGGING__COLORED_CONSOLE_LOG": "False",
    "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
    "DO_NOT_TRACK": "1",
    "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    "GX_ANALYTICS_ENABLED": "false",
}


def home() -> Path:
    """Return Airflow's home folder; it need not exist yet."""
    return Path(os.environ.get("AIRFLOW_HOME") or REPO / ".airflow").resolve()


def logs() -> Path:
    """Return the folder of all logs."""
    return home() / "logs"


def port() -> int:
    """Return the loopback port of the api-server.

    Raises:
        GovstatsError: the variable is not a port number.
    """
    text = os.environ.get("GOVSTATS_AIRFLOW_PORT") or "8080"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise GovstatsError(f"GOVSTATS_AIRFLOW_PORT is {text!r}", "set it to a number up to 65535")
    return int(text)


def environment(database: str = LIVE_DATABASE) -> dict[str, str]:
    """Return a whole process environment for Airflow and what its tasks call.

    Settings of another Airflow on the same machine (``AIRFLOW_*`` variables) are dropped:
    what runs here is what this module says; only connections of our name are let through.
    Creates the home folder and its secrets.
    """
    kept = {name: value for name, value in os.environ.items() if not _is_foreign(name)}
    folder = _prepared_home()
    places = {
        "AIRFLOW_HOME": str(folder),
        "AIRFLOW__CORE__DAGS_FOLDER": str(REPO / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(folder / "plugins"),
        "AIRFLOW__CORE__FERNET_KEY": (folder / "fernet-key").read_text(),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": ",".join(
            f"{name}:{role}" for name, role in users().items()
        ),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(password_file()),
        "AIRFLOW__CORE__DEFAULT_TIMEZONE": os.environ.get("GOVSTATS_TIMEZONE") or "Asia/Shanghai",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{folder / database}",
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(logs()),
        "AIRFLOW__API_AUTH__JWT_SECRET": (folder / "jwt-secret").read_text(),
    }
    # a headless run cannot wait for a person's answer; what would ask one ends with words
    kept["GOVSTATS_UNATTENDED"] = "yes" if database == HEADLESS_DATABASE else ""
    return kept | FIXED | _addresses() | places


def _is_foreign(name: str) -> bool:
    ours = ("AIRFLOW_CONN_GOVSTATS_",)
    return name.startswith(("AIRFLOW_", "_AIRFLOW_")) and not name.startswith(ours)


def users() -> dict[str, str]:
    """Return who may log in to the interface: name → role, in the order of the setting.

    Raises:
        GovstatsError: the variable is not a list of names with one of ``ROLES`` each.
    """
    text = os.environ.get("GOVSTATS_AIRFLOW_USERS") or USERS
    found: dict[str, str] = {}
    for part in text.split(","):
        name, _, role = part.strip().partition(":")
        if not re.fullmatch(r"[\w.@-]+", name) or role not in ROLES or name in found:
            roles = ", ".join(ROLES)
            raise GovstatsError(
                f"GOVSTATS_AIRFLOW_USERS is {text!r}",
                f"write name:role, with commas between, each name once; roles: {roles}",
            )
        found[name] = role
    return found


def give_passwords() -> None:
    """Make a password for everyone who may log in and has none yet; others keep theirs."""
    path = password_file()
    known = json.loads(path.read_text()) if path.exists() else {}
    missing = {name: secrets.token_urlsafe(15) for name in users() if name not in known}
    if missing:
        temporary = path.with_suffix(".new")
        temporary.unlink(missing_ok=True)
        write_secret(temporary, json.dumps(known | missing) + "\n")
        temporary.replace(path)


def _addresses() -> dict[str, str]:
    """With a port other than the default, tasks find the api-server only if all four agree."""
    url = f"http://{HOST}:{port()}"
    return {
        "AIRFLOW__API__HOST": HOST,
        "AIRFLOW__API__PORT": str(port()),
        "AIRFLOW__API__BASE_URL": url,
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{url}/execution/",
    }


def adopt(database: str) -> None:
    """Make the environment this process's own; call it before the first import of airflow."""
    wanted = environment(database)
    for name in set(os.environ) - set(wanted):
        del os.environ[name]
    os.environ.update(wanted)


def password_file() -> Path:
    """Return the file with the interface's passwords, readable by its owner only."""
    return home() / "passwords.json"


def write_secret(path: Path, content: str) -> None:
    """Create a file only its owner may read; leave an existing one as it is."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w") as stream:
        stream.write(content)


def _prepared_home() -> Path:
    folder = home()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    logs().mkdir(exist_ok=True)
    write_secret(folder / "jwt-secret", secrets.token_urlsafe(48))
    # Connections hold passwords; with a key they are not readable in the database.
    key = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    write_secret(folder / "fernet-key", key)
    # An existing file keeps Airflow from writing its 3,000 lines of defaults, which four
    # processes starting at once would otherwise do over one another.
    write_secret(folder / "airflow.cfg", "# Settings come from scripts/airflow_env.py.\n")
    return folder


def main() -> None:
    """Print the variables that differ from the present environment as shell exports."""
    for name, value in sorted(environment().items()):
        if os.environ.get(name) != value:
            print(f"export {name}={shlex.quote(value)}")


if __name__ == "__main__":
    main()
