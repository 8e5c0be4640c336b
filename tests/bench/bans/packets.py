#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What bans cost: a packet's way through none, 100,000 banned networks and 10,000 linear rules; packets that slip through while
bans are exchanged; how long the helper takes for 8,000 and 100,000. In network namespaces; needs root.
`packets.py [--rounds N] [--swaps N]`"""
import argparse
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "rig"))
from tst_gate import AUTH, Host  # noqa: E402

PACKETS = 100_000
# Without what is never banned, the host's own and the sender's.
OCTETS = [octet for octet in range(11, 220) if octet not in (127, 169, 192, 203)]


def networks(count):
    """Networks of 256 addresses all over the world, as a flood's are; none of which holds the sender."""
    return [f"{OCTETS[i % len(OCTETS)]}.{i // len(OCTETS) // 256}.{i // len(OCTETS) % 256}.0/24" for i in range(count)]


def dense(count):
    """As many, side by side within as few blocks as can be."""
    return [f"{60 + i // 65536}.{i // 256 % 256}.{i % 256}.0/24" for i in range(count)]


def batch(prefixes):
    return "".join(f"ban {prefix} {AUTH} 3600\n" for prefix in prefixes)


def end_at_the_door(host):
    """Whatever passes our chain is counted and dropped there, so that a packet costs its way and no answer."""
    host.run("nft", "-f", "-", data=b"table ip bench { chain c { type filter hook input priority 10; tcp dport 143 counter drop; }\n}\n")


def passed(host):
    words = host.run("nft", "list", "table", "ip", "bench").stdout.decode().split()
    return int(words[words.index("packets") + 1])


def enforce(host, prefixes, plan="0123456789abcdef"):
    """Seconds for the steps of the helper that stand between Apply and enforcement."""
    started = time.monotonic()
    for answer in host.apply(batch(prefixes), plan, 600):
        assert answer.startswith("ok"), answer
    taken = time.monotonic() - started
    assert host.ask("confirm", plan + "\n")[-1].startswith("ok")
    return taken


def blast(host, program, source, count):
    command = ["ip", "netns", "exec", host.name + "-c", program, source, "192.0.2.11", "143", str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def cost(program, rounds):
    hosts = {"none": Host(), "nftables 100,000": Host("nftables"), "nftables dense": Host("nftables"), "ipset 100,000": Host("ipset"), "iptables 2,000": Host("iptables"), "10,000 linear rules": Host()}
    print(f"helper: 8,000 networks in {enforce(hosts['nftables 100,000'], networks(8000), '1' * 16):.2f} s, "
          f"100,000 in {enforce(hosts['nftables 100,000'], networks(100_000)):.2f} s (nftables), side by side {enforce(hosts['nftables dense'], dense(100_000)):.2f} s; 100,000 in {enforce(hosts['ipset 100,000'], networks(100_000)):.2f} s (ipset)")
    enforce(hosts["iptables 2,000"], networks(2000))
    rules = "".join(f"-A PREROUTING -s {prefix} -p tcp --dport 143 -j DROP\n" for prefix in networks(10_000))
    hosts["10,000 linear rules"].run("iptables-restore", "--noflush", data=f"*mangle\n{rules}COMMIT\n".encode())
    compare(program, rounds, hosts, "a segment and the answer to it")
    for host in hosts.values():
        end_at_the_door(host)
    compare(program, rounds, hosts, "a segment up to a drop behind our rules")
    for host in hosts.values():
        host.close()


def compare(program, rounds, hosts, what):
    figures = {name: [] for name in hosts}
    for number in range(rounds):  # in turns, so that whatever else the machine does hits all of them
        for name, host in hosts.items():
            slow = "linear" in name or "iptables" in name
            if slow and number % 5:
                continue
            count = PACKETS // 10 if slow else PACKETS
            figures[name].append(float(blast(host, program, "203.0.113.9", count).communicate()[0]))
    base = min(figures["none"])
    print(what)
    for name, values in figures.items():
        print(f"  {name:22} {min(values):9.0f} ns ({statistics.median(values):.0f} in the middle)  {min(values) / base:6.2f}x")


def build(folder):
    program = str(pathlib.Path(folder) / "packets")
    subprocess.run(["gcc", "-O2", "-Wall", "-o", program, str(HERE / "packets.c")], check=True)
    return program


def exchanges(backend, program, count, standing=1000):
    """Packets of a banned sender that got through while `standing` bans were exchanged `count` times, the last time for 1,000 more,
    and those that the last rules dropped."""
    host = Host(backend)
    end_at_the_door(host)
    enforce(host, ["203.0.113.0/24", *networks(standing)], "f" * 16)
    sender = blast(host, program, "203.0.113.9", 0)
    time.sleep(0.2)
    for number in range(count - 1):
        enforce(host, networks(standing + 1 + number)[-1:], f"{number:016x}")
    enforce(host, networks(standing + 1000 + count)[-1000:], "e" * 16)
    time.sleep(0.2)
    sender.kill()
    sender.communicate()
    dropped = sum(int(line.split()[2]) for line in host.state() if line.startswith("drop "))
    got_through = passed(host)
    host.close()
    return got_through, dropped


def swap(program, swaps):
    for backend, standing in (("nftables", 1000), ("nftables", 3500), ("nftables", 8000), ("ipset", 1000), ("iptables", 900)):
        got_through, dropped = exchanges(backend, program, swaps, standing)
        print(f"{backend:10} {swaps} exchanges of {standing} networks under fire: {got_through} packets got through (the last rules dropped {dropped})")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--swaps", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        program = build(folder)
        swap(program, options.swaps)
        cost(program, options.rounds)


if __name__ == "__main__":
    main()
