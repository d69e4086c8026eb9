# SPDX-License-Identifier: Apache-2.0
"""deploy/doudi.service as a county starts it: by a real systemd, with every restriction on, the key file root's own;
it is ready when it says so, comes back after a kill, ends cleanly, and its log is the journal's."""
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from office import ADMIN, SOURCE, Case, Client, enter, main

UNIFIED = next((place for place in (Path("/sys/fs/cgroup/unified"), Path("/sys/fs/cgroup"))
                if (place / "cgroup.procs").exists() and (place / "cgroup.controllers").exists()), None)
POSSIBLE = os.geteuid() == 0 and Path("/lib/systemd/systemd").exists() and UNIFIED is not None
LAW = ("access", "api", "calendar", "datasets", "packs")
# None of these is wanted, and some would touch the machine that the test runs on.
MASKED = ("systemd-udevd.service", "systemd-udev-trigger.service", "systemd-sysctl.service",
          "systemd-modules-load.service", "systemd-remount-fs.service", "systemd-random-seed.service",
          "systemd-logind.service", "systemd-timesyncd.service", "systemd-networkd.service",
          "systemd-resolved.service", "networking.service", "apparmor.service", "systemd-hwdb-update.service",
          "systemd-pcrphase-sysinit.service", "systemd-tmpfiles-setup-dev.service", "systemd-binfmt.service",
          "kmod-static-nodes.service", "systemd-update-utmp.service", "dbus.service", "dbus.socket",
          "apt-daily.timer", "apt-daily-upgrade.timer", "dpkg-db-backup.timer", "e2scrub_all.timer",
          "fstrim.timer", "systemd-tmpfiles-clean.timer", "getty.target", "proc-sys-fs-binfmt_misc.automount")


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as line:
        return line.getsockname()[1]


class Machine:
    """A systemd of our own, with this machine's files below."""

    def __init__(self, binary):
        self.folder = Path(tempfile.mkdtemp(prefix="doudi-systemd-"))
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(self.folder)], check=True)
        for name in ("upper", "work", "root"):
            (self.folder / name).mkdir()
        self.upper = self.folder / "upper"
        self.port = free_port()
        self.run = None
        self.install(binary)

    def file(self, place, text="", mode=0o644):
        path = self.upper / place.lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(mode)

    def install(self, binary):
        program = self.upper / "usr" / "bin" / "doudi"
        program.parent.mkdir(parents=True)
        shutil.copy(binary, program)
        for name in LAW:
            shutil.copytree(SOURCE / name, self.upper / "usr" / "share" / "doudi" / name)
        unit = (SOURCE / "deploy" / "doudi.service").read_text(encoding="utf-8")
        assert unit.count("127.0.0.1:8080") == 1
        self.file("/etc/systemd/system/doudi.service", unit.replace("127.0.0.1:8080", f"127.0.0.1:{self.port}"))
        self.file("/etc/systemd/system/doudi-test.target", "[Unit]\nWants=systemd-journald.service\n")
        for name in MASKED:
            (self.upper / "etc" / "systemd" / "system" / name).symlink_to("/dev/null")
        for kind in ("passwd", "group", "shadow"):
            line = {"passwd": "doudi:x:64123:64123::/var/lib/doudi:/usr/sbin/nologin\n", "group": "doudi:x:64123:\n",
                    "shadow": "doudi:!:::::::\n"}[kind]
            self.file(f"/etc/{kind}", Path(f"/etc/{kind}").read_text(encoding="utf-8") + line,
                      0o600 if kind == "shadow" else 0o644)
        self.file("/etc/machine-id", "0123456789abcdef0123456789abcdef\n")
        self.file("/etc/doudi/environment", f'DOUDI_OPTIONS="--first-administrator {ADMIN}"\n')

    def boot(self):
        self.group = UNIFIED / f"doudi-test-{os.getpid()}"
        self.group.mkdir()

        def enter_group():
            (self.group / "cgroup.procs").write_text(str(os.getpid()))
        self.run = subprocess.Popen(
            ["unshare", "--mount", "--pid", "--uts", "--ipc", "--cgroup", "--fork", "--kill-child",
             str(Path(__file__).parent / "boot_systemd"), str(self.folder)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, preexec_fn=enter_group)
        for _ in range(300):
            children = Path(f"/proc/{self.run.pid}/task/{self.run.pid}/children").read_text().split()
            if children and Path(f"/proc/{children[0]}/comm").read_text().strip() == "systemd":
                self.first = int(children[0])
                if self("systemctl", "is-active", "doudi-test.target").stdout.strip() == "active":
                    return
            time.sleep(0.1)
        raise AssertionError("systemd does not come up")

    def __call__(self, *command):
        spaces = ("--mount", "--pid", "--uts", "--ipc", "--cgroup")
        return subprocess.run(["nsenter", "--target", str(self.first), *spaces, *command], capture_output=True,
                              text=True, check=False, timeout=180,
                              env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "SYSTEMD_PAGER": ""})

    def must(self, *command):
        done = self(*command)
        if done.returncode != 0:
            raise AssertionError(f"{command}: {done.stdout}{done.stderr}\n{self.journal()[-3000:]}")
        return done.stdout

    def journal(self):
        return self("journalctl", "-u", "doudi", "-o", "cat", "--no-pager").stdout

    def property(self, name):
        return self.must("systemctl", "show", "doudi", "--property", name, "--value").strip()

    def close(self):
        if self.run:
            self.run.kill()
            self.run.wait(30)
            self.run.stderr.close()
            for _ in range(200):  # until the last process of it has gone
                if "populated 0" in (self.group / "cgroup.events").read_text():
                    break
                time.sleep(0.05)
            for folder, _, _ in os.walk(self.group, topdown=False):
                os.rmdir(folder)
        subprocess.run(["umount", "-l", str(self.folder)], check=False)
        self.folder.rmdir()


@unittest.skipUnless(POSSIBLE, "wants root, systemd and control groups")
class Service(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.machine = Machine(Case.binary)
        try:
            cls.machine.boot()
            # What docs/operations.md says, in its order.
            cls.machine.must("install", "-d", "-m", "0700", "/etc/doudi")
            cls.machine.must("install", "-d", "-m", "0700", "-o", "doudi", "-g", "doudi", "/var/lib/doudi")
            cls.machine.must("doudi", "--keys", "/etc/doudi/doudi.keys", "init", "--data", "/var/lib/doudi/data",
                             "--policy", "guangdong-2021", "--baseline", "2025-03-31")
            cls.machine.must("chown", "-R", "doudi:doudi", "/var/lib/doudi")
            cls.machine.must("systemctl", "start", "doudi")
        except BaseException:
            cls.machine.close()
            raise

    @classmethod
    def tearDownClass(cls):
        cls.machine.close()

    def client(self):
        return Client(self.machine.port)

    def pid(self):
        """Of the service, as this machine counts it."""
        inside = self.machine.property("MainPID")
        for place in Path("/proc").glob("[0-9]*/status"):
            try:
                found = re.search(r"NSpid:\s*(\d+)\s+(\d+)$", place.read_text(), re.M)
            except (FileNotFoundError, ProcessLookupError):
                continue
            if found and found[2] == inside and (place.parent / "comm").read_text().strip() == "doudi":
                return int(found[1])
        raise AssertionError("the service does not run")

    def status(self):
        return Path(f"/proc/{self.pid()}/status").read_text(encoding="utf-8")

    def test_1_start_returns_when_it_answers_and_says_so(self):
        self.assertEqual("active", self.machine.property("ActiveState"))
        self.assertEqual("answering requests", self.machine.property("StatusText"))
        self.assertEqual((200, 200), (self.client().get("/healthz").status, self.client().get("/readyz").status))

    def test_2_the_first_administrator_enters_with_what_the_journal_shows(self):
        password = re.search(rf"{ADMIN}.*[:：]\s*(\w+)$", self.machine.journal(), re.M)[1]
        admin = enter(self.client(), ADMIN, password)
        self.assertEqual(200, admin.get("/api/v1/units").status)
        line = next(json.loads(line) for line in self.machine.journal().splitlines() if '"listUnits"' in line)
        self.assertEqual(200, line["status"])

    def test_3_it_may_do_nothing_that_it_does_not_need(self):
        status = self.status()
        self.assertRegex(status, r"NoNewPrivs:\s*1")
        self.assertRegex(status, r"Seccomp:\s*2")
        for kind in ("CapEff", "CapPrm", "CapBnd", "CapAmb"):
            self.assertRegex(status, rf"{kind}:\s*0000000000000000")
        self.assertRegex(status, r"Uid:\s*64123\s")
        mounts = Path(f"/proc/{self.pid()}/mountinfo").read_text(encoding="utf-8").splitlines()
        options = {line.split()[4]: line.split()[5].split(",") for line in mounts}
        self.assertIn("ro", options["/"])
        self.assertIn("rw", options["/var/lib/doudi"])
        # Nobody without the key's owner's rights reads it where it lies; the copy is the service's alone.
        # Where the roots of the log go, for the unit above: made by systemd, its owner's alone.
        self.assertEqual("700 doudi", self.machine.must("stat", "-c", "%a %U", "/var/lib/doudi/anchors").strip())
        self.assertIn("--anchors /var/lib/doudi/anchors", self.machine.property("ExecStart"))
        self.assertEqual("600 root", self.machine.must("stat", "-c", "%a %U", "/etc/doudi/doudi.keys").strip())
        inside = Path(f"/proc/{self.pid()}") / "root"
        self.assertTrue((inside / "run/credentials/doudi.service/doudi.keys").exists())
        self.assertNotIn("Permission", self.machine.journal())

    def test_4_killed_it_comes_back_with_all_that_was_there(self):
        before = self.pid()
        os.kill(before, signal.SIGKILL)
        for _ in range(300):
            if self.machine.property("NRestarts") == "1" and self.machine.property("ActiveState") == "active":
                break
            time.sleep(0.1)
        self.assertEqual("1", self.machine.property("NRestarts"))
        self.assertNotEqual(before, self.pid())
        self.assertEqual(200, self.client().get("/readyz").status)
        self.assertNotIn("there is no account yet", self.machine.journal())

    def test_5_stop_ends_it_in_order(self):
        self.machine.must("systemctl", "stop", "doudi")
        self.assertEqual(("inactive", "success"),
                         (self.machine.property("ActiveState"), self.machine.property("Result")))
        with self.assertRaises(OSError):
            self.client().get("/healthz")

    def test_6_without_its_key_it_does_not_start_and_says_why(self):
        self.machine.must("mv", "/etc/doudi/doudi.keys", "/etc/doudi/away")
        try:
            self.assertNotEqual(0, self.machine("systemctl", "start", "doudi").returncode)
        finally:
            self.machine.must("mv", "/etc/doudi/away", "/etc/doudi/doudi.keys")
        self.machine.must("systemctl", "reset-failed", "doudi")
        self.machine.must("systemctl", "start", "doudi")
        self.assertEqual(200, self.client().get("/readyz").status)


@unittest.skipUnless(shutil.which("systemd-analyze"), "systemd-analyze is not there")
class Unit(unittest.TestCase):
    def test_the_unit_is_sound_and_its_exposure_low(self):
        with tempfile.TemporaryDirectory() as folder:
            unit = (SOURCE / "deploy" / "doudi.service").read_text(encoding="utf-8")
            path = Path(folder) / "doudi.service"
            path.write_text(unit.replace("/usr/bin/doudi", Case.binary), encoding="utf-8")
            verified = subprocess.run(["systemd-analyze", "verify", str(path)], capture_output=True, text=True,
                                      check=False)
            self.assertNotIn("doudi.service", verified.stderr)
            rated = subprocess.run(["systemd-analyze", "security", "--offline=true", "--threshold=20", str(path)],
                                   capture_output=True, text=True, check=False)
        self.assertEqual(0, rated.returncode, rated.stdout[-600:])


if __name__ == "__main__":
    main()
