#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""House rules that a compiler does not know. Prints each breach; exit 1 if there is one."""
import pathlib
import re
import sys

LONGEST = 600
SINKS = re.compile(r"(setText|setToolTip|setTitle|setInformativeText|setHtml|setWindowTitle|showMessage)\([^;]*\.raw\(\)")
SQL = re.compile(r"(exec|prepare)\([^;]*(%1|\.arg\(|\"\s*\+|\+\s*\")", re.S)
SHELL = re.compile(r"(?<!QRandomGenerator::)\b(system|popen)\s*\(")


def check(path: str, text: str):
    lines = text.splitlines()
    if "SPDX-License-Identifier: GPL-3.0-or-later" not in "\n".join(lines[:3]):
        yield f"{path}:1: no licence line"
    if len(lines) > LONGEST:
        yield f"{path}: {len(lines)} lines, split it by meaning"
    if path.endswith(".h") and "#pragma once" not in text:
        yield f"{path}: no #pragma once"
    for number, line in enumerate(lines, 1):
        where = f"{path}:{number}"
        if re.search(r"\b(TODO|FIXME|XXX)\b", line):
            yield f"{where}: unfinished work does not land"
        if SINKS.search(line):
            yield f"{where}: raw foreign text in a sink that may read it as markup"
        if SHELL.search(line) and not path.startswith("tests/"):
            yield f"{where}: no local shell"
        if "models/store" in path and SQL.search(line):
            yield f"{where}: SQL put together from pieces; bind values instead"
        if re.search(r"\b(processEvents|QEventLoop)\b", line) and not path.startswith("tests/"):
            yield f"{where}: nested event loop"


def main() -> int:
    root = pathlib.Path(sys.argv[1])
    found = []
    for top in ("models", "ui", "app", "tests"):
        for file in sorted((root / top).rglob("*")):
            if file.suffix in (".h", ".cpp"):
                path = file.relative_to(root).as_posix()
                found += check(path, file.read_text(encoding="utf-8"))
    print("\n".join(found) if found else "sources: all rules kept")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
