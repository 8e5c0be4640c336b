#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""fail2ban_replay.py MAXRETRY FINDTIME BANTIME LOG CONFIG: the installed fail2ban over a log that is already written.

fail2ban's own filters (its filter.d, in the modes of Debian's jails), its date detection, its failure counting and its jails,
with its clock set to the time of each line. While an address is banned its lines do not reach the jail, as a firewall would
have it. Prints the banned addresses and the time of their first ban (seconds since 1970) as one JSON object."""

import json
import logging
import sys

from fail2ban.client.filterreader import FilterReader
from fail2ban.server.filter import Filter
from fail2ban.server.mytime import MyTime

JAILS = {"sshd": {}, "postfix": {"mode": "auth"}, "dovecot": {}}  # filter and options of Debian's sshd, postfix-sasl and dovecot jails


class Jail:
    """What a filter needs of its jail, and the bans."""

    database = None
    idle = False

    def __init__(self, name, bantime):
        self.name, self.bantime, self.until = name, bantime, {}
        self.actions = None

    def putFailTicket(self, ticket):  # noqa: N802 - fail2ban's name
        self.until[str(ticket.getID())] = MyTime.time() + self.bantime


def make_filter(jail, options, maxretry, findtime, config):
    reader = FilterReader(jail.name, jail.name, options, basedir=config)
    if not reader.read():
        raise SystemExit(f"fail2ban has no filter {jail.name}")
    reader.getOptions(None)
    made = Filter(jail, useDns="no")
    for command in reader.convert():
        verb, values = command[2], command[3] if isinstance(command[3], list) else [command[3]]
        if verb == "prefregex":
            made.prefRegex = values[0]
        elif verb == "maxlines":
            made.setMaxLines(values[0])
        elif verb == "datepattern":
            made.setDatePattern(values[0])
        elif verb in ("addfailregex", "addignoreregex"):
            for value in values:
                (made.addFailRegex if verb == "addfailregex" else made.addIgnoreRegex)(value)
    made.setMaxRetry(maxretry)
    made.setFindTime(findtime)
    return made


def run(maxretry, findtime, bantime, path, config):
    jails = {name: Jail(name, bantime) for name in JAILS}
    filters = {name: make_filter(jails[name], options, maxretry, findtime, config) for name, options in JAILS.items()}
    banned = {}
    with open(path, encoding="utf-8", errors="replace") as log:
        for line in log:
            program = line.split(" ", 3)[2] if line[:4].isdigit() else ""
            name = next((name for name in filters if name in program), None)
            if name is None:
                continue
            jail = jails[name]
            found = filters[name].dateDetector.getTime(line)
            if found is None:
                continue
            MyTime.setTime(found[0])
            if any(until > found[0] and f"{ip}" in line for ip, until in jail.until.items()):
                continue
            filters[name].processLineAndAdd(line.rstrip("\n"))
            jail.until = {ip: until for ip, until in jail.until.items() if until > found[0]}
            for ip in jail.until:
                banned.setdefault(ip, found[0])
    return banned


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    print(json.dumps(run(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], sys.argv[5])))
