"""What the locks pin: every package with its version and the hashes of its files."""

import re
from dataclasses import dataclass
from pathlib import Path

from govstats.errors import GovstatsError

_LINE = re.compile(r"(?P<name>[a-z0-9][a-z0-9.-]*)==(?P<version>[^\s;]+)(?:\s*;\s*(?P<marker>.+))?")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True)
class Package:
    """A pinned package; ``hashes`` are SHA-256 of its files, ``marker`` where it is installed."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]

    @property
    def purl(self) -> str:
        """Its address among packages, as SBOMs and vulnerability services write it."""
        return f"pkg:pypi/{self.name}@{self.version}"


def read(path: Path) -> list[Package]:
    """Return the packages of a lock in its order.

    Raises:
        GovstatsError: there is no such file, or a line is no exact version with its hashes: an
            address, a folder or another index would be installed unseen.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise GovstatsError(f"there is no file {path}", "`make lock` writes the locks") from None
    lines = text.replace("\\\n", " ").splitlines()
    return [_package(path, line) for line in lines if line.strip() and not line.startswith("#")]


def _package(path: Path, line: str) -> Package:
    wanted, *hashes = re.split(r"\s+(?=--hash=)", line.strip())
    found = _LINE.fullmatch(wanted)
    digests = [match[1] for match in map(_HASH.fullmatch, hashes) if match]
    if found is None or not digests or len(digests) != len(hashes):
        raise GovstatsError(
            f"{path.name}: not an exact version with its hashes: {line.split(' --hash')[0]!r}",
            "write the locks with `make lock`, never by hand",
        )
    return Package(found["name"], found["version"], found["marker"] or "", tuple(digests))
