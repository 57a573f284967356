"""Which build of the figures is being shown."""

from dashboard.figures import NotBuilt, figures


def build_now() -> tuple[str, str]:
    """Return build id and release date of the figures that stand on disk now; ("", "") where there are none."""
    try:
        current = figures()
    except NotBuilt:
        return "", ""
    return current.build, current.release
