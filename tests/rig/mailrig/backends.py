# SPDX-License-Identifier: GPL-3.0-or-later
"""Every place in which a mail server keeps passwords, on one host of a rig: Dovecot's passwd-file, /etc/shadow, PostgreSQL, MariaDB, OpenLDAP."""

import crypt
import shutil
from pathlib import Path

PG_BIN = Path("/usr/lib/postgresql/15/bin")
NEEDED = {"psql": "postgresql", "mariadbd": "mariadb-server", "slapd": "slapd", "ldapmodify": "ldap-utils", "perl": "perl"}
# One account to try each back end with, and one beside it that nothing may touch.
PLACES = {"passwd-file": ("alice@example.org", "bob@example.org"), "postgresql": ("paul@pg.example.org", "petra@pg.example.org"),
          "mariadb": ("mia@my.example.org", "max@my.example.org"), "ldap": ("lena@ldap.example.org", "lars@ldap.example.org"), "system": ("dave", "erin")}
ODD_IN_LDAP = ["o'brien@ldap.example.org", "a+b=c@ldap.example.org"]

DOVECOT = """
passdb {
  driver = sql
  args = /etc/dovecot/pg.conf.ext
}
passdb {
  driver = sql
  args = /etc/dovecot/my.conf.ext
}
passdb {
  driver = ldap
  args = /etc/dovecot/ldap.conf.ext
}
passdb {
  driver = shadow
}
auth_cache_size = 1M
auth_cache_ttl = 1 hour
auth_cache_negative_ttl = 0
auth_username_chars = abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ01234567890.-_@+='
"""
PG_CONF = """driver = pgsql
connect = host=/run/pg dbname=mail user=dovecot password=pg:sec\\\\ret
default_pass_scheme = SHA512-CRYPT
password_query = SELECT username AS user, password FROM mailbox WHERE username = '%u' AND active = '1'
"""
MY_CONF = """driver = mysql
connect = host=/run/my/socket dbname=mail user=dovecot password=my'sec
default_pass_scheme = CRYPT
password_query = \\
  SELECT userid AS username, domain, password \\
  FROM users WHERE userid = '%n' AND domain = '%d'
"""
LDAP_CONF = """uris = ldapi://%2Frun%2Fldap%2Fsocket
dn = cn=mail,dc=example
dnpass = ldap-secret
base = ou=people,dc=example
pass_attrs = mail=user,userPassword=password
pass_filter = (&(objectClass=inetOrgPerson)(mail=%u))
default_pass_scheme = CRYPT
"""
SLAPD_CONF = """include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
pidfile /run/ldap/pid
modulepath /usr/lib/ldap
moduleload back_mdb
database mdb
suffix dc=example
index mail,objectClass eq
directory /run/ldap/data
rootdn cn=root,dc=example
access to attrs=userPassword by dn.exact="cn=mail,dc=example" write by anonymous auth by * none
access to * by * read
"""


def missing():
    path = "/usr/sbin:/sbin:/usr/bin:/bin"
    lacks = [package for tool, package in NEEDED.items() if not shutil.which(tool, path=path)]
    return lacks + ([] if PG_BIN.is_dir() else ["postgresql"])


def quick_hash(password):
    """Cheap rounds: what is stored at the start need not be safe, and thousands are made."""
    return crypt.crypt(password, crypt.mksalt(crypt.METHOD_SHA512, rounds=1000))


def old_password(account):
    return account.split("@")[0] + "-Old-2026"


def install(rig, host, many=0):
    """Brings all of it up on `host`; `many` more accounts uNNNN@pg.example.org in PostgreSQL and uNNNN@example.org in the passwd-file."""
    root = Path(rig.hosts[host]["root"])
    etc = root / "etc/dovecot"
    with (etc / "dovecot.conf").open("a") as conf:
        conf.write(DOVECOT)
    for name, text in (("pg", PG_CONF), ("my", MY_CONF), ("ldap", LDAP_CONF)):
        (etc / f"{name}.conf.ext").write_text(text)
        (etc / f"{name}.conf.ext").chmod(0o600)
    pg(rig, host, many)
    mariadb(rig, host)
    ldap(rig, host)
    users = etc / "users"
    if many:
        common = quick_hash("many-Old-2026")
        with users.open("a") as file:
            file.write("".join(f"u{number:04}@example.org:{{SHA512-CRYPT}}{common}\n" for number in range(many)))
    lines = [line if not line.startswith("alice@") else f"alice@example.org:{{SHA512-CRYPT}}{quick_hash(old_password('alice@'))}:5000:5000::/var/vmail/example.org/alice::userdb_note=kept" for line in users.read_text().splitlines()]
    users.write_text("\n".join(lines) + "\n")
    shadow = root / "etc/shadow"
    shadow.write_text("".join(f"dave:{quick_hash(old_password('dave'))}:19000:0:99999:7:::\n" if line.startswith("dave:") else line + "\n" for line in shadow.read_text().splitlines()))
    rig.on(host, "doveadm stop; sleep 0.3; dovecot >/dev/null 2>&1")


def pg(rig, host, many):
    rows = [(name, quick_hash(old_password(name))) for name in PLACES["postgresql"]]
    if many:
        common = quick_hash("many-Old-2026")
        rows += [(f"u{number:04}@pg.example.org", common) for number in range(many)]
    script = ("CREATE TABLE mailbox (username varchar PRIMARY KEY, password varchar NOT NULL, active char DEFAULT '1', modified timestamptz DEFAULT now(), created timestamptz DEFAULT now());"
              "CREATE ROLE dovecot LOGIN PASSWORD 'pg:sec\\ret'; GRANT SELECT, UPDATE ON mailbox TO dovecot; CREATE ROLE reader LOGIN PASSWORD 'x'; GRANT SELECT ON mailbox TO reader;\n"
              + "".join(f"INSERT INTO mailbox VALUES ('{name}', '{hashed}');\n" for name, hashed in rows))
    (Path(rig.hosts[host]["root"]) / "run/pg.sql").write_text(script)
    rig.on(host, f"""mkdir -p /run/pg; chown postgres:postgres /run/pg; cd /
      as() {{ setpriv --reuid=postgres --regid=postgres --init-groups "$@"; }}
      as {PG_BIN}/initdb -D /run/pg/data -A trust -U postgres -N >/run/pg.log 2>&1 </dev/null
      printf 'local all postgres trust\nlocal all all scram-sha-256\n' >/run/pg/data/pg_hba.conf
      as {PG_BIN}/pg_ctl -D /run/pg/data -w -l /run/pg/data/log -o "-c listen_addresses= -c unix_socket_directories=/run/pg -c fsync=off" start >/run/pg.log 2>&1 </dev/null
      psql -qX -h /run/pg -U postgres -c 'CREATE DATABASE mail'; psql -qX -v ON_ERROR_STOP=1 -h /run/pg -U postgres mail </run/pg.sql""")


def mariadb(rig, host):
    rows = "".join(f"INSERT INTO users (userid, domain, password) VALUES ('{name.split('@')[0]}', '{name.split('@')[1]}', '{quick_hash(old_password(name))}');\n" for name in PLACES["mariadb"])
    script = ("CREATE DATABASE mail CHARACTER SET utf8mb4; USE mail; CREATE TABLE users (userid varchar(128), domain varchar(128), password varchar(255), PRIMARY KEY (userid, domain)) ENGINE=InnoDB;\n"
              + rows + "CREATE USER dovecot@localhost IDENTIFIED BY \"my'sec\"; GRANT SELECT, UPDATE ON mail.users TO dovecot@localhost;\n")
    (Path(rig.hosts[host]["root"]) / "run/my.sql").write_text(script)
    rig.on(host, """mkdir -p /run/my; chown mysql:mysql /run/my
      mariadb-install-db --no-defaults --user=mysql --datadir=/run/my/data --skip-test-db --auth-root-authentication-method=socket >/run/my/log 2>&1
      setsid mariadbd --no-defaults --user=mysql --datadir=/run/my/data --socket=/run/my/socket --skip-networking --pid-file=/run/my/pid --innodb-flush-log-at-trx-commit=0 >/run/my/log 2>&1 </dev/null &
      n=0; until mariadb --no-defaults -S /run/my/socket -e 'SELECT 1' >/dev/null 2>&1; do n=$((n + 1)); [ $n -lt 200 ]; sleep 0.1; done
      mariadb --no-defaults -S /run/my/socket </run/my.sql""")


def ldap(rig, host):
    entries = "dn: dc=example\nobjectClass: domain\ndc: example\n\ndn: ou=people,dc=example\nobjectClass: organizationalUnit\nou: people\n\n"
    entries += f"dn: cn=mail,dc=example\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\ncn: mail\nuserPassword: ldap-secret\n\n"
    for name in [*PLACES["ldap"], *ODD_IN_LDAP]:
        entries += f"dn: cn=O'Brien\\, {name.split('@')[0].replace('+', 'and').replace('=', 'is')},ou=people,dc=example\nobjectClass: inetOrgPerson\ncn: O'Brien, {name.split('@')[0].replace('+', 'and').replace('=', 'is')}\nsn: x\nmail: {name}\nuserPassword: {{CRYPT}}{quick_hash(old_password(name))}\n\n"
    run = Path(rig.hosts[host]["root"]) / "run"
    (run / "ldap").mkdir()
    (run / "ldap/data").mkdir()
    (run / "ldap/slapd.conf").write_text(SLAPD_CONF)
    (run / "ldap/entries").write_text(entries)
    rig.on(host, """slapadd -q -f /run/ldap/slapd.conf -l /run/ldap/entries >/run/ldap/log 2>&1
      slapd -f /run/ldap/slapd.conf -h ldapi://%2Frun%2Fldap%2Fsocket >/run/ldap/log 2>&1 </dev/null; chmod 755 /run/ldap; chmod 777 /run/ldap/socket""")
