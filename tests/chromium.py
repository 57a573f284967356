"""Finds a Chromium for the browser tests, and installs one where there is none: `python tests/chromium.py`."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,LensOverlay,MediaRouter,OptimizationHints,"
    "NetworkTimeServiceQuerying,PreconnectToSearch,HttpsUpgrades,PaintHolding,DestroyProfileOnBrowserClose",
]
"""Quiet start in a container: no sandbox for root, no call to any host of its own, and none of the browser's own pages behind its
address bar, which every new tab would load beside ours: 400 files, a fifth of a second."""


def installed() -> str:
    """Return the path of an installed Chromium, or "" (then the browser tool's own is used, if it has one)."""
    chosen = os.environ.get("CHROMIUM", "")
    return chosen or next((path for name in NAMES if (path := shutil.which(name))), "")


def _own_download_is_there() -> bool:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tool:
        return os.path.exists(tool.chromium.executable_path)  # noqa: PTH110 - a path as text from another library


def main() -> int:
    """Make sure that a Chromium is there: an installed one, else Debian's package, else the browser tool's own."""
    if installed() or _own_download_is_there():
        return 0
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-q"], check=True)
        subprocess.run(["apt-get", "install", "-y", "-q", "chromium"], check=True)
        return 0
    return subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
