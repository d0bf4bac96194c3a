"""Knowledge: whether layouts, audit rules and the bulletin's template can be read."""

from collections.abc import Iterator

from govstats.doctor.model import Check, ok
from govstats.layouts.loader import load_layouts
from govstats.layouts.seeds import load_seeds
from govstats.release.bulletin import template
from govstats.rules.loader import load_rules
from govstats.settings import Settings


def checks(settings: Settings, thorough: bool) -> Iterator[Check]:
    """Read what people maintain; ``thorough`` makes no difference here.

    Raises:
        KnowledgeError: the first of them that has mistakes, in its own words.
    """
    del thorough
    seeds = load_seeds(settings.dbt_project / "seeds")
    yield ok("layouts", f"{len(load_layouts(settings.layouts, seeds))} read")
    yield ok("audit rules", f"{len(load_rules(settings.expectations))} read")
    yield ok("bulletin", f"{len(template.load(settings.bulletin).sections)} sections read")
