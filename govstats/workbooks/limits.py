"""How much of a machine one submitted file may ask for."""

from dataclasses import dataclass, field, fields

_MIB = 1024 * 1024


def _limit(default: int, meaning: str) -> int:
    value: int = field(default=default, metadata={"meaning": meaning})
    return value


@dataclass(frozen=True)
class Limits:
    """What a file may contain before a parser sees it, and what a reader process may use.

    The largest departmental sheet measured (100,000 rows x 20 columns: 8 MB packed, 72 MB
    unpacked, 2 million cells) stays well below every one of them.
    """

    file_bytes: int = _limit(64 * _MIB, "size of a file")
    entries: int = _limit(2_000, "members of its zip archive")
    # Counted while unpacking, not as claimed.
    unpacked_bytes: int = _limit(512 * _MIB, "sum of the unpacked sizes")
    ratio: int = _limit(200, "unpacked to packed size")
    ratio_from_bytes: int = _limit(16 * _MIB, "unpacked size up to which the ratio is not judged")
    # What a dense grid from A1 to the farthest cell with content would hold.
    cell_area: int = _limit(8_000_000, "rows × columns of a sheet with content")
    cell_text: int = _limit(32_767, "characters of a cell (spreadsheets hold no more)")
    styles: int = _limit(131_000, "cell formats (spreadsheets hold 65,490 and as many named ones)")
    csv_columns: int = _limit(16_384, "columns of a text file (spreadsheets hold no more)")
    trusted_string_claim: int = _limit(
        100_000, "claimed shared texts that need not be borne out by the file"
    )
    memory_bytes: int = _limit(2_048 * _MIB, "address space of a reader process")
    cpu_seconds: int = _limit(60, "processor time for one file")
    wall_seconds: int = _limit(90, "time by the clock for one file")


def meanings() -> dict[str, str]:
    """What each limit is about, by its name."""
    return {limit.name: limit.metadata["meaning"] for limit in fields(Limits)}
