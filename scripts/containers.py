"""What the service ``init`` of docker-compose.yml does before the others start.

``python -m scripts.containers init``: Airflow's database is made or upgraded, the pools are
there, and there is a first user. Twice is as good as once. Settings come from the compose file.
"""

import argparse
import os
import socket
import subprocess
import sys
from pathlib import Path

from govstats.errors import GovstatsError
from scripts.metadata import POOLS

BROKER = ("redis", 6379)
#: Environment variables read here, with their meaning (shown in docs/production.md).
ENVIRONMENT = {"GOVSTATS_ADMIN": "name of the first user of Airflow's interface (admin)"}
_SHORTEST_PASSWORD = 12


def require_broker() -> None:
    """Refuse to start with an executor whose workers would never hear of a task.

    Raises:
        GovstatsError: tasks go to Celery, but the services of the profile ``scale`` are not up.
    """
    if "CeleryExecutor" not in (os.environ.get("AIRFLOW__CORE__EXECUTOR") or ""):
        return
    try:
        socket.create_connection(BROKER, timeout=10).close()
    except OSError as error:
        raise GovstatsError(
            f"GOVSTATS_EXECUTOR is CeleryExecutor and {BROKER[0]} does not answer ({error})",
            "set COMPOSE_PROFILES=scale too, or leave GOVSTATS_EXECUTOR out",
        ) from None


def migrate() -> None:
    """Make Airflow's database, or bring it to the installed version.

    Raises:
        GovstatsError: Airflow could not; its own words stand above.
    """
    if subprocess.run(["airflow", "db", "migrate"], check=False).returncode != 0:
        raise GovstatsError("Airflow's database was not made or upgraded", "see the lines above")


def make_pools() -> None:
    """Make the pools that the DAGs name, with their sizes."""
    from airflow.models.pool import Pool

    for name, (slots, description) in POOLS.items():
        Pool.create_or_update_pool(name, slots, description, include_deferred=False)


def make_first_user(secrets: Path) -> bool:
    """Make the first administrator, with the password of the secret ``admin_password``.

    An account that is there stays as it is, its password too.

    Returns:
        Whether an account was made.

    Raises:
        GovstatsError: the password is too short, or the account could not be made.
    """
    name = os.environ.get("GOVSTATS_ADMIN") or "admin"
    password = (secrets / "admin_password").read_text(encoding="utf-8").strip()
    if len(password) < _SHORTEST_PASSWORD:
        wanted = f"write {_SHORTEST_PASSWORD} characters or more into it"
        raise GovstatsError("the secret admin_password is too short", wanted)
    from airflow.providers.fab.auth_manager.cli_commands.utils import get_application_builder

    with get_application_builder() as builder:
        accounts = builder.sm
        if accounts.find_user(name):
            return False
        accounts.sync_roles()
        role = accounts.find_role("Admin")
        # An address is asked for and never written to.
        if not accounts.add_user(name, name, "govstats", f"{name}@localhost", role, password):
            raise GovstatsError(f"the account {name} was not made", "see the lines above")
    return True


def init() -> None:
    """Do all of it, in order.

    Raises:
        GovstatsError: whatever a person must mend before anything can start.
    """
    require_broker()
    migrate()
    make_pools()
    made = make_first_user(Path(os.environ.get("GOVSTATS_SECRETS_FOLDER") or "/run/secrets"))
    print("init: database, pools and roles are ready;", "first user made" if made else "users stay")


def main(arguments: list[str] | None = None) -> int:
    """Carry out one command; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.containers", description=__doc__)
    parser.add_argument("command", choices=["init"])
    parser.parse_args(arguments)
    try:
        init()
    except GovstatsError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
