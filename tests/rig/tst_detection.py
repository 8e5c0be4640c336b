#!/usr/bin/python3 -B
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real attempts on real servers become one right incident: 300 addresses, one try each, while people work. Seen as a console
sees it: pulled over SSH into the store, found by `findings --stored`."""

import json
import threading
import time
from datetime import datetime

from mailrig import console

SOURCES = 300
IN_TIME_S = 2.0
SCENARIO = [{"do": "attack", "count": SOURCES, "services": "submission,imap,pop3", "rate": 12, "accounts": 30},
            {"do": "work", "rounds": 6, "people": 2, "rate": 3}]


def serious(rows):
    return [row for row in rows if row["severity"] in ("medium", "high", "critical")]


def seconds(stamp):
    return datetime.fromisoformat(stamp.replace("Z", "+00:00")).timestamp()


class Watch:
    """Pulls and looks, again and again, until told to stop."""

    def __init__(self, cli):
        self.cli, self.first, self.first_id, self.ids, self.looks, self.longest = cli, None, None, [], 0, 0.0
        self.delay = None

    def look(self):
        begun = time.time()
        self.cli("pull")
        found = serious(self.cli("findings", "--stored").rows)
        self.looks, self.longest = self.looks + 1, max(self.longest, time.time() - begun)
        if found and self.delay is None:
            # What completed it is younger than the look before: the line came while we looked, or in the pause.
            self.delay, self.first_id = time.time() - seconds(found[0]["alarm"]), found[0]["id"]
        self.ids += [row["id"] for row in found]
        return found

    def until(self, done):
        while not done.is_set():
            self.look()


def quiet_first(cli, rig, check):
    rig.drive("work", "--rounds", "4", "--people", "2")
    rig.settle()
    cli.pull(code=0)
    found = cli("findings", "--stored", code=0).rows
    check("people at work are no incident", serious(found) == [], found)


def attack(cli, rig, check):
    watch, done = Watch(cli), threading.Event()
    watcher = threading.Thread(target=watch.until, args=(done,))
    watcher.start()
    try:
        rig.drive("scenario", input=json.dumps(SCENARIO))
        rig.settle()
    finally:
        done.set()
        watcher.join()
    found = watch.look()
    check("the attempts are one incident", len(found) == 1, [row["title"] for row in found])
    check.note(f"{watch.looks} looks, the longest {watch.longest:.1f} s; the incident was there {watch.delay or -1:.1f} s after the line that completed it")
    check("it was told of within a look of the line that completed it, and a look with all its log-ins at the servers takes little",
          watch.delay is not None and watch.delay <= IN_TIME_S + watch.longest, watch.delay)
    check("while it grew it kept its name", len(set(watch.ids)) == 1, sorted(set(watch.ids)))
    return found[0] if found else None


def right(incident, rig, check):
    truth = rig.truth()
    attackers = {one["ip"] for one in truth if one["outcome"] == "failure"}
    people = {one["ip"] for one in truth if one["outcome"] == "success"}
    named = {source["ip"] for source in incident["sources"]}
    check(f"at least 97 % of {len(attackers)} attackers are named", len(named & attackers) >= 0.97 * len(attackers), len(named & attackers))
    check(f"none of {len(people)} people is", not named & people, sorted(named & people))
    check("it is what it is: one try each from many addresses, and it still runs",
          incident["kind"] == "distributed-guessing" and incident["running"] and incident["counts"]["attempts"] < 1.2 * len(named), incident["title"])
    check("nobody is said to have been let in", incident["opened"] == [], incident["opened"])
    check("both servers are named", incident["servers"] == sorted(rig.hosts), incident["servers"])
    check.note(incident["title"])


def run(binary, check):
    with console.Rig("de") as rig:
        cli = console.Console(binary, rig, check)
        cli.add_servers()
        quiet_first(cli, rig, check)
        incident = attack(cli, rig, check)
        if incident:
            right(incident, rig, check)


if __name__ == "__main__":
    console.main(run)
