"""A bulletin of one period, put together from the marts and the clerk's template."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import duckdb

from govstats.release.bulletin import facts as read_facts
from govstats.release.bulletin.facts import Facts
from govstats.release.bulletin.model import Block, Bulletin, Paragraph, Section, Table, Text
from govstats.release.bulletin.sections import WRITERS
from govstats.release.bulletin.sections.annexes import WRITERS as ANNEXES
from govstats.release.bulletin.template import SectionTemplate, Template, load
from govstats.release.bulletin.voice import Voice
from govstats.release.bulletin.wording import Filling, as_words
from govstats.settings import Settings

_NO_SECTION = SectionTemplate("", {}, (), {}, {})


def contents(
    connection: duckdb.DuckDBPyConnection,
    time_period: str,
    release: Mapping[str, Any],
    template: Template | None = None,
) -> Bulletin:
    """Return the bulletin of a period.

    Args:
        connection: a finished warehouse, open for reading.
        time_period: YYYY-MM, a period with judged targets.
        release: ``release_id``, and ``as_of`` for a rebuilt past.
        template: what the bulletin says, and in which order; the installation's if left out.

    Raises:
        GovstatsError: nothing was judged for the period, or the warehouse is not complete.
        KnowledgeError: the installation's template cannot be used.
    """
    template = template or load(Settings.from_environment().bulletin)
    facts = read_facts.read(connection, time_period)
    common = _common(facts, release)
    voice = _voice(template, facts, _NO_SECTION, common)
    return _numbered(
        Bulletin(
            release_id=str(release["release_id"]),
            period_end=facts.period_end,
            time_period=time_period,
            kind=facts.kind,
            title=_plain(voice, "title"),
            issuer=_plain(voice, "issuer"),
            sections=_sections(template, facts, common),
            annexes=_annexes(voice),
            notice=_notice(voice),
            addressee=_plain(voice, "addressee"),
            opening=_opening(voice),
            dated=_plain(voice, "dated"),
        )
    )


def _sections(
    template: Template, facts: Facts, common: Mapping[str, Filling]
) -> tuple[Section, ...]:
    """The sections of this kind of bulletin that have something to say, in the clerk's order."""
    sections: list[Section] = []
    for found in template.sections:
        voice = _voice(template, facts, found, common)
        blocks = tuple(WRITERS[found.section_id](voice)) if facts.kind in found.kinds else ()
        if blocks:
            sections.append(Section(found.section_id, _text(voice, found), blocks))
    return tuple(sections)


def _voice(
    template: Template, facts: Facts, section: SectionTemplate, common: Mapping[str, Filling]
) -> Voice:
    return Voice(template, facts, section, common)


def _common(facts: Facts, release: Mapping[str, Any]) -> dict[str, Filling]:
    return {
        "district": facts.district.name_zh,
        "city": facts.district.city_zh,
        "year": str(facts.period["report_year"]),
        "period": facts.period_zh,
        "as_of": str(release.get("as_of") or "") or None,
        "release": str(release["release_id"]),
    }


def _text(voice: Voice, section: SectionTemplate) -> str:
    return as_words(section.heading[voice.facts.kind].fill(voice.common, voice.missing))


def _filled(voice: Voice, name: str) -> Text:
    pattern = voice.template.texts[name].get(voice.facts.kind)
    return pattern.fill(voice.common, voice.missing) if pattern is not None else ()


def _plain(voice: Voice, name: str) -> str:
    return as_words(_filled(voice, name))


def _opening(voice: Voice) -> tuple[Paragraph, ...]:
    names = [name for name in voice.template.texts if name.startswith("opening ")]
    texts = [_filled(voice, name) for name in names]
    return tuple(Paragraph(text) for text in texts if text)


def _notice(voice: Voice) -> str:
    facts, sign = voice.facts, voice.template.demonstration_sign
    is_demo = read_facts.has_sign(facts.connection, facts.period_end, sign)
    return _plain(voice, "notice") if is_demo else ""


def _annexes(voice: Voice) -> tuple[Table, ...]:
    found: list[Table] = []
    for name, by_kind in voice.template.annexes.items():
        pattern = by_kind.get(voice.facts.kind)
        if pattern is not None and pattern.text:
            title = as_words(pattern.fill(voice.common, voice.missing))
            found += ANNEXES[name](voice, title)
    return tuple(found)


def _numbered(bulletin: Bulletin) -> Bulletin:
    """Give tables their numbers, in the order in which they stand."""
    count = 0
    sections = []
    for section in bulletin.sections:
        blocks: list[Block] = []
        for block in section.blocks:
            if isinstance(block, Table):
                count += 1
                blocks.append(replace(block, table_id=f"表{count}"))
            else:
                blocks.append(block)
        sections.append(replace(section, blocks=tuple(blocks)))
    annexes = tuple(
        replace(table, table_id=f"附表{n}") for n, table in enumerate(bulletin.annexes, 1)
    )
    return replace(bulletin, sections=tuple(sections), annexes=annexes)
