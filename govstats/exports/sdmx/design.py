"""The design of the data structure, read from the tables beside this module."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Component:
    """A dimension, measure or attribute; it takes codes of a list or values of a data type.

    ``column`` is the column of ``observation.sql``; ``describe`` a mart's column, written
    ``mart.column``, whose description it has.
    """

    id: str
    role: str
    column: str
    describe: str
    name_zh: str
    name_en: str
    codelist: str = ""
    type: str = ""
    required: bool = False


@dataclass(frozen=True)
class Codelist:
    """A code list: a ``list`` of dim_code, or a ``query`` for id, Chinese and English name."""

    id: str
    name_zh: str
    name_en: str
    list: str = ""
    query: str = ""


@dataclass(frozen=True)
class Design:
    """What the data structure of a mart consists of."""

    mart: str
    concept_scheme: str
    concept_scheme_zh: str
    concept_scheme_en: str
    agency_scheme_zh: str
    agency_scheme_en: str
    components: tuple[Component, ...]
    codelists: tuple[Codelist, ...]
    rows: str


@cache
def load() -> Design:
    """Read the design."""
    content = tomllib.loads((HERE / "observation.toml").read_text(encoding="utf-8"))
    return Design(
        components=tuple(Component(**item) for item in content.pop("component")),
        codelists=tuple(Codelist(**item) for item in content.pop("codelist")),
        rows=(HERE / "observation.sql").read_text(encoding="utf-8"),
        **content,
    )
