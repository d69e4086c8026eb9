# SPDX-License-Identifier: Apache-2.0
"""C++ taken apart just far enough: literals, and code without literals and comments. Line numbers stay as they are."""
import re
from dataclasses import dataclass

TOKEN = re.compile(
    r"""
      (?P<raw>(?:u8|[uUL])?R"(?P<fence>[^()\\\s]{0,16})\((?P<body>.*?)\)(?P=fence)")
    | (?P<comment>//(?:\\\n|[^\n])*|/\*.*?\*/)
    | (?P<number>(?<![\w])\.?\d(?:[\w.]|'(?=\w))*)
    | (?P<string>(?:u8|[uUL])?"(?:\\.|[^"\\\n])*")
    | (?P<char>'(?:\\.|[^'\\\n])+')
    """,
    re.VERBOSE | re.DOTALL,
)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">\n]+)[">]', re.MULTILINE)


@dataclass(frozen=True)
class Literal:
    line: int
    text: str


@dataclass(frozen=True)
class Include:
    line: int
    quoted: bool
    path: str


@dataclass(frozen=True)
class Parts:
    code: str  # literals are "" and ' ', comments are blank
    literals: list[Literal]  # adjacent ones joined
    includes: list[Include]


def blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def take_apart(text: str) -> Parts:
    includes = [
        Include(text.count("\n", 0, found.start(1)) + 1, found.group(1) == '"', found.group(2))
        for found in INCLUDE.finditer(text)
    ]
    text = INCLUDE.sub(lambda found: blank(found.group(0)), text)
    code, literals, end, line = [], [], 0, 1
    for token in TOKEN.finditer(text):
        between = text[end : token.start()]
        line += between.count("\n")
        code.append(between)
        kind, whole = token.lastgroup, token.group(0)
        if token.group("raw") is not None or kind == "string":
            content = token.group("body") if token.group("raw") is not None else whole[whole.index('"') + 1 : -1]
            if literals and not between.strip() and literals[-1][2]:
                literals[-1] = (literals[-1][0], literals[-1][1] + content, True)
            else:
                literals.append((line, content, True))
            code.append('""' + blank(whole)[2:])
        else:
            if literals and (between.strip() or kind != "comment"):
                literals[-1] = (*literals[-1][:2], False)
            code.append(whole if kind == "number" else blank(whole))
        line += whole.count("\n")
        end = token.end()
    code.append(text[end:])
    return Parts("".join(code), [Literal(at, content) for at, content, _ in literals], includes)
