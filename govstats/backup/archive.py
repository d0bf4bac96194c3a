"""What stands where in a backup: a tar whose first member says what the others must be."""

from dataclasses import dataclass

#: First member: names and SHA-256 of all others, as JSON.
MANIFEST = "backup.json"
#: Version of this arrangement; another one is refused.
FORMAT = 1
LEDGER = "ledger.csv"
HISTORY = "history.csv"
SIGNOFFS = "signoffs.csv"
#: Folder of kept copies by content hash, and of files that were not registered.
STORE, UNREGISTERED = "store", "unregistered"


@dataclass(frozen=True)
class Summary:
    """What a backup holds: submissions on the ledger, files not registered, bytes of its file."""

    submissions: int
    unregistered: int
    size: int
