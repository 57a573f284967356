"""Notes every connection that a Python process opens and every name it looks up; on the path of a server under test."""

import os
import socket
from pathlib import Path
from typing import Any

_FILE = os.environ["NOTED_CONNECTIONS"]


def _noting(name: str, call: Any) -> Any:
    def noted(*words: Any, **more: Any) -> Any:
        with Path(_FILE).open("a", encoding="utf-8") as file:
            file.write(f"{name} {words[-1]!r} {words[0]!r}\n")
        return call(*words, **more)

    return noted


for _name in ("connect", "connect_ex", "sendto"):
    setattr(socket.socket, _name, _noting(_name, getattr(socket.socket, _name)))
for _name in ("gethostbyname", "gethostbyname_ex", "gethostbyaddr", "getfqdn"):
    setattr(socket, _name, _noting(_name, getattr(socket, _name)))
