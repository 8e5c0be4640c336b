# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong on real servers, on demand: cut links, ended sessions, rotated logs, changed host keys."""

import shlex
import subprocess

from . import network, rig, spec, stage


def host_of(description, name):
    for host in description["hosts"]:
        if host["name"] == name:
            return host
    raise ValueError(f"no host {name!r} in rig {description['id']}")


def inside(description, name):
    """The command prefix that runs the words after it as root on a host."""
    pid = host_of(description, name)["pid"]
    return ["nsenter", "-t", str(pid), "-m", "-u", "-i", "-p", "-n", "--", "env", "-i", "LANG=C.UTF-8", "HOME=/root", "TERM=dumb",
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]


def entry(rig_id, place):
    """The command prefix that runs the words after it as root on a host, or in the namespace `clients` or `operator`."""
    if place in ("clients", "operator"):
        return ["nsenter", f"--net={network.NETNS_DIR / network.namespace(rig_id, place)}", "--"]
    return inside(rig.load(rig_id), place)


def shell(description, name, script):
    return network.run(*inside(description, name), "sh", "-euc", script, stdin=subprocess.DEVNULL)


def cut(options):
    network.set_link(options.id, host_of(rig.load(options.id), options.host)["name"], up=False)


def heal(options):
    network.set_link(options.id, host_of(rig.load(options.id), options.host)["name"], up=True)


# sshd's listener has its pid in a file; all others of that name serve one connection each.
END_SESSIONS = 'for pid in $(pidof sshd); do test "$pid" = "$(cat /run/sshd.pid)" || kill -9 "$pid" || true; done'


def kill_ssh(options):
    stop = 'kill "$(cat /run/sshd.pid)"; ' if options.listener else ""
    shell(rig.load(options.id), options.host, stop + END_SESSIONS)


def start_ssh(options):
    shell(rig.load(options.id), options.host, "/usr/sbin/sshd")


def rotate(options):
    """rename: a new file with a new inode; compress: the same, and the old one gzipped; copytruncate: the same inode, emptied."""
    path = shlex.quote({"maillog": spec.MAIL_LOG, "secure": spec.AUTH_LOG}[options.log])
    shift = f"for n in 4 3 2 1; do for e in '' .gz; do test ! -e {path}.$n$e || mv {path}.$n$e {path}.$((n+1))$e; done; done; "
    # rsyslog opens the new file with its next line: logrotate's `create` makes it at once.
    create = f"(umask 027; : > {path}; chgrp adm {path}); kill -HUP $(cat /run/rsyslogd.pid); "
    ways = {
        "rename": f"mv {path} {path}.1; {create}",
        "compress": f"mv {path} {path}.1; {create} sleep 0.2; gzip {path}.1",
        "copytruncate": f"cp -p {path} {path}.1; : > {path}",
    }
    shell(rig.load(options.id), options.host, shift + ways[options.way])


def rekey(options):
    """A new host key of the wished type; sshd starts again with it. rig.json and known_hosts keep the old one unless told."""
    description = rig.load(options.id)
    host = host_of(description, options.host)
    key = "/etc/ssh/ssh_host_key"
    shell(description, options.host, f"rm -f {key} {key}.pub; ssh-keygen -q -t {options.type} -N '' -C {host['fqdn']} -f {key}; "
          'kill "$(cat /run/sshd.pid)"; while test -e /run/sshd.pid; do sleep 0.02; done; /usr/sbin/sshd')
    host["host_key"] = shell(description, options.host, f"cat {key}.pub").strip()
    host["host_key_fingerprint"] = stage.fingerprint(host["host_key"])
    rig.save(description)
    print(host["host_key_fingerprint"])


def add_verbs(verb):
    verb("cut", cut, "pull a host's cable").add_argument("host")
    verb("heal", heal, "plug it in again").add_argument("host")
    made = verb("kill-ssh", kill_ssh, "end all ssh sessions of a host, hard")
    made.add_argument("host")
    made.add_argument("--listener", action="store_true", help="and the listener: new connections are refused")
    verb("start-ssh", start_ssh, "start the listener again").add_argument("host")
    made = verb("rotate", rotate, "rotate a log as logrotate would")
    made.add_argument("host")
    made.add_argument("log", choices=["maillog", "secure"])
    made.add_argument("way", nargs="?", default="rename", choices=["rename", "copytruncate", "compress"])
    made = verb("rekey", rekey, "give a host a new ssh host key; prints the fingerprint and updates rig.json")
    made.add_argument("host")
    made.add_argument("--type", default="ed25519", choices=["ed25519", "ecdsa", "rsa"])
