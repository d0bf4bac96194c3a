"""``python -m bench rehearsal``: start what docker-compose.yml says, without a container engine.

Every service gets a room with the root, mounts, user and rights that the file gives it, on a
loopback of their own; then a spreadsheet's way is gone once. Not the images themselves: the
programs are this machine's (PostgreSQL, nginx, Redis), and nothing limits memory and processors.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench.rehearsal import checks, compose
from bench.rehearsal.pod import Pod, Unwell
from bench.rehearsal.rooms import Place

PROJECT = Path(__file__).resolve().parents[2]
UID = "10001"
SERVICES = ("api-server", "scheduler", "dag-processor", "triggerer", "web")
_PROGRAMS = ("unshare", "nsenter", "setpriv", "ip", "postgres", "initdb", "nginx", "redis-server")
_INSIDE = "GOVSTATS_REHEARSAL_INSIDE"


def main(arguments: list[str]) -> None:
    """Rehearse; print what was seen as lines of JSON; exit 1 where something was not well."""
    parser = argparse.ArgumentParser(prog="python -m bench rehearsal", description=__doc__)
    parser.add_argument("venv", type=Path, help="made of requirements-container.lock, relocatable")
    parser.add_argument("folder", type=Path, help="for data, secrets and logs; must not be there")
    parser.add_argument("--raw", type=Path, help="spreadsheets to hand in, instead of the demo's")
    parser.add_argument("--scale", action="store_true", help="with Redis and a worker")
    chosen = parser.parse_args(arguments)
    missing = [name for name in _PROGRAMS if shutil.which(name) is None]
    if os.geteuid() != 0 or missing:
        sys.exit(f"needs root, and these programs: {', '.join(missing) or 'all there'}")
    if _INSIDE not in os.environ:
        # A process tree, mounts and a loopback of its own: all of it ends with this process.
        own = ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"]
        again = [sys.executable, "-m", "bench", "rehearsal", *arguments]
        sys.exit(subprocess.run([*own, *again], env=os.environ | {_INSIDE: "1"}).returncode)
    _rehearse(chosen)


def _rehearse(chosen: argparse.Namespace) -> None:
    chosen.folder.mkdir(parents=True)
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    place = _place(chosen)
    _hand_in(place, chosen.raw)
    wanted = {"GOVSTATS_EXECUTOR": "CeleryExecutor"} if chosen.scale else {}
    settings = compose.settings_of(place.folder / "env") | wanted
    pod = Pod(place, compose.load(PROJECT / "docker-compose.yml", settings))
    try:
        _walk(pod, chosen.scale)
    except (Unwell, AssertionError, TimeoutError) as error:
        sys.exit(f"not well: {error}")
    finally:
        pod.close()


def _place(chosen: argparse.Namespace) -> Place:
    folder = chosen.folder.resolve()
    names = "localhost postgres redis api-server"
    (folder / "hosts").write_text(f"127.0.0.1 {names}\n")
    # The image of PostgreSQL gives its user a name by itself; here a line in passwd does.
    (folder / "passwd").write_text(f"root:x:0:0::/:/bin/sh\nsomebody:x:{UID}:{UID}::/tmp:/bin/sh\n")
    env = os.environ | {"GOVSTATS_UID": UID, "GOVSTATS_GID": UID}
    env |= {"GOVSTATS_ENV_FILE": str(folder / "env")}
    prepare = ["sh", str(PROJECT / "deploy/prepare.sh"), str(folder)]
    subprocess.run(prepare, env=env, check=True, stdout=subprocess.DEVNULL)
    python = Path(os.path.realpath(chosen.venv / "bin/python")).parents[1]
    venv = chosen.venv.resolve()
    shutil.copy(PROJECT / "deploy/govstats", venv / "bin/govstats")
    return Place(PROJECT, venv, folder, python)


def _hand_in(place: Place, raw: Path | None) -> None:
    data = place.folder / "data"
    if raw is None:
        env = os.environ | {"GOVSTATS_DATA": str(data)}
        demo = [sys.executable, "-m", "demo"]
        subprocess.run(demo, env=env, check=True, stdout=subprocess.DEVNULL)
    else:
        shutil.copytree(raw, data / "raw", dirs_exist_ok=True)
    subprocess.run(["chown", "-R", f"{UID}:{UID}", str(data)], check=True)


def _walk(pod: Pod, scale: bool) -> None:
    services = (*SERVICES, "worker") if scale else SERVICES
    if scale:
        pod.start("redis")
        _say("redis", _timed(lambda: pod.await_healthy("redis")))
    pod.start("postgres")
    _say("postgres healthy", _timed(lambda: pod.await_healthy("postgres")))
    for turn in ("first", "again"):
        pod.start("init")
        code, seconds = _timed(lambda: pod.finish("init", 180))
        assert code == 0, pod.tail("init")
        _say(f"init, {turn}", seconds)
    for name in services:
        pod.start(name)
    _say("healthy after", pod.await_healthy(*services))
    for check in checks.SCALED if scale else checks.ALL:
        _say(check.__name__, _timed(lambda check=check: check(pod)))  # type: ignore[misc]
    _say("stopped", pod.stop(*services, *(["redis"] if scale else []), "postgres"))


def _timed(act: Callable[[], object]) -> tuple[object, float]:
    begin = time.monotonic()
    return act(), round(time.monotonic() - begin, 1)


def _say(what: str, seen: object) -> None:
    print(json.dumps({what: seen}, ensure_ascii=False), flush=True)
