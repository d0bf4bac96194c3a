"""A warehouse with nothing in it but filled return sheets, and findings to hold them against."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from govstats.validation.finding import Finding
from govstats.warehouse import raw

KEY, OTHER, PLACE = "0123456789ab", "ffeeddccbbaa", "abcdefabcdef"
GOOD = "去年二月一次性入库企业清算税款三千万元,今年没有此项"
FIRST = datetime(2020, 9, 1, 9, 0)

Fill = Callable[..., str]


def finding(**changed: object) -> Finding:
    """A soft finding of the finance department, still open."""
    given = {
        "finding_id": "f1",
        "place_key": PLACE,
        "finding_key": KEY,
        "rule_id": "FLU-001",
        "rule_name_zh": "增幅超过常年水平",
        "rule_name_en": "growth beyond the usual",
        "kind": "fluctuation",
        "severity": "soft",
        "holds": "none",
        "state": "open",
        "department_code": "finance",
        "submission_id": "s1",
        "file": "财政局/2020-08/收入.xlsx",
        "sheet": "收入",
        "cell": "C7",
        "indicator_code": None,
        "ref_area": None,
        "period_end": None,
        "value": "8123",
        "expected": "不大于 20%",
        "message_zh": "税收收入2020年1-8月为 8123 万元,同比增长 45.2%,超过常年增幅",
        "remedy_zh": "核对总量和增速;确属实际情况的请说明原因",
    }
    return Finding(**(given | changed))  # type: ignore[arg-type]


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    ddl = Path(raw.__file__).with_name("raw.sql").read_text(encoding="utf-8")
    with duckdb.connect() as opened:
        opened.execute(ddl)
        yield opened


@pytest.fixture
def fill(connection: duckdb.DuckDBPyConnection) -> Fill:
    """Enter a filled return sheet: one mapping of fields per line; returns its submission."""
    count = 0

    def enter(
        *lines: dict[str, str | None],
        department: str = "finance",
        status: str = "accepted",
        is_form: bool = True,
    ) -> str:
        nonlocal count
        count += 1
        name = f"form{count}"
        connection.execute(
            "insert into raw.submission (submission_id, sequence_number, department_code, "
            "time_period, file, sha256, size_bytes, received_at, layout_id, status, cells_total, "
            "cells_observation, cells_label, cells_metadata, cells_ignorable, cells_unmapped, "
            "observations, is_form) values (?, ?, ?, '2020-08', ?, '', 1, ?, 'x', ?, 0, 0, 0, 0, "
            "0, 0, 0, ?)",
            [
                name, count, department, f"{department}/2020-08/{name}.xlsx",
                FIRST + timedelta(days=count), status, is_form,
            ],
        )  # fmt: skip
        for number, line in enumerate(lines, start=1):
            for column, (field, text) in enumerate(line.items(), start=1):
                connection.execute(
                    "insert into raw.entry_value (submission_id, department_code, layout_id, "
                    "source_precedence, sheet, entry_number, is_total, row_number, column_number, "
                    "cell, field_id, column_label, field_type, part_number, value_text, "
                    "obs_status, period_end) values (?, ?, 'x', 1, '审核意见', ?, false, ?, ?, ?, "
                    "?, '', 'text', 1, ?, 'A', '2020-08-31')",
                    [name, department, number, number, column, f"O{number}", field, text],
                )
        return name

    return enter


def line(
    text: str | None = GOOD,
    key: str | None = KEY,
    place: str | None = PLACE,
    by: str | None = "李玲",
) -> dict[str, str | None]:
    """One line as it is filled in."""
    return {
        "finding_key": key,
        "rule_id": "FLU-001 增幅超过常年水平",
        "explanation": text,
        "explained_by": by,
        "place_key": place,
    }
