#!/usr/bin/python3 -B
# SPDX-License-Identifier: GPL-3.0-or-later
"""Thousands of accounts at once: how long a reset takes, and what stands where after the console was killed and the link was cut in the
middle of it. tst_accounts_bulk.py PATH-OF-MAILWARD-CLI [ACCOUNTS FAULTS]; everyday 200 and 3, before a release 2,500 and 100.
Then a canary: over resets (100 of them before a release), no new password is anywhere on either side.
tst_accounts_bulk.py PATH-OF-MAILWARD-CLI weak [ACCOUNTS]: 40 weak passwords among 2,500 are found with 50 candidates, and nobody else's."""

import hashlib
import json
import os
import random
import re
import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path

from mailrig import backends, console
from tst_accounts import PASSPHRASE, Accounts

WEAK = sys.argv[2:3] == ["weak"]
SIZES = [int(word) for word in sys.argv[2 + WEAK:4]] or ([2500] if WEAK else [200, 3])
LIMIT_S = 900


def names(count, domain):
    return [f"u{number:04}@{domain}" for number in range(count)]


def hashes(rig):
    """account -> stored hash, of the bulk's accounts."""
    text = rig.on("mx1", "grep '^u[0-9]*@' /etc/dovecot/users; psql -XAtq -F : -h /run/pg -U postgres mail -c \"SELECT username, password FROM mailbox WHERE username LIKE 'u%'\"")
    return dict(line.split(":")[:2] for line in text.splitlines())


def start(accounts, words):
    """The console itself, with the passphrase on a descriptor; a signal reaches it."""
    reader, writer = os.pipe()
    os.write(writer, PASSPHRASE.encode() + b"\n")
    os.close(writer)
    made = subprocess.Popen(accounts.cli.command("accounts", *words, "--passphrase-fd", str(reader)), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, pass_fds=[reader],
                            env=accounts.cli.environment())
    os.close(reader)
    return made


def verify(slips, stored):
    """Accounts whose stored hash is of the password on their slip, by crypt(3)."""
    import crypt
    return {name for name, password in slips.items() if name in stored and crypt.crypt(password, re.sub(r"^\{[^}]*\}", "", stored[name])) == re.sub(r"^\{[^}]*\}", "", stored[name])}


def journalled(accounts, plan):
    """account -> state, and account -> proofs of the hashes that were made for it, as the console's journal has them."""
    states, proofs = {}, {}
    for line in (accounts.cli.home / "state/accounts.jsonl").read_text().splitlines():
        for entry in json.loads(line).get("entries", []) if line.endswith("}") else []:
            if entry[0] == plan:
                states[entry[2]] = entry[3]
                proofs.setdefault(entry[2], set()).add(entry[4])
    return states, proofs


def proof(plan, stored):
    """What the journal keeps of a hash."""
    return hashlib.sha256((plan + "{SHA512-CRYPT}" + stored.removeprefix("{SHA512-CRYPT}")).encode()).hexdigest()[:16]


def bulk(accounts, rig, check, count):
    listed = rig.folder / "accounts"
    listed.write_text("\n".join(names(count, "example.org")) + "\n")
    before = hashes(rig)
    started = time.monotonic()
    answer, slips = accounts.reset("--accounts-file", str(listed), limit=LIMIT_S)
    taken = time.monotonic() - started
    after = hashes(rig)
    changed = {name for name in before if before[name] != after[name]}
    check(f"{count} accounts get a new password, nobody else", answer.code == 0 and changed == set(names(count, "example.org")) == set(slips), (answer.err[-500:], len(changed), len(slips)))
    sample = dict(random.Random(5).sample(sorted(slips.items()), min(60, count)))
    check("and the slips open them", verify(sample, after) == set(sample))
    check.note(f"reset of {count} with SHA512-CRYPT: {taken:.1f} s, opening the slips included")
    plan = answer.rows[0]["plan"]
    check("they are waiting to be handed over, and then are not", [row["unfinished"] for row in accounts("plans", server=None).rows if row["plan"] == plan] == [True] and accounts("delivered", plan, server=None).code == 0 and
          [row["unfinished"] for row in accounts("plans", server=None).rows if row["plan"] == plan] == [False])
    return taken


def faults(accounts, rig, check, count, cuts, whole):
    """Kills of the console and cuts of its link, at random moments of a bulk; after each, every account has the old or the new hash, as
    journalled; then resume ends right."""
    rng = random.Random(7)
    everybody = names(count, "pg.example.org")
    listed = rig.folder / "faulty"
    listed.write_text("\n".join(everybody) + "\n")
    wrong, ended, hits, number, plan, path = [], 0, 0, -1, None, None
    while hits < cuts and number < 4 * cuts:  # a run that got through before its moment came is none of them
        number += 1
        before = hashes(rig)
        if plan is None:
            path = rig.folder / f"bulk-{number}"
            words = ["reset", "--accounts-file", str(listed), "--server", "mx1", "--handover", str(path), "--within", "60"]
        else:
            words = ["resume", plan, "--server", "mx1", "--handover", str(path)]
        running = start(accounts, words)
        wait = rng.uniform(0.3, whole * 1.1)
        try:
            running.communicate(timeout=wait)
            whole *= 0.8
        except subprocess.TimeoutExpired:
            hits += 1
            if hits % 2:
                running.send_signal(signal.SIGKILL)
                children(running.pid)
            else:
                rig.call("kill-ssh", "mx1") if rng.random() < 0.5 else cut(rig)
            try:
                running.communicate(timeout=90)
            except subprocess.TimeoutExpired:
                running.kill()
                running.communicate()
        subprocess.run([str(console.HERE / "rig"), "start-ssh", "--id", rig.id, "mx1"], capture_output=True)
        plans = [row for row in accounts("plans", server=None).rows if row["action"] == "reset" and row["unfinished"]]
        if plans:
            plan = plans[-1]["plan"]
            states, proofs = journalled(accounts, plan)
            after, slips = hashes(rig), accounts.passwords(path) if path.exists() else {}
            changed = [name for name in everybody if after[name] != before[name]]
            for name in everybody:
                if name in changed and (name not in slips or proof(plan, after[name]) not in proofs.get(name, set())):
                    wrong.append((number, name, "changed to what nobody has"))
                elif name in changed and states.get(name) not in ("hashed", "written", "confirmed"):
                    wrong.append((number, name, f"new, and journalled as {states.get(name)}"))
                elif states.get(name) == "confirmed" and name not in slips:
                    wrong.append((number, name, "confirmed without a slip"))
                elif states.get(name) == "confirmed" and proof(plan, after[name]) not in proofs.get(name, set()):
                    wrong.append((number, name, "confirmed, and another hash is stored"))
            if running.returncode == 0:
                ended += 1
                sample = dict(rng.sample(sorted(slips.items()), min(20, len(slips))))
                if set(slips) != set(everybody) or verify(sample, after) != set(sample):
                    wrong.append((number, "resume", "ended, but not everybody has a password that somebody holds"))
                accounts("delivered", plan, server=None)
                plan = None
    check(f"{hits} kills and cuts: every account had the old or the new hash, as journalled", hits == cuts and not wrong, (hits, wrong[:5]))
    if plan:
        answer = accounts.run(["resume", plan, "--server", "mx1", "--handover", str(path)], limit=LIMIT_S)
        after, slips = hashes(rig), accounts.passwords(path)
        sample = dict(random.Random(9).sample(sorted(slips.items()), min(60, len(slips))))
        check("the last resume ends right: every account has a password that somebody holds", answer.code == 0 and set(slips) == set(everybody) and verify(sample, after) == set(sample), (answer.err[-400:], len(slips)))
    check.note(f"{ended} of {number + 1} runs got through before they were hit, or because a cut link healed")


def cut(rig):
    rig.call("cut", "mx1")
    time.sleep(0.2)
    rig.call("heal", "mx1")


def children(pid):
    """What the killed process left in the operator's namespace ends with its pipe; nothing to do but to wait a moment."""
    time.sleep(0.2)


def canary(accounts, rig, check, rounds):
    """No new password on either side: process lists while it happens, logs, shell histories, database, journal, audit, core files."""
    rig.on("mx1", "cat >/tmp/watch <<'EOF'\nwhile [ ! -e /tmp/stop ]; do cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n' | sort -u >>/tmp/seen; done\nEOF\nsetsid sh /tmp/watch >/dev/null 2>&1 </dev/null &")
    seen, mine = set(), []
    for number in range(rounds):
        account = f"u{number % 50:04}@example.org"
        reader, writer = os.pipe()
        os.write(writer, PASSPHRASE.encode() + b"\n")
        os.close(writer)
        path = rig.folder / f"canary-{number}"
        running = subprocess.Popen(accounts.cli.command("accounts", "reset", account, "--no-review", "--server", "mx1", "--handover", str(path), "--passphrase-fd", str(reader)), stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, pass_fds=[reader], env=accounts.cli.environment())
        os.close(reader)
        while running.poll() is None:
            for process in Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    mine.append(process.read_bytes())
                except OSError:
                    continue
            mine = list(set(mine))
            time.sleep(0.05)
        said = running.stdout.read()
        slips = accounts.passwords(path)
        seen |= set(slips.values())
        if running.returncode or any(word in said for word in slips.values()):
            check(f"reset {number}", False, said)
    rig.on("mx1", "touch /tmp/stop; sleep 0.3")
    check(f"{rounds} resets made {rounds} different passwords", len(seen) == rounds, len(seen))
    patterns = rig.folder / "patterns"
    patterns.write_text("\n".join(sorted(seen)) + "\n")
    ours = subprocess.run(["grep", "-rlaF", "-f", str(patterns), str(accounts.cli.home), *[str(path) for path in rig.folder.glob("canary-*")]], capture_output=True, text=True).stdout
    check("not in the console's folders: database, journals, audit, logs, sealed files", not ours, ours)
    text = b"\n".join(mine)
    check("not in the console's process list, 20 times a second", len(mine) > 10 and not any(word.encode() in text for word in seen))
    root = rig.hosts["mx1"]["root"]
    # Everything that the server wrote while it ran, and what its process lists showed.
    theirs = subprocess.run(["grep", "-rlaF", "-f", str(patterns), f"{root}/tmp", f"{root}/var/log", f"{root}/etc", f"{root}/root", f"{root}/home", f"{root}/run/mailward", f"{root}/var/tmp"], capture_output=True, text=True).stdout
    size = Path(f"{root}/tmp/seen").stat().st_size
    check("not on the server: process lists and environments, logs, configuration, homes and histories", size > 1000 and not theirs, (size, theirs))
    cores = rig.on("mx1", "find / -xdev -name 'core*' -type f -newer /etc/dovecot/dovecot.conf 2>/dev/null | grep -v '^/proc' | head -3").strip()
    check("no core file was left", not cores, cores)
    patterns.unlink()


def weak(accounts, rig, check, count):
    """40 of `count` in the passwd-file get a password of the list, some in PostgreSQL too; the rest have one that nobody would try."""
    rng = random.Random(11)
    numbers = rng.sample(range(count), 40)
    words = rig.folder / "defaults"
    words.write_text("Welcome2026\nMail-1234\n")
    # A fifth each: the company's default, made of the name, of the domain, of a season, of the top lists.
    kinds = ["Welcome2026", "u{:04}123", "Example@123", "Winter2026", "qwerty"]
    planted = {f"u{number:04}@example.org": kinds[place % 5].format(number) for place, number in enumerate(numbers)}
    users = Path(rig.hosts["mx1"]["root"]) / "etc/dovecot/users"
    lines = []
    for line in users.read_text().splitlines():
        name = line.split(":")[0]
        if re.fullmatch(r"u\d+@example\.org", name):
            line = f"{name}:{{SHA512-CRYPT}}{backends.quick_hash(planted.get(name, secrets.token_urlsafe(12)))}"
        lines.append(line)
    users.write_text("\n".join(lines) + "\n")
    default = {box["account"] for box in rig.hosts["mx1"]["accounts"] if box["role"] == "default-password"} # the rig's own
    rig.on("mx1", "psql -qXAt -h /run/pg -U postgres mail -c \"DELETE FROM mailbox WHERE username LIKE 'u%'\"")
    said = accounts.run(["audit", "--candidates", str(words), "--most", "50", "--cost-only", "--server", "mx1"])
    cost = said.rows[0]
    check("the cost is told first", said.code == 0 and cost["accounts"] >= count and cost["candidates"] == 50, said)
    started = time.monotonic()
    answer = accounts.run(["audit", "--candidates", str(words), "--most", "50", "--yes", "--seconds", "3600", "--server", "mx1"], limit=3 * LIMIT_S)
    taken = time.monotonic() - started
    names = {row["account"] for row in answer.rows} - default
    check(f"{count} accounts x 50 candidates: all 40 are found, 0 false", answer.code == 0 and names == set(planted), (sorted(set(planted) - names), sorted(names - set(planted)), answer))
    check("only names and kinds come back", all(set(row) == {"server", "account", "backend", "kind"} for row in answer.rows) and not any(word in answer.out + answer.err for word in planted.values()))
    check.note(f"it took {taken:.0f} s, and {cost['seconds']} s of one core were told before")


def run(binary, check):
    if lacks := backends.missing():
        check.note(f"skipped, not installed: {' '.join(lacks)}")
        raise SystemExit(77)
    count, cuts = (*SIZES, 0)[:2]
    with console.Rig("ab", hosts="mx1") as rig:
        backends.install(rig, "mx1", many=count)
        accounts = Accounts(binary, rig, check)
        if WEAK:
            weak(accounts, rig, check, count)
            return
        taken = bulk(accounts, rig, check, count)
        faults(accounts, rig, check, count, cuts, taken)
        canary(accounts, rig, check, 100 if cuts >= 100 else 3)


if __name__ == "__main__":
    del sys.argv[2:]
    console.main(run, limit_s=600 if SIZES == [200, 3] else 7000)
