#!/usr/bin/python3 -B
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers on the rig: every way to log in, jump hosts, keys that were replaced, an ssh configuration, the systemd journal, links that come back.
A secret that a person typed stands nowhere afterwards."""

import os
import pty
import select
import subprocess
import threading
import time
from pathlib import Path

from mailrig import console

CANARY = "Kanarienvogel-7431"
PASSPHRASE = "Passwort-des-Schluessels-2296"


class Terminal:
    """The console with a terminal of its own, at which somebody answers its questions."""

    def __init__(self, cli, *words, answers, env=None, after=None):
        self.cli, self.text = cli, ""
        leader, follower = pty.openpty()
        self.process = subprocess.Popen(cli.command(*words), stdin=follower, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
                                        env=cli.environment(**(env or {})), preexec_fn=lambda: __import__("fcntl").ioctl(0, __import__("termios").TIOCSCTTY, 0))
        os.close(follower)
        until = time.monotonic() + 40
        while self.process.poll() is None and time.monotonic() < until:
            if select.select([leader], [], [], 0.1)[0]:
                try:
                    self.text += os.read(leader, 4096).decode(errors="replace")
                except OSError:
                    break
                for question, answer in list(answers.items()):
                    if question in self.text:
                        self.text = self.text.split(question, 1)[1]
                        os.write(leader, (answer + "\n").encode())
                        if after:
                            time.sleep(3)
                            after(self.process)
        out, err = self.process.communicate(timeout=20)
        os.close(leader)
        self.answer = console.Answer(subprocess.CompletedProcess(words, self.process.returncode, out, err))


def command_lines(stop, found):
    """Every command line of this machine, the rig's hosts included, as long as it takes."""
    while not stop.is_set():
        for entry in os.scandir("/proc"):
            if entry.name.isdigit():
                try:
                    with open(f"/proc/{entry.name}/cmdline", "rb") as line:
                        text = line.read()
                except OSError:
                    continue
                if CANARY.encode() in text or PASSPHRASE.encode() in text:
                    found.add(text)


def reached(cli, check, name, answer, *words):
    check(f"{name}: logged in", answer.code in (0, 1) and any(row.get("id") == "ssh" and row["verdict"] != "fail" for row in answer.rows), answer)


def ways_in(cli, rig, check):
    mx1, mx2 = rig.hosts["mx1"], rig.hosts["mx2"]
    locked = rig.folder / "locked"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-a", "4", "-N", PASSPHRASE, "-f", str(locked)], check=True)
    public = locked.with_suffix(".pub").read_text().strip()
    keys = rig.on("mx1", "sshd -T | sed -n 's/^authorizedkeysfile //p'").split()[0]
    place = keys.replace("%u", "mwops").replace("%h", "/home/mwops")
    place = place if place.startswith("/") else f"/home/mwops/{place}"
    rig.on("mx1", f"echo '{public}' >> {place}")
    # The password reaches the host over stdin, so that the test's own command line is not what is found.
    subprocess.run(rig.enter("mx1", "chpasswd"), input=f"mwops:{CANARY}\n", text=True, check=True, capture_output=True)
    rig.on("mx1", "sed -i '/^PasswordAuthentication/d;/^KbdInteractiveAuthentication/d;/^UsePAM/d' /etc/ssh/sshd_config; "
           "sed -i '1i PasswordAuthentication yes\\nKbdInteractiveAuthentication yes\\nUsePAM yes' /etc/ssh/sshd_config; kill -HUP $(cat /run/sshd.pid); sleep 0.3")
    common = ["--host", mx1["ip"], "--user", "mwops", "--log", "/var/log/maillog"]
    for name, option in (("byword", "--password"), ("byquestion", "--keyboard")):
        cli("servers", "add", name, *common, option, code=0)
    cli("servers", "add", "bylocked", *common, "--identity", str(locked), code=0)
    stop, found = threading.Event(), set()
    watcher = threading.Thread(target=command_lines, args=(stop, found))
    watcher.start()
    for name, question, secret in (("byword", "Password of", CANARY), ("byquestion", "assword", CANARY), ("bylocked", "Passphrase", PASSPHRASE)):
        reached(cli, check, name, Terminal(cli, "servers", "check", name, answers={question: secret}).answer)
    wrong = Terminal(cli, "servers", "check", "byword", answers={"Password of": "not-it"}).answer
    check("a wrong password: refused once, with a hint", wrong.code == 1 and wrong.says("refused"), wrong)
    agent(cli, rig, check, mx1, mx2)
    no_core(cli, check)
    stop.set()
    watcher.join()
    check("no command line of any process held a secret", not found, found)
    held = [path for path in cli.home.rglob("*") if path.is_file() and any(secret.encode() in path.read_bytes() for secret in (CANARY, PASSPHRASE))]
    check("no file of the console holds a secret", not held, held)
    logs = rig.on("mx1", f"grep -rlE '{CANARY[:9]}[v]ogel-7431' /var/log /tmp 2>/dev/null || true")
    check("no log of the server holds a secret", not logs.strip(), logs)


def no_core(cli, check):
    """While the console holds a secret it leaves no core, whatever ends it."""
    seen = {}

    def look(process):
        seen["limits"] = Path(f"/proc/{process.pid}/limits").read_text()
        process.send_signal(6)

    Terminal(cli, "pull", "--follow", "--server", "byword", answers={"Password of": CANARY}, after=look)
    limit = next((line.split()[4:6] for line in seen.get("limits", "").splitlines() if line.startswith("Max core file size")), None)
    cores = [path for folder in (Path.cwd(), cli.home) for path in folder.glob("core*") if path.is_file() and CANARY.encode() in path.read_bytes()]
    check("a console that is ended while it holds a secret leaves no core", limit == ["0", "0"] and not cores, (limit, cores))


def lines_again(cli, rig, check):
    """Raw lines that are no longer kept here are read from the server again, wherever rotation has put them; those that are kept need no server."""
    rig.drive("attack", "--count", "8", "--services", "imap", "--hosts", "mx1", "--seed", "21")
    rig.settle()
    cli("pull", "--server", "mx1", code=0)
    query = ("query", "server:mx1 outcome:failure service:imap", "--top", "8")
    kept = cli(*query, "--raw", code=0).rows
    check("raw lines stand beside their events", len(kept) == 8 and all(row["ip"] in row["raw"] for row in kept), kept[:1])
    rig.call("rotate", "mx1", "maillog", "compress")
    rig.call("kill-ssh", "mx1", "--listener")
    gone = cli(*query, "--raw", code=0).rows
    check("... also when the server is gone", gone == kept, gone[:1])
    cli("store", "--keep-raw", "0", code=0)
    dropped = cli(*query, "--raw")
    check("what is beyond the limit is dropped, and said with a hint", dropped.code == 1 and dropped.says("kept") and "raw" not in dropped.rows[0], dropped)
    rig.call("start-ssh", "mx1")
    again = cli(*query, "--fetch", code=0).rows
    check("... and comes back from the server, out of the compressed file", again == kept, again[:1])
    cli("store", "--keep-raw", "1024", "--check", code=0)


def agent(cli, rig, check, mx1, mx2):
    """By agent, and through a jump host, which logs in by the agent too."""
    started = subprocess.run(["ssh-agent", "-s"], capture_output=True, text=True, check=True).stdout
    env = {"SSH_AUTH_SOCK": started.split("SSH_AUTH_SOCK=")[1].split(";")[0]}
    try:
        subprocess.run(["ssh-add", "-q", rig.about["operator_key"]], env={**os.environ, **env}, check=True, capture_output=True)
        cli("servers", "add", "byagent", "--host", mx1["ip"], "--user", "mwops", "--log", "/var/log/maillog", code=0)
        reached(cli, check, "by agent", cli("servers", "check", "byagent", env=env))
        cli("servers", "add", "behind", "--host", mx2["ip"], "--user", "mwops", "--jump", f"mwops@{mx1['ip']}", "--log", "/var/log/maillog", code=0)
        reached(cli, check, "through a jump host", cli("servers", "check", "behind", env=env))
    finally:
        subprocess.run(["kill", started.split("SSH_AGENT_PID=")[1].split(";")[0]], check=False)
    refused = cli("servers", "check", "byagent", env={"SSH_AUTH_SOCK": ""})
    check("without an agent: refused, with a hint", refused.code == 1 and refused.says("agent"), refused)


def replaced_key(cli, rig, check):
    old = rig.hosts["mx2"]["host_key_fingerprint"]
    rig.call("rekey", "mx2")
    rig.reload()
    new = rig.hosts["mx2"]["host_key_fingerprint"]
    stopped = cli("servers", "check", "mx2")
    check("a changed key is a hard stop", stopped.code == 1 and stopped.says("chang"), stopped)
    wrong = cli("servers", "forget-key", "mx2", old)
    check("another fingerprint than the one shown forgets nothing", wrong.code == 1 and wrong.says("fingerprint") and cli("servers", "check", "mx2").code == 1, wrong)
    cli("servers", "forget-key", "mx2", new, code=0)
    unknown = cli("servers", "check", "mx2")
    check("with the old key forgotten the new one is a stranger's", unknown.code == 1 and unknown.says("servers trust"), unknown)
    cli("servers", "trust", "mx2", new, code=0)
    audit = cli("audit", "--verify", code=0)
    check("the audit log tells it, and verifies", audit.code == 0, audit)
    pulled = cli("pull", "--server", "mx2")
    check("and the server is pulled again", pulled.code == 0, pulled)


def configuration(cli, rig, check):
    folder = cli.home / ".ssh"
    folder.mkdir()
    (folder / "config").write_text(f"Host mx1\n HostName 1.2.3.4\nHost second\n HostName {rig.hosts['mx2']['ip']}\n User mwops\n IdentityFile {rig.about['operator_key']}\n"
                                   "Host evil\n ProxyCommand touch /tmp/evil\nHost *\n ForwardAgent yes\n")
    before = cli("servers", "list", code=0).rows
    seen = {row["name"]: row for row in cli("servers", "import-ssh-config", "--preview", code=0).rows}
    check("an ssh configuration's preview changes nothing", cli("servers", "list", code=0).rows == before and seen["second"]["state"] == "new", seen)
    check("it says what cannot be taken over", seen["evil"]["state"] == "refused" and "ProxyCommand" in seen["evil"]["problem"] and seen["mx1"]["state"] == "present"
          and any("agent" in note for note in seen["second"]["notes"]), seen)
    cli("servers", "import-ssh-config", code=0)
    reached(cli, check, "an imported server", cli("servers", "check", "second"))
    cli("servers", "remove", "second", code=0)


def journal(cli, rig, check):
    rig.on("mx1", "mount -t cgroup2 none /sys/fs/cgroup; mkdir -p /run/systemd/journal /run/log/journal; chgrp systemd-journal /run/log/journal; chmod 2755 /run/log/journal; "
           "setsid /lib/systemd/systemd-journald >/dev/null 2>&1 & n=0; until [ -S /run/systemd/journal/dev-log ] || [ $n -gt 50 ]; do n=$((n+1)); sleep 0.1; done")
    write = ("i=$1; while [ $i -lt $2 ]; do logger -u /run/systemd/journal/dev-log -p mail.info -t dovecot 'imap-login: Disconnected (auth failed, 1 attempts in 2 secs): "
             "user=<j'$i'@example.org>, method=PLAIN, rip=198.51.100.7, lip=192.0.2.11, session=<x'$i'>'; i=$((i+1)); done; sleep 0.3")
    rig.on("mx1", write.replace("$1", "0", 1).replace("$2", "20", 1))
    mx1 = rig.hosts["mx1"]
    cli("servers", "add", "journal", "--host", mx1["ip"], "--user", "mwops", "--identity", rig.about["operator_key"], "--log", "journal", code=0)
    shut = cli("pull", "--server", "journal")
    check("a journal that may not be read: exit 1 and the group to join", shut.code == 1 and shut.says("systemd-journal"), shut)
    seen = {row["id"]: row for row in cli("servers", "check", "journal").rows}
    check("check says the same, as a command to copy", "usermod -aG systemd-journal mwops" in seen.get("log:journal", {}).get("remedy", ""), seen)
    rig.on("mx1", "usermod -aG systemd-journal mwops")
    first = cli("pull", "--server", "journal")
    rig.on("mx1", write.replace("$1", "20", 1).replace("$2", "50", 1))
    second = cli("pull", "--server", "journal")
    third = cli("pull", "--server", "journal")
    accounts = [row["account"] for row in cli("query", "outcome:failure server:journal", "--top", "1000", code=0).rows]
    check("the journal's 50 log-ins are there once each", sorted(accounts) == sorted(f"j{n}@example.org" for n in range(50)), (len(accounts), first, second))
    check("a pull without news reads no entry twice", third.code == 0 and third.rows[-1]["lines"] == 0, third)
    cli("servers", "remove", "journal", code=0)


def comes_back(cli, rig, check):
    process = cli.start("pull", "--follow", "--server", "mx1")
    rows = []
    reader = threading.Thread(target=lambda: rows.extend((time.monotonic(), line) for line in process.stdout))
    reader.start()
    until = time.monotonic() + 20
    while not rows and time.monotonic() < until:
        time.sleep(0.05)
    for name, hurt, heal in (("sessions killed", ("kill-ssh", "mx1"), None), ("sshd away for 3 s", ("kill-ssh", "mx1", "--listener"), ("start-ssh", "mx1"))):
        rig.call(*hurt)
        if heal:
            time.sleep(3)
            rig.call(*heal)
        healed, known = time.monotonic(), len(rows)
        while len(rows) == known and time.monotonic() < healed + 15 and process.poll() is None:
            time.sleep(0.05)
        check(f"{name}: followed again after {time.monotonic() - healed:.1f} s", process.poll() is None and time.monotonic() - healed <= 10)
    process.terminate()
    process.wait(10)
    reader.join()
    check("following ends when it is told to", process.returncode in (0, 1) and not console.SANITIZER.search(process.stderr.read()), process.returncode)


def run(binary, check):
    with console.Rig("sv") as rig:
        cli = console.Console(binary, rig, check)
        cli.add_servers()
        comes_back(cli, rig, check)
        lines_again(cli, rig, check)
        configuration(cli, rig, check)
        journal(cli, rig, check)
        replaced_key(cli, rig, check)
        ways_in(cli, rig, check)


if __name__ == "__main__":
    console.main(run)
