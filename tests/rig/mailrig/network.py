# SPDX-License-Identifier: GPL-3.0-or-later
"""Namespaces and links of a rig, and how to find every process that lives in one."""

import ctypes
import json
import os
import subprocess
from pathlib import Path

from . import spec

NETNS_DIR = Path("/run/netns")
CLONE_NEWNET = 0x40000000


def run(*command, **options):
    """Runs a command; a failure raises with what the command said."""
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: {(done.stderr or done.stdout).strip()}")
    return done.stdout


def label(rig_id):
    """The mount source of all of a rig's file systems: finds its processes even when all names are gone."""
    return f"mailward-rig-{rig_id}"


def namespace(rig_id, part):
    return f"mw-{rig_id}-{part}"


def namespaces(rig_id):
    return [entry.name for entry in NETNS_DIR.glob(f"mw-{rig_id}-*")] if NETNS_DIR.is_dir() else []


def enter(name):
    """Moves the calling thread (and the threads and processes that it starts) into a network namespace."""
    with open(NETNS_DIR / name) as handle:
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.setns(handle.fileno(), CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), f"entering namespace {name}")


def batch(name, lines):
    run("ip", "-n", name, "-batch", "-", input="\n".join(lines))


def sysctl(name, key, value):
    run("nsenter", f"--net={NETNS_DIR / name}", "sh", "-c", f"echo {value} > /proc/sys/net/{key}")


def create(rig_id, hosts, run_dir):
    """Five namespaces or more: a switch with a bridge, and one cable from it to every host, the clients and the operator."""
    switch = namespace(rig_id, "switch")
    run("ip", "netns", "add", switch)
    # The alias tells `down` where the run directory is, and vanishes with the namespace.
    batch(switch, ["link add br0 type bridge", f"link set br0 alias {run_dir}", "link set br0 up"])
    for host in hosts:
        cable(rig_id, host.name, host.ip, host.ip6, [f"route add default via {spec.CLIENTS_IP}", f"-6 route add default via {spec.CLIENTS_IP6}"])
    cable(rig_id, "operator", spec.OPERATOR_IP, spec.OPERATOR_IP6, [])
    # Every address of the world is local to the clients (AnyIP): a client binds the source it wants to be.
    cable(rig_id, "clients", spec.CLIENTS_IP, spec.CLIENTS_IP6, [
        "route add 192.0.2.0/24 dev eth0 scope link table local", "route add local 0.0.0.0/0 dev lo table local",
        "-6 route add 2001:db8::/64 dev eth0 table local", "-6 route add fe80::/64 dev eth0 table local",
        "-6 route add local ::/0 dev lo table local"])
    sysctl(namespace(rig_id, "clients"), "ipv6/ip_nonlocal_bind", 1)


def cable(rig_id, part, ip, ip6, routes):
    name, switch = namespace(rig_id, part), namespace(rig_id, "switch")
    run("ip", "netns", "add", name)
    run("ip", "link", "add", "name", "eth0", "netns", name, "type", "veth", "peer", "name", part, "netns", switch)
    batch(switch, [f"link set {part} master br0", f"link set {part} up"])
    # nodad: an address that is still being checked for duplicates cannot be bound for a second or two.
    links = [f"addr add {ip}/24 dev eth0", f"-6 addr add {ip6}/64 dev eth0 nodad", "link set lo up", "link set eth0 up"]
    for line in links + routes:
        run("ip", "-n", name, *line.split())


def set_link(rig_id, part, up):
    """Cuts or heals at the switch, as a pulled cable would: the host keeps its addresses and routes."""
    run("ip", "-n", namespace(rig_id, "switch"), "link", "set", part, "up" if up else "down")


def run_dir_of(rig_id):
    """The run directory of a rig that is up, or None."""
    try:
        links = json.loads(run("ip", "-n", namespace(rig_id, "switch"), "-j", "link", "show", "br0"))
        return Path(links[0]["ifalias"])
    except (RuntimeError, ValueError, LookupError):
        return None


def processes(rig_id):
    """Every process in the rig's namespaces or on its file systems, whoever started it; never the caller."""
    inodes = {os.stat(NETNS_DIR / name).st_ino for name in namespaces(rig_id)}
    inodes.discard(os.stat("/proc/self/ns/net").st_ino)
    mark = f" {label(rig_id)} "
    found = []
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            inside = os.stat(f"/proc/{entry}/ns/net").st_ino in inodes
            if inside or mark in Path(f"/proc/{entry}/mountinfo").read_text():
                found.append(int(entry))
        except OSError:
            continue  # ended while we looked
    return [pid for pid in found if pid != os.getpid()]


def destroy_namespaces(rig_id):
    for name in namespaces(rig_id):
        run("ip", "netns", "del", name)
