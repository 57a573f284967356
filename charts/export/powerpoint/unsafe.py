"""What a template may not hold: more than fits into memory, macros, and links to elsewhere that open by themselves."""

import re
import zipfile
import zlib
from pathlib import Path

from pipeline.errors import UsageError

LARGEST_FILE_BYTES = 50_000_000
LARGEST_UNPACKED_BYTES = 200_000_000
LARGEST_PART_BYTES = 50_000_000
"""Of one part of the file, unpacked: a part is read whole, and XML takes several times its size."""
MOST_PARTS = 5_000

_MACROS = re.compile(r"vbaProject|activeX|oleObject", re.IGNORECASE)
_EXTERNAL = re.compile(rb"<[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>")
_HYPERLINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']")
_OWN_WORDS = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def refuse_unsafe(template: Path) -> None:
    """Look into a template before it is opened.

    Raises:
        UsageError: it is too large, packed or unpacked, no .pptx, or holds macros, embedded programs or external content.
    """
    if template.stat().st_size > LARGEST_FILE_BYTES:
        raise _refused(
            template, f"is larger than {LARGEST_FILE_BYTES // 1_000_000} MB", "Take large pictures out of it."
        )
    try:
        with zipfile.ZipFile(template) as package:
            _refuse_large(template, package.infolist())
            for part in package.namelist():
                _refuse_part(template, part, package)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, ValueError, OSError):  # among them a password
        raise UsageError(
            "The template cannot be read as a PowerPoint file: it is damaged, locked by a password, or of another kind.",
            where=template.name,
            do="Give a .pptx file; save a .potx or .ppt as .pptx first.",
        ) from None


def _refuse_large(template: Path, parts: list[zipfile.ZipInfo]) -> None:
    largest = max((part.file_size for part in parts), default=0)
    if (
        len(parts) > MOST_PARTS
        or largest > LARGEST_PART_BYTES
        or sum(p.file_size for p in parts) > LARGEST_UNPACKED_BYTES
    ):
        raise _refused(template, "is far larger once unpacked than any template", "Take slides and pictures out of it.")


def _refuse_part(template: Path, part: str, package: zipfile.ZipFile) -> None:
    if _MACROS.search(part):
        raise _refused(template, "holds macros or embedded programs", "Save it as .pptx without macros.")
    if not part.endswith((".xml", ".rels")):
        return
    content = package.read(part)
    if _OWN_WORDS.search(content):
        raise _refused(template, "holds XML that defines words of its own", "Save it anew with PowerPoint.")
    if part.endswith(".rels") and any(not _HYPERLINK.search(link) for link in _EXTERNAL.findall(content)):
        do = "Embed linked pictures and files instead (File, Info, Edit Links to Files)."
        raise _refused(template, "opens files from elsewhere", do)


def _refused(template: Path, why: str, do: str) -> UsageError:
    return UsageError(f"The template {why}.", where=template.name, do=do)
