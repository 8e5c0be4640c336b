# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands in a rig: addresses, ports, people, passwords. Test data only; nothing here does anything."""

import hashlib
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

RIG_DIR = Path(__file__).resolve().parent.parent
CHECKOUT = RIG_DIR.parent.parent
GATE_SOURCE = CHECKOUT / "installer" / "server" / "mailward-gate"
GATE_PATH = "/usr/local/sbin/mailward-gate"

PORTS = {"ssh": 22, "smtp": 25, "pop3": 110, "imap": 143, "submissions": 465, "submission": 587, "imaps": 993, "pop3s": 995}
TLS_PORTS = (465, 993, 995)

CLIENTS_IP, OPERATOR_IP = "192.0.2.1", "192.0.2.2"
CLIENTS_IP6, OPERATOR_IP6 = "2001:db8::1", "2001:db8::2"
SSH_USER = "mwops"
MAIL_LOG, AUTH_LOG = "/var/log/maillog", "/var/log/secure"

# Where the attackers of a driver run come from unless told otherwise: documentation and benchmark ranges,
# and ranges of real carriers so that a country database has something to say.
REGIONS = {
    "DOC": ["198.51.100.0/24", "203.0.113.0/24"],
    "BENCH": ["198.18.0.0/15"],
    "CN": ["1.80.0.0/14", "36.96.0.0/13", "58.16.0.0/16", "113.64.0.0/12"],
    "RU": ["95.24.0.0/14", "178.64.0.0/14", "5.140.0.0/15"],
    "BR": ["177.32.0.0/13", "187.64.0.0/14", "189.0.0.0/13"],
    "IN": ["117.192.0.0/14", "49.36.0.0/15", "106.192.0.0/13"],
    "V6": ["2001:db8:bad::/48"],
}
DEFAULT_REGIONS = ("CN", "CN", "CN", "RU", "BR", "DOC", "BENCH")

# The people who work while an attack runs: account name and the address that they work from.
PEOPLE = [
    {"name": "alice", "ip": "117.192.10.20"},
    {"name": "bob", "ip": "117.192.10.20"},
    {"name": "carol", "ip": "49.36.40.7"},
]
NAMES = """alice bob carol dave erin frank grace heidi ivan judy mallory niaj olivia peggy rupert sybil trent victor walter
wendy anita arjun asha deepak divya farhan gita hari indira jaya kabir kiran lakshmi leela manoj maya meera mohan nadia
naveen neha nikhil pooja priya rahul raj ravi rekha rohan sanjay sara shanti sunil tara uma usha varun vijay vikram
yash zara accounts billing hr info reception sales support""".split()
DEFAULT_PASSWORD = "Welcome2026"  # what the last accounts of each host never changed
DEFAULT_PASSWORD_ACCOUNTS = 6
SYSTEM_USERS = {"dave": "Dave-shell-2026", "erin": "Erin-shell-2026", "frank": "Frank-shell-2026"}


@dataclass
class Account:
    account: str
    password: str
    role: str  # "person", "mailbox" or "default-password"


@dataclass
class Host:
    name: str
    domain: str
    ip: str
    ip6: str
    rfc3339: bool  # time stamps of the log; the other form is RFC 3164
    long_queue_ids: bool
    accounts: list = field(default_factory=list)

    @property
    def fqdn(self):
        return f"{self.name}.{self.domain}"


def mail_accounts(domain):
    people = {person["name"] for person in PEOPLE}
    untouched = NAMES[-DEFAULT_PASSWORD_ACCOUNTS:]

    def one(name):
        if name in untouched:
            return Account(f"{name}@{domain}", DEFAULT_PASSWORD, "default-password")
        return Account(f"{name}@{domain}", f"{name}-Mail-2026", "person" if name in people else "mailbox")

    return [one(name) for name in NAMES]


def hosts(names):
    """The hosts of a rig, in order: every second one writes RFC 3339 stamps and long queue ids."""
    known = {"mx1": "example.org", "mx2": "example.net"}
    if len(set(names)) != len(names) or not all(re.fullmatch(r"[a-z][a-z0-9]{0,9}", name) for name in names):
        raise ValueError("host names: different ones, a lower-case letter and up to 9 letters or digits")
    if not 1 <= len(names) <= 40 or {"clients", "operator", "switch"} & set(names):
        raise ValueError("1 to 40 hosts, none of them called clients, operator or switch")
    made = []
    for index, name in enumerate(names):
        odd = index % 2 == 1
        domain = known.get(name, f"{name}.example.com")
        made.append(Host(name, domain, f"192.0.2.{11 + index}", f"2001:db8::{11 + index}", odd, odd, mail_accounts(domain)))
    return made


def dovecot_hash(password):
    """{SSHA512}: made in microseconds, so that dozens of accounts cost nothing at start."""
    salt = os.urandom(8)
    return "{SSHA512.HEX}" + (hashlib.sha512(password.encode() + salt).digest() + salt).hex()
