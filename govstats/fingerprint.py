"""What a release is made of, as hashes: the same inputs give the same release id."""

import hashlib
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from govstats.intake import Survey
from govstats.settings import Settings

#: Packages whose version may change a figure or a judgement.
_ENGINES = ("dbt-core", "dbt-duckdb", "duckdb", "great-expectations", "python-calamine")
#: What the id of a rebuilt past has in front of its day.
AS_OF = "-as-of-"
_DBT_PARTS = ("models", "macros", "seeds", "dbt_project.yml")


@dataclass(frozen=True)
class Inputs:
    """Hashes of everything that decides a release, and the id they give it."""

    release_id: str
    latest_period: str
    ledger: str
    knowledge: str
    code: str
    versions: dict[str, str]
    #: The past day that is rebuilt, YYYY-MM-DD; None for what is known now.
    as_of: str | None = None


def of(settings: Settings, survey: Survey, as_of: date | None = None) -> Inputs:
    """Hash ledger and intake problems, knowledge (layouts, rules, bulletin, dbt), code, engines.

    Args:
        settings: where layouts, rules and the dbt project lie.
        survey: the ledger and what is wrong with files.
        as_of: rebuild this past day; only submissions received by then count.

    Returns:
        Inputs whose ``release_id`` is ``<latest period>-<10 hexadecimal digits>``, of a rebuilt
        past with ``-as-of-<day>`` behind it.
    """
    if as_of is not None:
        survey = survey.as_of(as_of)
    entries = [repr(astuple(entry)) for entry in survey.entries]
    problems = [repr(astuple(problem)) for problem in survey.problems]
    ledger = _digest([*entries, *problems])
    dbt_parts = [settings.dbt_project / name for name in _DBT_PARTS]
    folders = [settings.layouts, settings.expectations, settings.bulletin]
    knowledge = _digest(_tree([*folders, *dbt_parts], settings.root))
    package = Path(__file__).resolve().parent
    code = _digest(
        _tree([package], package, suffixes=(".py", ".sql", ".toml", ".j2", ".css", ".js"))
    )
    versions = {name: version(name) for name in _ENGINES}
    whole = _digest([ledger, knowledge, code, repr(sorted(versions.items()))])
    latest = max((entry.time_period for entry in survey.entries), default="none")
    release_id, day = f"{latest}-{whole[:10]}", None
    if as_of is not None:
        day = as_of.isoformat()
        release_id += f"{AS_OF}{day}"
    return Inputs(release_id, latest, ledger, knowledge, code, versions, day)


def is_past(release_id: str) -> bool:
    """Whether the id is that of a rebuilt past."""
    return AS_OF in release_id


def _tree(roots: list[Path], base: Path, suffixes: tuple[str, ...] = ()) -> Iterable[str]:
    for root in roots:
        files = [root] if root.is_file() else sorted(root.rglob("*"))
        for path in files:
            if path.is_file() and (not suffixes or path.suffix in suffixes):
                yield f"{path.relative_to(base).as_posix()}:{_file(path)}"


def _file(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _digest(parts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()
