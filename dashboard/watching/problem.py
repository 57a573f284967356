"""Says on a screen what went wrong, in the words of the error and no more."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from dashboard import link
from dashboard.watching.log import LOGGER
from pipeline.errors import NotBuilt, PipelineError


def show(error: PipelineError, *, box: Callable[..., Any] = st.warning) -> None:
    """Show what happened and what to do; where it happened may be a path on this server, and is for the log.

    Words from figures and addresses stand in errors, so all is shown as plain text.
    """
    if isinstance(error, NotBuilt):
        LOGGER.error("not built", extra={"what": error.what, "where": error.where})
    box("\n\n".join(link.plain(part) for part in (error.what, error.do) if part), icon=":material/error:")
