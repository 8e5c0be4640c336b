#!/usr/bin/python3 -B
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exactly once, in numbers: `tst_servers_soak.py [--kills N] [--cuts N] [--races N] PATH-OF-MAILWARD-CLI`. A real sshd on loopback, numbered lines."""

import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from mailrig import console
from mailrig.loopback import Link, Server, Writer

WAYS = ["rename", "compress", "date", "copytruncate"]


def runs(numbers):
    """The numbers as runs without a gap: [(first, last)]."""
    made = []
    for number in sorted(numbers):
        if made and made[-1][1] == number - 1:
            made[-1] = (made[-1][0], number)
        else:
            made.append((number, number))
    return made


class Stage:
    """One server, one console, one writer."""

    def __init__(self, cli, check, rate, link=False):
        self.cli, self.check, self.rate, self.with_link = cli, check, rate, link

    def __enter__(self):
        self.holder = tempfile.TemporaryDirectory(prefix="mailward-soak-")
        folder = Path(self.holder.name)
        self.server = Server(folder)
        self.link = Link(self.server.port) if self.with_link else None
        self.home = folder / "home"
        self.home.mkdir()
        user = os.environ.get("USER", "root")
        self.call("servers", "add", "mx1", "--host", "127.0.0.1", "--port", str(self.link.port if self.link else self.server.port), "--user", user,
                  "--identity", str(self.server.folder / "id"), "--log", str(self.server.log))
        self.server.log.touch()
        self.call("servers", "trust", "mx1", self.server.fingerprint())
        self.writer = Writer(self.server.log, self.rate)
        self.writer.start()
        return self

    def __exit__(self, *_):
        self.writer.stop()
        self.server.stop()
        self.holder.cleanup()

    def environment(self):
        options = os.environ.get("ASAN_OPTIONS", "detect_leaks=1")
        lsan = os.environ.get("LSAN_OPTIONS", f"suppressions={console.HERE.parent / 'support/lsan.supp'}:print_suppressions=0")
        return {**os.environ, "HOME": str(self.home), "ASAN_OPTIONS": options + ":exitcode=99", "LSAN_OPTIONS": lsan + ":exitcode=99"}

    def call(self, *words):
        done = subprocess.run([str(self.cli), "--json", "--home", str(self.home), *words], capture_output=True, text=True, timeout=300, env=self.environment())
        if done.returncode != 0 or console.SANITIZER.search(done.stderr):
            raise RuntimeError(f"{words}: exit {done.returncode} {done.stderr[-2000:]}")
        return [json.loads(line) for line in done.stdout.splitlines()]

    def start(self):
        return subprocess.Popen([str(self.cli), "--json", "--home", str(self.home), "pull", "--follow"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True, bufsize=1, env=self.environment())

    def judge(self, what):
        """Everything that stands in a file is in the store once; only what copytruncate destroyed may be missing."""
        self.writer.stop()
        time.sleep(2.5)  # a copy that was just made is looked at again when it is sure to be whole
        rows = self.call("pull")
        told = Counter(int(row["account"].split("@")[0][1:]) for row in self.call("query", "outcome:failure", "--top", "10000000") if row["account"].startswith("n"))
        kept = self.writer.kept()
        twice, lost = [n for n, count in told.items() if count > 1], kept - set(told)
        self.check(f"{what}: {self.writer.number} lines, {self.writer.rotations} rotations: 0 twice", not twice, twice[:5])
        self.check(f"{what}: 0 lost of {len(kept)} that rotation left", not lost, f"{len(lost)}: {runs(lost)[:10]}")
        self.check.note(f"destroyed by copytruncate itself: {self.writer.number - len(kept)}; of those the console had read {len(set(told) - kept)} before; "
                        f"bytes it reports as lost in the last pull: {sum(source['lost'] for row in rows for source in row['sources'])}")


def kills(stage, check, count):
    rng = random.Random(2)
    rounds = 0
    for number in range(count):
        stage.writer.burst(40)
        process = stage.start()
        if number % 4 == 1:
            threading.Timer(0.15, stage.writer.rotate, ["compress" if number % 8 == 1 else "rename"]).start()
        # One in four from before it is connected; the others while it writes, or well into its live reading.
        reader = threading.Thread(target=lambda pipe=process.stdout, found=(found := []): found.extend(pipe), daemon=True)
        reader.start()
        patience = time.monotonic() + 20
        while number % 4 != 0 and not found and process.poll() is None and time.monotonic() < patience:
            time.sleep(0.005)
        time.sleep(rng.uniform(0.0, 0.8))
        process.kill()
        process.wait()
        reader.join()
        rounds += len(found)
        complaint = process.stderr.read()
        if console.SANITIZER.search(complaint):
            check("no complaint of a sanitizer", False, complaint[-2000:])
    check("the kills fell into reading, too", rounds >= count // 2, rounds)
    stage.judge(f"killed {count} times over {rounds} rounds")


def follow_rows(process, marks):
    total = 0
    for text in process.stdout:
        row = json.loads(text)
        total += row["lines"]
        if row["lines"]:
            marks.append((total, time.monotonic()))


def cuts(stage, check, count):
    rng, marks, slowest = random.Random(4), [], 0.0
    process = stage.start()
    threading.Thread(target=follow_rows, args=(process, marks), daemon=True).start()
    complaints = []
    threading.Thread(target=lambda: complaints.extend(process.stderr), daemon=True).start()
    until = time.monotonic() + 30
    while not marks and time.monotonic() < until:
        time.sleep(0.05)
    for number in range(count):
        stage.link.stall() if number % 3 == 2 else stage.link.cut()
        time.sleep(rng.uniform(0.2, 4.0))
        stage.link.heal()
        healed = time.monotonic()
        while marks[-1][1] < healed and time.monotonic() < healed + 30 and process.poll() is None:
            time.sleep(0.02)
        slowest = max(slowest, time.monotonic() - healed)
        time.sleep(rng.uniform(0.0, 0.5))
    check(f"{count} cuts and stalls: lines again after {slowest:.1f} s at most (10 s allowed)", process.poll() is None and slowest <= 10, complaints[-3:])
    process.terminate()
    process.wait(20)
    if console.SANITIZER.search("".join(complaints)):
        check("no complaint of a sanitizer", False, "".join(complaints)[-2000:])
    stage.judge(f"{count} cuts and stalls")


def races(stage, check, count):
    rng, marks = random.Random(6), []
    process = stage.start()
    threading.Thread(target=follow_rows, args=(process, marks), daemon=True).start()
    complaints = []
    threading.Thread(target=lambda: complaints.extend(process.stderr), daemon=True).start()
    for number in range(count):
        time.sleep(rng.uniform(0.1, 0.9))
        stage.writer.rotate(WAYS[number % len(WAYS)])
    stage.writer.stop()
    # What a reader that starves would only find in the last pull, while it still stands there.
    kept = len(stage.writer.kept())
    stopped = time.monotonic()
    while (read := marks[-1][0] if marks else 0) < kept and time.monotonic() < stopped + 15 and process.poll() is None:
        time.sleep(0.05)
    check(f"it keeps pace: all {kept} lines are read {time.monotonic() - stopped:.1f} s after the last one (15 s allowed)", read >= kept, (read, complaints[-3:]))
    process.terminate()
    process.wait(30)
    if console.SANITIZER.search("".join(complaints)):
        check("no complaint of a sanitizer", False, "".join(complaints)[-2000:])
    stage.judge(f"{count} rotations at {stage.rate} lines a second")


def main():
    counts = {"--kills": 5, "--cuts": 3, "--races": 12}
    words = sys.argv[1:]
    asked = {}
    while len(words) > 2 and words[0] in counts:
        asked[words[0]], words = int(words[1]), words[2:]
    counts = {name: asked.get(name, 0) for name in counts} if asked else counts
    sys.argv = [sys.argv[0], *words]

    def run(binary, check):
        for name, scene, rate, link in (("--kills", kills, 400, False), ("--cuts", cuts, 100, True), ("--races", races, 2000, False)):
            if counts[name]:
                with Stage(binary, check, rate, link) as stage:
                    scene(stage, check, counts[name])

    console.main(run, 60 + 8 * counts["--kills"] + 12 * counts["--cuts"] + 4 * counts["--races"])


if __name__ == "__main__":
    main()
