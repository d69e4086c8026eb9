# SPDX-License-Identifier: Apache-2.0
"""Includes, the rooms' CMakeLists.txt and the table of docs/ROOMS.md against tools/rooms.tsv."""
import re
from pathlib import Path

from .cpp_text import Parts
from .tree import File, Refusal, table

RECORDS = ("records.h", "read.h")
ROOM_CALL = re.compile(r"doudi_room\(\s*(\w+)([^)]*)\)")
ROOMS = "docs/ROOMS.md"


class Rooms:
    """room → {room it may include: the headers it may see; none: all}"""

    def __init__(self, path: Path):
        rows = table(path, 2)
        self.names = [room for room, _ in rows]
        self.may: dict[str, dict[str, set[str] | None]] = {}
        self.cells = dict(rows)
        for room, cell in rows:
            allowed = {name: None for name in self.names} if cell == "*" else {}
            for word in cell.replace("*", "").split():
                name, _, part = word.partition(":")
                parts = part.split("+")
                if name not in self.names or parts[0] not in ("", "records"):
                    raise SystemExit(f"{path}: {room} may not include {word!r}: no such room or part")
                allowed[name] = {*RECORDS, *(f"{more}.h" for more in parts[1:])} if part else None
            self.may[room] = {"base": None, room: None, **allowed}


def words_after(keyword: str, arguments: str) -> list[str]:
    found = re.search(rf"\b{keyword}\b(.*?)(?=\b(?:USES|LINKS|TEST_USES|PRECOMPILED)\b|$)", arguments, re.DOTALL)
    return found.group(1).split() if found else []


def check_include(file: File, parts: Parts, rooms: Rooms, for_tests: dict[str, list[str]]) -> list[Refusal]:
    refusals = []
    for include in parts.includes:
        if not include.quoted:
            continue
        room, _, rest = include.path.partition("/")
        if file.room is None and file.is_test and rest:
            continue  # tests that walk through several rooms share helpers below tests/
        if room not in rooms.may or not rest:
            message = f'"{include.path}" is not of the form "room/file.h"'
            refusals.append(file.refuse(include.line, "include", message))
            continue
        if file.room not in rooms.may or (file.is_test and room in for_tests.get(file.room, [])):
            continue
        if room not in rooms.may[file.room]:
            message = f"{file.room} may not include {room} (tools/rooms.tsv)"
            refusals.append(file.refuse(include.line, "include", message))
            continue
        seen = rooms.may[file.room][room]
        if seen is not None and not file.is_test and rest not in seen:
            message = f"{file.room} may include only {' '.join(sorted(seen))} of {room} (tools/rooms.tsv)"
            refusals.append(file.refuse(include.line, "include", message))
    return refusals


def check_cmake(file: File, rooms: Rooms) -> list[Refusal]:
    refusals = []
    for call in ROOM_CALL.finditer(file.text):
        line = file.text.count("\n", 0, call.start()) + 1
        room = call.group(1)
        if room != file.room or room not in rooms.may:
            message = f"the room {room} is not in tools/rooms.tsv, or stands elsewhere"
            refusals.append(file.refuse(line, "room-link", message))
            continue
        for used in words_after("USES", call.group(2)):
            if used not in rooms.may[room]:
                refusals.append(file.refuse(line, "room-link", f"{room} may not link {used} (tools/rooms.tsv)"))
    return refusals


def test_uses(files: list[File]) -> dict[str, list[str]]:
    """room → what its tests may include beside what the room may, by TEST_USES in its CMakeLists.txt"""
    return {
        call.group(1): words_after("TEST_USES", call.group(2))
        for file in files
        if file.room and file.path.endswith("/CMakeLists.txt")
        for call in ROOM_CALL.finditer(file.text)
    }


def check_architecture(file: File, rooms: Rooms) -> list[Refusal]:
    shown = {}
    for number, line in enumerate(file.lines, 1):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and len(cells) == 3 and cells[0] in rooms.may:
            shown[cells[0]] = (number, cells[2])
    refusals = []
    for room in rooms.names:
        number, cell = shown.get(room, (1, None))
        if cell != (rooms.cells[room] or "–"):
            message = f"the table of rooms shows {cell!r} for {room}, tools/rooms.tsv says {rooms.cells[room]!r}"
            refusals.append(file.refuse(number, "room-table", message))
    return refusals


def check_readme(files: list[File]) -> list[Refusal]:
    """A room that holds code says in a README what it is for."""
    paths = {file.path for file in files}
    sources = sorted(file.path for file in files if file.room and file.path.endswith(".cpp"))
    first = {path.split("/")[1]: path for path in reversed(sources)}
    return [
        Refusal(f"src/{room}/README.md", 1, "room-readme", f"{room} holds code and has no README.md")
        for room in sorted(first)
        if f"src/{room}/README.md" not in paths
    ]


def check(files: list[File], parts: dict[str, Parts], rooms: Rooms) -> list[Refusal]:
    refusals = check_readme(files)
    for_tests = test_uses(files)
    for file in files:
        if file.path in parts:
            refusals += check_include(file, parts[file.path], rooms, for_tests)
        elif file.room and file.path.endswith("/CMakeLists.txt"):
            refusals += check_cmake(file, rooms)
        elif file.path == ROOMS:
            refusals += check_architecture(file, rooms)
    return refusals
