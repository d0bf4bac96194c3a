"""Text with separators (.csv, .tsv) in the encodings that offices use."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from govstats.workbooks.cells import Stored
from govstats.workbooks.formats.active import command_refused, types_command
from govstats.workbooks.formats.scan import Scan, SheetFacts, cell_too_long, check_area, unsafe
from govstats.workbooks.limits import Limits
from govstats.workbooks.places import address
from govstats.workbooks.refusals import Refused, words

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_SEPARATORS = (",", "\t", ";")
#: What is looked at to find the separator.
_SAMPLE = 64 * 1024
#: Control characters other than tab, line ends and the end-of-file mark of old programs.
#: Ends a line in texts of old Macs.
_LONE_RETURN = re.compile(r"\r(?!\n)")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x19\x1b-\x1f\x7f\ufffe\uffff]")
#: ASCII, punctuation, Chinese characters, full-width forms: what offices write.
_USUAL = re.compile(
    "[\t\n\r -~\u00a0\u00b0\u00b1\u00b2\u00b3\u00b7\u00d7\u00f7\u2000-\u22ff\u2460-\u25ff"
    "\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+"
)
#: ``="007"``: how exports keep the zeros of a code; the text is what is meant.
_KEPT_TEXT = re.compile(r'="([^"]*)"')


def scan_delimited(content: bytes, limits: Limits, name: str = "") -> Scan:
    """The cells of a text file; every one is a text, as it was typed.

    Args:
        content: the file.
        limits: what it may ask for.
        name: its name, whose stem names the only sheet.

    Raises:
        Refused: ``not_a_spreadsheet``, ``unsafe_archive``, ``cell_too_long`` or
            ``active_content``.
    """
    text = decoded(content)
    if "\n" not in text:
        text = text.replace("\r", "\n")
    sheet = PurePath(name).stem or "csv"
    grid, facts = _grid(text, limits, sheet)
    return Scan("csv", b"", {sheet: facts}, False, len(content), grid)


def decoded(content: bytes) -> str:
    """The text of a file: by its mark, as UTF-16 where zero bytes say so, UTF-8, GB18030.

    Raises:
        Refused: ``not_a_spreadsheet`` where it is no text in any of them.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _checked(content[len(mark) :], encoding)
    if b"\x00" in content:
        return _wide(content)
    return _narrow(content)


def _narrow(content: bytes) -> str:
    """UTF-8 or GB18030; short Chinese texts may be valid in both, with odd signs in one."""
    try:
        text = _checked(content, "utf-8")
    except Refused:
        return _checked(content, "gb18030")
    if _USUAL.sub("", text):
        try:
            other = _checked(content, "gb18030")
        except Refused:
            return text
        return text if _USUAL.sub("", other) else other
    return text


def _checked(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Refused("not_a_spreadsheet", variant="encoding", line=line) from error
    if control := _CONTROLS.search(text):
        line = text.count("\n", 0, control.start()) + 1
        code = f"U+{ord(control[0]):04X}"
        raise Refused("not_a_spreadsheet", variant="control", line=line, character=code)
    return text.rstrip("\x1a")


def _wide(content: bytes) -> str:
    """UTF-16 without a mark: the byte order in which lines end and nothing is unreadable."""
    for encoding, ends in (("utf-16-le", b"\n\x00"), ("utf-16-be", b"\x00\n")):
        position = content.find(ends)
        while position >= 0 and position % 2:
            position = content.find(ends, position + 1)
        if position < 0 or len(content) % 2:
            continue
        try:
            text = _checked(content, encoding)
        except Refused:
            continue
        # Other text taken for UTF-16 turns into signs that no office writes.
        if 20 * len(_USUAL.sub("", text)) < len(text) and any(s in text for s in _SEPARATORS):
            return text
    line = content.count(b"\n", 0, content.index(b"\x00")) + 1
    raise Refused("not_a_spreadsheet", variant="control", line=line, character="NUL")


def _separator(text: str) -> str:
    """The separator that most lines have, and most lines have equally often.

    Raises:
        Refused: ``not_a_spreadsheet`` where no line has one.
    """
    sample = text[:_SAMPLE]
    best, separator = (0, 0), ""
    for candidate in _SEPARATORS:
        counts = Counter(len(row) for row in csv.reader(io.StringIO(sample), delimiter=candidate))
        counts.pop(0, None)
        counts.pop(1, None)
        score = (sum(counts.values()), max(counts.values(), default=0))
        if score > best:
            best, separator = score, candidate
    if not separator:
        raise Refused("not_a_spreadsheet", variant="kind", kind=words("text"))
    return separator


def _grid(text: str, limits: Limits, sheet: str) -> tuple[list[list[Stored]], SheetFacts]:
    text = _LONE_RETURN.sub("\n", text)
    _check_lines(text, limits)
    separator = _separator(text)
    facts = SheetFacts(merges=[])
    grid: list[list[Stored]] = []
    widest = 0
    for number, row in enumerate(_rows(text, separator, limits, sheet), start=1):
        widest = max(widest, len(row))
        if widest > limits.csv_columns:
            raise unsafe("columns", widest, limits.csv_columns)
        check_area(number, widest, limits, sheet)
        grid.append(_cells(row, number, facts, sheet, limits))
    facts.last_row, facts.last_column = len(grid), widest
    return grid, facts


def _check_lines(text: str, limits: Limits) -> None:
    """Refuse a line that is too wide, before it is taken apart."""
    # A longer line leaves at least one block of half its length without an end.
    step, start = max(limits.cell_text // 2, 1), 0
    while start + step <= len(text):
        if text.find("\n", start, start + step) >= 0:
            start += step
            continue
        begin, end = text.rfind("\n", 0, start) + 1, text.find("\n", start)
        end = end if end >= 0 else len(text)
        for separator in _SEPARATORS:
            columns = text.count(separator, begin, end) + 1
            if columns > limits.csv_columns:
                raise unsafe("columns", columns, limits.csv_columns)
        start = end


def _rows(text: str, separator: str, limits: Limits, sheet: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    previous = csv.field_size_limit(limits.cell_text * 4)
    try:
        yield from reader
    except csv.Error as error:
        if "field larger" in str(error):
            raise cell_too_long(limits.cell_text + 1, limits, sheet) from error
        raise Refused("not_a_spreadsheet", variant="encoding", line=reader.line_num) from error
    finally:
        csv.field_size_limit(previous)


def _cells(
    row: Sequence[str], number: int, facts: SheetFacts, sheet: str, limits: Limits
) -> list[Stored]:
    cells: list[Stored] = list(row)
    for column, text in enumerate(row, start=1):
        if len(text) > limits.cell_text:
            raise cell_too_long(len(text), limits, sheet, address(number, column))
        if "|" in text and types_command(text):
            raise command_refused(text, sheet, address(number, column))
        if text[:1] == "=" and len(text) > 1:
            if kept := _KEPT_TEXT.fullmatch(text):
                cells[column - 1] = kept[1]
            else:
                # Nobody computed it: a formula without a result.
                facts.errors[number, column] = text
    return cells
