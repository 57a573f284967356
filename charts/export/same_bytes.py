"""Office files that are the same bytes whenever they are written: no times but that of the figures."""

import io
import re
import zipfile

from charts.export.data import EPOCH

_PROPERTIES = "docProps/core.xml"
_DATES = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def without_times(office_file: bytes, *, day: str) -> bytes:
    """A presentation or workbook, and every workbook inside it, as made on a day ("2026-02-19"); its parts keep their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(office_file)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name in made.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            written.writestr(entry, _without_times(name, made.read(name), day))
    return out.getvalue()


def _without_times(name: str, content: bytes, day: str) -> bytes:
    if name.endswith(".xlsx"):
        return without_times(content, day=day)
    if name == _PROPERTIES:
        return _DATES.sub(rb"\g<1>" + f"{day}T00:00:00Z".encode() + rb"\g<3>", content)
    return content
