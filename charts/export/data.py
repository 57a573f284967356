"""The processed tables as files for reuse: CSV with a Frictionless data package."""

import io
import zipfile

from pipeline.processed import Tables

EPOCH = (1980, 1, 1, 0, 0, 0)
"""Time written into zip files, so that the same tables give the same bytes."""


def data_files(tables: Tables) -> dict[str, bytes]:
    """File name -> bytes of every processed table and of the descriptor that vouches for them."""
    names = ["datapackage.json", *(str(resource["path"]) for resource in tables.package["resources"])]
    return {name: (tables.folder / name).read_bytes() for name in names}


def zipped(files: dict[str, bytes]) -> bytes:
    """Files as one zip archive, the same bytes for the same files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return out.getvalue()
