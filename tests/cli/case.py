# SPDX-License-Identifier: Apache-2.0
"""What every test of the program starts from: a folder with a county, and how answers are held to words."""
import shutil
import tempfile
import unittest
from pathlib import Path

import files
from program import Program

Q2, Q3 = "2025-06-30", "2025-09-30"
REGISTER_ROWS = [("LZ1", "张建国", files.number("19600101", 11)), ("LZ2", "李秀英", files.number("19650202", 12))]


class Case(unittest.TestCase):
    """Each test works in a folder of its own, with a copy of one county of which the first quarter has been run."""
    binary = ""

    @classmethod
    def setUpClass(cls):
        cls.made = tempfile.TemporaryDirectory(prefix="doudi-cli-")
        cls.root = Path(cls.made.name)
        program = Program(cls.binary, cls.root)
        program.must("synth", "--residents", "2000", "--seed", "3", "county")
        program.office("office")
        program.must("import", "--data", "office", "--as-of", Q2, "county/registry")
        program.must("import", "--data", "office", "--as-of", Q2, "county/2025Q2")
        program.must("monitor", "--data", "office", "--as-of", Q2)

    @classmethod
    def tearDownClass(cls):
        cls.made.cleanup()

    def setUp(self):
        self.folder = self.root / self.id().rsplit(".", 1)[1]
        self.folder.mkdir()
        shutil.copytree(self.root / "office", self.folder / "office")
        (self.folder / "county").symlink_to(self.root / "county")
        self.doudi = Program(self.binary, self.folder)

    def tearDown(self):
        self.assertEqual([], [str(run) for run in self.doudi.leaks], "an identity number was printed")

    def says(self, run, code, *words):
        """The exit code, and each word in what was said; nothing but an error goes to standard error with a failure."""
        self.assertEqual(code, run.code, str(run))
        for word in words:
            self.assertIn(word, run.out + run.err, str(run))

    def unchanged(self, *arguments, code, words):
        before = self.doudi.lists("office", Q2, Q3)
        self.says(self.doudi(*arguments), code, *words)
        self.assertEqual(before, self.doudi.lists("office", Q2, Q3))

    def small_office(self):
        self.doudi.office("small")
        members = "户编号,姓名,身份证号码,与户主关系,性别,联系电话\n"
        households = "户编号,区划代码,家庭住址,户主姓名,户主身份证号,对象类别,纳入日期,月人均收入（元）\n"
        for household, name, number in REGISTER_ROWS:
            members += f"{household},{name},{number},户主,男,13000000000\n"
            households += f"{household},441699102012,龙泽县,{name},{number},低保对象,2023-02-20,600\n"
        (self.folder / "户.csv").write_text(households, encoding="utf-8")
        (self.folder / "人.csv").write_text(members, encoding="utf-8")
        self.doudi.must("import", "--data", "small", "--as-of", Q2, "户.csv", "人.csv")

    def change_small_register(self):
        """Its files again, with another income; and a feed beside them."""
        households = self.folder / "户.csv"
        households.write_text(households.read_text("utf-8").replace(",600\n", ",700\n"), encoding="utf-8")
        _, name, number = REGISTER_ROWS[0]
        (self.folder / "失业.csv").write_text(f"姓名,身份证号码,登记日期,登记状态\n{name},{number},2025-05-01,有效\n",
                                            encoding="utf-8")

    def first_open(self):
        return self.doudi.must("warnings", "--data", "office", "--format", "csv").out.splitlines()[1].split(",")[0]
