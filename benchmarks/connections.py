"""Far more visitors at once than one process lets in: everybody is served or told to wait."""

import asyncio
import tempfile
from collections import Counter

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus, WebSocketException

from benchmarks.measured import Part, Row
from benchmarks.screens import screens
from benchmarks.servers import dashboard

VISITORS = 1000
LONGEST_WAIT_SECONDS = 120
BUSY = 503


def measure() -> Part:
    """Measure what becomes of a thousand connections."""
    part = Part(
        "A thousand connections at once",
        f"{VISITORS} visitors connect to one process at the same moment, spread over all screens, and stay until their screen "
        "has come. An error line is one of level ERROR in the log.",
    )
    with tempfile.TemporaryFile() as log, dashboard(log) as server:
        outcomes = Counter(asyncio.run(_all_at_once(server.address)))
        log.seek(0)
        errors = sum(b'"ERROR"' in line for line in log)
    part.rows += [
        Row(what="served", value=outcomes["served"], unit=""),
        Row(what="told to wait", value=outcomes["told to wait"], unit=""),
        Row(what="dropped", value=outcomes["dropped"], unit="", most=0),
        Row(what="error lines", value=errors, unit="", most=0),
    ]
    return part


async def _all_at_once(address: str) -> list[str]:
    paths = [screen.path.partition("?")[0].strip("/") for screen in screens()]
    visits = (_visit(address.replace("http", "ws", 1), paths[one % len(paths)]) for one in range(VISITORS))
    return await asyncio.gather(*visits)


async def _visit(address: str, screen: str) -> str:
    request = BackMsg()
    request.rerun_script.page_name = screen
    try:
        async with connect(f"{address}/_stcore/stream", max_size=None, open_timeout=LONGEST_WAIT_SECONDS) as line:
            await line.send(request.SerializeToString())
            async with asyncio.timeout(LONGEST_WAIT_SECONDS):
                async for content in line:
                    assert isinstance(content, bytes)
                    if ForwardMsg.FromString(content).WhichOneof("type") == "script_finished":
                        return "served"
    except InvalidStatus as refused:
        return "told to wait" if refused.response.status_code == BUSY else "dropped"
    except (OSError, TimeoutError, WebSocketException):
        pass
    return "dropped"
