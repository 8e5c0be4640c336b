# SPDX-License-Identifier: GPL-3.0-or-later
"""The life of a rig: up, down, what is left, and the faults that tests need."""

import json
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from . import network, spec, stage

START_LIMIT_S = 30
NEEDED = {"ip": "iproute2", "nsenter": "util-linux", "openssl": "openssl", "ssh": "openssh-client", "sshd": "openssh-server", "postfix": "postfix",
          "dovecot": "dovecot-imapd dovecot-pop3d", "rsyslogd": "rsyslog", "ipset": "ipset", "iptables": "iptables", "nft": "nftables", "sudo": "sudo"}


def default_run_dir(rig_id):
    return Path(tempfile.gettempdir()) / network.label(rig_id)


def run_dir_of(rig_id):
    return network.run_dir_of(rig_id) or default_run_dir(rig_id)


def load(rig_id):
    try:
        return json.loads((run_dir_of(rig_id) / "rig.json").read_text())
    except FileNotFoundError:
        raise RuntimeError(f"no rig {rig_id!r} is up") from None


def up(rig_id, host_names, run_dir, gate):
    """Brings a rig up and returns its description; on any failure, a signal included, nothing stays."""
    if not re.fullmatch(r"[A-Za-z0-9]{1,16}", rig_id):
        raise ValueError("id: 1 to 16 letters and digits")
    hosts = spec.hosts(host_names)
    if os.geteuid() != 0:
        raise RuntimeError("namespaces and mounts need root")
    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    if missing := [package for tool, package in NEEDED.items() if not shutil.which(tool, path=path)]:
        raise RuntimeError(f"install first: apt-get install {' '.join(missing)}")
    if network.namespaces(rig_id):
        raise RuntimeError(f"a rig {rig_id!r} is up already (rig down --id {rig_id})")
    run_dir = Path(run_dir or default_run_dir(rig_id)).absolute()
    if re.search(r"[\s:,\\]", str(run_dir)):
        raise ValueError("the run directory must not contain white space, ':', ',' or '\\'")
    if run_dir.is_dir() and any(run_dir.iterdir()):
        raise RuntimeError(f"{run_dir} is not empty")
    started = time.monotonic()
    try:
        return build(rig_id, hosts, run_dir, gate, started)
    except BaseException:
        down(rig_id, run_dir)
        raise


def build(rig_id, hosts, run_dir, gate, started):
    run_dir.mkdir(parents=True, exist_ok=True)
    run_dir.chmod(0o700)
    (run_dir / "rig.id").write_text(rig_id)
    network.create(rig_id, hosts, run_dir)
    key = run_dir / "operator_key"
    network.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "operator", "-f", str(key))
    stage.put(run_dir / "askpass", '#!/bin/sh\nprintf "%s\\n" "$MAILWARD_RIG_PASSWORD"\n', 0o755)

    def boot(host):
        host_dir = run_dir / "hosts" / host.name
        stage.write(host, hosts, host_dir, (run_dir / "operator_key.pub").read_text(), gate)
        return start_host(rig_id, host, host_dir)

    with ThreadPoolExecutor(len(hosts)) as pool:
        pids = list(pool.map(boot, hosts))
    description = describe(rig_id, hosts, run_dir, pids, gate)
    wait_for_ports(rig_id, hosts, run_dir)
    description["up_seconds"] = round(time.monotonic() - started, 2)
    save(description)
    return description


def start_host(rig_id, host, host_dir):
    """Starts host.sh as PID 1 of new namespaces and returns its process id as seen from outside."""
    body = subprocess.Popen(
        ["nsenter", f"--net={network.NETNS_DIR / network.namespace(rig_id, host.name)}", "--",
         "unshare", "-m", "-u", "-i", "-p", "--fork", "--kill-child", "--",
         str(spec.RIG_DIR / "host.sh"), host.name, str(host_dir), network.label(rig_id)],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, cwd="/")
    until = time.monotonic() + START_LIMIT_S
    while time.monotonic() < until and body.poll() is None:
        children = Path(f"/proc/{body.pid}/task/{body.pid}/children").read_text().split()
        if children:
            return int(children[0])
        time.sleep(0.01)
    raise RuntimeError(f"host {host.name} did not start: {boot_log(host_dir)}")


def boot_log(host_dir):
    log = host_dir / "boot.log"
    return log.read_text(errors="replace")[-2000:] if log.exists() else "no boot.log"


def describe(rig_id, hosts, run_dir, pids, gate):
    entry = str(spec.RIG_DIR / "rig")
    description = {
        "id": rig_id, "run_dir": str(run_dir),
        "namespaces": {part: network.namespace(rig_id, part) for part in ("switch", "clients", "operator")},
        "operator_ip": spec.OPERATOR_IP, "clients_ip": spec.CLIENTS_IP,
        "operator_key": str(run_dir / "operator_key"), "known_hosts": str(run_dir / "known_hosts"),
        "enter": [entry, "exec", "--id", rig_id, "HOST", "--"], "regions": spec.REGIONS, "people": spec.PEOPLE, "hosts": []}
    for host, pid in zip(hosts, pids):
        public_key = (run_dir / "hosts" / host.name / "stage/etc/ssh/ssh_host_key.pub").read_text().strip()
        description["hosts"].append({
            "name": host.name, "fqdn": host.fqdn, "domain": host.domain, "ip": host.ip, "ip6": host.ip6, "pid": pid,
            "namespace": network.namespace(rig_id, host.name), "root": f"/proc/{pid}/root", "ports": spec.PORTS,
            "ssh_user": spec.SSH_USER, "host_key": public_key, "host_key_fingerprint": stage.fingerprint(public_key),
            "gate": spec.GATE_PATH if gate else None, "logs": {"mail": spec.MAIL_LOG, "auth": spec.AUTH_LOG},
            "log_format": "rfc3339" if host.rfc3339 else "rfc3164", "accounts": [asdict(box) for box in host.accounts],
            "system_users": [{"name": name, "password": password} for name, password in spec.SYSTEM_USERS.items()]})
    return description


def save(description):
    """Writes rig.json and known_hosts; each in one step, so that a reader never sees half a file."""
    run_dir = Path(description["run_dir"])
    keys = "".join(f"{host['ip']},{host['name']} {' '.join(host['host_key'].split()[:2])}\n" for host in description["hosts"])
    for name, text in (("known_hosts", keys), ("rig.json", json.dumps(description, indent=1) + "\n")):
        part = run_dir / (name + ".part")
        part.write_text(text)
        part.rename(run_dir / name)


def wait_for_ports(rig_id, hosts, run_dir):
    """Returns when every port of every host has greeted the operator; raises when one does not in time."""
    until = time.monotonic() + START_LIMIT_S
    silent = {}

    def wait(host, port):
        while time.monotonic() < until:
            if greets(host.ip, port):
                return
            if not Path(f"/proc/{host_pids[host.name]}").exists():
                break
            time.sleep(0.03)
        silent[(host.name, port)] = boot_log(run_dir / "hosts" / host.name)

    def all_ports():
        network.enter(network.namespace(rig_id, "operator"))
        threads = [threading.Thread(target=wait, args=(host, port)) for host in hosts for port in spec.PORTS.values()]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    host_pids = pids_of_hosts(rig_id, hosts)
    # setns works on one thread: the main one stays where it is.
    thread = threading.Thread(target=all_ports)
    thread.start()
    thread.join()
    if silent:
        raise RuntimeError(f"no answer from {sorted(silent)}: {next(iter(silent.values()))}")


def pids_of_hosts(rig_id, hosts):
    """The unshare process of each host: it ends when the host does."""
    found = {}
    for host in hosts:
        inode = os.stat(network.NETNS_DIR / network.namespace(rig_id, host.name)).st_ino
        for pid in network.processes(rig_id):
            try:
                if os.stat(f"/proc/{pid}/ns/net").st_ino == inode:
                    found.setdefault(host.name, pid)
            except FileNotFoundError:
                continue  # a step of the host's start, over by now
    return found


def greets(ip, port):
    try:
        with socket.create_connection((ip, port), timeout=5) as plain:
            plain.settimeout(5)
            if port not in spec.TLS_PORTS:
                return bool(plain.recv(256))
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            with context.wrap_socket(plain) as secure:
                return bool(secure.recv(256))
    except OSError:
        return False


def down(rig_id, run_dir=None):
    """Ends every process of the rig and removes its namespaces and files. Harmless when there is nothing."""
    handlers = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        run_dir = Path(run_dir) if run_dir else run_dir_of(rig_id)
        until = time.monotonic() + 15
        # SIGKILL: unshare ignores SIGTERM, and takes the host's PID 1 and with it every daemon along.
        while pids := network.processes(rig_id):
            for pid in pids:
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            if time.monotonic() > until:
                raise RuntimeError(f"processes do not end: {pids}")
            time.sleep(0.02)
        network.destroy_namespaces(rig_id)
        mark = run_dir / "rig.id"
        if mark.exists() and mark.read_text() == rig_id:
            shutil.rmtree(run_dir)
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


def remains(rig_id):
    """Everything of a rig that is there, one object a thing."""
    mark = f" {network.label(rig_id)} "
    things = [{"kind": "namespace", "name": name} for name in network.namespaces(rig_id)]
    for pid in network.processes(rig_id):
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        except OSError:
            continue
        things.append({"kind": "process", "pid": pid, "command": command})
    run_dir = run_dir_of(rig_id)
    for line in Path("/proc/self/mountinfo").read_text().splitlines():
        if mark in line or f" {run_dir}/" in line:
            things.append({"kind": "mount", "line": line})
    if run_dir.exists():
        things.append({"kind": "directory", "path": str(run_dir)})
    return things


def all_ids():
    names = [entry.name for entry in network.NETNS_DIR.glob("mw-*-*")] if network.NETNS_DIR.is_dir() else []
    ids = {name.split("-")[1] for name in names}
    prefix = network.label("")
    return sorted(ids | {path.name[len(prefix):] for path in Path(tempfile.gettempdir()).glob(prefix + "*")})
