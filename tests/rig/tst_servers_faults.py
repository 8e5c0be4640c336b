#!/usr/bin/python3 -B
# SPDX-License-Identifier: GPL-3.0-or-later
"""The console's own disk fails: call after call of write, read and sync on its database, and a disk that is full.
`tst_servers_faults.py [--every N] PATH-OF-MAILWARD-CLI`: every N-th call (1: all of them), else six of them."""

import errno
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from mailrig import console
from mailrig.loopback import Server, Writer

LINES = 400


def preload(folder):
    """The library that makes calls fail, behind the sanitizer's own when the console has one."""
    made = folder / "failing_io.so"
    subprocess.run(["gcc", "-O1", "-shared", "-fPIC", "-o", str(made), str(console.HERE.parent / "support/failing_io.c"), "-ldl"], check=True)
    return made


class Victim:
    def __init__(self, binary, folder):
        self.binary, self.folder = binary, folder
        self.server = Server(folder)
        self.writer = Writer(self.server.log, 0)
        self.writer.burst(LINES)
        self.library = preload(folder)
        linked = subprocess.run(["ldd", str(binary)], capture_output=True, text=True, check=True).stdout
        self.sanitizer = [line.split("=>")[1].split()[0] for line in linked.splitlines() if "libasan" in line]

    def fresh(self, name):
        home = self.folder / name
        home.mkdir()
        self.call(home, "servers", "add", "mx1", "--host", "127.0.0.1", "--port", str(self.server.port), "--user", os.environ.get("USER", "root"), "--identity",
                  str(self.server.folder / "id"), "--log", str(self.server.log), code=0)
        self.call(home, "servers", "trust", "mx1", self.server.fingerprint(), code=0)
        return home

    def environment(self, home, **extra):
        options = os.environ.get("ASAN_OPTIONS", "detect_leaks=1").replace("detect_leaks=1", "detect_leaks=0") + ":exitcode=99"
        return {**os.environ, "HOME": str(home), "ASAN_OPTIONS": options, **extra}

    def words(self, home, *words):
        return [str(self.binary), "--json", "--home", str(home), *words]

    def call(self, home, *words, code=None, **extra):
        done = subprocess.run(self.words(home, *words), capture_output=True, text=True, timeout=120, env=self.environment(home, **extra))
        answer = console.Answer(done)
        if answer.code not in (0, 1) or console.SANITIZER.search(answer.err) or (code is not None and answer.code != code):
            raise RuntimeError(f"{words} {extra}: {answer}")
        return answer

    def failing(self, home, number, code):
        count = self.folder / "count"
        answer = self.call(home, "pull", LD_PRELOAD=" ".join([*self.sanitizer, str(self.library)]), FAIL_AT=str(number), FAIL_PATH="events.sqlite", FAIL_ERRNO=str(code),
                           FAIL_COUNT=str(count))
        return answer, int(count.read_text())

    def held(self, home):
        return Counter(row["account"] for row in self.call(home, "query", "outcome:failure", "--top", "1000000", code=0).rows)


def each_call(victim, check, every):
    _, total = victim.failing(victim.fresh("counting"), 0, errno.EIO)
    truth = Counter(f"n{n}@example.org" for n in range(LINES))
    numbers = range(1, total + 1, every) if every else [1 + total * part // 6 for part in range(6)]
    wrong, silent, said = [], [], 0
    for number in numbers:
        home = victim.fresh(f"home{number}")
        answer, _ = victim.failing(home, number, errno.ENOSPC if number % 2 else errno.EIO)
        said += answer.code == 1
        if answer.code == 1 and "hint: " not in answer.err:
            silent.append((number, answer))
        again = victim.call(home, "pull")
        if again.code != 0:
            again = victim.call(home, "pull")  # a damaged file was moved aside, and said so
        if again.code != 0 or victim.held(home) != truth:
            wrong.append((number, answer, again))
    check(f"{len(list(numbers))} of {total} calls failed in turn ({said} were said): all events there once after the next pull", not wrong, wrong[:2])
    check("each failure that stopped a pull came with a hint", not silent, silent[:2])


def full_disk(victim, check):
    home = victim.fresh("full")
    state = home / "state"
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=700k", "none", str(state)], check=True)
    try:
        victim.writer.burst(30000)
        process = subprocess.Popen(victim.words(home, "pull", "--follow"), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=victim.environment(home))
        said = process.stderr.readline()
        check("a full disk is said, and following goes on", "full" in said or "room" in said, said)
        subprocess.run(["mount", "-o", "remount,size=200m", str(state)], check=True)
        until = time.monotonic() + 60
        while time.monotonic() < until and (len(victim.held(home)) < LINES + 30000):
            time.sleep(1)
        process.terminate()
        err = process.communicate(timeout=20)[1]
        held = victim.held(home)
        check(f"with room again it went on by itself: {len(held)} events, each once", len(held) == LINES + 30000 and max(held.values()) == 1 and not console.SANITIZER.search(err),
              (len(held), err[-1500:]))
    finally:
        subprocess.run(["umount", "-l", str(state)], check=False)


def main():
    every = 0
    if len(sys.argv) > 2 and sys.argv[1] == "--every":
        every = int(sys.argv[2])
        del sys.argv[1:3]

    def run(binary, check):
        with tempfile.TemporaryDirectory(prefix="mailward-faults-") as name:
            victim = Victim(binary, Path(name))
            try:
                each_call(victim, check, every)
                full_disk(victim, check)
            finally:
                victim.server.stop()

    console.main(run, 300 if not every else 3000)


if __name__ == "__main__":
    main()
