"""What each column of a table is: serial number, code, label, translation, unit, figures."""

from collections.abc import Mapping, Sequence

from govstats.anatomy import times
from govstats.anatomy.evidence import (
    MOST,
    Column,
    are_all_years,
    are_codes,
    are_months,
    are_units,
    are_years,
    counts_up,
    goes_up,
    sample,
)
from govstats.anatomy.view import DATE, NUMBER, TEXT, View
from govstats.anatomy.words import has_han, header_role, is_foreign, year_stem
from govstats.layouts.labels import squeeze

#: Share of the rows that a key must tell apart.
_KEY = 0.97
_FEWEST_SERIAL = 3
_HALF = 0.5
#: Rows from which on it tells something that a column has no label twice.
_FEWEST_KEYS = 3

#: Roles of columns left of the figures.
STUB_ROLES = ("serial", "code", "label", "period", "month", "english", "unit")
#: Those whose words make up the name of a row.
NAMING_ROLES = ("label", "period", "month")


def column_roles(
    view: View,
    columns: range,
    heads: Mapping[int, str],
    data: Sequence[int],
    headings: frozenset[int] = frozenset(),
    joined: frozenset[int] = frozenset(),
) -> dict[int, str]:
    """Role of every column of a table that holds anything.

    Args:
        heads: what each column's header says, its levels joined.
        data: rows of figures.
        headings: columns in which words stand between the rows of figures.
        joined: columns over which the header of the column to their left is merged.

    Returns:
        column → serial, code, label, period, english, unit (these name rows), figure, text,
        year (of the figures beside it), stray (numbers without a header that count rows or
        repeat pieces of their labels).
    """
    rows = sample(data)
    all_columns = [
        Column(view, number, rows, heads.get(number, ""), number in joined) for number in columns
    ]
    used = [
        column
        for column in all_columns
        if column.kinds.strip() or column.head or column.number in headings
    ]
    roles = _stub_roles(used)
    others = [column for column in used if column.number not in roles]
    first = _first_headed(others) if any(heads.get(number) for number in roles) else 0
    return roles | {
        column.number: _other_role(column, others, is_before=column.number < first)
        for column in others
    }


def _first_headed(others: Sequence[Column]) -> int:
    """The first column with a header where several have one; 0 where the header says little."""
    headed = [column.number for column in others if column.head]
    return headed[0] if len(headed) > 1 else 0


def _stub_roles(used: Sequence[Column]) -> dict[int, str]:
    """Roles of the columns that name rows, from the left until figures or details begin."""
    roles: dict[int, str] = {}
    names: list[Column] = []
    for at, column in enumerate(used):
        role = _stub_role(column, names, list(used[at + 1 :]))
        if role is None:
            break
        roles[column.number] = role
        if role in NAMING_ROLES:
            names.append(column)
    return roles


def _stub_role(column: Column, names: list[Column], rest: list[Column]) -> str | None:
    """The role of a column that names rows; None from the first column on that does not."""
    named = header_role(column.head)
    if named == "unit" or (names and column.texts and are_units(column)):
        return "unit"
    if names and _is_translation(column, names):
        return "english"
    if named == "code" and column.texts:
        return "code"
    if named == "time" and names and are_months(column):
        return "month"
    if names and column.is_joined and column.texts and not column.is_numeric:
        return "label"
    if _is_key(names) or (names and column.is_numeric and not are_years(column, named)):
        return None
    return _naming_role(column, named, names, rest)


def _naming_role(
    column: Column, named: str | None, names: list[Column], rest: list[Column]
) -> str | None:
    """The role of a column where those to its left do not tell the rows apart."""
    if not column.is_numeric and not column.count(NUMBER + TEXT + DATE) and not names:
        return "label"
    if column.is_numeric:
        return _numeric_role(column, named, rest) if not names or are_years(column, named) else None
    if named == "serial":
        return "serial"
    if named == "code" or (are_codes(column) and _names_follow(rest)):
        return "code"
    times_share = column.share(times.of_label, column.texts)
    is_time = times_share >= MOST or (named == "time" and times_share > 0)
    return (
        "period"
        if (column.texts and is_time) or column.count(DATE) > len(column.texts)
        else "label"
    )


def _numeric_role(column: Column, named: str | None, rest: list[Column]) -> str | None:
    if named == "serial" or (counts_up(column.values) and _names_follow(rest)):
        return "serial"
    if named == "code" and _names_follow(rest):
        return "code"
    are_all_years = all(map(times.is_time_number, column.values))
    if named == "time" or are_years(column, named) or (are_all_years and _names_follow(rest)):
        return "period"
    # Ages and the like: words among whole numbers that only go up, or go up in groups.
    is_whole = all(value == int(value) for value in column.values)
    if column.texts and is_whole and goes_up(column.values):
        return "label"
    if named == "code":
        return "code"
    return None


def _other_role(column: Column, others: Sequence[Column], *, is_before: bool) -> str:
    """The role of a column right of the labels; ``is_before`` the first that has a header."""
    if header_role(column.head) == "unit" and not column.is_numeric:
        return "unit"
    if column.is_numeric:
        is_bare = not column.head and len(column.values) > _FEWEST_SERIAL
        if is_bare and (counts_up(column.values) or (is_before and _says_little(column))):
            return "stray"
        return "year" if are_all_years(column) and _is_year_of(column, others) else "figure"
    return "text" if column.count(TEXT + DATE) else "figure"


def _is_year_of(column: Column, others: Sequence[Column]) -> bool:
    """Whether a column of figures is named as one of years is: 起始年 and 起始值."""
    stem = year_stem(column.head)
    heads = [other.head.lower() for other in others if other.is_numeric and other is not column]
    return bool(stem) and any(head.startswith(stem) and not year_stem(head) for head in heads)


def _says_little(column: Column) -> bool:
    """Whole numbers that come again and again: pieces of dates, groups, marks."""
    values = column.values
    return all(value == int(value) for value in values) and 2 * len(set(values)) <= len(values)


def _is_key(names: list[Column]) -> bool:
    """Whether the labels found so far tell nearly every row from the others."""
    if not names:
        return False
    rows = names[0].rows
    if len(rows) < _FEWEST_KEYS and all(map(are_all_years, names)):
        return False
    keys = [tuple(_shown(name, row) for name in names) for row in rows]
    filled = [key for key in keys if any(key)]
    return 2 * len(filled) >= len(keys) and len(set(filled)) >= _KEY * len(filled)


def _shown(column: Column, row: int) -> str:
    cell = column.view.sheet.shown_at(row, column.number)
    return squeeze(cell.text) if cell else ""


def _names_follow(rest: list[Column]) -> bool:
    """Whether the next column holds words, or is headed as a name and left empty."""
    following = next(iter(rest), None)
    if following is None or following.is_numeric:
        return False
    return bool(following.texts) or squeeze(following.head).endswith(("名称", "项目", "指标"))


def _is_translation(column: Column, names: list[Column]) -> bool:
    """Words in Latin letters beside Chinese ones."""
    if not column.texts or column.share(is_foreign, column.texts) < MOST:
        return False
    return any(name.share(has_han, name.texts) >= _HALF for name in names)
