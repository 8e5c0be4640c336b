#!/usr/bin/python3 -B
# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts taken back on real servers: every back end, old password refused and new one taken on IMAP and SMTP, sessions cut, mail held,
rules shown, hostile names refused, a wrong configuration found before anything is written: `tst_accounts.py places|answers|refusals PATH-OF-MAILWARD-CLI`."""

import concurrent.futures
import hashlib
import itertools
import json
import os
import subprocess
import sys
import threading
import time
import traceback
from collections import Counter

from mailrig import backends, clients, console

FRESH = itertools.count(1)
PASSPHRASE = "correct horse battery"
HOSTILE = ["a b@x.org", "a'b\"c@x.org", "$(touch /tmp/pwned)@x.org", "`id`@x.org", "../../etc/shadow", "a:b@x.org", "a\\b@x.org", "-x@x.org", "x'; DROP TABLE mailbox; --", "*)(mail=*", "a*@x.org",
           "a,b=c@x.org", "a\x01b", "a%u@x.org", "a" * 8192, "\u00e4@x.org", "a#b", "a;b", "a|b", "a&b", "a<b>", "alice@example.org\n:x", "alice@example.org\nroot:x:0:0", "\nbob@example.org", "bob@example.org\r", "ALL"]
BAD_HASHES = ["$6$x", "{SHA512-CRYPT}$6$x", "{SHA512-CRYPT}$6$" + "x" * 86 + ":0:0", "{SHA512-CRYPT}$6$" + "x" * 86 + "'", "{SHA512-CRYPT}$6$" + "x" * 86 + " root", "{PLAIN}" + "x" * 90, "{SHA512-CRYPT}$6$" + "x" * 86 + "\nroot:x"]
EXACT = ["o'brien@example.org", "a+b@example.org", "a=b@example.org", "x.y_z-1@example.org"]


def attempt(rig, service, account, password, ip="192.0.2.1", **more):
    host = {**rig.hosts["mx1"], "askpass": str(rig.folder / "rig/askpass")}
    return clients.Attempt(host, service, ip, account.encode(), password, **more)


class Session:
    """An IMAP or SMTP session that stays open, from the clients' namespace."""

    def __init__(self, rig, service, account, password):
        made = attempt(rig, service, account, password)
        self.lines = clients.Lines(made)
        self.talk = clients.PROTOCOLS[service](self.lines, made)
        self.talk.log_in()
        self.good = self.talk.answer()[0] == "success"

    def send(self, receiver):
        made = self.talk.attempt
        made.mail_to = receiver
        return self.talk.work()

    def is_open(self):
        try:
            self.lines.socket.settimeout(0.2)
            if isinstance(self.talk, clients.Imap):
                self.talk.command(b"NOOP")
                self.talk.reply()
            else:
                self.lines.send(b"NOOP")
                self.talk.reply(b"250")
            return True
        except (OSError, clients.Dropped, ValueError):
            return False

    def close(self):
        self.lines.close()


class Accounts:
    """The verbs of `mailward-cli accounts`, with a hand-over file of their own each."""

    def __init__(self, binary, rig, check):
        self.cli, self.rig, self.check, self.files = console.Console(binary, rig, check), rig, check, 0
        self.cli.add_servers()

    def __call__(self, *words, server="mx1", **options):
        return self.cli("accounts", *words, *(["--server", server] if server else []), **options)

    def run(self, words, limit=console.LIMIT_S):
        """With the passphrase on a file descriptor."""
        reader, writer = os.pipe()
        os.write(writer, PASSPHRASE.encode() + b"\n")
        os.close(writer)
        try:
            done = subprocess.run(self.cli.command("accounts", *words, "--passphrase-fd", str(reader)), capture_output=True, text=True, timeout=limit, stdin=subprocess.DEVNULL, pass_fds=[reader], env=self.cli.environment())
        finally:
            os.close(reader)
        answer = console.Answer(done)
        if answer.code not in (0, 1, 2) or console.SANITIZER.search(answer.err):
            self.check(f"accounts {words[0]}: ends in order", False, answer)
        return answer

    def reset(self, *words, **options):
        """The answer, and account -> new password."""
        self.files += 1
        path = self.rig.folder / f"slips-{self.files}"
        answer = self.run(["reset", *words, "--server", "mx1", "--handover", str(path)], **options)
        return answer, self.passwords(path) if path.exists() else {}

    def passwords(self, path):
        return {row["account"]: row["password"] for row in self.run(["open", str(path)]).rows}


def in_namespace(rig, place, work):
    """Runs `work` in a child in the clients' namespace; what it returns comes back as JSON."""
    from mailrig import network
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            network.enter(network.namespace(rig.id, place))
            os.write(writer, json.dumps(work()).encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as answer:
        text = answer.read()
    os.waitpid(child, 0)
    return json.loads(text)


def lets_in(rig, account, password):
    """IMAP and submission, once each: (imap, smtp). From an address of its own, since Dovecot lets one that failed wait ever longer."""
    ip = f"198.51.100.{next(FRESH)}"
    return tuple(in_namespace(rig, "clients", lambda: [told["outcome"] or told["note"] for service in ("imap", "submission")
                                                       for told in [next(iter(clients.talk(attempt(rig, service, account, password, ip))))]]))


def in_clients(rig, work):
    """Runs `work` in a process in the clients' namespace; its number."""
    from mailrig import network
    child = os.fork()
    if child == 0:
        try:
            network.enter(network.namespace(rig.id, "clients"))
            work()
        except Exception:  # told by the checks that miss what it should have said
            traceback.print_exc()
        finally:
            os._exit(0)
    return child


class Open:
    """An IMAP session, and an SMTP session that has sent a message, which wait in the clients' namespace for their end."""

    def __init__(self, rig, account, password, limit_s=60, receiver="bob@example.org"):
        self.told, tell = os.pipe()

        def wait():
            open_ones = {service: Session(rig, service, account, password) for service in ("imap", "submission")}
            open_ones["submission"].send(receiver)
            os.write(tell, b"r")
            ended, until = {}, time.monotonic() + limit_s
            for one in open_ones.values():
                one.lines.socket.settimeout(0.05)
            while len(ended) < len(open_ones) and time.monotonic() < until:
                for service in open_ones.keys() - ended.keys():
                    try:
                        if not open_ones[service].lines.socket.recv(4096):
                            ended[service] = time.monotonic()
                    except TimeoutError:
                        continue
                    except OSError:
                        ended[service] = time.monotonic()
            os.write(tell, json.dumps(ended).encode())

        self.child = in_clients(rig, wait)
        os.close(tell)
        self.good = os.read(self.told, 1) == b"r"

    def ended(self, since):
        """service -> seconds after `since`; what did not end is missing."""
        with os.fdopen(self.told) as answer:
            text = answer.read()
        os.waitpid(self.child, 0)
        return {service: at - since for service, at in json.loads(text or "{}").items()}


class Applied(threading.Thread):
    """When a plan came into the console's journal: what Apply does first."""

    def __init__(self, accounts):
        super().__init__(daemon=True)
        self.path, self.at = accounts.cli.home / "state/accounts.jsonl", None
        self.size = self.path.stat().st_size if self.path.exists() else 0
        self.start()

    def run(self):
        until = time.monotonic() + console.LIMIT_S
        while self.at is None and time.monotonic() < until:
            if self.path.exists() and self.path.stat().st_size > self.size:
                self.at = time.monotonic()
            time.sleep(0.01)


def stored(rig):
    """Every stored password of every back end, as one text: what must not change when nothing is to be written."""
    script = ("cat /etc/dovecot/users /etc/shadow; psql -XAtq -h /run/pg -U postgres mail -c 'SELECT * FROM mailbox ORDER BY 1'; mariadb --no-defaults -NB -S /run/my/socket mail -e 'SELECT * FROM users ORDER BY 1'; "
              "ldapsearch -LLL -o ldif-wrap=no -x -H ldapi://%2Frun%2Fldap%2Fsocket -D cn=mail,dc=example -w ldap-secret -b dc=example '(mail=*)' userPassword | sort")
    return rig.on("mx1", script)


def found(accounts, check):
    answer = accounts("find", code=0)
    kinds = [(row["backend"], row["kind"], row["problem"]) for row in answer.rows]
    check("every back end is found in the server's own configuration, in Dovecot's order", [kind for _, kind, _ in kinds] == ["passwd-file", "sql", "sql", "ldap", "system"] and not any(problem for _, _, problem in kinds), answer)
    check("the schema of PostfixAdmin is known", answer.rows[1]["preset"] == "postfixadmin" and "mail.mailbox" in answer.rows[1]["source"], answer)
    for number, (place, (account, _)) in enumerate(backends.PLACES.items(), 1):
        back = "system" if place == "system" else f"dovecot-{number}"
        tested = accounts("test", back, account)
        check(f"{place}: the test look-up finds {account} and may write", tested.code == 0 and tested.rows[0]["state"] == "open", tested)
        nobody = accounts("test", back, "nobody@example.org" if place != "system" else "nosuch")
        check(f"{place}: and says when there is no such account", nobody.code == 1 and "No such account" in nobody.err, nobody)


def one_place(accounts, rig, check, place, account, other):
    old = backends.old_password(account)
    check(f"{place}: before, the old password is taken on IMAP and SMTP", lets_in(rig, account, old) == ("success", "success"))
    inside, applied = Open(rig, account, old), Applied(accounts)
    answer, passwords = accounts.reset(account)
    ended = inside.ended(applied.at or 0)
    check(f"{place}: open sessions, IMAP and SMTP, are cut", inside.good and set(ended) == {"imap", "submission"} and answer.rows[0]["sessions_ended"] == 1 == answer.rows[0]["smtp_cut"], (inside.good, ended, answer))
    check.note(f"{place}: after Apply, " + ", ".join(f"{service} was cut in {seconds:.1f} s" for service, seconds in sorted(ended.items())))
    check(f"{place}: reset", answer.code == 0 and answer.rows[0]["state"] == "confirmed" and account in passwords, answer)
    new = passwords.get(account, "")
    said = lets_in(rig, account, old), lets_in(rig, account, new)
    check(f"{place}: the old password is refused, the new one taken, on IMAP and SMTP, though a cache of passwords is on", said == (("failure", "failure"), ("success", "success")), said)
    check(f"{place}: nobody else's changed", lets_in(rig, other, backends.old_password(other) if place not in ("passwd-file", "system") else {"bob@example.org": "bob-Mail-2026", "erin": "Erin-shell-2026"}[other]) == ("success", "success"))
    before = stored(rig)
    locked = accounts("lock", account)
    check(f"{place}: lock", locked.code == 0 and locked.rows[0]["state"] == "locked" and lets_in(rig, account, new) == ("failure", "failure"), locked)
    check(f"{place}: a second lock changes nothing and is no error", accounts("lock", account).code == 0)
    opened = accounts("unlock", account)
    check(f"{place}: unlock brings the exact old row back", opened.code == 0 and stored(rig) == before and lets_in(rig, account, new) == ("success", "success"), opened)
    undone = accounts("undo", answer.rows[0]["plan"])
    check(f"{place}: undo of the reset brings the old password back", undone.code == 0 and undone.rows[0]["state"] == "restored" and lets_in(rig, account, old) == ("success", "success"), undone)


def containment(accounts, rig, check):
    """Sessions, queue and rules of alice: all of hers, none of bob's."""
    account, other = backends.PLACES["passwd-file"]
    old, others = backends.old_password(account), "bob-Mail-2026"
    rig.on("mx1", "postconf -e 'defer_transports = smtp'; postfix reload >/dev/null 2>&1; mkdir -p /var/vmail/example.org/alice; "
           "printf 'require [\"copy\"];\\nif true { redirect :copy \"thief@evil.example\"; }\\n' >/var/vmail/example.org/alice/.dovecot.sieve; chown -R 5000:5000 /var/vmail/example.org/alice; "
           "printf 'alice@example.org alice@example.org, drop@evil.example\\n' >/etc/postfix/virtual; postconf -e 'virtual_alias_maps = texthash:/etc/postfix/virtual'")

    def in_clients():
        said = {}
        imap, smtp = Session(rig, "imap", account, old), Session(rig, "submission", account, old)
        his_imap, his_smtp = Session(rig, "imap", other, others), Session(rig, "submission", other, others)
        for _ in range(3):
            smtp.send("victim@nowhere.invalid")
        his_smtp.send("friend@nowhere.invalid")
        said["open before"] = [one.is_open() for one in (imap, smtp, his_imap, his_smtp)]
        started = time.monotonic()
        return said, imap, smtp, his_imap, his_smtp, started

    from mailrig import network
    ask, tell = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            network.enter(network.namespace(rig.id, "clients"))
            said, imap, smtp, his_imap, his_smtp, _ = in_clients()
            os.write(tell[1], b"r")
            os.read(ask[0], 1)
            said["after"] = [one.is_open() for one in (imap, smtp, his_imap, his_smtp)]
            os.write(tell[1], json.dumps(said).encode())
            code = 0
        except Exception:  # told by the checks that miss what it should have said
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(tell[1])
    os.read(tell[0], 1)
    shown = accounts("reset", account, "--preview", code=0).rows[0]
    check("the preview counts her sessions and queued mail, and shows who gets her mail", shown["sessions"] == 1 and shown["smtp_sessions"] == 1 and shown["queued"] == 3 and
          {rule["kind"] for rule in shown["rules"]} == {"sieve-redirect", "alias"} and "thief@evil.example" in json.dumps(shown["rules"]) and "drop@evil.example" in json.dumps(shown["rules"]), shown)
    check("a preview changes nothing", lets_in(rig, account, old) == ("success", "success"))
    started = time.monotonic()
    answer, _ = accounts.reset(account)
    taken = time.monotonic() - started
    os.write(ask[1], b"g")
    with os.fdopen(tell[0]) as pipe:
        said = json.loads(pipe.read())
    os.waitpid(child, 0)
    row = answer.rows[0] if answer.rows else {}
    check("reset: her sessions are cut, his stay", said["open before"] == [True] * 4 and said["after"] == [False, False, True, True], said)
    check.note(f"the whole reset took {taken:.1f} s under the sanitizers, look-up and review included")
    check("sessions and messages are counted", row.get("sessions_ended") == 1 and row.get("smtp_cut") == 1 and row.get("held") == 3, answer)
    queue = accounts("queue", account, code=0).rows + accounts("queue", other, code=0).rows
    check("her queued mail is on hold, his is not", sorted((mail["account"], mail["queue"] == "hold") for mail in queue) == [(account, True)] * 3 + [(other, False)], queue)
    first, second = [mail["id"] for mail in queue if mail["account"] == account][:2]
    theirs = [mail["id"] for mail in queue if mail["account"] == other]
    head = accounts("headers", account, first, code=0).rows
    check("the header of a held message can be read", head and "Minutes of the meeting" in head[0]["headers"], head)
    refused = accounts("delete", account, "--id", theirs[0])
    check("another's message is not hers to read or delete", accounts("headers", account, theirs[0]).code == 1 and refused.code == 1 and refused.rows == [] and "Somebody else" in refused.err, refused)
    check("one is released, one deleted", accounts("release", account, "--id", first, code=0).rows[0]["queue"] == "released")
    deleted = accounts("delete", account, "--id", "0123456789", "--id", second)
    check("of each it is told what really happened: one was deleted, one was not there", deleted.code == 1 and [(row["id"], row["queue"]) for row in deleted.rows] == [(second, "deleted")] and "0123456789: It is no longer" in deleted.err, deleted)
    again = accounts("release", account, "--id", first)
    check("what is not on hold cannot be released once more", again.code == 1 and again.rows == [] and "not on hold" in again.err, again)
    whole = accounts("delete", account)
    check("a whole queue is not deleted unasked; --preview shows it", whole.code == 1 and "--yes" in whole.err and len(accounts("delete", account, "--preview", code=0).rows) == 2 == len(accounts("queue", account).rows), whole)
    left = accounts("queue", account, code=0).rows + accounts("queue", other, code=0).rows
    check("and what is left is right", sorted((mail["account"], mail["queue"] == "hold") for mail in left) == [(account, False), (account, True), (other, False)], left)
    check("ids that are none are refused", accounts("delete", account, "--id", "ALL").code == 1 and len(accounts("queue", account).rows) == 2)
    accounts("undo", row.get("plan", ""))


def hostile(accounts, rig, check):
    before = stored(rig)
    for verb, names in (("lock", HOSTILE), ("kick", HOSTILE[:3]), ("queue", HOSTILE[:3])):
        bad = [name for name in names if not name.startswith("-") and accounts(verb, "--", name).code == 0]
        check(f"{verb}: no hostile name passes the console", not bad, bad)
    found = {row["backend"]: row["kind"] for row in accounts("find", code=0).rows}
    check("every kind of place is tried", sorted(found.values()) == ["ldap", "passwd-file", "sql", "sql", "system"], found)
    passed = [told for told in hostile_to_the_helper(rig) if not told[2].startswith((b"err name", b"err syntax"))]
    check("nor the helper, in any place, though it is asked with the place's own mark", not passed, passed[:5])
    check("nothing was written anywhere, nothing ran", stored(rig) == before and rig.on("mx1", "ls /tmp").strip() == "")
    odd_names(accounts, rig, check)


def hostile_to_the_helper(rig):
    """[(name, request, answer)]: what the helper says to names and hashes that the console would never send."""
    gate = rig.hosts["mx1"]["gate"]
    marks = {line.split()[1]: line.split()[3] for line in rig.on("mx1", f"printf 'account-find\\nend\\n' | {gate}").splitlines() if line.startswith("back ")}
    names = [*HOSTILE[:-1], "\udcff@x.org"]  # "ALL" may well be somebody's name; it is none of a message's id
    asked = [(name, f"{verb}\n{name}\n") for name in names for verb in ("account-look", "account-queue", "account-rules")]
    for back, mark in marks.items():
        asked += [(name, f"account-write\n0123456789abcdef lock {back} {mark} 60\n{name}\n") for name in names]
        asked += [(bad, f"account-write\n0123456789abcdef reset {back} {mark} 60\nbob@example.org {bad}\n") for bad in BAD_HASHES]

    def ask(one):
        name, request = one
        done = subprocess.run(rig.enter("mx1", gate), input=(request + "end\n").encode("utf-8", "surrogateescape"), capture_output=True, timeout=60)
        return name[:40], request[:40], done.stdout[:80]

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        return list(pool.map(ask, asked))


def odd_names(accounts, rig, check):
    """Names with characters that mean something to a shell, SQL or LDAP, and are names all the same: exactly their rows change."""
    old = backends.quick_hash("x")
    users = "".join(f"{name}:{{SHA512-CRYPT}}{old}\n" for name in EXACT)
    rig.on("mx1", f"cat >>/etc/dovecot/users <<'EOF'\n{users}EOF")
    rig.on("mx1", "mariadb --no-defaults -S /run/my/socket mail -e \"INSERT INTO users VALUES ('o''brien','my.example.org','\\$1\\$x\\$y')\"; psql -qX -h /run/pg -U postgres mail -c \"INSERT INTO mailbox VALUES ('o''brien@pg.example.org', '{MD5}x')\"")
    rig.on("mx1", f"printf 'x-y_z1:x:1999:1999::/home/x:/bin/sh\\n' >>/etc/passwd; printf '%s\\n' 'x-y_z1:{old}:19000:0:99999:7:::' >>/etc/shadow")
    wanted = EXACT + ["o'brien@my.example.org", "o'brien@pg.example.org", "x-y_z1"] + backends.ODD_IN_LDAP
    before = stored(rig)
    locked = accounts("lock", *wanted)
    changed = Counter(before.splitlines()) - Counter(stored(rig).splitlines())
    check("odd names that are names are handled exactly", locked.code == 0 and sorted(row["account"] for row in locked.rows) == sorted(wanted) and sum(changed.values()) == len(wanted), (locked, changed))
    opened = accounts("unlock", *wanted)
    check("and unlocked", opened.code == 0 and stored(rig) == before, opened)


def wrong_configuration(accounts, rig, check):
    """Each is found by the test look-up; nothing is written."""
    before = stored(rig)
    cases = {"a DB log-in that may only read": ("[dovecot-2]\nuser = reader\npassword = x\n", "dovecot-2", "paul@pg.example.org", "may read the passwords, not change"),
             "a wrong table": ("[dovecot-2]\ntable = mailboxes\n", "dovecot-2", "paul@pg.example.org", "cannot be read"),
             "a wrong DB password": ("[dovecot-3]\npassword = wrong\n", "dovecot-3", "mia@my.example.org", "cannot be read"),
             "a table name with SQL in it": ("[dovecot-2]\ntable = mailbox; DROP TABLE mailbox\n", "dovecot-2", "paul@pg.example.org", "does not show in which table"),
             "a wrong LDAP password": ("[dovecot-4]\nbind_password = wrong\n", "dovecot-4", "lena@ldap.example.org", "cannot be read"),
             "an LDAP log-in without rights": ("[dovecot-4]\nbind_dn = cn=mail2,dc=example\nbind_password = ldap-secret\n", "dovecot-4", "lena@ldap.example.org", "cannot be read|may read"),
             "a wrong file": ("[dovecot-1]\npath = /etc/dovecot/nosuch\n", "dovecot-1", "alice@example.org", "cannot be read"),
             "a file that is not the one that Dovecot reads": ("[dovecot-1]\npath = /etc/dovecot/other\n", "dovecot-1", "stranger@example.org", "does not know this account")}
    rig.on("mx1", "printf 'stranger@example.org:{PLAIN}x\\n' >/etc/dovecot/other; mkdir -p /etc/mailward")
    for text, (config, back, account, wanted) in cases.items():
        rig.on("mx1", f"cat >/etc/mailward/accounts <<'EOF'\n{config}EOF")
        answer = accounts("test", back, account)
        check(f"{text} is found by the test look-up", answer.code == 1 and console.re.search(wanted, answer.err), answer)
        audit = accounts("audit", "--cost-only")
        read = "cannot be read" not in answer.err and "does not show" not in answer.err
        check(f"{text}: the audit of weak passwords " + ("goes on" if read else "claims nothing"), (audit.code == 0) == read and (read or back in audit.err), audit)
        before_lock = stored(rig)
        if "does not know" in wanted:
            shown = accounts("lock", account, "--preview")
            check(f"{text}: the preview says so", "does not know" in shown.err, shown)
            continue
        locked = accounts("lock", account)
        check(f"{text}: nor is anything written by a plan", locked.code == 1 and stored(rig) == before_lock, locked)
    rig.on("mx1", "chmod 666 /etc/mailward/accounts")
    check("a configuration that others may write is not taken", accounts("find").code == 1)
    rig.on("mx1", "rm /etc/mailward/accounts")
    check("nothing was written", stored(rig) == before)
    truncated(accounts, rig, check)


def truncated(accounts, rig, check):
    """An LDAP server that hands out no more than one entry a search."""
    start = "slapd -f /run/ldap/slapd.conf -h ldapi://%2Frun%2Fldap%2Fsocket >/run/ldap/log 2>&1 </dev/null; chmod 777 /run/ldap/socket"
    stop = "kill $(cat /run/ldap/pid); n=0; while [ -e /run/ldap/pid ] && [ $n -lt 100 ]; do n=$((n + 1)); sleep 0.1; done"
    rig.on("mx1", f"{stop}; cp /run/ldap/slapd.conf /run/ldap/whole.conf; sed -i 's/^suffix/sizelimit 1\\n&/' /run/ldap/slapd.conf; {start}")
    audit, listed = accounts("audit", "--cost-only"), accounts("list")
    check("an LDAP search that was cut short is no whole answer", audit.code == 1 and "dovecot-4" in audit.err and listed.code == 1 and "dovecot-4" in listed.err, (audit, listed))
    rig.on("mx1", f"{stop}; mv /run/ldap/whole.conf /run/ldap/slapd.conf; {start}")
    check("and is one again without the limit", accounts("audit", "--cost-only").code == 0)


SCHEMAS = {
    "postfixadmin": ("mysql", "postfix", "SELECT username AS user,password FROM mailbox WHERE username = '%u' AND active='1'",
                     "CREATE TABLE mailbox (username varchar(255), password varchar(255), name varchar(255), active tinyint, created datetime, modified datetime); INSERT INTO mailbox VALUES ('pa@x.org', '$1$x$y', '', 1, now(), now())", "pa@x.org"),
    "iredmail": ("mysql", "vmail", "SELECT mailbox.password, mailbox.allow_nets FROM mailbox,domain WHERE mailbox.username='%u' AND mailbox.active=1",
                 "CREATE TABLE mailbox (username varchar(255), password varchar(255), active tinyint, created datetime, passwordlastchange datetime, allow_nets varchar(255)); INSERT INTO mailbox VALUES ('ir@x.org', '{SSHA512}x', 1, now(), now(), NULL); "
                 "CREATE TABLE domain (domain varchar(255)); INSERT INTO domain VALUES ('x.org'); "
                 "CREATE TABLE last_login (username varchar(255), domain varchar(255), imap int, pop3 int, lda int); INSERT INTO last_login VALUES ('ir@x.org', 'x.org', 1750000000, NULL, 5)", "ir@x.org"),
    "mailcow": ("mysql", "mailcow", "SELECT password FROM mailbox WHERE username = '%u' AND active = '1'",
                "CREATE TABLE mailbox (username varchar(255), password varchar(255), active tinyint, created datetime, modified datetime); INSERT INTO mailbox VALUES ('mc@x.org', '{BLF-CRYPT}x', 1, now(), now()); "
                "CREATE TABLE app_passwd (id int, name varchar(255), mailbox varchar(255), active tinyint); INSERT INTO app_passwd VALUES (1, 'Old phone', 'mc@x.org', 1); CREATE TABLE tfa (username varchar(255), active tinyint); INSERT INTO tfa VALUES ('mc@x.org', 1)", "mc@x.org"),
    "modoboa": ("pgsql", "modoboa", "SELECT email AS user, password, '*:bytes=' || mb.quota || 'M' AS userdb_quota_rule FROM core_user u INNER JOIN admin_mailbox mb ON u.id=mb.user_id WHERE (u.email='%Lu' OR u.username='%Lu') AND u.is_active='t'",
                "CREATE TABLE core_user (id int, email varchar, username varchar, password varchar, is_active boolean, date_joined timestamptz); INSERT INTO core_user VALUES (1, 'mo@x.org', 'mo@x.org', '{SHA256-CRYPT}x', true, now()); "
                "CREATE TABLE admin_mailbox (user_id int, quota int); INSERT INTO admin_mailbox VALUES (1, 10)", "mo@x.org"),
}


def schemas(accounts, rig, check):
    """What the known web panels keep: found by their tables, looked up, locked and opened again."""
    kept = rig.on("mx1", "cat /etc/dovecot/dovecot.conf")
    for number, (preset, (driver, database, query, script, account)) in enumerate(SCHEMAS.items()):
        host = "host=/run/my/socket user=dovecot password=my'sec" if driver == "mysql" else "host=/run/pg user=postgres password=x"
        rig.on("mx1", f"cat >/etc/dovecot/{preset}.ext <<'EOF'\ndriver = {driver}\nconnect = {host} dbname={database}\npassword_query = {query}\nEOF\n"
               f"printf 'passdb {{\\n  driver = sql\\n  args = /etc/dovecot/{preset}.ext\\n}}\\n' >>/etc/dovecot/dovecot.conf")
        if driver == "mysql":
            rig.on("mx1", f"mariadb --no-defaults -S /run/my/socket <<'EOF'\nCREATE DATABASE {database}; USE {database}; {script}; GRANT ALL ON {database}.* TO dovecot@localhost;\nEOF")
        else:
            rig.on("mx1", f"psql -qX -h /run/pg -U postgres -c 'CREATE DATABASE {database}'; psql -qX -h /run/pg -U postgres {database} <<'EOF'\n{script};\nEOF")
    rig.on("mx1", "doveadm reload; sleep 0.5")
    rows = {row["preset"]: row for row in accounts("find", code=0).rows if row["preset"] and not row["source"].startswith("pgsql mail.")}
    check("the schemas of four panels are known by their tables", set(rows) == set(SCHEMAS) and not any(row["problem"] for row in rows.values()), rows)
    for preset, (_, _, _, _, account) in SCHEMAS.items():
        locked, opened = accounts("lock", account), accounts("unlock", account)
        check(f"{preset}: lock and unlock", locked.code == opened.code == 0 and locked.rows[0]["backends"] == rows.get(preset, {}).get("backend"), (locked, opened))
    listed = {row["account"]: row for row in accounts("list", code=0).rows}
    check("mailcow: application passwords and a second factor are known, and shown for review", listed["mc@x.org"].get("app_passwords") == 1 and listed["mc@x.org"].get("second_factor") is True and
          any(row["kind"] == "app-password" and row["target"] == "Old phone" for row in accounts("rules", "mc@x.org", code=0).rows), listed.get("mc@x.org"))
    check("iRedMail: the last log-in is known; of accounts elsewhere nothing is said", listed["ir@x.org"].get("last_login", "").startswith("2025-06-15") and not {"second_factor", "last_login"} & set(listed["pa@x.org"]),
          (listed["ir@x.org"], listed["pa@x.org"]))
    (console.Path(rig.hosts["mx1"]["root"]) / "etc/dovecot/dovecot.conf").write_text(kept)
    rig.on("mx1", "doveadm reload; sleep 0.5")


def protected(accounts, rig, check):
    before = stored(rig)
    for name in ("root", "vmail", "mwops", "postfix"):
        answer = accounts("lock", name)
        check(f"{name} is never touched", answer.code == 1, answer)
    rig.on("mx1", "echo bob@example.org >/etc/mailward/protected-accounts")
    check("nor whoever the admin protects", accounts("lock", "bob@example.org").code == 1)
    rig.on("mx1", "rm /etc/mailward/protected-accounts")
    check("nothing was written", stored(rig) == before)


def printed(accounts, rig, check):
    """For scripts: no file, the new password on standard output, and nobody waits for it any more."""
    answer = accounts("reset", "frank", "--print", "--words", "5", "--no-review")
    password = answer.rows[-1].get("password", "") if answer.rows else ""
    check("--print shows the new password once", answer.code == 0 and password.count("-") == 4 and lets_in(rig, "frank", password) == ("success", "success"), answer)
    check("without a place for it nothing is reset", accounts("reset", "frank").code == 1 and lets_in(rig, "frank", password) == ("success", "success"))
    check("and then it counts as handed over", not any(row["unfinished"] for row in accounts("plans", server=None).rows if row["plan"] == answer.rows[0]["plan"]))


def contained(accounts, rig, check):
    """What a verb is called is what it does."""
    answer = accounts("reset", "frank", "--print", "--no-review")
    old = answer.rows[-1]["password"]
    locked = accounts("contain", "frank")
    check("contain shuts the door: without a place for a new password it locks", locked.code == 0 and locked.rows[0]["state"] == "locked" and lets_in(rig, "frank", old) == ("failure", "failure"), locked)
    accounts("unlock", "frank", code=0)
    reset = accounts("contain", "frank", "--print", "--no-review")
    new = reset.rows[-1].get("password", "")
    check("and with one it resets", reset.code == 0 and reset.rows[0]["state"] == "confirmed" and [lets_in(rig, "frank", word)[0] for word in (old, new)] == ["failure", "success"], reset)
    kicked = accounts("kick", "frank")
    check("what leaves the password alone says \"done\", not \"confirmed\"", kicked.code == 0 and kicked.rows[0]["state"] == "done" and lets_in(rig, "frank", new) == ("success", "success"), kicked)


def silent(accounts, rig, check):
    """An SMTP session that logged in and has sent nothing yet: Postfix names nobody there, so only --silent ends it, with all the others of its kind."""
    account, other = backends.PLACES["passwd-file"]
    told, tell = os.pipe()
    heard, say = os.pipe()

    def look_three_times():
        hers, his = Session(rig, "submission", account, backends.old_password(account)), Session(rig, "imap", other, "bob-Mail-2026")
        said = []
        for _ in range(3):
            said.append([hers.is_open(), his.is_open()])
            os.write(tell, b"r")
            os.read(heard, 1)
        os.write(tell, json.dumps(said).encode())

    child = in_clients(rig, look_three_times)
    os.close(tell)
    os.read(told, 1)
    usual = accounts("kick", account)
    os.write(say, b"g")
    os.read(told, 1)
    wide = accounts("kick", account, "--silent")
    os.write(say, b"g")
    os.read(told, 1)
    os.write(say, b"g")
    with os.fdopen(told) as answer:
        said = json.loads(answer.read() or "[]")
    os.waitpid(child, 0)
    check("an SMTP session that sent nothing is nobody's, and stays", said[:2] == [[True, True]] * 2 and usual.rows[0]["smtp_cut"] == 0, (said, usual))
    check("--silent ends it, and no IMAP session of anybody else", said[2:] == [[False, True]] and wide.code == 0, (said, wide))


def unconfirmed(accounts, rig, check):
    """The server takes a change back that nobody confirms: written by hand here, as by a console that died. Once with the helper that is
    installed, once with the text that is sent along to root."""
    before = stored(rig)
    root = console.Path(rig.hosts["mx1"]["root"])
    server = console.HERE.parent.parent / "installer/server"
    (root / "run/sent").write_text("".join(part.read_text() for part in sorted((server / "gate.d").glob("accounts*"))) + (server / "mailward-gate").read_text())
    for number, (gate, back, account) in enumerate((("/usr/local/sbin/mailward-gate", "dovecot-2", "paul@pg.example.org"), ("sh /run/sent", "dovecot-3", "mia@my.example.org"))):
        mark = rig.on("mx1", f"printf 'account-find\\nend\\n' | {gate} | sed -n 's/^back {back} sql \\([0-9a-f]*\\) .*/\\1/p'").strip()
        said = rig.on("mx1", f"printf 'account-write\\n00000000000000a{number} lock {back} {mark} 30\\n{account}\\nend\\n' | {gate}")
        check(f"{back}: a row is written, and the timer runs", "written" in said and stored(rig) != before, said)
    started = time.monotonic()
    while (after := stored(rig)) != before and time.monotonic() - started < 60:
        time.sleep(1)
    check("unconfirmed, the exact old rows are back", after == before)
    check.note(f"both taken back {time.monotonic() - started:.0f} s after, window 30 s, on a busy machine")


def audited(accounts, check, wanted):
    actions = {row["action"] for row in accounts.cli("audit", code=0).rows}
    check("every change is in the audit log", wanted <= actions, actions)
    check("and its chain is sound", accounts.cli("audit", "--verify").code == 0)
    check("no hash is in the console's folder", not subprocess.run(["grep", "-rlE", r"\$6\$|SHA512-CRYPT\}", str(accounts.cli.home)], capture_output=True, text=True).stdout)


def weak(accounts, rig, check):
    """40 planted, in every place and scheme; all found, nobody else."""
    planted = {"paul@pg.example.org": "Welcome2026", "mia@my.example.org": "Mia@123", "lena@ldap.example.org": "Winter2026", "dave": "dave123"}
    words = rig.folder / "defaults"
    words.write_text("Welcome2026\n")
    hashes = {name: backends.quick_hash(password) for name, password in planted.items()}
    rig.on("mx1", f"""psql -qX -h /run/pg -U postgres mail <<'EOF'
UPDATE mailbox SET password = '{hashes["paul@pg.example.org"]}' WHERE username = 'paul@pg.example.org';
EOF
mariadb --no-defaults -S /run/my/socket mail <<'EOF'
UPDATE users SET password = '{hashes["mia@my.example.org"]}' WHERE userid = 'mia';
EOF
printf 'dn: cn=O\\047Brien\\\\2C lena,ou=people,dc=example\\nchangetype: modify\\nreplace: userPassword\\nuserPassword: {{CRYPT}}%s\\n' '{hashes["lena@ldap.example.org"]}' | ldapmodify -x -H ldapi://%2Frun%2Fldap%2Fsocket -D cn=mail,dc=example -w ldap-secret >/dev/null
printf 'dave:%s\\n' '{hashes["dave"]}' | chpasswd -e""")
    lines, kinds = [], ["{PLAIN}", "{SHA512.HEX}", "{SSHA256}", "{MD5-CRYPT}"]
    for number in range(36):
        name = f"weak{number:02}@example.org"
        password = ["Welcome2026", f"weak{number:02}123", "Example@123", "qwerty"][number % 4]
        scheme = kinds[number // 4 % 4]
        if scheme == "{PLAIN}":
            stored_as = "{PLAIN}" + password
        elif scheme == "{SHA512.HEX}":
            stored_as = "{SHA512.HEX}" + hashlib.sha512(password.encode()).hexdigest()
        elif scheme == "{SSHA256}":
            import base64
            stored_as = "{SSHA256}" + base64.b64encode(hashlib.sha256(password.encode() + b"salt").digest() + b"salt").decode()
        else:
            import crypt
            stored_as = "{MD5-CRYPT}" + crypt.crypt(password, "$1$abcdefgh$")
        planted[name] = password
        lines.append(f"{name}:{stored_as}\n")
    # The rig's own six with a default password have another one than the company's here.
    rig.on("mx1", f"sed -i '/Welcome/d' /etc/dovecot/users; cat >>/etc/dovecot/users <<'EOF'\n{''.join(lines)}EOF")
    cost = accounts("audit", "--candidates", str(words), "--cost-only", code=0)
    check("the cost is told first", cost.rows and cost.rows[0]["accounts"] > 100 and "of one core" in cost.err, cost)
    answer = accounts("audit", "--candidates", str(words), "--yes")
    names = {row["account"] for row in answer.rows}
    default = {f"{name}@example.org" for name in ("reception", "sales", "support", "billing", "hr", "info")} & {box["account"] for box in rig.hosts["mx1"]["accounts"] if box["role"] == "default-password"}
    check("all 40 weak ones are found, nobody else", names - default == set(planted) and len(planted) == 40, (sorted(set(planted) - names), sorted(names - default - set(planted)), answer))
    check("the company's default is named as such", {row["kind"] for row in answer.rows if row["account"] == "paul@pg.example.org"} == {"default"}, answer)
    check("no password is in the answer", not any(word in answer.out for word in ("Welcome2026", "Mia@123", "Winter2026", "qwerty")), answer.out)
    rig.on("mx1", f"cat >>/etc/dovecot/users <<'EOF'\n{''.join(f'slow{n}@example.org:{{BLF-CRYPT}}$2y$12$abcdefghijklmnopqrstuuhKF09ZYWwH2zP/0fwE1X8e/Q1YNx/hO' + chr(10) for n in range(60))}EOF")
    dear = accounts("audit", "--candidates", str(words))
    check("a site with a slow hash is warned before it starts", dear.code == 1 and "six minutes" in dear.err and "BLF-CRYPT 12" in dear.err and not dear.rows, dear)
    capped = accounts("audit", "--candidates", str(words), "--yes", "--seconds", "1")
    check("and a cap ends it", capped.code == 1 and "stopped after 1 s" in capped.err, capped)
    running = accounts.cli.start("accounts", "audit", "--candidates", str(words), "--yes", "--seconds", "600", "--server", "mx1")
    at_work = lambda: rig.on("mx1", "pgrep -c -x perl || :").strip() != "0"  # noqa: E731
    started = time.monotonic()
    while not at_work() and time.monotonic() - started < 40:
        time.sleep(0.2)
    seen = at_work()
    running.kill()
    running.communicate()
    started = time.monotonic()
    while at_work() and time.monotonic() - started < 20:
        time.sleep(0.2)
    check("an audit whose console is gone ends", seen and not at_work())
    check.note(f"it ended after {time.monotonic() - started:.1f} s")
    policy = {row["id"]: row["verdict"] for row in accounts("policy", code=0).rows}
    check("the policy says what the server enforces", policy.get("plaintext") == "fail" and policy.get("hashes") == "warn" and policy.get("delay") == "pass", policy)


def places(accounts, rig, check):
    found(accounts, check)
    for place, (account, other) in backends.PLACES.items():
        one_place(accounts, rig, check, place, account, other)
    audited(accounts, check, {"account-reset", "account-lock", "account-unlock", "account-undo"})


def answers(accounts, rig, check):
    containment(accounts, rig, check)
    printed(accounts, rig, check)
    contained(accounts, rig, check)
    silent(accounts, rig, check)
    unconfirmed(accounts, rig, check)
    weak(accounts, rig, check)
    audited(accounts, check, {"account-reset", "account-undo", "queue-release", "queue-delete"})


def refusals(accounts, rig, check):
    wrong_configuration(accounts, rig, check)
    schemas(accounts, rig, check)
    protected(accounts, rig, check)
    hostile(accounts, rig, check)
    audited(accounts, check, {"account-lock", "account-unlock"})


PARTS = {"places": places, "answers": answers, "refusals": refusals} # on a rig of its own each, side by side


def main():
    part = PARTS[sys.argv.pop(1)]

    def run(binary, check):
        if lacks := backends.missing():
            check.note(f"skipped, not installed: {' '.join(lacks)}")
            raise SystemExit(77)
        with console.Rig("ac", hosts="mx1") as rig:
            backends.install(rig, "mx1")
            part(Accounts(binary, rig, check), rig, check)

    console.main(run, limit_s=940)


if __name__ == "__main__":
    main()
