#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Paths named in the project's pages must exist, and README.md stays short. Prints each breach; exit 1 if there is one."""
import pathlib
import re
import sys

PAGES = ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", "NOTICE"]
TICKED = re.compile(r"`((?:app|ui|models|resources|tests|installer)/[A-Za-z0-9_./-]*)`")


def main() -> int:
    root = pathlib.Path(sys.argv[1])
    found = [f"{page} is missing" for page in PAGES if not (root / page).is_file()]
    pages = [root / p for p in PAGES if (root / p).is_file()] + sorted(root.glob("*/README.md")) + sorted(root.glob("*/*/README.md"))
    for page in pages:
        if "build" in page.relative_to(root).parts[:1]:
            continue
        text = page.read_text(encoding="utf-8")
        if page.name == "README.md" and page.parent == root and len(text.splitlines()) > 120:
            found.append("README.md is longer than 120 lines")
        for name in TICKED.findall(text):
            if not any(root.glob(name.rstrip("/") + "*")):
                found.append(f"{page.relative_to(root)}: {name} is not there")
    for top in ("app", "ui", "models", "resources", "tests", "installer"):
        if not (root / top / "README.md").is_file():
            found.append(f"{top}/README.md is missing")
    print("\n".join(found) if found else "docs: every named place exists")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
