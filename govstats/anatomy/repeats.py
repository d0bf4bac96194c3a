"""Tables that go on below a header which is repeated: what the first says counts for all."""

from collections.abc import Sequence
from dataclasses import replace

from govstats.anatomy import times
from govstats.anatomy.captions import Caption, caption
from govstats.anatomy.heads import Header
from govstats.anatomy.model import Block
from govstats.anatomy.words import remark_kind
from govstats.workbooks.cells import Cell

#: Columns whose words must come again.
_FEWEST = 2
_ENDS = ("note", "source")


def taken_over(
    block: Block, above: Sequence[Cell], earlier: Sequence[tuple[Block, Header]]
) -> Block:
    """A table whose header only repeats the lower levels of one above it, with the rest of them.

    Args:
        block: a table as it stands by itself.
        above: the lines above its header; any but notes say that it is a table of its own,
            unless they say that it is continued.
        earlier: the tables before it with their headers.

    Returns:
        The table with the spanning headings of the first, with its unit and period where it
        states none; the same table where it repeats nothing.
    """
    is_bare = all(remark_kind(cell.text) in _ENDS for cell in above)
    columns = set(block.columns)
    before = next((one for one in reversed(earlier) if columns & set(one[0].columns)), None)
    if before is None or not (is_bare or block.continued):
        return block
    wider = {column: _over(before, column) for column in block.captions}
    own = {column: found for column, found in block.captions.items() if found.levels}
    heads = [column for column in block.columns if column in own]
    if len(heads) < _FEWEST or not all(_repeats(own[c], wider[c]) for c in own):
        return block
    period = block.period if block.continued else before[0].period
    return replace(
        block,
        captions={**block.captions, **{column: wider[column] for column in own}},
        unit=block.unit or before[0].unit,
        period=times.joined(period, before[0].period),
    )


def _over(before: tuple[Block, Header], column: int) -> Caption:
    """What the earlier table says of a column, also of one that holds nothing there."""
    block, header = before
    return block.captions.get(column) or caption(header, column)


def _repeats(own: Caption, first: Caption) -> bool:
    """Whether words are the lower levels of those above."""
    return first.levels[-len(own.levels) :] == own.levels
