"""How much of a machine one submitted file may ask for."""

from dataclasses import dataclass

_MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What a file may contain before a parser sees it, and what a reader process may use.

    The largest departmental sheet measured (100,000 rows x 20 columns: 8 MB packed, 72 MB
    unpacked, 2 million cells) stays well below every one of them.
    """

    #: Packed size of the file.
    file_bytes: int = 64 * _MIB
    #: Members of the zip archive.
    entries: int = 2_000
    #: Sum of the unpacked sizes, counted while unpacking, not as claimed.
    unpacked_bytes: int = 512 * _MIB
    #: Unpacked to packed size; judged only above ``ratio_from_bytes``.
    ratio: int = 200
    ratio_from_bytes: int = 16 * _MIB
    #: Rows x columns from A1 to the farthest cell with content: what a dense grid would hold.
    cell_area: int = 8_000_000
    #: A larger claimed number of shared strings must be borne out by the file.
    trusted_string_claim: int = 100_000
    #: Address space of one reader process.
    memory_bytes: int = 2_048 * _MIB
    #: Processor time for one file, and time by the clock.
    cpu_seconds: int = 60
    wall_seconds: int = 90
