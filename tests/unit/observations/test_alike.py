"""Files that are alike to the byte but for figures: read from their outline as without one."""

import io
import re
import zipfile
from pathlib import Path
from random import Random

import pytest

from govstats.layouts.knowledge import load_knowledge
from govstats.layouts.reading import Knowledge
from govstats.observations import ReadOutcome, SubmissionRef
from govstats.observations.worker import Reader
from govstats.settings import Settings
from govstats.workbooks.limits import Limits
from govstats.workbooks.outline import outline
from tests.workbooks import builders

SHEET = "xl/worksheets/sheet1.xml"
VALUE = re.compile(rb"<v>[^<]*</v>")
#: Ways to write a value, most of them figures.
TEXTS = (
    "1.5", "0", "-0", "2019", "3", "12", "1E-5", "0.1", "0.30000000000000004", "999999999999999",
    "-7.25", "43891", "1000000000000000", "1E+20", "1E400", "1e5", "007", "5.", ".5", "", "1_0",
    "abc", " 7 ", "NaN", "--1", "1.2.3", "1</v><v>2", "1<!-- 2 -->", "+4", "9" * 70,
)  # fmt: skip
Changes = dict[int, str]


@pytest.fixture(scope="module")
def knowledge(project: Path) -> Knowledge:
    return load_knowledge(Settings(root=project, data=project / "data"))


def form(folder: Path, name: str) -> bytes:
    """A sheet of a kind with figures, percentages, dates, results of formulas and words."""
    rows, merges = builders.finance()
    formats = {}
    if name == "formula":
        rows = builders.with_cell(rows, 6, 2, "=B7+B8|98765")
    elif name == "percent":
        formats = {(6, 5): "0.0%"}
    elif name == "date":
        formats = {(6, 4): "yyyy-mm-dd"}
    path = builders.workbook(folder / f"{name}.xlsx", rows, merges, "收入", formats)
    return path.read_bytes()


def with_values(content: bytes, changes: Changes) -> bytes:
    """The file with some values of its sheet written otherwise."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    count = len(VALUE.findall(parts[SHEET]))
    wanted = {number % count: text.encode() for number, text in changes.items()}
    numbers = iter(range(count))

    def other(match: re.Match[bytes]) -> bytes:
        text = wanted.get(next(numbers))
        return match.group() if text is None else b"<v>" + text + b"</v>"

    parts[SHEET] = VALUE.sub(other, parts[SHEET])
    return packed(parts)


def packed(parts: dict[str, bytes]) -> bytes:
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in parts.items():
            archive.writestr(part, text)
    return changed.getvalue()


class Pair:
    """A reader that knows a form, and what one says that knows none."""

    def __init__(self, knowledge: Knowledge, folder: Path, limits: Limits | None = None) -> None:
        self.knowledge, self.limits = knowledge, limits or Limits()
        self.path = folder / "a.xlsx"
        self.reader = Reader(knowledge, self.limits)

    def read(self, content: bytes, *, afresh: bool = False) -> ReadOutcome:
        self.path.write_bytes(content)
        ref = SubmissionRef("s1", "finance", "2020-03", "财政局/2020-03/表.xlsx", self.path)
        reader = Reader(self.knowledge, self.limits) if afresh else self.reader
        return reader.read(ref)

    def check(self, content: bytes) -> ReadOutcome:
        found, wanted = self.read(content), self.read(content, afresh=True)
        assert found.refusal == wanted.refusal
        assert found.observations == wanted.observations
        assert found.cells == wanted.cells
        assert found == wanted
        return found


@pytest.fixture
def pair(knowledge: Knowledge, tmp_path: Path) -> Pair:
    return Pair(knowledge, tmp_path)


@pytest.mark.parametrize("name", ["plain", "formula", "percent", "date"])
def test_values_written_in_any_way(pair: Pair, tmp_path: Path, name: str) -> None:
    content, chance = form(tmp_path, name), Random(name)
    seen = set()
    for turn in range(150):
        count = chance.choice((0, 1, 1, 2, 5))
        few = TEXTS[: 12 if turn % 2 else None]
        changes = {chance.randrange(60): chance.choice(few) for _ in range(count)}
        seen.add(pair.check(with_values(content, changes)).status)
    assert seen == {"accepted", "refused"}


def test_spoilt_bytes_are_seen(pair: Pair, tmp_path: Path) -> None:
    content, chance = form(tmp_path, "plain"), Random(7)
    for _ in range(3):
        assert pair.check(content).status == "accepted"
    for _ in range(300):
        spoilt = bytearray(content)
        for _ in range(chance.choice((1, 1, 3))):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        cut = chance.choice((None, None, None, chance.randrange(len(spoilt))))
        pair.check(bytes(spoilt[:cut]))


def test_a_known_form_is_not_parsed_again(
    pair: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = with_values(form(tmp_path, "plain"), {})
    assert [pair.read(content).status for _ in range(2)] == ["accepted"] * 2
    outcome = pair.read(with_values(content, {20: "4321.5"}), afresh=True)

    def parse(*_: object) -> None:
        raise AssertionError("parsed again")

    monkeypatch.setattr("govstats.observations.worker.parse", parse)
    again = pair.read(with_values(content, {20: "4321.5"}))
    assert again == outcome
    assert "4321.5" in {cell.value_text for cell in again.cells}


@pytest.mark.parametrize(
    "change",
    [
        lambda parts: {"xl/vbaProject.bin": b"macros", **parts},
        lambda parts: {**parts, "xl/externalLinks/externalLink1.xml": b"<externalLink/>"},
        lambda parts: {**parts, "docProps/core.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"},
        lambda parts: {**parts, "docProps/core.xml": b"<a>saved later</a>"},
        lambda parts: {**parts, "xl/media/a.png": b"PK\x03\x04"},
        lambda parts: {**parts, SHEET: parts[SHEET].replace(b"<v>", b"<!-- <v>7</v> --><v>")},
        lambda parts: {**parts, SHEET: parts[SHEET].replace(b"<sheetData>", b"<sheetData>\0")},
        lambda parts: {**parts, SHEET: parts[SHEET].decode().encode("utf-16")},
    ],
)
def test_other_parts_are_looked_at(pair: Pair, tmp_path: Path, change) -> None:  # type: ignore[no-untyped-def]
    content = form(tmp_path, "plain")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    for _ in range(3):
        pair.check(packed(parts))
    pair.check(packed(change(parts)))


def test_the_limits_hold_for_known_forms(knowledge: Knowledge, tmp_path: Path) -> None:
    content = form(tmp_path, "plain")
    pair = Pair(knowledge, tmp_path, Limits(cell_text=3000))
    for _ in range(3):
        assert pair.check(content).status == "accepted"
    longer = pair.check(with_values(content, {20: "0." + "1" * 9000}))
    assert longer.refusal is not None
    assert longer.refusal.code == "cell_too_long"


def test_an_outline_leaves_out_figures_alone(tmp_path: Path) -> None:
    content = form(tmp_path, "plain")
    first, same = (
        outline(with_values(content, changes), Limits()) for changes in ({}, {20: "4321.5"})
    )
    assert first is not None
    assert same is not None
    assert first.key == same.key
    assert (4321.5 in same.figures, b"4321.5" in same.texts) == (True, True)
    other = outline(with_values(content, {20: "abc"}), Limits())
    assert other is None or other.key != first.key
    assert outline(content[:-1], Limits()) is None
    assert outline(packed({SHEET: b"<sheetData/>"}), Limits()) is None
    assert outline(b"", Limits()) is None
