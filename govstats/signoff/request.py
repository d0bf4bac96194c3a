"""What a person who signs is asked: the release, the gate's words, what is new, where to read."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from govstats.release import releases
from govstats.settings import Settings
from govstats.warehouse import candidate, pending

_LONGEST = 3000
#: Ends the Chinese half of the release notes.
_RULE = "\n---\n"


@dataclass(frozen=True)
class Request:
    """A request for a decision: the release, a headline, and a text in Markdown, both Chinese."""

    release_id: str
    subject: str
    body: str


def request(settings: Settings, release_id: str) -> Request:
    """Put into words what is to be decided about an audited candidate.

    Raises:
        GovstatsError: the candidate is not there or not audited.
    """
    gate = candidate.decision(settings, release_id)
    here = candidate.folder(settings, release_id)
    inputs = json.loads((here / "inputs.json").read_text(encoding="utf-8"))
    period = inputs["latest_period"]
    parts = [
        _facts(settings, release_id, period, gate),
        f"**审核结论**\n\n{gate['text_zh']}",
        _news(here),
        f"**核对材料**\n\n- 审核报告：`{here / 'validation' / 'index.html'}`\n"
        f"- 发布说明：`{here / 'notes.md'}`",
        "选择“同意发布”即以本人名义签发；选择“退回”时请在“意见”中写明理由。"
        "本次签发只对这一候选版有效，数据、规则或程序有变动须重新签发。",
    ]
    body = "\n\n".join(part for part in parts if part)
    return Request(release_id, f"统计数据发布签发：{period}（{release_id}）", body)


def sign_off_request(settings: Settings) -> dict[str, str] | None:
    """Return the request for the newest audited candidate as a dictionary, None where none waits.

    Raises:
        ReleaseHeld: a hard finding holds it, and no signature lets it pass.
    """
    release_id = pending.newest(settings)
    if release_id is None:
        return None
    candidate.stop_if_held(settings, release_id)
    return asdict(request(settings, release_id))


def _facts(settings: Settings, release_id: str, period: str, gate: dict[str, Any]) -> str:
    counts = gate["counts"]
    shown = releases.current_id(settings)
    rows = [
        ("候选版", f"`{release_id}`"),
        ("最新报告期", period),
        ("现行版", f"`{shown}`" if shown else "尚未发布过"),
        ("强制性审核意见", f"{counts['hard']} 条"),
        ("核实性审核意见", f"{counts['soft']} 条"),
        ("提示", f"{counts['info']} 条"),
        ("暂缓采用的报表", f"{len(gate.get('held', ()))} 份"),
    ]
    return "\n".join(f"- {name}：{value}" for name, value in rows)


def _news(here: Path) -> str:
    """The Chinese half of the release notes without its heading, cut where it is long."""
    notes = here / "notes.md"
    if not notes.is_file():
        return ""
    text = notes.read_text(encoding="utf-8").partition(_RULE)[0]
    told = "\n".join(_bold(line) for line in text.split("\n")[1:]).strip()
    if len(told) > _LONGEST:
        told = told[:_LONGEST].rpartition("\n")[0] + "\n\n……（其余见发布说明）"
    return told


def _bold(line: str) -> str:
    """A heading within the text of a form is only a bold line."""
    return f"**{line.lstrip('# ')}**" if line.startswith("#") else line
