#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""fuzz.py [TARGET ...] [--build build/fuzz] [--state DIR] [--runs 5000000] [--piece 500000]: every fuzz target until it has run so often.

Runs the targets of a build with the preset `fuzz` one after the other, in pieces, and prints how often each has run, how fast, and what it found.
Counts and grown corpora are kept in DIR, so that it can be stopped and goes on where it was; the corpora of the tests are where it begins.
A crash, a leak, a hang or an input that takes more than its time (Bounded.h) ends its target: the input lies in DIR, and belongs into the
target's corpus with its mend. `--list` only prints the counts."""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
CORPORA = {"fuzz_LogFraming": "framing", "fuzz_LogJson": "json", "fuzz_LogUnpack": "unpack", "fuzz_LogFilter": "filter", "fuzz_LogLines": "lines",
           **{f"fuzz_LogPack{family}": f"packs/{family}" for family in ("Postfix", "Dovecot", "Ssh", "Mail", "Boxes")}}
# Less memory in quarantine and shorter stacks double the speed; what a sanitizer finds stays the same. (So does -entropic=0 for
# targets with many inputs, whose every run would go over the frequencies of all that was seen.)
OPTIONS = {"ASAN_OPTIONS": "quarantine_size_mb=8:malloc_context_size=4:detect_leaks=1", "UBSAN_OPTIONS": "print_stacktrace=1"}


def piece(options, target, runs):
    """Runs made, and whether the target got through."""
    grown = options.state / target
    grown.mkdir(parents=True, exist_ok=True)
    log = options.state / f"{target}.log"
    command = [options.build / "tests" / target, f"-runs={runs}", "-timeout=20", f"-max_len={options.max_len}", "-print_final_stats=1", "-reload=0", "-entropic=0",
               f"-artifact_prefix={options.state}/{target}-", grown, HERE / "corpus" / CORPORA[target]]
    with open(log, "wb") as out:
        status = subprocess.run(command, stdout=out, stderr=subprocess.STDOUT, env={**os.environ, **OPTIONS}).returncode
    text = log.read_text(errors="replace")
    made = re.search(r"stat::number_of_executed_units:\s+(\d+)", text)
    speed = re.search(r"stat::average_exec_per_sec:\s+(\d+)", text)
    return int(made.group(1)) if made else 0, int(speed.group(1)) if speed else 0, status == 0


def show(counts, targets):
    for target in targets:
        of = counts.get(target, {})
        print(f"{target:22} {of.get('runs', 0):>12,} runs   {of.get('found', 'nothing found') if of else 'not run'}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", default=[])
    parser.add_argument("--build", type=pathlib.Path, default=HERE.parents[1] / "build" / "fuzz")
    parser.add_argument("--state", type=pathlib.Path, help="default: fuzz-state in the build folder")
    parser.add_argument("--runs", type=int, default=5_000_000)
    parser.add_argument("--piece", type=int, default=500_000)
    parser.add_argument("--max-len", type=int, default=512)
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    options.state = options.state or options.build / "fuzz-state"
    options.state.mkdir(parents=True, exist_ok=True)
    targets = options.targets or list(CORPORA)
    if unknown := [target for target in targets if target not in CORPORA]:
        sys.exit(f"no such target: {', '.join(unknown)}")
    book = options.state / "counts.json"
    counts = json.loads(book.read_text()) if book.exists() else {}
    for target in [] if options.list else targets:
        of = counts.setdefault(target, {"runs": 0})
        of.pop("found", None)
        while of["runs"] < options.runs and "found" not in of:
            made, speed, through = piece(options, target, min(options.piece, options.runs - of["runs"]))
            of["runs"] += made
            if not through:
                of["found"] = f"STOPPED: see {options.state}/{target}.log"
            book.write_text(json.dumps(counts, indent=1))
            print(f"{target}: {of['runs']:,} runs, {speed:,}/s" + (f", {of['found']}" if not through else ""), flush=True)
    show(counts, targets)
    return 1 if any("found" in counts.get(target, {}) for target in targets) else 0


if __name__ == "__main__":
    sys.exit(main())
