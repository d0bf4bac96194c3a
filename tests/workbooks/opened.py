"""The job of a test's reader process: open one file and say in a word what came of it."""

from hashlib import sha256
from pathlib import Path

from govstats.workbooks.limits import Limits
from govstats.workbooks.reader import open_workbook
from govstats.workbooks.refusals import Refused


def opened(path: Path) -> str:
    """``read`` and a digest of the cells, the reason of a refusal, or the parser's own error."""
    try:
        book = open_workbook(path, Limits())
        cells = [(sheet.name, cell) for sheet in book.sheets for cell in sheet.in_order()]
        return f"read {sha256(repr(cells).encode()).hexdigest()}"
    except Refused as refused:
        return f"refused {refused}"
    except Exception as error:
        return f"failed {type(error).__name__}: {error}"
    except BaseException as error:  # a panic of the parser; the jail's own end is no such thing
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        return f"panicked {error}"
