#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""foreign.py --cli mailward-cli [--share DIR] [--seeds N] [--case NAME] [--first N] [--jobs N] [--no-geo]: findings, judged from outside.

A second generator that shares nothing with tests/support/story: other sites (a firm of 20 mailboxes, a provider, a university with travellers and carriers, a site with
people in many countries), other daemons' lines, other attacks, logs of hours or weeks, of one daemon alone, of several servers. No threshold was tuned on it first.
Prints a row a case: members named (median, worst), innocents and shared networks named, minutes to the alarm, opened accounts, the worst severity of quiet runs."""

import argparse
import concurrent.futures
import dataclasses
import datetime
import ipaddress
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile

HOUR, DAY = 3600.0, 86400.0
SEVERITIES = ["info", "low", "medium", "high", "critical"]
# Where addresses of a country could lie: access providers, carriers, hosters.
ACCESS = {"DE": ["84.128.0.0/10", "91.0.0.0/10", "93.192.0.0/10", "79.192.0.0/11"], "FR": ["90.0.0.0/10", "86.192.0.0/11"], "GB": ["86.128.0.0/11", "81.128.0.0/12"],
          "US": ["73.0.0.0/9", "68.32.0.0/11", "24.0.0.0/12"], "BR": ["177.32.0.0/11", "187.64.0.0/11"], "CN": ["36.96.0.0/11", "113.64.0.0/11", "183.0.0.0/11", "114.216.0.0/13"],
          "RU": ["95.24.0.0/13", "178.64.0.0/13"], "VN": ["14.160.0.0/11", "113.160.0.0/11"], "IN": ["117.192.0.0/10", "59.88.0.0/13"], "TR": ["78.160.0.0/11", "88.224.0.0/11"],
          "ID": ["36.64.0.0/11"], "IT": ["79.0.0.0/11", "87.0.0.0/12"], "ES": ["83.32.0.0/11", "88.0.0.0/11"], "PL": ["83.0.0.0/11"], "AR": ["181.0.0.0/11"], "KR": ["121.128.0.0/10"]}
CARRIER = {"DE": ["80.187.64.0/18", "109.40.0.0/15"], "FR": ["92.184.96.0/19"], "GB": ["82.132.208.0/20"], "US": ["172.56.0.0/16"], "IT": ["5.90.0.0/16"]}
HOSTERS = ["51.68.0.0/16", "95.216.0.0/16", "167.99.0.0/16", "64.225.0.0/16", "45.148.8.0/21", "185.224.128.0/22"]
WORDS = "anna ben carla dirk elif finn greta hugo ida jan kira leo mara nils olga paul quinn rita sven tina udo vera wim xenia yara zoe".split()
BOT_NAMES = ["info", "admin", "test", "sales", "support", "contact", "office", "webmaster", "postmaster", "scan", "user", "noreply"]


def inside(rng, prefixes):
    network = ipaddress.ip_network(rng.choice(prefixes))
    return str(network[rng.randrange(1, network.num_addresses - 1)])


@dataclasses.dataclass
class Person:
    name: str
    home: str
    carrier: list
    office: str = ""
    server: str = "mail"


@dataclasses.dataclass
class Attack:
    begin: float = 0
    sources: dict = dataclasses.field(default_factory=dict)
    accounts: set = dataclasses.field(default_factory=set)
    opened: set = dataclasses.field(default_factory=set)
    slow: bool = False


class Site:
    """People, their habits, the log, the truth."""

    def __init__(self, rng, size=300, countries=("DE",), offices=3, days=14.0, daemons="both", stamps="rfc3339", servers=1, logins=2.0, mistakes=0.015, bots=40, domain="firm.example"):
        self.rng, self.days, self.daemons, self.stamps, self.mistakes, self.bots, self.domain = rng, days, daemons, stamps, mistakes, bots, domain
        self.countries, self.logins = countries, logins
        self.start = datetime.datetime(2026, rng.randrange(1, 11), rng.randrange(1, 28), rng.choice([0, 0, 0, 9]), tzinfo=datetime.timezone.utc)
        self.lines, self.innocents, self.shared, self.attacks, self.serial = [], set(), set(), [], 0
        self.servers = ["mail"] if servers == 1 else [f"mx{i + 1}" for i in range(servers)]
        self.offices = [inside(rng, ACCESS[rng.choice(countries)]) for _ in range(offices)]
        self.people = []
        for i in range(size):
            country = rng.choice(countries)
            office = rng.choice(self.offices) if offices and rng.random() < 0.6 else ""
            self.people.append(Person(f"{rng.choice(WORDS)}.{i}@{domain}", inside(rng, ACCESS[country]), CARRIER.get(country, ACCESS[country]), office, rng.choice(self.servers)))
        self.shared.update(self.offices)

    # Lines ------------------------------------------------------------------------------------------------------------

    def put(self, at, server, text):
        self.serial += 1
        self.lines.append((at, self.serial, server, text))

    def token(self):
        return "".join(self.rng.choices("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789", k=16))

    def daemon(self):
        return self.rng.choice(["dovecot", "postfix", "dovecot"]) if self.daemons in ("both", "anonymous") else self.daemons

    def fail(self, at, server, account, ip, tries=1, exists=True):
        daemon, rng, pid = self.daemon(), self.rng, self.rng.randrange(900, 30000)
        if daemon == "dovecot":
            door = rng.choice(["imap", "imap", "pop3"])
            self.put(at + 2 * tries, server, f"dovecot: {door}-login: Disconnected (auth failed, {tries} attempts in {2 * tries} secs): user=<{account}>, method=PLAIN, rip={ip}, lip=10.0.0.5, TLS, session=<{self.token()}>")
        elif daemon == "postfix":
            name = "" if self.daemons == "anonymous" else f", sasl_username={account}"
            for i in range(tries):
                self.put(at + 2 * i, server, f"postfix/smtps/smtpd[{pid}]: warning: unknown[{ip}]: SASL LOGIN authentication failed: UGFzc3dvcmQ6{name}")
        elif daemon == "exim":
            for i in range(tries):
                self.put(at + 2 * i, server, f"exim[{pid}]: login authenticator failed for (User) [{ip}]: 535 Incorrect authentication data (set_id={account})")
        else:
            for i in range(tries):
                self.put(at + 2 * i, server, f"sshd[{pid}]: Failed password for {'' if exists else 'invalid user '}{account} from {ip} port {rng.randrange(1024, 65000)} ssh2")

    def login(self, at, server, account, ip, sends=False):
        daemon, rng, pid = self.daemon(), self.rng, self.rng.randrange(900, 30000)
        if daemon == "sshd":
            self.put(at, server, f"sshd[{pid}]: Accepted {rng.choice(['password', 'publickey'])} for {account} from {ip} port {rng.randrange(1024, 65000)} ssh2")
        elif daemon == "exim":
            self.put(at, server, f"exim[{pid}]: 1r{self.token()[:4]}-00{self.token()[:4]}-Ab <= {account} H=({account.split('@')[0]}) [{ip}] P=esmtpsa A=login:{account} S=1204")
        elif daemon == "postfix" or sends:
            self.put(at, server, f"postfix/smtps/smtpd[{pid}]: {self.serial:010X}: client=unknown[{ip}], sasl_method=LOGIN, sasl_username={account}")
        else:
            self.put(at, server, f"dovecot: imap-login: Login: user=<{account}>, method=PLAIN, rip={ip}, lip=10.0.0.5, mpid={pid}, TLS, session=<{self.token()}>")

    # People -----------------------------------------------------------------------------------------------------------

    def moment(self, day):
        """A working hour, mostly."""
        return day * DAY + (self.rng.gauss(11.5, 3.2) % 24) * HOUR

    def visit(self, at, person, ip, wrong=None, account=None):
        if not 0 <= at < self.days * DAY - 200:
            return
        self.innocents.add(ip)
        for _ in range(self.rng.randrange(1, 4) if (self.rng.random() < self.mistakes if wrong is None else wrong) else 0):
            self.fail(at, person.server, account or person.name, ip)
            at += self.rng.uniform(6, 70)
            if self.rng.random() < 0.08:  # gives up, asks a colleague, comes back from somewhere much later
                return
        self.login(at, person.server, person.name, ip)

    def live(self):
        rng = self.rng
        for day in range(int(self.days) + 1):
            for i, person in enumerate(self.people):
                for _ in range(min(int(rng.expovariate(1 / self.logins)), 12)):
                    phone = rng.random() < 0.3
                    ip = inside(rng, person.carrier) if phone else person.office if person.office and rng.random() < 0.8 else person.home
                    self.visit(self.moment(day), person, ip)
                if rng.random() < 0.03:  # the provider gives another address
                    network = ipaddress.ip_network(person.home + "/18", strict=False)
                    person.home = str(network[rng.randrange(1, network.num_addresses - 1)])
        names = ["root", "admin", "ubuntu", "oracle", "git", "test"] if self.daemons == "sshd" else [f"{n}@{self.domain}" for n in BOT_NAMES]
        for _ in range(int(self.bots * self.days)):
            self.fail(rng.uniform(0, self.days * DAY - 60), rng.choice(self.servers), rng.choice(names), inside(rng, HOSTERS + ACCESS[rng.choice(list(ACCESS))]), rng.choice([1, 1, 1, 2, 3]), False)

    def stale(self, count=3):
        """Devices at home and in offices that go on with an old password, each in its own rhythm."""
        for person in self.rng.sample(self.people, min(count, len(self.people))):
            ip, pause = person.office or person.home, self.rng.choice([60, 300, 900, 1800])
            self.innocents.add(ip)
            at = self.rng.uniform(0, self.days * DAY / 2)
            end = min(at + self.rng.uniform(3, 40) * HOUR, self.days * DAY - 200)
            while at < end:
                self.fail(at, person.server, person.name, ip)
                at += pause + self.rng.uniform(-3, 3)

    def travellers(self, count=6, countries=None):
        for person in self.rng.sample(self.people, min(count, len(self.people))):
            hotel, first = inside(self.rng, ACCESS[self.rng.choice(countries or list(ACCESS))]), self.rng.uniform(0, max(self.days - 2, 0.5))
            for _ in range(self.rng.randrange(3, 12)):
                self.visit(first * DAY + self.rng.uniform(0, 3) * DAY, person, hotel, wrong=self.rng.random() < 0.1)

    # Attacks ----------------------------------------------------------------------------------------------------------

    def attack(self, begin_h, hours, sources, accounts, origins, tries=(1,), visits=1, opened=0, invented=0.0, slow=False, pool=None, sends=0):
        rng, attack = self.rng, Attack(begin_h * HOUR, slow=slow)
        targets = [p.name for p in rng.sample(self.people, min(accounts, len(self.people)))]
        server = {p.name: p.server for p in self.people}
        turn, first = 0, None
        for _ in range(sources):
            ip = pool() if pool else inside(rng, ACCESS[rng.choice(origins)])
            if ip in self.innocents or ip in attack.sources:
                continue
            for _ in range(visits):
                at = begin_h * HOUR + rng.uniform(0, hours * HOUR)
                if rng.random() < invented:
                    account, exists = f"{rng.choice(WORDS)}{rng.randrange(1000)}@{self.domain}", False
                else:
                    account, exists = targets[turn % len(targets)], True
                turn += 1
                self.fail(at, server.get(account, self.servers[0]), account, ip, rng.choice(tries), exists)
                attack.sources[ip] = min(at, attack.sources.get(ip, at))
                first = at if first is None else min(first, at)
                attack.accounts.add(account)
        attack.begin = first if first is not None else attack.begin
        lucky = rng.sample(targets, min(opened, len(targets)))
        for account in lucky:
            ip = rng.choice(list(attack.sources)) if rng.random() < 0.5 or pool else inside(rng, ACCESS[rng.choice(origins)])
            at = begin_h * HOUR + rng.uniform(0.4, 1) * hours * HOUR
            self.login(at, server[account], account, ip)
            attack.sources.setdefault(ip, at)
            attack.opened.add(account)
            for i in range(sends):
                self.login(at + 60 + 20 * i, server[account], account, ip, True)
        self.attacks.append(attack)
        return attack

    def text(self, server=None):
        out = []
        for at, _, host, text in sorted(self.lines):
            if at >= self.days * DAY or (server and host != server):
                continue
            moment = self.start + datetime.timedelta(seconds=at)
            stamp = moment.isoformat(timespec="microseconds") if self.stamps == "rfc3339" else moment.strftime("%b %e %H:%M:%S")
            out.append(f"{stamp} {host} {text}")
        return "\n".join(out) + "\n"


def alive(rng, **options):
    site = Site(rng, **options)
    site.live()
    site.stale()
    site.travellers()
    return site


# Cases: each makes one site from a random generator. -------------------------------------------------------------------

def firm_one_try(rng):
    site = alive(rng)
    site.attack(rng.uniform(8, 11) * 24, rng.uniform(3, 12), rng.randrange(300, 3000), rng.randrange(20, 80), ["CN"], opened=rng.randrange(3))
    return site


def everywhere_one_try(rng):
    site = alive(rng, stamps="rfc3164")
    site.attack(rng.uniform(8, 11) * 24, rng.uniform(3, 12), rng.randrange(300, 2000), 40, list(ACCESS), opened=1)
    return site


def residential(rng):
    site = alive(rng, size=1500, offices=12)
    site.attack(rng.uniform(8, 11) * 24, 10, 900, 60, ["DE"], tries=(2, 2, 3), opened=1)
    return site


def slow_spray(rng):
    site = alive(rng, days=21)
    site.attack(10 * 24, 8 * 24, 600, 250, list(ACCESS), slow=True)
    return site


def slow_few(rng):
    site = alive(rng, days=21, size=800)
    site.attack(10 * 24, 6 * 24, 900, 12, ["CN", "VN", "RU"], slow=True)
    return site


def vip(rng):
    site = alive(rng)
    site.attack(rng.uniform(8, 11) * 24, 10, 150, 1, list(ACCESS))
    return site


def stuffed(rng):
    site = alive(rng, size=2000, offices=10)
    site.attack(rng.uniform(8, 11) * 24, 6, 500, 900, list(ACCESS), visits=2, invented=0.3, opened=9)
    return site


def first_hour(rng):
    site = alive(rng, days=1.0, size=600, logins=4)
    site.attack(0.3, 5, 600, 40, ["CN", "VN"])
    return site


def six_hours(rng):
    """A log of six hours: the case of a first look."""
    site = alive(rng, days=0.45, size=900, logins=6)
    site.attack(1.5, 5, rng.randrange(400, 2500), 60, ["CN", "BR"])
    return site


def tiny(rng):
    site = alive(rng, size=20, offices=1, logins=5, bots=15)
    site.attack(rng.uniform(8, 11) * 24, 8, 240, 12, ["CN", "RU", "BR"], opened=1)
    return site


def provider(rng):
    site = alive(rng, size=5000, offices=60, servers=3, days=10, bots=300, logins=1.5)
    site.attack(7.3 * 24, 9, 2500, 400, list(ACCESS), opened=2)
    return site


def university(rng):
    site = Site(rng, size=2500, countries=("DE", "DE", "DE", "FR", "IT", "US"), offices=8, logins=2.5, mistakes=0.03)
    site.live()
    site.stale(8)
    site.travellers(60)
    site.attack(rng.uniform(8, 11) * 24, 8, 800, 70, ["CN", "RU", "VN", "BR"], opened=1)
    return site


def worldwide(rng):
    site = alive(rng, size=1200, countries=tuple(ACCESS), offices=16)
    site.attack(rng.uniform(8, 11) * 24, 8, 900, 50, list(ACCESS), opened=1)
    return site


def only_sshd(rng):
    site = Site(rng, size=12, daemons="sshd", offices=2, bots=60, logins=3)
    for i, person in enumerate(site.people):
        person.name = f"ops{i}"
    site.live()
    site.attack(8 * 24, 10, 400, 3, list(ACCESS), visits=2, invented=0.9)
    return site


def only_postfix_no_names(rng):
    site = alive(rng, daemons="anonymous", size=700)
    site.attack(rng.uniform(8, 11) * 24, 6, 900, 50, ["CN", "VN"])
    return site


def only_exim(rng):
    site = alive(rng, daemons="exim", size=500)
    site.attack(rng.uniform(8, 11) * 24, 6, 700, 50, ["CN", "TR"])
    return site


def hoster_ranges(rng):
    site = alive(rng, size=800)
    ranges = [str(ipaddress.ip_network(inside(rng, HOSTERS) + "/24", strict=False)) for _ in range(30)]
    site.attack(rng.uniform(8, 11) * 24, 8, 300, 120, [], pool=lambda: inside(rng, ranges))
    return site


def returning_bots(rng):
    """Sixty addresses, one try each every few hours, for five days: no threshold an hour or a day sees one of them."""
    site = alive(rng, size=800, days=16)
    site.attack(9 * 24, 5 * 24, 60, 40, ["RU", "ID", "BR"], visits=18, slow=True)
    return site


def loud(rng):
    site = alive(rng, size=600)
    site.attack(rng.uniform(8, 11) * 24, 5, rng.randrange(5, 40), 25, list(ACCESS), visits=30, tries=(1, 2, 3))
    return site


def no_successes(rng):
    """Nothing but failures is in the log: the attack, offices with old phones, people who mistype."""
    site = Site(rng, size=400, days=0.25, daemons="both", offices=3, bots=40, logins=0.01)
    site.live()
    for office in site.offices:
        site.innocents.add(office)
        for person in rng.sample(site.people, 4):
            at = rng.uniform(0, 60)
            while at < 0.25 * DAY - 10:
                site.fail(at, person.server, person.name, office)
                at += 60 + rng.uniform(-2, 2)
    for person in rng.sample(site.people, 150):
        at = rng.uniform(0, 0.24 * DAY)
        site.innocents.add(person.home)
        for _ in range(rng.randrange(1, 4)):
            site.fail(at, person.server, person.name, person.home)
            at += rng.uniform(5, 40)
        site.login(at, person.server, person.name, person.home)
    site.attack(0.05, 5.9, 3000, 60, ["CN"])
    return site


def lucky_first(rng):
    """Leaked pairs that are right at once: 25 accounts opened, hardly a failure, then mail from each."""
    site = alive(rng, size=1000)
    site.attack(rng.uniform(8, 11) * 24, 8, 120, 120, ["NG", "RU", "VN"] if "NG" in ACCESS else ["RU", "VN", "ID"], opened=25, sends=15)
    return site


def quiet_firm(rng):
    return alive(rng)


def quiet_tiny(rng):
    return alive(rng, size=20, offices=1, logins=5, bots=20)


def quiet_hours(rng):
    return alive(rng, days=0.4, size=900, logins=6)


def quiet_day_provider(rng):
    return alive(rng, days=2.0, size=5000, offices=50, bots=300, servers=2)


def quiet_university(rng):
    site = Site(rng, size=2500, countries=("DE", "DE", "DE", "FR", "IT", "US"), offices=8, logins=2.5, mistakes=0.04)
    site.live()
    site.stale(10)
    site.travellers(80)
    return site


def quiet_term(rng):
    """Term begins: 500 people who were never seen, on phones behind one carrier, many of whom mistype first."""
    site = alive(rng, size=2000, offices=6)
    day = rng.randrange(8, 12)
    for i in range(500):
        person = Person(f"student{i}@{site.domain}", inside(rng, ACCESS["DE"]), CARRIER["DE"])
        for _ in range(rng.randrange(1, 4)):
            site.visit(day * DAY + rng.uniform(7, 20) * HOUR, person, inside(rng, CARRIER["DE"]), wrong=rng.random() < 0.25)
    return site


def quiet_conference(rng):
    """Forty people at one conference abroad, behind the hotel's one address; some mistype, some phones have old passwords."""
    site = alive(rng, size=900)
    hotel, day = inside(rng, ACCESS["US"]), rng.randrange(6, 11)
    site.shared.add(hotel)
    for person in rng.sample(site.people, 40):
        for _ in range(rng.randrange(2, 9)):
            site.visit(day * DAY + rng.uniform(0, 3) * DAY, person, hotel, wrong=rng.random() < 0.08)
    return site


def quiet_outage(rng):
    """The password backend is down for twenty minutes: everybody fails, again and again, and gets in afterwards."""
    site = alive(rng, size=1500, offices=8)
    at = rng.randrange(8, 12) * DAY + 10 * HOUR
    for person in rng.sample(site.people, 900):
        phone = rng.random() < 0.4
        ip = inside(rng, person.carrier) if phone else person.office or person.home
        moment = at + rng.uniform(0, 1100)
        site.innocents.add(ip)
        while moment < at + 1200:
            site.fail(moment, person.server, person.name, ip)
            moment += rng.uniform(60, 400)
        site.login(at + 1200 + rng.uniform(0, 900), person.server, person.name, ip)
    return site


def quiet_typos(rng):
    """People who mistype their name, not their password, and do it from home or on the road."""
    site = alive(rng, size=900, mistakes=0.02)
    for _ in range(250):
        person = rng.choice(site.people)
        name = person.name
        at = rng.randrange(1, len(name.split("@")[0]))
        site.visit(rng.uniform(0.5, 13.4) * DAY, person, person.home if rng.random() < 0.6 else inside(rng, person.carrier), True, name[:at] + rng.choice("abcxyz") + name[at + 1:])
    return site


def quiet_sshd(rng):
    site = Site(rng, size=10, daemons="sshd", offices=2, bots=300, logins=3)
    for i, person in enumerate(site.people):
        person.name = f"ops{i}"
    site.live()
    return site


def quiet_exim(rng):
    return alive(rng, daemons="exim", size=500)


def quiet_no_names(rng):
    return alive(rng, daemons="anonymous", size=700)


def quiet_holidays(rng):
    """A week off: a third of the people log in from holiday places in six countries, on hotel networks that others share."""
    site = alive(rng, size=700)
    hotels = [inside(rng, ACCESS[c]) for c in ("ES", "IT", "FR", "TR", "US", "GB") for _ in range(4)]
    for person in rng.sample(site.people, 230):
        hotel, day = rng.choice(hotels), rng.uniform(4, 9)
        for _ in range(rng.randrange(2, 10)):
            site.visit((day + rng.uniform(0, 4)) * DAY, person, hotel if rng.random() < 0.6 else inside(rng, person.carrier), wrong=rng.random() < 0.04)
    return site


CASES = {name: case for name, case in list(globals().items()) if callable(case) and getattr(case, "__code__", None) and case.__code__.co_varnames[:1] == ("rng",)
         and case.__code__.co_argcount == 1 and name not in ("alive",)}


def judge(name, seed, options):
    site = CASES[name](random.Random(f"{name}/{seed}"))
    with tempfile.TemporaryDirectory(prefix="mailward-foreign-") as folder:
        logs = []
        for server in site.servers:
            path = pathlib.Path(folder) / f"{server}.log"
            path.write_text(site.text(server))
            logs.append(path)
        share = folder if options.no_geo else options.share
        words = [options.cli, "--json", "--home", f"{folder}/home", "findings", "--timezone", "UTC", "--year", str(site.start.year), *logs]
        env = {**os.environ, "LC_ALL": "C.UTF-8"} | ({"MAILWARD_SHARE": str(share)} if share else {})
        answer = subprocess.run(words, check=True, capture_output=True, text=True, env=env)
        if options.keep:
            for path in logs:
                (options.keep / f"{name}-{seed}-{path.name}").write_text(path.read_text())
    incidents = [json.loads(line) for line in answer.stdout.splitlines()]
    named = {s["ip"] for i in incidents for s in i["sources"]}
    loudly = {s["ip"] for i in incidents if SEVERITIES.index(i["severity"]) > 1 for s in i["sources"]}
    score = {"quiet": not site.attacks, "worst": max([SEVERITIES.index(i["severity"]) for i in incidents], default=0), "named": 1.0, "loud": 1.0, "alarm": None,
             "innocents": len(site.innocents), "wrong": len(named & site.innocents), "shared": len(named & site.shared), "opened": 0, "opened_named": 0, "opened_wrong": 0}
    told = {a for i in incidents for a in i["opened"]}
    truth = set()
    for attack in site.attacks:
        score["named"] = min(score["named"], len(named & attack.sources.keys()) / len(attack.sources))
        score["loud"] = min(score["loud"], len(loudly & attack.sources.keys()) / len(attack.sources))
        hits = [i for i in incidents if SEVERITIES.index(i["severity"]) > 0 and sum(s["ip"] in attack.sources for s in i["sources"]) > len(attack.sources) / 10]
        if hits:
            alarm = min(datetime.datetime.fromisoformat(i["alarm"].replace("Z", "+00:00")) for i in hits)
            score["alarm"] = ((alarm - site.start).total_seconds() - attack.begin) / 60
        truth |= attack.opened
    score |= {"opened": len(truth), "opened_named": len(told & truth), "opened_wrong": len(told - truth)}
    if options.show:
        for i in incidents:
            innocent = [s["ip"] for s in i["sources"] if s["ip"] in site.innocents]
            if SEVERITIES.index(i["severity"]) >= options.show:
                print(f"   {name}/{seed} {i['severity']:8} {i['title']} | opened {sorted(set(i['opened']) - truth)} innocents {innocent[:4]}")
    return score


def row(name, scores):
    def total(key):
        return sum(s[key] for s in scores)
    named, loudly = [100 * s["named"] for s in scores], [100 * s["loud"] for s in scores]
    alarms = [s["alarm"] for s in scores if s["alarm"] is not None]
    if scores[0]["quiet"]:
        above = sum(s["worst"] > 1 for s in scores)
        figures = f"{'':31} {'':17} {'above low':>10} {above}/{len(scores)}, worst {SEVERITIES[max(s['worst'] for s in scores)]}"
    else:
        latest = f"{statistics.median(alarms):6.0f} {max(alarms):6.0f}" if alarms else "    no     no"
        figures = f"{statistics.median(named):6.1f} {min(named):6.1f} {statistics.median(loudly):6.1f} {min(loudly):6.1f}   {latest} {len(scores) - len(alarms):3}  opened {total('opened_named')}/{total('opened')}"
    print(f"{name:22} {figures}   wrongly opened {total('opened_wrong')}, innocents {total('wrong')}/{total('innocents')}, shared {total('shared')}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cli", required=True)
    parser.add_argument("--share", help="folder with geo/; default: the programme's own")
    parser.add_argument("--no-geo", action="store_true", help="without country data")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--case", default="")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, help="print incidents from this severity on (0: none, 2: medium)")
    parser.add_argument("--keep", type=pathlib.Path, help="keep the logs in this folder")
    options = parser.parse_args()
    print(f"{'case':22}  named  worst  loudly worst    alarm latest missed")
    with concurrent.futures.ProcessPoolExecutor(options.jobs) as pool:
        for name in CASES:
            if options.case in name:
                row(name, list(pool.map(judge, [name] * options.seeds, range(options.first, options.first + options.seeds), [options] * options.seeds)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
