#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""compare.py --bin DIR [--share DIR] [--root DIR] [--seed N]: one attack, one log, side by side.

The log is a fortnight of a company's mail servers from mailward-generate: offices with old passwords in phones, people who
mistype, bots, a loud brute force (the control) and the wave of one try an address. Run over it, as shipped: fail2ban with its
defaults and with 2 failures / 10 h, CrowdSec with the collections for Postfix, Dovecot and SSH of its package, and Mailward.
Needs the packages of installer/packages/bench.txt; what is missing is left out of the table, and said."""

import argparse
import datetime
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
LOUD, WAVE = "day-11-brute-force", "day-13-distributed"
HUB_PARSERS = {"s00-raw": ["syslog-logs"], "s01-parse": ["postfix-logs", "dovecot-logs", "sshd-logs"], "s02-enrich": ["dateparse-enrich"]}
HUB_SCENARIOS = ["postfix-spam", "dovecot-spam", "ssh-bf", "ssh-slow-bf"]


class Truth:
    """What the generator knows about its own log."""

    def __init__(self, path):
        rows = [json.loads(line) for line in path.read_text().splitlines()]
        self.attacks = {row["id"]: {source["ip"]: source for source in row["sources"]} for row in rows if row["type"] == "incident"}
        self.innocents = {row["ip"]: set(row["roles"]) for row in rows if row["type"] == "innocent"}
        self.offices = {ip for ip, roles in self.innocents.items() if "office" in roles}


def generate(options, folder):
    words = [options.bin / "mailward-generate", "--family", "story", "--seed", str(options.seed), "--servers", "1", "--out", folder]
    country_db = options.share / "geo/country.mmdb"
    subprocess.run(words + (["--country-db", country_db] if country_db.exists() else []), check=True)
    log = folder / "mx1.log"
    if not options.auth_verbose:  # Dovecot's default: one line a guess, at the end of the connection
        lines = log.read_text().splitlines(keepends=True)
        log.write_text("".join(line for line in lines if " dovecot: auth: " not in line))
    return log, Truth(folder / "truth.jsonl")


def fail2ban(log, root, maxretry, findtime, bantime):
    if not (root / "usr/bin/fail2ban-server").exists():
        return None
    answer = subprocess.run(["/usr/bin/python3", HERE / "fail2ban_replay.py", str(maxretry), str(findtime), str(bantime), log, root / "etc/fail2ban"],
                            check=True, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(root / "usr/lib/python3/dist-packages")})
    return json.loads(answer.stdout)


def crowdsec_home(root, home):
    """A configuration of its own: the package's files, no link to anybody, nothing of this machine's."""
    conf, hub = home / "conf", root / "usr/share/crowdsec/hub"
    shutil.copytree(root / "etc/crowdsec", conf)
    shutil.copytree(hub, home / "hub")
    shutil.copytree(root / "usr/share/crowdsec/data", home / "data")
    links = [(f"parsers/{stage}", name) for stage, names in HUB_PARSERS.items() for name in names] + [("scenarios", name) for name in HUB_SCENARIOS]
    for place, name in links:
        (conf / place).mkdir(parents=True, exist_ok=True)
        link = conf / place / f"{name}.yaml"
        link.unlink(missing_ok=True)
        link.symlink_to(home / "hub" / place / "crowdsecurity" / f"{name}.yaml")
    for folder in ("notifications", "acquis.d"):
        (conf / folder).mkdir(exist_ok=True)
    for name in ("local_api_credentials.yaml", "console.yaml"):
        (conf / name).write_text("")
    text = (conf / "config.yaml").read_text()
    text = re.sub(r" *online_client:.*\n.*\n", "", text.split("prometheus:")[0]) + "prometheus:\n  enabled: false\n"
    for old, new in {"/etc/crowdsec/": f"{conf}/", "/var/lib/crowdsec/data/": f"{home}/data/", "/var/lib/crowdsec/hub/": f"{home}/hub/", "/var/log/": f"{home}/",
                     "/usr/lib/crowdsec": f"{root}/usr/lib/crowdsec".replace("//", "/"), "daemonize: true": "daemonize: false", "log_media: file": "log_media: stdout",
                     "127.0.0.1:8080": "127.0.0.1:18099"}.items():
        text = text.replace(old, new)
    (conf / "config.yaml").write_text(text)
    return conf


def crowdsec(log, root, folder):
    binary = root / "usr/bin/crowdsec"
    if not binary.exists():
        return None
    conf = crowdsec_home(root, folder / "crowdsec")
    machine = [root / "usr/bin/cscli", "-c", conf / "config.yaml", "machines", "add", "bench", "--password", "bench-of-its-own",
               "-f", conf / "local_api_credentials.yaml", "--force"]
    subprocess.run(machine, check=True, capture_output=True)
    answer = subprocess.run([binary, "-c", conf / "config.yaml", "-type", "syslog", "-dsn", f"file://{log}"], check=True, capture_output=True, text=True)
    return dict.fromkeys(re.findall(r"crowdsecurity/\S+ by ip (\S+) ", answer.stdout + answer.stderr))


def mailward(log, options, folder):
    words = [options.bin / "mailward-cli", "--json", "--home", folder / "home", "findings", "--timezone", "UTC", log]
    answer = subprocess.run(words, check=True, capture_output=True, text=True, env={"MAILWARD_SHARE": str(options.share), "LC_ALL": "C.UTF-8"})
    incidents = [json.loads(line) for line in answer.stdout.splitlines()]
    return dict.fromkeys(source["ip"] for incident in incidents for source in incident["sources"])


def seconds(stamp):
    return datetime.datetime.fromisoformat(stamp.replace("Z", "+00:00")).timestamp()


def row(name, setting, found, truth):
    """`found`: address -> time of its first ban, or None where the system names it without a ban."""
    if found is None:
        return f"| {name} | {setting} | not installed | | | | |"
    wave, loud = truth.attacks[WAVE], truth.attacks[LOUD]
    caught = [ip for ip in wave if ip in found]
    stopped = sum(found[ip] is not None and found[ip] < seconds(wave[ip]["first"]) for ip in caught)
    innocent = {ip for ip in found if ip in truth.innocents}
    offices = innocent & truth.offices
    banned = any(at is not None for at in found.values()) or not caught
    return (f"| {name} | {setting} | {len(caught):,} of {len(wave):,} | {f'{stopped:,}' if banned else 'left to its plan'} | "
            f"{sum(ip in found for ip in loud)} of {len(loud)} | {len(offices)} of {len(truth.offices)} | {len(innocent - offices):,} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, required=True, help="where mailward-generate and mailward-cli are")
    parser.add_argument("--share", type=pathlib.Path, help="folder with geo/; default: beside --bin")
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path("/"), help="where the packages are unpacked; default: installed")
    parser.add_argument("--auth-verbose", action="store_true", help="as Dovecot logs with auth_verbose=yes: two lines a guess, which counters of lines take for two")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.share = options.share or options.bin.resolve().parent / "share/mailward"
    with tempfile.TemporaryDirectory(prefix="mailward-peers-") as folder:
        folder = pathlib.Path(folder)
        log, truth = generate(options, folder)
        print("| system | configuration | one-try attackers banned or named | their tries stopped | loud attackers | offices hit | other innocents hit |\n|---|---|---|---|---|---|---|", flush=True)
        systems = [("fail2ban", "defaults: 5 in 10 min", lambda: fail2ban(log, options.root, 5, 600, 600)),
                   ("fail2ban", "2 failures, 10 h", lambda: fail2ban(log, options.root, 2, 600, 36000)),
                   ("CrowdSec", "as packaged", lambda: crowdsec(log, options.root, folder)),
                   ("Mailward", "as shipped", lambda: mailward(log, options, folder))]
        for name, setting, run in systems:
            print(row(name, setting, run(), truth), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
