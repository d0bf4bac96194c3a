"""Known weaknesses of what the locks pin: ``python -m scripts.audit``.

Ends with 0 where nothing is known, 1 where something is, 2 where nobody could be asked.
"""

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from govstats.errors import GovstatsError
from govstats.htmlpage import printable, spelled
from scripts import advisories
from scripts.advisories import Advisory
from scripts.locked import Package, read
from scripts.sbom import CONTAINER_LOCK, LOCK, REPO

SERVICE = "https://api.osv.dev"


def main(arguments: list[str] | None = None) -> int:
    """Ask, print what is known, return the exit code."""
    chosen = _parser().parse_args(arguments)
    try:
        packages = _packages(chosen.lock or [REPO / LOCK, REPO / CONTAINER_LOCK])
        if chosen.database:
            found = advisories.look_up(chosen.database, packages)
        else:
            found = advisories.ask(chosen.service_url.rstrip("/"), packages)
    except GovstatsError as error:
        print(f"error: {printable(str(error))}", file=sys.stderr)
        return error.exit_code
    open_ones = [one for one in found if not {one.advisory_id, *one.aliases} & set(chosen.ignore)]
    if chosen.json:
        print(spelled(json.dumps([_told(one) for one in open_ones], ensure_ascii=False, indent=1)))
    else:
        _print(open_ones, len(packages), len(found) - len(open_ones))
    return 1 if open_ones else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scripts.audit", description=__doc__)
    parser.add_argument("--service-url", default=SERVICE, help="a service that speaks OSV")
    parser.add_argument("--database", type=Path, help="a service's export (.zip) instead")
    parser.add_argument("--lock", type=Path, action="append", help="a lock (default: both)")
    parser.add_argument(
        "--ignore", action="append", default=[], metavar="ID", help="looked into and accepted"
    )
    parser.add_argument("--json", action="store_true", help="print JSON for programs")
    return parser


def _packages(locks: Iterable[Path]) -> list[Package]:
    """What the locks pin, each name and version once."""
    every = {(one.name, one.version): one for lock in locks for one in read(lock)}
    return [every[key] for key in sorted(every)]


def _told(one: Advisory) -> dict[str, object]:
    return {
        "package": one.package.name,
        "version": one.package.version,
        "id": one.advisory_id,
        "aliases": one.aliases,
        "summary": one.summary,
        "fixed": one.fixed,
    }


def _print(found: Iterable[Advisory], asked: int, ignored: int) -> None:
    listed = list(found)
    for one in listed:
        names = ", ".join([one.advisory_id, *one.aliases])
        mend = f"mended in {', '.join(one.fixed)}" if one.fixed else "no version mends it yet"
        line = f"{one.package.name} {one.package.version}: {names}: {one.summary} ({mend})"
        print(printable(line))
    left = f", {ignored} ignored" if ignored else ""
    print(f"{asked} packages, {len(listed)} known weaknesses{left}")
    if listed:
        print("  → raise the version in pyproject.toml, then `make lock` and `make test-all`")


if __name__ == "__main__":
    sys.exit(main())
