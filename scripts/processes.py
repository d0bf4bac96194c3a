"""Background processes that a later command can find again and end, and only those.

A process number alone proves nothing: the system gives it to another process once the first
has ended. So a record holds the moment of the start too (clock ticks since the machine
booted, and which boot that was), and a process counts as ours only if both agree. Reads
``/proc``, so Linux only.
"""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

_PROC = Path("/proc")
_LISTENING = "0A"


@dataclass(frozen=True)
class Record:
    """One started process: its name here, its number, and when it started."""

    name: str
    pid: int
    started: int
    boot: str


@dataclass(frozen=True)
class _Stat:
    state: str
    session: int
    started: int


def start(name: str, command: Sequence[str], env: Mapping[str, str], log: Path) -> Record:
    """Start a process in a session of its own; its output goes to ``log``.

    The log of the start before is kept beside it as ``<name>.log.1``.
    """
    if log.exists():
        log.replace(log.with_suffix(".log.1"))
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            env=dict(env),
            cwd=log.parent,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    stat = _stat(process.pid)
    return Record(name, process.pid, stat.started if stat else 0, _boot())


def remember(folder: Path, record: Record) -> None:
    """Write the record to ``<folder>/<name>.pid``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{record.name}.pid").write_text(json.dumps(asdict(record)) + "\n")


def recall(folder: Path) -> list[Record]:
    """Read all records below ``folder``, by name; an unreadable one counts as none."""
    records = []
    for path in sorted(folder.glob("*.pid")):
        try:
            records.append(Record(**json.loads(path.read_text())))
        except (ValueError, TypeError):
            path.unlink()
    return records


def forget(folder: Path, record: Record) -> None:
    """Remove the record's file."""
    (folder / f"{record.name}.pid").unlink(missing_ok=True)


def alive(record: Record) -> bool:
    """Say whether the very process of the record still runs."""
    stat = _stat(record.pid)
    same = stat is not None and stat.started == record.started and record.boot == _boot()
    return same and stat is not None and stat.state not in "ZX"


def family(record: Record) -> list[int]:
    """Return the numbers of the processes in the record's session: it and its descendants.

    Empty when the number now belongs to a process that is not ours.
    """
    leader = _stat(record.pid)
    if record.boot != _boot() or (leader is not None and leader.started != record.started):
        return []
    found = []
    for folder in _PROC.iterdir():
        if folder.name.isdigit():
            stat = _stat(int(folder.name))
            if stat is not None and stat.session == record.pid and stat.state not in "ZX":
                found.append(int(folder.name))
    return found


def stop(records: Iterable[Record], grace_seconds: Callable[[str], float]) -> None:
    """Ask the processes to end, wait, then kill what is left of them and of their children.

    ``grace_seconds`` says by name how long a process may take to end of itself.
    """
    left = list(records)
    for record in left:
        if alive(record):
            _signal(record.pid, signal.SIGTERM)
    begin = time.monotonic()
    while left:
        left = [record for record in left if family(record)]
        for record in left:
            if time.monotonic() - begin > grace_seconds(record.name):
                for pid in family(record):
                    _signal(pid, signal.SIGKILL)
        time.sleep(0.1)


def listening(pids: Iterable[int]) -> set[str]:
    """Return the addresses (``127.0.0.1:8080``) on which the processes accept connections."""
    inodes = {inode for pid in pids for inode in _socket_inodes(pid)}
    found = set()
    for table in ("tcp", "tcp6"):
        path = _PROC / "net" / table
        for line in path.read_text().splitlines()[1:] if path.exists() else []:
            fields = line.split()
            if fields[3] == _LISTENING and fields[9] in inodes:
                found.add(_address(fields[1]))
    return found


def _address(text: str) -> str:
    """Decode ``0100007F:1F90``: the address in the machine's byte order, then the port."""
    raw, port = text.split(":")
    if len(raw) == 8:
        return ".".join(str(part) for part in reversed(bytes.fromhex(raw))) + f":{int(port, 16)}"
    loopback = "00000000000000000000000001000000"
    return ("[::1]" if raw == loopback else f"[{raw}]") + f":{int(port, 16)}"


def _socket_inodes(pid: int) -> set[str]:
    found = set()
    try:
        for link in (_PROC / str(pid) / "fd").iterdir():
            target = str(link.readlink())
            if target.startswith("socket:["):
                found.add(target[8:-1])
    except OSError:  # it ended meanwhile
        pass
    return found


def _stat(pid: int) -> _Stat | None:
    try:
        text = (_PROC / str(pid) / "stat").read_text()
    except OSError:
        return None
    # The name in parentheses may hold anything, blanks and parentheses too.
    fields = text.rpartition(")")[2].split()
    return _Stat(state=fields[0], session=int(fields[3]), started=int(fields[19]))


def _boot() -> str:
    return (_PROC / "sys/kernel/random/boot_id").read_text().strip()


def _signal(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)
