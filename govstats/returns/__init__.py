"""The workbook handed back to each department: its findings, and the sheets they are in."""

from govstats.returns.write import write

__all__ = ["write"]
