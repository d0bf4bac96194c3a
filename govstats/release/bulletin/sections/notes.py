"""Notes on scope, revisions and the quality of the data."""

from govstats.release.bulletin.model import Block, Text
from govstats.release.bulletin.rows import Row
from govstats.release.bulletin.sections.headline import headline
from govstats.release.bulletin.voice import PARTS, Voice

#: Status of a figure that is published before it is final.
_PROVISIONAL = "P"


def write(voice: Voice) -> list[Block]:
    """Return the notes in the order in which they are asked for."""
    blocks: list[Block] = [*voice.says("scope"), *_bases(voice), *_proxies(voice)]
    blocks += _provisional(voice)
    corrected = [row for row in voice.facts.progress if row["n_corrected"]]
    blocks += voice.says("corrections", n=str(len(corrected))) if corrected else []
    return [*blocks, *_revisions(voice), *_findings(voice), *_held(voice), *voice.says("source")]


def _bases(voice: Voice) -> list[Block]:
    """On what basis the headline's growths are, the indicators of one basis together."""
    bases: dict[str, list[str]] = {}
    for row in headline(voice):
        if row["kind"] == "growth" and row.has("growth_basis"):
            basis = voice.facts.word("growth_basis", row["growth_basis"])
            bases.setdefault(basis, []).append(row.words("indicator_zh"))
    items = [
        voice.text("growth_bases_item", name="、".join(dict.fromkeys(names)), basis=basis)
        for basis, names in bases.items()
    ]
    return [*voice.says("growth_bases", items=voice.listed(items, PARTS))] if items else []


def _proxies(voice: Voice) -> list[Block]:
    items: list[Text] = [
        (row.words("proxy_zh").rstrip("。"),) for row in voice.facts.progress if row["proxy_zh"]
    ]
    return [*voice.says("proxies", items=voice.listed(items, PARTS))] if items else []


def _provisional(voice: Voice) -> list[Block]:
    names = [
        (row.words("name_zh"),) for row in voice.facts.progress if row["obs_status"] == _PROVISIONAL
    ]
    return [*voice.says("provisional", items=voice.listed(names))] if names else []


def _revisions(voice: Voice) -> list[Block]:
    words = voice.facts.overview_words("fct_revision")
    blocks: list[Block] = [*voice.says("revisions", words=words)] if words else []
    if not voice.facts.revisions:
        return [*blocks, *voice.says("revised_none")]
    return [*blocks, *voice.says("revised", n=str(len(voice.facts.revisions)))]


def _findings(voice: Voice) -> list[Block]:
    rows = voice.facts.findings
    if not rows:
        return [*voice.says("findings_none")]
    counts = _by_department(rows)
    items = [
        voice.text("findings_item", department=name or voice.missing, n=str(n))
        for name, n in counts.items()
    ]
    return [*voice.says("findings", n=str(len(rows)), items=voice.listed(items))]


def _by_department(rows: list[Row]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in rows:
        name = row.words("department_zh")
        counts[name] = counts.get(name, 0) + 1
    return dict(sorted(counts.items(), key=lambda pair: -pair[1]))


def _held(voice: Voice) -> list[Block]:
    rows = voice.facts.held
    items: list[Text] = [(f"{row.words('department_zh')}“{row.verbatim('file')}”",) for row in rows]
    return [*voice.says("held", n=str(len(rows)), items=voice.listed(items))] if rows else []
