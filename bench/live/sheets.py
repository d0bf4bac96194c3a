"""Files to drop into the folder: the demonstration's own sheets, and some nobody can read."""

import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import openpyxl

from demo import generate

#: Bytes of a file that arrive before the rest, and how long the rest is on its way.
_HEAD, _PAUSE_SECONDS = 2048, 3.0
#: One in so many files arrives in two pieces.
_IN_PIECES = 10


@dataclass(frozen=True)
class Drop:
    """One file: where it lies now, where below the folder it goes, why it is bad (or None)."""

    source: Path
    target: Path
    bad: str | None = None


def drops(pool: Path, count: int, bad: int, seed: int) -> list[Drop]:
    """Write files into ``pool`` and return what is to be dropped, shuffled.

    Args:
        pool: a folder that is filled.
        count: files in all; the good ones are the demonstration's oldest sheets.
        bad: how many of them cannot be read.
        seed: the same seed gives the same files in the same order.
    """
    dice = random.Random(seed)
    sheets = sorted(generate(pool / "good"), key=lambda sheet: (sheet.received_at, sheet.path))
    chosen = [Drop(pool / "good" / sheet.path, sheet.path) for sheet in sheets[: count - bad]]
    models = [dice.choice(chosen) for _ in range(bad)]
    kinds = sorted(SPOILERS)
    spoiled = [
        _spoiled(pool / "bad", model, kinds[number % len(kinds)], number)
        for number, model in enumerate(models)
    ]
    mixed = chosen + spoiled
    dice.shuffle(mixed)
    return mixed


def drop_all(raw: Path, files: Sequence[Drop], hands: int = 8) -> float:
    """Copy the files into the folder by several hands at once; return the seconds it took.

    Every tenth file arrives in two pieces with a pause, as over a slow line.
    """
    began = time.monotonic()
    with ThreadPoolExecutor(hands) as people:
        numbered = enumerate(files)
        done = [people.submit(_drop, raw, f, number % _IN_PIECES == 0) for number, f in numbered]
        for one in done:
            one.result()
    return time.monotonic() - began


def _drop(raw: Path, file: Drop, in_pieces: bool) -> None:
    target = raw / file.target
    target.parent.mkdir(parents=True, exist_ok=True)
    content = file.source.read_bytes()
    with target.open("wb") as stream:
        if in_pieces and len(content) > _HEAD:
            stream.write(content[:_HEAD])
            stream.flush()
            time.sleep(_PAUSE_SECONDS)
            stream.write(content[_HEAD:])
        else:
            stream.write(content)


def _empty(source: Path, target: Path, number: int) -> None:
    """Nothing at all: the same content for all files of this kind."""
    target.write_bytes(b"")


def _no_spreadsheet(source: Path, target: Path, number: int) -> None:
    target.write_text(f"这不是电子表格。\n{number}\n" * 20)


def _cut_short(source: Path, target: Path, number: int) -> None:
    content = source.read_bytes()
    target.write_bytes(content[: len(content) // 2 + number])


def _unknown(source: Path, target: Path, number: int) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("采购", 0)
    sheet.append(["食堂采购登记", number])
    sheet.append(["白菜", 12])
    book.save(target)


SPOILERS: dict[str, Callable[[Path, Path, int], None]] = {
    "empty": _empty,
    "no spreadsheet": _no_spreadsheet,
    "cut short": _cut_short,
    "unknown sheet": _unknown,
}


def _spoiled(folder: Path, model: Drop, kind: str, number: int) -> Drop:
    target = model.target.with_stem(f"{model.target.stem}_{number}")
    source = folder / target
    source.parent.mkdir(parents=True, exist_ok=True)
    SPOILERS[kind](model.source, source, number)
    return Drop(source, target, kind)
