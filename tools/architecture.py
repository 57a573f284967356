"""Draws the rooms of the code and what they import into docs/architecture.md: `make architecture`."""

import ast
from collections.abc import Iterable
from pathlib import Path

import grimp

from pipeline import store

DOCUMENT = store.DOCS_FOLDER / "architecture.md"
BEGIN, END = "<!-- written by make architecture -->", "<!-- end of what make architecture writes -->"
FLOORS = ("dashboard", "charts", "pipeline")
SCREENS = "app.py and pages"
Imports = set[tuple[str, str]]


def room_of(module: str) -> str:
    """The room of a module: `charts.map` for `charts.map.legend`; screens share what is in `dashboard`."""
    parts = module.split(".")
    return (
        "dashboard.server"
        if parts[:2] == ["dashboard", "server"]
        else ".".join(parts[: 1 if parts[0] == "dashboard" else 2])
    )


def room_imports() -> Imports:
    """Which room imports which, screens included; entrances of packages left out."""
    graph = grimp.build_graph(*FLOORS, cache_dir=None)
    found = {
        (room_of(module), room_of(imported))
        for module in graph.modules
        if "__main__" not in module
        for imported in graph.find_modules_directly_imported_by(module)
    }
    found |= {(SCREENS, room_of(imported)) for imported in imports_of_screens()}
    return {(one, other) for one, other in found if one != other and not {one, other} & {*FLOORS[1:]}}


def imports_of_screens() -> set[str]:
    """Names of our own modules that app.py and the pages import."""
    found = set()
    for path in (store.ROOT / "app.py", *(store.ROOT / "pages").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in FLOORS:
                found |= {f"{node.module}.{name.name}" for name in node.names}
    return found


def without_detours(imports: Imports) -> Imports:
    """Leave out an import of a room that is also reached by way of another: what remains shows the order."""
    return {(one, other) for one, other in imports if not _reaches(one, other, imports - {(one, other)})}


def _reaches(start: str, end: str, imports: Imports) -> bool:
    seen, ahead = {start}, [start]
    while ahead:
        here = ahead.pop()
        nearby = {other for one, other in imports if one == here} - seen
        seen |= nearby
        ahead += nearby
    return end in seen


def picture(imports: Imports) -> str:
    """The rooms as a Mermaid flow chart, a frame for each floor."""
    rooms = sorted({room for pair in imports for room in pair})
    lines = ["```mermaid", "flowchart TD"]
    for floor in FLOORS:
        inside = [f"        {_id(room)}[{room.partition('.')[2]}]" for room in rooms if room.startswith(f"{floor}.")]
        lines += [f"    subgraph {floor}", *inside, "    end"] if inside and floor != "dashboard" else []
    lines += [f'    {_id(room)}["{room}"]' for room in rooms if room.split(".")[0] not in FLOORS[1:]]
    lines += [f"    {_id(one)} --> {_id(other)}" for one, other in sorted(without_detours(imports))]
    return "\n".join([*lines, "```"])


def _id(room: str) -> str:
    return room.replace(".", "_").replace(" ", "_")


def table(rooms: Iterable[str]) -> str:
    """A row for each room: where it is, and the sentence that it opens with."""
    lines = ["| room | what is in it |", "|---|---|"]
    for room in rooms:
        path = store.ROOT / room.replace(".", "/")
        file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        name = f"{room.replace('.', '/')}{'/' if path.is_dir() else '.py'}"
        lines.append(f"| `{name}` | {first_sentence(file)} |")
    return "\n".join(lines)


def first_sentence(file: Path) -> str:
    """The first line of a module's docstring."""
    return (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").partition("\n")[0]


def renewed(document: str) -> str:
    """The document with the picture and the table of today's code between its two marks."""
    imports = room_imports()
    rooms = sorted(
        {room for pair in imports for room in pair} - {SCREENS},
        key=lambda room: (FLOORS.index(room.split(".")[0]), room),
    )
    before, _, rest = document.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{picture(imports)}\n\n{table(rooms)}\n\n{END}{after}"


def main() -> None:
    """Write the picture and the table into the document."""
    store.write_text(renewed(DOCUMENT.read_text(encoding="utf-8")), DOCUMENT)


if __name__ == "__main__":
    main()
