#!/usr/bin/python3 -B
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server as attacker: a real sshd whose every command is answered by somebody else. Memory stays flat, and a cancel is obeyed at once.
`tst_servers_hostile.py [--seconds N] PATH-OF-MAILWARD-CLI`: how long each way is endured (2 s)."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from mailrig import console
from mailrig.loopback import Server

GROWTH_MIB, CANCEL_S = 64, 1.0
# What a command gets to see first: the word that begins our data. It stands in the command itself, so that a hostile server knows it.
EVIL = """#!/bin/sh
m=$(printf %s "$SSH_ORIGINAL_COMMAND" | sed -n 's/^echo \\(mw[0-9a-f]*\\);.*/\\1/p')
mode=$(cat {folder}/mode)
case $mode in noise) exec yes 'welcome to this server' ;; esac
echo "$m"; echo "$m" >&2
case $mode in
  endless) exec yes ;;
  random) exec cat /dev/urandom ;;
  drip) while :; do printf x; sleep 1; done ;;
  stderr) yes 'a complaint without end' | head -n 1000000 >&2; sleep 60 ;;
esac
case $SSH_ORIGINAL_COMMAND in
  *'echo --'*) date +%s; echo --; echo "2049 77 10737418240 $(date +%s) {log}" ;;
  *) echo "2049 77 10737418240 $(date +%s)"
     case $mode in
       line) exec head -c 10737418240 /dev/zero ;;
       forged) exec yes "$m
-- same moved 2049 77 10 $(date +%s) {log}" ;;
     esac ;;
esac
"""
MODES = {"noise": "endless words before our data", "endless": "endless output", "random": "/dev/urandom", "drip": "one byte a second", "stderr": "a million lines on stderr",
         "line": "a line of 10 GB", "forged": "our own markers and headers as log lines"}


def memory(pid):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0


class Victim:
    def __init__(self, binary, folder):
        self.binary, self.folder, self.home = binary, folder, folder / "home"
        self.home.mkdir()
        self.server = Server(folder)
        self.server.log.write_text("")

    def environment(self):
        # Freed memory that the sanitizer holds back is none of the console's.
        options = os.environ.get("ASAN_OPTIONS", "detect_leaks=1") + ":exitcode=99:quarantine_size_mb=1:malloc_context_size=0"
        lsan = os.environ.get("LSAN_OPTIONS", f"suppressions={console.HERE.parent / 'support/lsan.supp'}:print_suppressions=0")
        return {**os.environ, "HOME": str(self.home), "ASAN_OPTIONS": options, "LSAN_OPTIONS": lsan + ":exitcode=99"}

    def words(self, *words):
        return [str(self.binary), "--json", "--home", str(self.home), *words]

    def call(self, *words):
        done = subprocess.run(self.words(*words), capture_output=True, text=True, timeout=60, env=self.environment())
        if done.returncode != 0:
            raise RuntimeError(f"{words}: {done.stderr}")

    def start(self):
        return subprocess.Popen(self.words("pull", "--follow"), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=self.environment())

    def take_over(self):
        evil = self.folder / "evil.sh"
        evil.write_text(EVIL.format(folder=self.folder, log=self.server.log))
        evil.chmod(0o755)
        config = self.server.folder / "sshd_config"
        config.write_text(config.read_text() + f"ForceCommand {evil}\n")
        self.server.stop()
        self.server.process = subprocess.Popen(["/usr/sbin/sshd", "-D", "-e", "-f", str(config)], stderr=subprocess.DEVNULL)
        time.sleep(0.3)


def endure(victim, check, mode, text, calm, seconds):
    (victim.folder / "mode").write_text(mode)
    process, most = victim.start(), 0.0
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        most = max(most, memory(process.pid))
        time.sleep(0.05)
    ended = process.poll()
    begun = time.monotonic()
    if ended is None:
        process.terminate()
    err = process.communicate(timeout=30)[1]
    took = time.monotonic() - begun
    check(f"{text}: {most - calm:+.0f} MiB, cancelled in {took:.2f} s", most - calm <= GROWTH_MIB and took <= CANCEL_S and process.returncode in (0, 1) and not console.SANITIZER.search(err),
          (process.returncode, err[-1500:]))


def run(binary, check, seconds):
    with tempfile.TemporaryDirectory(prefix="mailward-hostile-") as name:
        victim = Victim(binary, Path(name))
        try:
            victim.call("servers", "add", "evil", "--host", "127.0.0.1", "--port", str(victim.server.port), "--user", os.environ.get("USER", "root"), "--identity",
                        str(victim.server.folder / "id"), "--log", str(victim.server.log))
            victim.call("servers", "trust", "evil", victim.server.fingerprint())
            process = victim.start()
            time.sleep(2)
            calm = memory(process.pid)
            process.terminate()
            process.communicate(timeout=30)
            victim.take_over()
            for mode, text in MODES.items():
                endure(victim, check, mode, text, calm, seconds)
        finally:
            victim.server.stop()


if __name__ == "__main__":
    endured = 2.0
    if len(sys.argv) > 2 and sys.argv[1] == "--seconds":
        endured = float(sys.argv[2])
        del sys.argv[1:3]
    console.main(lambda binary, check: run(binary, check, endured), 120 + 10 * int(endured))
