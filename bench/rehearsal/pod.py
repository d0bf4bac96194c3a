"""The services of the compose file side by side, each in its room, on a loopback of their own."""

import os
import re
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.rehearsal import rooms
from bench.rehearsal.rooms import Place

#: The start of the postgres image, which is not here, for the distribution's PostgreSQL.
POSTGRES = """set -eu
[ -s "$PGDATA/PG_VERSION" ] || {
  mkdir -p "$PGDATA"
  initdb --pgdata="$PGDATA" --username="$POSTGRES_USER" --pwfile="$POSTGRES_PASSWORD_FILE" \\
    --no-sync $POSTGRES_INITDB_ARGS
  echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
  pg_ctl --pgdata="$PGDATA" --options="-c listen_addresses=" --wait start
  PGPASSWORD=$(cat "$POSTGRES_PASSWORD_FILE") createdb --username="$POSTGRES_USER" \\
    --host=/var/run/postgresql "$POSTGRES_DB"
  pg_ctl --pgdata="$PGDATA" --wait stop
}
exec postgres -c listen_addresses='*'
"""


class Unwell(Exception):
    """A service ended, or did not become healthy; the text has the end of its log."""


@dataclass
class Pod:
    """Starts, asks and stops services; ``close`` ends whatever it started."""

    place: Place
    file: dict[str, Any]
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, command: list[str] | None = None) -> None:
        """Start a service in its room; its output goes to ``logs/<name>.log``."""
        service = dict(self.file["services"][name])
        if command:
            service["command"] = command
        if name == "postgres":
            service["entrypoint"] = ["sh", "-c", POSTGRES]
        for volume in service.get("volumes", []):
            if volume["type"] == "volume":
                made = self.place.folder / "volumes" / volume["source"]
                made.mkdir(parents=True, exist_ok=True)
                made.chmod(0o1777)
        text = rooms.script(self.place, name, service, self.file["secrets"])
        log = self.log(name)
        log.parent.mkdir(exist_ok=True)
        with log.open("ab") as output:
            # An engine gives a container's output to its user too, who may open it again.
            os.fchown(output.fileno(), *map(int, service["user"].split(":")))
            self.running[name] = subprocess.Popen(
                ["unshare", "--mount", "--propagation", "private", "sh", "-c", text],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def finish(self, name: str, seconds: float) -> int:
        """Wait for a service that ends by itself; return its exit code."""
        return self.running.pop(name).wait(seconds)

    def log(self, name: str) -> Path:
        """Return the file with the service's output."""
        return self.place.folder / "logs" / f"{name}.log"

    def healthy(self, name: str) -> str:
        """Carry out the service's health check; return what it said, empty when it is well."""
        check = self.file["services"][name]["healthcheck"]["test"]
        done = self.inside(name, check[1:])
        return "" if done.returncode == 0 else done.stderr.strip() or f"exit {done.returncode}"

    def inside(self, name: str, command: list[str]) -> subprocess.CompletedProcess[str]:
        """Carry out a command in the room of a running service, as ``docker compose exec`` does."""
        service = self.file["services"][name]
        number = str(self.running[name].pid)
        room = ["nsenter", "--target", number, "--mount", "--root", *rooms.rights(service)]
        named = [f"{k}={v}" for k, v in rooms.variables(self.place, service).items()]
        return subprocess.run(
            [*room, "env", "-i", *named, *command], capture_output=True, text=True, check=False
        )

    def await_healthy(self, *names: str, seconds: float = 300) -> dict[str, float]:
        """Wait until all are healthy; return after how many seconds each was.

        Raises:
            Unwell: one ended, or did not become healthy in time.
        """
        begin, after = time.monotonic(), dict[str, float]()
        while len(after) < len(names):
            for name in set(names) - set(after):
                if self.running[name].poll() is not None:
                    raise Unwell(f"{name} ended:\n{self.tail(name)}")
                said = self.healthy(name)
                if not said:
                    after[name] = round(time.monotonic() - begin, 1)
                elif time.monotonic() - begin > seconds:
                    raise Unwell(f"{name}: {said}\n{self.tail(name)}")
            time.sleep(0.5)
        return after

    def tail(self, name: str, lines: int = 25) -> str:
        """Return the end of the service's log."""
        return "\n".join(self.log(name).read_text(errors="replace").splitlines()[-lines:])

    def stop(self, *names: str, seconds: float = 90) -> dict[str, float]:
        """Ask services to end as an engine does; return how long each took.

        Raises:
            Unwell: one had to be killed.
        """
        took = {}
        for name in names:
            process = self.running.pop(name)
            begin = time.monotonic()
            _signal(process.pid, signal.SIGINT if name == "postgres" else signal.SIGTERM)
            try:
                process.wait(seconds)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                raise Unwell(f"{name} did not end within {seconds:.0f} s") from None
            took[name] = round(time.monotonic() - begin, 1)
        return took

    def close(self) -> None:
        """End everything at once."""
        for process in self.running.values():
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(10)
        self.running.clear()

    def processes(self) -> dict[str, list[dict[str, str]]]:
        """Return what the system says of each service's processes: user, rights, memory."""
        found: dict[str, list[dict[str, str]]] = {name: [] for name in self.running}
        for status in Path("/proc").glob("[0-9]*/status"):
            try:
                facts = dict(re.findall(r"^(\w+):\s*(.*)$", status.read_text(), re.MULTILINE))
                session = os.getsid(int(facts["Pid"]))
            except (OSError, KeyError):
                continue  # it ended meanwhile
            for name, process in self.running.items():
                if session == process.pid or _root(facts["Pid"]).name == name:
                    found[name].append(facts)
        return found


def _root(number: str) -> Path:
    try:
        return (Path("/proc") / number / "root").readlink()
    except OSError:
        return Path("/")


def _signal(number: int, kind: signal.Signals) -> None:
    os.kill(number, kind)
