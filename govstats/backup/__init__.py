"""One file from which an installation can be built again, and building it again.

What was received is all that cannot be made anew: the ledger and the bytes of every file on it,
files that lie there unregistered, the trend over releases and who signed them. Facts, warehouse
and releases follow from these and from the project's knowledge, which is under version control.
"""

from govstats.backup.archive import Summary
from govstats.backup.restore import restore
from govstats.backup.write import write

__all__ = ["Summary", "restore", "write"]
