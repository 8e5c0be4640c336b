#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The packages that building and testing need are there under the very names of the lists: a name that another package merely provides
would count as missing, and be asked for over the network, at every start. Prints each breach; exit 1 if there is one, 77 without dpkg."""
import pathlib
import shutil
import subprocess
import sys


def main() -> int:
    if not shutil.which("dpkg-query"):
        print("skipped: no dpkg here")
        return 77
    lists = [pathlib.Path(sys.argv[1]) / "installer/packages" / name for name in ("build.txt", "test.txt")]
    names = [word for path in lists for line in path.read_text(encoding="utf-8").splitlines() for word in line.split("#")[0].split()]
    told = subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *names], capture_output=True, text=True).stdout
    there = {line.split()[0] for line in told.splitlines() if line.endswith(" installed")}
    found = [f"{name} is not installed under that name" for name in names if name not in there]
    print("\n".join(found) if found else f"packages: all {len(names)} are there")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
