# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the files in which a host differs from the machine that it runs on: `stage` is laid over /, `homes` over /root and /home."""

import base64
import crypt
import hashlib
import os
import re
import shutil
from pathlib import Path

from . import spec
from .network import run

MASTER_EXTRA = """
submission inet n       -       y       -       -       smtpd
  -o syslog_name=postfix/submission
submissions inet n      -       y       -       -       smtpd
  -o syslog_name=postfix/submissions
  -o smtpd_tls_wrappermode=yes
"""

MAIN_CF = """compatibility_level = 3.6
myhostname = {fqdn}
mydomain = {domain}
mydestination = {fqdn}, localhost
mynetworks = 127.0.0.0/8 [::1]/128
inet_protocols = all
biff = no
alias_maps =
alias_database =
smtp_dns_support_level = disabled
smtp_host_lookup = native
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = private/auth
smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination
smtpd_tls_cert_file = /etc/ssl/certs/mailward-rig.pem
smtpd_tls_key_file = /etc/ssl/private/mailward-rig.key
smtpd_tls_security_level = may
smtpd_forbid_bare_newline = normalize
virtual_mailbox_domains = {domain}
virtual_mailbox_base = /var/vmail
virtual_mailbox_maps = texthash:/etc/postfix/mailboxes
virtual_uid_maps = static:5000
virtual_gid_maps = static:5000
enable_long_queue_ids = {long_ids}
"""

# service_count and client_limit: with Dovecot's default of 100 one-shot login processes a flood is dropped unanswered.
DOVECOT_CONF = """protocols = imap pop3
listen = *, ::
auth_verbose = yes
auth_mechanisms = plain login
disable_plaintext_auth = no
ssl = yes
ssl_cert = </etc/ssl/certs/mailward-rig.pem
ssl_key = </etc/ssl/private/mailward-rig.key
mail_location = maildir:~/
mail_max_userip_connections = 50
first_valid_uid = 1000
passdb {
  driver = passwd-file
  args = username_format=%u /etc/dovecot/users
}
userdb {
  driver = static
  args = uid=5000 gid=5000 home=/var/vmail/%d/%n
}
service auth {
  client_limit = 5000
  unix_listener /var/spool/postfix/private/auth {
    mode = 0660
    user = postfix
    group = postfix
  }
}
service imap-login {
  service_count = 0
  process_min_avail = 1
  client_limit = 2000
}
service pop3-login {
  service_count = 0
  process_min_avail = 1
  client_limit = 2000
}
service anvil {
  client_limit = 2000
}
"""

RSYSLOG_CONF = """module(load="imuxsock")
input(type="imuxsock" Socket="/var/spool/postfix/dev/log")
$ActionFileDefaultTemplate {template}
$FileOwner root
$FileGroup adm
$FileCreateMode 0640
$Umask 0022
auth,authpriv.*   /var/log/secure
mail.*            -/var/log/maillog
*.*;auth,authpriv.none;mail.none  -/var/log/syslog
"""

SSHD_CONFIG = """Port 22
HostKey /etc/ssh/ssh_host_key
UseDNS no
UsePAM yes
PermitRootLogin prohibit-password
PasswordAuthentication yes
KbdInteractiveAuthentication no
AllowAgentForwarding no
X11Forwarding no
PrintMotd no
Subsystem sftp /usr/lib/openssh/sftp-server
"""

SUDOERS = f"""Defaults:{spec.SSH_USER} !requiretty, env_reset, secure_path=/usr/sbin:/usr/bin:/sbin:/bin
{spec.SSH_USER} ALL=(root) NOPASSWD: {spec.GATE_PATH} ""
"""


def put(path, text, mode=0o644):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(mode)


def write(host, all_hosts, host_dir, operator_public_key, gate):
    """Writes stage and homes of one host. `gate`: the gate to install, or None for a server without one."""
    stage = host_dir / "stage"
    etc = stage / "etc"
    stage.mkdir(parents=True)
    stage.chmod(0o755)
    write_users(etc)
    write_names(host, all_hosts, stage)
    write_certificate(host, etc)
    write_mail(host, stage)
    template = "RSYSLOG_FileFormat" if host.rfc3339 else "RSYSLOG_TraditionalFileFormat"
    put(etc / "rsyslog.conf", RSYSLOG_CONF.format(template=template))
    put(etc / "ssh/sshd_config", SSHD_CONFIG)
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", host.fqdn, "-f", str(etc / "ssh/ssh_host_key"))
    if gate:
        put(etc / "sudoers.d/mailward", SUDOERS, 0o440)
        target = stage / spec.GATE_PATH.lstrip("/")
        target.parent.mkdir(parents=True)
        shutil.copyfile(gate, target)
        target.chmod(0o755)
        shutil.copytree(Path(gate).parent / "gate.d", stage / "usr/local/lib/mailward")
    write_homes(host_dir / "homes", operator_public_key)
    # An overlay shows the upper directory's owner and mode: those of the machine must not change.
    for path in [path for path in stage.rglob("*") if path.is_dir()]:
        real = Path("/") / path.relative_to(stage)
        if real.is_dir():
            shutil.copystat(real, path)
            shutil.chown(path, real.stat().st_uid, real.stat().st_gid)


def write_users(etc):
    shell_users = {spec.SSH_USER: None, **spec.SYSTEM_USERS}
    passwd, shadow, group = (Path("/etc", name).read_text() for name in ("passwd", "shadow", "group"))
    passwd += "vmail:x:5000:5000::/var/vmail:/usr/sbin/nologin\n"
    shadow += "vmail:*:19000:0:99999:7:::\n"
    group += "vmail:x:5000:\n"
    for number, (user, password) in enumerate(shell_users.items(), start=5001):
        hashed = crypt.crypt(password, crypt.METHOD_SHA512) if password else "*"
        passwd += f"{user}:x:{number}:{number}::/home/{user}:/bin/bash\n"
        shadow += f"{user}:{hashed}:19000:0:99999:7:::\n"
        group += f"{user}:x:{number}:\n"
    group = re.sub(r"^(adm:.*:)([^:\n]*)$", lambda found: found[1] + ",".join(filter(None, [found[2], spec.SSH_USER])), group, flags=re.M)
    put(etc / "passwd", passwd)
    put(etc / "shadow", shadow, 0o640)
    shutil.chown(etc / "shadow", group="shadow")
    put(etc / "group", group)


def write_homes(homes, operator_public_key):
    for home, user in [(homes / "root", "root")] + [(homes / "home" / user, user) for user in (spec.SSH_USER, *spec.SYSTEM_USERS)]:
        home.mkdir(parents=True)
        home.chmod(0o700 if user == "root" else 0o755)
        if user in ("root", spec.SSH_USER):
            put(home / ".ssh/authorized_keys", operator_public_key, 0o600)
            (home / ".ssh").chmod(0o700)
    for number, user in enumerate((spec.SSH_USER, *spec.SYSTEM_USERS), start=5001):
        home = homes / "home" / user
        for path in [home, *home.rglob("*")]:
            shutil.chown(path, number, number)


def write_names(host, all_hosts, stage):
    """No resolver answers, so that no look-up waits; Postfix's chroot needs its own copies."""
    lines = ["127.0.0.1 localhost", "::1 localhost", f"{spec.CLIENTS_IP} client.example.com", f"{spec.OPERATOR_IP} operator.example.com"]
    for other in all_hosts:
        lines += [f"{other.ip} {other.fqdn} {other.name} {other.domain}", f"{other.ip6} {other.fqdn} {other.name}"]
    for etc in (stage / "etc", stage / "var/spool/postfix/etc"):
        put(etc / "hosts", "\n".join(lines) + "\n")
        put(etc / "resolv.conf", "options timeout:1 attempts:1\n")
        put(etc / "nsswitch.conf", "passwd: files\ngroup: files\nshadow: files\nhosts: files dns\nservices: files\nprotocols: files\n")
        shutil.copyfile("/etc/services", etc / "services")
    put(stage / "etc/hostname", host.name + "\n")
    put(stage / "etc/mailname", host.fqdn + "\n")


def write_certificate(host, etc):
    certificate, key = etc / "ssl/certs/mailward-rig.pem", etc / "ssl/private/mailward-rig.key"
    certificate.parent.mkdir(parents=True)
    key.parent.mkdir(parents=True)
    run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30", "-subj",
        f"/CN={host.fqdn}", "-addext", f"subjectAltName=DNS:{host.fqdn},IP:{host.ip}", "-keyout", str(key), "-out", str(certificate))


def write_mail(host, stage):
    etc, spool = stage / "etc", stage / "var/vmail"
    put(etc / "postfix/main.cf", MAIN_CF.format(fqdn=host.fqdn, domain=host.domain, long_ids="yes" if host.long_queue_ids else "no"))
    # Postfix waits until main.cf is a few seconds old before it trusts that nobody is still writing it.
    os.utime(etc / "postfix/main.cf", (0, 1_700_000_000))
    put(etc / "postfix/master.cf", Path("/usr/share/postfix/master.cf.dist").read_text() + MASTER_EXTRA)
    put(etc / "postfix/mailboxes", "".join(f"{box.account} {host.domain}/{box.account.split('@')[0]}/\n" for box in host.accounts))
    put(etc / "dovecot/dovecot.conf", DOVECOT_CONF)
    put(etc / "dovecot/users", "".join(f"{box.account}:{spec.dovecot_hash(box.password)}\n" for box in host.accounts), 0o640)
    shutil.chown(etc / "dovecot/users", group="dovecot")
    (spool / host.domain).mkdir(parents=True)
    for path in (spool, spool / host.domain):
        shutil.chown(path, 5000, 5000)


def fingerprint(public_key_line):
    digest = hashlib.sha256(base64.b64decode(public_key_line.split()[1])).digest()
    return "SHA256:" + base64.b64encode(digest).decode().rstrip("=")
