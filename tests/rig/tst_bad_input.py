#!/usr/bin/python3 -B
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong at the console and on servers: each a message with a hint, the right exit code, nothing lost, no crash."""

import os
import shutil
import subprocess
from pathlib import Path

from mailrig import console


def words_of_people(cli, check):
    cases = {"an unknown option": (["pull", "--fast"], 2, "--fast"), "an unknown verb": (["pul"], 2, "pul"), "an option without its value": (["pull", "--server"], 2, "--server"),
             "a filter that nobody understands": (["query", "country:"], 2, "country"), "a window out of range": (["apply", "x", "--confirm-within", "4"], 2, "5 to 600"),
             "an unknown server": (["pull", "--server", "mx9"], 1, "mx9"), "no servers yet": (["pull"], 1, "servers add"),
             "a plan that is not there": (["apply", "/nowhere.json"], 1, "nowhere"), "an id that is none": (["confirm", "../../etc"], 2, "16 hex"),
             "a plan that was never applied": (["revert", "0123456789abcdef"], 1, "0123456789abcdef")}
    for name, (words, code, said) in cases.items():
        answer = cli(*words)
        check(f"{name}: exit {code} and a sentence", answer.code == code and said in answer.err and not answer.out, answer)


def files_at_the_console(cli, rig, check):
    """The same program on log files: an empty one says nothing, a missing one is an error, the others are read all the same."""
    empty, garbage = rig.folder / "empty.log", rig.folder / "garbage.log"
    empty.write_bytes(b"")
    garbage.write_bytes(os.urandom(20000))
    answer = cli("events", "--count", str(empty), code=0)
    check("an empty log: no events, no error", answer.rows and answer.rows[0].get("events", 0) == 0, answer)
    cli("events", "--count", str(garbage))
    missing = cli("events", str(rig.folder / "no.log"))
    check("a missing file: exit 1, its name and a hint", missing.code == 1 and missing.says("no.log"), missing)


def pictures(cli, rig, check):
    """The window without a display, with nothing to show: it ends by itself, and leaves the picture that was asked for."""
    for name, logs in {"without a log": [], "with an empty log": [str(rig.folder / "empty.log")]}.items():
        picture = rig.folder / "picture.png"
        picture.unlink(missing_ok=True)
        done = subprocess.run([str(cli.binary.parent / "mailward"), "--home", str(rig.folder / name.replace(" ", "-")), "--grab", str(picture), *logs],
                              env={**cli.environment(), "QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True, timeout=60)
        check(f"a picture of the window {name}", done.returncode == 0 and picture.exists() and picture.read_bytes().startswith(b"\x89PNG"), f"exit {done.returncode}; {done.stderr[-1500:]}")


def displays(cli, check):
    """Started where no window can open: a sentence, a hint and an exit code; never a core dump."""
    plain = {name: value for name, value in cli.environment().items() if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    for name, extra, words, code, said in (("no display", {}, [], 1, "no display"), ("a display at which nobody answers", {"DISPLAY": ":9753"}, [], 1, "does not answer"),
                                           ("an option that the window does not know", {}, ["--fast"], 2, "fast")):
        done = subprocess.run([str(cli.binary.parent / "mailward"), "--home", str(cli.home), *words], env={**plain, **extra}, capture_output=True, text=True, timeout=60)
        check(f"{name}: exit {code} and a sentence", done.returncode == code and said in done.stderr and ("hint: " in done.stderr or "try: " in done.stderr),
              f"exit {done.returncode}; {done.stderr[-1500:]}")


def failed_pull(cli, check, name, *patterns, servers=("--server", "mx1")):
    before = cli("query", "--group", "server", code=0).rows
    answer = cli("pull", *servers)
    check(f"{name}: exit 1, said with a hint", answer.code == 1 and answer.says(*patterns), answer)
    check(f"{name}: what was there is there, nothing new", cli("query", "--group", "server", code=0).rows == before)


def servers(cli, rig, check):
    rig.drive("attack", "--count", "12", "--services", "smtp,imap,pop3")
    rig.settle()
    cli("pull", code=0)
    cli.same_as_truth("before the trouble")
    rig.call("cut", "mx1")
    both = cli("pull")
    check("one server cut off: exit 1, it is named, and the other is pulled", both.code == 1 and both.says("mx1: ") and [row["server"] for row in both.rows] == ["mx2"], both)
    rig.call("heal", "mx1")
    wrong = rig.folder / "wrong_key"
    console.subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(wrong)], check=True)
    mx1 = rig.hosts["mx1"]
    cli("servers", "add", "strange", "--host", mx1["ip"], "--user", "mwops", "--identity", str(wrong), code=0)
    failed_pull(cli, check, "a key that the server does not know", "refused|accept|log", servers=("--server", "strange"))
    cli("servers", "remove", "strange", code=0)


def logs(cli, rig, check):
    rig.on("mx1", "chmod 000 /var/log/secure; : > /var/log/empty.log; chmod 644 /var/log/empty.log")
    rig.drive("attack", "--count", "6", "--services", "imap", "--regions", "RU", "--seed", "5", "--hosts", "mx1")
    rig.settle()
    answer = cli("pull", "--server", "mx1")
    check("an unreadable log: exit 1, its name and a hint", answer.code == 1 and answer.says("/var/log/secure", "adm|rights|chmod|group"), answer)
    cli.same_as_truth("the other log goes on")
    rig.on("mx1", "chmod 640 /var/log/secure")
    check("readable again: it goes on where it was", cli("pull", "--server", "mx1").code == 0)
    cli("servers", "add", "quiet", "--host", rig.hosts["mx1"]["ip"], "--user", "mwops", "--identity", rig.about["operator_key"], "--log", "/var/log/empty.log", code=0)
    empty = cli("pull", "--server", "quiet")
    check("an empty log on a server is no error", empty.code == 0 and empty.rows[-1]["lines"] == 0, empty)
    cli("servers", "remove", "quiet", code=0)
    cli("servers", "add", "bare", "--host", rig.hosts["mx1"]["ip"], "--user", "mwops", "--identity", rig.about["operator_key"], "--log", "/var/log/no.log", code=0)
    failed_pull(cli, check, "no log at all", "/var/log/no.log", servers=("--server", "bare"))
    cli("servers", "remove", "bare", code=0)


def changed_key(cli, rig, check):
    """Somebody else answers in the server's place: nothing is pulled, applied, or accepted."""
    rig.call("rekey", "mx2")
    rig.reload()
    failed_pull(cli, check, "a changed host key", "chang", servers=("--server", "mx2"))
    trusted = cli("servers", "trust", "mx2", rig.hosts["mx2"]["host_key_fingerprint"])
    check("a changed host key is not accepted, not even by its fingerprint", trusted.code == 1 and trusted.says("chang"), trusted)
    path = cli.home / "plan.json"
    path.write_text(console.plan(7, ["203.0.113.7"]))
    applied = cli("apply", str(path), "--confirm-within", "5")
    check("with one server's key changed a plan goes to none", applied.code == 1 and applied.says("mx2", "chang")
          and cli("bans", "--server", "mx1", code=0).rows == [], applied)


def no_gate(cli, rig, check):
    """A server without the helper: mx1 of this rig has none."""
    seen = cli("servers", "check", "mx1")
    gate = [row for row in seen.rows if row["id"] == "gate"]
    check("no helper: check says how to install it", gate and gate[0]["verdict"] != "ok" and "install" in gate[0]["remedy"], seen)
    path = cli.home / "plan.json"
    path.write_text(console.plan(8, ["203.0.113.7"]))
    applied = cli("apply", str(path), "--confirm-within", "5")
    check("no helper: apply fails and says how to install it", applied.code == 1 and applied.says("install"), applied)


def broken_geography(cli, rig, check):
    share = Path(os.environ.get("MAILWARD_SHARE") or cli.binary.parent.parent / "share/mailward")
    copy = rig.folder / "share"
    shutil.copytree(share, copy)
    country = copy / "geo/country.mmdb"
    data = country.read_bytes()
    rows = cli("query", "outcome:failure", "--group", "ip", code=0).rows
    for name, broken in {"cut in half": data[:len(data) // 2], "noise": os.urandom(5000), "empty": b"", "turned bytes": bytes(255 - byte for byte in data[:200000]) + data[200000:]}.items():
        country.write_bytes(broken)
        answer = cli("query", "outcome:failure", "--group", "ip", env={"MAILWARD_SHARE": str(copy)})
        check(f"a country database that is {name}: everything else is there", answer.code == 0 and len(answer.rows) == len(rows), answer)
        if name != "turned bytes":  # its frame is whole: that its leaves are noise shows address by address only
            check(f"a country database that is {name}: it is said", answer.says("country|geograph|mmdb"), answer.err)


def broken_store(cli, check):
    """A damaged database is moved aside under a name that is told; the logs are still on the servers, and are pulled again."""
    database = cli.home / "state/events.sqlite"
    for name, data in {"noise": os.urandom(40000), "damaged": database.read_bytes()[:4096] + os.urandom(20000)}.items():
        for rest in ("-wal", "-shm"):
            database.with_name(database.name + rest).unlink(missing_ok=True)
        database.write_bytes(data)
        answer = cli("query", "outcome:failure")
        aside = [path for path in database.parent.glob("events.sqlite.broken-*") if path.suffix not in ("-wal", "-shm") and path.name in answer.err]
        check(f"a database that is {name}: exit 1, said with a hint", answer.code == 1 and answer.says("store|database") and aside, answer)
        check(f"a database that is {name} is kept as it was", aside and aside[0].read_bytes() == data, list(database.parent.iterdir()))
        for path in aside:
            path.unlink()
    cli("pull", code=0)
    cli.same_as_truth("after a broken database, pulled again")


def run(binary, check):
    with console.Rig("bi") as rig:
        cli = console.Console(binary, rig, check)
        words_of_people(cli, check)
        files_at_the_console(cli, rig, check)
        pictures(cli, rig, check)
        displays(cli, check)
        cli.add_servers()
        servers(cli, rig, check)
        logs(cli, rig, check)
        broken_geography(cli, rig, check)
        broken_store(cli, check)
        changed_key(cli, rig, check)
    with console.Rig("ng", "--no-gate", hosts="mx1") as rig:
        cli = console.Console(binary, rig, check)
        cli.add_servers()
        no_gate(cli, rig, check)


if __name__ == "__main__":
    console.main(run)
