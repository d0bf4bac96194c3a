"""Workbooks for the measurement of reading, and the layouts they follow; seeded, so repeatable."""

import csv
import io
import random
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter
import yaml

from govstats.settings import Settings

PERIOD = "2020-03"
_TITLE = "2020年1-3月读表测量表"
_LEDGER_TITLE = "2020年1-3月读表测量台账"
_NOTE = "注:读表测量用,数据为随机数"
#: A figure in a worksheet's XML; texts carry a type.
_FIGURE = re.compile(rb'(<c r="[A-Z]+\d+"><v>)[^<]*')


@dataclass(frozen=True)
class Shape:
    """How large the measured workbooks are."""

    small: int = 2_000
    areas: int = 36
    figures: int = 11
    entries: int = 100_000
    fields: int = 20


def project(settings: Settings, root: Path, shape: Shape) -> str:
    """Lay out a project whose one department sends the measured sheets.

    Returns:
        The department's code.
    """
    seeds = settings.dbt_project / "seeds"
    shutil.copytree(seeds, root / "dbt_project" / "seeds")
    layouts = root / "layouts"
    layouts.mkdir(parents=True)
    shutil.copy(settings.layouts / "schema.json", layouts)
    department = _column(seeds / "departments.csv", "department_code")[0]
    content = {"department": department, "layouts": [_table(seeds, shape), _ledger(shape)]}
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
    (layouts / f"{department}.yml").write_text(text, encoding="utf-8")
    return department


def _table(seeds: Path, shape: Shape) -> dict[str, Any]:
    indicators = _column(seeds / "indicators.csv", "indicator_code")
    columns: list[dict[str, Any]] = [{"id": "label", "label": "县市区", "role": "row_label"}]
    for number, code in zip(range(shape.figures), indicators, strict=False):
        dims = {"indicator": code, "measure": "growth", "growth_basis": "yoy_nominal", "unit": "%"}
        columns.append({"id": f"c{number}", "label": f"指标{_letters(number)}(%)", "dims": dims})
    return _common("bench_table", 1, _TITLE) | {
        "dims": {"scope": "jurisdiction", "period_type": "ytd"},
        "columns": columns,
        "rows": {"axis": "area", "items": list(_areas(seeds, shape))},
    }


def _ledger(shape: Shape) -> dict[str, Any]:
    columns: list[dict[str, Any]] = [
        {"id": "name", "label": "单位名称", "role": "field", "key": True},
        *(
            {
                "id": f"f{number}",
                "label": f"栏目{_letters(number)}",
                "role": "field",
                "type": "number",
            }
            for number in range(1, shape.fields)
        ),
    ]
    return _common("bench_ledger", 2, _LEDGER_TITLE) | {
        "shape": "ledger",
        "columns": columns,
        "rows": {"axis": "entry"},
    }


def _common(name: str, precedence: int, title: str) -> dict[str, Any]:
    return {
        "id": name,
        "name_zh": title,
        "name_en": name,
        "source_precedence": precedence,
        "valid_from": "2018-02",
        "drift": "refuse",
        "title": title.removeprefix("2020年1-3月"),
        "period": {"cycle": "cumulative_month"},
    }


def write_small(
    settings: Settings, folder: Path, shape: Shape, *, are_alike: bool = True
) -> list[Path]:
    """Sheets of areas × indicators: alike but for their figures, or each with a note of its own."""
    folder.mkdir()
    template = _template(settings.dbt_project / "seeds", shape)
    chance = random.Random(20)
    return [
        _variant(template, folder / f"{number:04}.xlsx", chance, "" if are_alike else f"{number}号")
        for number in range(shape.small)
    ]


def _template(seeds: Path, shape: Shape) -> dict[str, bytes]:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        page = book.add_worksheet("对比")
        page.write(0, 0, _TITLE)
        page.write_row(1, 0, ["县市区", *(f"指标{_letters(n)}(%)" for n in range(shape.figures))])
        names = dict(zip(*_columns(seeds / "area_aliases.csv", "ref_area", "alias"), strict=True))
        for row, area in enumerate(_areas(seeds, shape), start=2):
            page.write_row(row, 0, [names[area], *[1.5] * shape.figures])
        page.write(shape.areas + 2, 0, _NOTE)
    with zipfile.ZipFile(content) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _variant(template: dict[str, bytes], path: Path, chance: random.Random, words: str) -> Path:
    def figure(match: re.Match[bytes]) -> bytes:
        return match[1] + f"{chance.uniform(-30, 30):.2f}".encode()

    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in template.items():
            is_sheet = name.startswith("xl/worksheets/sheet")
            changed = _FIGURE.sub(figure, content) if is_sheet else content
            archive.writestr(name, changed.replace(_NOTE.encode(), (_NOTE + words).encode()))
    return path


def write_large(path: Path, shape: Shape) -> Path:
    """A ledger: a name and figures with two places in each row."""
    chance = random.Random(20)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        page = book.add_worksheet("台账")
        page.write(0, 0, _LEDGER_TITLE)
        page.write_row(1, 0, ["单位名称", *(f"栏目{_letters(n)}" for n in range(1, shape.fields))])
        for row in range(2, shape.entries + 2):
            page.write_string(row, 0, f"读表测量第{row - 1:06}号有限责任公司")
            for column in range(1, shape.fields):
                page.write_number(row, column, round(chance.random() * 10_000, 2))
    return path


def _areas(seeds: Path, shape: Shape) -> Iterator[str]:
    known = dict.fromkeys(_column(seeds / "area_aliases.csv", "ref_area"))
    return (area for area, _ in zip(known, range(shape.areas), strict=False))


def _column(path: Path, name: str) -> list[str]:
    return _columns(path, name)[0]


def _columns(path: Path, *names: str) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [[row[name] for row in rows] for name in names]


def _letters(number: int) -> str:
    """甲 for 0 and so on: a label without a digit, which might be taken for a period."""
    return "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"[number]
