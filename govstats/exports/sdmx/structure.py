"""The data structure definition with its code lists and concepts, as SDMX-ML 3.0."""

import re
from dataclasses import dataclass
from typing import Literal

import duckdb
from pysdmx.io import write_sdmx
from pysdmx.io.format import Format
from pysdmx.model import (
    Agency,
    Code,
    Codelist,
    Component,
    Components,
    Concept,
    ConceptScheme,
    Dataflow,
    DataStructureDefinition,
    DataType,
    Role,
)
from pysdmx.model.__base import ItemReference, MaintainableArtefact
from pysdmx.model.message import Header
from pysdmx.model.organisation import AgencyScheme

from govstats.exports.marts import comments
from govstats.exports.sdmx import design as plan
from govstats.exports.sdmx.data import Flow

Language = Literal["zh", "en"]

_TEXT = re.compile(r'(\s*)<com:(Name|Description) xml:lang="en">(.*?)</com:\2>', re.DOTALL)
#: Which of the measures an attribute is about; there is one, and other readers stumble over it.
_RELATED = re.compile(r"\s*<str:MeasureRelationship>.*?</str:MeasureRelationship>", re.DOTALL)
_CHINESE = re.compile(r"[.] (?=[^.]*[\u4e00-\u9fff])")
_ROLES = {"dimension": Role.DIMENSION, "measure": Role.MEASURE, "attribute": Role.ATTRIBUTE}
_CODES = "select code, name_zh, name_en from marts.dim_code where code_list = ? order by sort_order"


@dataclass(frozen=True)
class _Names:
    """Chooses the words of one language; the library's model holds one at a time."""

    language: Language

    def of(self, zh: str, en: str) -> str:
        return zh if self.language == "zh" else en


def message(connection: duckdb.DuckDBPyConnection, design: plan.Design, flow: Flow) -> str:
    """Return the structure message; every name and description stands in both languages.

    Args:
        connection: reads a release.
        design: components and code lists.
        flow: identity, agency and names.
    """
    english = _written(connection, design, flow, _Names("en"))
    chinese = _TEXT.findall(_written(connection, design, flow, _Names("zh")))
    texts = iter(chinese)

    def both(found: re.Match[str]) -> str:
        space, tag, text = next(texts)
        return f'{found[0]}{space}<com:{tag} xml:lang="zh">{text}</com:{tag}>'

    return _TEXT.sub(both, english)


def _written(
    connection: duckdb.DuckDBPyConnection, design: plan.Design, flow: Flow, names: _Names
) -> str:
    parts: list[MaintainableArtefact] = [
        AgencyScheme(
            agency="SDMX",
            name=names.of(design.agency_scheme_zh, design.agency_scheme_en),
            items=[Agency(id=flow.agency_id, name=names.of(flow.agency_zh, flow.agency_en))],
        ),
        *(_codelist(connection, item, flow, names) for item in design.codelists),
        ConceptScheme(
            id=design.concept_scheme,
            name=names.of(design.concept_scheme_zh, design.concept_scheme_en),
            agency=flow.agency_id,
            version=flow.sdmx_version,
            items=[_concept(connection, part, flow, names) for part in design.components],
        ),
        *_flow(design, flow, names),
    ]
    header = Header(id=flow.dataflow_id, prepared=flow.prepared, sender=Agency(id=flow.agency_id))
    written = write_sdmx(parts, Format.STRUCTURE_SDMX_ML_3_0, header=header) or ""
    return _RELATED.sub("", written)


def _flow(
    design: plan.Design, flow: Flow, names: _Names
) -> tuple[DataStructureDefinition, Dataflow]:
    name = names.of(flow.name_zh, flow.name_en)
    structure = DataStructureDefinition(
        id=flow.data_structure_id,
        name=name,
        agency=flow.agency_id,
        version=flow.sdmx_version,
        components=Components([_component(part, design, flow) for part in design.components]),
    )
    dataflow = Dataflow(
        id=flow.dataflow_id,
        name=name,
        agency=flow.agency_id,
        version=flow.sdmx_version,
        structure=structure,
    )
    return structure, dataflow


def _codelist(
    connection: duckdb.DuckDBPyConnection, item: plan.Codelist, flow: Flow, names: _Names
) -> Codelist:
    query, values = (item.query, []) if item.query else (_CODES, [item.list])
    rows = connection.execute(query, values).fetchall()
    return Codelist(
        id=item.id,
        name=names.of(item.name_zh, item.name_en),
        agency=flow.agency_id,
        version=flow.sdmx_version,
        items=[Code(id=code, name=names.of(zh, en)) for code, zh, en in rows],
    )


def _concept(
    connection: duckdb.DuckDBPyConnection, part: plan.Component, flow: Flow, names: _Names
) -> Concept:
    mart, column = part.describe.split(".")
    described = comments(connection, mart).get(column, "")
    english, *chinese = _CHINESE.split(described, maxsplit=1)
    return Concept(
        id=part.id,
        name=names.of(part.name_zh, part.name_en),
        description=names.of("".join(chinese) or english, f"{english.rstrip('.')}."),
        dtype=None if part.codelist else DataType(part.type),
        enum_ref=_list_urn(part, flow) if part.codelist else None,
    )


def _component(part: plan.Component, design: plan.Design, flow: Flow) -> Component:
    role = _ROLES[part.role]
    concept = ItemReference(
        sdmx_type="Concept",
        agency=flow.agency_id,
        id=design.concept_scheme,
        version=flow.sdmx_version,
        item_id=part.id,
    )
    return Component(
        id=part.id,
        required=part.required or role is Role.DIMENSION,
        role=role,
        concept=concept,
        local_dtype=None if part.codelist else DataType(part.type),
        local_enum_ref=_list_urn(part, flow) if part.codelist else None,
        attachment_level="O" if role is Role.ATTRIBUTE else None,
    )


def _list_urn(part: plan.Component, flow: Flow) -> str:
    return (
        "urn:sdmx:org.sdmx.infomodel.codelist."
        f"Codelist={flow.agency_id}:{part.codelist}({flow.sdmx_version})"
    )
