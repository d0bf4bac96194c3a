"""The texts a template may have, and the places each of them may use.

What stands here is the frame: sentences and their places. The words are the clerk's, in
``bulletin/template.yml``; ``bulletin/README.md`` says what each place holds.
"""

from collections.abc import Mapping

#: Places that every text may use.
COMMON = ("district", "city", "year", "period", "as_of", "release")

_COUNTS = ("n_targets", "states", "lights", "share")
_LIST = ("n", "items")
_ITEM = ("name", "progress", "demand", "status", "light", "lead")
_NAMED = ("name", "lead", "path", "completion", "stage", "state")

#: Turns of phrase that carry a direction or a comparison; which one is used, the figure decides.
PHRASES: Mapping[str, tuple[str, ...]] = {
    "missing": (),
    "no_data": ("reason",),
    "rise": ("size",),
    "fall": ("size",),
    "flat": (),
    "cut": ("size",),
    "grown": ("size",),
    "uncut": (),
    "above": ("than", "size"),
    "below": ("than", "size"),
    "even": ("than",),
    "faster": ("path", "size"),
    "slower": ("path", "size"),
    "abreast": ("path",),
    "target": (),
    "last_year": (),
    "city_average": (),
    "all_above": ("size",),
    "lowest_below": ("size",),
    "lowest_even": (),
    "level": ("actual", "completion", "pace", "short"),
    "works": ("actual", "wanted", "pace", "trouble"),
    "growth": ("growth", "comparison"),
    "value": ("actual", "comparison"),
    "short": ("size",),
    "count": ("word", "n"),
    "rank": ("n", "rank"),
    "by_level": (),
    "by_growth": (),
    "by_completion": (),
    "places_won": ("n",),
    "places_lost": ("n",),
    "places_kept": (),
}

#: Sentences of each section.
SECTIONS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "overall": {
        "counts": _COUNTS,
        "main": ("section", *_COUNTS),
        "growths": ("items",),
        "growths_item": ("name", "growth"),
        "sections": ("items",),
        "sections_item": ("section", "share", "n_targets"),
        "departments": ("items",),
        "departments_item": ("department", "n"),
    },
    "headline": {
        "ground": ("linear",),
        "item": ("name", "clauses"),
        "clause": _ITEM,
        "clause_no_data": _ITEM,
        "none": (),
    },
    "paths": {
        "ahead_heading": (),
        "behind_heading": (),
        "no_data_heading": (),
        "met": _LIST,
        "ahead": _LIST,
        "ahead_item": _ITEM,
        "ahead_none": (),
        "on_path": _LIST,
        "behind": ("n", "lights"),
        "behind_red": (*_LIST, "headline", "rest"),
        "behind_yellow": (*_LIST, "headline", "rest"),
        "behind_item": _ITEM,
        "behind_none": (),
        "overdue": _LIST,
        "overdue_item": ("name", "due", "required", "stage"),
        "no_data": ("n", "items"),
        "no_data_item": ("reason", "n", "names"),
        "no_data_none": (),
    },
    "turned": {
        "counts": ("words",),
        "first": (),
        "group": ("movement", "n", "items"),
        "item": ("name", "previous", "status"),
        "none": (),
        "changes": _LIST,
        "changes_none": (),
    },
    "peers": {
        "counts": ("words",),
        "item": ("name", "actual", "growth", "comparison", "basis", "rank"),
        "none": (),
    },
    "areas": {
        "counts": ("words",),
        "indicator": ("name", "basis", "parts"),
        "states": ("states",),
        "path": ("path",),
        "best": ("items",),
        "worst": ("items",),
        "tied": (),
        "area": ("name", "rank", "value"),
        "none": (),
    },
    "works": {
        "projects_heading": (),
        "projects": ("words",),
        "projects_attention": ("state", "n", "items"),
        "projects_item": _NAMED,
        "projects_none": (),
        "livelihood_heading": (),
        "livelihood": ("words",),
        "livelihood_attention": ("state", "n", "items"),
        "livelihood_item": _NAMED,
        "livelihood_none": (),
    },
    "duties": {
        "counts": ("words",),
        "late": _LIST,
        "late_item": ("department", "sheet", "days"),
        "missing": _LIST,
        "missing_item": ("department", "sheet"),
        "held": _LIST,
        "held_item": ("department", "sheet"),
        "all_on_time": (),
        "none": (),
    },
    "outlook": {
        "ground": (),
        "item": ("name", "outlook", "completion", "remaining", "needed", "pace", "range"),
        "rest": ("months", "items"),
        "rest_item": ("name", "remaining", "needed", "pace"),
        "none": (),
    },
    "next": {
        "red": ("n", "items"),
        "red_none": (),
        "findings": _LIST,
        "text": (),
    },
    "notes": {
        "scope": (),
        "growth_bases": ("items",),
        "growth_bases_item": ("name", "basis"),
        "proxies": ("items",),
        "provisional": ("items",),
        "corrections": ("n",),
        "revisions": ("words",),
        "revised": ("n",),
        "revised_none": (),
        "findings": ("n", "items"),
        "findings_item": ("department", "n"),
        "findings_none": (),
        "held": ("n", "items"),
        "source": (),
    },
}

#: Tables that a section may have, and tables at the end.
TABLES: Mapping[str, tuple[str, ...]] = {
    "overall": ("sections",),
    "headline": ("targets",),
    "paths": ("behind",),
    "turned": ("turned",),
    "peers": ("peers",),
    "areas": ("areas",),
    "works": ("projects", "livelihood"),
    "duties": ("duties",),
    "outlook": ("outlook",),
}
CHARTS: Mapping[str, tuple[str, ...]] = {
    "headline": ("paths", "completion"),
    "areas": ("ranks",),
}
ANNEXES = ("targets", "areas", "projects", "revisions", "findings", "systems")
