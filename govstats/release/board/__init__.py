"""The board 看板: one self-contained page on which a reader follows every commitment to its cell.

``statements`` are the questions to schema ``marts``, ``contents`` packs the answers, ``page``
writes the page, ``js/`` shows it in the browser, ``reading`` reads a written page back.
"""

from govstats.release.board.page import write

__all__ = ["write"]
