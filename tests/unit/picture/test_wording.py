"""Whatever the reader says of a cell is said in Chinese too."""

import ast
import re
from pathlib import Path

import pytest

from govstats.layouts import fates, pictures, shapes
from govstats.picture.wording import detail_zh, period_place_zh

_HAN = re.compile(r"[\u4e00-\u9fff]")
#: Kinds of remarks that the layouts may name as they like; those in use have a Chinese name.
REMARKS = ("note", "source", "producer", "signature", "report_date", "unit_line", "property",
           "translation", "serial")  # fmt: skip


def spoken(module: Path) -> set[str]:
    """Second parts of pairs (fate, detail) in a module, facts filled with x."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Tuple | ast.Call):
            continue
        parts = node.elts if isinstance(node, ast.Tuple) else node.args
        if len(parts) == 2 and _text(parts[0]) in ("observation", "label", "metadata",
                                                   "ignorable", "unmapped"):  # fmt: skip
            found.add(_text(parts[1]))
    return found - {""}


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            _text(part) if isinstance(part, ast.Constant) else "x" for part in node.values
        )
    return ""


@pytest.mark.parametrize("module", [fates, shapes, pictures])
def test_every_detail_has_a_chinese_form(module: object) -> None:
    details = spoken(Path(str(module.__file__)))  # type: ignore[attr-defined]
    crossing = "x × x"
    assert [d for d in details if not _HAN.search(detail_zh(d)) and d != crossing] == []


def test_details_are_found_at_all() -> None:
    assert len(spoken(Path(str(fates.__file__)))) > 10


@pytest.mark.parametrize("kind", REMARKS)
def test_kinds_of_remarks_have_chinese_names(kind: str) -> None:
    assert _HAN.search(detail_zh(kind))


def test_facts_go_into_the_chinese_form() -> None:
    assert detail_zh("row not in the layout: a\nb") == "版式中没有这一行：a\nb"
    assert detail_zh("entry 3, field done (number): 完成") == "第 3 条记录的“完成”，版式中为 done"
    assert detail_zh("something new") == "something new"
    assert period_place_zh("sheet_name") == "工作表名"
