# SPDX-License-Identifier: GPL-3.0-or-later
"""The console under test: mailward-cli at the operator's place of a rig, and what a test asks of rig and driver."""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from mailrig import faults

HERE = Path(__file__).resolve().parent.parent
LIMIT_S = 60
SANITIZER = re.compile(r"Sanitizer|runtime error:")
AUTH_PORTS = [110, 143, 465, 587, 993, 995, 4190]


class Checks:
    """Counts and tells; a crash or a sanitizer's report of the console counts as failed wherever it happens."""

    def __init__(self):
        self.passed = self.failed = 0

    def __call__(self, text, good, found=""):
        self.passed, self.failed = self.passed + bool(good), self.failed + (not good)
        print(f"{'PASS' if good else 'FAIL'} {text}{'' if good else f': {found}'}", flush=True)
        return good

    @staticmethod
    def note(text):
        print(f"     {text}", flush=True)


class Answer:
    """What one call of the console said; `rows` are the JSON lines of its stdout."""

    def __init__(self, done):
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr
        self.rows = [json.loads(line) for line in self.out.splitlines() if line.startswith("{")]

    def __repr__(self):
        return f"exit {self.code}; {self.out[-1500:]} {self.err[-1500:]}"

    def says(self, *patterns):
        """A message with a hint what to do, and all of the patterns in it."""
        return "hint: " in self.err and all(re.search(pattern, self.err, re.I) for pattern in patterns)


class Rig:
    """A rig that is up within `with`."""

    def __init__(self, name, *options, hosts="mx1,mx2"):
        self.id, self.options = f"{name}{os.getpid()}", ["--hosts", hosts, *options]

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="mailward-rig-test-"))
        try:
            self.call("up", *self.options, "--run-dir", str(self.folder / "rig"))
            self.reload()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.call("down")
        subprocess.run(["rm", "-rf", str(self.folder)], check=True)

    def reload(self):
        self.file = self.folder / "rig" / "rig.json"
        self.about = json.loads(self.file.read_text())
        self.hosts = {host["name"]: host for host in self.about["hosts"]}

    def call(self, verb, *words):
        done = subprocess.run([str(HERE / "rig"), verb, "--id", self.id, *words], capture_output=True, text=True, timeout=LIMIT_S)
        if done.returncode != 0:
            raise RuntimeError(f"rig {verb} {words}: {done.stderr}")
        return done.stdout

    def enter(self, place, *words):
        """The command for these words on a host or at the operator's; without an interpreter's start for each of thousands."""
        return [*faults.entry(self.id, place), *map(str, words)]

    def on(self, host, script):
        done = subprocess.run(self.enter(host, "sh", "-euc", script), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LIMIT_S)
        if done.returncode != 0:
            raise RuntimeError(f"{host}: {script}: {done.stderr}")
        return done.stdout

    def drive(self, *words, **options):
        """Runs the driver; its truth is appended to `truth.jsonl` of the rig's folder."""
        command = [str(HERE / "driver"), "--rig", str(self.file), "--truth", str(self.folder / "truth.jsonl"), *words]
        done = subprocess.run(command, capture_output=True, text=True, timeout=2 * LIMIT_S, **options)
        if done.returncode != 0:
            raise RuntimeError(f"driver {words}: {done.stderr}")
        return done

    def probe(self, ips, ports, timeout=1.0, hosts="mx1,mx2"):
        """(ip, host, port) -> open, timeout, refused, closed or unreachable."""
        done = self.drive("probe", "--ip", ",".join(ips), "--ports", ",".join(map(str, ports)), "--timeout", str(timeout), "--hosts", hosts)
        return {(one["ip"], one["host"], one["port"]): one["state"] for one in json.loads(done.stdout)}

    def truth(self):
        return [json.loads(line) for line in (self.folder / "truth.jsonl").read_text().splitlines()]

    def told(self, outcome):
        """(server, service, ip) -> attempts that the servers decided so."""
        counts = Counter()
        for one in self.truth():
            if one["outcome"] == outcome:
                counts[one["host"], one["service"], one["ip"]] += one["attempts"]
        return counts

    def undecided(self):
        """(server, service, ip) -> attempts without an answer: a server may have logged them before the link broke, or not."""
        return Counter((one["host"], one["service"], one["ip"]) for one in self.truth() if not one["outcome"])

    def log_lines(self):
        """Lines in the two logs that the console reads, archives included, of all hosts."""
        script = "for f in /var/log/maillog* /var/log/secure*; do case $f in *.gz) zcat $f;; *) cat $f;; esac; done | wc -l"
        return sum(int(self.on(name, script)) for name in self.hosts)

    def settle(self):
        """Waits until no log grows any more (a second without a new line, 10 s at most)."""
        until, before, same = time.monotonic() + 10, -1, 0
        while same < 3 and time.monotonic() < until:
            now = self.log_lines()
            before, same = now, same + 1 if now == before else 0
            time.sleep(0.25)


class Console:
    """mailward-cli with a folder of its own, run as the operator of a rig."""

    def __init__(self, binary, rig, check, name="console"):
        self.binary, self.rig, self.check = binary, rig, check
        self.home = rig.folder / name
        self.home.mkdir()

    def command(self, *words):
        return self.rig.enter("operator", self.binary, "--json", "--home", self.home, *words)

    def environment(self, **extra):
        # HOME: the known_hosts of whoever runs the test are none of ours. 99: a sanitizer's exit code is none of the console's.
        options = os.environ.get("ASAN_OPTIONS", "detect_leaks=1")
        lsan = os.environ.get("LSAN_OPTIONS", f"suppressions={HERE.parent / 'support/lsan.supp'}:print_suppressions=0")
        return {**os.environ, "HOME": str(self.home), "USER": "operator", "ASAN_OPTIONS": options + ":exitcode=99",
                "LSAN_OPTIONS": lsan + ":exitcode=99", **extra}

    def __call__(self, *words, code=None, env=None, input=None):
        done = subprocess.run(self.command(*words), capture_output=True, text=True, timeout=LIMIT_S, input=input or "",
                              env=self.environment(**(env or {})))
        answer = Answer(done)
        if answer.code not in (0, 1, 2) or SANITIZER.search(answer.err):
            self.check(f"{' '.join(words)}: ends in order", False, answer)
        elif code is not None and answer.code != code:
            self.check(f"{' '.join(words)}: exit {code}", False, answer)
        return answer

    def start(self, *words):
        """Runs beside the test; the process is the console itself, so that a signal reaches it."""
        return subprocess.Popen(self.command(*words), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                env=self.environment())

    def add_servers(self, trust=True):
        """mx1 through the gate that sudo allows, mx2 as root."""
        for number, (name, host) in enumerate(self.rig.hosts.items()):
            logs = [word for path in host["logs"].values() for word in ("--log", path)]
            self("servers", "add", name, "--host", host["ip"], "--user", "root" if number % 2 else host["ssh_user"],
                 "--identity", self.rig.about["operator_key"], *logs, code=0)
            if trust:
                self("servers", "trust", name, host["host_key_fingerprint"], code=0)

    def told(self, outcome):
        """(server, service, ip) -> attempts, from the events that the console holds; its own log-ins are none of the driver's."""
        counts = Counter()
        for event in self("query", f"outcome:{outcome}", "--top", "1000000", code=0).rows:
            if event["attempts"] and event["ip"] != self.rig.about["operator_ip"]:
                counts[event["server"], event["service"], event["ip"]] += event["attempts"]
        return counts

    def pull(self, **options):
        """One pull: the sums of all servers."""
        answer, sums = self("pull", **options), Counter()
        for row in answer.rows:
            sums.update({key: row[key] for key in ("bytes", "lines", "events", "boring", "unknown")})
        return answer, sums

    def same_as_truth(self, text):
        """Every attempt that a server decided stands in the store, once."""
        for outcome in ("failure", "success"):
            truth, told = self.rig.told(outcome), self.told(outcome)
            missing, too_much = truth - told, told - truth - self.rig.undecided()
            self.check(f"{text}: {sum(truth.values())} attempts with outcome {outcome}, each once", not missing and not too_much,
                       f"missing {dict(list(missing.items())[:6])}, too much {dict(list(too_much.items())[:6])}")


def plan(number, ips, ttl=36000, ports=None):
    """The text of a plan that bans addresses."""
    bans = [{"prefix": ip, "ports": ports or AUTH_PORTS, "ttl_s": ttl, "reason": "one wrong password", "covers": 1} for ip in ips]
    return json.dumps({"version": 1, "id": f"{number:016x}", "made": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "from": "chosen by hand",
                       "bans": bans, "unbans": [], "resets": [], "holds": [], "servers": [], "expected": {}, "refused": []})


def interrupted(number, _frame):
    raise KeyboardInterrupt(f"signal {number}")


def main(run, limit_s=300):
    """Runs a test with the console's path from the command line; exit 77 without root. Ended from outside or after
    `limit_s`, it takes its rigs down all the same."""
    if os.geteuid() != 0:
        print("skipped: the rig's namespaces need root")
        sys.exit(77)
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} PATH-OF-MAILWARD-CLI")
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGALRM):
        signal.signal(number, interrupted)
    signal.alarm(limit_s)
    check, started = Checks(), time.monotonic()
    try:
        run(Path(sys.argv[1]).resolve(), check)
    except (Exception, KeyboardInterrupt) as error:  # an error of the test itself: told as a failure, with the figures so far
        check("the test ran to its end", False, f"{type(error).__name__}: {error}")
        raise
    finally:
        print(f"{time.monotonic() - started:.1f} s")
        print(f"{check.passed} passed, {check.failed} failed", flush=True)
    sys.exit(1 if check.failed else 0)
