"""What is counted while the product runs, and what the store says of itself, in Prometheus' text format.

Several processes answer requests; with PROMETHEUS_MULTIPROC_DIR each counts into a file of its own there and whoever is asked
adds them up. Without it a process knows of itself only.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

from bailiwick.kit import Refused

SHARED = "PROMETHEUS_MULTIPROC_DIR"
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
OWN = CollectorRegistry()
REQUESTS = Counter("bailiwick_requests", "Requests answered.", ("route", "method", "status"), registry=OWN)
DURATION = Histogram("bailiwick_request_seconds", "Time to an answer.", ("route",), buckets=SECONDS, registry=OWN)
UNDER_WAY = Gauge("bailiwick_requests_under_way", "Requests being answered.", registry=OWN, multiprocess_mode="livesum")
REFUSALS = Counter("bailiwick_refusals", "Acts refused by a rule.", ("code",), registry=OWN)
STORE_ERRORS = Counter("bailiwick_store_errors", "Requests that the store did not serve.", ("kind",), registry=OWN)


def refused(no: Refused) -> None:
    """A rule said no to somebody."""
    REFUSALS.labels(no.code).inc()


def written(now: datetime) -> bytes:
    """Everything there is to tell at `now`, of every process."""
    asked = CollectorRegistry()
    if folder := os.environ.get(SHARED):
        _forget_dead(Path(folder))
        MultiProcessCollector(asked)  # type: ignore[no-untyped-call]
    else:
        asked.register(OWN)
    asked.register(Gauges(now))
    return generate_latest(asked)


def _forget_dead(folder: Path) -> None:
    """A process that was killed answers nothing any more; what it had counted stays."""
    for file in folder.glob("gauge_live*_*.db"):
        pid = int(file.stem.rpartition("_")[2])
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            mark_process_dead(pid, str(folder))  # type: ignore[no-untyped-call]
        except PermissionError:
            continue


class Gauges(Collector):
    """How the store and the home stand at `now`, over all networks: counts and ages, and no name."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def collect(self) -> Iterator[Metric]:
        """What cannot be had is left out; a store that is away says so."""
        from bailiwick.store.note import noted
        from bailiwick.vitals.beat import age_of
        from bailiwick.vitals.waiting import waiting

        try:
            found = waiting(self.now)
        except (DatabaseError, InterfaceError):
            found = None
        yield _gauge("store_up", "Whether the store answers.", int(found is not None))
        if found:
            yield _gauge("outbox_waiting", "Messages that wait to leave.", found.messages)
            yield _gauge("outbox_given_up", "Messages given up after eight attempts.", found.given_up)
            yield _gauge("outbox_late_seconds", "Since when the longest waiting message is due.", _seconds(found.message_late))
            yield _gauge("hooks_waiting", "Events on their way to hooks.", found.deliveries)
            yield _gauge(
                "hooks_late_seconds", "Since when one is due to a hook that does not fail.", _seconds(found.delivery_late)
            )
            yield _gauge("imports_waiting", "Imports asked for and not taken in.", found.imports)
            yield _gauge("imports_late_seconds", "Since when the first of them is asked for.", _seconds(found.import_late))
            yield _gauge("ledger_unsealed_seconds", "Since when entries wait for a seal.", _seconds(found.unsealed))
            if found.seal_age is not None:
                yield _gauge("ledger_seal_age_seconds", "Age of the newest seal, of the worst network.", _seconds(found.seal_age))
        beats = GaugeMetricFamily("bailiwick_round_age_seconds", "Since the last round of clock and importer.", labels=["of"])
        for name in ("clock", "importer"):
            if (age := age_of(settings.HOME, name)) is not None:
                beats.add_metric([name], _seconds(age))
        yield beats
        with suppress(OSError, ValueError, KeyError):
            if backup := noted(settings.HOME):
                age = self.now - datetime.fromisoformat(backup["at"]).astimezone(UTC)
                yield _gauge("backup_age_seconds", "Age of the newest backup of this home.", _seconds(age))


def _gauge(name: str, told: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"bailiwick_{name}", told, value=value)


def _seconds(age: timedelta) -> float:
    return max(0.0, round(age.total_seconds(), 1))
