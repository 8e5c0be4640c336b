#!/usr/bin/python3 -B
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the command line says of plans and bans on a real server: plan, judge, apply with people in the way, lists in and out."""

import json

from mailrig import console

ATTACKERS, INTRUDERS = 200, 4
# Four of the attackers come back and know a password.
SOME = {"do": "attack", "count": INTRUDERS, "services": "imap,pop3", "accounts": 30, "sources": "36.97.2.128/28"}
SCENARIO = [{"do": "attack", "count": ATTACKERS, "services": "submission,imap,pop3", "rate": 60, "accounts": 30, "regions": "CN"}, SOME, {**SOME, "hits": INTRUDERS},
            {"do": "work", "rounds": 4, "people": 3, "rate": 6}]
OFFICE, ALONE = "117.192.10.0/24", "49.36.40.7"  # of alice and bob; of carol


def people_at_work_first(cli, rig):
    rig.drive("work", "--rounds", "2", "--people", "3")
    rig.drive("scenario", input=json.dumps(SCENARIO))
    rig.settle()
    cli.pull(code=0)
    log = cli.home / "maillog"
    log.write_text(rig.on("mx1", "cat /var/log/maillog"))
    return log


def planned_and_judged(cli, check, log, banned):
    offers = {name: cli("plan", "--offer", name, str(log), code=0) for name in ("gentle", "balanced", "hard")}
    plans = {name: answer.rows[0] for name, answer in offers.items()}
    check("three offers, from gentle to hard, with their figures", all(plan["bans"] and plan["expected"]["accounts_cut"] == 0 for plan in plans.values())
          and plans["gentle"]["expected"]["sources_covered_pct"] <= plans["hard"]["expected"]["sources_covered_pct"] and "balanced" in offers["hard"].err, offers)
    few = cli("plan", "--max-rules", "3", "--offer", "hard", str(log), code=0).rows[0]
    check("no more rules than asked for", 0 < len(few["bans"]) <= 3, len(few["bans"]))
    path = cli.home / "judged.json"
    # As if it had been made before all of it: "judge" counts what came after a plan.
    path.write_text(json.dumps({**json.loads(console.plan(1, banned)), "made": "2020-01-01T00:00:00Z"}))
    lasting = {**json.loads(path.read_text())}
    for ban in lasting["bans"]:
        ban["ttl_s"] = 31 * 86400
    early = cli("judge", "--plan", str(path), str(log), code=0).rows[0]
    check("a plan that was over before the attack stopped nothing", early["attempts_stopped_pct"] == 0, early)
    first = min(row["time"] for row in cli("events", str(log), code=0).rows)
    path.write_text(json.dumps({**lasting, "made": first}))
    judged = cli("judge", "--plan", str(path), str(log), code=0).rows[0]
    check("the same plan in time would have stopped them and cut off nobody", judged["attempts_stopped_pct"] > 95 and judged["accounts_cut"] == 0, judged)
    path.write_text(json.dumps({**lasting, "made": first, "bans": [{**lasting["bans"][0], "prefix": OFFICE}]}))
    judged = cli("judge", "--plan", str(path), str(log), code=0).rows[0]
    check("a plan against the office stops nobody and cuts off two", judged["attempts_stopped_pct"] == 0 and judged["accounts_cut"] == 2, judged)


def people_in_the_way(cli, rig, check, banned, intruders):
    path = cli.home / "plan.json"
    path.write_text(console.plan(2, sorted({*banned, *intruders})))
    shown = cli("apply", str(path), "--preview", code=0).rows[0]
    check(f"{len(intruders)} intruders who were let in are not people of ours", shown["accounts_cut_only_here"] == 0 and shown["people_cut"] == [], shown)
    path.write_text(console.plan(3, [ALONE]))
    shown = cli("apply", str(path), "--preview", code=0).rows[0]
    people = {(one["account"] or "").split("@")[0]: one for one in shown["people_cut"]}  # a log-in that no mail followed has no name in Postfix's log
    check("the preview names who is cut off, and where", "carol" in people and set(people) <= {"carol", ""} and shown["accounts_cut_only_here"] == 1
          and all(one["place"] == "49.36.40.0/24" and one["servers"] and one["logins"] for one in people.values()) and people["carol"]["only_here"], shown)
    check("it says what enforces there", shown["backend"] and any(shown["backend"] in note for note in shown["notes"]), shown["notes"])
    for typed in ([], ["--cuts-off", "2"], ["--cuts-off", "all"]):
        refused = cli("apply", str(path), *typed)
        check(f"{' '.join(typed) or 'without the number'}: refused, and nothing is banned", refused.code == 1 and refused.says("cuts off 1 people", "--cuts-off 1")
              and cli("bans").rows == [], refused)
    applied = cli("apply", str(path), "--cuts-off", "1")
    check("with the number it is applied", applied.code == 0 and applied.rows[0]["state"] == "probed", applied)
    check("and the audit log has it", any('typed: "1"' in json.dumps(row).replace('\\"', '"') for row in cli("audit", code=0).rows))
    cli("revert", f"{3:016x}", code=0)


def lists(cli, rig, check, banned):
    source = cli.home / "list.txt"
    source.write_text("# theirs\n" + "\n".join(banned[:3]) + "\nnot an address\n2001:db8:bad::/48\n")
    imported = cli("bans", "--import", str(source), "--ttl", "3600", code=0)
    plan = imported.rows[0]
    check("a list becomes a plan, and what was not understood is said", [ban["prefix"] for ban in plan["bans"]] == sorted(banned[:3], key=lambda ip: tuple(map(int, ip.split(".")))) + ["2001:db8:bad::/48"]
          and all(ban["ttl_s"] == 3600 for ban in plan["bans"]) and "line 5" in imported.err, imported)
    country = cli("bans", "--country", "cn", code=0).rows[0]
    check("so does a country", len(country["bans"]) > 1000 and country["from"], len(country["bans"]))
    path = cli.home / "list.json"
    path.write_text(json.dumps(plan))
    applied, kept = cli("apply", str(path)), cli("confirm", plan["id"])
    check("the list is applied and confirmed", applied.code == kept.code == 0, (applied, kept))
    rig.probe(banned[:1], [143], timeout=0.5, hosts="mx1")
    rows = cli("bans", code=0).rows
    check("what was dropped is said of the whole set", len(rows) == 4 and all(row["set_dropped_packets"] > 0 for row in rows if ":" not in row["prefix"])
          and all(row["set_dropped_packets"] == 0 for row in rows if ":" in row["prefix"]), rows)
    who = cli("bans", "--who", banned[1], code=0).rows
    check("who banned an address, and why", [(row["prefix"], row["by"], row["why"], row["who"]) for row in who] == [(banned[1], "mailward", "list: list.txt", "operator")], who)
    check("nobody bans another", cli("bans", "--who", "203.0.113.200", code=0).rows == [])
    exported = cli("bans", "--export", "cidr", code=0)
    back = cli("bans", "--import", "-", input=exported.out)
    check("what is exported can be imported", back.code == 0 and {ban["prefix"] for ban in back.rows[0]["bans"]} == {ban["prefix"] for ban in plan["bans"]}, (exported, back))
    wrong = cli("bans", "--export", "nonsense")
    check("an unknown format: the known ones are named", wrong.code == 2 and "cidr" in wrong.err, wrong)
    cli("revert", plan["id"], code=0)


def not_counted(cli, rig, check, banned):
    rig.on("mx1", "mkdir -p /etc/mailward; echo hosts >/etc/mailward/backend")
    path = cli.home / "wrapped.json"
    path.write_text(console.plan(5, banned[:1]))
    shown = cli("apply", str(path), "--preview", code=0).rows[0]
    check("where a back end has no effect is said before", shown["backend"] == "hosts" and "postfix" in shown["no_effect"] and any("no effect" in note for note in shown["notes"]), shown)
    applied, rows = cli("apply", str(path)), cli("bans").rows
    check("TCP wrappers count nothing: unknown, not zero", applied.code == 0 and len(rows) == 1 and rows[0]["set_dropped_packets"] is None and rows[0]["set_dropped_bytes"] is None, (applied, rows))
    cli("revert", f"{5:016x}", code=0)


def run(binary, check):
    with console.Rig("ba", hosts="mx1") as rig:
        cli = console.Console(binary, rig, check)
        cli.add_servers()
        log = people_at_work_first(cli, rig)
        truth = rig.truth()
        banned = sorted({one["ip"] for one in truth if one["outcome"] == "failure"})
        intruders = sorted({one["ip"] for one in truth if one["outcome"] == "success" and not one["ip"].startswith(OFFICE.rsplit(".", 1)[0]) and one["ip"] != ALONE})
        check("the attack had intruders", len(intruders) == INTRUDERS, intruders)
        planned_and_judged(cli, check, log, banned)
        people_in_the_way(cli, rig, check, banned, intruders)
        lists(cli, rig, check, banned)
        not_counted(cli, rig, check, banned)


if __name__ == "__main__":
    console.main(run)
