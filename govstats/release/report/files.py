"""Files that were refused or held, and what became of the cells of all files."""

from dataclasses import dataclass

from govstats.release.report.figures import Figure, minute, number, ratio
from govstats.release.report.names import Names
from govstats.release.report.records import CellFates, Marts, Submission
from govstats.release.report.signs import Sign, sign
from govstats.release.report.words import Both

#: What becomes of a cell, by code of list ``cell_fate``, in the order of the columns.
FATES = ("observation", "label", "metadata", "ignorable", "unmapped")


@dataclass(frozen=True)
class FileLine:
    """One file that is not used, with the reason given to its sender.

    ``lines`` could be added to a layout so that such a file is read; '' where that is no help.
    """

    sign: Sign
    department: Both
    file: str
    received: str
    period: str
    code: str
    reason: Both
    lines: str


@dataclass(frozen=True)
class FateLine:
    """The cells of one department by fate; ``coverage`` is the part that was recognised."""

    name: Both
    files: str
    counts: list[str]
    total: str
    coverage: Figure
    is_total: bool = False


def held(marts: Marts) -> list[FileLine]:
    """Return every file that the audit keeps back."""
    return [_file(item, marts.names) for item in marts.submissions if item.status == "held"]


def refused(marts: Marts) -> list[FileLine]:
    """Return every file that could not be read."""
    return [_file(item, marts.names) for item in marts.submissions if item.status == "refused"]


def _file(item: Submission, names: Names) -> FileLine:
    return FileLine(
        sign=sign("submission_status", item.status, names.word("submission_status", item.status)),
        department=names.department(item.department_code),
        file=item.file,
        received=minute(item.received_at),
        period=item.time_period,
        code=item.reason_code or "",
        reason=_reason(item),
        lines=item.reason_lines or "",
    )


def _reason(item: Submission) -> Both:
    if item.reason_zh:
        return Both(item.reason_zh, item.reason_en or "")
    return Both("未记录原因，请查阅运行日志。", "No reason was recorded; see the log of the run.")


def fates(marts: Marts) -> list[FateLine]:
    """Return the cells by fate of every department and, where several, of all."""
    lines = [
        _fate_line(marts.names.department(fate.department_code), [fate]) for fate in marts.cells
    ]
    if len(lines) < 2:
        return lines
    return [*lines, _fate_line(Both("合计", "Total"), marts.cells, is_total=True)]


def fate_names(marts: Marts) -> list[Both]:
    """Return the words for the fates of a cell."""
    return [marts.names.word("cell_fate", code) for code in FATES]


def _fate_line(name: Both, parts: list[CellFates], is_total: bool = False) -> FateLine:
    counts = [sum(getattr(part, fate) for part in parts) for fate in FATES]
    total = sum(part.total for part in parts)
    return FateLine(
        name=name,
        files=number(sum(part.files for part in parts)),
        counts=[number(count) for count in counts],
        total=number(total),
        coverage=ratio(total - counts[-1], total),
        is_total=is_total,
    )
