#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The dependency rule, read from the #include lines: who may see whom. Prints each breach; exit 1 if there is one."""
import pathlib
import re
import sys

# Each folder and the folders of the project that it may include. A folder always sees itself.
CORE = {"models/core"}
LOGS = CORE
GEO = CORE
SERVERS = CORE | {"models/logs", "models/geo"}
STORE = CORE | {"models/logs", "models/geo"}
DETECT = STORE | {"models/store"}
RESPOND = DETECT | {"models/servers", "models/detect"}
REPORT = RESPOND | {"models/respond", "models/posture"}
TABLES = REPORT | {"models/report"}
ALL_MODELS = TABLES | {"models/tables"}
MAY_SEE = {
    "models/core": set(),
    "models/logs": LOGS,
    "models/geo": GEO,
    "models/servers": SERVERS,
    "models/store": STORE,
    "models/detect": DETECT,
    "models/respond": RESPOND,
    "models/posture": RESPOND,
    "models/report": REPORT,
    "models/tables": TABLES,
    "ui": {"models/core", "models/tables"},
    "app/controllers": ALL_MODELS,
    "app/cli": ALL_MODELS | {"app/controllers"},
    "app": ALL_MODELS | {"app/controllers", "ui"},
}
# Qt modules that need a window system's library.
WINDOW = re.compile(r"<(QtGui|QtWidgets|QtCharts|QtSvg|QtPrintSupport|QtSvgWidgets)/|"
                    r"<(QWidget|QColor|QPainter|QIcon|QPixmap|QImage|QFont|QApplication|QGuiApplication|QLabel|QAction|QMessageBox|QBrush|QPen)>")
WINDOWLESS = ("models/", "app/controllers", "app/cli")
INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|(<[^>]+>))')


def home(path: str) -> str:
    """The rule's folder that a file belongs to: the longest that matches."""
    found = [f for f in MAY_SEE if path.startswith(f + "/")]
    return max(found, key=len) if found else ""


def breaches(root: pathlib.Path):
    for top in ("models", "ui", "app"):
        for file in sorted((root / top).rglob("*")):
            if file.suffix not in (".h", ".cpp"):
                continue
            path = file.relative_to(root).as_posix()
            folder = home(path)
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                match = INCLUDE.match(line)
                if not match:
                    continue
                quoted, angled = match.groups()
                where = f"{path}:{number}"
                if angled and path.startswith(WINDOWLESS) and WINDOW.search(angled):
                    yield f"{where}: {angled} needs a window, {folder} must not"
                if not quoted or quoted.endswith(".moc"):
                    continue
                target = home(quoted)
                if not target:
                    yield f"{where}: \"{quoted}\" is not rooted at the top of the tree"
                elif target != folder and target not in MAY_SEE[folder]:
                    yield f"{where}: {folder} must not include {target}"


def main() -> int:
    found = list(breaches(pathlib.Path(sys.argv[1])))
    print("\n".join(found) if found else "includes: every arrow runs the right way")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
