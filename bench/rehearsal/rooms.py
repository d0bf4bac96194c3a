"""One service's room: the file system, the user and the rights a container would give it.

A mount namespace with a root of its own, read only: the system's programs, the image's folders,
the service's volumes, secrets and scratch folders, and nothing else of the machine.
"""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.rehearsal.compose import image_settings

#: Of the machine, for want of the images' own: programs, libraries, fonts.
_SYSTEM = ("usr", "proc", "dev")
_LINKS = ("bin", "lib", "lib64", "sbin")
_SEARCHED = "/opt/venv/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin"


@dataclass(frozen=True)
class Place:
    """Where things lie on the machine: the project, the container's environment, the folder."""

    project: Path
    venv: Path
    folder: Path
    python: Path
    accounts: list[str] = field(default_factory=list)


def script(place: Place, name: str, service: dict[str, Any], secrets: dict[str, Any]) -> str:
    """Return the shell script that furnishes the room of a service and starts it there.

    Its process number is that of the shell. Needs root, and a mount namespace of its own.
    """
    root = place.folder / "rooms" / name
    lines = ["set -eu", *_system(place, root)]
    if "build" in service:
        lines += _image(place, root)
    for secret in service.get("secrets", []):
        lines += _bind(secrets[secret]["file"], root / "run/secrets" / secret, file=True)
    for volume in service.get("volumes", []):
        source = volume["source"]
        if volume["type"] == "volume":
            source = place.folder / "volumes" / source
        inside = root / volume["target"].lstrip("/")
        lines += _bind((place.project / source), inside, writable=not volume.get("read_only"))
    for scratch in service.get("tmpfs", []):
        target, _, options = scratch.partition(":")
        inside = root / target.lstrip("/")
        lines += [f"mkdir -p {inside}"]
        lines += [f"mount -t tmpfs -o noexec,nosuid,nodev,{options} tmpfs {inside}"]
    lines += [f"mount -o remount,ro,bind {root}"]
    return "\n".join([*lines, f"exec chroot {root} {shlex.join(_inside(place, service))}"]) + "\n"


def _system(place: Place, root: Path) -> Iterator[str]:
    yield f"mkdir -p {root} && mount -t tmpfs -o mode=755 tmpfs {root}"
    # A bind mount of itself, so that it can be made read only apart from what lies in it.
    yield f"mount --bind {root} {root}"
    for name in _SYSTEM:
        yield f"mkdir {root}/{name} && mount --rbind /{name} {root}/{name}"
    yield f"mount -o remount,ro,bind {root}/usr"
    # A copy: a service may have a file of its own put into it.
    yield f"cp -a /etc {root}/etc && rm -f {root}/etc/hosts"
    yield f"cp {place.folder}/hosts {place.folder}/passwd {root}/etc/"
    for name in _LINKS:
        yield f"ln -s usr/{name} {root}/{name}"
    yield f"mkdir -p {root}/tmp {root}/run/secrets {root}/var/lib"
    yield from _bind(place.python, root / str(place.python).lstrip("/"))


def _image(place: Place, root: Path) -> Iterator[str]:
    yield from _bind(place.venv, root / "opt/venv")
    dockerfile = (place.project / "Dockerfile").read_text(encoding="utf-8")
    for source, target in re.findall(r"^COPY (\S+) \./?(\S+)$", dockerfile, re.MULTILINE):
        origin = place.project / source
        yield from _bind(origin, root / "app" / target, file=origin.is_file())


def _bind(
    source: Path | str, target: Path, writable: bool = False, file: bool = False
) -> list[str]:
    """A mount whose options are set in a second step: the first one does not heed them."""
    source = shlex.quote(str(source))
    if file or Path(source).is_file():
        made = f"mkdir -p {target.parent} && touch {target}"
    else:
        made = f"mkdir -p {target}"
    lines = [made, f"mount --bind {source} {target}"]
    return lines if writable else [*lines, f"mount -o remount,ro,bind {target}"]


def variables(place: Place, service: dict[str, Any]) -> dict[str, str]:
    """Return the whole environment of the service's process."""
    image = image_settings(place.project / "Dockerfile") if "build" in service else {}
    given: dict[str, str] = service.get("environment", {})
    return {"HOME": "/tmp"} | image | {"PATH": _SEARCHED} | given


def rights(service: dict[str, Any]) -> list[str]:
    """Return the command that lays down all rights but those the compose file leaves."""
    user, _, group = service["user"].partition(":")
    given = ["--reuid", user, "--regid", group, "--clear-groups"]
    if service["cap_drop"] == ["ALL"]:
        given += ["--bounding-set=-all", "--inh-caps=-all", "--ambient-caps=-all"]
    if "no-new-privileges:true" in service["security_opt"]:
        given += ["--no-new-privs"]
    return ["setpriv", *given]


def _inside(place: Place, service: dict[str, Any]) -> list[str]:
    named = [f"{name}={value}" for name, value in sorted(variables(place, service).items())]
    entry = service.get("entrypoint") or (["/app/deploy/entry.sh"] if "build" in service else [])
    start = ["sh", "-c", 'cd "$1" && shift && exec "$@"', "sh"]
    start += ["/app" if "build" in service else "/"]
    command = [*entry, *service.get("command", [])]
    return [*rights(service), "env", "-i", *named, *start, *command]
