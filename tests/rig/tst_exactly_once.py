#!/usr/bin/python3 -B
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exactly once under trouble: the console is killed while it writes, logs rotate under it, links break. At the end the counts are the truth."""

import select
import threading
import time
from collections import Counter

from mailrig import console

ATTEMPTS, RATE = 150, 10


def follow_and_kill(cli, check, seconds):
    """Follows for a while after its first round, then kill -9. The console may have ended before, of a broken link: with exit 1, in order."""
    process = cli.start("pull", "--follow")
    select.select([process.stdout], [], [], 20)
    try:
        process.wait(seconds)
    except console.subprocess.TimeoutExpired:
        process.kill()
    out, err = process.communicate(timeout=20)
    if process.returncode not in (-9, 1) or console.SANITIZER.search(err):
        check("pull --follow ends by the kill or with exit 1", False, (process.returncode, err[-1500:]))
    return out.count("\n")


def trouble(cli, rig, check, attack):
    steps = [("rotate", "mx1", "maillog", "rename"), ("rotate", "mx2", "maillog", "compress"), ("kill-ssh", "mx1"), ("rotate", "mx2", "secure", "rename"),
             ("cut", "mx2"), ("rotate", "mx1", "maillog", "compress")]
    rounds = 0
    for number, step in enumerate(steps):
        timer = threading.Timer(0.8 + 0.13 * number, rig.call, step)
        timer.start()
        rounds += follow_and_kill(cli, check, 0.7 + 0.11 * number)
        timer.join()
        if step[0] == "cut":
            rig.call("heal", step[1])
    check("each of them followed until it was killed", rounds >= len(steps), rounds)
    attack.join(60)
    return rounds


def events(cli):
    """Every event of a client, as often as the console holds it."""
    found = Counter()
    for row in cli("query", "--top", "1000000", code=0).rows:
        if row["ip"] and row["ip"] != cli.rig.about["operator_ip"]:
            row.pop("line_no")
            found[tuple(sorted((key, str(value)) for key, value in row.items()))] += 1
    return found


def run(binary, check):
    with console.Rig("eo") as rig:
        cli = console.Console(binary, rig, check)
        cli.add_servers()
        words = ["attack", "--count", str(ATTEMPTS), "--rate", str(RATE), "--services", "submission,imap,pop3,ssh"]
        attack = threading.Thread(target=rig.drive, args=words)
        attack.start()
        rounds = trouble(cli, rig, check, attack)
        rig.settle()
        # In peace: the file is emptied and nobody writes into it meanwhile (else the server itself loses lines).
        last = cli("pull")
        check("a pull in peace goes through", last.code == 0, last)
        rig.call("rotate", "mx1", "maillog", "copytruncate")
        rig.drive("attack", "--count", "10", "--services", "imap", "--regions", "IN", "--hosts", "mx1", "--seed", "9")
        rig.settle()
        last = cli("pull")
        check("a pull after copytruncate goes through", last.code == 0, last)
        lost = [source for row in last.rows for source in row["sources"] if source["lost"]]
        check("no byte was lost", not lost, lost)
        cli.same_as_truth(f"killed 6 times over {rounds} rounds, 5 rotations, 2 broken links")
        fresh = console.Console(binary, rig, check, "fresh")
        fresh.add_servers()
        fresh("pull", code=0)
        torn, whole = events(cli), events(fresh)
        check(f"all {sum(whole.values())} events are those of a console that read everything at leisure", torn == whole,
              (list((whole - torn).items())[:3], list((torn - whole).items())[:3]))


if __name__ == "__main__":
    console.main(run)
