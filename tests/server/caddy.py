"""Finds Caddy for the tests of the proxy, and installs Debian's where there is none: `python tests/server/caddy.py`."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import requests

CADDYFILE = Path(__file__).resolve().parents[2] / "deploy" / "proxy" / "Caddyfile"


def installed() -> str:
    """Return the path of an installed Caddy, or ""."""
    return shutil.which("caddy") or ""


@contextmanager
def proxy(folder: Path, **settings: str) -> Iterator[None]:
    """Run Caddy with our Caddyfile; nothing of it stays behind."""
    process = subprocess.Popen(
        [installed(), "run", "--config", str(CADDYFILE), "--adapter", "caddyfile"],
        env={**os.environ, "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), **settings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=15)


def until(address: str, status: int = 200, **how: object) -> requests.Response:
    """Ask until the answer has this status."""
    for _ in range(300):
        with suppress(requests.ConnectionError):
            answer = requests.get(address, timeout=15, **how)  # type: ignore[arg-type]
            if answer.status_code == status:
                return answer
        time.sleep(0.2)
    raise AssertionError(f"{address} did not answer with {status}")


def main() -> int:
    """Make sure that Caddy is there where it can be installed; the tests say so where it is not."""
    if installed():
        return 0
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-q"], check=True)
        return subprocess.run(["apt-get", "install", "-y", "-q", "caddy"], check=False).returncode
    sys.stderr.write("Caddy is not there and cannot be installed here: the tests of the proxy will be skipped.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
