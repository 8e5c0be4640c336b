#!/usr/bin/python3 -B
# SPDX-License-Identifier: GPL-3.0-or-later
"""Never half: links cut at random bytes while a plan is applied or confirmed, and consoles killed while they apply to many
servers. Each server has all of a plan or nothing of it, the journal says which, and rules of others stay as they are.
`tst_half.py [soak] PATH-OF-MAILWARD-CLI`: soak makes 100 cuts and 50 kills with 10 servers."""

import random
import subprocess
import sys
import time

from mailrig import console

SOAK = "soak" in sys.argv[1:-1]
CUTS, KILLS, HOSTS, PREFIXES = (100, 50, 10, 400) if SOAK else (4, 2, 2, 100)
WINDOW_S = 6

# Hands one direction's bytes on until the budget is used up, then drops every link: what a cut cable does to ssh.
RELAY = """
import os, socket, sys, threading
target, budget = sys.argv[1], int(sys.argv[2])
lock, used = threading.Lock(), 0
listener = socket.socket(); listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("127.0.0.1", 2200)); listener.listen(16); print("up", flush=True)
def pump(source, sink, counted):
    global used
    while data := source.recv(65536):
        if counted:
            with lock:
                left = len(data) if budget < 0 else max(0, budget - used)
                used += len(data)
            sink.sendall(data[:left])
            if left < len(data): print(used, flush=True); os._exit(0)
        else: sink.sendall(data)
    sink.shutdown(socket.SHUT_WR)
def quiet(*words):
    try: pump(*words)
    except OSError: pass
def wait_end():
    sys.stdin.read(); print(used, flush=True); os._exit(0)
threading.Thread(target=wait_end, daemon=True).start()
while True:
    near, _ = listener.accept(); far = socket.create_connection((target, 22))
    threading.Thread(target=quiet, args=(near, far, True), daemon=True).start()
    threading.Thread(target=quiet, args=(far, near, False), daemon=True).start()
"""
# Rules that are not ours, and a fail2ban that works on all the while.
FOREIGN = """printf 'table inet theirs { chain c { type filter hook input priority -1; policy accept; tcp dport 25 ip saddr 203.0.113.9 drop; }\\n}\\n' | nft -f -
iptables -N DOCKER-USER; iptables -A FORWARD -j DOCKER-USER; iptables -N ufw-user-input; iptables -A INPUT -j ufw-user-input
mkdir -p /run/fail2ban; printf '[sshd]\\nenabled = false\\n' >/etc/fail2ban/jail.d/zz.local
printf '[Definition]\\ndbfile = None\\nlogtarget = /run/fail2ban/log\\n' >/etc/fail2ban/fail2ban.local
fail2ban-server -b start; n=0; until fail2ban-client ping; do n=$((n+1)); [ $n -lt 200 ]; sleep 0.2; done
printf '%s\\n' 'add brute polling' 'set brute addaction x' \\
  'set brute action x actionstart "iptables -N f2b-brute; iptables -A f2b-brute -j RETURN; iptables -I INPUT -p tcp --dport 22 -j f2b-brute"' \\
  'set brute action x actionban "iptables -I f2b-brute 1 -s <ip> -j REJECT"' 'set brute action x actionunban "iptables -D f2b-brute -s <ip> -j REJECT"' 'start brute' | fail2ban-client -i || :
setsid sh -c 'i=0; while sleep 0.7; do i=$((i+1)); fail2ban-client set brute banip 203.0.113.$((100 + i % 50)); fail2ban-client set brute unbanip 203.0.113.$((100 + i % 50)); done' </dev/null &"""
THEIRS = """{ nft -s list table inet theirs; iptables-save -t filter | sed '/^#/d; s/\\[[0-9:]*\\]//; /^-A f2b-brute -s/d'; } | sha256sum"""


class Fleet:
    def __init__(self, binary, rig, check):
        self.cli, self.rig, self.check = console.Console(binary, rig, check), rig, check
        self.number = 0

    def plan(self):
        self.number += 1
        path = self.cli.home / "plan.json"
        path.write_text(console.plan(self.number, [f"198.18.{self.number % 250}.{i % 250 + 1}" if i < 250 else f"198.19.{self.number % 250}.{i % 250 + 1}" for i in range(PREFIXES)]))
        return path, f"{self.number:016x}"

    def held(self, name):
        """How many of the plan's bans the kernel of this host holds now."""
        return self.rig.on(name, "nft list table inet mailward 2>/dev/null || :").count(f'"{self.number:016x}@')

    def whole(self, text, names, wanted=(0, PREFIXES)):
        counts = {name: self.held(name) for name in names}
        return all(count in wanted for count in counts.values()) or self.check(f"{text}: all or nothing", False, counts)

    def agrees(self, text, names):
        """The console, started again, lists what the kernels hold, and misses nothing."""
        answer = self.cli("bans", code=0)
        plan_id = f"{self.number:016x}"
        listed = {name: sum(row["server"] == name and row["plan"] == plan_id for row in answer.rows) for name in names}
        missed = [row for row in answer.rows if row["drift"]]
        truth = {name: self.held(name) for name in names}
        return (listed == truth and not missed) or self.check(f"{text}: the journal agrees", False, f"{listed} {truth} {missed[:2]} {answer.err}")


class Relay:
    """ssh to a host through a wire of so many bytes; -1: without end."""

    def __init__(self, rig, budget):
        command = rig.enter("operator", sys.executable, "-c", RELAY, rig.hosts["mx1"]["ip"], str(budget))
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.process.stdout.readline()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        out = self.process.communicate()[0].split()
        self.used = int(out[-1]) if out else 0


def wire(fleet, rig):
    with Relay(rig, -1):
        fleet.cli("servers", "add", "wire", "--host", "127.0.0.1", "--port", "2200", "--user", "root", "--identity", rig.about["operator_key"], code=0)
        fleet.cli("servers", "trust", "wire", rig.hosts["mx1"]["host_key_fingerprint"], code=0)


def measure(fleet, rig, check):
    """Bytes towards the server of a whole apply and of a whole confirm."""
    path, plan_id = fleet.plan()
    with Relay(rig, -1) as applied:
        first = fleet.cli("apply", str(path), "--confirm-within", "60", "--server", "wire")
    with Relay(rig, -1) as confirmed:
        second = fleet.cli("confirm", plan_id)
    check(f"an apply takes {applied.used} bytes, a confirm {confirmed.used}", first.code == second.code == 0, (first, second))
    with Relay(rig, -1):
        fleet.cli("revert", plan_id, code=0)
    return applied.used, confirmed.used


def cut_once(fleet, rig, apply_bytes, confirm_bytes, number):
    """One cut; tells what the kernel held in the end, or nothing when something was half or untrue."""
    path, plan_id = fleet.plan()
    with Relay(rig, -1 if confirm_bytes is not None else apply_bytes):
        fleet.cli("apply", str(path), "--confirm-within", str(WINDOW_S), "--server", "wire")
    if confirm_bytes is not None:
        with Relay(rig, confirm_bytes):
            fleet.cli("confirm", plan_id)
    fine = fleet.whole(f"cut {number}", ["mx1"])
    time.sleep(WINDOW_S + 1)
    count = fleet.held("mx1")
    with Relay(rig, -1):
        answer = fleet.cli("bans", "--server", "wire")
        listed = sum(row["plan"] == plan_id for row in answer.rows)
        drift = [row for row in answer.rows if row["drift"]]
        fleet.cli("revert", plan_id)
    if fine and count in (0, PREFIXES) and listed == count and not drift and fleet.held("mx1") == 0:
        return count
    fleet.check(f"cut {number}: whole, and the journal agrees", False, f"kernel {count}, listed {listed}, drift {drift[:2]}, {answer.err}")
    return None


def cuts(fleet, rig, check):
    wire(fleet, rig)
    apply_bytes, confirm_bytes = measure(fleet, rig, check)
    before, rng = rig.on("mx1", THEIRS), random.Random(9)
    ends = [cut_once(fleet, rig, rng.randrange(apply_bytes), rng.randrange(confirm_bytes) if number % 4 == 3 else None, number) for number in range(CUTS)]
    check(f"{CUTS} links cut at random bytes: {ends.count(0)} all old, {ends.count(PREFIXES)} all new, {ends.count(None)} half or untrue", None not in ends, ends)
    check("rules of others are as they were, with fail2ban at work meanwhile", rig.on("mx1", THEIRS) == before)
    fleet.cli("servers", "remove", "wire", code=0)


def kill_once(fleet, names, after, number):
    path, plan_id = fleet.plan()
    process = fleet.cli.start("apply", str(path), "--confirm-within", "300")  # looking at ten servers takes a while: what stands must not go meanwhile
    time.sleep(after)
    process.kill()
    process.communicate()
    fine = fleet.whole(f"kill {number}", names) and fleet.agrees(f"kill {number}", names)
    reached = sum(fleet.held(name) > 0 for name in names)
    if number % 2 == 0:  # go on: what stands is kept
        fleet.cli("confirm", plan_id)
        kept = sum(fleet.held(name) == PREFIXES for name in names)
        fine = (kept == reached or fleet.check(f"kill {number}: what stood is kept", False, (kept, reached))) and fine and fleet.agrees(f"kill {number}, confirmed", names)
    fleet.cli("revert", plan_id)
    return fine and fleet.whole(f"kill {number}, taken back", names, (0,)), reached


def kills(fleet, rig, check):
    names = list(rig.hosts)
    fleet.cli.add_servers()
    path, plan_id = fleet.plan()
    started = time.monotonic()
    done = fleet.cli("apply", str(path), "--confirm-within", "60")
    lasts = time.monotonic() - started
    check(f"an apply to {len(names)} servers takes {lasts:.1f} s", done.code == 0, done)
    fleet.cli("revert", plan_id)
    rng = random.Random(3)
    ends = [kill_once(fleet, names, rng.uniform(0.05, 1.0) * lasts, number) for number in range(KILLS)]
    check(f"{KILLS} consoles killed while they applied to {len(names)} servers, {sum(reached for _, reached in ends)} of which were reached: "
          "each all or nothing, the journal agrees, it goes on or goes back", all(fine for fine, _ in ends), ends)


def run(binary, check):
    with console.Rig("hf", hosts=",".join(f"mx{number + 1}" for number in range(HOSTS))) as rig:
        check.note(f"{HOSTS} servers up in {rig.about['up_seconds']} s")
        rig.on("mx1", f"{{ {FOREIGN}\n}} >/dev/null 2>&1")
        fleet = Fleet(binary, rig, check)
        cuts(fleet, rig, check)
        kills(fleet, rig, check)


if __name__ == "__main__":
    sys.argv = [word for word in sys.argv if word != "soak"]
    console.main(run, limit_s=14000 if SOAK else 600)
