"""Errors that speak: what went wrong, where, and what to do."""

from dataclasses import dataclass
from errno import EIO
from pathlib import Path


class GovstatsError(Exception):
    """A failure a person can mend; the command line shows its text and no traceback.

    ``what`` says what was found, ``remedy`` what to do about it.
    """

    exit_code = 1

    def __init__(self, what: str, remedy: str = "") -> None:
        self.what = what
        self.remedy = remedy
        super().__init__(f"{what}\n  → {remedy}" if remedy else what)


class KnowledgeError(GovstatsError):
    """A seed, layout or rule file is wrong: names file, place, what was found and expected."""

    exit_code = 2


class Busy(GovstatsError):
    """Another run holds the warehouse lock."""

    exit_code = 3


class ReleaseHeld(GovstatsError):
    """A hard audit finding stops the release; the last good one stands."""

    exit_code = 4


class NothingReceived(GovstatsError):
    """No spreadsheet had been received by the day that is asked for."""


class AwaitingSignOff(GovstatsError):
    """The release waits for a person's sign-off, or was rejected; the last good one stands."""

    exit_code = 5


class MachineError(OSError):
    """The machine failed while a sheet was read or its facts written: a full disk, a folder closed.

    It says nothing about the sheet, which is read at the next run.
    """

    @classmethod
    def of(cls, error: OSError, where: Path) -> "MachineError":
        """Say the same of a folder or file; survives the way from one process to another."""
        return cls(error.errno or EIO, error.strerror or str(error), str(where))


@dataclass(frozen=True)
class Refusal:
    """Why a submitted file was not read; kept with the submission, shown in both languages.

    ``code`` is one of the reason codes in ``docs/operate.md``. ``sheet`` and ``cell`` are
    empty where the reason concerns the whole file; ``lines`` is YAML to add to the layout where
    that would mend it.
    """

    code: str
    found_zh: str
    expected_zh: str
    remedy_zh: str
    found_en: str
    expected_en: str
    remedy_en: str
    sheet: str = ""
    cell: str = ""
    lines: str = ""

    def text_zh(self) -> str:
        """One Chinese sentence: found, expected, what to do."""
        return f"{self.found_zh};应为:{self.expected_zh}。处理办法:{self.remedy_zh}。"

    def text_en(self) -> str:
        """One English sentence: found, expected, what to do."""
        return f"{self.found_en}; expected {self.expected_en}. To do: {self.remedy_en}."
