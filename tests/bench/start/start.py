#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""start.py [--runs N] PATH-OF-MAILWARD [WORDS ...]: how soon after its start the window is painted, under a display of its own.

Reads the display's own memory (Xvfb -fbdir) every few milliseconds, so that nothing slows what is measured. Printed per run, in
seconds: the window is painted (a frame that is not of one colour), and the picture is whole (the last change before a second of
rest)."""

import argparse
import mmap
import os
import pathlib
import statistics
import struct
import subprocess
import sys
import tempfile
import time

SIZE = "1440x900x24"
REST_S, LONGEST_S, STEP_S = 1.0, 60.0, 0.004


class Display:
    """An Xvfb whose screen is a file."""

    def __init__(self, folder):
        read, write = os.pipe()
        self.process = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", SIZE, "-fbdir", folder, "-nolisten", "tcp"],
                                        pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as answer:
            self.name = ":" + answer.readline().strip()
        with open(pathlib.Path(folder) / "Xvfb_screen0", "rb") as file:
            self.memory = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        header, = struct.unpack(">I", self.memory[:4])
        colours, = struct.unpack(">I", self.memory[76:80])
        self.start = header + colours * 12

    def frame(self):
        """Every 67th byte: enough to see that something changed."""
        return self.memory[self.start::67]

    def close(self):
        self.memory.close()
        self.process.terminate()
        self.process.wait(10)


def measure(words):
    with tempfile.TemporaryDirectory(prefix="mailward-start-") as folder:
        display = Display(folder)
        try:
            environment = dict(os.environ, DISPLAY=display.name, QT_QPA_PLATFORM="xcb", XDG_CONFIG_HOME=folder, XDG_DATA_HOME=folder, XDG_RUNTIME_DIR=folder)
            before = display.frame()
            begun = time.monotonic()
            process = subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            painted, changed, last = None, begun, before
            while time.monotonic() - begun < LONGEST_S and process.poll() is None:
                now, frame = time.monotonic(), display.frame()
                if frame != last:
                    changed, last = now, frame
                    if painted is None and len(set(frame)) > 8:
                        painted = now
                if painted and now - changed > REST_S:
                    break
                time.sleep(STEP_S)
            process.terminate()
            process.wait(20)
            return (painted - begun if painted else None), changed - begun
        finally:
            display.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("program")
    parser.add_argument("words", nargs=argparse.REMAINDER, help="default: --demo")
    options = parser.parse_args()
    results = []
    for number in range(options.runs):
        painted, whole = measure([options.program, *(options.words or ["--demo"])])
        if painted is None:
            print(f"run {number + 1}: nothing was painted", file=sys.stderr)
            return 1
        results.append((painted, whole))
        print(f"run {number + 1}: painted {painted:.2f} s, whole {whole:.2f} s", flush=True)
    print(f"median: painted {statistics.median(p for p, _ in results):.2f} s, whole {statistics.median(w for _, w in results):.2f} s (load of the machine: {os.getloadavg()[0]:.1f})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
