"""The validation report 数据质量审核报告: one self-contained page for the statistics bureau.

``queries`` reads schema ``marts``, ``records`` are the rows read, ``view`` puts values into
words, the other modules arrange them section by section, ``templates/`` and ``style.css`` show
them.
"""

from govstats.release.report.page import write

__all__ = ["write"]
