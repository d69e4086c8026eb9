#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every place of every role of a living county as pictures, for people to look at (web/e2e/pictures.ts says what there
is to choose): makes the county below a temporary folder, serves it on this machine alone, leaves what it took.
    ./dev web pictures [role…] [--size wide] [--language en] [--print large] [--path /overview] [--county none|long]"""
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
SOURCE = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(SOURCE / "tests" / part) for part in ("api", "cli", "postgres")]
from office import Served  # noqa: E402
from program import Program  # noqa: E402

WEB = SOURCE / "web"
ENTERS = re.compile(r"^ +demo-(\S+) +\S+ +(\S+)$", re.M)
CODE = re.compile(r"^ +/sign-in/code +\S+ +(\S+)", re.M)


def people(told):
    """Of what the living county leaves for whoever looks at it: who may enter, by role; a citizen by a code, and
    first, for a code does not last."""
    code = CODE.search(told)
    users = {"citizen": {"code": code[1]}} if code else {}
    return users | {role.replace("-", "_"): {"name": f"demo-{role}", "password": password}
                    for role, password in ENTERS.findall(told)}


def main(binary, *words):
    shots = SOURCE / "build" / "web-shots" / "living"
    tools = WEB / "node_modules" / ".bin"
    with tempfile.TemporaryDirectory(prefix="doudi-pictures-") as made:
        folder = Path(made)
        print("making a county that lives (a minute or two) ...", flush=True)
        subprocess.run([sys.executable, str(SOURCE / "tools" / "living_county"), binary, str(folder / "office")],
                       check=True, stdout=subprocess.DEVNULL)
        told = folder / "office.people"
        (folder / "users.json").write_text(json.dumps(people(told.read_text(encoding="utf-8"))), encoding="utf-8")
        served = Served(Program(Path(binary), folder), "office", "--web", WEB / "dist", "--peers",
                        folder / "office.peers" / "peers.yaml")
        try:
            subprocess.run(
                [str(tools / "node"), "--experimental-strip-types", "--no-warnings", "e2e/pictures.ts",
                 f"http://127.0.0.1:{served.port}", str(folder / "users.json"), str(shots), "--samples", *words],
                cwd=WEB, env={**os.environ, "PATH": f"{tools}:{os.environ['PATH']}"}, check=True)
        finally:
            served.stop(signal.SIGTERM)


if __name__ == "__main__":
    main(str(Path(sys.argv[1]).resolve()), *sys.argv[2:])
