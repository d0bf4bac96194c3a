"""What words in the fields of registers and ledgers may mean."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Codes:
    """Vocabularies of a field.

    ``units`` are symbols that may follow a figure; ``areas`` and ``departments`` map names, as
    ``squeeze`` writes them, to codes; ``epoch_1904`` tells how the file counts days.
    """

    units: frozenset[str]
    areas: Mapping[str, str]
    departments: Mapping[str, str]
    epoch_1904: bool = False
