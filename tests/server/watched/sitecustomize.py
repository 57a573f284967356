"""Watches a server under test from inside: notes the connections it opens, the names it looks up, and its silences."""

import asyncio
import os
import signal
import socket
import time
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread, current_thread, main_thread
from typing import Any

import uvicorn

_CONNECTIONS, _SILENCES = Path(os.environ["NOTED_CONNECTIONS"]), Path(os.environ["NOTED_SILENCES"])
_TICK_SECONDS, _WORTH_NOTING_SECONDS = 0.02, 0.1


def _noting(name: str, call: Any) -> Any:
    def noted(*words: Any, **more: Any) -> Any:
        with _CONNECTIONS.open("a", encoding="utf-8") as file:
            file.write(f"{name} {words[-1]!r} {words[0]!r}\n")
        return call(*words, **more)

    return noted


for _name in ("connect", "connect_ex", "sendto"):
    setattr(socket.socket, _name, _noting(_name, getattr(socket.socket, _name)))
for _name in ("gethostbyname", "gethostbyname_ex", "gethostbyaddr", "getfqdn"):
    setattr(socket, _name, _noting(_name, getattr(socket, _name)))


def _waited(thread: str) -> float:
    """Seconds for which a thread was ready to run while others had the processor."""
    with suppress(OSError):
        return int(Path(f"/proc/{thread}/schedstat").read_text().split()[1]) / 1e9
    return 0.0


def _silence(loop: asyncio.AbstractEventLoop) -> float:
    """Seconds for which the loop, which is the main thread's, does not answer.

    A busy machine is no silence of the server. So what the loop waited for a processor is taken off, and what it waited for
    Python's lock while a thread that held it had no processor: about as long as this thread, which only ticks, waited for
    it. What the process computed meanwhile counts where it is more, as where a computation never lets go of that lock.
    """
    answered, late, took, own = Event(), 0.0, 0.0, _waited("thread-self")
    begun, computed, loop_waited = time.monotonic(), time.process_time(), _waited("self")

    def answer() -> None:
        nonlocal took, computed, loop_waited
        took, computed = time.monotonic() - begun, time.process_time() - computed
        loop_waited = _waited("self") - loop_waited
        answered.set()

    loop.call_soon_threadsafe(answer)
    while True:
        ticked = time.monotonic()
        if answered.wait(_TICK_SECONDS):
            break
        late += time.monotonic() - ticked - _TICK_SECONDS
    late -= _waited("thread-self") - own
    return max(took - loop_waited - max(late, 0), computed)


def _watch(loop: asyncio.AbstractEventLoop) -> None:
    with suppress(RuntimeError):  # the loop has been closed
        while True:
            silence = _silence(loop)
            if silence > _WORTH_NOTING_SECONDS:
                with _SILENCES.open("a", encoding="utf-8") as file:
                    file.write(f"{silence:.2f}\n")
            time.sleep(_TICK_SECONDS)


_serve = uvicorn.Server.serve


async def _serve_and_watch(self: uvicorn.Server, sockets: list[socket.socket] | None = None) -> None:
    if current_thread() is main_thread():
        signal.signal(signal.SIGUSR1, lambda *_: time.sleep(1))  # a silence, for the test that one would be noticed
        Thread(target=_watch, args=(asyncio.get_running_loop(),), daemon=True).start()
    await _serve(self, sockets)


uvicorn.Server.serve = _serve_and_watch  # type: ignore[method-assign]
