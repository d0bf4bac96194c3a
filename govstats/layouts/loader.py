"""Layout files → ``Layout``: schema first, then the model, then what the codes mean."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from govstats.errors import KnowledgeError
from govstats.layouts.labels import label, split_unit, squeeze
from govstats.layouts.model import (
    ANY,
    EVERY_DEPARTMENT,
    Column,
    Dims,
    Drift,
    Layout,
    Provisional,
    Remark,
    Row,
)
from govstats.layouts.problems import check_schema, problem
from govstats.layouts.seeds import Seeds
from govstats.layouts.semantics import check_meaning, check_together
from govstats.workbooks.refusals import Words
from govstats.yamlfile import Step, read_yaml

_SOURCES = ("title", "sheet_name", "file_name", "header")
#: As the schema says: what an entry that sums others up is called.
_TOTALS = "^(合计|总计|小计|总合计)$"
_UNIT_LINE = "^(计量)?单位:(?P<units>.+)$"
_SCALARS = {
    "refuse": Drift(),
    "alias": Drift(renamed=True),
    "quarantine": Drift(renamed=True, extra=True, missing=True, conflict=True),
}
Entry = Mapping[str, Any]


def load_layouts(folder: Path, seeds: Seeds) -> tuple[Layout, ...]:
    """Every layout of every department.

    Args:
        folder: where the YAML files and ``schema.json`` lie.
        seeds: the tables that codes and aliases come from.

    Raises:
        KnowledgeError: a file is wrong: file, line, what was found and what is allowed.
    """
    layouts: list[Layout] = []
    for path in sorted(folder.glob("*.yml")):
        # An empty file is one that somebody is about to write: it must not stop the others.
        if path.read_bytes().strip():
            layouts += load_file(path, folder / "schema.json", seeds)
    if not layouts:
        raise KnowledgeError(f"no layout in {folder.name}/", "write one: docs/add-a-department.md")
    check_together(layouts)
    return tuple(layouts)


def load_forms(folder: Path, seeds: Seeds) -> tuple[Layout, ...]:
    """The layouts of forms that the bureau hands out and any department may send back filled in.

    Args:
        folder: as for ``load_layouts``; they lie in its folder ``every_department``.
        seeds: as for ``load_layouts``.

    Raises:
        KnowledgeError: see ``load_layouts``.
    """
    every = {EVERY_DEPARTMENT: Words("各部门", "every department")}
    known = replace(seeds, departments=seeds.departments | every)
    files = sorted((folder / EVERY_DEPARTMENT).glob("*.yml"))
    schema = folder / "schema.json"
    return tuple(layout for path in files for layout in load_file(path, schema, known))


def load_file(path: Path, schema: Path, seeds: Seeds) -> list[Layout]:
    """The layouts of one file; see ``load_layouts``."""
    shown = f"{path.parent.name}/{path.name}"
    content = read_yaml(path, shown)
    check_schema(content, path, schema, shown)
    build = _Builder(path, shown, seeds, content["department"])
    shared = build.remarks(content.get("remarks", ()), ["remarks"])
    layouts = [
        build.layout(entry, shared, ["layouts", number])
        for number, entry in enumerate(content["layouts"])
    ]
    for number, layout in enumerate(layouts):
        check_meaning(layout, seeds, path, shown, ["layouts", number])
    return layouts


class _Builder:
    """Builds layouts from the checked content of one file."""

    def __init__(self, path: Path, shown: str, seeds: Seeds, department: str) -> None:
        self.path = path
        self.shown = shown
        self.seeds = seeds
        self.department = department

    def layout(self, entry: Entry, shared: tuple[Remark, ...], steps: list[Step]) -> Layout:
        """One entry of ``layouts``."""
        shape = entry.get("shape", "table")
        rows = entry.get("rows", {"axis": "entry"})
        groups = sum(column.get("role") == "row_group" for column in entry["columns"])
        return Layout(
            id=entry["id"],
            department=self.department,
            name_zh=entry["name_zh"],
            name_en=entry["name_en"],
            source_precedence=entry["source_precedence"],
            valid_from=entry["valid_from"],
            valid_to=entry.get("valid_to"),
            title=self.regex(entry["title"], [*steps, "title"]),
            title_shown=entry["title"],
            cycle=entry["period"]["cycle"],
            period_sources=tuple(entry["period"].get("sources", _SOURCES)),
            unit_line=self.maybe(entry, "unit_line", steps) or re.compile(_UNIT_LINE),
            dims=Dims(**entry.get("dims", {})),
            columns=tuple(self.column(column, shape) for column in entry["columns"]),
            rows=self.rows(rows, groups),
            remarks=self.remarks(entry.get("remarks", ()), [*steps, "remarks"]) + shared,
            provisional=tuple(
                Provisional(
                    self.regex(item["pattern"], [*steps, "provisional", number, "pattern"]),
                    frozenset(item.get("rows", ())),
                    frozenset(item.get("columns", ())),
                )
                for number, item in enumerate(entry.get("provisional", ()))
            ),
            shape=shape,
            axis=rows["axis"],
            any_area=rows.get("any", False),
            totals=self.regex(rows.get("totals", _TOTALS), [*steps, "rows", "totals"]),
            sheet=self.maybe(entry, "sheet", steps),
            continued=entry.get("continued", False),
            drift=drift(entry["drift"]),
            form_title=entry.get("form", {}).get("title"),
        )

    def maybe(self, entry: Entry, key: str, steps: list[Step]) -> re.Pattern[str] | None:
        """The pattern under a key, None where it is left out."""
        return self.regex(entry[key], [*steps, key]) if key in entry else None

    def regex(self, pattern: str, steps: list[Step]) -> re.Pattern[str]:
        """A compiled pattern, or an error that says where it stands."""
        try:
            return re.compile(pattern)
        except re.error as error:
            raise problem(
                self.path,
                self.shown,
                steps,
                f"“{pattern}” is no regular expression: {error}",
                "mend it; put \\ before a bracket or stop that is meant literally",
            ) from error

    def remarks(self, entries: Iterable[Entry], steps: list[Step]) -> tuple[Remark, ...]:
        """Expected cells outside the table."""
        return tuple(
            Remark(
                entry["kind"],
                self.regex(entry["pattern"], [*steps, number, "pattern"]),
                entry.get("ignorable", False),
            )
            for number, entry in enumerate(entries)
        )

    def column(self, entry: Entry, shape: str) -> Column:
        """One column; header levels are joined, so that a broken header compares equal."""
        spellings = [entry["label"], *entry.get("also", ())]
        written = [_levels(spelling) for spelling in spellings]
        # A * is a mark before a word, but where the column stands for each of several.
        hole = ("*", ANY) if "each" in entry else ("", "")
        plain = [tuple(self.plain(level.replace(*hole)) for level in path) for path in written]
        return Column(
            id=entry["id"],
            role=entry.get("role", "figure" if shape == "table" else "field"),
            labels=tuple("".join(path) for path in plain),
            shown="/".join(written[0]),
            levels=plain[0],
            written=tuple(level.replace(*hole) for level in written[0]),
            depth=max(len(path) for path in plain),
            dims=Dims(**entry.get("dims", {})),
            required=entry.get("required", True),
            each=entry.get("each"),
            type=entry.get("type", "text"),
            unit=entry.get("unit"),
            is_key=entry.get("key", False),
        )

    def rows(self, entry: Entry, groups: int) -> tuple[Row, ...]:
        """The rows that are declared one by one; ``groups`` levels have columns of their own."""
        if entry["axis"] == "indicator":
            return tuple(self.indicator_row(item, Dims(), groups) for item in entry["items"])
        optional = set(entry.get("optional", ()))
        return tuple(
            self.area_row(area, required=area not in optional)
            for area in dict.fromkeys([*entry.get("items", ()), *entry.get("optional", ())])
        )

    def indicator_row(self, entry: Entry, above: Dims, groups: int) -> Row:
        """A row with its children, which inherit its dimensions."""
        dims = Dims(**entry.get("dims", {})).over(above)
        spellings = [entry["label"], *entry.get("also", ())]
        return Row(
            id=entry["id"],
            labels=tuple(self.plain(spelling) for spelling in spellings),
            shown=entry["label"],
            dims=dims,
            required=entry.get("required", True),
            valid_from=entry.get("valid_from"),
            valid_to=entry.get("valid_to"),
            cells={
                column: None if exception == "none" else Dims(**exception)
                for column, exception in entry.get("cells", {}).items()
            },
            children=tuple(
                self.indicator_row(child, dims, groups - 1) for child in entry.get("children", ())
            ),
            is_group=groups > 0 and "children" in entry,
        )

    def area_row(self, area: str, *, required: bool) -> Row:
        """A row per area, under every name the alias table has for it."""
        names = self.seeds.area_names.get(area, ())
        return Row(
            id=area,
            labels=tuple(squeeze(name) for name in names),
            shown=names[0] if names else area,
            dims=Dims(ref_area=area),
            required=required,
        )

    def plain(self, text: str) -> str:
        """A label in its one spelling, without its unit."""
        return split_unit(label(text).text, self.seeds.units)[0]


def drift(entry: str | Entry) -> Drift:
    """What is tolerated, from one word or a word for each kind of departure."""
    if isinstance(entry, str):
        return _SCALARS[entry]
    return Drift(**{kind: word != "refuse" for kind, word in entry.items()})


def _levels(spelling: str | list[str]) -> list[str]:
    return [spelling] if isinstance(spelling, str) else spelling
