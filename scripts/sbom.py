"""The bill of materials (CycloneDX 1.5): ``python -m scripts.sbom --output sbom.cdx.json``.

It follows from the two locks alone, licences and dependencies from what is installed; the same
locks in the same environment give the same bytes, so there is no time of writing in it.
"""

import argparse
import json
import re
import sys
import uuid
from collections.abc import Iterator, Mapping
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

from packaging.requirements import InvalidRequirement, Requirement

from govstats import __version__
from govstats.errors import GovstatsError
from govstats.files import write_atomic
from scripts.locked import Package, read

REPO = Path(__file__).resolve().parent.parent
#: Lock of this environment, tests and tools included; lock of the containers, without it.
LOCK, CONTAINER_LOCK = "requirements.lock", "requirements-container.lock"
_LONGEST_LICENCE = 80
_CLASSIFIER = "License :: "


def document(folder: Path) -> dict[str, Any]:
    """Return the bill of a folder's two locks.

    A package is ``required`` where both name it, ``optional`` where only the containers' does,
    ``excluded`` where it serves tests and tools alone.

    Raises:
        GovstatsError: a lock is missing or has a line without hashes.
    """
    here = {package.name: package for package in read(folder / LOCK)}
    there = {package.name: package for package in read(folder / CONTAINER_LOCK)}
    packages = sorted((there | here).items())
    installed = {_plain(found.metadata["Name"]): found for found in distributions()}
    own = f"pkg:pypi/govstats@{__version__}"
    content = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application", "name": "govstats", "version": __version__,
                "bom-ref": own, "purl": own,
            }
        },
        "components": [
            _component(package, _scope(name, here, there), installed.get(name))
            for name, package in packages
        ],
        "dependencies": list(_dependencies(own, dict(packages), installed)),
    }  # fmt: skip
    name = json.dumps(content, sort_keys=True)
    return {"serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"} | content


def main(arguments: list[str] | None = None) -> int:
    """Write the bill; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.sbom", description=__doc__)
    parser.add_argument("--output", type=Path, default=Path("sbom.cdx.json"), help="file to write")
    chosen = parser.parse_args(arguments)
    try:
        bill = document(REPO)
    except GovstatsError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    text = json.dumps(bill, ensure_ascii=False, indent=1)
    write_atomic(chosen.output.resolve(), f"{text}\n".encode())
    print(f"written {chosen.output}: {len(bill['components'])} packages")
    return 0


def _scope(name: str, here: Mapping[str, Package], there: Mapping[str, Package]) -> str:
    if name not in there:
        return "excluded"
    return "required" if name in here else "optional"


def _component(package: Package, scope: str, found: Distribution | None) -> dict[str, Any]:
    known = found is not None and found.version == package.version
    licences = _licences(found) if known and found is not None else []
    marked = [{"name": "marker", "value": package.marker}] if package.marker else []
    return {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "purl": package.purl,
        "scope": scope,
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in package.hashes],
        **({"licenses": licences} if licences else {}),
        **({"properties": marked} if marked else {}),
    }


def _licences(found: Distribution) -> list[dict[str, Any]]:
    """What a package says of its licence: an expression, its classifiers, or a short text."""
    told = found.metadata
    if "License-Expression" in told:
        return [{"expression": told["License-Expression"]}]
    names = [
        line.removeprefix(_CLASSIFIER).removeprefix("OSI Approved :: ")
        for line in told.get_all("Classifier") or []
        if line.startswith(_CLASSIFIER) and line != "License :: OSI Approved"
    ]
    text = told["License"].strip() if "License" in told else ""
    if not names and text and len(text) <= _LONGEST_LICENCE and "\n" not in text:
        names = [text]
    return [{"license": {"name": name}} for name in sorted(set(names))]


def _dependencies(
    own: str, packages: Mapping[str, Package], installed: Mapping[str, Distribution]
) -> Iterator[dict[str, Any]]:
    """Who needs whom among the packages, as far as they are installed here."""
    lines = [(own, installed.get("govstats"))]
    lines += [(package.purl, installed.get(name)) for name, package in packages.items()]
    for ref, found in lines:
        needed = {_plain(wanted.name) for wanted in _wanted(found)} if found else set()
        below = sorted(packages[name].purl for name in needed if name in packages)
        yield {"ref": ref, **({"dependsOn": below} if below else {})}


def _wanted(found: Distribution) -> Iterator[Requirement]:
    for line in found.requires or []:
        try:
            wanted = Requirement(line)
        except InvalidRequirement:
            continue  # an old package's own way of writing; it is in the list of components
        if wanted.marker is None or wanted.marker.evaluate({"extra": ""}):
            yield wanted


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.exit(main())
