"""The sections of the bulletin: each says what it has to say about one period."""

from collections.abc import Callable, Mapping

from govstats.release.bulletin.model import Block
from govstats.release.bulletin.sections import (
    areas,
    duties,
    headline,
    notes,
    outlook,
    overall,
    paths,
    peers,
    tasks,
    turned,
    works,
)
from govstats.release.bulletin.voice import Voice

#: Blocks of each section, by its id in the template.
WRITERS: Mapping[str, Callable[[Voice], list[Block]]] = {
    "overall": overall.write,
    "headline": headline.write,
    "paths": paths.write,
    "turned": turned.write,
    "peers": peers.write,
    "areas": areas.write,
    "works": works.write,
    "duties": duties.write,
    "outlook": outlook.write,
    "next": tasks.write,
    "notes": notes.write,
}
