"""Notices of what came in and cannot be used: refused files, files that are not in order."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from govstats import observations
from govstats.intake import Survey, survey
from govstats.notices import journal, names
from govstats.notices.model import BUREAU, Notice, keyed, numbered
from govstats.settings import Settings


@dataclass(frozen=True)
class _Trouble:
    """One file with something wrong: whose it is, what, and the name under which it is told."""

    name: str
    department_code: str | None
    text_zh: str


def refused(settings: Settings) -> tuple[Notice, ...]:
    """Return what is to be told of files that were refused or lie where they do not belong.

    Each department is told of its own files, the bureau of all of them in one notice. What was
    told to that circle before is left out.

    Raises:
        GovstatsError: the ledger or a table is damaged.
    """
    summaries = observations.read_summaries(settings.facts / observations.reader_key(settings))
    troubles = tuple(_troubles(survey(settings), summaries))
    known = journal.told(settings)
    circles: defaultdict[str, list[_Trouble]] = defaultdict(list)
    for each in troubles:
        for circle in (each.department_code, BUREAU):
            if circle is not None and keyed(circle, each.name) not in known:
                circles[circle].append(each)
    short = names.departments(settings)
    return tuple(
        _notice(circle, short.get(circle, circle), theirs)
        for circle, theirs in sorted(circles.items())
    )


def _notice(circle: str, short_name: str, troubles: list[_Trouble]) -> Notice:
    is_bureau = circle == BUREAU
    named = numbered([each.text_zh for each in troubles], "份")
    return Notice(
        title=f"报表收件有问题：{'共' if is_bureau else short_name} {len(troubles)} 份",
        body=f"以下文件收件时发现问题：\n{named}\n"
        "请按各条提示处理；需要修订的报表，另存为新文件名重新报送。",
        kind="warning",
        departments=() if is_bureau else (circle,),
        keys=tuple(keyed(circle, each.name) for each in troubles),
    )


def _troubles(found: Survey, summaries: Mapping[str, Mapping[str, Any]]) -> Iterable[_Trouble]:
    for entry in found.entries:
        refusal = summaries.get(entry.submission_id, {}).get("refusal")
        if refusal:
            parts = (entry.file, refusal["sheet"], refusal["cell"])
            where = " ".join(part for part in parts if part)
            yield _Trouble(
                f"refused:{entry.submission_id}",
                entry.department_code,
                f"{where}：{refusal['text_zh']}",
            )
    for problem in found.problems:
        yield _Trouble(
            f"{problem.kind}:{problem.file}",
            problem.department_code,
            f"{problem.file}：{problem.found_zh}。处理办法：{problem.remedy_zh}。",
        )
