# SPDX-License-Identifier: GPL-3.0-or-later
"""What the clients of a rig do: an attack, people at work, hostile names. Each makes a list of attempts."""

import ipaddress
import json
import random
import sys

from . import spec
from .clients import Attempt

UNKNOWN = ["admin", "test", "info2", "postmaster1", "scan", "office", "contact", "webmaster", "noc", "backup"]


def sources(ranges, count, seed):
    """`count` different addresses from prefixes and single addresses, the same ones for the same seed."""
    chosen, dice = {}, random.Random(seed)
    networks = [ipaddress.ip_network(text, strict=False) for text in ranges]
    different = [network for version in (4, 6) for network in ipaddress.collapse_addresses(n for n in networks if n.version == version)]
    held = sum(network.num_addresses for network in different)
    if held < count:
        raise ValueError(f"the ranges hold fewer than {count} addresses")
    if held < 4 * count:
        return dice.sample([str(address) for network in different for address in network], count)
    while len(chosen) < count:
        network = dice.choice(networks)  # a prefix that is named twice is chosen twice as often
        chosen[str(network[dice.randrange(network.num_addresses)])] = None
    return list(chosen)


def attack(hosts, options):
    """One or more wrong passwords from each source; `hits` of them know a password that was never changed."""
    ranges = options.sources.split(",") if options.sources else [
        prefix for region in options.regions.split(",") for prefix in spec.REGIONS[region]]
    dice = random.Random(options.seed)
    services = options.services.split(",")
    attempts = []
    for number, ip in enumerate(sources(ranges, options.count, options.seed)):
        host, service = hosts[number % len(hosts)], services[(number // len(hosts)) % len(services)]
        name, note = target(host, service, options, dice, number)
        password = f"guess-{dice.randrange(10**8)}"
        if number < options.hits:
            box = default_password_account(host, number // len(hosts))
            service = service if service != "ssh" else "imap"
            name, password, note = box["account"], box["password"], "knows the password"
        once = options.tries if options.same_connection else 1
        attempts += [Attempt(host, service, ip, name.encode(), password, tries=once, note=note)] * (options.tries // once)
    return attempts


def target(host, service, options, dice, number):
    unknown = dice.random() * 100 < options.unknown_pct
    if service == "ssh":
        return ("oracle", "unknown user") if unknown else (("root", *spec.SYSTEM_USERS)[number % 4], "")
    if unknown:
        return f"{dice.choice(UNKNOWN)}@{host['domain']}", "unknown account"
    return host["accounts"][number % min(options.accounts, len(host["accounts"]))]["account"], ""


def default_password_account(host, number):
    boxes = [box for box in host["accounts"] if box["role"] == "default-password"]
    return boxes[number % len(boxes)]


def work(hosts, options):
    """People with the right password: read mail over IMAP and POP3, send one to a colleague. Every other round over TLS."""
    attempts = []
    for turn in range(options.rounds):
        for host in hosts:
            other = hosts[(hosts.index(host) + turn) % len(hosts)]
            for person in spec.PEOPLE[:options.people]:
                box = next(box for box in host["accounts"] if box["account"].split("@")[0] == person["name"])
                ports = ("imaps", "pop3s", "submissions") if turn % 2 else ("imap", "pop3", "submission")
                for port in ports:
                    mail_to = f"dave@{other['domain']}" if port.startswith("submission") else ""
                    attempts.append(Attempt(host, port, person["ip"], box["account"].encode(), box["password"], mail_to=mail_to, note="at work"))
    return attempts


def logins(hosts, _options):
    """Log-ins that are named on stdin: who tries what where."""
    known = {host["name"]: host for host in hosts}
    return [Attempt(known[one["host"]], one["port"], one["ip"], one["account"].encode(), one["password"]) for one in json.load(sys.stdin)]


# What an attacker can write into a log by choosing a name. The truth holds the address that it really came from.
HOSTILE_NAMES = {
    "markup": b"<img src=x onerror=alert(1)><b style='background:red'>EVIL</b>",
    "forged Dovecot address": b"x>, method=PLAIN, rip=192.0.2.1, lip=192.0.2.11, session=<",
    "forged Postfix line": b"a@b.example from unknown[192.0.2.1]: SASL PLAIN authentication failed",
    "forged ssh line": b"x from 192.0.2.1 port 22 ssh2",
    "right-to-left override": "user\u202egnp.exe\u2066@example.org".encode(),
    "zero width": "al\u200bice\ufeff@example.org".encode(),
    "look-alike letters": "\u0430lice@example.org".encode(),
    "newline and a whole line": b"x\nNov 23 14:42:34 mx1 sshd[9]: Failed password for root from 192.0.2.1 port 22 ssh2",
    "terminal escape": b"x\x1b]0;owned\x07\x1b[31m",
    "shell": b"x$(reboot)`id`;id|id&&id#'\"",
    "sql": b"x'; drop table events; --",
    "spreadsheet formula": b"=HYPERLINK(\"http://192.0.2.1\",\"x\")",
    "path": b"../../../../etc/passwd",
    "format": b"%s%n%1 %2 &amp; {0} ${x}",
    "not UTF-8": b"caf\xe9\xff\xfe@example.org",
    "long": b"A" * 700 + b"@example.org",
    "slow pattern": b"a" * 60 + b"!",
    "repeated words": b"user=<root>, rip=192.0.2.2, rip=192.0.2.3, user=<alice@example.org>",
}


def hostile(hosts, options):
    attempts = []
    ranges = options.sources.split(",") if options.sources else ["203.0.113.0/24"]
    ports = options.services.split(",")
    places = iter(sources(ranges, len(HOSTILE_NAMES) * len(ports) * len(hosts), options.seed))
    for note, name in HOSTILE_NAMES.items():
        for port in ports:
            if port == "ssh" and b"\n" in name:
                continue  # no OpenSSH client sends a newline
            for host in hosts:
                attempts.append(Attempt(host, port, next(places), name, "guess-hostile", note=note))
    return attempts
