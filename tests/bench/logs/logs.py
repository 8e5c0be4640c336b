#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""logs.py --cli PATH [--lines N] [--shares 25,80] [--rounds 5] [--what parse,gz,memory] [--folder DIR]: reading logs beside other tools.

Makes a log in real forms for each share of lines with meaning (mail_log.py), then lets `mailward-cli events --count`, grep, lnav, pflogsumm
and fail2ban-regex read it in turn, round by round, LC_ALL=C, output into a pipe. Prints medians, and how many times as fast as each tool ours is
(wall clock: the machine must have nothing else to do; and processor time spread over two threads, which a busy machine distorts less).
`gz`: the same log packed, beside `gzip -dc FILE | wc -l`. `memory`: the most memory at once on a log of 1 GB.
Tools come with installer/packages/bench.txt; one that is absent is said. fail2ban-regex reads the first 100,000 lines, since it is slow: its rate counts."""

import argparse
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import mail_log  # noqa: E402

LITERALS = "authentication failed|auth failed|Failed password"
FEW = 100_000


def run(command):
    """Wall clock, processor time, most memory in MiB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    process = subprocess.Popen(command, shell=isinstance(command, str), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                               env={**os.environ, "LC_ALL": "C", "TERM": "dumb"})
    while process.stdout.read(1 << 20):
        pass
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if isinstance(command, list) and command[0] != "grep" and os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit(f"{command} failed")
    cpu = max(usage.ru_utime + usage.ru_stime, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return wall, cpu, usage.ru_maxrss // 1024


def alternate(tools, rounds):
    """Name to (median wall, median processor time), each tool once a round."""
    took = {name: [] for name in tools}
    for _ in range(rounds):
        for name, command in tools.items():
            took[name].append(run(command)[:2])
    return {name: tuple(statistics.median(column) for column in zip(*times)) for name, times in took.items()}


def show(title, goals, took, ours, scale=None):
    wall, cpu = took[ours]
    print(f"\n{title}\n  {ours:34} {wall:8.3f} s   processor {cpu:7.3f} s")
    for name, (their_wall, their_cpu) in took.items():
        if name == ours:
            continue
        factor = (scale or {}).get(name, 1)
        by_wall = their_wall * factor / wall
        by_cpu = max(their_cpu, 1e-9) * factor / (cpu / 2)
        goal = f"   goal {goals[name]:g}x" if name in goals else ""
        print(f"  {name:34} {their_wall * factor:8.3f} s   ours is {by_wall:7.2f}x as fast (by processor time on two threads {by_cpu:.2f}x){goal}")


def parse(options, log, share):
    few = log.with_suffix(".few")
    with open(log, "rb") as source, open(few, "wb") as target:
        for _ in range(FEW):
            target.write(source.readline())
    tools = {"mailward-cli events --count": [options.cli, "events", "--count", str(log)],
             "mailward-cli events --json": [options.cli, "events", "--json", str(log)],
             "grep -E -c (three literals)": ["grep", "-E", "-c", LITERALS, str(log)]}
    peers = {"lnav count(*)": ("lnav", ["lnav", "-n", "-c", ";select count(*) from all_logs", str(log)]),
             "pflogsumm": ("pflogsumm", ["pflogsumm", str(log)])}
    for name, (program, command) in peers.items():
        if shutil.which(program):
            tools[name] = command
        else:
            print(f"{program} is not there: left out (installer/packages/ensure bench.txt)")
    goals = {"grep -E -c (three literals)": 1.2, "lnav count(*)": 8, "pflogsumm": 15, "fail2ban-regex postfix": 100}
    took = alternate(tools, options.rounds)
    scale = {}
    if shutil.which("fail2ban-regex"):
        took["fail2ban-regex postfix"] = run(["fail2ban-regex", str(few), "postfix[mode=auth]"])[:2]
        scale["fail2ban-regex postfix"] = options.lines / FEW
    else:
        print("fail2ban-regex is not there: left out (installer/packages/ensure bench.txt)")
    show(f"{options.lines} lines, {share} % with meaning", goals, took, "mailward-cli events --count", scale)


def packed(options, log):
    gz = log.with_suffix(".log.gz")
    with open(gz, "wb") as target:
        subprocess.run(["gzip", "-6", "-c", str(log)], stdout=target, check=True)
    tools = {"mailward-cli events --count .gz": [options.cli, "events", "--count", str(gz)],
             "gzip -dc FILE | wc -l": f"gzip -dc '{gz}' | wc -l"}
    show("the same, packed", {"gzip -dc FILE | wc -l": 2}, alternate(tools, options.rounds), "mailward-cli events --count .gz")
    gz.unlink()


def memory(options, log):
    """1 GB: the log again and again."""
    large = log.with_suffix(".large")
    with open(large, "wb") as target:
        while target.tell() < 1_000_000_000:
            with open(log, "rb") as source:
                shutil.copyfileobj(source, target, 1 << 20)
    for switch in ("--count", "--json"):
        print(f"{large.stat().st_size / 1e9:.2f} GB with {switch}: {run([options.cli, 'events', switch, str(large)])[2]} MiB at most (limit 150)")
    large.unlink()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cli", required=True)
    parser.add_argument("--lines", type=int, default=2_000_000)
    parser.add_argument("--shares", default="25,80")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--what", default="parse,gz,memory")
    parser.add_argument("--folder", help="where the logs go; default: a temporary one")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as made:
        for percent in [int(text) for text in given.shares.split(",")]:
            path = pathlib.Path(made) / f"share{percent}.log"
            mail_log.generate(path, given.lines, percent)
            wanted = given.what.split(",")
            if "parse" in wanted:
                parse(given, path, percent)
            if "gz" in wanted:
                packed(given, path)
            if "memory" in wanted:
                memory(given, path)
            path.unlink()
