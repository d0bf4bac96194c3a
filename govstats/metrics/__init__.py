"""Numbers about an installation for a monitoring system, in Prometheus' text format.

``data/metrics/govstats.prom`` is written at the end of every step, whole or not at all. No label
holds a file's name or a text that came in: their values are codes, so they stay few.
"""

from govstats.metrics.write import FILE, families, text, write

__all__ = ["FILE", "families", "text", "write"]
