"""Hand the demonstration's files in: the one place that touches the ledger."""

from collections.abc import Iterable

from demo.delivery import Delivery
from govstats.intake import register
from govstats.settings import Settings


def deliver(settings: Settings, deliveries: Iterable[Delivery]) -> int:
    """Register files below ``settings.raw`` on the ledger, in the order given.

    Returns how many are new there; files registered before are left as they are.
    """
    entries = register(settings, [(item.path, item.received_at) for item in deliveries])
    return len(entries)
