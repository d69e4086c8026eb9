# SPDX-License-Identifier: Apache-2.0
"""The channels of exchange/*.yaml as the other side of each reads them: by its own code, from the same files."""
from office import SOURCE


class Flow:
    """{a: 1, b: [x, "y"]} as YAML writes it on one line."""

    def __init__(self, text):
        self.text, self.at = text, 0

    def space(self):
        while self.text[self.at:self.at + 1] == " ":
            self.at += 1

    def take(self, mark):
        self.space()
        if self.text[self.at:self.at + 1] != mark:
            return False
        self.at += 1
        self.space()
        return True

    def word(self, ends):
        self.space()
        if self.take('"'):
            end = self.text.index('"', self.at)
            word, self.at = self.text[self.at:end], end + 1
            return word
        start = self.at
        while self.at < len(self.text) and self.text[self.at] not in ends:
            self.at += 1
        return self.text[start:self.at].strip()

    def value(self, ends=""):
        if self.take("{"):
            pairs = {}
            while not self.take("}"):
                key = self.word(":")
                assert self.take(":"), self.text
                pairs[key] = self.value(",}")
                self.take(",")
            return pairs
        if self.take("["):
            items = []
            while not self.take("]"):
                items.append(self.value(",]"))
                self.take(",")
            return items
        return self.word(ends)


def lines_of(text):
    """(indent, content), without comments; what is open at a line's end goes on in the next."""
    joined = ""
    for line in text.splitlines():
        bare = "" if line.lstrip().startswith("#") else line.split("  #")[0].split(" # ")[0].rstrip()
        if not bare:
            continue
        joined = f"{joined} {bare.strip()}" if joined else bare
        if sum(joined.count(mark) for mark in "{[") == sum(joined.count(mark) for mark in "}]"):
            yield len(joined) - len(joined.lstrip()), joined.lstrip()
            joined = ""


class Block:
    """Keys and lists by their indent, with anchors."""

    def __init__(self, text):
        self.lines, self.at, self.anchors = list(lines_of(text)), 0, {}

    def here(self, indent):
        return self.at < len(self.lines) and self.lines[self.at][0] == indent

    def read(self):
        indent, first = self.lines[self.at]
        if not first.startswith("- "):
            return self.keys(indent)
        items = []
        while self.here(indent) and self.lines[self.at][1].startswith("- "):
            inner = self.lines[self.at][1][2:]
            if inner.startswith(("{", "[")):
                self.at += 1
                items.append(Flow(inner).value())
            else:
                self.lines[self.at] = (indent + 2, inner)
                items.append(self.keys(indent + 2))
        return items

    def keys(self, indent):
        pairs = {}
        while self.here(indent) and not self.lines[self.at][1].startswith("- "):
            key, _, told = self.lines[self.at][1].partition(":")
            told = told.strip()
            self.at += 1
            if told.startswith("*"):
                pairs[key] = self.anchors[told[1:]]
            elif told and not told.startswith("&"):
                pairs[key] = Flow(told).value()
            else:
                pairs[key] = self.read()
                if told:
                    self.anchors[told[1:]] = pairs[key]
        return pairs


class Channel:
    """One kind of platform: what it is sent and sends, in its own words and in ours."""

    def __init__(self, file):
        told = Block(file.read_text(encoding="utf-8")).read()
        self.id, self.receipts = told["id"], told["receipts"]
        self.codes = {table["id"]: table["pairs"] for table in told.get("codes", [])}
        self.sends = {rule["id"]: rule for rule in told.get("sends", [])}
        self.takes = {rule["id"]: rule for rule in told.get("takes", [])}

    def faults(self, kind, body):
        """What is wrong with a message that came: fields, codes, days, whom it names."""
        rule = self.sends[kind]
        found = self.faults_of(rule["fields"], body, rule.get("members", {}).get("theirs"))
        if "members" in rule:
            for one in body[rule["members"]["theirs"]]:
                found += self.faults_of(rule["members"]["fields"], one)
        return found

    def faults_of(self, fields, body, members=None):
        rules = {self.theirs(rule): rule for rule in fields}
        found = [f"{name} is none of its fields" for name in body if name not in rules and name != members]
        for name, rule in rules.items():
            if name not in body:
                found += [f"{name} is missing"] if rule.get("required") else []
                continue
            value = body[name]
            if "code" in rule and value not in self.codes[rule["code"]].values():
                found.append(f"{name}: {value} is none of its codes")
            shape = {"day": (8, "d"), "month": (6, "d"), "date": (10, "-")}.get(rule.get("as"))
            if shape and (len(value) != shape[0] or value.isdigit() != (shape[1] == "d")):
                found.append(f"{name}: {value} is no {rule['as']}")
        return found

    @staticmethod
    def theirs(rule):
        return rule.get("theirs", rule["ours"])

    def ours(self, kind, body):
        """The fields of a message that came, by our names and in our words."""
        told = {}
        for rule in self.sends[kind]["fields"]:
            value = body.get(self.theirs(rule))
            if value is not None and "code" in rule:
                value = next(word for word, code in self.codes[rule["code"]].items() if code == value)
            if value is not None:
                told[rule["ours"]] = value
        return told

    def write(self, kind, **told):
        """A message of theirs from our words; `case_move` is case.move."""
        body = {}
        for rule in self.takes[kind]["fields"]:
            value = told.get(rule["ours"].replace(".", "_"))
            if value is None:
                continue
            if "code" in rule:
                value = self.codes[rule["code"]][value]
            if rule.get("as") == "day":
                value = value.replace("-", "")
            body[self.theirs(rule)] = value
        return body


def shipped():
    return [Channel(file) for file in sorted((SOURCE / "exchange").glob("*.yaml"))]
