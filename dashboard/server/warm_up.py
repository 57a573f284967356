"""Opens every screen once before visitors come, so that none of them waits for what is loaded only once."""

import logging
from pathlib import Path

from streamlit.testing.v1 import AppTest

LONGEST_RUN_SECONDS = 60


def addresses(root: Path) -> list[str]:
    """Addresses of all screens, the first one first, as "/" and "/map"."""
    return ["/", *(f"/{path.stem}" for path in sorted((root / "pages").glob("*.py")))]


def open_screens(root: Path) -> list[str]:
    """Run each screen in a session without a visitor; return the addresses of those that end in an error.

    Call it before the server starts: Streamlit's test session takes the place of its runtime meanwhile.
    """
    logging.disable(logging.WARNING)  # it warns that there is no visitor
    session = AppTest.from_file(str(root / "app.py"), default_timeout=LONGEST_RUN_SECONDS)
    logging.disable(logging.NOTSET)
    failed = []
    for address in addresses(root):
        if address != "/":
            session.switch_page(f"pages{address}.py")
        try:
            session.run()
        except RuntimeError:  # it took too long
            failed.append(address)
            continue
        if session.exception or session.error:
            failed.append(address)
    return failed
