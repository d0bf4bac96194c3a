"""A draft layout for an unknown sheet, which a statistician then corrects."""

import re
from collections.abc import Mapping, Sequence

from govstats.anatomy.drafttable import TableDraft
from govstats.anatomy.model import Anatomy, Block
from govstats.anatomy.yamltext import Draft, single_quoted
from govstats.layouts.labels import squeeze
from govstats.layouts.seeds import Seeds
from govstats.workbooks.cells import Workbook

#: Patterns of the lines around a table, for the kinds that were found.
_REMARKS = {
    "producer": "^(制表单位|填报单位|编制单位):",
    "source": "^(数据|资料)来源:",
    "note": r"^注\d*:",
    "signature": "^(单位负责人|统计负责人|审核人|填表人|填报人|联系电话)[:(]?",
    "report_date": "^(报出|填报|制表)日期:",
}


def propose(
    workbook: Workbook,
    anatomy: Anatomy | Sequence[Anatomy],
    seeds: Seeds,
    growth_bases: Mapping[str, str] | None = None,
) -> str:
    """A layouts file in YAML, ready to load where nothing is left TODO.

    Args:
        workbook: the file, whose other sheets tell whether a table needs its sheet's name.
        anatomy: the structure of one sheet, or of several.
        seeds: names of indicators, areas, departments and units.
        growth_bases: indicator → basis of its growth; what is not in it is assumed nominal.

    Returns:
        The draft: TODO behind what nobody can know from the sheet, CHECK behind what is assumed.
    """
    sheets = [anatomy] if isinstance(anatomy, Anatomy) else list(anatomy)
    draft = Draft()
    _department(draft, sheets, seeds)
    _remarks(draft, sheets)
    draft.add(0, "layouts:")
    tables = [(sheet, parts) for sheet in sheets for parts in _drafted(sheet)]
    needs_name = sum(sheet.last_row > 0 for sheet in workbook.sheets) > 1
    for number, (sheet, parts) in enumerate(tables, start=1):
        writer = TableDraft(draft, parts, sheet, seeds, growth_bases or {})
        writer.write(number, sheet.sheet if needs_name else "")
    if not tables:
        return "# No table was found on this sheet: nothing to draft. 本表未找到表格。\n"
    return "\n".join([*_head(draft), *draft.lines]) + "\n"


def _head(draft: Draft) -> list[str]:
    return [
        "# yaml-language-server: $schema=./schema.json",
        "# 草稿:由表样推断,须经统计人员核对。"
        f"TODO {draft.todos} 处待填,CHECK {draft.checks} 处待核。",
        f"# Draft from the sheet's shape:"
        f" {draft.todos} TODO to fill in, {draft.checks} CHECK to confirm.",
    ]


def _drafted(sheet: Anatomy) -> list[list[Block]]:
    """Tables worth a layout, each with its parts: those beside or below it with its header."""
    tables: list[list[Block]] = []
    for block in sheet.blocks:
        labels = _labels(block)
        if block.body[1] < block.body[0] or not any(labels):
            continue
        first = next((parts for parts in tables if _is_part(block, parts[0])), None)
        if first is None:
            tables.append([block])
        else:
            first.append(block)
    return tables


def _labels(block: Block) -> list[str]:
    return [block.column_label(column) for column in (*block.stub_columns, *block.columns)]


def _is_part(block: Block, first: Block) -> bool:
    """The same header, and no other title: side by side, or continued below."""
    titles = [[squeeze(cell.text) for cell in part.title] for part in (block, first)]
    is_same = _labels(block) == _labels(first)
    return is_same and (block.continued or not titles[0] or titles[0] == titles[1])


def _department(draft: Draft, sheets: Sequence[Anatomy], seeds: Seeds) -> None:
    texts = [squeeze(remark.text) for sheet in sheets for remark in sheet.remarks]
    texts = [text for text in texts if re.match(_REMARKS["producer"], text)]
    found = [
        code
        for text in texts
        for name, code in sorted(seeds.department_codes.items(), key=lambda item: -len(item[0]))
        if text.endswith(name)
    ]
    if found:
        draft.add(0, f"department: {found[0]}")
    else:
        draft.add(0, "department: todo", todo="code of seeds/departments.csv")


def _remarks(draft: Draft, sheets: Sequence[Anatomy]) -> None:
    kinds = {remark.kind for sheet in sheets for remark in sheet.remarks}
    used = [kind for kind in _REMARKS if kind in kinds]
    if not used:
        return
    draft.add(0, "remarks:")
    for kind in used:
        draft.add(1, f"- {{kind: {kind}, pattern: {single_quoted(_REMARKS[kind])}}}")
