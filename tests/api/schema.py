# SPDX-License-Identifier: Apache-2.0
"""As much of JSON Schema as api/openapi.yaml uses; a word that is not known here is a fault, not a blank cheque."""
import re

KNOWN = {"type", "properties", "required", "additionalProperties", "items", "enum", "oneOf", "$ref", "format",
         "pattern", "minimum", "maximum", "maxLength", "minItems", "maxItems", "description", "default"}
FORMATS = {"date": re.compile(r"\d{4}-\d\d-\d\d$"), "date-time": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$")}


def is_type(value, name):
    kinds = {"string": str, "object": dict, "array": list, "boolean": bool, "null": type(None)}
    if name == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if name == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, kinds[name])


def faults(value, schema, api, at=""):
    """What is wrong with the value, each with its place."""
    if "$ref" in schema:
        target = api
        for part in schema["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        return faults(value, target, api, at)
    unknown = set(schema) - KNOWN
    if unknown:
        return [f"{at}: the schema has {unknown}"]
    if "oneOf" in schema:
        fitting = [one for one in schema["oneOf"] if not faults(value, one, api, at)]
        return [] if len(fitting) == 1 else [f"{at}: fits {len(fitting)} of oneOf"]
    found = []
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    if types and not any(is_type(value, name) for name in types):
        return [f"{at}: {value!r} is no {types}"]
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{at}: {value!r} is none of {schema['enum']}")
    if isinstance(value, str):
        if "format" in schema and schema["format"] in FORMATS and not FORMATS[schema["format"]].match(value):
            found.append(f"{at}: {value!r} is no {schema['format']}")
        if "pattern" in schema and not re.search(schema["pattern"], value):
            found.append(f"{at}: {value!r} does not match")
    if isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            found.append(f"{at}: {len(value)} items")
        for n, item in enumerate(value):
            found += faults(item, schema.get("items", {}), api, f"{at}/{n}")
    if isinstance(value, dict):
        found += [f"{at}/{name} is missing" for name in schema.get("required", []) if name not in value]
        for name, part in value.items():
            if name in schema.get("properties", {}):
                found += faults(part, schema["properties"][name], api, f"{at}/{name}")
            elif isinstance(schema.get("additionalProperties"), dict):
                found += faults(part, schema["additionalProperties"], api, f"{at}/{name}")
            elif schema.get("additionalProperties") is False:
                found.append(f"{at}/{name} is not in the schema")
    return found


class Api:
    """The description that the server itself hands out."""

    def __init__(self, description):
        self.description = description
        self.operations = {}
        for path, methods in description["paths"].items():
            for method, operation in methods.items():
                if method != "parameters":
                    self.operations[operation["operationId"]] = (method.upper(), path, operation)

    def faults_of(self, name, answer):
        """What is wrong with an answer of this operation: status, type, body."""
        operation = self.operations[name][2]
        told = operation["responses"].get(str(answer.status), operation["responses"]["default"])
        if "$ref" in told:
            told = self.description["components"]["responses"][told["$ref"].rsplit("/", 1)[1]]
        kind = (answer.headers["Content-Type"] or "").split(";")[0]
        if "content" not in told:
            return [] if not answer.body else [f"{name} {answer.status}: a body that nobody announced"]
        if kind not in told["content"]:
            return [f"{name} {answer.status}: {kind} is not announced"]
        if "json" not in kind:
            return []
        return [f"{name} {answer.status} {fault}" for fault in
                faults(answer.json, told["content"][kind]["schema"], self.description)]
