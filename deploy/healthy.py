"""Is this service well? ``python healthy.py ROLE``: exit code 0 or 1, the reason on stderr.

Runs inside the container every few seconds, so it imports nothing of Airflow (3 s of processor
time each); only ``worker`` has no cheaper way than to ask Celery.
"""

import json
import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

API = "http://api-server:8080/api/v2/monitor/health"
SCHEDULER = "http://127.0.0.1:8974/health"
CELERY = "airflow.providers.celery.executors.celery_executor.app"


def _answer(url: str) -> bytes:
    """Return the body; an answer that is no success is an OSError."""
    # No proxy of the environment may stand between two containers.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(url, timeout=8) as response:
        body: bytes = response.read()
        return body


def _part(url: str, name: str) -> str:
    parts: dict[str, dict[str, str] | None] = json.loads(_answer(url))
    status = (parts.get(name) or {}).get("status")
    return "" if status == "healthy" else f"{name} is {status or 'not there'}"


def _worker() -> str:
    command = ["celery", "--app", CELERY, "inspect", "ping", "-d", f"celery@{socket.gethostname()}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=55, check=False)
    return "" if done.returncode == 0 else done.stderr.strip()[-300:] or "no answer"


def _data() -> str:
    releases = Path(os.environ.get("GOVSTATS_DATA") or "/data") / "releases"
    current = releases / "current"
    if current.is_symlink() and not (current / "release.json").is_file():
        return f"{current} leads nowhere: `govstats doctor` says what to do"
    return ""


def trouble(role: str) -> str:
    """Return what is wrong with the service, in words; empty when all is well."""
    if role == "data":
        return _data()
    if role == "worker":
        return _worker()
    if role == "api-server":
        return _part(API.replace("//api-server:", "//127.0.0.1:"), "metadatabase")
    if role == "scheduler":
        _answer(SCHEDULER)  # says by its status alone
        return ""
    if role in ("dag_processor", "triggerer"):
        return _part(API, role)
    return f"no service {role!r}"


def main() -> int:
    """Look at the service named on the command line."""
    try:
        found = trouble(sys.argv[1] if len(sys.argv) > 1 else "")
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        found = str(error)
    if found:
        print(found, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
