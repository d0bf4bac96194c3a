"""Reading measured: many small workbooks and a large one, against a bare calamine read.

``python -m bench.reading`` measures this alone.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rich.console import Console

from bench import floors, sheets
from govstats.observations import SubmissionRef, read_into
from govstats.settings import Settings

#: Of the small workbooks and of the large one's rows, what pandas is given; the rest is reckoned.
_SAMPLE_FILES, _SAMPLE_ROWS = 100, 5_000
#: Workbooks that are read without an earlier one of their form.
_SAMPLE_APART = 500
_MIB = 1024

Line = tuple[str, float, str, float]
_FLOOR = "bare calamine read, one core"


@dataclass(frozen=True)
class Run:
    """What a fresh process needed to write the facts of some files; memory in MiB.

    ``start`` is what one small file needs: the start of the workers.
    """

    seconds: float
    processor_seconds: float
    figures: int
    refused: int
    parent_memory: int
    worker_memory: int
    start: "Run | None" = None

    @property
    def steady(self) -> float:
        """Seconds without the start of the workers."""
        return self.seconds - (self.start.seconds if self.start else 0.0)

    @property
    def steady_processor(self) -> float:
        """Processor time without the start: that of a machine that others use too says more."""
        return self.processor_seconds - (self.start.processor_seconds if self.start else 0.0)


@dataclass(frozen=True)
class Work:
    """Files that are read together, and how pandas fares with them."""

    name: str
    files: list[Path]
    pandas: "tuple[Pandas, ...]"
    workers: tuple[int, ...] = (1, 2)


def measure(settings: Settings, progress: Console, shape: sheets.Shape | None = None) -> list[Line]:
    """Lines of the table of measurements; the peak memory is printed on ``progress``.

    One worker and the floor run on one core, two workers on two. The times include the start of
    the workers, those without it are printed beside them.
    """
    shape = shape or sheets.Shape()
    with tempfile.TemporaryDirectory(prefix="govstats-reading-") as name:
        folder = Path(name)
        progress.print(f"reading: writing {shape.small} small workbooks and a large one")
        sheets.project(settings, folder / "project", shape)
        small = sheets.write_small(settings, folder / "small", shape)
        apart = replace(shape, small=min(shape.small, _SAMPLE_APART))
        unlike = sheets.write_small(settings, folder / "unlike", apart, are_alike=False)
        large = sheets.write_large(folder / "large.xlsx", shape)
        few, one = Pandas(small, _SAMPLE_FILES), Pandas([large], 1, _SAMPLE_ROWS, shape.entries)
        together = f"{shape.small} small workbooks and one of {shape.entries} × {shape.fields}"
        works = (
            Work(f"{shape.small} small workbooks of one form", small, (few,)),
            Work(f"{len(unlike)} small workbooks, no two with the same words", unlike, ()),
            Work(f"one workbook of {shape.entries} × {shape.fields}", [large], (one,), (1,)),
            Work(together, [*small, large], (few, one)),
        )
        # A worker for each file, so that two are started.
        start = {workers: _run(small[:workers], folder, workers) for workers in (1, 2)}
        progress.print(f"reading: workers need {start[1].seconds:.2f} s to start")
        return [line for work in works for line in _lines(work, folder, start, progress)]


def _lines(work: Work, folder: Path, start: dict[int, Run], progress: Console) -> Iterator[Line]:
    floor, floor_processor = min(_floor(work.files) for _ in range(2))
    for workers in work.workers:
        run = replace(_run(work.files, folder, workers), start=start[workers])
        processes = "1 worker" if workers == 1 else f"{workers} workers"
        each = run.steady_processor / len(work.files) * 1000
        progress.print(
            f"reading: {work.name}, {processes}: {run.figures} figures, {run.refused} refused; "
            f"peak memory parent {run.parent_memory} MiB, worker {run.worker_memory} MiB; "
            f"without the start of workers {run.steady:.2f} s, ratio {run.steady / floor:.1f}; "
            f"processor {run.steady_processor:.2f} s, {each:.1f} ms a file, "
            f"ratio {run.steady_processor / floor_processor:.1f}"
        )
        yield f"{work.name} → facts, {processes}", run.seconds, _FLOOR, floor
    if work.pandas:
        seconds = sum(pandas() for pandas in work.pandas)
        yield f"{work.name}, pandas + openpyxl (from a sample)", seconds, _FLOOR, floor


def _floor(files: Sequence[Path]) -> tuple[float, float]:
    """Seconds and processor seconds."""
    answer = _ordered({"floor": [str(file) for file in files]})
    return float(answer["seconds"]), float(answer["processor_seconds"])


def _run(files: Sequence[Path], folder: Path, workers: int) -> Run:
    """Read in a process of its own, so that its memory is that of reading alone."""
    with tempfile.TemporaryDirectory(dir=folder) as facts:
        order = {
            "root": str(folder / "project"),
            "facts": facts,
            "workers": workers,
            "files": [str(file) for file in files],
        }
        return Run(**_ordered(order))


def _ordered(order: dict[str, object]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.reading", "--run"],
        input=json.dumps(order), capture_output=True, text=True, check=True,
        cwd=Path(__file__).parent.parent,
    )  # fmt: skip
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _answer(order: dict[str, Any]) -> dict[str, Any]:
    """Carry out an order in this process, on as many cores as it has workers."""
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))[: order.get("workers", 1)]
        os.sched_setaffinity(0, cores)
    if "floor" in order:
        start = time.process_time()
        seconds = floors.read_with_calamine([Path(file) for file in order["floor"]])
        return {"seconds": seconds, "processor_seconds": time.process_time() - start}
    return vars(run_order(order))


def run_order(order: dict[str, object]) -> Run:
    """Write the facts of the ordered files; the times include the start of the workers."""
    root, facts = Path(str(order["root"])), Path(str(order["facts"]))
    settings = replace(Settings(root=root, data=facts), workers=int(str(order["workers"])))
    department = next((root / "layouts").glob("*.yml")).stem
    files = order["files"]
    assert isinstance(files, list)
    refs = [
        SubmissionRef(f"s{number:05}", department, sheets.PERIOD, Path(file).name, Path(file))
        for number, file in enumerate(files)
    ]
    start = time.perf_counter()
    summaries = list(read_into(refs, settings, facts))
    seconds = time.perf_counter() - start
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Run(
        seconds=seconds,
        processor_seconds=others.ru_utime + others.ru_stime,
        figures=sum(summary.figures for summary in summaries),
        refused=sum(summary.status == "refused" for summary in summaries),
        parent_memory=_own_peak(),
        worker_memory=others.ru_maxrss // _MIB,
    )


def _own_peak() -> int:
    """Peak memory of this program; getrusage would count the process it was forked from."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // _MIB


class Pandas:
    """The same work with pandas and openpyxl: every cell with its place, as Parquet.

    Args:
        files: the work.
        count: how many of the files it is given.
        rows: how many rows of each it is given; None for whole ones.
        of: how many rows there are.
    """

    def __init__(
        self, files: Sequence[Path], count: int, rows: int | None = None, of: int = 1
    ) -> None:
        self._files, self._rows = files[:count], rows
        self._part = len(self._files) / len(files) * (min(1.0, rows / of) if rows else 1.0)
        self._seconds: float | None = None

    def __call__(self) -> float:
        """Seconds for all of the work, reckoned from the sample."""
        import pandas as pd

        if self._seconds is None:
            start = time.perf_counter()
            for file in self._files:
                frame = pd.read_excel(file, header=None, nrows=self._rows, engine="openpyxl")
                cells = frame.stack().rename("value").reset_index()
                cells.astype({"value": str}).to_parquet(file.with_suffix(".parquet"))
            self._seconds = (time.perf_counter() - start) / self._part
        return self._seconds


def main() -> None:
    """Measure reading alone, or carry out an order given as JSON on standard input."""
    if "--run" in sys.argv:
        print(json.dumps(_answer(json.load(sys.stdin))))
        return
    for name, seconds, floor, base in measure(Settings.from_environment(), Console(stderr=True)):
        print(f"{name:82} {seconds:8.2f} s   {floor} {base:.2f} s   ratio {seconds / base:.1f}")


if __name__ == "__main__":
    main()
