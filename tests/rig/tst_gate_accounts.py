#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The helper's account side when something fails between a change and its confirmation. Needs root; exit 77 without."""
import os
import re
import shlex
import shutil
import sys
import time
import unittest

from tst_gate import GATE, SERVER, Host

PLAN = "00000000000000a1"
OLD, NEW = "$6$old$" + "o" * 86, "{SHA512-CRYPT}$6$new$" + "n" * 86
BARE = NEW.split("}")[1]
USERS = "/etc/mailward/users"


class AccountsTest(unittest.TestCase):
    def setUp(self):
        self.host = Host()
        self.addCleanup(self.host.close)
        self.sh(f"mkdir -p /etc/mailward; printf 'anna:{OLD}:extra\\nbert:{OLD}\\n' >{USERS}; rm -rf /etc/dovecot; "
                f"printf '[files]\\nkind = passwd-file\\npath = {USERS}\\nformat = %%u\\nscheme = CRYPT\\nsource = {USERS}\\n' >/etc/mailward/accounts; chmod 600 /etc/mailward/accounts")

    def sh(self, text):
        done = self.host.run("/bin/sh", "-c", text)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout.decode()

    def ask(self, verb, data=""):
        return self.host.run("/bin/sh", str(GATE), data=f"{verb}\n{data}end\n".encode()).stdout.decode().splitlines()

    def mark(self, back="files"):
        return next(line.split()[3] for line in self.ask("account-find") if line.startswith(f"back {back} "))

    def write(self, *names, window=30, plan=PLAN):
        return self.ask("account-write", f"{plan} reset files {self.mark()} {window}\n" + "".join(f"{name} {NEW}\n" for name in names))

    def users(self):
        return dict(line.split(":")[:2] for line in self.sh(f"cat {USERS}").splitlines())

    def pending(self):
        return self.sh(f"cat /etc/mailward/accounts.d/{PLAN}/pending").splitlines()

    def overdue(self):
        self.sh(f"echo 1 >/etc/mailward/accounts.d/{PLAN}/until")

    def wait_for_old(self, seconds=30):
        end = time.monotonic() + seconds
        while self.users() != {"anna": OLD, "bert": OLD} and time.monotonic() < end:
            time.sleep(0.2)
        self.assertEqual(self.users(), {"anna": OLD, "bert": OLD})

    def test_written_confirmed_undone(self):
        self.assertEqual(self.write("anna"), ["done anna files written", "ok"])
        self.assertEqual(self.users(), {"anna": BARE, "bert": OLD})
        self.assertEqual(self.ask("account-confirm", PLAN + "\n"), ["done anna files confirmed", "ok"])
        self.assertEqual(self.pending(), [])
        self.assertEqual(self.ask("account-undo", PLAN + "\n"), ["done anna files restored", "ok"])
        self.wait_for_old(0)

    def test_a_lock_that_nobody_confirmed_counts_for_no_other_plan(self):
        def lock(plan):
            return self.ask("account-write", f"{plan} lock files {self.mark()} 30\nanna\n")

        other = "f" * 16
        self.assertEqual(lock(PLAN), ["done anna files written", "ok"])
        self.assertEqual(lock(other), ["done anna files unconfirmed", "ok"])
        self.assertEqual(lock(PLAN), ["done anna files locked", "ok"], "its own is no other's")
        self.assertEqual(self.ask("account-confirm", PLAN + "\n"), ["done anna files confirmed", "ok"])
        self.assertEqual(lock(other), ["done anna files locked", "ok"])

    def test_unreadable_at_expiry_comes_back_later(self):
        self.write("anna", "bert")
        self.sh(f"mv {USERS} {USERS}.away")
        self.overdue()
        answer = self.ask("account-expire", PLAN + "\n")
        self.assertEqual(sorted(answer)[:2], ["done anna files unread", "done bert files unread"])
        self.assertEqual(len(self.pending()), 2, "what is not known is not forgotten")
        self.sh(f"mv {USERS}.away {USERS}")
        self.assertIn("ok", self.ask("account-expire", PLAN + "\n"))
        self.wait_for_old(0)
        self.assertEqual(self.pending(), [])

    def test_unreadable_at_confirm_is_not_confirmed(self):
        self.write("anna")
        self.sh(f"mv {USERS} {USERS}.away")
        self.assertEqual(self.ask("account-confirm", PLAN + "\n"), ["done anna files unread", "ok"])
        self.assertEqual(len(self.pending()), 1)
        self.sh(f"mv {USERS}.away {USERS}")
        self.overdue()
        self.ask("account-expire", PLAN + "\n")
        self.wait_for_old(0)

    def test_a_back_end_that_left_the_configuration_is_not_forgotten(self):
        self.write("anna")
        self.sh("mv /etc/mailward/accounts /etc/mailward/accounts.away")
        self.overdue()
        self.assertIn("done anna files unread", self.ask("account-undo", PLAN + "\n"))
        self.assertEqual(len(self.pending()), 1)
        self.sh("mv /etc/mailward/accounts.away /etc/mailward/accounts")
        self.assertIn("done anna files restored", self.ask("account-undo", PLAN + "\n"))
        self.wait_for_old(0)

    def test_the_timer_outlives_a_failure(self):
        self.write("anna")
        self.sh(f"mv {USERS} {USERS}.away")
        self.overdue()
        self.sh("kill $(pgrep -f '[a]ccounts.timer')")  # as a reboot does; any word to the helper starts it again
        self.assertIn("ok", self.ask("account-policy"))
        time.sleep(2)
        self.assertEqual(len(self.pending()), 1)
        self.sh(f"mv {USERS}.away {USERS}")
        self.wait_for_old()

    def reboot(self, starter):
        """Nothing in /run and no process outlives it; then `starter` is what the system runs."""
        self.sh("kill $(pgrep -f '[a]ccounts.timer') || :; rm -rf /run/mailward")
        self.sh(starter)

    def test_after_a_reboot_the_old_rows_come_back_by_themselves(self):
        self.sh("rm -rf /etc/cron.d; mkdir /etc/cron.d")
        self.write("anna")
        self.overdue()
        entry = self.sh("cat /etc/cron.d/mailward-accounts").strip()
        self.assertTrue(entry.startswith("@reboot root "), entry)
        self.reboot(entry.removeprefix("@reboot root "))
        self.wait_for_old()
        self.sh("n=0; while [ -e /etc/cron.d/mailward-accounts ] && [ $n -lt 50 ]; do n=$((n + 1)); sleep 0.1; done")
        self.assertEqual(self.sh("ls -A /etc/cron.d; ls /etc/mailward"), "accounts\naccounts.d\nusers\n", "what starts it goes when nothing is pending")

    def test_nothing_starts_at_boot_once_it_is_confirmed(self):
        self.sh("rm -rf /etc/cron.d; mkdir /etc/cron.d")
        self.write("anna")
        self.assertEqual(self.ask("account-confirm", PLAN + "\n"), ["done anna files confirmed", "ok"])
        self.assertEqual(self.sh("ls -A /etc/cron.d"), "")

    def test_the_unit_that_systemd_gets(self):
        self.write("anna")
        self.overdue()
        part = SERVER / "gate.d/accounts_write"
        self.sh(f"set -eu; RUN=/run/mailward; KEPT=/etc/mailward/accounts.d; ETC=/etc/mailward; T=/run; . {part}; systemd() {{ :; }}; boots")
        wanted = self.sh("readlink -f /etc/systemd/system/multi-user.target.wants/mailward-accounts.service").strip()
        if shutil.which("systemd-analyze"):
            said = self.host.run("systemd-analyze", "verify", "--recursive-errors=no", wanted)
            self.assertNotIn("mailward-accounts", said.stderr.decode())
        command = next(line.removeprefix("ExecStart=") for line in self.sh(f"cat {wanted}").splitlines() if line.startswith("ExecStart="))
        words = shlex.split(command)  # systemd, as a shell does, makes one backslash of two within double quotes
        self.assertEqual(words[:2], ["/bin/sh", "-c"])
        self.reboot(words[2])
        self.wait_for_old()
        self.sh("n=0; while [ -e /etc/systemd/system/mailward-accounts.service ] && [ $n -lt 50 ]; do n=$((n + 1)); sleep 0.1; done")
        self.assertEqual(self.sh("ls /etc/systemd/system | grep mailward || :; ls /etc/systemd/system/multi-user.target.wants | grep mailward || :"), "")

    def test_two_writes_of_a_plan_share_a_timer(self):
        self.assertIn("done anna files written", self.write("anna"))
        time.sleep(0.5)
        self.assertIn("done bert files written", self.write("bert"))
        self.assertEqual(len(self.sh("pgrep -f '[a]ccounts.timer' || :").split()), 1)
        self.overdue()
        self.sh("pkill -x sleep || :")
        self.wait_for_old()

    def test_who_can_become_root_is_never_touched(self):
        self.assertFalse([line for line in self.ask("account-find") if line.startswith("back system ")], "nobody signs in with system accounts here")
        self.sh("printf '[system]\\n' >>/etc/mailward/accounts; useradd -M carla; useradd -M dora; useradd -M -g sudo emil; useradd -M finn; "
                "usermod -aG sudo dora; printf 'finn ALL=(ALL) ALL\\n' >/etc/sudoers.d/finn; "
                "for n in carla dora emil finn; do echo \"$n:$(openssl passwd -6 x)\"; done | chpasswd -e")
        rows = {line.split()[1]: line.split()[3] for line in self.ask("account-look", "carla\ndora\nemil\nfinn\nDora@example.org\n") if line.startswith("row ")}
        self.assertEqual({name: rows[name] for name in ("carla", "dora", "emil", "finn")}, {"carla": "open", "dora": "protected", "emil": "protected", "finn": "protected"})
        said = self.ask("account-write", f"{PLAN} reset system {self.mark('system')} 30\ndora {NEW}\n")
        self.assertEqual(said, ["done dora system protected", "ok"])

    def audit(self, *candidates):
        return self.ask("account-audit", "60\n" + "".join(f"{kind} {text.encode().hex()}\n" for kind, text in candidates))

    def second(self):
        """Another place with passwords, behind the first one."""
        self.sh(f"printf '[second]\\nkind = passwd-file\\npath = {USERS}2\\nformat = %%u\\nscheme = CRYPT\\nsource = x\\n' >>/etc/mailward/accounts; printf 'carl:{{PLAIN}}qwerty\\n' >{USERS}2")

    def test_an_audit_says_which_place_it_could_not_read(self):
        if not self.sh("command -v perl || :"):
            self.skipTest("perl is not installed")
        self.second()
        self.assertFalse([line for line in self.ask("account-audit-cost") + self.audit(("common", "qwerty")) if line.startswith("unread")])
        self.sh(f"mv {USERS}2 {USERS}3")
        cost, found, policy = self.ask("account-audit-cost"), self.audit(("common", "qwerty")), self.ask("account-policy")
        for said in (cost, found):
            self.assertIn("unread second", said)
            self.assertEqual(said[-1], "ok")
        self.assertIn("fact accounts.unread second", policy)
        self.assertIn("audited 2 2 0 whole", found, "the place that can be read is tested all the same")

    def test_nothing_but_names_and_kinds_leaves_the_server(self):
        if not self.sh("command -v perl || :"):
            self.skipTest("perl is not installed")
        self.second()
        self.sh(f"printf 'dora:%s\\n' \"$(openssl passwd -6 -salt saltsalt dora123)\" >>{USERS}2; printf 'odd:$1$\\n' >>{USERS}2")
        said = self.audit(("common", "qwerty"), ("name", "%n123"))
        self.assertEqual(sorted(line for line in said if line.startswith("weak ")), ["weak carl second common", "weak dora second name"])
        line = r"weak [A-Za-z0-9_][A-Za-z0-9._@+='-]{0,253} [a-z0-9-]{1,32} (default|name|domain|season|common|keyboard)|tested \d+ \d+|audited \d+ \d+ \d+ (whole|cut)|ok"
        self.assertEqual([one for one in said if not re.fullmatch(line, one)], [])
        cost = r"cost [A-Z0-9-]+ \d+ \d+ [01] \d+\.\d+|ok"
        self.assertEqual([one for one in self.ask("account-audit-cost") if not re.fullmatch(cost, one)], [])

    def test_only_an_smtpd_says_who_it_serves(self):
        if not self.sh("command -v postconf || :"):
            self.skipTest("Postfix is not installed")
        self.sh("mkdir -p /etc/postfix; echo 'maillog_file = /run/mail.log' >/etc/postfix/main.cf; cp \"$(command -v sleep)\" /run/smtpd; /run/smtpd 60 </dev/null >/dev/null 2>&1 & echo $! >/run/pid")
        pid = self.sh("cat /run/pid").strip()
        client = f"postfix/submission/smtpd[{pid}]: "
        sends = "4bXyZ1: client=unknown[198.51.100.7], sasl_method=PLAIN, sasl_username="
        for stamp in ("Nov 24 15:20:00 mx1 ", "2026-11-24T15:20:00.123456+00:00 mx1 ", "<22>Nov  4 15:20:00 mx1 "):
            for forged, names in ((f"dovecot: imap-login: Aborted login: user=<smtpd[{pid}]: connect from x>", ["anna"]),
                                  (f"dovecot: auth: user=<x smtpd[{pid}]: {sends}bert>", ["anna"]), (client + "4bXyZ2: reject: x, sasl_username=bert", ["anna"]),
                                  (client + "disconnect from unknown[198.51.100.7]", [])):
                lines = [client + "connect from unknown[198.51.100.7]", client + sends + "anna", forged]
                self.host.run("/bin/sh", "-c", "cat >/run/mail.log", data="".join(stamp + line + "\n" for line in lines).encode())
                said = [line.split()[2] for line in self.ask("account-sessions", "anna\nbert\n") if line.startswith("session smtp ")]
                self.assertEqual(said, names, (stamp, forged))


if __name__ == "__main__":
    if os.geteuid() != 0:
        sys.exit(77)
    unittest.main(verbosity=2)
