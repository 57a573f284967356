"""Ends connections over which no whole request comes in time; uvicorn waits for ever (encode/uvicorn has no setting)."""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

LONGEST_WAIT_SECONDS = 10


class Patient(H11Protocol):
    """Uvicorn's HTTP, with a deadline for the first request and for each further one."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as in uvicorn itself
        """Start the clock."""
        super().connection_made(transport)
        self._clock = self.loop.call_later(LONGEST_WAIT_SECONDS, self._give_up)

    def on_response_complete(self) -> None:
        """Start the clock anew, also for what is left of a body that nobody reads."""
        super().on_response_complete()
        self._clock.cancel()
        self._clock = self.loop.call_later(LONGEST_WAIT_SECONDS, self._give_up)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clock."""
        super().connection_lost(exc)
        self._clock.cancel()

    def _give_up(self) -> None:
        cycle: Any = self.cycle
        answered = cycle is None or cycle.response_complete
        # A WebSocket has taken over the transport, and looks after it.
        if answered and self.transport.get_protocol() is self:
            self.transport.close()
