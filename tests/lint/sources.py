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


def twins(headers: dict):
    """Two types of one name in one namespace are silently taken for one by the linker."""
    places = {}
    for path, text in headers.items():
        space = tuple(re.findall(r"^namespace ([\w:]+) \{", text, re.M))
        for name in re.findall(r"^(?:struct|class|enum class) (\w+)(?: final)?(?:\s*:(?!:)[^;{]*)?\s*\{", text, re.M):
            places.setdefault((space, name), []).append(path)
    for (_, name), paths in sorted(places.items()):
        if len(paths) > 1:
            yield f"{name} is defined in each of: {', '.join(paths)}"


def main() -> int:
    root = pathlib.Path(sys.argv[1])
    found, headers = [], {}
    for top in ("models", "ui", "app", "tests"):
        for file in sorted((root / top).rglob("*")):
            if file.suffix in (".h", ".cpp"):
                path = file.relative_to(root).as_posix()
                text = file.read_text(encoding="utf-8")
                found += check(path, text)
                if file.suffix == ".h" and top != "tests":
                    headers[path] = text
    found += twins(headers)
    print("\n".join(found) if found else "sources: all rules kept")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
