#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server's helper against real nftables, in a network namespace of its own. Needs root; exit 77 without."""
import atexit
import hashlib
import ipaddress
import itertools
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
SERVER = HERE.parent.parent / "installer/server"
PARTS = sorted((SERVER / "gate.d").iterdir())
GATE = pathlib.Path(tempfile.mkdtemp(prefix="mwg")) / "mailward-gate"
GATE.write_bytes(b"".join(part.read_bytes() for part in [*PARTS, SERVER / "mailward-gate"]))  # as it is sent along
GATE.parent.chmod(0o755)
atexit.register(shutil.rmtree, GATE.parent)
NUMBERS = itertools.count()
ID, OTHER = "0123456789abcdef", "fedcba9876543210"
AUTH = "110,143,465,587,993,995,4190"
FOREIGN = 'table inet f2b { chain c { type filter hook input priority -1; policy accept; tcp dport 25 ip saddr 203.0.113.9 drop; }\n}\n'


class Host:
    def __init__(self, backend=None):
        self.name = f"mwg{os.getpid()}{next(NUMBERS)}"
        self.keeper = subprocess.Popen([HERE / "gatehost.sh", self.name], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.pid = self.keeper.stdout.readline().decode().strip()
        if not self.pid:
            raise RuntimeError("no host for the test")
        if backend:
            self.run("sh", "-c", f"mkdir -p /etc/mailward && echo {backend} >/etc/mailward/backend")

    def close(self):
        self.keeper.stdin.close()
        self.keeper.wait(10)
        self.keeper.stdout.close()

    def run(self, *words, data=b"", env=None):
        return subprocess.run(["nsenter", "-t", self.pid, "-m", "-n", "-p", "--", *words], input=data, env=env,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)

    def gate(self, text, *arguments, env=None):
        data = text if isinstance(text, bytes) else text.encode()
        done = self.run("/bin/sh", str(GATE), *arguments, data=data, env=env)
        assert done.stderr == b"", done.stderr
        return done.stdout.decode().splitlines()

    def ask(self, verb, data=""):
        return self.gate(f"{verb}\n{data}end\n")

    def state(self):
        return self.ask("state")

    def hash(self):
        return self.state()[-1].split()[1]

    def boot(self):
        """What the unit, or cron, runs when the server starts."""
        return self.run("sh", "-c", "printf 'load\\nend\\n' | /bin/sh /etc/mailward/gate").stdout.decode().splitlines()

    def bans(self):
        return [line for line in self.state() if line.startswith("ban ")]

    def stage(self, batch, plan=ID):
        digest = hashlib.sha256(batch.encode()).hexdigest()
        return self.ask("stage", f"{plan} {len(batch)} {digest}\n{batch}")

    def apply(self, batch, plan=ID, window=30):
        answers = [self.stage(batch, plan)[-1], self.ask("arm", f"{plan} {window}\n")[-1]]
        answers.append(self.ask("apply", f"{plan} {self.hash()}\n")[-1])
        return answers

    def connects(self, source, port, greeting=b""):
        """True when a client at `source` gets through to the host's `port` (a refusal is an answer, too), and is told the `greeting` there."""
        code = ("import socket,sys\ns=socket.socket();s.settimeout(float(sys.argv[4]));s.bind((sys.argv[1],0))\n"
                "try:\n  s.connect(('192.0.2.11',int(sys.argv[2])))\n"
                "  if sys.argv[3] and not s.recv(99).startswith(sys.argv[3].encode()): sys.exit(1)\n"
                "except ConnectionRefusedError: sys.exit(bool(sys.argv[3]))\nexcept OSError: sys.exit(1)\n")
        wait_s = "3" if greeting else "0.4"
        return subprocess.run(["ip", "netns", "exec", self.name + "-c", sys.executable, "-S", "-c", code, source, str(port), greeting.decode(), wait_s]).returncode == 0

    def ruleset(self, table):
        return self.run("nft", "-nn", "-s", "list", "table", "inet", table).stdout


class GateTest(unittest.TestCase):
    def setUp(self):
        self.host = Host()
        self.addCleanup(self.host.close)

    def ok(self, answers):
        for answer in answers:
            self.assertRegex(answer, "^ok", answers)

    def test_apply_confirm_revert(self):
        host = self.host
        host.run("nft", "-f", "-", data=FOREIGN.encode())
        before = host.ruleset("f2b")
        self.assertTrue(host.connects("198.51.100.7", 587))
        self.ok(host.apply(f"ban 198.51.100.0/24 {AUTH} 600\nban 2001:db8:bad::/48 25,143 600\n"))
        self.assertFalse(host.connects("198.51.100.7", 587))
        self.assertTrue(host.connects("198.51.100.7", 25), "25 was not asked for")
        self.assertTrue(host.connects("203.0.113.7", 587))
        self.assertIn(" intact ", host.state()[-1])
        self.ok(host.ask("confirm", ID + "\n"))
        self.ok(host.ask("confirm", ID + "\n"))
        kept = host.bans()
        self.assertEqual(host.run("ps", "ax").stdout.count(b"mailward/timer"), 0, "the timer is gone")
        # A reboot: the kernel forgets, what was saved brings it back.
        host.run("nft", "delete", "table", "inet", "mailward")
        self.assertIn(" altered ", host.state()[-1])
        self.ok(host.boot())
        self.assertEqual(host.bans(), kept)
        self.assertIn(" intact ", host.state()[-1])
        self.ok(host.ask("undo", ID + "\n"))
        self.assertEqual(host.bans(), [])
        self.assertTrue(host.connects("198.51.100.7", 587))
        self.assertEqual(host.ruleset("f2b"), before)

    def test_unconfirmed_comes_back_by_itself(self):
        host = self.host
        self.ok(host.apply(f"ban 203.0.113.0/24 {AUTH} 600\n", OTHER))
        self.ok(host.ask("confirm", OTHER + "\n"))
        before = host.bans()
        self.ok(host.apply(f"unban 203.0.113.0/24 all\nban 198.51.100.0/24 {AUTH} 600\n", ID, 5))
        started = time.monotonic()
        self.assertFalse(host.connects("198.51.100.7", 143))
        while not host.connects("198.51.100.7", 143):
            self.assertLess(time.monotonic() - started, 10, "window + 5 s")
            time.sleep(0.2)
        self.assertEqual(host.bans(), before, "exactly what was there")
        self.assertFalse(host.connects("203.0.113.7", 143))
        self.assertEqual(host.ask("confirm", ID + "\n"), ["err state"])
        self.ok(host.ask("undo", ID + "\n"))
        self.assertEqual(host.bans(), before)

    def test_expiry_and_unban(self):
        host = self.host
        self.ok(host.apply(f"ban 198.51.100.0/24 {AUTH} 3\nban 203.0.113.7 {AUTH} 600\n"))
        self.ok(host.ask("confirm", ID + "\n"))
        time.sleep(3.2)
        self.assertTrue(host.connects("198.51.100.7", 143))
        self.assertEqual(len(host.bans()), 1)
        self.ok(host.ask("unban", "unban 203.0.113.7 all\n"))
        self.assertEqual(host.bans(), [])
        self.assertEqual(host.run("grep", "-c", "203.0.113.7", "/etc/mailward/bans").stdout.strip(), b"0")

    def test_what_the_kernel_still_drops_is_shown(self):
        """Elements that outlive their own stamp, as an old saved table would bring them back."""
        host = self.host
        self.ok(host.apply(f"ban 203.0.113.0/24 {AUTH} 600\n"))
        stale = f'add element inet mailward v4_{AUTH.replace(",", "_")} {{ 198.51.100.0/24 timeout 1h comment "{OTHER}@{int(time.time()) - 300}" }}\n'
        self.assertEqual(host.run("nft", "-f", "-", data=stale.encode()).returncode, 0)
        self.assertFalse(host.connects("198.51.100.7", 143))
        self.assertIn(f"ban v4_{AUTH.replace(',', '_')} 198.51.100.0/24 0 -", host.bans())
        self.ok(host.ask("confirm", ID + "\n"))
        self.ok(host.ask("sweep"))
        self.assertEqual(len(host.bans()), 1)
        self.assertTrue(host.connects("198.51.100.7", 143))

    def test_what_comes_back_unasked_is_judged_too(self):
        """Whoever is protected by now is not banned by an undo or a boot, whatever was saved."""
        host = self.host
        self.ok(host.apply(f"ban 198.51.100.0/24 {AUTH} 600\nban 203.0.113.0/24 {AUTH} 600\n"))
        self.ok(host.ask("confirm", ID + "\n"))
        self.ok(host.apply("unban 198.51.100.0/24 all\n", OTHER))
        protect = lambda text: host.run("sh", "-c", "cat >/etc/mailward/protected", data=text)
        protect(b"198.51.100.7\n")
        self.ok(host.ask("undo", OTHER + "\n"))
        self.assertEqual([line.split()[2] for line in host.bans()], ["203.0.113.0/24"])
        host.run("sh", "-c", "nft delete table inet mailward; rm -rf /run/mailward/*")
        self.ok(host.boot())
        self.assertEqual([line.split()[2] for line in host.bans()], ["203.0.113.0/24"])
        # A list that cannot be read stops bans, but never an undo.
        self.ok(host.apply("unban 203.0.113.0/24 all\n", OTHER))
        protect(b"root:secret\n")
        self.ok(host.ask("undo", OTHER + "\n"))
        self.assertEqual([line.split()[2] for line in host.bans()], ["203.0.113.0/24"])
        host.run("sh", "-c", "nft delete table inet mailward; rm -rf /run/mailward/*")
        self.assertEqual(host.boot(), ["err list"])
        self.assertEqual(host.bans(), [])

    def test_cron_calls_load_at_boot(self):
        """Where there is neither systemd nor anything of the admin's. It goes with the last ban."""
        host = self.host
        host.run("rm", "-rf", "/etc/cron.d")
        self.assertNotIn("boots", host.ask("version"))
        self.ok(host.apply(f"ban 203.0.113.0/24 {AUTH} 600\n"))
        self.assertEqual(host.ask("confirm", ID + "\n"), ["ok noboot"])
        host.run("sh", "-c", """mkdir -p /etc/cron.d /run/o/up2 /run/o/work2; printf '#!/bin/sh\n' >/run/o/up2/crond; chmod 755 /run/o/up2/crond
          mount -t overlay overlay -o lowerdir=/usr/sbin,upperdir=/run/o/up2,workdir=/run/o/work2 /usr/sbin""")
        self.assertIn("boots", host.ask("version"))
        self.ok(host.apply(f"ban 203.0.113.7 25 600\n", OTHER))
        self.assertEqual(host.ask("confirm", OTHER + "\n"), ["ok boot"])
        self.assertEqual(host.run("cat", "/etc/cron.d/mailward-load").stdout, b"@reboot root printf 'load\\nend\\n' | /bin/sh /etc/mailward/gate\n")
        self.ok(host.ask("unban", "unban 203.0.113.0/24 all\nunban 203.0.113.7 all\n"))
        self.assertNotEqual(host.run("test", "-e", "/etc/cron.d/mailward-load").returncode, 0)

    def test_order_and_staleness(self):
        host = self.host
        nothing = host.hash()
        self.assertEqual(host.ask("apply", f"{ID} {nothing}\n"), ["err state"])
        self.assertEqual(host.ask("arm", ID + " 30\n"), ["err state"])
        self.ok(host.stage(f"ban 203.0.113.7 {AUTH} 60\n"))
        self.assertEqual(host.ask("apply", f"{ID} {nothing}\n"), ["err state"], "not without a timer")
        self.ok(host.ask("arm", ID + " 30\n"))
        self.assertEqual(host.ask("apply", f"{ID} {'0' * 64}\n"), ["err stale"])
        self.assertEqual(host.bans(), [])
        self.ok(host.stage(f"ban 203.0.113.8 {AUTH} 60\n", OTHER))
        self.assertEqual(host.ask("arm", OTHER + " 30\n"), ["err busy"])
        host.run("sh", "-c", f"kill -s KILL -- -$(cat /run/mailward/{ID}/pid)")
        self.assertEqual(host.ask("apply", f"{ID} {nothing}\n"), ["err timer"])
        self.ok(host.ask("undo", ID + "\n"))

    def test_protected(self):
        host = self.host
        host.run("sh", "-c", "mkdir -p /etc/mailward; echo '203.0.113.64/26 # office' >/etc/mailward/protected")
        for prefix in ("192.0.2.0/24", "127.0.0.1", "2001:db8:1::/64", "203.0.113.0/24", "203.0.113.70", "203.0.113.96/27", "fe80::/64"):
            self.assertEqual(host.stage(f"ban {prefix} 22 60\n"), ["err protected 1"], prefix)
        self.ok(host.stage("ban 203.0.113.128/25 22 60\n"))
        batch = "ban 198.51.100.0/24 22 60\n"
        text = f"stage\n{ID} {len(batch)} {hashlib.sha256(batch.encode()).hexdigest()}\n{batch}end\n"
        self.assertEqual(host.gate(text, env={"SSH_CONNECTION": "198.51.100.9 4000 192.0.2.11 22"}), ["err protected 1"])
        host.run("sh", "-c", "echo root:secret >/etc/mailward/protected")
        self.assertEqual(host.stage("ban 203.0.113.128/25 22 60\n"), ["err list"], "closed, and silent about the content")

    def test_what_stage_made_is_for_apply_while_nothing_has_changed(self):
        host = self.host
        self.ok(host.apply(f"ban 198.51.100.0/24 {AUTH} 600\n", OTHER))
        self.ok(host.ask("confirm", OTHER + "\n"))
        changes = {"nothing": "true",
                   "whom we never ban": "mkdir -p /etc/mailward; echo 203.0.113.70 >/etc/mailward/protected",
                   "its age": f"read -r at of </run/mailward/{ID}/made; echo $((at - 30)) \"$of\" >/run/mailward/{ID}/made",
                   "its batch": f"echo 'ban 203.0.114.0/24 22 600' >>/run/mailward/{ID}/batch",
                   "our rules": "rm /run/mailward/rules",
                   "itself": f": >/run/mailward/{ID}/made"}
        for what, change in changes.items():
            with self.subTest(what):
                self.ok([host.stage(f"ban 203.0.113.0/24 {AUTH} 600\n")[-1], host.ask("arm", f"{ID} 30\n")[-1]])
                # Whatever is used as it stands there brings a ban of 77 seconds; what is made again brings one of 600.
                host.run("sh", "-c", f"cd /run/mailward/{ID}; sed -i '/203[.]0[.]113/s/ timeout [0-9]*s/ timeout 77s/' nft; {change}")
                answer = host.ask("apply", f"{ID} {host.hash()}\n")[-1]
                listed = host.run("nft", "list", "table", "inet", "mailward").stdout.decode()
                if what == "whom we never ban":
                    self.assertEqual(answer, "err protected 1")
                    self.assertNotIn("203.0.113.0/24", listed)
                else:
                    self.ok([answer])
                    self.assertEqual("203.0.113.0/24 timeout 1m17s" in listed, what == "nothing", listed)
                self.assertIn("198.51.100.0/24", listed)
                host.run("rm", "-f", "/etc/mailward/protected")
                self.ok(host.ask("undo", ID + "\n"))

    def test_what_stage_made_loses_no_ban_that_came_after_it(self):
        host = self.host
        first = "1" * 16  # from here on our rules stay as they are; what comes after it changes the bans alone
        self.ok([*host.apply(f"ban 198.18.0.0/24 {AUTH} 600\n", first), *host.ask("confirm", first + "\n")])
        self.ok(host.stage(f"ban 203.0.113.0/24 {AUTH} 600\n", ID)[-1:])
        self.ok([*host.apply(f"ban 198.51.100.0/24 {AUTH} 600\n", OTHER), *host.ask("confirm", OTHER + "\n")])
        self.ok([host.ask("arm", f"{ID} 30\n")[-1], host.ask("apply", f"{ID} {host.hash()}\n")[-1]])
        self.assertEqual([line.split()[2] for line in host.bans()], ["198.18.0.0/24", "198.51.100.0/24", "203.0.113.0/24"])
        self.assertFalse(host.connects("198.51.100.7", 143))

    def test_never_half(self):
        host = self.host
        good = "".join(f"ban 198.18.{i // 256}.{i % 256} {AUTH} 600\n" for i in range(500))
        before = host.state()[:-1]
        self.assertEqual(host.stage(good + "ban 198.19.0.0/33 25 60\n"), ["err prefix 501"])
        self.assertEqual(host.stage(good + f"ban 198.18.0.0/24 {AUTH} 60\n"), ["err nft"], "overlap")
        self.assertEqual(host.state()[:-1], before)
        whole = f"stage\n{ID} {len(good)} {hashlib.sha256(good.encode()).hexdigest()}\n{good}end\n"
        for cut in random.Random(7).sample(range(len(whole) - 1), 30):
            self.assertRegex(host.gate(whole[:cut])[-1], "^err ", cut)
        self.assertEqual(host.state()[:-1], before)

    def test_hostile(self):
        host = self.host
        before = host.run("nft", "list", "ruleset").stdout
        rng = random.Random(11)
        bad_ban = ["0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "1.2.3.4/7", "::/0", "2001::/16", "999.1.1.1", "1.2.3", "01.2.3.4", "1.2.3.4/32", "1.2.3.5/24",
                   "example.org", "$(id)", "`id`", "1.2.3.4;reboot", "1.2.3.4}", "{", "::ffff:1.2.3.4", "fe80::1%eth0", "2001:db8:::1", "1::2::3",
                   "2001:DB8::1", "12345::", "1.2.3.4-1.2.3.9", "-f", "--help", "../../etc/shadow", "@v4_25", "1.2.3.4/", "/8", "1.2.3.4/08", ":", "g::"]
        bad_ports = ["0", "65536", "53", "25,22", "25,25", "all", "25-587", "25,", ",25", "025", "$(id)", "any", "25;", "{25}"]
        bad_ttl = ["0", "-1", "99999999", "2678401", "1h", "1e3", "060", "60s", "$RANDOM", ""]
        batches = ([f"ban {p} 25 60\n" for p in bad_ban] + [f"ban 203.0.113.7 {p} 60\n" for p in bad_ports] + [f"ban 203.0.113.7 25 {t}\n" for t in bad_ttl] +
                   [f"unban {p} all\n" for p in bad_ban[6:]] + ["flush ruleset\n", "add rule inet mailward x\n", "ban\n", "ban  203.0.113.7 25 60\n", "\n",
                   "ban 203.0.113.7 25 60 x\n", " ban 203.0.113.7 25 60\n", "ban 203.0.113.7 25 60\nban 203.0.113.7 25 90\n", "BAN 203.0.113.7 25 60\n"])
        for batch in batches:
            self.assertRegex(host.stage(batch)[-1], "^err [a-z]+( [0-9]+)?$", batch)
        texts = [b"", b"\n", b"end", b"end\n", b"state", b"state\n\nend\n", b"state x\nend\n", b"STATE\nend\n", b"\0state\nend\n", b"state\0\nend\n", b"version\r\nend\r\n",
                 b"sh\nend\n", b"arm\n" + ID.encode() + b" 4\nend\n", b"arm\n" + ID.encode() + b" 601\nend\n", b"undo\n../../etc\nend\n", b"undo\n0123456789abcde/\nend\n",
                 b"undo\n$(reboot)aaaaaaa\nend\n", b"confirm\n" + ID.encode() + b"\n" + OTHER.encode() + b"\nend\n", b"unban\nend\n", b"unban\nban 203.0.113.7 25 60\nend\n",
                 b"anchor\nx; id\nend\n", b"stage\nx\nend\n", b"stage\n" + ID.encode() + b" 0 " + b"0" * 64 + b"\nend\n", b"\xff\xfe\nend\n"]
        texts += [bytes(rng.choice(b"statebn0123456789 ./:\n$`;'\"\\\0\xff") for _ in range(rng.randrange(1, 120))) + b"\nend\n" for _ in range(90)]
        for text in texts:
            self.assertRegex(host.gate(text)[-1], "^err [a-z]+( [0-9]+)?$", text)
        for argument in ("", "-x", "state", "--help", "$(id)", "/etc/shadow", "-c", "\n", "a b", "../x", "*"):
            self.assertEqual(host.gate("state\nend\n", argument), ["err arguments"])
        self.assertGreaterEqual(len(batches) + len(texts) + 11, 200)
        self.assertEqual(host.run("nft", "list", "ruleset").stdout, before)

    def test_anchors(self):
        """They come back from whatever file a syslogd wrote them to; text that others put into their messages does not."""
        host = self.host
        heads = [f"{number:064x}" for number in range(30)]
        ids = "0123456789abcdef fedcba9876543210"
        host.run("sh", "-c", """mount -t tmpfs tmpfs /var/log; mkdir /run/fake
          printf '#!/bin/sh\nshift 5; printf "Nov  5 01:02:03 mx1 mailward-gate: %%s\\n" "$*" >>/var/log/auth.log\n' >/run/fake/logger
          printf '#!/bin/sh\necho "$*" >/run/fake/asked; cat /run/fake/journal 2>/dev/null\n' >/run/fake/journalctl
          chmod 755 /run/fake/*; for f in logger journalctl; do [ ! -e /usr/bin/$f ] || mount --bind /run/fake/$f /usr/bin/$f; done""")
        self.assertEqual(host.ask("anchors"), ["ok"])
        self.assertEqual(host.ask("anchor", f"{heads[0]} {ids}\n"), ["ok"])
        self.assertEqual(host.ask("anchor", f"{heads[1]}\n"), ["ok"], "as an older console does it")
        told = host.ask("anchors")
        self.assertEqual((told[0], told[2]), (f"anchor {heads[1]}", "ok"), "what has no time comes first")
        self.assertRegex(told[1], f"^anchor {heads[0]} {ids} 1[0-9]{{9}}$")
        good = [f"Nov 29 20:23:28 mx1 mailward-gate[77]: anchor {heads[2]} {ids} 1795000000", f"2026-11-29T20:23:28.123456+00:00 mx1.example.org mailward-gate: anchor {heads[3]}",
                f"2026-11-29T20:23:28Z mx1 mailward-gate: anchor {heads[4]}", f"Nov 29 20:23:28 mx1 auth.notice mailward-gate: anchor {heads[5]}", f"Nov  9 20:23:28 mailward-gate: anchor {heads[6]}"]
        places = ("syslog.1", "messages", "secure", "maillog", "messages-20261122")
        for place, line in zip(places, good):
            host.run("sh", "-c", f"cat >>/var/log/{place}", data=line.encode() + b"\n")
        anchor = f"anchor {heads[20]}"
        forged = [f"Nov 29 20:23:28 mx1 sshd[5]: mailward-gate: {anchor}", f"Nov 29 20:23:28 mx1 dovecot: imap-login: user=<mailward-gate: {anchor}>",
                  f"Nov 29 20:23:28 mx1 postfix/smtpd[1]: x mx1 mailward-gate: {anchor}", f"Nov 29 20:23:28 mx1 mailward-gated: {anchor}", f"Nov 29 20:23:28 mx1 x/mailward-gate: {anchor}",
                  f"Nov 29 20:23:28 mx1 mailward-gate: x {anchor}", f"Nov 29 20:23:28 mx1 mailward-gate: {anchor} x", f"mailward-gate: {anchor}", f" mailward-gate: {anchor}", anchor,
                  f"Nov 29 20:23:28 mx1 mailward-gate: {anchor} $(reboot)0123456 fedcba9876543210 1", f"Nov 29 20:23:28 mx1 mailward-gate[x]: {anchor}", f"Nov 29 20:23:28 mx1 sshd: Nov 29 20:23:28 mx1 mailward-gate: {anchor}",
                  f"Nov 29 20:23:28 mx1 user.notice mailward-gate: {anchor}", f"Nov 29 20:23:28 mx1 sshd[9]: a#012Nov 29 20:23:28 mx1 mailward-gate: {anchor}", f"Nov 29 20:23:28 mx1 mailward-gate: ANCHOR {heads[20]}"]
        host.run("sh", "-c", "cat >>/var/log/syslog", data="\n".join(forged).encode() + b"\n\xff\0mailward-gate\n" + f"Nov 29 20:23:29 mx1 mailward-gate: anchor {heads[7]}\n".encode())
        told = host.ask("anchors")
        self.assertEqual({line.split()[1] for line in told[:-1]}, set(heads[:8]), told)
        self.assertEqual(told[-1], "ok")
        # The journal says of itself who wrote a line: root alone is asked for. What stands in both counts once.
        if shutil.which("journalctl"):
            host.run("sh", "-c", "cat >/run/fake/journal", data=f"anchor {heads[9]} {ids} 1795000001\nconfirm {ID} x\nx anchor {heads[20]}\nanchor {heads[7]}\n".encode())
            told = host.ask("anchors")
            self.assertEqual(sorted(line.split()[1] for line in told[:-1]), sorted([*heads[:8], heads[9]]))
            self.assertIn("-t mailward-gate _UID=0", host.run("cat", "/run/fake/asked").stdout.decode())
        later = int(time.time()) + 3600  # the newest are kept: these, and not the one that the host itself just wrote
        many = "".join(f"Nov 29 20:23:28 mx1 mailward-gate: anchor {number:064x} {ids} {later + number}\n" for number in range(5000, 6100))
        host.run("sh", "-c", "cat >>/var/log/maillog", data=many.encode())
        told = host.ask("anchors")
        self.assertEqual((len(told), told[-2], told[-1]), (1001, f"anchor {6099:064x} {ids} {later + 6099}", "ok cut"))
        self.assertEqual(host.ask("anchors", "x\n"), ["err syntax"])
        for bad in ("", f"{heads[0]} {ids} 5\n", f"{heads[0]} 0123456789abcdef\n", f"{heads[0]} {ids}x\n", f"{heads[0]}\n{heads[1]}\n"):
            self.assertEqual(host.ask("anchor", bad), ["err syntax"], bad)

    def test_account_verbs_stand_in_a_part_of_their_own(self):
        host = self.host
        whole = pathlib.Path(GATE.parent / "with-accounts")
        whole.write_bytes(b"account_main() { none; [ \"$1\" = account-x ] || err verb; echo ok; }\n" + (SERVER / "mailward-gate").read_bytes())
        for text, answer in (("account-x\nend\n", b"ok\n"), ("account-y\nend\n", b"err verb\n"), ("account-x\n1\nend\n", b"err syntax\n")):
            # Another has the lock: accounts do not wait for bans, nor bans for accounts.
            done = host.run("sh", "-c", "mkdir -p /run/mailward; exec 9>/run/mailward/lock; flock 9; /bin/sh " + str(whole), data=text.encode())
            self.assertEqual(done.stdout, answer, text)

    def test_without_root(self):
        done = self.host.run("setpriv", "--reuid=65534", "--clear-groups", "/bin/sh", str(GATE), data=b"state\nend\n")
        self.assertEqual(done.stdout, b"err root\n")

    def test_systemd_timer(self):
        """With systemd the timer is a transient unit: stand-ins for its two commands note what they were asked for."""
        host = self.host
        host.run("sh", "-c", """mkdir -p /run/systemd/system /run/fake
          printf '#!/bin/sh\\necho "$*" >>/run/fake/log; touch /run/fake/on\\n' >/run/fake/systemd-run
          printf '#!/bin/sh\\necho "$*" >>/run/fake/log; case $1 in is-active) [ -e /run/fake/on ];; stop) rm /run/fake/on;; esac\\n' >/run/fake/systemctl
          chmod 755 /run/fake/*; for f in systemd-run systemctl; do mount --bind /run/fake/$f "$(command -v $f)"; done""")
        self.ok(host.apply(f"ban 203.0.113.7 {AUTH} 60\n"))
        self.ok(host.ask("confirm", ID + "\n"))
        log = host.run("cat", "/run/fake/log").stdout.decode()
        self.assertIn(f"--unit=mailward-undo-{ID} --timer-property=AccuracySec=100ms --on-active=30 /bin/sh /run/mailward/timer {ID} 0", log)
        self.assertIn(f"stop mailward-undo-{ID}.timer", log)
        # ... and what brings bans back at boot is a unit, too.
        self.assertIn(r'''ExecStart=/bin/sh -c "printf 'load\\nend\\n' | /bin/sh /etc/mailward/gate"''',
                      host.run("cat", "/etc/systemd/system/multi-user.target.wants/mailward-load.service").stdout.decode())
        self.ok(host.ask("unban", "unban 203.0.113.7 all\n"))
        self.assertNotEqual(host.run("test", "-e", "/etc/systemd/system/mailward-load.service").returncode, 0)

    def test_many(self):
        host = self.host
        batch = "".join(f"ban 198.18.{i // 256}.{i % 256} {AUTH} 600\n" for i in range(8000))
        self.ok(host.stage(batch))
        self.ok(host.ask("arm", ID + " 30\n"))
        digest = host.hash()
        started = time.monotonic()
        self.ok(host.ask("apply", f"{ID} {digest}\n"))
        taken = time.monotonic() - started
        print(f"8,000 prefixes applied in {taken:.2f} s", file=sys.stderr)
        self.assertEqual(len(host.bans()), 8000)
        self.ok(host.ask("undo", ID + "\n"))

    def test_what_is_protected_is_spared_whatever_its_width(self):
        """Against a comparison of each with each: networks as wide as may be banned down to single addresses."""
        host = self.host
        rng = random.Random(23)

        def network(bits, begin, least):
            length = rng.randrange(least, bits + 1)
            free = rng.getrandbits(bits - begin[1]) if begin[1] < bits else 0
            return ipaddress.ip_network((begin[0] << (bits - begin[1]) | free, length), strict=False)

        def text(net):
            return str(net.network_address if net.prefixlen == net.max_prefixlen else net)
        v4 = [network(32, (first, 8), 8) for first in range(11, 60)] + [network(32, (60 << 8 | second, 16), 16) for second in range(256)]
        v6 = [network(128, (0x2A00_0000 + second * 3, 32), 32) for second in range(200)]
        protected = [network(32, (rng.randrange(11, 61), 8), 8) for _ in range(20)] + [network(32, (60, 8), 13) for _ in range(40)]
        protected += [network(128, (0x2A00, 16), 28) for _ in range(20)] + [ipaddress.ip_network(rng.choice(v6)[-1]) for _ in range(20)]
        bans = {net for net in v4 + v6 if all(net.version != ours.version or not net.overlaps(ours) for ours in protected)}
        lines = "".join(f"ban v{net.version}_25 {text(net)} {int(time.time()) + 600} {ID}\n" for net in v4 + v6)
        self.assertLess(50, len(v4 + v6) - len(bans))
        self.assertLess(200, len(bans))
        host.run("sh", "-c", "mkdir -p /etc/mailward; cat >/etc/mailward/bans", data=lines.encode())
        host.run("sh", "-c", "cat >/etc/mailward/protected", data="".join(f"{text(ours)}\n" for ours in protected).encode())
        self.ok(host.ask("load"))
        self.assertEqual({ipaddress.ip_network(line.split()[2]) for line in host.bans()}, bans)

    def test_a_long_list_stands_by_first_octets(self):
        """Above 4,096 each first octet has a set of its own; what stood before stays where it is, and all of it ends as a short list does."""
        host = self.host
        plans = ["a" * 16, "b" * 16, "c" * 16]
        world = [f"{octet}.{number}.0.0/16" for octet in (11, 60, 197) for number in range(20, 200)] + [f"61.{i // 256}.{i % 256}.0/24" for i in range(3600)]
        bans = ["203.0.113.0/24\n", "\n".join([*world, "198.51.100.64/26"]), "203.0.114.0/24\n45.9.0.0/16\n"]
        held = []
        for plan, prefixes in zip(plans, bans):
            self.ok(host.apply("".join(f"ban {prefix} {AUTH} 600\n" for prefix in prefixes.split()), plan))
            self.ok(host.ask("confirm", plan + "\n"))
            self.assertIn(" intact ", host.state()[-1])
            held += prefixes.split()
            self.assertEqual(sorted(line.split()[2] for line in host.bans()), sorted(held))
        sets = {line.split()[2]: line.split()[1].partition(".")[2] for line in host.bans()}
        self.assertEqual([sets[prefix] for prefix in ("203.0.113.0/24", "203.0.114.0/24", "198.51.100.64/26", "11.20.0.0/16", "61.0.0.0/24")], ["", "203", "198", "11", "61"])
        self.assertFalse(host.connects("203.0.113.7", 143))
        self.assertFalse(host.connects("198.51.100.70", 143))
        self.assertTrue(host.connects("198.51.100.7", 143))
        self.assertTrue(host.connects("198.51.100.70", 25))
        drops = [line.split() for line in host.state() if line.startswith("drop ")]
        self.assertEqual(len(drops), 1, "one count a list, not one an octet")
        self.assertGreaterEqual(int(drops[0][2]), 2)
        # IPv6 goes by its first 16 bits, in lists of its own.
        self.ok(host.apply("".join(f"ban 2a0{i % 4}:{i + 1:x}::/32 25 600\n" for i in range(4200)) + "ban 2001:db8:bad::/48 25 600\n", ID))
        self.assertIn("2001:: : jump v6_25.2001", host.ruleset("mailward").decode())
        self.ok(host.ask("undo", ID + "\n"))
        self.assertNotIn(b"v6", host.ruleset("mailward"))
        # What was saved brings it back; lifting the long plan leaves the others, and no empty set, map or chain of it.
        kept = {line.split()[2] for line in host.bans()}
        self.assertEqual({line.split()[1] for line in host.run("cat", "/etc/mailward/bans").stdout.decode().splitlines()}, {"v4_" + AUTH.replace(",", "_")}, "as every back end has it")
        host.run("nft", "delete", "table", "inet", "mailward")
        self.ok(host.boot())
        self.assertEqual({line.split()[2] for line in host.bans()}, kept)
        self.ok(host.ask("undo", plans[1] + "\n"))
        self.assertEqual(sorted(line.split()[2] for line in host.bans()), ["203.0.113.0/24", "203.0.114.0/24", "45.9.0.0/16"])
        self.assertNotIn(b".61", host.ruleset("mailward"))
        self.assertTrue(host.connects("198.51.100.70", 143))
        self.assertFalse(host.connects("203.0.113.7", 143))
        for plan in plans[::2]:
            self.ok(host.ask("undo", plan + "\n"))
        self.assertEqual(host.ruleset("mailward"), b"")


class TextTest(unittest.TestCase):
    def test_shellcheck(self):
        for script in (SERVER / "mailward-gate", *PARTS, HERE / "gatehost.sh"):
            done = subprocess.run(["shellcheck", "-s", "sh", script], stdout=subprocess.PIPE)
            self.assertEqual(done.returncode, 0, done.stdout.decode())
        for script in (SERVER / "mailward-gate", *PARTS):
            self.assertLess(len(script.read_text().splitlines()), 150)


if __name__ == "__main__":
    if os.geteuid() != 0:
        print("skipped: the helper's tests need root (network namespaces)")
        sys.exit(77)
    unittest.main(verbosity=1)
