"""What departments say about findings: read from filled return sheets, judged, set beside them."""

from govstats.explanations.apply import apply
from govstats.explanations.judged import Judged
from govstats.explanations.record import record

__all__ = ["Judged", "apply", "record"]
