# SPDX-License-Identifier: Apache-2.0
"""The sample county as a served office for a browser: two quarters run, a person of each role, cases raised."""
import json
import os
import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "api"))
from office import SOURCE, Case, Client, Served, main, wait_for  # noqa: E402,F401
from outside_test import provider_yaml, write_secret  # noqa: E402

COUNTY = SOURCE / "samples" / "longchuan"
WEB = SOURCE / "web"
Q2, CLOSED, Q3 = "2025-06-30", "2025-07-15", "2025-09-30"
SHOWN = re.compile(r"^\s*demo-(\S+)\s+\S+\s+(\S+)$")


class Browsed(Case):
    """The sample county after two quarters; the accounts of `doudi user demo`."""

    @classmethod
    def serve(cls):
        run = cls.program.must
        run("units", "load", "--data", "office", Path(__file__).with_name("units.yaml"))
        run("import", "--data", "office", "--as-of", Q2, COUNTY / "registry", COUNTY / "2025Q2", COUNTY / "means")
        run("monitor", "--data", "office", "--as-of", Q2)
        run("close", "--data", "office", "--as-of", CLOSED, "--list", COUNTY / "close-2025Q2.csv")
        run("import", "--data", "office", "--as-of", Q3, COUNTY / "2025Q3")
        run("monitor", "--data", "office", "--as-of", Q3)
        run("import", "--data", "office", "--as-of", Q3, "--for", "county", cls.moved_households())
        shown = run("user", "demo", "--data", "office", lang="zh").out
        cls.users = {found[1].replace("-", "_"): {"name": f"demo-{found[1]}", "password": found[2]}
                     for found in map(SHOWN.match, shown.splitlines()) if found}
        write_secret(cls.root)
        # A provider of identities to link accounts with; nobody goes there.
        (cls.root / "oidc.yaml").write_text(
            "# SPDX-License-Identifier: Apache-2.0\nproviders:\n" + provider_yaml("province", "http://127.0.0.1:9"),
            encoding="utf-8")
        cls.served = Served(cls.program, "office", "--web", WEB / "dist", "--anchors", cls.root / "anchors",
                            "--oidc", cls.root / "oidc.yaml")
        caseworker = Client(cls.served.port)
        user = cls.users["county_caseworker"]
        caseworker.sign_in(user["name"], user["password"])
        wait_for(caseworker("POST", "/api/v1/raisings", {"as_of": Q3}).json["job"], caseworker)

    @classmethod
    def moved_households(cls):
        """The register's file once more, with two households at another address: a proposal for the county."""
        file = COUNTY / "registry" / "低收入人口_家庭.csv"
        text = file.read_text(encoding="utf-8")
        for code in ("LC000001", "LC000003"):
            text = re.sub(rf"({code},\d+,[^,]*?)\d+号,", r"\g<1>888号,", text)
        folder = cls.root / "sent-again"
        folder.mkdir()
        (folder / file.name).write_text(text, encoding="utf-8")
        return folder

    with_county = False

    def browse(self, *words):
        users = self.root / "users.json"
        users.write_text(json.dumps(self.users), encoding="utf-8")
        store = "postgres" if self.cluster else "sqlite"
        shots = Path(self.binary).resolve().parent.parent / "web-shots" / store
        tools = WEB / "node_modules" / ".bin"
        done = subprocess.run(
            [str(tools / "node"), "--experimental-strip-types", "--no-warnings", "e2e/main.ts",
             f"http://127.0.0.1:{self.served.port}", str(users), str(shots), *words],
            cwd=WEB, env={**os.environ, "PATH": f"{tools}:{os.environ['PATH']}"}, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=1500, check=False)
        said = done.stdout.decode("utf-8", "replace")
        self.assertEqual(0, done.returncode, said)
        print(said)
