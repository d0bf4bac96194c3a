"""The fields of a drafted register: one work, task or event a row."""

from govstats.anatomy.meanings import field_type
from govstats.anatomy.model import Block, is_rate
from govstats.anatomy.stubs import NAMING_ROLES, STUB_ROLES
from govstats.anatomy.view import DATE, TEXT
from govstats.anatomy.yamltext import Draft, Value, flow
from govstats.layouts.labels import squeeze
from govstats.layouts.seeds import Seeds

_MOST = 0.6
_FEWEST_TEXTS = 2


def is_register(block: Block) -> bool:
    """Whether rows are entries: as many columns of words as of figures, beside what names them."""
    texts = sum(role == "text" for role in block.roles.values())
    figures = sum(role == "figure" for role in block.roles.values())
    is_numbered = "serial" in block.roles.values()
    return texts >= _FEWEST_TEXTS and (is_numbered or texts >= figures) and bool(block.stub_columns)


def write_fields(draft: Draft, block: Block, seeds: Seeds) -> None:
    """The ``columns`` and ``rows`` of a register."""
    names = [c for c, role in block.roles.items() if role in NAMING_ROLES]
    keys = names or list(block.stub_columns[:1])
    draft.add(2, "columns:")
    for at, (number, role) in enumerate(sorted(block.roles.items()), start=1):
        levels = block.captions[number].levels if number in block.captions else ()
        if not levels or role == "stray":
            continue
        entry: dict[str, Value] = {"id": f"f{at}"}
        entry["label"] = levels[0] if len(levels) == 1 else list(levels)
        todo = ""
        if role == "serial":
            entry["role"] = "serial"
        elif role == "year":
            entry["type"] = "number"
        else:
            todo = _describe(entry, block, number, role, seeds)
        if number in keys:
            entry["key"] = True
        check = "is it what tells one entry from another?" if number in keys else ""
        draft.add(3, f"- {flow(entry)}", todo, check)
    draft.add(2, "rows: {axis: entry}")


def _describe(entry: dict[str, Value], block: Block, number: int, role: str, seeds: Seeds) -> str:
    """Type and unit of a field; what is to do."""
    label = block.column_label(number)
    texts = _texts(block, number)
    if role == "figure":
        kind = field_type(label)
        if kind != "target":
            kind = "text" if _has_words(block, number) else "number"
    elif role in STUB_ROLES:
        kind = "text"
    elif texts and sum(text in seeds.area_codes for text in texts) >= _MOST * len(texts):
        kind = "area"
    elif block.view.kind(block.body[0], number) == DATE:
        kind = "date"
    else:
        kind = field_type(label)
    if kind == "department" and not any(text in seeds.department_codes for text in texts):
        kind = "text"
    if kind != "text":
        entry["type"] = kind
    unit = block.captions[number].unit or ("" if is_rate(label) else block.unit)
    if kind == "number" and unit:
        entry["unit"] = unit
        if entry["unit"] not in seeds.units:
            return f"unit {entry['unit']} is not in units.csv"
    return ""


def _has_words(block: Block, number: int) -> bool:
    rows = range(block.body[0], block.body[1] + 1)
    return any(block.view.kind(row, number) == TEXT for row in rows)


def _texts(block: Block, number: int) -> list[str]:
    rows = range(block.body[0], min(block.body[1], block.body[0] + 40) + 1)
    found = (squeeze(block.view.raw(row, number)) for row in rows)
    return [text for text in found if text]
