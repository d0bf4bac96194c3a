"""The trend of the audit over releases: one line per release in ``data/releases/history.csv``.

A line is written before the release becomes the current one and is never changed after, so that
the trend outlives the releases themselves, of which only the last few are kept.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import duckdb

from govstats.errors import GovstatsError
from govstats.files import write_atomic
from govstats.numbers import plain
from govstats.settings import Settings

FILE = "history.csv"

#: One number per column of ``Point`` after the first three, in the same order.
_MEASURES = """
select
    (select count(*) from marts.fct_rule_result) as rules,
    count(*) filter (where severity = 'hard') as hard,
    count(*) filter (where severity = 'soft') as soft,
    count(*) filter (where severity = 'soft' and state in ('open', 'rejected', 'lapsed')) as open,
    count(*) filter (where state = 'explained') as explained,
    count(*) filter (where severity = 'info') as info,
    (select count(*) from marts.fct_submission where status = 'held') as held_submissions,
    count(*) filter (where state = 'overridden') as overridden,
    (select count(*) from marts.fct_figure_coverage) as figures,
    (
        select round(cast(100.0 * count(*) filter (where is_touched) / nullif(count(*), 0)
            as decimal(9, 6)), 2)
        from marts.fct_figure_coverage
    ) as touched_pct
from marts.fct_validation_finding
"""


@dataclass(frozen=True)
class Point:
    """How one release fared: findings by weight and state, figures in use and their coverage.

    ``hard``, ``soft`` and ``info`` count findings by weight; ``open`` the soft ones without an
    accepted explanation; ``touched_pct`` is the share of the figures in use that at least one
    rule compares with another figure or a limit, None where there is no figure.
    """

    release_id: str
    published_at: str
    latest_period: str
    rules: int
    hard: int
    soft: int
    open: int
    explained: int
    info: int
    held_submissions: int
    overridden: int
    figures: int
    touched_pct: Decimal | None


def measure(warehouse: Path, release: Mapping[str, Any]) -> Point:
    """Return the point of an audited warehouse.

    Args:
        warehouse: the audited file, which is only read.
        release: ``release_id``, ``latest_period`` and, once published, ``published_at``.
    """
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        numbers = connection.execute(_MEASURES).fetchone()
    assert numbers is not None  # noqa: S101 - aggregates always give one row
    texts: list[Any] = [release.get(field.name, "") for field in fields(Point)[:3]]
    return Point(*texts, *numbers)


def read(settings: Settings) -> list[Point]:
    """Return the points of all releases ever published, in the order of their publishing.

    Raises:
        GovstatsError: the file was changed by hand and cannot be read; names the line.
    """
    path = settings.releases / FILE
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        return [_point(row, number) for number, row in enumerate(csv.DictReader(handle), start=2)]


def append(settings: Settings, point: Point) -> bool:
    """Add a release's point at the end; one that is there already stays as it is.

    Returns:
        Whether a line was added.
    """
    before = read(settings)
    if any(each.release_id == point.release_id for each in before):
        return False
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(field.name for field in fields(Point))
    writer.writerows(map(plain, asdict(each).values()) for each in (*before, point))
    write_atomic(settings.releases / FILE, text.getvalue().encode())
    return True


def _point(row: Mapping[str, str], number: int) -> Point:
    try:
        *texts, touched = [row[field.name] for field in fields(Point)]
        values: list[Any] = [*texts[:3], *map(int, texts[3:])]
        values.append(Decimal(touched) if touched else None)
        return Point(*values)
    except (KeyError, TypeError, ValueError, InvalidOperation) as error:
        raise GovstatsError(
            f"{FILE} line {number} cannot be read: {error}",
            f"restore releases/{FILE} from a backup; only publishing writes it",
        ) from None
