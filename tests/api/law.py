# SPDX-License-Identifier: Apache-2.0
"""What the packs' own files say, read here and not by the program: what a test holds a served office to."""
from pathlib import Path

import yaml

PACKS = Path(__file__).resolve().parent.parent.parent / "packs"


def chain(pack):
    """The packs that a pack stands on, the deepest first."""
    above = read(pack, "pack.yaml").get("extends")
    return [*(chain(above) if above else []), pack]


def read(pack, name):
    return yaml.safe_load((PACKS / pack / name).read_text(encoding="utf-8"))


def clocks(pack):
    """Clock by clock of the law in force: a pack below states one anew, or takes it away."""
    found = {}
    for one in chain(pack):
        for clock in read(one, "routes.yaml").get("clocks", []):
            kept = found.get(clock["id"], {}) if clock.get("inherit") else {}
            found[clock["id"]] = {**kept, **clock}
    return {name: clock for name, clock in found.items() if not clock.get("withdrawn")}


def stated(pack, withdrawn=False):
    """(machine, move): what this pack states itself of its steps, or takes away."""
    return {tuple(move["id"].split(".")) for path in sorted((PACKS / pack / "procedures").glob("*.yaml"))
            for move in yaml.safe_load(path.read_text(encoding="utf-8")).get("moves", [])
            if bool(move.get("withdrawn")) == withdrawn}
