#!/usr/bin/python3 -B
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole thread on real servers: from the first look at a host key to a ban that holds, and one that the server took back."""

import json
import time

from mailrig import console

WINDOW_S = 10
KEPT_WITHIN_S = 20  # a slow machine still confirms in time
SCENARIO = [{"do": "attack", "count": 260, "services": "smtp,submission,imap,pop3"},
            {"do": "attack", "count": 30, "services": "submission,imap,pop3", "regions": "IN", "seed": 2},
            {"do": "attack", "count": 10, "services": "ssh", "regions": "RU", "seed": 3},
            {"do": "work", "rounds": 3, "people": 2}]


def first_contact(cli, rig, check):
    cli.add_servers(trust=False)
    mx1 = rig.hosts["mx1"]
    seen = cli("servers", "check", "mx1")
    check("an unknown host key: nothing happens, the fingerprint and what to do are shown",
          seen.code == 1 and seen.says("unknown", "servers trust mx1 " + mx1["host_key_fingerprint"].replace("+", r"\+")), seen)
    wrong = cli("servers", "trust", "mx1", rig.hosts["mx2"]["host_key_fingerprint"])
    check("another fingerprint is not accepted", wrong.code == 1 and wrong.says("unknown") and cli("servers", "check", "mx1").code == 1, wrong)
    for name, host in rig.hosts.items():
        check(f"the right fingerprint of {name} is accepted", cli("servers", "trust", name, host["host_key_fingerprint"]).code == 0)
    for name in rig.hosts:
        answer = cli("servers", "check", name)
        verdicts = {row["id"]: row["verdict"] for row in answer.rows}
        check(f"check of {name}: log-in, tools, logs, firewall and gate are fine",
              answer.code == 0 and all(verdicts.get(key) == "ok" for key in ("host-key", "ssh", "tools", "firewall", "gate", "log:/var/log/maillog")), answer)


def attack_and_pull(cli, rig, check):
    started = time.monotonic()
    rig.drive("scenario", input=json.dumps(SCENARIO))
    seconds = time.monotonic() - started
    truth = rig.truth()
    check("every attempt was answered", all(one["outcome"] for one in truth), [one for one in truth if not one["outcome"]][:3])
    rig.settle()
    started = time.monotonic()
    answer, first = cli.pull(code=0)
    check.note(f"{len(truth)} attempts in {seconds:.1f} s; pulled {first['lines']} lines in {time.monotonic() - started:.1f} s: {dict(first)}")
    cli.same_as_truth("after a pull")
    # The pulls themselves write into /var/log/secure: those lines come with the next pull, and say nothing new.
    check("every line is an event, boring or unknown", first["lines"] == first["events"] + first["boring"] + first["unknown"], first)
    # A busy server now and then says something that no rule knows; it is counted, and must stay an exception.
    check("hardly a line is unknown", first["unknown"] * 100 <= first["lines"], answer)
    failures = cli.told("failure")
    second = cli.pull(code=0)[1]
    check("a second pull brings no attempt again", cli.told("failure") == failures and second["lines"] < 40, second)
    groups = cli("query", "outcome:failure", "--group", "server", code=0).rows
    check("the groups say what the events say", sum(row["failed"] for row in groups) == sum(failures.values()), groups)
    return sorted({ip for _, _, ip in failures})


def refused_plans(cli, rig, check):
    """A plan with one network that must never be banned is refused as a whole, and says why."""
    (cli.home / "config/allow.list").write_text("198.51.100.64/26 # the branch office\n")
    others = {"the operator's own": (rig.about["operator_ip"], "lock out|cut off"), "a server's": (rig.hosts["mx2"]["ip"], "cut off"),
              "an allow-listed one": ("198.51.100.70", "branch office"), "a multicast": ("224.0.0.9", "multicast|protects")}
    for number, (name, (ip, why)) in enumerate(others.items()):
        path = cli.home / "refused.json"
        path.write_text(console.plan(0xBAD0 + number, ["203.0.113.7", ip]))
        shown, applied = cli("apply", str(path), "--preview"), cli("apply", str(path), "--confirm-within", "5")
        check(f"a plan that bans {name} address is refused", shown.code == applied.code == 1 and ip in shown.err and ip in applied.err
              and console.re.search(why, applied.err), (shown, applied))
    (cli.home / "config/allow.list").unlink()
    check("nothing of them is enforced", cli("bans", code=0).rows == [])


def closed(rig, ips, ports):
    return set(rig.probe(ips, ports).values()) == {"timeout"}


def is_open(rig, ips, ports):
    # Patient: on a busy machine a greeting takes its time, and only a drop takes for ever.
    return set(rig.probe(ips, ports, timeout=6).values()) == {"open"}


def wait_open(rig, ips, seconds):
    """How long until all of the addresses get through to both hosts again; None when they do not."""
    started = time.monotonic()
    while time.monotonic() - started < seconds:
        if set(rig.probe(ips, [143], timeout=0.3).values()) == {"open"}:
            return time.monotonic() - started
    return None


def unconfirmed(cli, rig, check, path, banned, free):
    shown = cli("apply", str(path), "--preview", code=0)
    check("the preview shows the exact batch for each server and covers all attackers", [row["server"] for row in shown.rows] == ["mx1", "mx2"]
          and all(f"ban {banned[0]} " in row["batch"] and row["attackers_covered_pct"] == 100 and row["good_logins_cut"] == 0 for row in shown.rows), shown)
    check("a preview changes nothing", is_open(rig, banned[:1], [143]))
    applied = cli("apply", str(path), "--confirm-within", str(WINDOW_S))
    started = time.monotonic()
    check("apply: both servers enforce it and ask for a confirmation", applied.code == 0 and all(row["confirm_before"] for row in applied.rows), applied)
    sample = [*banned[:2], *banned[-2:]]
    ports = [port for port in console.AUTH_PORTS if port != 4190]
    check("banned addresses cannot connect to any auth port of both hosts", closed(rig, sample, ports))
    check("others can, and the banned ones still deliver mail", is_open(rig, free, ports) and is_open(rig, sample[:1], [25]))
    check("the operator's ssh stays", cli("servers", "check", "mx1").code == 0 and cli("servers", "check", "mx2").code == 0)
    taken = wait_open(rig, sample, WINDOW_S + 8)
    after = taken and time.monotonic() - started
    check(f"unconfirmed: both servers took it back within {WINDOW_S} + 5 s", after and after <= WINDOW_S + 5, after)
    if after:
        check.note(f"taken back {after:.1f} s after apply returned, window {WINDOW_S} s")
    check("then no ban is left, and none is missed", cli("bans", code=0).rows == [], cli("bans"))
    late = cli("confirm", json.loads(path.read_text())["id"])
    check("a confirmation that comes too late says so", late.code == 1 and late.err.strip() and is_open(rig, sample[:1], [143]), late)


def confirmed(cli, rig, check, path, banned, free):
    plan_id = json.loads(path.read_text())["id"]
    applied = cli("apply", str(path), "--confirm-within", str(KEPT_WITHIN_S))
    check("apply again", applied.code == 0, applied)
    kept = cli("confirm", plan_id)
    check("confirm", kept.code == 0 and [row["state"] for row in kept.rows] == ["confirmed", "confirmed"], kept)
    time.sleep(KEPT_WITHIN_S + 2)
    check("confirmed: it holds after the window", closed(rig, banned[:3], [143, 587]) and is_open(rig, free, [143]))
    listed = cli("bans", code=0).rows
    check("bans lists every address on both servers, ours, with its end and without drift",
          {(row["server"], row["prefix"]) for row in listed} == {(name, ip) for name in rig.hosts for ip in banned}
          and all(row["by"] == "mailward" and row["plan"] == plan_id and row["until"] and not row["drift"] for row in listed), listed[:3])
    lifted = cli("bans", "--unban", banned[0])
    check("unban lets one address in again", lifted.code == 0 and is_open(rig, banned[:1], [143]) and closed(rig, banned[1:2], [143]), lifted)
    back = cli("revert", plan_id)
    check("revert lifts the rest", back.code == 0 and is_open(rig, banned[:3], [143, 587]) and cli("bans").rows == [], back)


def expiry(cli, rig, check, ip):
    path = cli.home / "short.json"
    path.write_text(console.plan(3, [ip], ttl=12))
    applied = cli("apply", str(path), "--confirm-within", "30")
    kept = cli("confirm", f"{3:016x}")
    check("a ban for 12 s is applied and confirmed", applied.code == kept.code == 0 and closed(rig, [ip], [143]), (applied, kept))
    taken = wait_open(rig, [ip], 20)
    listed = cli("bans")
    check("it runs out by itself and is not missed", taken is not None and listed.code == 0 and listed.rows == [], (taken, listed))


def audited(cli, check):
    rows = cli("audit", code=0).rows
    found = {(row["action"], row["server"]) for row in rows}
    wanted = {(action, name) for action in ("host-key-accepted", "apply", "confirm", "revert", "unban") for name in ("mx1", "mx2")}
    check("the audit log has an entry for each change on each server", wanted <= found, sorted(wanted - found) + sorted(found))
    check("every entry says who", all(row["who"] == "operator" for row in rows), rows[:3])
    verified = cli("audit", "--verify")
    check("the chain of the audit log is sound", verified.code == 0 and verified.rows[0]["sound"] and verified.rows[0]["entries"] == len(rows), verified)


def anchored(cli, rig, check):
    """The chain beside what the servers' syslogs hold of it: whole, beside others' anchors, and replaced by a fresh one with its key at hand."""
    def compare(*words):
        answer = cli("audit", "--verify", *words)
        return answer, {row["server"]: row for row in answer.rows if "agrees" in row}

    answer, servers = compare()
    actions = {row["sequence"]: row["action"] for row in cli("audit", code=0).rows}
    found = [row for row in answer.rows if "anchor" in row]
    check("both servers hold anchors of the chain, each of a change that was kept or taken back", answer.code == 0 and answer.rows[0]["compared"] and set(servers) == {"mx1", "mx2"}
          and all(row["agrees"] and row["found"] >= 3 and row["missing"] == row["replaced"] == row["others"] == row["unsigned"] == 0 for row in servers.values())
          and all(actions[row["entry"]] in ("confirm", "revert") and row["time"] for row in found), answer)
    ids = " ".join(rig.on("mx1", "grep -h 'mailward-gate.*: anchor' /var/log/secure | tail -n 1").split()[-3:-1])
    rig.on("mx1", f"logger -t sshd -p auth.notice 'mailward-gate: anchor {'ab' * 32} {ids} 1795000000'; "
                  f"logger -t mailward-gate -p auth.notice 'anchor {'cd' * 32} 0123456789abcdef 0123456789abcdef 1795000000'")
    answer, servers = compare()
    check("another console's anchor is no alarm, and what is in a message no anchor", answer.code == 0 and servers["mx1"]["others"] == 1 and servers["mx1"]["missing"] == 0, answer)
    cli("servers", "add", "gone", "--host", rig.hosts["mx1"]["ip"], "--port", "1", "--user", "root", "--identity", rig.about["operator_key"], code=0)
    answer, servers = compare()
    check("a server that cannot be reached is named, and told by the exit code", answer.code == 1 and answer.says("gone was not compared") and answer.rows[0]["sound"]
          and not answer.rows[0]["compared"] and not servers["gone"]["compared"] and servers["mx2"]["agrees"], answer)
    answer, servers = compare("--server", "mx1", "--server", "mx2")
    check("those that are named are asked alone", answer.code == 0 and set(servers) == {"mx1", "mx2"}, answer)
    for name in ("audit.jsonl", "audit.head"):
        (cli.home / "state" / name).unlink()
    cli("audit", code=0)
    answer, servers = compare("--server", "mx1", "--server", "mx2")
    check("a fresh chain with the old key is found out", answer.code == 1 and not answer.rows[0]["sound"] and answer.says("this log lacks") and all(row["missing"] >= 3 for row in servers.values()), answer)


def run(binary, check):
    with console.Rig("th") as rig:
        check.note(f"rig up in {rig.about['up_seconds']} s")
        cli = console.Console(binary, rig, check)
        first_contact(cli, rig, check)
        banned = attack_and_pull(cli, rig, check)
        free = [next(ip for ip in (f"203.0.113.{last}" for last in range(1, 255)) if ip not in banned), rig.about["people"][0]["ip"]]
        refused_plans(cli, rig, check)
        path = cli.home / "plan.json"
        path.write_text(console.plan(1, banned))
        unconfirmed(cli, rig, check, path, banned, free)
        path.write_text(console.plan(2, banned))
        confirmed(cli, rig, check, path, banned, free)
        expiry(cli, rig, check, banned[0])
        audited(cli, check)
        anchored(cli, rig, check)


if __name__ == "__main__":
    console.main(run)
