"""What the tables mean, for people and machines: docs/data-dictionary.md and datapackage.json, made from the contracts."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pipeline.tables import Column, Table

_FRICTIONLESS_TYPES = {"text": "string", "integer": "integer", "number": "number", "boolean": "boolean"}

LICENCE = {
    "name": "OGL-UK-3.0",
    "title": "Open Government Licence v3.0",
    "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}


def build_id(texts: Mapping[str, str]) -> str:
    """Eight characters that change when any table changes: a digest of all table texts in name order."""
    digest = hashlib.sha256()
    for name in sorted(texts):
        digest.update(f"{name}\n{texts[name]}".encode())
    return digest.hexdigest()[:8]


def datapackage_text(
    tables: Mapping[str, Table], texts: Mapping[str, str], *, release: str, sources: list[dict[str, str]]
) -> str:
    """A Frictionless data package descriptor of the processed tables as JSON text.

    `tables` (in file order) and `texts` (CSV) go by name, `release` is that of the newest HLE.
    """
    package = {
        "name": "healthy-life-expectancy-gap",
        "title": "Healthy life expectancy gap in England",
        "profile": "tabular-data-package",
        "version": release,
        "build": build_id(texts),
        "licenses": [LICENCE],
        "sources": sources,
        "resources": [_resource(table, texts[name]) for name, table in tables.items()],
    }
    return json.dumps(package, indent=1, ensure_ascii=False) + "\n"


def _resource(table: Table, text: str) -> dict[str, Any]:
    content = text.encode()
    return {
        "name": table.name.replace("_", "-"),
        "path": f"{table.name}.csv",
        "profile": "tabular-data-resource",
        "description": table.meaning,
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "primaryKey": list(table.key),
            "missingValues": [""],
        },
    }


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": not column.optional}
    if column.lowest is not None:
        constraints["minimum"] = column.lowest
    if column.highest is not None:
        constraints["maximum"] = column.highest
    if column.allowed:
        constraints["enum"] = list(column.allowed)
    if column.pattern:
        constraints["pattern"] = column.pattern
    field = {
        "name": column.name,
        "type": _FRICTIONLESS_TYPES[column.kind],
        "description": column.meaning,
        "constraints": constraints,
    }
    if column.unit:
        field["unit"] = column.unit
    return field


def dictionary_text(rooms: Mapping[str, Mapping[str, Table]]) -> str:
    """The data dictionary as Markdown: every table of every folder, every column with unit and range."""
    lines = [
        "# Data dictionary",
        "",
        "Made by `python -m pipeline build` from the contracts in `pipeline/tables/`; edits belong there.",
    ]
    for folder, tables in rooms.items():
        lines += ["", f"## {folder}"]
        for table in tables.values():
            lines += ["", f"### {table.name}", "", table.meaning, "", f"Key: {', '.join(table.key)}.", ""]
            lines += ["| column | kind | unit | may be | meaning |", "|---|---|---|---|---|"]
            lines += [_dictionary_row(column) for column in table.columns]
    return "\n".join(lines) + "\n"


def _dictionary_row(column: Column) -> str:
    limits = []
    if column.lowest is not None or column.highest is not None:
        lowest = "" if column.lowest is None else f"{column.lowest:g}"
        highest = "" if column.highest is None else f"{column.highest:g}"
        limits.append(f"{lowest} to {highest}".strip())
    if column.allowed:
        limits.append(", ".join(column.allowed))
    if column.optional:
        limits.append("empty")
    return f"| {column.name} | {column.kind} | {column.unit} | {'; '.join(limits)} | {column.meaning} |"
