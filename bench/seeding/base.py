"""The clean demonstration, read and built once: what every world starts from."""

import hashlib
import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bench.floors import in_order, is_built
from demo import generate
from demo.deliver import deliver
from govstats import observations
from govstats.files import exclusive
from govstats.intake import LedgerEntry, kept_copy, survey
from govstats.rules import Rule
from govstats.settings import Settings
from govstats.warehouse import dbt_runner, raw

#: What decides how the clean demonstration is read and built, below the project's root.
DECIDES = ("demo", "layouts", "dbt_project/models", "dbt_project/macros", "dbt_project/seeds")


@dataclass(frozen=True)
class Model:
    """One dbt model as compiled for a file ``warehouse.duckdb``; ``kind``: table or view."""

    schema: str
    name: str
    kind: str
    sql: str
    reads: tuple[str, ...]

    @property
    def full_name(self) -> str:
        """Schema and name, as SQL writes them."""
        return f"{self.schema}.{self.name}"


@dataclass(frozen=True)
class Base:
    """A finished folder: ``settings.data`` holds raw, facts and the store as ``govstats`` keeps
    them, ``warehouse`` the schemas ``raw`` and ``seeds``; no model is built yet.
    """

    settings: Settings
    warehouse: Path
    models: tuple[Model, ...]
    entries: tuple[LedgerEntry, ...]

    @property
    def facts(self) -> Path:
        """Folder of the facts of every clean file, whatever the reader has become meanwhile."""
        return next(self.settings.facts.iterdir())

    def file(self, entry: LedgerEntry) -> Path:
        """Where the bytes of one clean workbook lie."""
        return kept_copy(self.settings, entry)


def prepare(settings: Settings, folder: Path) -> Base:
    """Write, read and build the clean demonstration below ``folder``, unless it is there.

    Folders of other states of demonstration, layouts and dbt project are left for their users.
    """
    folder.mkdir(parents=True, exist_ok=True)
    here = folder / _key(settings)
    own = replace(settings, data=here)
    with exclusive(folder / "seeding.lock", "another seeding run prepares this folder"):
        if not (here / "manifest.json").exists():
            shutil.rmtree(here, ignore_errors=True)
            _write(own)
    nodes = json.loads((here / "manifest.json").read_text(encoding="utf-8"))["nodes"]
    entries = tuple(survey(own).entries)
    return Base(own, here / "warehouse.duckdb", _models(nodes), entries)


def _key(settings: Settings) -> str:
    digest = hashlib.sha256(observations.reader_key(settings).encode())
    for part in DECIDES:
        for path in sorted((settings.root / part).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"\0{path.relative_to(settings.root)}\0".encode())
                digest.update(path.read_bytes())
    return f"clean-{digest.hexdigest()[:12]}"


def _write(own: Settings) -> None:
    deliver(own, generate(own.raw, clean=True))
    entries = survey(own).entries
    refs = [
        observations.SubmissionRef(
            entry.submission_id,
            entry.department_code,
            entry.time_period,
            entry.file,
            kept_copy(own, entry),
        )
        for entry in entries
    ]
    warehouse = own.data / "warehouse.duckdb"
    facts = own.facts / observations.reader_key(own)
    list(observations.read_into(refs, own, facts))
    raw.load(warehouse, entries, [], observations.read_summaries(facts), facts)
    work = own.data / "work"
    dbt_runner.build(own, warehouse, work, select="resource_type:seed")
    dbt_runner.compile_models(own, warehouse, work)
    shutil.copyfile(work / "target" / "manifest.json", own.data / "manifest.json")


def _models(nodes: dict[str, Any]) -> tuple[Model, ...]:
    ordered = in_order({key: node for key, node in nodes.items() if is_built(node)})
    names = {key: f"{node['schema']}.{node['alias']}" for key, node in nodes.items()}
    return tuple(
        Model(
            schema=node["schema"],
            name=node["alias"],
            kind="view" if node["config"]["materialized"] == "view" else "table",
            sql=node["compiled_code"],
            reads=tuple(names[key] for key in node["depends_on"]["nodes"] if key in names),
        )
        for node in ordered
    )


def needed(models: Iterable[Model], rules: Iterable[Rule]) -> list[Model]:
    """The models that the rules read, directly or through others, in order of building."""
    ordered = list(models)
    text = " ".join(repr(rule) for rule in rules)
    wanted = {model.full_name for model in ordered if model.full_name in text}
    wanted |= {model.full_name for model in ordered if model.name.startswith("dim_")}
    for model in reversed(ordered):
        if model.full_name in wanted:
            wanted |= set(model.reads)
    return [model for model in ordered if model.full_name in wanted]
