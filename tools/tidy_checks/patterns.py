# SPDX-License-Identifier: Apache-2.0
"""What no file may hold: tools/tidy_patterns.tsv, and the ids and titles that the packs and datasets define."""
import re
from pathlib import Path

from .cpp_text import Parts
from .tree import File, Refusal, matches, table

LAW_FILES = re.compile(r"^(packs/[^/]+/(indicators|levels|categories|benefits)|datasets/[^/]+)\.yaml$")
ID = re.compile(r"^(?:- |\s*-\s+)?\{?\s*id:\s*['\"]?([\w.\-]+)", re.MULTILINE)
TITLE = re.compile(r"\b(?:title|name|department)\s*:\s*\{\s*zh:\s*['\"]?([^,'\"}]+?)['\"]?\s*[,}]")
POWERS_OF_TWO = {str(1 << bits) for bits in range(16, 40)}


class Pattern:
    def __init__(self, row: list[str]):
        self.rule, self.where, self.not_for, expression, self.message = row
        self.expression = re.compile(expression)

    def in_texts(self, file: File, texts) -> list[Refusal]:
        found = []
        for line, text in texts:
            hit = self.expression.fullmatch(text) if self.where == "whole" else self.expression.search(text)
            if hit and hit.group(0) not in POWERS_OF_TWO:
                found.append(file.refuse(line, self.rule, f"{hit.group(0).strip()!r}: {self.message}"))
        return found

    def check(self, file: File, parts: Parts | None) -> list[Refusal]:
        if matches(file.path, self.not_for):
            return []
        if self.where == "text":
            return self.in_texts(file, enumerate(file.lines, 1))
        if parts is None:
            return []
        if self.where == "code":
            return self.in_texts(file, enumerate(parts.code.split("\n"), 1))
        return self.in_texts(file, ((literal.line, literal.text) for literal in parts.literals))


def load(path: Path) -> list[Pattern]:
    return [Pattern(row) for row in table(path, 5)]


def names_of_the_law(files: list[File]) -> dict[str, str]:
    """Every id and Chinese title that a pack or dataset defines → the file that defines it."""
    names = {}
    for file in files:
        if LAW_FILES.match(file.path):
            for expression in (ID, TITLE):
                for found in expression.finditer(file.text):
                    names.setdefault(found.group(1), file.path)
    return names


def check_names(file: File, parts: Parts, names: dict[str, str]) -> list[Refusal]:
    if file.is_test:
        return []
    return [
        file.refuse(literal.line, "law-name", f"{literal.text!r} is defined by {names[literal.text]}: read it there")
        for literal in parts.literals
        if literal.text in names
    ]


def check(files: list[File], parts: dict[str, Parts], patterns: list[Pattern]) -> list[Refusal]:
    names = names_of_the_law(files)
    refusals = []
    for file in files:
        for pattern in patterns:
            refusals += pattern.check(file, parts.get(file.path))
        if file.path in parts:
            refusals += check_names(file, parts[file.path], names)
    return refusals
