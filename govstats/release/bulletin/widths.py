"""Widths of the columns of a table: as wished, but never so narrow that a figure breaks."""

from unicodedata import east_asian_width

from govstats.release.bulletin.model import Column, Table, Text
from govstats.release.reference import Figure

#: The most characters that a column may ask for, by how it is set: names break, figures do not.
_MOST = {"left": 7.0, "center": 6.0, "right": 9.0}
#: Room beside the text of a cell, in characters.
_BESIDE = 0.9


def shares(table: Table, characters: float) -> list[float]:
    """Return the share of each column in the table's width; together they are 1.

    Args:
        table: columns with the widths wished for, relative to each other.
        characters: how many full-width characters of the table's text a line of it holds.
    """
    whole = sum(column.width for column in table.columns)
    wished = [column.width / whole * characters for column in table.columns]
    needed = [_needed(column, _texts(table, place)) for place, column in enumerate(table.columns)]
    if sum(needed) >= characters:
        return [width / sum(needed) for width in needed]
    # What narrow columns lack is taken from the others, in proportion to what these can spare.
    lacking = sum(max(0.0, need - wish) for need, wish in zip(needed, wished, strict=True))
    spare = [max(0.0, wish - need) for need, wish in zip(needed, wished, strict=True)]
    given = lacking / sum(spare) if lacking else 0.0
    widths = [
        max(need, wish) - over * given
        for need, wish, over in zip(needed, wished, spare, strict=True)
    ]
    return [width / characters for width in widths]


def length(text: str) -> float:
    """Return how many full-width characters a text is long; digits and letters count half."""
    return sum(1.0 if east_asian_width(sign) in "WFA" else 0.55 for sign in text)


def _texts(table: Table, place: int) -> list[Text]:
    return [row[place] for row in table.rows]


def _needed(column: Column, texts: list[Text]) -> float:
    """The longest thing that should not break: figures, short words, the unit in the heading."""
    pieces = [f"（{column.unit}）" if column.unit else "", column.heading[:3]]
    for text in texts:
        pieces.append("".join(item.text if isinstance(item, Figure) else item for item in text))
    return min(_MOST[column.align], max(length(piece) for piece in pieces)) + _BESIDE
