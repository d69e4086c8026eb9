#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL cluster for tests: in memory, on a unix socket only, without fsync. It sorts text by a Chinese
collation, so that an order that a query forgot to ask for shows.

    cluster.py run             prints the folder of the socket; stops when standard input ends, however its parent ends
    cluster.py start FOLDER    leaves it running; FOLDER/socket says where
    cluster.py stop FOLDER

User `doudi` comes in without a password, `locked` only with one (`open sesame`)."""
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SETTINGS = {
    "listen_addresses": "", "fsync": "off", "full_page_writes": "off", "synchronous_commit": "off",
    "shared_buffers": "64MB", "max_connections": "60", "max_wal_size": "1GB", "log_min_messages": "panic",
    "log_statement": "none", "password_encryption": "scram-sha-256",
}
LOGINS = "local all locked scram-sha-256\nlocal all all trust\n"


def place_in_memory():
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


class Cluster:
    """initdb refuses root: there the server is of the user `postgres`, as Debian makes it."""

    def __init__(self, folder=None):
        self.bin = Path(subprocess.run(["pg_config", "--bindir"], check=True, capture_output=True,
                                       text=True).stdout.strip())
        self.as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        self.folder = Path(folder or tempfile.mkdtemp(prefix="doudi-pg-", dir=place_in_memory()))
        self.data = self.folder / "data"

    def make(self):
        if self.as_postgres:
            shutil.chown(self.folder, "postgres", "postgres")
        self.folder.chmod(0o755)
        self.run("initdb", "-D", self.data, "-U", "doudi", "--auth=trust", "-E", "UTF8", "--locale=C",
                 "--locale-provider=icu", "--icu-locale=zh-u-co-pinyin", "--no-sync")
        with open(self.data / "postgresql.conf", "a", encoding="utf-8") as conf:
            conf.write("".join(f"{name} = '{value}'\n" for name, value in SETTINGS.items()))
            conf.write(f"unix_socket_directories = '{self.folder}'\n")
        (self.data / "pg_hba.conf").write_text(LOGINS, encoding="utf-8")
        self.start()
        self.psql("create role locked login password 'open sesame'")

    def start(self):
        self.run("pg_ctl", "-D", self.data, "-w", "-s", "-l", self.folder / "log", "start")

    def crash(self):
        """As a power cut does to the server alone."""
        self.run("pg_ctl", "-D", self.data, "-w", "-s", "-m", "immediate", "stop")

    def remove(self):
        self.run("pg_ctl", "-D", self.data, "-w", "-s", "-m", "immediate", "stop", check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, program, *arguments, check=True):
        done = subprocess.run([*self.as_postgres, str(self.bin / program), *map(str, arguments)], cwd="/",
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, check=False)
        if check and done.returncode != 0:
            raise RuntimeError(f"{program} failed: {done.stdout[-2000:]}")

    def psql(self, sql, database="postgres"):
        done = subprocess.run([str(self.bin / "psql"), "-h", str(self.folder), "-U", "doudi", "-d", database, "-X",
                               "-q", "-At", "-v", "ON_ERROR_STOP=1", "-c", sql], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"psql failed: {done.stderr[-2000:]}")
        return done.stdout

    def url(self, database):
        return f"postgresql://doudi@/{database}?host={self.folder}"


def run():
    cluster = Cluster()
    try:
        cluster.make()
        print(cluster.folder, flush=True)
        sys.stdin.read()
    finally:
        cluster.remove()


def start(folder):
    stop(folder)
    cluster = Cluster()
    cluster.make()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "socket").write_text(f"{cluster.folder}\n", encoding="utf-8")


def stop(folder):
    if not (folder / "socket").exists():
        return
    Cluster((folder / "socket").read_text(encoding="utf-8").strip()).remove()
    (folder / "socket").unlink()


def main(arguments):
    if arguments == ["run"]:
        run()
    elif len(arguments) == 2 and arguments[0] == "start":
        start(Path(arguments[1]))
    elif len(arguments) == 2 and arguments[0] == "stop":
        stop(Path(arguments[1]))
    else:
        print(__doc__, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
