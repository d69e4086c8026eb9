# SPDX-License-Identifier: Apache-2.0
"""The shape of a file: licence line, size, long lines, long functions, what a header must and must not say."""
import re

from .cpp_text import Parts
from .tree import File, Refusal

FUNCTION_LINES_MAX = 70
FILE_LINES_MAX = 800
COLUMNS_MAX = 120
SPDX = "SPDX-License-Identifier: Apache-2.0"
SPDX_FILES = ("CMakeLists.txt", "dev", ".ci/run", "tools/tidy")
CODE_SUFFIXES = (".cpp", ".h", ".cmake", "/CMakeLists.txt", ".py", ".sh", ".sql", ".mjs", ".js", ".ts", ".vue")
SPDX_SUFFIXES = (*CODE_SUFFIXES, ".yaml", ".yml")
SCOPE = re.compile(
    r"^(?:inline\s+|export\s+)*(?:namespace|class|struct|union|enum|extern)\b"
    r"|\b(?:class|struct|union|enum)\s+[\w:<>,\s]+$"
)
DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", re.MULTILINE)


def check_file(file: File) -> list[Refusal]:
    refusals = []
    licensed = file.path.endswith(SPDX_SUFFIXES) or file.path in SPDX_FILES
    if licensed and not any(SPDX in line for line in file.lines[:2]):
        refusals.append(file.refuse(1, "spdx", f"the first line is to say {SPDX}"))
    if file.path.endswith(CODE_SUFFIXES) or file.path in SPDX_FILES:
        if len(file.lines) > FILE_LINES_MAX + 1:
            refusals.append(file.refuse(FILE_LINES_MAX + 1, "long-file", f"more than {FILE_LINES_MAX} lines"))
        for number, line in enumerate(file.lines, 1):
            if len(line) > COLUMNS_MAX:
                refusals.append(file.refuse(number, "long-line", f"{len(line)} columns, {COLUMNS_MAX} at most"))
    return refusals


def check_header(file: File, parts: Parts) -> list[Refusal]:
    refusals = []
    if not re.search(r"^#pragma once$", parts.code, re.MULTILINE):
        refusals.append(file.refuse(1, "pragma-once", "a header says #pragma once"))
    for found in re.finditer(r"\busing\s+namespace\b", parts.code):
        line = parts.code.count("\n", 0, found.start()) + 1
        refusals.append(file.refuse(line, "using-namespace", "a header opens no namespace for those who include it"))
    return refusals


def functions(code: str):
    """Yields (first line, last line) of each function at namespace or class scope; a lambda is part of its function."""
    code = DIRECTIVE.sub(lambda found: re.sub(r"[^\n]", " ", found.group(0)), code)
    stack, head, line = [], 0, 1
    after_function = None  # where a function ended whose constructor initialisers may go on
    depth_of_parens = 0
    for at, char in enumerate(code):
        if char == "\n":
            line += 1
        elif char == "(":
            depth_of_parens += 1
        elif char == ")":
            depth_of_parens -= 1
        elif char == "{":
            outermost = all(kind == "scope" for kind, _ in stack) and depth_of_parens == 0
            header = code[head:at].strip()
            first = line - code[head:at].lstrip().count("\n")
            if not outermost:
                stack.append(("inner", line))
            elif SCOPE.search(header) and "(" not in re.sub(r"\[\[.*?\]\]|alignas\(.*?\)", "", header):
                stack.append(("scope", line))
            elif "(" in header:
                stack.append(("function", first))
            elif after_function is not None and (header == "" or header.startswith(",")):
                stack.append(("function", after_function))
            else:
                stack.append(("inner", line))
            if stack[-1][0] == "scope":
                head, after_function = at + 1, None
        elif char == "}" and stack:
            kind, first = stack.pop()
            if kind == "function":
                yield first, line
                after_function = first
            if all(other == "scope" for other, _ in stack):
                if kind == "scope":
                    after_function = None
                head = at + 1
        elif char == ";" and all(kind == "scope" for kind, _ in stack) and depth_of_parens == 0:
            head, after_function = at + 1, None


def check_functions(file: File, parts: Parts) -> list[Refusal]:
    refusals = []
    for first, last in functions(parts.code):
        if last - first + 1 > FUNCTION_LINES_MAX:
            message = f"a function of {last - first + 1} lines, {FUNCTION_LINES_MAX} at most"
            refusals.append(file.refuse(first, "long-function", message))
    return refusals


def check(files: list[File], parts: dict[str, Parts]) -> list[Refusal]:
    refusals = []
    for file in files:
        refusals += check_file(file)
        if file.path in parts:
            refusals += check_functions(file, parts[file.path])
            if file.path.endswith(".h"):
                refusals += check_header(file, parts[file.path])
    return refusals
