"""What a cell of the picture was read as, in words."""

from govstats.layouts.facts import Observation
from govstats.numbers import plain
from govstats.picture.marks import marks
from govstats.picture.model import Box
from govstats.picture.names import Names
from govstats.picture.wording import detail_zh
from govstats.workbooks.cells import address

#: Joins the parts of a line.
_AND = "  ·  "


def explain(box: Box, names: Names) -> str:
    """Lines on one cell: address and fate, then what was read, then what is stored.

    Args:
        box: with or without content.
        names: of indicators, areas and codes.
    """
    meaning = box.meaning
    if meaning is None:
        return ""
    mark = marks()[meaning.fate]
    first = [address(box.row, box.column), f"{mark.zh} {mark.en}"]
    if meaning.detail:
        first.append(detail_zh(meaning.detail))
    lines = [_AND.join(first)]
    if meaning.observation:
        lines += _observed(meaning.observation, names)
    if box.stored:
        lines.append(f"存储值 {box.stored}")
    if box.is_hidden:
        lines.append("在隐藏的行或列中")
    return "\n".join(lines)


def _observed(seen: Observation, names: Names) -> list[str]:
    growth = names.of("growth_basis", seen.growth_basis)
    of_what = [
        f"{names.of('indicator', seen.indicator_code)} × {names.of('measure', seen.measure)}",
        names.of("area", seen.ref_area),
        f"{names.of('period_type', seen.period_type)} 至 {seen.period_end.isoformat()}",
        *([growth] if growth else []),
    ]
    if seen.cell_value is None:
        value = f"无数值（{names.of('missing_kind', seen.missing_kind)}）"
    else:
        value = f"{plain(seen.cell_value)} {seen.cell_unit}"
    status = names.of("obs_status", seen.obs_status)
    read = [f"读作 {value}", status, f"{seen.row_label} × {seen.column_label}"]
    return [_AND.join(of_what), _AND.join(read)]
