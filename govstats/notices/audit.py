"""Notices of what the audit decided: submissions set aside, a release held, a sign-off wanted."""

from collections import defaultdict
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from govstats.notices import names
from govstats.notices.model import BUREAU, Notice, keyed, numbered
from govstats.settings import Settings

#: Characters of the gate's text that are told; the report has all of it.
_LONGEST = 1200


def audited(settings: Settings, release_id: str, decision: Mapping[str, Any]) -> tuple[Notice, ...]:
    """Return what is to be told after an audit: submissions set aside, the release held.

    Args:
        settings: the installation.
        release_id: the candidate that was audited.
        decision: the gate's decision as kept in ``gate.json``.

    Raises:
        KnowledgeError: the table of departments is damaged.
    """
    aside = held(settings, decision)
    return aside if decision["released"] else (*aside, release_held(release_id, decision))


def held(settings: Settings, decision: Mapping[str, Any]) -> tuple[Notice, ...]:
    """Return what is to be told of submissions that the audit holds.

    Each department is told of its own, the bureau of all of them. A submission that is held for
    the same findings again is the same thing told.

    Raises:
        KnowledgeError: the table of departments is damaged.
    """
    circles: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for each in decision["held"]:
        for circle in (each["department_code"], BUREAU):
            if circle is not None:
                circles[circle].append(each)
    short = names.departments(settings)
    return tuple(
        _held(circle, short.get(circle, circle), theirs)
        for circle, theirs in sorted(circles.items())
    )


def _held(circle: str, short_name: str, submissions: list[Mapping[str, Any]]) -> Notice:
    is_bureau = circle == BUREAU
    named = numbered([f"{each['file']}：{each['reason_zh']}" for each in submissions], "份")
    return Notice(
        title=f"报表暂缓采用：{'共' if is_bureau else short_name} {len(submissions)} 份",
        body=f"以下报表未通过强制性审核，数据暂不采用：\n{named}\n"
        "请改正后另存为新文件名重新报送；数据确实无误的，请书面说明情况。",
        kind="warning",
        departments=() if is_bureau else (circle,),
        keys=tuple(keyed(circle, _held_name(each)) for each in submissions),
    )


def _held_name(submission: Mapping[str, Any]) -> str:
    findings = ",".join(sorted(submission["finding_ids"]))
    return f"held:{submission['submission_id']}:{sha256(findings.encode()).hexdigest()[:10]}"


def release_held(release_id: str, decision: Mapping[str, Any]) -> Notice:
    """Return what the bureau is told of a candidate that the gate keeps back."""
    return Notice(
        title=f"统计数据暂缓发布：{release_id}",
        body=f"{shortened(decision['text_zh'])}\n上一版数据继续有效。",
        kind="failure",
        keys=(keyed(BUREAU, f"release-held:{release_id}"),),
    )


def sign_off_wanted(request: Mapping[str, Any]) -> Notice:
    """Return what the bureau is told of a candidate that waits to be signed off.

    Args:
        request: what ``pipeline.sign_off_request`` says: ``release_id`` and ``body``.
    """
    release_id = request["release_id"]
    return Notice(
        title=f"统计数据待签发：{release_id}",
        body=f"{shortened(request['body'])}\n"
        "请核对审核报告后，在 Airflow 界面“待操作的任务实例”中选择“同意发布”或“退回”。"
        "签发之前，上一版数据继续有效。",
        kind="info",
        keys=(keyed(BUREAU, f"sign-off:{release_id}"),),
    )


def published(manifest: Mapping[str, Any]) -> Notice:
    """Return what the bureau is told of a new release.

    Args:
        manifest: the content of ``release.json``.
    """
    counts, signed = manifest["counts"], manifest.get("signed")
    lines = [
        f"版本：{manifest['release_id']}，最新报告期 {manifest['latest_period']}。",
        f"报表 {counts['submissions']} 份（退回 {counts['refused']} 份、暂缓采用"
        f" {counts['held']} 份），审核意见 {counts['findings']} 条"
        f"（待说明 {counts['unexplained']} 条）。",
    ]
    if signed:
        lines.append(f"签发人：{signed['decided_by']}。")
    return Notice(
        title=f"统计数据已发布：{manifest['release_id']}",
        body="\n".join(lines),
        kind="success",
        keys=(keyed(BUREAU, f"published:{manifest['release_id']}"),),
    )


def shortened(text: str) -> str:
    """Return a text of at most some 1,200 characters, cut where a line ends if it can be."""
    if len(text) <= _LONGEST:
        return text
    whole_lines = text[:_LONGEST].rpartition("\n")[0]
    return f"{whole_lines or text[:_LONGEST]}\n……（全文见审核报告）"
