"""The demonstration without its planted faults: what a faultless year of reports looks like.

``python -m demo --clean`` and ``bench.seeding``, which plants errors of its own, use it. What
the demonstration gets wrong on purpose stands under keys of its own and is left out here; where
a fault stands among the ordinary values, ``clean.yml`` says what is right.
"""

from dataclasses import replace
from typing import Any

from demo.periods import Period
from demo.records import Knowledge, Published, SeriesKey
from demo.tables import FOLDER, number, read_yaml
from govstats.errors import KnowledgeError

#: Keys of a sheet's schedule that make it late, missing or handed in twice.
FAULTY_SCHEDULE = ("received", "missing")
#: Keys of a sheet that untidy or falsify cells.
FAULTY_CELLS = ("messy", "cells")


def cleaned(knowledge: Knowledge) -> Knowledge:
    """The same knowledge without untidy cells, planted wrong figures, words, stages, ranks and
    completions, late or missing reports and second editions.

    Raises:
        KnowledgeError: ``clean.yml`` names an entry that is not there, or gives no number.
    """
    right = read_yaml(FOLDER / "clean.yml")
    figures = {
        (figure.key, figure.measure, figure.period): figure
        for figure in (_figure(entry, knowledge.district) for entry in right["figures"])
    }
    published = [
        figure
        for figure in knowledge.published
        if (figure.key, figure.measure, figure.period) not in figures
    ]
    sheets = {name: _without_faults(sheet) for name, sheet in knowledge.sheets.items()}
    for change in right["entries"]:
        sheets[change["sheet"]] = _with_right_entry(sheets[change["sheet"]], change)
    kept = (*published, *figures.values())
    return replace(knowledge, messes=(), revisions=(), published=kept, sheets=sheets)


def _figure(entry: dict[str, Any], district: str) -> Published:
    """A figure that stands in its cell exactly, as a published one does, and is simulated."""
    value = number(str(entry["value"]), f"demo/clean.yml {entry['indicator']}")
    period = Period.parse(str(entry["period"]))
    key = SeriesKey(entry["indicator"], district)
    return Published(key, entry["measure"], period, 1, value, entry["unit"], "simulated", "")


def _without_faults(sheet: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in sheet.items() if key not in FAULTY_CELLS}
    if "schedule" in kept:
        habit = kept["schedule"]
        kept["schedule"] = {key: habit[key] for key in habit if key not in FAULTY_SCHEDULE}
    return kept


def _with_right_entry(sheet: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    key, name = sheet.get("key", "name"), change["entry"]
    entries = [
        entry | change["fields"] if entry.get(key) == name else entry for entry in sheet["entries"]
    ]
    if entries == sheet["entries"]:
        raise KnowledgeError(f"demo/clean.yml: {name} is not mended", f"see {change['sheet']}.yml")
    return sheet | {"entries": entries}
