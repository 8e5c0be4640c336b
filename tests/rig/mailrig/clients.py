# SPDX-License-Identifier: GPL-3.0-or-later
"""One real connection each: a client at a chosen source address, what it sent and what the server answered."""

import base64
import os
import socket
import ssl
import subprocess
import threading
import time
from dataclasses import dataclass
from datetime import datetime, timezone

TIMEOUT_S = 40
# More than ten unauthenticated connections at once and sshd drops at random (MaxStartups 10:30:100).
SSH_AT_ONCE = threading.Semaphore(6)


@dataclass
class Attempt:
    host: dict  # an entry of rig.json
    port: str  # a name of rig.json's ports: smtp, submission, submissions, imap, imaps, pop3, pop3s, ssh
    ip: str  # source address
    account: bytes
    password: str
    tries: int = 1  # on one connection
    mail_to: str = ""  # submission: a message is sent after the log-in
    note: str = ""


class Dropped(Exception):
    """The server ended or refused the conversation before the answer that we waited for."""


def utc_now():
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def text_of(raw):
    return raw.decode("utf-8", "backslashreplace")


def connect(ip, port, source, timeout, tls=False):
    family = socket.AF_INET6 if ":" in source else socket.AF_INET
    made = socket.socket(family)
    try:
        made.settimeout(timeout)
        # The kernel picks the port at connect: thousands of binds to one address do not run out of ports.
        made.setsockopt(socket.IPPROTO_IP, 24, 1)
        made.bind((source, 0))
        made.connect((ip, port))
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            made = context.wrap_socket(made)
        return made
    except OSError:
        made.close()
        raise


class Lines:
    """A connection that speaks in lines."""

    def __init__(self, attempt):
        host, number = attempt.host, attempt.host["ports"][attempt.port]
        address = host["ip6"] if ":" in attempt.ip else host["ip"]
        self.socket = connect(address, number, attempt.ip, TIMEOUT_S, tls=number in (465, 993, 995))
        self.reader = self.socket.makefile("rb")

    def send(self, line):
        self.socket.sendall(line + b"\r\n")

    def read(self):
        line = self.reader.readline(65536)
        if not line:
            raise Dropped("closed by the server")
        return line.rstrip(b"\r\n")

    def close(self):
        self.reader.close()
        self.socket.close()


def plain(attempt):
    return base64.b64encode(b"\0" + attempt.account + b"\0" + attempt.password.encode())


class Smtp:
    service = "smtp"

    def __init__(self, lines, attempt):
        self.lines, self.attempt = lines, attempt
        self.reply(b"220")
        lines.send(b"EHLO client.example.com")
        self.reply(b"250")

    def reply(self, wanted):
        while True:
            line = self.lines.read()
            if line[3:4] != b"-":
                break
        if not line.startswith(wanted):
            raise Dropped(text_of(line))
        return line

    def log_in(self):
        self.lines.send(b"AUTH PLAIN " + plain(self.attempt))

    def answer(self):
        line = self.reply(b"")
        return {b"235": "success", b"535": "failure"}.get(line[:3]), text_of(line)

    def work(self):
        if not self.attempt.mail_to:
            return ""
        sender, receiver = self.attempt.account, self.attempt.mail_to.encode()
        for line, wanted in ((b"MAIL FROM:<" + sender + b">", b"250"), (b"RCPT TO:<" + receiver + b">", b"250"), (b"DATA", b"354"),
                             (b"From: <" + sender + b">\r\nTo: <" + receiver + b">\r\nSubject: Minutes of the meeting\r\n\r\nSee you on Monday.\r\n.", b"250")):
            self.lines.send(line)
            said = self.reply(wanted)
        return f"sent to {self.attempt.mail_to}: {text_of(said)}"

    def leave(self):
        self.lines.send(b"QUIT")
        self.reply(b"221")


class Imap:
    service = "imap"

    def __init__(self, lines, attempt):
        self.lines, self.attempt, self.number = lines, attempt, 0
        if not (greeting := lines.read()).startswith(b"* OK"):
            raise Dropped(text_of(greeting))

    def command(self, words):
        self.number += 1
        self.lines.send(b"a%d " % self.number + words)

    def reply(self):
        tag = b"a%d " % self.number
        while not (line := self.lines.read()).startswith(tag):
            if line.startswith(b"* BYE"):
                raise Dropped(text_of(line))
        return line[len(tag):]

    def log_in(self):
        name = self.attempt.account
        if all(32 <= byte < 127 for byte in name):
            quoted = name.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
            self.command(b'LOGIN "' + quoted + b'" "' + self.attempt.password.encode() + b'"')
        else:
            self.command(b"AUTHENTICATE PLAIN " + plain(self.attempt))

    def answer(self):
        line = self.reply()
        return {b"OK": "success", b"NO": "failure"}.get(line.split(b" ")[0]), text_of(line)

    def work(self):
        for words in (b'LIST "" "*"', b"SELECT INBOX", b"NOOP"):
            self.command(words)
            self.reply()
        return ""

    def leave(self):
        self.number += 1
        self.lines.send(b"a%d LOGOUT" % self.number)
        self.lines.read()


class Pop3:
    service = "pop3"

    def __init__(self, lines, attempt):
        self.lines, self.attempt = lines, attempt
        if not (greeting := lines.read()).startswith(b"+OK"):
            raise Dropped(text_of(greeting))

    def log_in(self):
        name = self.attempt.account
        if all(32 < byte < 127 for byte in name):
            self.lines.send(b"USER " + name)
            self.lines.read()
            self.lines.send(b"PASS " + self.attempt.password.encode())
        else:
            self.lines.send(b"AUTH PLAIN " + plain(self.attempt))

    def answer(self):
        line = self.lines.read()
        return {b"+OK": "success", b"-ERR": "failure"}.get(line.split(b" ")[0]), text_of(line)

    def work(self):
        self.lines.send(b"STAT")
        self.lines.read()
        return ""

    def leave(self):
        self.lines.send(b"QUIT")
        self.lines.read()


class Submission(Smtp):
    service = "submission"


PROTOCOLS = {"smtp": Smtp, "submission": Submission, "submissions": Submission, "imap": Imap, "imaps": Imap, "pop3": Pop3, "pop3s": Pop3}
SERVICES = [*PROTOCOLS, "ssh"]


def record(attempt, service, **found):
    made = {"time": utc_now(), "host": attempt.host["name"], "service": service, "port": attempt.host["ports"][attempt.port], "ip": attempt.ip,
            "account": text_of(attempt.account), "outcome": None, "attempts": 1, "sent": False, "answer": "", "note": attempt.note}
    return {**made, **found}


def talk(attempt):
    """Makes the attempt; yields a record for each try, with the server's answer or why there was none."""
    if attempt.port == "ssh":
        yield ssh_try(attempt)
        return
    service = PROTOCOLS[attempt.port].service
    try:
        lines = Lines(attempt)
    except OSError as error:
        yield record(attempt, service, attempts=0, note=f"no connection: {error}")
        return
    sent = False
    try:
        session = PROTOCOLS[attempt.port](lines, attempt)
        for _ in range(attempt.tries):
            sent, started = False, utc_now()
            session.log_in()
            sent = True
            outcome, answer = session.answer()
            said = session.work() if outcome == "success" else ""
            note = " ".join(filter(None, [attempt.note, said, "" if outcome else "the server did not decide"]))
            yield record(attempt, service, time=started, outcome=outcome, sent=True, answer=answer, note=note)
            sent = None  # told: nothing more to report if the farewell fails
            if outcome == "success":
                break
        lines.socket.settimeout(5)
        session.leave()
    except (OSError, Dropped) as error:
        if sent is not None:
            yield record(attempt, service, sent=sent, attempts=int(sent), note=f"dropped before an answer: {error}")
    finally:
        lines.close()


def ssh_try(attempt):
    """A real OpenSSH client; the password reaches it through SSH_ASKPASS, never through its arguments."""
    address = attempt.host["ip6"] if ":" in attempt.ip else attempt.host["ip"]
    # OpenSSH refuses odd names on its command line and takes them from a configuration.
    quoted = attempt.account.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    config = b'User "' + quoted + b'"\n'
    command = ["ssh", "-F", "/dev/stdin", "-b", attempt.ip, "-o", "UserKnownHostsFile=/dev/null", "-o", "StrictHostKeyChecking=no", "-o", "LogLevel=ERROR",
               "-o", "PreferredAuthentications=password", "-o", "PubkeyAuthentication=no", "-o", f"NumberOfPasswordPrompts={attempt.tries}",
               "-o", f"ConnectTimeout={TIMEOUT_S}", address, "true"]
    environment = {**os.environ, "SSH_ASKPASS": attempt.host["askpass"], "SSH_ASKPASS_REQUIRE": "force", "MAILWARD_RIG_PASSWORD": attempt.password}
    with SSH_AT_ONCE:
        started = utc_now()
        try:
            done = subprocess.run(command, env=environment, input=config, capture_output=True, start_new_session=True, timeout=2 * TIMEOUT_S)
        except (OSError, ValueError, subprocess.TimeoutExpired) as error:
            return record(attempt, "ssh", attempts=0, note=f"no answer: {error}")
    said = text_of(done.stderr.strip())
    if done.returncode == 0:
        return record(attempt, "ssh", time=started, outcome="success", sent=True)
    if "Permission denied" in said:
        return record(attempt, "ssh", time=started, outcome="failure", sent=True, attempts=attempt.tries, answer=said)
    return record(attempt, "ssh", time=started, attempts=0, answer=said, note="dropped before an answer")


def probe(ip, host, port, timeout):
    """Whether `ip` gets a greeting from a port: open, timeout (a silent drop), refused, closed or unreachable."""
    started = time.monotonic()
    address = host["ip6"] if ":" in ip else host["ip"]
    state, banner = "closed", ""
    try:
        with connect(address, port, ip, timeout, tls=port in (465, 993, 995)) as made:
            banner = text_of(made.recv(512).strip())
            state = "open" if banner else "closed"
    except (TimeoutError, socket.timeout):
        state = "timeout"
    except ConnectionRefusedError:
        state = "refused"
    except ConnectionError:
        state = "closed"
    except OSError as error:
        state, banner = "unreachable", str(error)
    return {"ip": ip, "host": host["name"], "port": port, "state": state, "banner": banner, "ms": round((time.monotonic() - started) * 1000)}
