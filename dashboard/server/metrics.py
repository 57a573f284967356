"""Figures about the running server, in the text format that Prometheus reads."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, ProcessCollector, generate_latest

from dashboard.server.build import build_now

RUN_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """What is counted; nothing of it tells one visitor from another."""

    def __init__(self) -> None:
        """Start counting."""
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._build = Info("dashboard_build", "Build and release of the figures shown", registry=self._registry)
        self.connections = Gauge("dashboard_connections", "Open connections of visitors", registry=self._registry)
        self.views = Counter(
            "dashboard_views", "Screens opened, changes of settings not counted", ["screen"], registry=self._registry
        )
        self.run_seconds = Histogram(
            "dashboard_run_seconds",
            "Time from a visitor's request to the end of the screen's run",
            ["screen"],
            buckets=RUN_SECONDS,
            registry=self._registry,
        )
        self.errors = Counter("dashboard_errors", "Errors that nobody foresaw", registry=self._registry)

    def text(self) -> bytes:
        """Return all figures as they stand."""
        build, release = build_now()
        self._build.info({"build": build, "release": release})
        return generate_latest(self._registry)
