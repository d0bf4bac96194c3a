"""Airflow's four processes on loopback: ``python -m scripts.services up|down|status``.

Never ``airflow standalone``: its log servers listen on every interface.
"""

import argparse
import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from govstats.errors import GovstatsError
from govstats.files import exclusive
from scripts import airflow_env, metadata, processes
from scripts.processes import Record

SERVICES = {
    "api-server": ["api-server", "--host", airflow_env.HOST],
    "scheduler": ["scheduler", "--skip-serve-logs"],
    "dag-processor": ["dag-processor"],
    "triggerer": ["triggerer", "--skip-serve-logs"],
}
HEALTHY_WITHIN_SECONDS = 120
#: The scheduler lets running tasks finish; the triggerer, which holds nothing that the
#: database does not hold too, would otherwise wait ten seconds for triggers that are not there.
GRACE_SECONDS = {"scheduler": 30.0, "triggerer": 2.0}


def up() -> None:
    """Start the services, wait until all say that they are healthy, print where to look.

    Raises:
        GovstatsError: already up, the port is taken, or a service did not start.
    """
    present = [record.name for record in processes.recall(_run_folder()) if _running(record)]
    if present:
        raise GovstatsError(f"already up: {', '.join(present)}", "`make down` stops them")
    _require_free(airflow_env.port())
    env = airflow_env.environment() | {"PYTHONUNBUFFERED": "1"}
    if not metadata.prepared(airflow_env.LIVE_DATABASE):
        _make_database(env)
    airflow_env.give_passwords()
    try:
        _start_all(env)
        _await_health()
        _require_loopback()
    except BaseException:
        down()
        raise
    _say(f"Airflow is up: http://{airflow_env.HOST}:{airflow_env.port()}")
    _say(f"users {', '.join(airflow_env.users())}, passwords in {airflow_env.password_file()}")
    _say(f"logs in {airflow_env.logs()}, `make down` stops it")


def down() -> None:
    """Stop the services that ``up`` started, and nothing else."""
    records = processes.recall(_run_folder())
    running = [record.name for record in records if _running(record)]
    if running:
        _say(f"stopping {', '.join(running)} …")
    processes.stop(records, lambda name: GRACE_SECONDS.get(name, 15.0))
    for record in records:
        processes.forget(_run_folder(), record)
    _say("Airflow is down")


def status() -> bool:
    """Print each service's state; return whether all run."""
    records = {record.name: record for record in processes.recall(_run_folder())}
    running = {name: name in records and processes.alive(records[name]) for name in SERVICES}
    for name, runs in running.items():
        _say(f"{name:14} {f'runs, process {records[name].pid}' if runs else 'down'}")
    if not all(running.values()):
        return False
    for address in sorted(processes.listening(processes.family(records["api-server"]))):
        unhealthy = _unhealthy(address)
        _say(f"interface      http://{address}")
        _say(f"health         {'all healthy' if not unhealthy else 'not: ' + unhealthy}")
    return True


def main(arguments: list[str] | None = None) -> int:
    """Carry out one command; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.services", description=__doc__)
    parser.add_argument("command", choices=["up", "down", "status"])
    command = parser.parse_args(arguments).command
    try:
        if command == "status":
            return 0 if status() else 3
        airflow_env.home().mkdir(mode=0o700, parents=True, exist_ok=True)
        with exclusive(airflow_env.home() / "services.lock", "starting or stopping Airflow"):
            up() if command == "up" else down()
    except GovstatsError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def _run_folder() -> Path:
    return airflow_env.home() / "run"


def _running(record: Record) -> bool:
    return bool(processes.family(record))


def _make_database(env: Mapping[str, str]) -> None:
    _say("making Airflow's database …")
    log = airflow_env.logs() / "metadata.log"
    with log.open("wb") as output:
        command = [sys.executable, "-m", "scripts.metadata"]
        done = subprocess.run(command, env=dict(env), stdout=output, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        raise GovstatsError(f"Airflow's database was not made:\n{_tail(log)}", f"see {log}")


def _start_all(env: Mapping[str, str]) -> None:
    for name in SERVICES:
        log = airflow_env.logs() / f"{name}.log"
        record = processes.start(name, _command(name), env, log)
        processes.remember(_run_folder(), record)
    _say(f"started {', '.join(SERVICES)}; waiting until they are healthy …")


def _command(name: str) -> list[str]:
    return [str(Path(sys.executable).with_name("airflow")), *SERVICES[name]]


def _await_health() -> None:
    deadline = time.monotonic() + HEALTHY_WITHIN_SECONDS
    while True:
        for record in processes.recall(_run_folder()):
            if not processes.alive(record):
                log = airflow_env.logs() / f"{record.name}.log"
                raise GovstatsError(f"{record.name} ended at once:\n{_tail(log)}", f"see {log}")
        unhealthy = _unhealthy(f"{airflow_env.HOST}:{airflow_env.port()}")
        if not unhealthy:
            return
        if time.monotonic() > deadline:
            limit = f"{HEALTHY_WITHIN_SECONDS} s"
            raise GovstatsError(
                f"not healthy after {limit}: {unhealthy}", f"see {airflow_env.logs()}"
            )
        time.sleep(0.5)


def _unhealthy(address: str) -> str:
    """Return what is not healthy yet, in words; empty when all is."""
    url = f"http://{address}/api/v2/monitor/health"
    # No proxy of the machine's environment may stand between loopback and loopback.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=5) as response:
            parts = json.load(response)
    except (urllib.error.URLError, OSError, ValueError):
        return "api-server"
    wanted = ("metadatabase", "scheduler", "dag_processor", "triggerer")
    return ", ".join(n for n in wanted if (parts.get(n) or {}).get("status") != "healthy")


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((airflow_env.HOST, port))
        except OSError:
            raise GovstatsError(
                f"port {port} on {airflow_env.HOST} is taken by another program",
                "choose another one, for example: GOVSTATS_AIRFLOW_PORT=8090 make up",
            ) from None


def _require_loopback() -> None:
    pids = [pid for record in processes.recall(_run_folder()) for pid in processes.family(record)]
    outside = {a for a in processes.listening(pids) if not a.startswith(("127.", "[::1]"))}
    if outside:
        raise GovstatsError(f"a service listens outside loopback: {sorted(outside)}", "report it")


def _tail(path: Path, lines: int = 15) -> str:
    return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
