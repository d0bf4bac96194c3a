"""From counted metrics to the file that a monitoring system reads."""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

import duckdb
from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector

from govstats.errors import GovstatsError
from govstats.files import write_atomic
from govstats.metrics import installation, marts
from govstats.metrics.model import Family, one
from govstats.settings import Settings

log = logging.getLogger("govstats")

FILE = "govstats.prom"
_PREFIX = "govstats_"


def families(settings: Settings, now: datetime | None = None) -> list[Family]:
    """Count everything anew.

    Args:
        settings: the installation.
        now: the moment to count for; now where left out.
    """
    moment = now or datetime.now(marts.zone(settings))
    written = one("metrics_timestamp_seconds", "When these were counted.", moment.timestamp())
    return [*_released(settings, moment), *installation.families(settings), written]


def _released(settings: Settings, moment: datetime) -> Iterator[Family]:
    """Count the current release; one that is damaged costs its own numbers alone."""
    try:
        yield from marts.families(settings, moment)
    except (GovstatsError, OSError, ValueError, KeyError, duckdb.Error) as error:
        log.warning("metrics: the current release is not counted: %s", error)


def text(counted: Iterable[Family]) -> bytes:
    """Return metrics in Prometheus' text format, in UTF-8."""
    registry = CollectorRegistry()
    registry.register(_Counted(list(counted)))
    return generate_latest(registry)


def write(settings: Settings, target: Path | None = None) -> Path:
    """Write the metrics to a file, in one step.

    Args:
        settings: the installation.
        target: the file; ``data/metrics/govstats.prom`` where left out.

    Returns:
        The file.
    """
    path = target or settings.metrics / FILE
    write_atomic(path, text(families(settings)))
    path.chmod(0o644)  # for a scraper that is another user
    return path


class _Counted(Collector):
    def __init__(self, counted: list[Family]) -> None:
        self._counted = counted

    def collect(self) -> Iterator[Metric]:
        for each in self._counted:
            if not each.samples:
                continue
            kind = CounterMetricFamily if each.kind == "counter" else GaugeMetricFamily
            names = list(each.samples[0][0])
            metric = kind(_PREFIX + each.name, each.help, labels=names)
            for labels, value in each.samples:
                metric.add_metric([labels[name] for name in names], value)
            yield metric
