"""Figures about the running server, in the text format that Prometheus reads; nothing tells one visitor from another."""

import logging
import socket
from collections.abc import Iterable
from threading import Thread

import streamlit as st
import uvicorn
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, make_asgi_app
from prometheus_client.core import InfoMetricFamily
from prometheus_client.registry import Collector

from pipeline.processed import build_on_disk


class _Build(Collector):
    """Says which figures are shown now, whenever it is asked."""

    def collect(self) -> Iterable[InfoMetricFamily]:
        build, release = build_on_disk()
        words = {"build": build, "release": release}
        yield InfoMetricFamily("dashboard_build", "Build and release of the figures shown", value=words)


# Not the library's own registry: `streamlit run` loads this module anew when a file is changed.
REGISTRY = CollectorRegistry()
REGISTRY.register(_Build())
ProcessCollector(registry=REGISTRY)
CONNECTIONS = Gauge("dashboard_connections", "Open connections of visitors", registry=REGISTRY)
ERRORS = Counter("dashboard_errors", "Errors that nobody foresaw", registry=REGISTRY)
REFUSED = Counter("dashboard_refused", "Visitors and messages turned away", ["why"], registry=REGISTRY)
VIEWS = Counter("dashboard_views", "Screens opened, changes of settings not counted", ["screen"], registry=REGISTRY)
RUN_SECONDS = Histogram(
    "dashboard_run_seconds",
    "Time to make a screen",
    ["screen"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=REGISTRY,
)


def observe_run(screen: str, seconds: float) -> None:
    """Count a run of a screen, as "/map"; to be called at the end of the run, from the run itself."""
    if not st.context.headers:
        return  # no visitor: each screen is opened once before they come
    RUN_SECONDS.labels(screen).observe(seconds)
    if st.session_state.get("_screen_counted") != screen:
        st.session_state["_screen_counted"] = screen
        VIEWS.labels(screen).inc()
        view = {"screen": screen, "milliseconds": round(seconds * 1000)}
        logging.getLogger("dashboard").info("view", extra=view)


def offer(listening: socket.socket) -> None:
    """Answer at a port of its own, which visitors need not reach, with the figures for Prometheus."""
    settings = uvicorn.Config(make_asgi_app(REGISTRY), ws="none", lifespan="off", access_log=False, log_config=None)
    Thread(target=uvicorn.Server(settings).run, kwargs={"sockets": [listening]}, daemon=True).start()
