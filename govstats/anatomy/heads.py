"""Words over the columns: which of them spans which columns, and which break over cells."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from govstats.anatomy.measures import is_unit
from govstats.anatomy.rows import heads_columns, numbers_columns
from govstats.anatomy.view import BLANK, DATE, MISSING, NUMBER, TEXT, View
from govstats.anatomy.words import (
    closed,
    has_han,
    header_role,
    is_bracketed,
    is_foreign,
    is_lone_enumerator,
    is_prose,
)
from govstats.workbooks.cells import Place

#: The same word over fewer columns may be the beginning of two names.
_FEWEST_LEVEL = 3
_WHOLE = re.compile(r"^(合计|小计|总计|总数|计|总量|总额|数量|金额|绝对[量额])$")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in a header and the columns that they stand over.

    ``is_merged`` where a merged range says so; otherwise blanks to the right do.
    """

    row: int
    column: int
    left: int
    right: int
    text: str
    is_merged: bool = False

    @property
    def is_wide(self) -> bool:
        """Whether it stands over several columns."""
        return self.right > self.left


class Header:
    """The header of one table: pieces by column, without translations and column numbers."""

    def __init__(
        self, view: View, rows: range, stubs: Iterable[int], columns: Iterable[int]
    ) -> None:
        self.view = view
        self.columns = tuple(columns)
        self.stubs = tuple(stubs)
        self._all_rows = rows
        texts = [view.raw(*place) for place in self._places(rows)]
        self.is_chinese = any(has_han(text) for text in texts)
        self.rows = tuple(row for row in rows if self._says_something(row))
        self.unit_rows = tuple(row for row in self.rows if self._row_role(row) == "unit")
        self.attribute_rows = tuple(row for row in self.rows if self._row_role(row) == "attribute")
        self.pieces = self._absorbed(self._spread())
        self.level_rows = frozenset(row for row in self.rows if self._is_level(row))

    def over(self, column: int) -> list[Piece]:
        """The pieces over a column from top to bottom."""
        found = [piece for piece in self.pieces if piece.left <= column <= piece.right]
        if self.is_chinese and any(has_han(piece.text) for piece in found):
            found = [piece for piece in found if not is_prose(piece.text)]
        return sorted(found, key=lambda piece: piece.row)

    def unit_over(self, column: int) -> str:
        """What a row of units says of a column, '' without one."""
        return next(
            (
                closed(self.view.raw(row, column))
                for row in self.unit_rows
                if self._own(row, column)
            ),
            "",
        )

    def _is_level(self, row: int) -> bool:
        """Whether a line is a level of its own: one word over all columns, or A, B, C …"""
        pieces = [piece for piece in self.pieces if piece.row == row]
        texts = [piece.text for piece in pieces]
        if len(texts) > 1 and texts == [chr(ord("A") + at) for at in range(len(texts))]:
            return True
        are_merged = all(piece.is_merged and piece.is_wide for piece in pieces)
        covered = {column for piece in pieces for column in range(piece.left, piece.right + 1)}
        return (
            len(texts) >= (2 if are_merged else _FEWEST_LEVEL)
            and len(set(texts)) == 1
            and covered >= set(self.columns)
        )

    def repeats(self, piece: Piece) -> bool:
        """Whether the same words stand below wide ones in the same row, as a level of its own."""
        wide = [other for other in self.pieces if other.is_wide and other.row < piece.row]
        return any(
            other.text == piece.text and other.column != piece.column and _is_below(other, wide)
            for other in self.pieces
            if other.row == piece.row
        )

    def _places(self, rows: Iterable[int]) -> list[Place]:
        filled = TEXT + NUMBER + DATE
        return [(r, c) for r in rows for c in self.columns if self.view.kind(r, c) in filled]

    def _own(self, row: int, column: int) -> bool:
        return self.view.kind(row, column) != BLANK

    def _row_role(self, row: int) -> str | None:
        """What the word beside a line of the header says of it: 单位, 频度."""
        if not self.stubs or len(self._all_rows) == 1 or row == self._all_rows.start:
            return None
        return header_role(self.view.raw(row, self.stubs[0]))

    def _says_something(self, row: int) -> bool:
        """Not a line of translations, of column numbers, or of one and the same attribute."""
        texts = [closed(self.view.raw(*place)) for place in self._places([row])]
        if not texts:
            return False
        if self.is_chinese and not any(map(has_han, texts)) and any(map(is_prose, texts)):
            return False
        if self._row_role(row) == "attribute" and len(set(texts)) == 1 < len(texts):
            return False
        if numbers_columns(self.view, row):
            return False
        is_numbered = self.view.kinds[row].count(NUMBER) > 2 and heads_columns(self.view, row)
        first = next((self.view.value(row, c) for c in self.columns if self._own(row, c)), None)
        return not (is_numbered and first is not None and first < 10)

    def _spread(self) -> list[Piece]:
        """Every cell of the header with its span: as merged, or over blanks to its right."""
        pieces: dict[Place, Piece] = {}
        owners: dict[Place, Place | None] = {}
        rows = [row for row in self.rows if row not in self.unit_rows]
        for row in rows:
            for at, column in enumerate(self.columns):
                owner = self._owner(row, column)
                if owner is None and at:
                    left = owners.get((row, self.columns[at - 1]))
                    if (
                        left
                        and left[0] == row
                        and self._may_spread(owners, rows, pieces, left, column)
                    ):
                        owner = left
                owners[row, column] = owner
                if owner is not None:
                    self._note(pieces, owner, column)
        return [piece for piece in pieces.values() if piece.text]

    def _owner(self, row: int, column: int) -> Place | None:
        merge = self.view.sheet.merge_at(row, column)
        if merge is not None:
            return merge.top, merge.left
        return (row, column) if self._own(row, column) else None

    def _note(self, pieces: dict[Place, Piece], owner: Place, column: int) -> None:
        if known := pieces.get(owner):
            pieces[owner] = replace(
                known, left=min(known.left, column), right=max(known.right, column)
            )
            return
        is_missing = self.view.kind(*owner) == MISSING
        text = "" if is_missing or owner[0] not in self._all_rows else self.view.raw(*owner)
        is_merged = self.view.sheet.merge_at(*owner) is not None
        pieces[owner] = Piece(*owner, column, column, closed(text), is_merged)

    def _may_spread(
        self,
        owners: dict[Place, Place | None],
        rows: list[int],
        pieces: dict[Place, Piece],
        anchor: Place,
        column: int,
    ) -> bool:
        """Whether words stand over the blank to their right: nothing above parts the two."""
        row, left = anchor
        if pieces[anchor].is_merged or not self._has_words_below(row, column):
            return False
        text = pieces[anchor].text
        if not text or (is_bracketed(text) and not is_lone_enumerator(text)):
            return False
        above = [upper for upper in rows if upper < row]
        return all(owners.get((upper, left)) == owners.get((upper, column)) for upper in above)

    def _has_words_below(self, row: int, column: int) -> bool:
        below = [(lower, column) for lower in self.rows if lower > row and self._own(lower, column)]
        texts = [self.view.raw(*place) for place in below]
        return any(not self.is_chinese or not is_foreign(text) for text in texts)

    def _absorbed(self, pieces: list[Piece]) -> list[Piece]:
        """Wide words with what goes on in the cell below them: (一) + 内资, 城镇 + 就业人员."""
        kept = {(piece.row, piece.column): piece for piece in pieces}
        for piece in sorted(pieces, key=lambda p: p.row):
            if (
                not (piece.is_wide or is_lone_enumerator(piece.text))
                or kept.get((piece.row, piece.column)) is None
            ):
                continue
            below = self._below(kept.values(), piece)
            if below and self._goes_on(piece, below, kept.values()):
                kept[piece.row, piece.column] = replace(piece, text=piece.text + below.text)
                del kept[below.row, below.column]
        return list(kept.values())

    @staticmethod
    def _below(pieces: Iterable[Piece], piece: Piece) -> Piece | None:
        under = [p for p in pieces if p.row > piece.row and p.left == p.right == piece.left]
        return min(under, key=lambda p: p.row, default=None)

    def _goes_on(self, piece: Piece, below: Piece, pieces: Iterable[Piece]) -> bool:
        if is_lone_enumerator(piece.text):
            return True
        if is_bracketed(below.text):
            return is_unit(below.text[1:-1], self.view.units)
        if not self.is_chinese or not has_han(below.text) or _WHOLE.match(below.text):
            return False
        if Counter(p.text for p in pieces if p.row == below.row)[below.text] > 1:
            return False
        # One translation below both says that they are one name; one between them, two.
        foreign = [
            row
            for row in self._all_rows
            if row > piece.row and is_prose(self.view.raw(row, piece.left))
        ]
        return bool(foreign) and foreign[0] > below.row


def _is_below(piece: Piece, wide: Iterable[Piece]) -> bool:
    return any(other.left <= piece.left <= piece.right <= other.right for other in wide)
