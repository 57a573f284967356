"""The list that lies beside exported files: what each shows, with which settings, from which release and build."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.processed import Tables


@dataclass(frozen=True, kw_only=True)
class ExportedFile:
    """One file of an export."""

    path: str
    """Path below the folder of the export."""
    content: bytes
    title: str
    alt: str = ""
    chart: str = ""
    """Id of the chart, where the file shows one."""
    settings: dict[str, str] = field(default_factory=dict)

    def entry(self) -> dict[str, object]:
        """What the manifest says of the file."""
        told: dict[str, object] = {
            "path": self.path,
            "bytes": len(self.content),
            "sha256": hashlib.sha256(self.content).hexdigest(),
            "title": self.title,
        }
        optional = {"chart": self.chart, "settings": self.settings, "alt": self.alt}
        return told | {name: value for name, value in optional.items() if value}


def manifest_text(files: Sequence[ExportedFile], *, title: str, tables: Tables) -> str:
    """The manifest of an export as JSON text."""
    told = {
        "title": title,
        "release": tables.release,
        "build": tables.build,
        "licence": "Open Government Licence v3.0",
        "files": [file.entry() for file in files],
    }
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"
