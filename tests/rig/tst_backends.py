#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every back end of the server's helper with the real tools, in network namespaces. Needs root; exit 77 without.
With "soak": 100 lock-outs through each back end instead of 2."""
import concurrent.futures
import os
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import tst_gate
from tst_gate import AUTH, ID, OTHER, Host

SOAK = "soak" in sys.argv
KERNEL = ("nftables", "ipset", "iptables")
WINDOW = 5
FOREIGN = """nft -f - <<'E'
table inet f2b { chain c { type filter hook input priority -1; policy accept; tcp dport 25 ip saddr 203.0.113.9 drop; }
}
E
iptables -N f2b-sshd; iptables -A f2b-sshd -s 203.0.113.8/32 -j REJECT; iptables -A f2b-sshd -j RETURN; iptables -I INPUT -p tcp --dport 22 -j f2b-sshd
iptables -t nat -N DOCKER; iptables -t nat -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER; iptables -N DOCKER-USER; iptables -I FORWARD -j DOCKER-USER
ip6tables -N ufw6-user-input; ip6tables -A INPUT -j ufw6-user-input; ipset create theirs hash:net; ipset add theirs 203.0.113.7"""
THEIRS = """{ nft -s list table inet f2b; iptables-save -t filter; iptables-save -t nat; ip6tables-save -t filter; iptables-save -t mangle; ip6tables-save -t mangle; } 2>/dev/null |
sed '/^#/d;s/ \\[[0-9:]*\\]//' | grep -v MAILWARD; ipset save theirs"""
FAIL2BAN = """mkdir -p /run/fail2ban; printf '[sshd]\\nenabled = false\\n' >/etc/fail2ban/jail.d/zz.local
printf '[Definition]\\ndbfile = None\\nlogtarget = /run/fail2ban/log\\n' >/etc/fail2ban/fail2ban.local
fail2ban-server -b start && n=0; until fail2ban-client ping; do n=$((n+1)); [ $n -lt 200 ]; sleep 0.2; done"""
SSHD = """mkdir -p /run/sshd /run/key && ssh-keygen -qt ed25519 -N '' -f /run/key/host && : >/run/key/config
$(command -v sshd || echo /usr/sbin/sshd) -f /run/key/config -h /run/key/host -o UsePAM=no -o PidFile=none -o SetEnv=HOME=/run/key -o ListenAddress=192.0.2.11"""
# Echoes on "PORT" (IPv4) and "PORT+" (both families in one socket, as daemons do it that bind to "::").
LISTEN = """import socket,sys,threading
def serve(c):
    try: [c.send(d) for d in iter(lambda: c.recv(9),b'')]
    except OSError: pass # cut
def accept(s):
    while True:
        c,_=s.accept(); threading.Thread(target=serve,args=(c,),daemon=True).start()
for word in sys.argv[1:]:
    both=word[-1]=='+'; s=socket.create_server(('::' if both else '0.0.0.0',int(word.strip('+'))),family=socket.AF_INET6 if both else socket.AF_INET,dualstack_ipv6=both)
    threading.Thread(target=accept,args=(s,),daemon=True).start()
print('up',flush=True);sys.stdin.readline()"""
# Opens a session for each "SOURCE PORT", waits for a line, and prints for each whether it is still answered.
SESSIONS = """import socket,sys,time
def session(source,port):
    v6=':' in source
    for left in range(40,-1,-1): # neighbours of a young network find each other late on a busy machine
        s=socket.socket(socket.AF_INET6 if v6 else socket.AF_INET); s.settimeout(20)
        try: s.bind((source,0)); s.connect(('2001:db8:1::11' if v6 else '192.0.2.11',int(port))); break
        except OSError:
            if not left: raise
            time.sleep(0.25)
    s.send(b'a'); assert s.recv(9)==b'a'
    return s
held=[session(*one) for one in zip(sys.argv[1::2],sys.argv[2::2])]
print('open',flush=True);sys.stdin.readline()
for s in held:
    s.settimeout(2)
    try: s.send(b'b'); print('open' if s.recv(9) else 'cut')
    except OSError: print('cut')"""


def end(host):
    """A reboot, as far as the kernel and /run are concerned."""
    host.run("sh", "-c", """nft delete table inet mailward; for t in iptables ip6tables; do $t -t mangle -F; $t -t mangle -X; done
        ipset list -n | grep '^mw' | while read s; do ipset destroy $s; done; rm -rf /run/mailward/*; pkill -f 'mailward/[t]imer'""")


class BackendTest(unittest.TestCase):
    def host(self, backend):
        host = Host(backend)
        self.addCleanup(host.close)
        if backend == "fail2ban":
            host.run("sh", "-c", FAIL2BAN)
        host.run("sh", "-c", "mkdir -p /etc/network/if-pre-up.d; : >/etc/network/if-pre-up.d/mailward-bans")  # calls "load" at boot
        return host

    def ok(self, answers):
        for answer in answers:
            self.assertRegex(answer, "^ok", answers)

    def wait(self, what, seconds):
        started = time.monotonic()
        while not what():
            self.assertLess(time.monotonic() - started, seconds)
            time.sleep(0.1)
        return time.monotonic() - started

    def test_life_of_a_ban(self):
        for backend in (*KERNEL, "fail2ban"):
            with self.subTest(backend):
                host = self.host(backend)
                host.run("sh", "-c", FOREIGN)
                theirs = host.run("sh", "-c", THEIRS).stdout
                self.assertIn(b"f2b-sshd", theirs)
                before = host.state()[:-1]
                self.ok(host.apply(f"ban 198.51.100.0/24 {AUTH} 600\nban 203.0.113.7 {AUTH} 600\nban 2001:db8:bad::/48 25,143 600\n", ID, 60))
                self.assertFalse(host.connects("198.51.100.7", 587))
                self.assertTrue(host.connects("198.51.100.7", 25), "25 was not asked for")
                self.assertTrue(host.connects("203.0.113.8", 587))
                self.assertIn(" intact ", host.state()[-1])
                self.ok(host.ask("confirm", ID + "\n"))
                self.assertEqual(len(host.bans()), 3)
                self.ok(host.ask("unban", "unban 203.0.113.7 all\n"))
                self.assertTrue(host.connects("203.0.113.7", 587))
                self.assertFalse(host.connects("198.51.100.7", 587))
                if backend != "fail2ban":
                    self.assertEqual(host.run("sh", "-c", THEIRS).stdout, theirs, "rules of others, byte for byte")
                self.ok(host.ask("undo", ID + "\n"))
                self.assertEqual(host.state()[:-1], before)
                self.assertTrue(host.connects("198.51.100.7", 587))
                if backend != "fail2ban":
                    self.assertEqual(host.run("sh", "-c", THEIRS).stdout, theirs)

    def test_lockout_comes_back(self):
        """Rules that block us, through every back end that can (Postfix's access list never meets ssh): access is back within the window and 5 s.
        All back ends at once, each on a host of its own: what the seconds go to is waiting."""
        backends = (*KERNEL, "fail2ban", "hosts")
        rounds = 100 if SOAK else 1
        with concurrent.futures.ThreadPoolExecutor(len(backends)) as pool:
            ends = list(pool.map(lambda backend: self.lock_outs(self.host(backend), backend, rounds), backends))
        for backend, (worst, wrong) in zip(backends, ends):
            print(f"{backend}: locked out {rounds}x, back {worst:.1f} s after the window at the latest, {len(wrong)} not as it should be", file=sys.stderr)
        for backend, (worst, wrong) in zip(backends, ends):
            self.assertEqual(wrong, [], backend)
            self.assertLess(worst, 5, backend)

    def lock_outs(self, host, backend, rounds):
        """The longest time from the window's end until we get in again, and what went wrong."""
        gets_in = lambda: host.connects("198.51.100.7", 22)
        if backend == "hosts":  # the wrappers answer after the connection stands: only an sshd that greets has let us in
            host.run("sh", "-c", SSHD)
            gets_in = lambda: host.connects("198.51.100.7", 22, greeting=b"SSH-2.0")
        window = 20 if backend == "fail2ban" else WINDOW
        worst, wrong = 0.0, []
        for number in range(1, rounds + 1):
            plan = f"{number:016x}"
            before = gets_in()
            staged = host.stage("ban 198.51.100.0/24 22 600\n", plan)[-1]
            digest = host.hash()
            said = [staged, *host.ask("arm", f"{plan} {window}\n")]
            armed = time.monotonic()
            said += host.ask("apply", f"{plan} {digest}\n")
            locked_out = not gets_in()
            while not (back := gets_in()) and time.monotonic() - armed < window + 30:
                time.sleep(0.1)
            worst = max(worst, time.monotonic() - armed - window)
            left = host.bans()
            if not (before and locked_out and back) or left or not all(answer.startswith("ok") for answer in said):
                wrong.append((number, before, locked_out, back, left, said))
        return worst, wrong

    def test_no_packet_slips_through_an_exchange(self):
        """A network that stays banned stays banned while others are added, under 200,000 packets a second."""
        sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench/bans"))
        import packets
        with tempfile.TemporaryDirectory() as folder:
            program = packets.build(folder)
            every = [("nftables", 3500), ("nftables", 5000), ("ipset", 1000), ("iptables", 900)]  # under nftables a list that becomes a long one at the last, and one that is one
            for backend, standing in every if SOAK else every[:2]:
                with self.subTest(backend, standing=standing):
                    got_through, dropped = packets.exchanges(backend, program, 50 if SOAK else 6, standing)
                    self.assertEqual(got_through, 0)
                    self.assertGreater(dropped, 100, "the sender sent nothing")

    def test_reboot(self):
        """Before the confirmation a reboot is an undo; after it the saved state is what ran."""
        for backend in (*KERNEL, "hosts", "postfix"):
            with self.subTest(backend):
                host = self.host(backend)
                ports = "465,587" if backend == "postfix" else AUTH
                batch = f"ban 198.51.100.0/24 {ports} 600\nban 2001:db8:bad::/48 {ports} 600\n"
                self.ok(host.apply(batch))
                self.assertTrue(any(self.enforced(host, backend)))
                end(host)
                host.boot()
                self.assertFalse(any(self.enforced(host, backend)), "before anybody looks")
                self.assertEqual(host.bans(), [])
                self.ok(host.apply(batch, OTHER))
                self.ok(host.ask("confirm", OTHER + "\n"))
                kept = host.bans()
                # Unconfirmed again, beside what is confirmed.
                self.ok(host.apply(f"ban 203.0.113.0/24 {ports} 600\n"))
                end(host)
                self.ok(host.boot())
                self.assertEqual(self.enforced(host, backend), [True, False])
                self.assertEqual(host.bans(), kept)
                self.assertIn(" intact ", host.state()[-1])

    def enforced(self, host, backend):
        """Whether 198.51.100.0/24 and 203.0.113.0/24 are, by what the server asks and not by what the helper says."""
        if backend in (*KERNEL, "fail2ban"):
            return [not host.connects(source, 587) for source in ("198.51.100.7", "203.0.113.7")]
        # Wrappers read the files that hosts.deny names, Postfix its map.
        text = host.run("sh", "-c", "cat $(sed -n 's/.*: //p' /etc/hosts.deny)" if backend == "hosts" else "cat /etc/mailward/postfix.cidr").stdout
        return [network in text for network in (b"198.51.100.0/", b"203.0.113.0/")]

    def test_postfix_needs_something_that_undoes_at_boot(self):
        host = self.host("postfix")
        host.run("rm", "-r", "/etc/network/if-pre-up.d", "/etc/cron.d")
        self.assertEqual(host.stage("ban 198.51.100.0/24 465,587 600\n"), ["err boot"])
        host.run("mkdir", "-p", "/etc/network/if-pre-up.d")
        host.run("touch", "/etc/network/if-pre-up.d/mailward-bans")
        self.ok(host.stage("ban 198.51.100.0/24 465,587 600\n"))

    def test_delayed_boot(self):
        """Five minutes without power: what ran out meanwhile does not come back, and the rest has only what is left of its time."""
        for backend in (*KERNEL, "hosts", "postfix", "fail2ban"):
            with self.subTest(backend):
                host = self.host(backend)
                ports = "465,587" if backend == "postfix" else AUTH
                self.ok(host.apply(f"ban 198.51.100.0/24 {ports} 600\nban 203.0.113.0/24 {ports} 200\nban 2001:db8:bad::/48 {ports} 200\n", window=60))
                self.ok(host.ask("confirm", ID + "\n"))
                self.assertEqual(self.enforced(host, backend), [True, True])
                if backend == "fail2ban":
                    host.run("fail2ban-client", "stop")
                end(host)
                if backend == "fail2ban":
                    host.run("sh", "-c", FAIL2BAN)
                # The clock is everybody's, so it is the stamps that move.
                host.run("sh", "-c", "cd /etc/mailward && awk '{ $4 -= 300; print }' bans >b && mv b bans")
                self.ok(host.boot())
                self.assertEqual(self.enforced(host, backend), [True, False])
                self.assertEqual([line.split()[2] for line in host.bans()], ["198.51.100.0/24"])
                left = {"nftables": r"nft list table inet mailward | sed -n 's/.* expires \([0-9]*\)m.*/\1/p'", "ipset": r"ipset save | sed -n 's/.* 198.51.100.0.* timeout \([0-9]*\) .*/\1/p'"}.get(backend)
                if left:
                    seconds = int(host.run("sh", "-c", left).stdout) * (60 if backend == "nftables" else 1)
                    self.assertTrue(200 < seconds <= 300, seconds)

    def test_show_refuses_what_apply_would(self):
        for backend, batch, answer in (("iptables", 2001, "err many"), ("fail2ban", 2001, "err many"), ("hosts", 20001, "err many"), ("postfix", 1, "err effect")):
            with self.subTest(backend):
                host = self.host(backend)
                lines = "".join(f"ban 198.{18 + i // 65536}.{i // 256 % 256}.{i % 256} 22 600\n" for i in range(batch))
                self.assertEqual(host.ask("show", lines), [answer])
                self.assertEqual(host.stage(lines), [answer])

    def test_expiry(self):
        for backend in ("ipset", "iptables", "hosts", "postfix", "fail2ban"):
            with self.subTest(backend):
                host = self.host(backend)
                ports = "465,587" if backend == "postfix" else AUTH
                self.ok(host.apply(f"ban 198.51.100.0/24 {ports} 8\nban 203.0.113.0/24 {ports} 600\n", window=60))
                self.ok(host.ask("confirm", ID + "\n"))
                self.wait(lambda: self.enforced(host, backend) == [False, True], 30)
                self.assertEqual(len(host.bans()), 1)

    def test_established_sessions_are_cut(self):
        """Sessions of the banned at the ports that are closed, of every family; nobody else's, and none at other ports."""
        for backend in (*KERNEL, "fail2ban", "hosts", "postfix"):
            with self.subTest(backend):
                host = self.host(backend)
                plain, both = ("465", "587") if backend == "postfix" else ("143", "993")
                banned = [("198.51.100.7", plain), ("198.51.100.7", both), ("198.51.100.8", both), ("2001:db8:bad::7", both)]
                others = [("203.0.113.7", plain), ("203.0.113.7", both), ("198.51.100.7", "25")]
                server = subprocess.Popen(["nsenter", "-t", host.pid, "-n", "--", sys.executable, "-c", LISTEN, "25", plain, both + "+"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
                self.addCleanup(server.communicate)
                self.assertEqual(server.stdout.readline(), b"up\n")
                words = [word for one in banned + others for word in one]
                client = subprocess.Popen(["ip", "netns", "exec", host.name + "-c", sys.executable, "-c", SESSIONS, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
                self.assertEqual(client.stdout.readline(), b"open\n")
                ports = f"{plain},{both}"
                self.ok(host.apply(f"ban 198.51.100.0/24 {ports} 600\nban 2001:db8:bad::/48 {ports} 600\n", window=60))
                told = dict(zip(banned + others, client.communicate(b"\n")[0].decode().split()))
                self.assertEqual(told, {**dict.fromkeys(banned, "cut"), **dict.fromkeys(others, "open")})

    def test_files(self):
        """TCP wrappers and Postfix: what is written, what stays, and where it has no effect."""
        host = self.host("hosts")
        host.run("sh", "-c", "printf '# mine\\nALL: 203.0.113.99\\n' >/etc/hosts.deny")
        self.ok(host.apply("ban 198.51.100.0/24 22 600\nban 2001:db8:bad::/48 22,143 600\n"))
        text = host.run("cat", "/etc/hosts.deny").stdout.decode()
        self.assertTrue(text.startswith("# mine\nALL: 203.0.113.99\nsshd : /run/mailward/hosts.v4_22\n"), text)
        self.assertEqual(host.run("cat", "/run/mailward/hosts.v4_22").stdout, b"198.51.100.0/255.255.255.0\n")
        self.assertIn(b"[2001:db8:bad::]/48", host.run("cat", "/run/mailward/hosts.v6_22_143").stdout)
        version = host.ask("version")
        self.assertIn("no-effect postfix", version)
        self.assertTrue({"effect sshd", "no-effect sshd"} & set(version))
        host.run("sh", "-c", "echo >/etc/hosts.deny")
        self.assertIn(" altered ", host.state()[-1], "somebody edited the file")
        host = self.host("postfix")
        self.assertEqual(host.stage("ban 198.51.100.0/24 22 600\n"), ["err effect"])
        self.ok(host.apply("ban 198.51.100.0/24 465,587 600\nban 203.0.113.7 25 600\n"))
        self.assertRegex(host.run("cat", "/etc/mailward/postfix.cidr").stdout, rb"^198.51.100.0/24 REJECT [^\n]+\n$")
        self.assertRegex(host.run("cat", "/etc/mailward/postfix-25.cidr").stdout, rb"^203.0.113.7 REJECT [^\n]+\n$")
        answer = host.run("postmap", "-q", "198.51.100.9", "cidr:/etc/mailward/postfix.cidr").stdout
        self.assertTrue(answer.startswith(b"REJECT"), answer)

    def test_drift(self):
        ways = {"ipset": ["iptables -t mangle -F MAILWARD", "iptables -t mangle -D PREROUTING -j MAILWARD"], "iptables": ["iptables -t mangle -F"], "nftables": ["nft flush ruleset"]}
        for backend, commands in ways.items():
            for command in commands:
                with self.subTest(f"{backend}: {command}"):
                    host = self.host(backend)
                    self.ok(host.apply(f"ban 198.51.100.0/24 {AUTH} 600\n"))
                    self.ok(host.ask("confirm", ID + "\n"))
                    self.assertEqual(host.run("sh", "-c", command).returncode, 0)
                    self.assertIn(" altered ", host.state()[-1])

    def test_others(self):
        host = self.host("nftables")
        host.run("sh", "-c", FOREIGN + "; iptables -A INPUT -s 203.0.113.66 -j DROP")
        host.run("sh", "-c", FAIL2BAN)
        host.run("fail2ban-client", "-i", data=b"add brute polling\nset brute bantime 600\nstart brute\nset brute banip 203.0.113.77\n")
        self.wait(lambda: any("203.0.113.77" in line for line in host.ask("others")), 20)
        told = host.ask("others")
        self.assertTrue(any(line.startswith("other fail2ban brute 203.0.113.77 ") and int(line.split()[5]) - int(line.split()[4]) == 600 for line in told), told)
        self.assertIn("other hand iptables:filter:INPUT 203.0.113.66 0 0", told)
        self.assertIn("beside fail2ban", host.ask("version"))
        self.assertFalse([line for line in told if "nft:ip:" in line], "iptables' own tables, a second time")

    def test_others_by_hand(self):
        """The table of Debian's nftables.conf, sets of nftables and of ipset, and what only looks like a ban."""
        host = self.host("nftables")
        rules = """table inet filter {
            set bad { type ipv4_addr; flags interval; elements = { 203.0.113.32/28, 203.0.113.7, 203.0.113.100-203.0.113.110 } }
            set bad6 { type ipv6_addr; elements = { 2001:db8:bad::1 } }
            set good { type ipv4_addr; elements = { 198.51.100.1 } }
            chain input { type filter hook input priority 0; policy accept
              ip saddr @bad drop; ip6 saddr @bad6 counter reject; ip saddr @good accept; ip saddr != @good tcp dport 9 drop
              ip saddr { 203.0.113.1, 203.0.113.2 } drop; ip saddr 198.51.100.0/24 tcp dport 143 drop; ether saddr 00:11:22:33:44:55 drop; }; }
          table ip filter2 { chain c { ip saddr 203.0.113.3 drop; }; }\n"""
        self.assertEqual(host.run("nft", "-f", "-", data=rules.encode()).returncode, 0)
        host.run("sh", "-c", "iptables -A INPUT -s 203.0.113.66 -j DROP; iptables -A INPUT ! -s 198.51.100.0/24 -p tcp --dport 9 -j DROP")
        host.run("sh", "-c", "for s in bad good f2b-x; do ipset create $s hash:net; done; ipset add bad 203.0.113.200; ipset add bad 203.0.113.208/28; ipset add good 198.51.100.2; ipset add f2b-x 203.0.113.5")
        host.run("sh", "-c", "iptables -A INPUT -m set --match-set bad src -j DROP; iptables -A INPUT -m set ! --match-set good src -p tcp --dport 9 -j DROP; iptables -A INPUT -m set --match-set f2b-x src -j REJECT")
        told = sorted(line.removeprefix("other hand ").removesuffix(" 0 0") for line in host.ask("others")[:-1])
        inet, chain = "nft:inet:filter ", "iptables:filter:INPUT "
        self.assertEqual(told, sorted([inet + a for a in ("203.0.113.32/28", "203.0.113.7", "2001:db8:bad::1", "203.0.113.1", "203.0.113.2", "198.51.100.0/24")] +
                                      [chain + a for a in ("203.0.113.66", "203.0.113.200", "203.0.113.208/28")] + ["nft:ip:filter2 203.0.113.3"]))


if __name__ == "__main__":
    if os.geteuid() != 0:
        print("skipped: the helper's tests need root (network namespaces)")
        sys.exit(77)
    if SOAK:
        sys.argv.remove("soak")
    unittest.main(verbosity=1)
