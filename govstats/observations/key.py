"""A key of everything that decides how a sheet is read."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import govstats
from govstats.layouts.seeds import FILES
from govstats.settings import Settings

_PARSER = "python-calamine"
_PACKAGES = ("workbooks", "layouts", "observations")
_MODULES = ("numbers.py", "yamlfile.py")


def reader_key(settings: Settings) -> str:
    """16 hexadecimal digits; facts written under another key are to be read again.

    Made of the limits, the layouts, the tables of areas, units, indicators and departments, the
    source of the reading modules and the version of the parser.
    """
    from importlib.metadata import version  # takes a moment to import; no reader process needs it

    digest = hashlib.sha256(f"{_PARSER} {version(_PARSER)} {settings.limits}".encode())
    for name, path in _inputs(settings):
        digest.update(f"\0{name}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _inputs(settings: Settings) -> Iterator[tuple[str, Path]]:
    for path in sorted([*settings.layouts.rglob("*.yml"), *settings.layouts.glob("*.json")]):
        yield f"layouts/{path.relative_to(settings.layouts).as_posix()}", path
    for name in FILES:
        yield f"seeds/{name}", settings.dbt_project / "seeds" / name
    source = Path(govstats.__file__).parent
    for name in _MODULES:
        yield name, source / name
    for package in _PACKAGES:
        for path in sorted((source / package).rglob("*")):
            if path.suffix in (".py", ".toml"):
                yield path.relative_to(source).as_posix(), path
