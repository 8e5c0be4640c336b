# SPDX-License-Identifier: GPL-3.0-or-later
"""A real sshd on loopback with one log file of its own, a writer that rotates it, and a link to it that can break."""

import gzip
import os
import random
import shutil
import socket
import subprocess
import threading
import time
from pathlib import Path


class Server:
    """sshd on a loopback port with one log file."""

    def __init__(self, folder, number=0):
        self.folder = folder / f"server{number}"
        self.folder.mkdir()
        self.log = self.folder / "mail.log"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        for name in ("host_key", "id"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(self.folder / name)], check=True)
        shutil.copy(self.folder / "id.pub", self.folder / "authorized")
        config = self.folder / "sshd_config"
        home = self.folder / "user" # what the person at this machine has in their .bashrc is no server's
        home.mkdir()
        config.write_text(f"Port {self.port}\nListenAddress 127.0.0.1\nHostKey {self.folder}/host_key\nAuthorizedKeysFile {self.folder}/authorized\n"
                          f"StrictModes no\nUsePAM no\nPidFile none\nMaxStartups 200\nLogLevel ERROR\nPermitRootLogin prohibit-password\nSetEnv HOME={home}\n")
        os.makedirs("/run/sshd", exist_ok=True)
        self.process = subprocess.Popen(["/usr/sbin/sshd", "-D", "-e", "-f", str(config)], stderr=subprocess.DEVNULL)
        until = time.monotonic() + 10
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise RuntimeError("sshd does not come up")

    def fingerprint(self):
        return subprocess.run(["ssh-keygen", "-lf", str(self.folder / "host_key.pub")], capture_output=True, text=True, check=True).stdout.split()[1]

    def ssh(self, *command, port=None):
        return ["ssh", "-F", "none", "-p", str(port or self.port), "-i", str(self.folder / "id"), "-o", "StrictHostKeyChecking=no", "-o", "BatchMode=yes",
                "-o", f"UserKnownHostsFile={self.folder}/known", "-o", "LogLevel=ERROR", f"{os.environ.get('USER', 'root')}@127.0.0.1", *command]

    def stop(self):
        self.process.kill()
        self.process.wait()


class Link:
    """A port that leads to another one, and that can be cut (ends every connection, takes no new one) or stalled."""

    def __init__(self, target):
        self.target, self.open, self.moving, self.pairs = target, True, threading.Event(), []
        self.moving.set()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=16)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            near, _ = self.listener.accept()
            if not self.open:
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", self.target))
            self.pairs.append((near, far))
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self.carry, args=(one, other), daemon=True).start()

    def carry(self, source, sink):
        try:
            while data := source.recv(65536):
                self.moving.wait()
                sink.sendall(data)
        except OSError:
            pass
        for one in (source, sink):
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def cut(self):
        self.open = False
        for pair in self.pairs:
            for one in pair:
                try:
                    one.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
        self.pairs.clear()

    def stall(self):
        self.moving.clear()

    def heal(self):
        self.open = True
        self.moving.set()


class Writer:
    """Writes numbered failures as Dovecot does, in bursts, and rotates the file under itself as logrotate would."""

    KEEP = 40

    def __init__(self, log, rate, seed=1):
        self.log, self.rate, self.rng, self.number, self.gone = Path(log), rate, random.Random(seed), 0, set()
        self.stopping, self.lock, self.rotations = threading.Event(), threading.Lock(), 0
        self.file = open(self.log, "ab", buffering=0)
        self.thread = threading.Thread(target=self.run, daemon=True)

    def start(self):
        self.thread.start()

    def stop(self):
        self.stopping.set()
        self.thread.join()

    def burst(self, count):
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime())
        text = "".join(f"{stamp}.{n % 1000:03d}000+00:00 mx1 dovecot: imap-login: Disconnected (auth failed, 1 attempts in 2 secs): user=<n{n}@example.org>, method=PLAIN, "
                       f"rip=198.51.{n // 250 % 250}.{n % 250 + 1}, lip=192.0.2.11, session=<{n:x}>\n" for n in range(self.number, self.number + count))
        self.number += count
        with self.lock:
            self.file.write(text.encode())

    def run(self):
        begun, written = time.monotonic(), 0
        while not self.stopping.is_set():
            due = int((time.monotonic() - begun) * self.rate) - written
            if due > 0:
                self.burst(due)
                written += due
            time.sleep(0.01)

    def rotated(self):
        return sorted(self.log.parent.glob(self.log.name + "[.-]*"))

    @staticmethod
    def numbers(path):
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        return [int(part.split(b"@", 1)[0]) for part in data.split(b"user=<n")[1:]]

    def rotate(self, way):
        """rename, compress, date or copytruncate; while the writer goes on."""
        self.rotations += 1
        numbered = [path for path in self.rotated() if path.name[len(self.log.name)] == "."]
        for path in sorted(numbered, key=lambda path: -int(path.name[len(self.log.name) + 1:].split(".")[0])):
            head, _, tail = path.name[len(self.log.name) + 1:].partition(".")
            path.rename(self.log.parent / f"{self.log.name}.{int(head) + 1}{'.' + tail if tail else ''}")
        for path in sorted(self.rotated(), key=lambda path: path.stat().st_mtime)[:-self.KEEP]:
            self.gone.update(self.numbers(path))
            path.unlink()
        old = self.log.parent / (f"{self.log.name}-20261125-{self.rotations:06d}" if way == "date" else f"{self.log.name}.1")
        if way == "copytruncate":
            shutil.copy2(self.log, old)
            os.truncate(self.log, 0)
            return
        self.log.rename(old)
        fresh = open(self.log, "ab", buffering=0)
        with self.lock:
            self.file, before = fresh, self.file
        before.close()
        if way == "compress":
            subprocess.run(["gzip", str(old)], check=True)

    def kept(self):
        """Numbers that stand in a file now, or stood in one that the rotation dropped."""
        numbers = set(self.gone)
        for path in [self.log, *self.rotated()]:
            numbers.update(self.numbers(path))
        return numbers
