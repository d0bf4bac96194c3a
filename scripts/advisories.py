"""Where known weaknesses of packages are asked: a service that speaks OSV, or its export as a zip.

The zip is for installations without a way out: fetched elsewhere, carried in as a file.
"""

import json
import re
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

from govstats.errors import GovstatsError
from scripts.locked import Package

ECOSYSTEM = "PyPI"
_AT_ONCE = 500
_SECONDS = 30
_MOST_BYTES = 64 * 1024 * 1024
_ID = re.compile(r"[A-Za-z0-9._-]{1,80}")


class NoAnswer(GovstatsError):
    """Nobody could be asked: nothing is known, which is not the same as nothing found."""

    exit_code = 2


@dataclass(frozen=True)
class Advisory:
    """A known weakness of a pinned package; ``fixed`` names versions that do not have it."""

    package: Package
    advisory_id: str
    aliases: tuple[str, ...]
    summary: str
    fixed: tuple[str, ...]


def ask(service: str, packages: Sequence[Package]) -> list[Advisory]:
    """Ask a service about packages.

    Args:
        service: its address, without the path of the version.
        packages: what is pinned; names and versions are sent, and nothing else.

    Raises:
        NoAnswer: it cannot be reached, or answers something else.
    """
    found = []
    for start in range(0, len(packages), _AT_ONCE):
        some = packages[start : start + _AT_ONCE]
        for package, ids in zip(some, _ids(service, some), strict=True):
            records = [_fetch(f"{service}/v1/vulns/{name}") for name in ids]
            found += [_advisory(package, record) for record in records]
    return found


def look_up(database: Path, packages: Sequence[Package]) -> list[Advisory]:
    """Look packages up in an export (a zip of one JSON file per weakness).

    Raises:
        NoAnswer: it is no such file.
    """
    pinned = {package.name: package for package in packages}
    found: list[Advisory] = []
    try:
        with zipfile.ZipFile(database) as archive:
            names = [name for name in archive.namelist() if name.endswith(".json")]
            for name in sorted(names):
                found += _touched(json.loads(archive.read(name)), pinned)
    except (OSError, zipfile.BadZipFile, ValueError) as error:
        raise NoAnswer(
            f"{database} cannot be read: {error}", "name the export of an OSV service, a .zip"
        ) from None
    if not names:
        raise NoAnswer(f"{database} holds no advisories", "name the export of an OSV service")
    return found


def _ids(service: str, packages: Sequence[Package]) -> list[list[str]]:
    queries = [
        {"package": {"name": one.name, "ecosystem": ECOSYSTEM}, "version": one.version}
        for one in packages
    ]
    answer = _fetch(f"{service}/v1/querybatch", {"queries": queries})
    results = answer.get("results")
    if not isinstance(results, list) or len(results) != len(packages):
        raise NoAnswer(f"{service} does not answer as OSV does", "check --service-url")
    if any((result or {}).get("next_page_token") for result in results):
        raise NoAnswer(f"{service} gives its answer in pages", "use its export with --database")
    ids = [[str(each["id"]) for each in (result or {}).get("vulns", [])] for result in results]
    odd = [name for names in ids for name in names if not _ID.fullmatch(name)]
    if odd:
        raise NoAnswer(f"{service} names an advisory {odd[0]!r}", "check --service-url")
    return ids


def _fetch(url: str, content: object = None) -> Mapping[str, Any]:
    body = None if content is None else json.dumps(content).encode()
    request = urllib.request.Request(  # noqa: S310 - the person who runs it names the service
        url, data=body, headers={"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
            told = json.loads(answer.read(_MOST_BYTES))
    except (OSError, ValueError, urllib.error.URLError) as error:
        reason = getattr(error, "reason", error)
        raise NoAnswer(
            f"the vulnerability service {url} did not answer: {reason}",
            "run it where the service can be reached, name another with --service-url, or carry "
            "in its export and name it with --database; nothing was checked",
        ) from None
    if not isinstance(told, dict):
        raise NoAnswer(f"{url} does not answer as OSV does", "check --service-url")
    return told


def _touched(record: Mapping[str, Any], pinned: Mapping[str, Package]) -> Iterable[Advisory]:
    if record.get("withdrawn"):
        return
    for part in record.get("affected", []):
        told = part.get("package", {})
        name = re.sub(r"[-_.]+", "-", str(told.get("name"))).lower()
        package = pinned.get(name)
        if package and told.get("ecosystem") == ECOSYSTEM and _affects(part, package.version):
            yield _advisory(package, record)
            return


def _affects(part: Mapping[str, Any], version: str) -> bool:
    if version in part.get("versions", []):
        return True
    return any(
        _within(span.get("events", []), version)
        for span in part.get("ranges", [])
        if span.get("type") == "ECOSYSTEM"
    )


def _within(events: Iterable[Mapping[str, str]], version: str) -> bool:
    """Whether a version lies in a range: later events of a range overrule earlier ones."""
    inside = False
    try:
        pinned = Version(version)
        for event in events:
            if "introduced" in event:
                begin = event["introduced"]
                inside = inside or begin == "0" or pinned >= Version(begin)
            elif "fixed" in event:
                inside = inside and pinned < Version(event["fixed"])
            elif "last_affected" in event:
                inside = inside and pinned <= Version(event["last_affected"])
    except InvalidVersion:
        return False  # such a record lists its versions one by one
    return inside


def _advisory(package: Package, record: Mapping[str, Any]) -> Advisory:
    fixed = {
        str(event["fixed"])
        for part in record.get("affected", [])
        if str(part.get("package", {}).get("name", "")).lower() == package.name
        for span in part.get("ranges", [])
        if span.get("type") == "ECOSYSTEM"
        for event in span.get("events", [])
        if "fixed" in event
    }
    return Advisory(
        package,
        str(record.get("id", "")),
        tuple(map(str, record.get("aliases", []))),
        " ".join(str(record.get("summary") or record.get("details") or "").split())[:200],
        tuple(sorted(fixed)),
    )
