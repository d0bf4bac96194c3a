"""Loads what is known about sheets."""

from govstats.layouts.reading import Knowledge
from govstats.layouts.seeds import load_seeds
from govstats.settings import Settings


def load_knowledge(settings: Settings) -> Knowledge:
    """Layouts and tables of an installation.

    Raises:
        KnowledgeError: a file is wrong: file, line, what was found and what is allowed.
    """
    # Imported here: reader processes import this module and need neither YAML nor schema.
    from govstats.layouts.loader import load_forms, load_layouts

    seeds = load_seeds(settings.dbt_project / "seeds")
    forms = load_forms(settings.layouts, seeds)
    return Knowledge(load_layouts(settings.layouts, seeds), seeds, forms)
