"""What is a reason, and what only looks like one."""

import csv
import re
from collections.abc import Iterable

from govstats.errors import GovstatsError, KnowledgeError
from govstats.settings import Settings
from govstats.yamlfile import read_yaml

_MARKS = re.compile(r"[\W_]+")
_CHINESE = re.compile("[一-鿿]")


def check(settings: Settings, reason: str) -> None:
    """Say why a text is no reason; a reason passes in silence.

    Raises:
        GovstatsError: it is not Chinese, or too little is left of it without boilerplate.
        KnowledgeError: the table of boilerplate or the least length is missing.
    """
    if not _CHINESE.search(reason):
        raise GovstatsError(
            f"the reason “{reason}” is not in Chinese",
            "the bureau and the department read it in the report: write it in Chinese",
        )
    least = whole_number(settings, "shortest_reason")
    left = without(reason, boilerplate(settings))
    if len(_MARKS.sub("", left)) < least:
        raise GovstatsError(
            f"“{reason}” explains nothing: fewer than {least} characters are left of it without "
            "boilerplate (seed boilerplate)",
            "say what went wrong in the sheet and how the right figure is known",
        )


def without(text: str, phrases: Iterable[str]) -> str:
    """Return what is left of a text without some phrases, the longest taken out first."""
    for phrase in sorted(phrases, key=len, reverse=True):
        text = text.replace(phrase, "")
    return text


def boilerplate(settings: Settings) -> list[str]:
    """Return the phrases that explain nothing.

    Raises:
        KnowledgeError: their table is missing.
    """
    path = settings.dbt_project / "seeds" / "boilerplate.csv"
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return [row["phrase"] for row in csv.DictReader(stream)]
    except (FileNotFoundError, KeyError) as error:
        raise KnowledgeError(
            "dbt_project/seeds/boilerplate.csv is missing or has no column phrase",
            "restore it from the project",
        ) from error


def whole_number(settings: Settings, variable: str) -> int:
    """Return a number that the dbt project keeps among its variables.

    Raises:
        KnowledgeError: it is not there.
    """
    name = "dbt_project.yml"
    try:
        return int(read_yaml(settings.dbt_project / name, name)["vars"][variable])
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise KnowledgeError(
            f"{name} has no whole number vars: {variable}", "restore it from the project"
        ) from error
