#!/usr/bin/python3 -B
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole thread through the real window, offscreen, on real servers: brings the rig up and runs tests/gui/tst_Window.cpp as
the operator, who sees the attack come while the driver makes it."""

import json
import os
import subprocess

from mailrig import console

SCENARIO = [{"do": "attack", "count": 280, "services": "smtp,submission,imap,pop3", "rate": 20},
            {"do": "attack", "count": 20, "services": "ssh", "regions": "RU", "seed": 3},
            {"do": "hostile", "services": "submission,imap"},
            {"do": "work", "rounds": 3, "people": 2}]


def run(program, check):
    with console.Rig("wn") as rig:
        scenario = rig.folder / "scenario.json"
        scenario.write_text(json.dumps(SCENARIO))
        home = rig.folder / "operator"
        home.mkdir()
        command = rig.enter("operator", program)
        environment = {**os.environ, "HOME": str(home), "USER": "operator", "MAILWARD_RIG": str(rig.file), "MAILWARD_RIG_SCENARIO": str(scenario), "QT_LOGGING_RULES": "qt.qpa.*=false",
                       "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
        done = subprocess.run(command, env=environment, timeout=280)
        check("every attempt was answered", all(one["outcome"] for one in rig.truth()))
        check("the window did all of it", done.returncode == 0, f"exit {done.returncode}")


if __name__ == "__main__":
    console.main(run)
