"""A candidate: a warehouse being built and audited where no reader looks.

``data/candidates/<release id>/`` appears whole, by a rename, when dbt is done; the audit adds
its results and ``gate.json`` last. A held candidate stays there with its report until other
inputs make another one.
"""

import json
import logging
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from govstats import fingerprint, returns
from govstats.errors import GovstatsError, ReleaseHeld
from govstats.files import remove_tree, write_atomic
from govstats.fingerprint import Inputs
from govstats.intake import Survey
from govstats.release import history, notes, report
from govstats.settings import Settings
from govstats.warehouse import auditing, dbt_runner, docs, lineage, raw

log = logging.getLogger("govstats")


def folder(settings: Settings, release_id: str) -> Path:
    """Return where a release id's files lie: among the releases once moved there by a publish
    that may have been killed before its switch, else among the candidates.
    """
    published = settings.releases / release_id
    return published if (published / "release.json").exists() else settings.candidates / release_id


def build(
    settings: Settings,
    inputs: Inputs,
    found: Survey,
    summaries: Mapping[str, Mapping[str, Any]],
    facts: Path,
    spared: Collection[str] = (),
) -> Path:
    """Load ``raw`` and run dbt into a new warehouse file; the caller holds the warehouse lock.

    ``spared`` names the candidates that are not thrown away for it.

    Returns:
        The candidate's folder; one that is there already is used again.

    Raises:
        GovstatsError: a dbt node failed; nothing is left but the last release.
    """
    target = folder(settings, inputs.release_id)
    if target.is_dir():
        log.info("build: candidate %s is there already", inputs.release_id)
        return target
    discard(settings, inputs.release_id, spared)
    building = settings.candidates / f".building-{inputs.release_id}"
    building.mkdir(parents=True)
    warehouse = building / "warehouse.duckdb"
    raw.load(warehouse, found.entries, found.problems, summaries, facts)
    log.info("build: raw loaded, %d submissions", len(found.entries))
    nodes = _transform(settings, warehouse, inputs.as_of)
    log.info("build: dbt %s", _tally(nodes))
    artifacts = work(settings, inputs.as_of)
    docs.write(settings, building, artifacts, inputs.as_of)
    lineage.write(artifacts / "target" / "manifest.json", building)
    manifest = asdict(inputs) | {"dbt_nodes": len(nodes)}
    write_atomic(building / "inputs.json", json.dumps(manifest, indent=2).encode())
    building.rename(target)
    return target


def work(settings: Settings, as_of: str | None) -> Path:
    """Return the folder of dbt's artifacts; a past has its own, so that neither parses anew."""
    return settings.data / "work" / ("past" if as_of else "")


def _transform(
    settings: Settings, warehouse: Path, as_of: str | None
) -> list[dbt_runner.NodeResult]:
    here = work(settings, as_of)
    if as_of is None:  # a past is old by nature
        for source in dbt_runner.freshness(settings, warehouse, here):
            log.info("build: freshness of source %s: %s", source.name, source.status)
    return dbt_runner.build(settings, warehouse, here, log=log.debug, as_of=as_of)


def _tally(nodes: Sequence[dbt_runner.NodeResult]) -> str:
    """Say how much of each kind dbt did and what took longest."""
    kinds = Counter(node.kind for node in nodes)
    counted = ", ".join(f"{number} {kind}s" for kind, number in sorted(kinds.items()))
    slowest = max(nodes, key=lambda node: node.seconds)
    return f"{counted}; slowest {slowest.name} {slowest.seconds:.1f} s"


def discard(settings: Settings, release_id: str, spared: Collection[str] = ()) -> None:
    """Remove what another candidate takes the place of, and what killed runs left.

    Nothing of it was ever visible. A past that is rebuilt leaves the present's candidates alone;
    those in ``spared`` wait for a sign-off and stay.
    """
    is_past = fingerprint.is_past(release_id)
    if settings.candidates.is_dir():
        for leftover in settings.candidates.iterdir():
            replaced = fingerprint.is_past(leftover.name) == is_past
            if leftover.is_dir() and replaced and leftover.name not in spared:
                remove_tree(leftover)


def audit(settings: Settings, release_id: str) -> dict[str, Any]:
    """Run the audit rules, set aside what must not count, write report, returns and decision.

    A submission with a hard finding is held: the candidate is built again without its figures and
    audited again. A kill on the way is made good by calling again.

    Raises:
        GovstatsError: there is no such candidate.
    """
    here = folder(settings, release_id)
    if not here.is_dir():
        raise GovstatsError(f"no candidate {release_id}", "run the build step first")
    if (here / "gate.json").exists():
        return decision(settings, release_id)
    inputs = json.loads((here / "inputs.json").read_text())
    as_of = inputs.get("as_of")
    verdict = asdict(auditing.audit(settings, here, work(settings, as_of), as_of))
    release = {
        "release_id": release_id,
        "latest_period": inputs["latest_period"],
        "as_of": as_of,
        "gate": verdict,
    }
    _tell(settings, here, release)
    text = json.dumps(verdict, ensure_ascii=False, indent=2, default=str)
    write_atomic(here / "gate.json", text.encode())
    return decision(settings, release_id)


def _tell(settings: Settings, here: Path, release: Mapping[str, Any]) -> None:
    """Write what the bureau reads of the audit: release notes, report, return sheets."""
    warehouse = here / "warehouse.duckdb"
    before = notes.previous(settings, str(release["release_id"]))
    changes = notes.write(warehouse, before, here, release)
    published = history.read(settings)
    report.write(warehouse, here / "validation", release, published, notes.news(changes))
    returns.write(warehouse, here / "returns", settings)


def tell_again(settings: Settings, release_id: str) -> None:
    """Write notes and report anew where another release became current since the audit.

    A candidate may have waited for its sign-off meanwhile; its figures and findings are the same.
    """
    here = folder(settings, release_id)
    if here.parent == settings.releases or not (here / notes.DATA).exists():
        return
    before = notes.previous(settings, release_id)
    compared = json.loads((here / notes.DATA).read_text(encoding="utf-8"))["previous"]
    if (compared["release_id"] if compared else None) == (before.parent.name if before else None):
        return
    inputs = json.loads((here / "inputs.json").read_text(encoding="utf-8"))
    told = {name: inputs.get(name) for name in ("release_id", "latest_period", "as_of")}
    _tell(settings, here, told | {"gate": decision(settings, release_id)})


def decision(settings: Settings, release_id: str) -> dict[str, Any]:
    """Return the gate's decision on an audited candidate.

    Raises:
        GovstatsError: the candidate is not there or not audited.
    """
    gate = folder(settings, release_id) / "gate.json"
    if not gate.exists():
        raise GovstatsError(f"candidate {release_id} is not audited", "run the validate step first")
    verdict: dict[str, Any] = json.loads(gate.read_text(encoding="utf-8"))
    return verdict


def is_held(settings: Settings, release_id: str) -> bool:
    """Whether a candidate was audited and is kept back by the gate."""
    gate = folder(settings, release_id) / "gate.json"
    return gate.exists() and not decision(settings, release_id)["released"]


def stop_if_held(settings: Settings, release_id: str) -> None:
    """Let an audited candidate pass only where the gate does.

    Raises:
        ReleaseHeld: a hard finding holds it; the last release stands.
    """
    said = decision(settings, release_id)
    if not said["released"]:
        raise ReleaseHeld(
            f"release {release_id} is held: {said['text_zh']}",
            f"see {folder(settings, release_id) / 'validation' / 'index.html'}",
        )
