"""Where a file belongs: the department and period that its folders name."""

import csv
import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from govstats.settings import Settings

_PERIOD = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
#: Controls, bytes that are no UTF-8, ends of lines and paragraphs.
_UNWRITABLE = ("Cc", "Cs", "Zl", "Zp")
_IGNORED_PREFIXES = (".", "~$")
_IGNORED_SUFFIXES = (".part", ".tmp", ".crdownload")
#: Attempts at a listing while somebody moves folders about.
_LISTINGS = 5


@dataclass(frozen=True)
class Place:
    """A department and a period (YYYY-MM) as codes."""

    department_code: str
    time_period: str


@dataclass(frozen=True)
class Registry:
    """Names of departments and the legal periods, from the seeds."""

    departments: dict[str, str]
    periods: frozenset[str]

    @classmethod
    def load(cls, settings: Settings) -> "Registry":
        """Read ``department_aliases`` and ``calendar``."""
        seeds = settings.dbt_project / "seeds"
        aliases = {
            _plain(row["alias"]): row["department_code"]
            for row in _rows(seeds / "department_aliases.csv")
        }
        codes = {code: code for code in aliases.values()}
        periods = frozenset(row["period_end"][:7] for row in _rows(seeds / "calendar.csv"))
        return cls(codes | aliases, periods)

    def place(self, relative: Path) -> Place | None:
        """Return the place that ``<department>/<YYYY-MM>/<file>`` names, or None."""
        if len(relative.parts) != 3:
            return None
        department = self.departments.get(_plain(relative.parts[0]))
        period = relative.parts[1]
        if department is None or not _PERIOD.fullmatch(period) or period not in self.periods:
            return None
        return Place(department, period)


def candidates(raw: Path) -> list[Path]:
    """Files below ``data/raw`` that may be submissions, as sorted relative paths.

    Hidden files, office lock files and unfinished uploads are left alone, and so are the
    files that lie directly in ``data/raw``, such as the ledger.
    """
    relative = (path.relative_to(raw) for path in _files(raw))
    return sorted(path for path in relative if len(path.parts) > 1 and not ignored(path))


def _files(raw: Path) -> list[Path]:
    """Every file below a folder, listed again where one of its folders vanishes meanwhile."""
    for _ in range(_LISTINGS - 1):
        with suppress(FileNotFoundError, NotADirectoryError):
            return [path for path in raw.rglob("*") if path.is_file()]
    return [path for path in raw.rglob("*") if path.is_file()]


def leads_outside(raw: Path, file: Path) -> bool:
    """Whether a link takes the file from somewhere else; nothing outside is ever read."""
    return (raw / file).resolve() != raw.resolve() / file


def is_writable(file: Path) -> bool:
    """Whether a ledger and a log can hold the name: no controls, line ends or broken signs."""
    return not any(unicodedata.category(sign) in _UNWRITABLE for sign in file.as_posix())


def written(file: Path) -> str:
    """Return a name as text of one line; what cannot be written stands there as its code."""
    return "".join(
        sign.encode("unicode_escape").decode()
        if unicodedata.category(sign) in _UNWRITABLE
        else sign
        for sign in file.as_posix()
    )


def ignored(path: Path) -> bool:
    """Whether a path below ``data/raw`` is no submission: hidden, a lock, half uploaded."""
    hidden = any(part.startswith(_IGNORED_PREFIXES) for part in path.parts)
    return hidden or path.suffix.lower() in _IGNORED_SUFFIXES


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))
