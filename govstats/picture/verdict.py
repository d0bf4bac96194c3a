"""The sentence at the head of the page: read, not yet known, or refused."""

from dataclasses import dataclass

from govstats.layouts.inspection import Inspection
from govstats.picture.names import Names


@dataclass(frozen=True)
class Verdict:
    """A judgement as shape, word and tone, with a sentence in each language."""

    shape: str
    word: str
    tone: str
    zh: str
    en: str


def verdict(found: Inspection, names: Names) -> Verdict:
    """What would become of the file if it were handed in as it is."""
    refusal = found.refusal
    if refusal is None:
        return _read(found, names)
    if refusal.code == "unknown_layout":
        return Verdict(
            "▲",
            "尚无版式",
            "amber",
            "没有版式认得这份文件，报送时会被退回。下图按表的形状推断各单元格的作用。",
            "No layout knows this file; handed in, it would be refused. The picture below infers"
            " what each cell is for from the shape of the sheet.",
        )
    return Verdict(
        "■",
        "退回",
        "red",
        f"报送时会被退回，原因代码 {refusal.code}。",
        f"Handed in, it would be refused: {refusal.code}.",
    )


def _read(found: Inspection, names: Names) -> Verdict:
    department = names.of("department", found.department)
    entries = sum(table.entries for table in found.entries)
    what_zh = [f"{found.observations_total} 个观测值"] if found.observations_total else []
    what_en = [f"{found.observations_total} observations"] if found.observations_total else []
    what_zh += [f"{entries} 条记录"] if entries else []
    what_en += [f"{entries} entries"] if entries else []
    unmapped = dict(found.fates).get("unmapped", 0)
    rest_zh = f"；另有 {unmapped} 个单元格未识别" if unmapped else "，每个单元格都有去向"
    rest_en = f"; {unmapped} cells have no meaning" if unmapped else ", and every cell has a fate"
    tables = len(found.tables)
    return Verdict(
        "●",
        "可以读入",
        "green",
        f"按{department}的版式读出 {tables} 张表、{'、'.join(what_zh) or '没有数值'}{rest_zh}。",
        f"Read by the layouts of {found.department}: {tables} table{'s' if tables > 1 else ''},"
        f" {', '.join(what_en) or 'no figures'}{rest_en}.",
    )
