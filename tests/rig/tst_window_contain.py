#!/usr/bin/python3 -B
# SPDX-License-Identifier: GPL-3.0-or-later
"""Eight accounts lost to three countries, taken back through the real window (tests/gui/tst_WindowContain.cpp): old passwords
are refused and those on the slips accepted, on IMAP and SMTP, everybody else's stay. A console that is killed in the middle of another
containment is followed by one that goes on with it, and that takes the first one back."""

import json
import os
import subprocess
import time

from mailrig import console, spec
from tst_accounts import Open

# "ACCOUNT held|no" of each message that somebody handed in for nowhere.invalid
HELD = """postqueue -j | grep nowhere.invalid | sed -nE 's/^.*"queue_name": "([a-z]+)", "queue_id": "([0-9A-Za-z]+)".*/\\1 \\2/p' | while read -r queue id; do
  echo "$(postcat -qe "$id" | sed -n 's/^named_attribute: sasl_username=//p') $([ "$queue" = hold ] && echo held || echo no)"; done"""


def history(host, number):
    """A week in which the owners of the accounts read their mail at home, as the host's own log writes it."""
    lines, now = [], time.time()
    boxes = [box for box in host["accounts"] if box["role"] == "default-password"]
    for day in range(7, 0, -1):
        for place, box in enumerate(boxes):
            at = time.localtime(now - day * 86400 - 3600 + place * 60)
            stamp = time.strftime("%Y-%m-%dT%H:%M:%S.000000+00:00", at) if host["log_format"] == "rfc3339" else time.strftime("%b %e %H:%M:%S", at)
            lines.append(f"{stamp} {host['name']} dovecot: imap-login: Login: user=<{box['account']}>, method=PLAIN, rip=117.192.{number}.{place + 20}, "
                         f"lip={host['ip']}, mpid=7{day}{place}, TLS, session=<h{number}{day}{place}>\n")
    return "".join(lines)


def tries(rig, wanted):
    """[(host, account, password)] on IMAP and SMTP, as the servers answer them."""
    attempts = [{"host": host, "port": port, "ip": "117.192.10.99", "account": account, "password": password}
                for host, account, password in wanted for port in ("imap", "submission")]
    done = subprocess.run([str(console.HERE / "driver"), "--rig", str(rig.file), "--truth", "-", "logins"], input=json.dumps(attempts), capture_output=True,
                          text=True, timeout=120)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return [json.loads(line)["outcome"] for line in done.stdout.splitlines()]


def run(program, check):
    with console.Rig("wc") as rig:
        for number, (name, host) in enumerate(rig.hosts.items()):
            subprocess.run(rig.enter(name, "sh", "-c", "cat >> /var/log/maillog"), input=history(host, number), text=True,
                           check=True)
        for seed, region in enumerate(("CN", "RU", "BR")):
            rig.drive("attack", "--count", "8", "--hits", "8", "--services", "imap", "--regions", region, "--seed", str(seed + 5))
        rig.drive("work", "--rounds", "2")
        rig.settle()
        lost = sorted({one["account"] for one in rig.truth() if one["note"] == "knows the password" and one["outcome"] == "success"})
        check("eight accounts were opened", len(lost) == 8, lost)
        where = {box["account"]: (host["name"], box["password"]) for host in rig.hosts.values() for box in host["accounts"]}
        thief = next(name for name in lost if where[name][0] == "mx1")
        rig.on("mx1", "postconf -e 'defer_transports = smtp'; postfix reload >/dev/null 2>&1")
        inside = Open(rig, thief, where[thief][1], limit_s=420, receiver="victim@nowhere.invalid")
        queued = rig.on("mx1", HELD)
        check("the thief sits in an IMAP and an SMTP session, and has a message in the queue", inside.good and queued.split() == [thief, "no"], (inside.good, queued))
        home, handed = rig.folder / "operator", rig.folder / "handed.json"
        home.mkdir()
        command = rig.enter("operator", program)
        cut = sorted(box["account"] for box in rig.hosts["mx1"]["accounts"] if box["account"] not in lost)[:2]
        environment = {**os.environ, "HOME": str(home), "USER": "operator", "MAILWARD_RIG": str(rig.file), "MAILWARD_HANDED": str(handed),
                       "MAILWARD_STEP_HOME": str(rig.folder / "window"), "MAILWARD_CUT": ",".join(cut),
                       "QT_LOGGING_RULES": "qt.qpa.*=false", "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}

        def window(*steps):
            return subprocess.run([*command, *steps], env=environment, timeout=400).returncode

        code = window("theCardNamesTheLostAccounts", "thePageShowsThemFirst", "fiveClicksContainThemAndPrintTheSlips", "theServersSayTheSame", "theAuditHoldsItWithoutAPassword")
        check("the window did all of it", code == 0, f"exit {code}")
        ended = inside.ended(0)
        check("both of the thief's sessions were cut", set(ended) == {"imap", "submission"}, ended)
        check("and Postfix did not shut that service to everybody", "throttling" not in rig.on("mx1", "cat /var/log/maillog"))
        queued = rig.on("mx1", HELD)
        check("and the thief's mail is on hold", queued.split() == [thief, "held"], queued)
        slips = {one["account"]: one["password"] for one in json.loads(handed.read_text())}
        check("a slip for each of them", sorted(slips) == lost, sorted(slips))
        old = tries(rig, [(where[name][0], name, where[name][1]) for name in lost])
        check("the old passwords are refused on IMAP and SMTP", old == ["failure"] * 16, [(where[name][0], name, old[2 * number:2 * number + 2]) for number, name in enumerate(lost)])
        new = tries(rig, [(where[name][0], name, slips[name]) for name in lost])
        check("the new ones are accepted on both", new == ["success"] * 16, new)
        others = [(host["name"], box["account"], box["password"]) for host in rig.hosts.values() for box in host["accounts"] if box["account"] not in lost]
        kept = tries(rig, others)
        check(f"the other {len(others)} accounts are as they were", set(kept) == {"success"}, kept)
        earlier(rig, check, window, handed, where, lost, cut)


def earlier(rig, check, window, handed, where, lost, cut):
    """The same console's next runs: one dies half-way, the next goes on, and the first containment is taken back."""
    code = window("theConsoleDiesHalfWay")
    check("a console is killed in the middle of a containment", code in (-9, 137), f"exit {code}")
    code = window("theNextOneGoesOn", "theAuditHoldsItWithoutAPassword")
    check("the next console tells of it and goes on with it", code == 0, f"exit {code}")
    slips = {one["account"]: one["password"] for one in json.loads(handed.read_text())}
    new = tries(rig, [(where[name][0], name, slips.get(name, "")) for name in cut])
    old = tries(rig, [(where[name][0], name, where[name][1]) for name in cut])
    check("its slips open, and the old passwords do not", new == ["success"] * 4 and old == ["failure"] * 4, (new, old))
    code = window("theFirstOneIsTakenBack", "theAuditHoldsItWithoutAPassword")
    check("and takes the first containment back", code == 0, f"exit {code}")
    back = tries(rig, [(where[name][0], name, where[name][1]) for name in lost])
    check("whose old passwords are accepted again", back == ["success"] * 16, back)
    stays = tries(rig, [(where[name][0], name, slips.get(name, "")) for name in cut])
    check("and nobody else's", stays == ["success"] * 4, stays)


if __name__ == "__main__":
    console.main(run, limit_s=780)
