"""What is released, what came in, the latest scorecard and how the systems of the report stand."""

import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from govstats import fingerprint, outstanding, signoff
from govstats.htmlpage import printable
from govstats.intake import survey
from govstats.numbers import plain
from govstats.release import reader, releases
from govstats.settings import Settings
from govstats.warehouse import candidate

_LIGHT_STYLE = {"green": "green", "yellow": "yellow", "red": "red", "none": "dim"}
_LIGHT_SHAPE = {"green": "●", "yellow": "▲", "red": "■", "none": "○"}

_PIPE_WIDTH = 132
#: Headings of the scorecard's figures and the width that shows the longest in full.
_FIGURES = {"实际": 7, "完成%": 6, "应达%": 6, "时序%": 6, "差距": 11}

_SCORECARD = """
select
    progress.target_id, target.section, target.name_zh, target.demand_zh,
    progress.period_end, period.label_zh, progress.actual_value, progress.target_value,
    progress.unit_measure, target.operator,
    progress.completion_pct, progress.expected_pct_linear,
    coalesce(progress.expected_pct_planned, progress.expected_pct_seasonal) as expected_pct_path,
    progress.gap, progress.gap_unit, progress.status, progress.status_zh, progress.light,
    progress.light_zh, progress.no_data_reason_zh, progress.working
from marts.fct_target_progress as progress
inner join marts.dim_target as target on progress.target_id = target.target_id
inner join marts.dim_period as period on progress.period_end = period.period_end
where progress.period_end = (
    select max(observed.period_end) from marts.fct_target_progress as observed
    where observed.status <> 'no_data'
)
order by progress.target_id
"""

_SYSTEMS = """
select overview.system_zh, overview.n_items, overview.n_attention, overview.n_no_data,
    overview.words_zh, period.label_zh
from marts.fct_system_overview as overview
inner join marts.dim_period as period on overview.period_end = period.period_end
where overview.period_end = (
    select max(observed.period_end) from marts.fct_target_progress as observed
    where observed.status <> 'no_data'
)
order by overview.ref_area, overview.sort_order
"""

_REFUSED = """
select
    department_code, file, time_period, reason_code, reason_zh, reason_en, reason_lines
from marts.fct_submission where status = 'refused' order by file
"""


def scorecard(settings: Settings) -> list[dict[str, Any]]:
    """Return the latest judged period's row of every target, as in ``fct_target_progress``."""
    with reader.connect(settings) as connection:
        return reader.rows(connection, _SCORECARD)


def systems(settings: Settings) -> list[dict[str, Any]]:
    """Return how the systems of the work report stand in the scorecard's period."""
    with reader.connect(settings) as connection:
        return reader.rows(connection, _SYSTEMS)


def summary(settings: Settings) -> dict[str, Any]:
    """Return release, what holds the next one or waits for a sign-off, refused, held and waiting
    files, intake problems, findings that want an explanation and those that are overridden.
    """
    found = survey(settings)
    current = releases.current_id(settings)
    present = fingerprint.of(settings, found).release_id
    held = candidate.is_held(settings, present)
    result: dict[str, Any] = {
        "release_id": current,
        "held": candidate.decision(settings, present) if held else None,
        "held_folder": str(candidate.folder(settings, present)) if held else None,
        "sign_off": _sign_off(settings),
        "on_ledger": len(found.entries),
        "waiting": [file.as_posix() for file, _ in found.arrivals],
        "problems": [vars(problem) for problem in found.problems],
        "refused": [],
        "set_aside": [],
        "unexplained": [],
        "overridden": [],
        "scorecard": [],
        "systems": [],
    }
    if current is not None:
        folder = releases.current_folder(settings)
        result["manifest"] = releases.manifest(folder)
        result["folder"] = str(folder)
        result["scorecard"] = scorecard(settings)
        result["systems"] = systems(settings)
        with reader.connect(settings) as connection:
            result["refused"] = reader.rows(connection, _REFUSED)
            result |= outstanding.read(connection)
    return result


class _PlainConsole(Console):
    """Colours are its own; what a text brings along to command the terminal is shown as �."""

    def render_str(self, text: str, **how: Any) -> Text:  # noqa: ANN401 - rich's own
        """Make a text of words, before anybody measures how wide it is."""
        return super().render_str(str(printable(text)), **how)

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterator[Segment]:
        """Render as rich does, with texts made printable."""
        for text, style, control in super().render(renderable, options):
            yield Segment(text if control else str(printable(text)), style, control)


def _sign_off(settings: Settings) -> list[dict[str, Any]]:
    """What waits for a person's sign-off, oldest first, with the decision where there is one."""
    if not settings.sign_off:
        return []
    return [
        {"release_id": each.release_id, "signature": each.signature and each.signature.as_dict()}
        for each in signoff.waiting(settings)
    ]


def wide_console(stderr: bool = False) -> Console:
    """Return a console that shows texts as they are: a label in [brackets] or :colons: is no
    markup, one with escape codes has no power, and lines are not squeezed where there is no
    terminal to fit.
    """
    width = None if (sys.stderr if stderr else sys.stdout).isatty() else _PIPE_WIDTH
    return _PlainConsole(stderr=stderr, width=width, markup=False, emoji=False)


#: What people open of a release.
_OPENED = ("board/index.html", "bulletin", "validation/index.html", "warehouse.duckdb", "parquet")


def print_scorecard(settings: Settings, console: Console) -> None:
    """Print the latest scorecard, the systems of its period and the paths to open."""
    rows = scorecard(settings)
    console.print(scorecard_table(rows))
    console.print(tally(rows), highlight=False)
    for line in reasons(rows):
        console.print(line, highlight=False)
    console.print(systems_table(systems(settings)))
    with reader.connect(settings) as connection:
        left = outstanding.read(connection)
    for line in outstanding.lines(left):
        console.print(line, highlight=False)
    folder = settings.releases / releases.LINK
    console.print(f"release    {releases.current_id(settings)}", highlight=False)
    for name in _OPENED:
        console.print(f"open       {folder / name}", highlight=False, soft_wrap=True)


def scorecard_table(rows: list[dict[str, Any]]) -> Table:
    """Lay out scorecard rows; words and shapes carry the meaning, colour only repeats it."""
    label = rows[0]["label_zh"] if rows else ""
    table = Table(title=f"目标进度 {label}", title_justify="left", box=SIMPLE_HEAD, padding=(0, 1))
    table.add_column("目标", overflow="fold")
    table.add_column("要求", overflow="fold")
    for heading, width in _FIGURES.items():
        table.add_column(heading, justify="right", no_wrap=True, min_width=width)
    table.add_column("判断", no_wrap=True, min_width=8)
    section = None
    for row in rows:
        if row["section"] != section:
            section = row["section"]
            table.add_section()
            table.add_row(section, style="bold")
        table.add_row(*_cells(row), style=_LIGHT_STYLE.get(row["light"], ""))
    return table


def systems_table(rows: list[dict[str, Any]]) -> Table:
    """Lay out the systems of the work report; a shape marks those with something to look at."""
    label = rows[0]["label_zh"] if rows else ""
    table = Table(title=f"机制运行 {label}", title_justify="left", box=SIMPLE_HEAD, padding=(0, 1))
    table.add_column("机制", no_wrap=True)
    table.add_column("需关注", justify="right", no_wrap=True, min_width=6)
    table.add_column("情况", overflow="fold")
    for row in rows:
        attention = f"{_LIGHT_SHAPE['yellow']} {row['n_attention']}" if row["n_attention"] else ""
        table.add_row(row["system_zh"], attention, row["words_zh"])
    return table


def tally(rows: list[dict[str, Any]]) -> str:
    """Count the targets by status: 共72项:已完成40,… ."""
    counts = Counter(f"{_LIGHT_SHAPE.get(row['light'], '')} {row['status_zh']}" for row in rows)
    return f"共{len(rows)}项:" + ",".join(f"{word} {n}" for word, n in counts.most_common())


def reasons(rows: list[dict[str, Any]]) -> list[str]:
    """Say of each target without data why it has none."""
    return [
        f"无数据:{row['name_zh']},{row['no_data_reason_zh']}"
        for row in rows
        if row["status"] == "no_data"
    ]


def _cells(row: dict[str, Any]) -> list[str]:
    percentages = (
        row["completion_pct"],
        row["expected_pct_path"],
        row["expected_pct_linear"],
    )
    gap = f"{plain(round(row['gap'], 1))}{row['gap_unit']}" if row["gap"] is not None else ""
    return [
        row["name_zh"],
        row["demand_zh"],
        plain(round(row["actual_value"], 4)) if row["actual_value"] is not None else "",
        *("" if value is None else f"{value:.1f}" for value in percentages),
        gap,
        f"{_LIGHT_SHAPE.get(row['light'], '')} {row['status_zh']}",
    ]
