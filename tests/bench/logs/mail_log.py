# SPDX-License-Identifier: GPL-3.0-or-later
"""mail_log.py FILE --lines N --share PERCENT [--seed N]: a mail server's log in the forms that real daemons write.

Postfix (smtpd, submission, cleanup, qmgr, smtp, lmtp, bounce, anvil, postscreen), Dovecot, sshd and cron, a week of it, RFC 3164 stamps.
`share` is the part of the lines that carry meaning (log-ins, refusals, mail taken, delivered, bounced); the rest is what a server
writes beside them. 20,000 addresses, some much more often than others, and 2,500 accounts."""

import argparse
import random

MONTH = "Nov"
FIRST_DAY = 15
DAYS = 7
HOST = "mx1"
LETTERS = "BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789"


class Writer:
    """Lines in the order of their time; keeps count of those with meaning."""

    def __init__(self, seed, lines):
        self.random = random.Random(seed)
        self.total = lines
        self.lines = []
        self.meaning = 0
        self.written = 0
        self.pid = 1000
        rnd = self.random
        self.strangers = [f"{rnd.choice((1, 5, 27, 45, 61, 93, 103, 141, 177, 185, 196, 203, 218))}.{rnd.randrange(256)}.{rnd.randrange(256)}.{rnd.randrange(1, 255)}"
                          for _ in range(20000)]
        self.accounts = [f"{rnd.choice(('anna', 'ben', 'carla', 'dieter', 'eva', 'frank', 'greta', 'hans'))}.{rnd.choice(('wolf', 'maier', 'petrova', 'smith', 'li'))}{n}@example.org"
                         for n in range(2500)]
        self.offices = [f"192.0.2.{n}" for n in range(10, 60)]
        self.stamp = ""

    def tick(self):
        second = int((self.written + len(self.lines)) / self.total * (DAYS * 86400 - 60))
        day, rest = divmod(second, 86400)
        self.stamp = f"{MONTH} {FIRST_DAY + day:2d} {rest // 3600:02d}:{rest // 60 % 60:02d}:{rest % 60:02d} {HOST} "
        self.pid = 1000 + self.random.randrange(60000)

    def boring(self, text):
        self.lines.append(self.stamp + text)

    def event(self, text):
        self.lines.append(self.stamp + text)
        self.meaning += 1

    def stranger(self):
        return self.strangers[int(self.random.random() ** 3 * len(self.strangers))]

    def account(self):
        return self.accounts[int(self.random.random() ** 2 * len(self.accounts))]

    def qid(self):
        return "4" + "".join(self.random.choices(LETTERS, k=12)) if self.random.random() < 0.7 else f"{self.random.randrange(1 << 32, 1 << 40):X}"


def submission_guess(w):
    ip, service = w.stranger(), w.random.choice(("smtpd", "submission/smtpd", "smtps/smtpd"))
    tag = f"postfix/{service}[{w.pid}]: "
    w.boring(f"{tag}connect from unknown[{ip}]")
    if w.random.random() < 0.6:
        w.event(f"dovecot: auth: passwd-file({w.account()},{ip}): Password mismatch")
    w.event(f"{tag}warning: unknown[{ip}]: SASL {w.random.choice(('LOGIN', 'PLAIN'))} authentication failed: "
            + w.random.choice(("UGFzc3dvcmQ6", "(reason unavailable)", "authentication failure")) + f", sasl_username={w.account()}")
    if w.random.random() < 0.2:
        w.boring(f"{tag}lost connection after AUTH from unknown[{ip}]")
    w.boring(f"{tag}disconnect from unknown[{ip}] ehlo=1 auth=0/1 rset=1 quit=1 commands=3/4")


def imap_guess(w):
    ip, account = w.stranger(), w.account()
    session = "".join(w.random.choices(LETTERS, k=16))
    login = w.random.choice(("imap-login", "pop3-login"))
    w.event(f"dovecot: auth: passwd-file({account},{ip},<{session}>): Password mismatch")
    w.event(f"dovecot: {login}: Disconnected: Connection closed (auth failed, 1 attempts in 2 secs): user=<{account}>, method=PLAIN, "
            f"rip={ip}, lip=192.0.2.1, TLS, session=<{session}>")


def imap_login(w):
    ip, account = w.random.choice(w.offices), w.account()
    session = "".join(w.random.choices(LETTERS, k=16))
    w.event(f"dovecot: imap-login: Login: user=<{account}>, method=PLAIN, rip={ip}, lip=192.0.2.1, mpid={w.pid}, TLS, session=<{session}>")
    w.event(f"dovecot: imap({account})<{w.pid}><{session}>: Disconnected: Logged out in=412 out=11873 deleted=0 expunged=0 trashed=0 "
            "hdr_count=4 hdr_bytes=2113 body_count=1 body_bytes=4822")


def ssh_guess(w):
    ip, port = w.stranger(), w.random.randrange(1024, 65536)
    tag = f"sshd[{w.pid}]: "
    if w.random.random() < 0.6:
        name = w.random.choice(("oracle", "test", "admin", "ubuntu", "git", "postgres"))
        w.event(f"{tag}Invalid user {name} from {ip} port {port}")
        w.boring(f"{tag}pam_unix(sshd:auth): check pass; user unknown")
        who = f"invalid user {name}"
    else:
        who = "root"
        w.event(f"{tag}pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost={ip}  user=root")
    w.event(f"{tag}Failed password for {who} from {ip} port {port} ssh2")
    w.event(f"{tag}Connection closed by {'authenticating user root' if who == 'root' else who} {ip} port {port} [preauth]")


def sent_mail(w):
    ip, account, qid = w.random.choice(w.offices), w.account(), w.qid()
    tag = f"postfix/submission/smtpd[{w.pid}]: "
    w.boring(f"{tag}connect from office.example.org[{ip}]")
    w.event(f"{tag}{qid}: client=office.example.org[{ip}], sasl_method=PLAIN, sasl_username={account}")
    w.boring(f"postfix/cleanup[{w.pid + 1}]: {qid}: message-id=<{w.random.randrange(1 << 48):x}@example.org>")
    w.boring(f"postfix/qmgr[512]: {qid}: from=<{account}>, size={w.random.randrange(900, 90000)}, nrcpt=1 (queue active)")
    to = f"someone{w.random.randrange(40000)}@example.net"
    roll = w.random.random()
    head = f"postfix/smtp[{w.pid + 2}]: {qid}: to=<{to}>, relay=mx.example.net[198.51.100.7]:25, delay=0.61, delays=0.05/0.01/0.2/0.35, "
    if roll < 0.92:
        w.event(f"{head}dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as {w.random.randrange(1 << 40):X})")
    elif roll < 0.96:
        w.event(f"{head}dsn=4.7.1, status=deferred (host mx.example.net[198.51.100.7] said: 451 4.7.1 <{to}>: Greylisted, try again later (in reply to RCPT TO command))")
    else:
        w.event(f"{head}dsn=5.1.1, status=bounced (host mx.example.net[198.51.100.7] said: 550 5.1.1 <{to}>: Recipient address rejected: User unknown (in reply to RCPT TO command))")
        w.event(f"postfix/bounce[{w.pid + 3}]: {qid}: sender non-delivery notification: {w.qid()}")
    w.boring(f"postfix/qmgr[512]: {qid}: removed")
    w.event(f"{tag}disconnect from office.example.org[{ip}] ehlo=2 starttls=1 auth=1 mail=1 rcpt=1 data=1 quit=1 commands=8")


def received_mail(w):
    ip, account, qid = w.stranger(), w.account(), w.qid()
    tag = f"postfix/smtpd[{w.pid}]: "
    w.boring(f"{tag}connect from mail.example.com[{ip}]")
    if w.random.random() < 0.4:
        w.event(f"{tag}NOQUEUE: reject: RCPT from unknown[{ip}]: 554 5.7.1 Service unavailable; Client host [{ip}] blocked using zen.example; "
                f"from=<x@example.com> to=<{account}> proto=ESMTP helo=<mail.example.com>")
    else:
        w.event(f"{tag}{qid}: client=mail.example.com[{ip}]")
        w.boring(f"postfix/cleanup[{w.pid + 1}]: {qid}: message-id=<{w.random.randrange(1 << 48):x}@example.com>")
        w.boring(f"postfix/qmgr[512]: {qid}: from=<news@example.com>, size={w.random.randrange(900, 90000)}, nrcpt=1 (queue active)")
        w.boring(f"dovecot: lmtp({account})<{w.pid}><{''.join(w.random.choices(LETTERS, k=12))}>: msgid=<{w.random.randrange(1 << 48):x}@example.com>: saved mail to INBOX")
        w.event(f"postfix/lmtp[{w.pid + 2}]: {qid}: to=<{account}>, relay=mx1.example.org[private/dovecot-lmtp], delay=0.08, delays=0.05/0/0/0.02, "
                f"dsn=2.0.0, status=sent (250 2.0.0 <{account}> {qid} Saved)")
        w.boring(f"postfix/qmgr[512]: {qid}: removed")
    w.boring(f"{tag}disconnect from mail.example.com[{ip}] ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5")


def filler(w):
    roll = w.random.random()
    if roll < 0.5:
        ip = w.stranger()
        w.boring(f"postfix/smtpd[{w.pid}]: connect from unknown[{ip}]")
        w.boring(f"postfix/smtpd[{w.pid}]: disconnect from unknown[{ip}] ehlo=1 quit=1 commands=2")
    elif roll < 0.7:
        w.boring(f"postfix/anvil[{w.pid}]: statistics: max connection rate 3/60s for (smtp:{w.stranger()}) at Nov 16 03:12:21")
    elif roll < 0.9:
        w.boring(f"CRON[{w.pid}]: pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)")
        w.boring(f"CRON[{w.pid}]: pam_unix(cron:session): session closed for user root")
    else:
        w.boring(f"postfix/cleanup[{w.pid}]: {w.qid()}: message-id=<{w.random.randrange(1 << 48):x}@example.com>")


BUSY = [(submission_guess, 5), (imap_guess, 4), (imap_login, 4), (ssh_guess, 3), (sent_mail, 3), (received_mail, 2)]
DENSE = [(imap_guess, 4), (imap_login, 4), (ssh_guess, 2), (submission_guess, 2)]


def generate(path, lines, share, seed=1):
    """Writes the log; returns how many lines have meaning."""
    w = Writer(seed, lines)
    names, weights = zip(*(BUSY if share < 60 else DENSE))
    with open(path, "w", encoding="ascii") as out:
        while w.written + len(w.lines) < lines:
            w.tick()
            if w.meaning * 100 > share * (w.written + len(w.lines)):
                filler(w)
            else:
                w.random.choices(names, weights)[0](w)
            if len(w.lines) > 4000:
                w.written += len(w.lines)
                out.write("\n".join(w.lines) + "\n")
                w.lines.clear()
        out.write("\n".join(w.lines) + "\n")
    return w.meaning


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--lines", type=int, default=2_000_000)
    parser.add_argument("--share", type=int, default=40, help="percent of the lines that carry meaning")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    meaning = generate(options.file, options.lines, options.share, options.seed)
    print(f"{options.file}: {meaning} lines with meaning")
