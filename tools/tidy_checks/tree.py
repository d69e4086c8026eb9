# SPDX-License-Identifier: Apache-2.0
"""The files of a tree and the refusals found in them."""
import fnmatch
import os
from dataclasses import dataclass
from pathlib import Path

SKIPPED_FOLDERS = {".git", "build", "dist", "node_modules", "shots", "__pycache__", ".cache", "samples", "testdata"}
# The last is made of api/openapi.yaml by the build.
SKIPPED_PATHS = ("tests/tidy/good", "tests/tidy/bad", "web/src/api/schema.d.ts")
TEXT_SUFFIXES = {
    ".cpp", ".h", ".cmake", ".txt", ".json", ".yaml", ".yml", ".md", ".py", ".sh", ".sql", ".tsv",
    ".js", ".mjs", ".ts", ".vue",
}
TEXT_NAMES = {"dev", "run", "tidy", "cycle", ".clang-format", ".clang-tidy"}


@dataclass(frozen=True, order=True)
class Refusal:
    path: str
    line: int
    rule: str
    message: str

    def text(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.message}"


class File:
    """A text file: its path below the root, its text and its lines."""

    def __init__(self, root: Path, path: str):
        self.path = path
        self.text = (root / path).read_text(encoding="utf-8", errors="replace")
        self.lines = self.text.split("\n")

    @property
    def is_cpp(self) -> bool:
        return self.path.endswith((".cpp", ".h"))

    @property
    def is_test(self) -> bool:
        return is_test(self.path)

    @property
    def room(self) -> str | None:
        parts = self.path.split("/")
        return parts[1] if parts[0] == "src" and len(parts) > 2 else None

    def refuse(self, line: int, rule: str, message: str) -> Refusal:
        return Refusal(self.path, line, rule, message)


def is_test(path: str) -> bool:
    stem = path.rsplit(".", 1)[0]
    return stem.endswith(("_test", "_test_support")) or path.startswith(("tests/", "bench/", "fuzz/"))


def matches(path: str, globs: str) -> bool:
    """Whether a path is named by globs, by comma; @tests stands for test code."""
    named = [glob for glob in globs.split(",") if glob]
    return any(is_test(path) if glob == "@tests" else fnmatch.fnmatchcase(path, glob) for glob in named)


def files_of(root: Path) -> list[File]:
    found = []
    for folder, folders, names in os.walk(root):
        below = Path(folder).relative_to(root).as_posix()
        folders[:] = sorted(name for name in folders if name not in SKIPPED_FOLDERS)
        if below.startswith(SKIPPED_PATHS):
            folders[:] = []
            continue
        for name in sorted(names):
            path = name if below == "." else f"{below}/{name}"
            is_text = Path(name).suffix in TEXT_SUFFIXES or name in TEXT_NAMES
            if is_text and not path.startswith(SKIPPED_PATHS):
                found.append(File(root, path))
    return found


def table(path: Path, columns: int) -> list[list[str]]:
    """The rows of a file of columns by tab; # opens a comment line. A row with too few cells is its writer's bug."""
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != columns:
            raise SystemExit(f"{path}:{number}: {len(cells)} columns, {columns} are wanted")
        rows.append(cells)
    return rows
