"""What is kept no longer: old releases, facts of another reader, leftovers, old logs.

Nothing goes that cannot be made again from what came in, and never the current release, what
waits for publication, a ledger line, an original or a kept copy.
"""

from govstats.retention.model import Item, Kind
from govstats.retention.planning import plan
from govstats.retention.removing import prune

__all__ = ["Item", "Kind", "plan", "prune"]
