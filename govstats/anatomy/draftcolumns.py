"""The columns of a drafted layout."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from govstats.anatomy import times
from govstats.anatomy.meanings import default_period_type, measure_of, period_type_of
from govstats.anatomy.model import Block
from govstats.anatomy.stubs import NAMING_ROLES
from govstats.anatomy.yamltext import Draft, Value, flow
from govstats.layouts.labels import squeeze
from govstats.layouts.seeds import Seeds

_RATES = ("growth", "completion")
_RANKS = ("rank", "growth_rank")
_MOST = 0.6


@dataclass
class DraftColumn:
    """A column as it will be written; ``todo`` and ``check`` go behind it.

    ``is_assumed`` where the header does not say what kind of period it holds.
    """

    id: str
    levels: tuple[str, ...]
    role: str | None = None
    dims: dict[str, str] = field(default_factory=dict)
    each: str | None = None
    is_assumed: bool = False
    todo: list[str] = field(default_factory=list)
    check: list[str] = field(default_factory=list)

    def entry(self) -> dict[str, Value]:
        """The mapping that YAML shows."""
        label: Value = self.levels[0] if len(self.levels) == 1 else list(self.levels)
        entry: dict[str, Value] = {"id": self.id, "label": label}
        if self.role:
            entry["role"] = self.role
        if self.each:
            entry["each"] = self.each
        if self.dims:
            entry["dims"] = self.dims
        return entry

    def write(self, draft: Draft) -> None:
        """Its line."""
        if self.is_assumed and "period_type" in self.dims:
            self.check.append("period_type: the header does not say it")
        draft.add(3, f"- {flow(self.entry())}", "; ".join(self.todo), "; ".join(self.check))


def stub_columns(block: Block) -> list[DraftColumn]:
    """Columns that name rows, by their roles in a layout."""
    names = [c for c, role in block.roles.items() if role in NAMING_ROLES]
    columns = []
    for number in block.stub_columns:
        role = _stub_role(block, number, names)
        levels = (block.column_label(number),) if block.column_label(number) else ()
        if not levels and role == "ignore":
            continue
        column = DraftColumn(_stub_id(role, number), levels or ("TODO",), role)
        if not levels:
            column.todo.append(
                "the header of the row labels is empty: name the column in the sheet"
            )
        columns.append(column)
    if not any(column.role == "row_label" for column in columns):
        todo = ["no column names the rows: name them in the sheet"]
        columns.insert(0, DraftColumn("label", ("TODO",), "row_label", todo=todo))
    return columns


def _stub_role(block: Block, number: int, names: Sequence[int]) -> str:
    if number in names:
        return "row_label" if number == names[-1] else "row_group"
    if not names and number == block.stub_columns[-1]:
        return "row_label"
    return "unit" if block.roles[number] == "unit" else "ignore"


def _stub_id(role: str, number: int) -> str:
    return {"row_label": "label", "unit": "unit"}.get(role, f"{role}_{number}")


def figure_columns(block: Block, seeds: Seeds, cycle: str, rows: str) -> list[DraftColumn]:
    """Columns of figures with what their headers say.

    Args:
        cycle: of the table, for columns that name no period.
        rows: what the rows are: indicator, area or period.
    """
    for each in ("period", "area"):
        if rows != each and (columns := _each(block, seeds, each, cycle)):
            return columns
    columns = []
    for at, number in enumerate(this_years(block), start=1):
        levels = block.captions[number].levels if number in block.captions else ()
        column = DraftColumn(f"c{at}", levels or ("TODO",))
        if not levels:
            column.todo.append("the column has no header")
        column.dims = _dims(block, number, column, seeds, cycle)
        if rows != "indicator":
            _add_indicator(column, levels, seeds)
        columns.append(column)
    _rank_by_growth(columns)
    for column in columns:
        if rows != "indicator" and not block.unit and "unit" not in column.dims:
            column.dims["unit"] = "todo"
            column.todo.append("unit: code of seeds/units.csv")
    return columns


def _rank_by_growth(columns: Sequence[DraftColumn]) -> None:
    """A rank beside a growth and no level is the rank of the growth."""
    for column in columns:
        beside = {
            other.dims.get("measure") for other in columns if other.levels[0] == column.levels[0]
        }
        if column.dims.get("measure") == "rank" and "growth" in beside and "level" not in beside:
            column.dims["measure"] = "growth_rank"


def this_years(block: Block) -> list[int]:
    """Columns of figures without those of last year (上年同期), which last year's sheets hold."""
    return [
        number
        for number in block.columns
        if not any(times.LAST_YEARS.match(level) for level in block.captions[number].levels)
    ]


def other_columns(block: Block) -> list[DraftColumn]:
    """Columns beside the figures that are known and not read: texts, last year's figures."""
    read = this_years(block)
    found = []
    for number, role in block.roles.items():
        label = block.column_label(number)
        if role in ("text", "figure", "year") and number not in read and label:
            levels = block.captions[number].levels
            found.append(DraftColumn(f"text_{number}", levels, "ignore"))
    return found


def _dims(
    block: Block, number: int, column: DraftColumn, seeds: Seeds, cycle: str
) -> dict[str, str]:
    label = block.column_label(number)
    unit = block.captions[number].unit if number in block.captions else None
    # 完成年度目标(%) is no target: its unit says that it is a share of one.
    own = label.split("/")[-1] + (unit if unit == "%" else "")
    measure = measure_of(own) or measure_of(label) or "level"
    period_type = period_type_of(label)
    if period_type is None:
        period_type = default_period_type(cycle)
        column.is_assumed = True
    dims = {"measure": measure, "period_type": period_type}
    if measure in _RATES:
        unit = unit or "%"
    if measure in _RANKS:
        unit = "位次" if unit is None or "位" in unit else unit
    if unit:
        dims["unit"] = unit
        if unit not in seeds.units:
            column.todo.append(f"unit {unit} is not in units.csv")
    return dims


def _add_indicator(column: DraftColumn, levels: Sequence[str], seeds: Seeds) -> None:
    code = next(
        (code for level in levels if (code := seeds.indicator_aliases.get(squeeze(level)))), None
    )
    column.dims = {"indicator": code or "todo", **column.dims}
    if code is None:
        column.todo.append("indicator: code of seeds/indicators.csv")


def _each(block: Block, seeds: Seeds, each: str, cycle: str) -> list[DraftColumn]:
    """One declaration for all columns where their headers are periods or areas."""
    labels = [block.column_label(number) for number in block.columns]
    if each == "period":
        hits = [times.of_label(label) for label in labels if label]
    else:
        hits = [seeds.area_codes.get(squeeze(label)) for label in labels if label]  # type: ignore[misc]
    if len(block.columns) < 2 or sum(hit is not None for hit in hits) < _MOST * len(labels):
        return []
    period_type = _period_type(labels) if each == "period" else default_period_type(cycle)
    dims = {"measure": "level", "period_type": period_type}
    column = DraftColumn(f"each_{each}", ("*",), dims=dims, each=each)
    column.check.append(f"measure level, period_type {period_type}")
    return [column]


def _period_type(labels: Sequence[str]) -> str:
    found = [times.of_label(label) for label in labels]
    if any(one and one.first and one.first != one.last for one in found):
        return "quarter"
    return "month" if any(one and one.last for one in found) else "year"
