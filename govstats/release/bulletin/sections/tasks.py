"""What is to be done next: by the departments of red lights, and by those who owe words."""

from govstats.release.bulletin.model import Block
from govstats.release.bulletin.sections.paths import behind
from govstats.release.bulletin.voice import Voice


def write(voice: Voice) -> list[Block]:
    """Return the clerk's sentences with the departments they concern."""
    red = [row.words("lead_zh") for row in behind(voice) if row["light"] == "red"]
    names = [name for name in dict.fromkeys(red) if name]
    blocks: list[Block] = []
    if names:
        listed = voice.listed((name,) for name in names)
        blocks += voice.says("red", n=str(len(red)), items=listed)
    else:
        blocks += voice.says("red_none")
    owing = [row.words("department_zh") for row in voice.facts.findings]
    departments = [name for name in dict.fromkeys(owing) if name]
    if departments:
        listed = voice.listed((name,) for name in departments)
        blocks += voice.says("findings", n=str(len(owing)), items=listed)
    return [*blocks, *voice.says("text")]
