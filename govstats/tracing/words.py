"""What a row of a mart is about, in words, by the names its columns have everywhere."""

import re
from collections.abc import Mapping
from typing import Any

import duckdb

from govstats.numbers import plain
from govstats.release.report.words import Both, Text, joined

_PERCENT, _POINTS = "%", "百分点"
#: Codes of a row that are said in words: column → statement of (code, Chinese, English).
_NAMED = {
    "department_code": "select department_code, short_name_zh, name_en from marts.dim_department",
    "target_id": "select target_id, name_zh, name_en from marts.dim_target",
    "ref_area": "select ref_area, name_zh, name_en from marts.dim_area",
    "indicator_code": "select indicator_code, name_zh, name_en from marts.dim_indicator",
    "period_end": "select period_end, label_zh, label_en from marts.dim_period",
    "measure": "select code, name_zh, name_en from seeds.codes where list = 'measure'",
}
#: Columns that say what a row is about, in the order of a Chinese phrase.
_SUBJECT = (
    *("target_id", "department_code", "ref_area", "indicator_code", "layout_zh", "entry_name"),
    *("item_zh", "subject_zh", "case_number", "system_zh", "group_zh", "entry_key"),
    *("column_label", "rule_id", "measure", "earlier_year", "period_end"),
)
#: What else a row may say of the same thing; said once.
_WIDER = {
    "department_code": {"target_id", "indicator_code", "entry_name", "case_number", "entry_key"},
    "ref_area": {"target_id", "entry_name", "case_number", "group_zh"},
    "indicator_code": {"target_id"},
    "measure": {"target_id"},
    "subject_zh": {"indicator_code"},
}
_REASONS = ("absence_zh", "no_data_reason_zh", "no_outlook_reason_zh", "no_completion_reason")
_CHINESE = re.compile(r"[\u3400-\u9fff]")


class Names:
    """The names of a release's codes."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._names = {
            column: {
                code: Both(chinese, english or chinese)
                for code, chinese, english in connection.execute(statement).fetchall()
            }
            for column, statement in _NAMED.items()
        }

    def subject(self, row: Mapping[str, Any]) -> Both:
        """Say what a row is about: its names one after another."""
        said = [
            self._said(column, row[column])
            for column in _SUBJECT
            if row.get(column) is not None
            and not any(row.get(wider) for wider in _WIDER.get(column, ()))
        ]
        return joined(list(dict.fromkeys(said)), " ", " ")

    def _said(self, column: str, value: object) -> Text:
        return self._names.get(column, {}).get(value) or plain(value)


def reason(row: Mapping[str, Any]) -> str:
    """Say why a row has no figure, as it says itself; nothing where it does not."""
    return next((str(row[name]) for name in _REASONS if row.get(name)), "")


def unit(column: str, row: Mapping[str, Any]) -> str | None:
    """Return the unit of a column's figures; None for words, counts and ranks.

    Names say it: ``…_pct``, ``…_pp``, ``x`` or ``x_value`` with ``x_unit`` beside it, else
    ``unit_measure``.
    """
    if column.endswith("_pp"):
        return _POINTS
    if "_pct" in column:
        return _PERCENT
    stem = column.removesuffix("_value")
    own = row.get(f"{stem}_unit") or (row.get("gap_unit") if column.startswith("gap_") else None)
    if own:
        return str(own)
    has_unit = column.endswith(("_value", "_number")) or column == "difference"
    found = (row.get("unit_measure") or row.get("value_unit")) if has_unit else None
    return str(found) if found else None


def chinese(description: str) -> str:
    """Return the Chinese half of a description written in English first, then in Chinese."""
    first = _CHINESE.search(description)
    if first is None:
        return description
    # the sentence before the first Chinese character ends the English half
    end = description.rfind(". ", 0, first.start())
    return description[end + 2 :].strip() if end >= 0 else description


def english(description: str) -> str:
    """Return the English half of such a description."""
    half = description.removesuffix(chinese(description)).strip()
    return half or description


def label(description: str) -> Both:
    """Return the first words of both halves of a description: what a column is called."""
    return Both(
        *(
            re.split(r"[,，;；:：。.(（]| in unit_measure", half)[0]
            for half in (chinese(description), english(description))
        )
    )
