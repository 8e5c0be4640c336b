#!/usr/bin/python3 -B
# SPDX-License-Identifier: GPL-3.0-or-later
"""How fast logs come in, against ssh on the same machine in the same run. Real sshd on loopback, one a scenario; a release build of mailward-cli.

servers.py backlog CLI [--lines N]        a backlog over SSH into the store, against `ssh host cat FILE | wc -c`
servers.py delayed CLI [--lines N]        the same through a proxy that makes a round trip 50 ms
servers.py latency CLI [--seconds N]      from a line's write on the server to its row in the store's report
servers.py many CLI [--servers N] [--hung H] [--seconds N]   N servers followed live at 20 lines/s each; with H, once more while so many hang"""

import argparse
import json
import os
import random
import resource
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

BASE = 1764000000
PROXY = Path(__file__).resolve().parent / "delay.py"

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "rig"))
from mailrig.loopback import Server  # noqa: E402


def stamp(number, rate=40):
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(BASE + number / rate)) + f".{number % rate * 25000:06d}+00:00"


def line(number, rng):
    """As Postfix and Dovecot write them; about half are events."""
    host = int(20000 * rng.random() ** 2) * 7919  # 20,000 addresses, some far more often than others
    ip, pid = f"{host % 180 + 11}.{host // 180 % 256}.{host // 46080 % 256}.{host % 251 + 1}", rng.randrange(1000, 30000)
    kind, head = number % 4, f"{stamp(number)} mx1 "
    if kind == 0:
        return f"{head}postfix/smtpd[{pid}]: connect from unknown[{ip}]\n"
    if kind == 1:
        return f"{head}postfix/smtpd[{pid}]: warning: unknown[{ip}]: SASL LOGIN authentication failed: UGFzc3dvcmQ6\n"
    if kind == 2:
        return (f"{head}dovecot: imap-login: Login: user=<user{rng.randrange(2500)}@example.org>, method=PLAIN, rip={ip}, lip=192.0.2.11, mpid={pid}, TLS, "
                f"session=<{number:x}>\n")
    return f"{head}postfix/smtpd[{pid}]: disconnect from unknown[{ip}] ehlo=1 auth=0/1 quit=1 commands=2/3\n"


class Bench:
    def __init__(self, cli):
        self.cli, self.folder, self.servers, self.processes = Path(cli).resolve(), Path(tempfile.mkdtemp(prefix="mailward-bench-")), [], []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in self.processes:
            process.kill()
            process.wait()
        for server in self.servers:
            server.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def server(self, number=0):
        self.servers.append(Server(self.folder, number))
        return self.servers[-1]

    def words(self, home, *words):
        return [str(self.cli), "--json", "--home", str(home), *words]

    def call(self, home, *words):
        done = subprocess.run(self.words(home, *words), capture_output=True, text=True, env={**os.environ, "HOME": str(self.folder)})
        if done.returncode != 0:
            raise RuntimeError(f"{words}: {done.stderr}")
        return [json.loads(text) for text in done.stdout.splitlines()]

    def add(self, home, name, server, port=None):
        home.mkdir(exist_ok=True)
        self.call(home, "servers", "add", name, "--host", "127.0.0.1", "--port", str(port or server.port), "--user", os.environ.get("USER", "root"),
                  "--identity", str(server.folder / "id"), "--log", str(server.log), "--backfill-days", "3650")
        self.call(home, "servers", "trust", name, server.fingerprint())

    def delayed(self, server):
        """A port that leads to the server with 25 ms each way."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.processes.append(subprocess.Popen([sys.executable, "-B", str(PROXY), str(port), str(server.port), "0.025"]))
        time.sleep(0.5)
        return port


def fill(server, lines):
    rng = random.Random(7)
    with open(server.log, "w", encoding="ascii") as log:
        for start in range(0, lines, 10000):
            log.writelines(line(number, rng) for number in range(start, min(lines, start + 10000)))


def timed(command, **options):
    begun = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **options)
    return time.monotonic() - begun


def served(server):
    """Processor seconds of all that this sshd ran and saw end."""
    time.sleep(0.3)
    return sum(map(int, Path(f"/proc/{server.process.pid}/stat").read_text().rsplit(")", 1)[1].split()[13:15])) / os.sysconf("SC_CLK_TCK")


def compare(options, delay):
    with Bench(options.cli) as bench:
        server = bench.server()
        fill(server, options.lines)
        size = server.log.stat().st_size
        port = bench.delayed(server) if delay else None
        ours, theirs, events, cpu, served_us, served_them = [], [], 0, [], [], []
        for run in range(options.runs):
            idle = served(server)
            theirs.append(timed(" ".join(server.ssh(f"cat {server.log}", port=port)) + " | wc -c", shell=True))
            served_them.append(served(server) - idle)
            home = bench.folder / f"home{run}"
            bench.add(home, "mx1", server, port)
            idle = served(server)
            before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
            rows = bench.call(home, "pull")
            ours.append(time.monotonic() - begun)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
            served_us.append(served(server) - idle)
            if rows[-1]["lines"] != options.lines:
                raise RuntimeError(f"lines lost: {rows[-1]}")
            events = rows[-1]["events"]
            shutil.rmtree(home)
        us, them = statistics.median(ours), statistics.median(theirs)
        result = {"lines": options.lines, "MB": round(size / 1e6, 1), "events": events, "ours_s": round(us, 2), "ours_cpu_s": round(statistics.median(cpu), 2), "ssh_cat_s": round(them, 2),
                  "server_cpu_s": round(statistics.median(served_us), 2), "server_cpu_for_cat_s": round(statistics.median(served_them), 2),
                  "ours_MB_s": round(size / 1e6 / us, 1), "ssh_MB_s": round(size / 1e6 / them, 1)}
        if delay:
            result["times_faster"] = round(them / us, 2)
            result["met"] = them / us >= 5
        else:
            result["limit_s"] = round(1.5 * them + events / 1e6, 2)
            result["met"] = us <= 1.5 * them + events / 1e6
        print(json.dumps(result))
        return result["met"]


class Follower:
    """pull --follow, and when each row of it came."""

    def __init__(self, bench, home):
        self.process = subprocess.Popen(bench.words(home, "pull", "--follow"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=1,
                                        env={**os.environ, "HOME": str(bench.folder)})
        bench.processes.append(self.process)
        self.lines, self.marks = {}, {}
        self.errors = []
        threading.Thread(target=self.read, daemon=True).start()
        threading.Thread(target=lambda: self.errors.extend(self.process.stderr), daemon=True).start()

    def read(self):
        for text in self.process.stdout:
            now, row = time.monotonic(), json.loads(text)
            if row["lines"]:
                self.lines[row["server"]] = self.lines.get(row["server"], 0) + row["lines"]
                self.marks.setdefault(row["server"], []).append((self.lines[row["server"]], now))

    def wait(self, server, lines, seconds=60):
        until = time.monotonic() + seconds
        while self.lines.get(server, 0) < lines:
            if time.monotonic() > until or self.process.poll() is not None:
                raise RuntimeError(f"{server}: {self.lines.get(server, 0)} of {lines} lines; {self.errors[-3:]}")
            time.sleep(0.01)

    def seen(self, server, count):
        """When the server's first `count` lines were stored."""
        return next((when for lines, when in self.marks.get(server, []) if lines >= count), None)

    def usage(self):
        """Processor seconds and resident MiB of the console."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"), int(fields[21]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] if values else float("nan")


def latency(options):
    with Bench(options.cli) as bench:
        server, rng, delays = bench.server(), random.Random(3), []
        fill(server, 1000)
        bench.add(bench.folder / "home", "mx1", server)
        follower = Follower(bench, bench.folder / "home")
        follower.wait("mx1", 1000)
        time.sleep(3)
        written = []
        with open(server.log, "ab", buffering=0) as log:
            for number in range(int(options.seconds * 5)):
                log.write(line(1000 + number, rng).encode())
                written.append(time.monotonic())
                time.sleep(rng.uniform(0.15, 0.25))
        follower.wait("mx1", 1000 + len(written))
        delays = [(follower.seen("mx1", 1001 + number) - when) * 1000 for number, when in enumerate(written)]
        result = {"lines": len(delays), "median_ms": round(statistics.median(delays), 1), "p95_ms": round(percentile(delays, 0.95), 1), "max_ms": round(max(delays), 1)}
        result["met"] = result["p95_ms"] <= 20
        print(json.dumps(result))
        return result["met"]


def write_lines(servers, seconds, written):
    """20 lines a second each, spread over the second."""
    rng, begun, number = random.Random(5), time.monotonic(), 0
    logs = [open(server.log, "ab", buffering=0) for server in servers]
    while time.monotonic() < begun + seconds:
        for index, log in enumerate(logs):
            log.write(line(1000 + number, rng).encode())
            written[index].append(time.monotonic())
        number += 1
        time.sleep(max(0.0, begun + number * 0.05 - time.monotonic()))


def follow_many(options, hung):
    """Processor, memory and delays while so many servers are followed, so many of them hung."""
    with Bench(options.cli) as bench:
        home = bench.folder / "home"
        servers = [bench.server(number) for number in range(options.servers)]
        for number, server in enumerate(servers):
            fill(server, 200)
            bench.add(home, f"mx{number}", server)
        live = servers[hung:]
        follower = Follower(bench, home)
        for number in range(options.servers):
            follower.wait(f"mx{number}", 200, 120)
        for server in servers[:hung]:
            children = subprocess.run(["pgrep", "-P", str(server.process.pid)], capture_output=True, text=True).stdout.split()
            for pid in [server.process.pid, *map(int, children)]:
                os.kill(pid, signal.SIGSTOP)
        time.sleep(3)
        written = [[] for _ in live]
        cpu, _ = follower.usage()
        begun = time.monotonic()
        write_lines(live, options.seconds, written)
        lasted = time.monotonic() - begun
        cpu_after, memory = follower.usage()
        for number in range(len(live)):
            follower.wait(f"mx{number + hung}", 200 + len(written[number]), 60)
        delays = [(follower.seen(f"mx{index + hung}", 201 + number) - when) * 1000 for index, times in enumerate(written) for number, when in enumerate(times)]
        return {"servers": options.servers, "hung": hung, "lines_s": round(sum(map(len, written)) / lasted), "cores": round((cpu_after - cpu) / lasted, 2),
                "MiB": round(memory), "median_ms": round(statistics.median(delays), 1), "p95_ms": round(percentile(delays, 0.95), 1), "max_ms": round(max(delays), 1)}


def many(options):
    calm = follow_many(options, 0)
    calm["met"] = calm["cores"] <= 1 and calm["MiB"] <= 1536 and calm["p95_ms"] <= 1000
    print(json.dumps(calm), flush=True)
    if not options.hung:
        return calm["met"]
    sick = follow_many(options, options.hung)
    sick["p95_ratio"] = round(sick["p95_ms"] / calm["p95_ms"], 2)
    sick["met"] = sick["p95_ratio"] <= 2
    print(json.dumps(sick))
    return calm["met"] and sick["met"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["backlog", "delayed", "latency", "many"])
    parser.add_argument("cli")
    for name, default in (("--lines", 2000000), ("--runs", 3), ("--seconds", 30), ("--servers", 100), ("--hung", 0)):
        parser.add_argument(name, type=int, default=default)
    options = parser.parse_args()
    run = {"backlog": lambda: compare(options, False), "delayed": lambda: compare(options, True), "latency": lambda: latency(options), "many": lambda: many(options)}
    sys.exit(0 if run[options.what]() else 1)


if __name__ == "__main__":
    main()
