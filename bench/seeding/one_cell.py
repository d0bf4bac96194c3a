"""Kinds of error that falsify one cell."""

from decimal import ROUND_HALF_UP, Decimal

from bench.seeding.errors import Draw, Error, Kind, retyped
from bench.seeding.figures import COMPLETION, GROWTH, Catalogue, Figure, Stage
from bench.seeding.workbook import Typed

PERCENT, RANK = "%", "位次"
#: Decimals people keep when they type a figure in the larger unit.
LARGER_UNIT_PLACES = 2
#: Points by which a completion is raised, at least and at most.
RAISED = (8, 40)


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP).normalize() + 0


def transpose(draw: Draw, catalogue: Catalogue, figure: Figure) -> Error | None:
    """Two digits beside each other typed in the other order."""
    places = catalogue.places[figure.series]
    text = f"{figure.value:.{places}f}"
    pairs = [
        at
        for at in range(len(text) - 1)
        if text[at : at + 2].isdigit()
        and text[at] != text[at + 1]
        and not _begins_with_nought(text, at)
    ]
    if not pairs:
        return None
    at = draw.choice(pairs)
    wrong = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return retyped("digit_transposed", catalogue, [(figure, Decimal(wrong))])


def _begins_with_nought(text: str, at: int) -> bool:
    """Whether the digits at a place, exchanged, would begin a figure as nobody types it."""
    return text[at + 1] == "0" and not text[:at].strip("-")


def shift_decimal(draw: Draw, catalogue: Catalogue, figure: Figure) -> Error | None:
    """The decimal point one place to the left or right; one nought more or less."""
    places = catalogue.places[figure.series]
    value = figure.value * 10 if draw.random() < 0.5 else _rounded(figure.value / 10, places)
    return retyped("decimal_shifted", catalogue, [(figure, value)]) if value else None


def slip_unit(draw: Draw, catalogue: Catalogue, figure: Figure) -> Error | None:
    """The figure typed in the other unit, 10^4 larger or smaller."""
    ratio = draw.choice(catalogue.partners[figure.unit])
    places = max(catalogue.places[figure.series], LARGER_UNIT_PLACES)
    value = _rounded(figure.value * ratio, places)
    return retyped("unit_slip", catalogue, [(figure, value)]) if value else None


def lose_sign(_draw: Draw, catalogue: Catalogue, figure: Figure) -> Error | None:
    """The minus left out."""
    return retyped("sign_lost", catalogue, [(figure, -figure.value)])


def as_fraction(_draw: Draw, catalogue: Catalogue, figure: Figure) -> Error | None:
    """A percentage typed as a share of one."""
    value = (figure.value / 100).normalize() + 0
    return retyped("percent_as_fraction", catalogue, [(figure, value)], bare=True)


def of_another_period(draw: Draw, catalogue: Catalogue, figure: Figure) -> Error | None:
    """The growth of the report before or of the one after."""
    other = catalogue.neighbour(figure, draw.choice((-1, 1)))
    if other is None:
        return None
    return retyped("growth_of_another_period", catalogue, [(figure, other.value)])


def over_report(draw: Draw, catalogue: Catalogue, figure: Figure) -> Error | None:
    """A completion above what its own row gives."""
    raised = figure.value + draw.randint(*RAISED)
    return retyped("completion_over_reported", catalogue, [(figure, raised)])


def regress(draw: Draw, catalogue: Catalogue, figure: Figure) -> Error | None:
    """A stage below that of the report before, in a word that the sheet uses."""
    stages = {stage.figure.period_end: stage for stage in _line(catalogue, figure)}
    days = sorted(stages)
    at = days.index(figure.period_end)
    before = stages[days[at - 1]]
    words = sorted(
        {
            stage.word
            for stage in catalogue.stages
            if stage.figure.layout_id == figure.layout_id and stage.order < before.order
        }
    )
    if not words:
        return None
    word = draw.choice(words)
    return Error(
        kind="stage_regressed",
        anchor=figure,
        cells=frozenset({(figure.sheet, figure.cell)}),
        series=frozenset({figure.series}),
        edits=(Typed(figure.sheet, figure.cell, word),),
        note=f"{figure.sheet}!{figure.cell} {figure.text} → {word}, before: {before.word}",
    )


def _line(catalogue: Catalogue, figure: Figure) -> list[Stage]:
    return [stage for stage in catalogue.stages if stage.figure.series == figure.series]


def _with_digits(catalogue: Catalogue) -> list[Figure]:
    return [f for f in catalogue.figures if len(set(str(abs(f.value)).replace(".", ""))) > 1]


def _shiftable(catalogue: Catalogue) -> list[Figure]:
    return [
        figure
        for figure in catalogue.figures
        if figure.value
        and figure.unit != RANK
        and (catalogue.places[figure.series] or abs(figure.value) >= 10)
    ]


def _of_unit_pairs(catalogue: Catalogue) -> list[Figure]:
    return [f for f in catalogue.figures if f.unit in catalogue.partners and f.value]


def _negative(catalogue: Catalogue) -> list[Figure]:
    return [figure for figure in catalogue.figures if figure.value < 0]


def _percentages(catalogue: Catalogue) -> list[Figure]:
    return [figure for figure in catalogue.figures if figure.unit == PERCENT and figure.value]


def _growths(catalogue: Catalogue) -> list[Figure]:
    return [figure for figure in catalogue.figures if figure.measure == GROWTH]


def _completions(catalogue: Catalogue) -> list[Figure]:
    return [figure for figure in catalogue.figures if figure.measure == COMPLETION]


def _later_stages(catalogue: Catalogue) -> list[Figure]:
    first: dict[object, Stage] = {}
    for stage in sorted(catalogue.stages, key=lambda each: each.figure.period_end):
        first.setdefault(stage.figure.series, stage)
    return [s.figure for s in catalogue.stages if s is not first[s.figure.series]]


KINDS = (
    Kind("digit_transposed", _with_digits, transpose),
    Kind("decimal_shifted", _shiftable, shift_decimal),
    Kind("unit_slip", _of_unit_pairs, slip_unit, is_impossible=True),
    Kind("sign_lost", _negative, lose_sign),
    Kind("percent_as_fraction", _percentages, as_fraction),
    Kind("growth_of_another_period", _growths, of_another_period),
    Kind("completion_over_reported", _completions, over_report),
    Kind("stage_regressed", _later_stages, regress),
)
