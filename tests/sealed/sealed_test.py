# SPDX-License-Identifier: Apache-2.0
"""A data folder with each cipher and with none, made by the program from one county: the lists are the same, and no
byte of a sealed one holds anyone's number, name, phone or address. Then what is done to keys and files, and what is
said.

    sealed_test.py DOUDI"""
import csv
import shutil
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "cli"))
from program import DONE, FAILURE, USAGE, Program  # noqa: E402  (the folder beside this one)

Q2, Q3, CLOSED_ON = "2025-06-30", "2025-09-30", "2025-07-15"
CIPHERS = ("none", "aes-256-gcm", "sm4-ctr-hmac-sm3")
NUMBER, NAME, PHONE, ADDRESS = "身份证号码", "姓名", "联系电话", "家庭住址"
SAMPLED = 200   # of each kind


def cells(folder, heading):
    """What a column of the register's files holds, some of it."""
    values = set()
    for path in sorted(folder.glob("*.csv")):
        with open(path, encoding="utf-8-sig", newline="") as file:
            values |= {row[heading] for row in csv.DictReader(file) if row.get(heading)}
    return sorted(values)[::max(1, len(values) // SAMPLED)]


def traces_of_number(number):
    """As text, and as a number of seventeen digits in either byte order; its highest byte is zero and left out."""
    packed = int(number[:17])
    return [number.encode(), number[:17].encode(), packed.to_bytes(7, "little"), packed.to_bytes(7, "big")]


def traces_of_text(text):
    """Four bytes of GB18030 come about by chance in a file of some megabytes; six do not."""
    gb = text.encode("gb18030")
    return [text.encode(), text.encode("utf-16-le")] + ([gb] if len(gb) >= 6 else [])


def canaries(registry):
    return {"numbers": [trace for cell in cells(registry, NUMBER) for trace in traces_of_number(cell)],
            "names": [trace for cell in cells(registry, NAME) for trace in traces_of_text(cell)],
            "phones": [cell.encode() for cell in cells(registry, PHONE)],
            "addresses": [trace for cell in cells(registry, ADDRESS) for trace in traces_of_text(cell)]}


def all_bytes(folder):
    return b"\0".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


class Sealed(unittest.TestCase):
    binary = ""

    @classmethod
    def setUpClass(cls):
        cls.made = tempfile.TemporaryDirectory(prefix="doudi-sealed-")
        cls.root = Path(cls.made.name)
        cls.doudi = Program(cls.binary, cls.root)
        cls.doudi.must("synth", "--residents", "1500", "--seed", "7", "--style", "csv", "county")
        for cipher in CIPHERS:
            cls.run_county(cipher)

    @classmethod
    def run_county(cls, data):
        """Two quarters, the folder called as its cipher."""
        must = cls.doudi.must
        must("init", "--data", data, "--policy", "guangdong-2021", "--baseline", "2025-03-31", "--cipher", data)
        must("import", "--data", data, "--as-of", Q2, "county/registry", "county/2025Q2")
        must("monitor", "--data", data, "--as-of", Q2)
        must("close", "--data", data, "--as-of", CLOSED_ON, "--list", "county/close-2025Q2.csv")
        must("import", "--data", data, "--as-of", Q3, "county/2025Q3")
        must("monitor", "--data", data, "--as-of", Q3)

    @classmethod
    def tearDownClass(cls):
        cls.made.cleanup()

    def setUp(self):
        self.doudi.leaks.clear()
        self.copy = self.root / self.id().rsplit(".", 1)[1]
        self.copy.mkdir()
        for name in ("aes-256-gcm", "aes-256-gcm.keys"):
            source = self.root / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, self.copy / name)
        self.data, self.keys = self.copy / "aes-256-gcm", self.copy / "aes-256-gcm.keys"
        self.ring = self.keys.read_text(encoding="ascii").splitlines()[1].split()[1]

    def tearDown(self):
        self.assertEqual([], [str(run) for run in self.doudi.leaks], "an identity number was printed")

    def refused(self, *arguments, words):
        run = self.doudi.must(*arguments, code=FAILURE)
        for word in words:
            self.assertIn(word, run.err, str(run))

    def test_the_lists_are_the_same_with_each_cipher_and_with_none(self):
        lists = {cipher: self.doudi.lists(cipher, Q2, Q3) for cipher in CIPHERS}
        self.assertGreater(len(lists["none"].splitlines()), 20)
        self.assertEqual(lists["none"], lists["aes-256-gcm"])
        self.assertEqual(lists["none"], lists["sm4-ctr-hmac-sm3"])

    def test_no_byte_of_a_sealed_folder_holds_a_number_a_name_a_phone_or_an_address(self):
        sought = canaries(self.root / "county/registry")
        plain = all_bytes(self.root / "none")
        for kind, traces in sought.items():
            self.assertGreater(sum(trace in plain for trace in traces), 20, f"{kind}: the search finds nothing")
        for cipher in CIPHERS[1:]:
            sealed = all_bytes(self.root / cipher)
            for kind, traces in sought.items():
                found = [trace for trace in traces if trace in sealed]
                self.assertEqual(0, len(found), f"{cipher}: {kind} stand in it")

    def test_init_seals_tells_where_the_key_file_is_and_makes_it_its_owners_alone(self):
        run = self.doudi.must("init", "--data", self.copy / "new", "--policy", "guangdong-2021", "--baseline",
                              "2025-03-31")
        self.assertIn(str(self.copy / "new.keys"), run.out)
        self.assertIn("AES-256-GCM", run.out)
        self.assertEqual(0o600, (self.copy / "new.keys").stat().st_mode & 0o777)
        private = [path.stat().st_mode & 0o077 for path in self.copy.rglob("new*")]
        self.assertEqual([0] * len(private), private)

    def test_the_key_file_may_not_lie_in_the_folder(self):
        run = self.doudi("init", "--data", self.copy / "new", "--policy", "guangdong-2021", "--baseline",
                         "2025-03-31", "--keys", self.copy / "new/office.keys")
        self.assertEqual(USAGE, run.code, str(run))
        self.assertFalse((self.copy / "new/office.keys").exists())

    def test_an_unsealed_folder_opens_and_says_so(self):
        run = self.doudi.must("monitor", "--data", "none", "--as-of", Q3)
        self.assertIn("not sealed", run.err)
        self.assertNotIn("not sealed", self.doudi.must("monitor", "--data", self.data, "--as-of", Q3).err)

    def test_a_missing_key_file_is_asked_for_by_its_rings_name(self):
        away = self.copy / "in-the-safe"
        shutil.move(self.keys, away)
        shutil.move(self.root / "aes-256-gcm.keys", self.root / "moved.keys")
        try:
            for command in ("warnings", "exits"):
                self.refused(command, "--data", self.data, words=[self.ring, "--keys", str(self.keys)])
        finally:
            shutil.move(self.root / "moved.keys", self.root / "aes-256-gcm.keys")
        self.assertEqual(self.doudi.must("warnings", "--data", self.data, "--keys", away).out,
                         self.doudi.must("warnings", "--data", self.data, env={"DOUDI_KEYS": str(away)}).out)

    def test_another_offices_keys_are_refused_by_name(self):
        other = self.root / "sm4-ctr-hmac-sm3.keys"
        self.refused("warnings", "--data", self.data, "--keys", other, words=[self.ring, str(other)])

    def test_rotation_leaves_the_files_as_they_are_and_a_key_file_of_before_is_too_old(self):
        old = self.copy / "old.keys"
        shutil.copy(self.keys, old)
        before = self.doudi.must("warnings", "--data", self.data).out
        files = {path: path.read_bytes() for shelf in ("segments", "originals")
                 for path in (self.data / shelf).iterdir()}
        self.doudi.must("keys", "rotate", "--data", self.data, "--data-key")
        self.assertEqual(before, self.doudi.must("warnings", "--data", self.data).out)
        self.assertEqual(files, {path: path.read_bytes() for path in files})
        self.refused("warnings", "--data", self.data, "--keys", old, words=[f"{self.ring}/m2", str(old)])
        listed = self.doudi.must("keys", "list", "--data", self.data).out
        for name in (f"{self.ring}/m1", f"{self.ring}/m2", f"{self.ring}/1", f"{self.ring}/2"):
            self.assertIn(name, listed)
        for line in self.keys.read_text(encoding="ascii").splitlines():
            if line.startswith("master"):
                self.assertNotIn(line.split()[4], listed)
        again = self.doudi.must("import", "--data", self.data, "--as-of", Q3, "county/2025Q3")
        self.assertIn("for this day before", again.out + again.err)

    def test_what_was_changed_is_refused_with_the_file_and_the_block(self):
        segment = max((self.data / "segments").iterdir(), key=lambda path: path.stat().st_size)
        content = bytearray(segment.read_bytes())
        for name in (self.data / "segments").iterdir():
            if name.read_bytes()[:8] != b"DOUDISEG":
                continue
            content = bytearray(name.read_bytes())
            content[4096 + 100] ^= 1
            name.write_bytes(content)
        # Another law makes the cycle read everything anew; another day makes it read what it remembers.
        run = self.doudi("monitor", "--data", self.data, "--as-of", "2025-10-31")
        self.assertEqual(FAILURE, run.code, str(run))
        self.assertIn("block 0", run.err)
        self.assertIn(f"{self.ring}/1", run.err)
        self.assertIn(str(self.data / "segments"), run.err)

    def test_the_program_leaves_no_core_dump(self):
        run = self.doudi.start("import", "--data", self.data, "--as-of", Q3, "county/2025Q3")
        Program.wait_until_it_catches_interrupts(run)
        limits = Path(f"/proc/{run.pid}/limits").read_text(encoding="ascii")
        run.communicate()
        core = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
        self.assertEqual(["0", "0"], core.split()[4:6])
        self.assertEqual(DONE, run.returncode)


if __name__ == "__main__":
    Sealed.binary = sys.argv.pop(1)
    unittest.main()
