#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The linked views of Mailward, DuckDB, ClickHouse and SQLite over the same events, in turns, in one run, with the same answers.

  peers.py BENCH_VIEWS [--millions 10] [--addresses 20000] [--rounds 5] [--sqlite-millions 1]

DuckDB comes from npm (@duckdb/node-api), ClickHouse from Debian (clickhouse-server); one that is not there is left out and said so.
ClickHouse runs in a folder of its own on a loopback port and is stopped at the end.
"""
import argparse
import json
import os
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
NAMES = "t a country asn account server service s w f g bad".split()
# Our filter, and the same as a condition.
FILTERS = [
    ("everything", "", "1 = 1"),
    ("failures over IMAP", "outcome:failure service:imap", "bad = 1 AND service = {imap}"),
    ("one country", "country:IA", f"country = {ord('I') * 256 + ord('A')}"),
    ("one day of 30", "after:2026-09-25 before:2026-09-26", "t >= 1790294400000000 AND t < 1790380800000000"),
]


def statements(condition, begin, width, divide):
    """One question a view, in the order of VIEWS."""
    bin_of = divide(f"t - {begin}", width)
    asked = [f"SELECT {bin_of} AS b, s, sum(w) FROM e WHERE s < 5 AND {condition} GROUP BY b, s ORDER BY b, s"]
    for key in ("a", "asn", "country", "account", "service", "server"):
        asked.append(f"SELECT {key}, sum(f) AS ff, sum(g) AS gg, count(*) AS n FROM e WHERE {condition} "
                     f"GROUP BY {key} ORDER BY ff DESC, gg DESC, n DESC, {key} LIMIT 100")
    return asked


VIEWS = ("time", "ip", "asn", "country", "account", "service", "server")


class Ours:
    """bench-views in its answering mode."""

    def __init__(self, bench, millions, addresses):
        self.process = subprocess.Popen([bench, "--answer", str(millions), str(addresses)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def say(self, words):
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def write(self, path):
        return self.say("write " + path)

    def ask(self, text):
        return self.say("ask " + text)

    def stop(self):
        self.process.stdin.close()
        self.process.wait(timeout=60)


class Duck:
    name = "DuckDB"

    def __init__(self, folder):
        shutil.copy(os.path.join(HERE, "duckdb.mjs"), folder)
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", folder, "@duckdb/node-api@1.5.6-r.1"], check=True, stdout=subprocess.DEVNULL)
        self.process = subprocess.Popen(["node", os.path.join(folder, "duckdb.mjs")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def say(self, request):
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def load(self, path):
        self.say({"load": path})

    def ask(self, condition, begin, width):
        answer = self.say({"ask": statements(condition, begin, width, lambda a, b: f"({a}) // {b}")})
        return answer["ms"], answer["rows"]

    def stop(self):
        self.process.stdin.close()
        self.process.wait(timeout=60)


class ClickHouse:
    name = "ClickHouse"
    TYPES = "Int64 UInt32 UInt16 UInt32 UInt32 UInt16 UInt8 UInt8 UInt32 UInt32 UInt32 UInt8".split()

    def __init__(self, folder):
        server = shutil.which("clickhouse-server") or "/usr/sbin/clickhouse-server"
        if not os.path.exists(server):
            raise FileNotFoundError("clickhouse-server is not installed")
        ports = []
        for _ in range(2):
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                ports.append(probe.getsockname()[1])
        self.port = ports[0]
        data = os.path.join(folder, "clickhouse")
        os.makedirs(data)
        with open(os.path.join(data, "config.xml"), "w", encoding="utf-8") as config:
            config.write(f"""<yandex><logger><level>error</level><log>{data}/log</log><errorlog>{data}/errors</errorlog></logger>
<http_port>{ports[0]}</http_port><tcp_port>{ports[1]}</tcp_port><listen_host>127.0.0.1</listen_host><path>{data}/data/</path>
<tmp_path>{data}/tmp/</tmp_path><users_config>{data}/users.xml</users_config><default_profile>default</default_profile>
<default_database>default</default_database><mark_cache_size>536870912</mark_cache_size></yandex>""")
        with open(os.path.join(data, "users.xml"), "w", encoding="utf-8") as users:
            users.write("<yandex><profiles><default><max_threads>2</max_threads></default></profiles><users><default><password></password>"
                        "<networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default></users>"
                        "<quotas><default></default></quotas></yandex>")
        self.process = subprocess.Popen([server, "--config-file=" + data + "/config.xml"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=data)
        for _ in range(150):
            try:
                if self.query("SELECT 1").strip() == "1":
                    return
            except OSError:
                time.sleep(0.2)
        self.stop()
        raise RuntimeError("ClickHouse did not start")

    def query(self, sql, data=None):
        address = f"http://127.0.0.1:{self.port}/?query=" + urllib.request.quote(sql)
        with urllib.request.urlopen(urllib.request.Request(address, data=data or b"", method="POST"), timeout=600) as answer:
            return answer.read().decode()

    def load(self, path):
        columns = ", ".join(f"{name} {kind}" for name, kind in zip(NAMES, self.TYPES))
        self.query(f"CREATE TABLE e ({columns}) ENGINE = MergeTree PARTITION BY tuple() ORDER BY t")
        with open(path, "rb") as table:
            while True:
                lines = table.readlines(64 * 1024 * 1024)
                if not lines:
                    break
                self.query("INSERT INTO e FORMAT TabSeparated", b"".join(lines))

    def ask(self, condition, begin, width):
        started = time.perf_counter()
        texts = [self.query(sql) for sql in statements(condition, begin, width, lambda a, b: f"intDiv({a}, {b})")]
        ms = (time.perf_counter() - started) * 1000
        return ms, [[[int(field) for field in line.split("\t")] for line in text.splitlines()] for text in texts]

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=60)


class Sqlite:
    name = "SQLite"

    def __init__(self, _folder):
        self.base = sqlite3.connect(":memory:")

    def load(self, path):
        self.base.execute("CREATE TABLE e (" + ", ".join(name + " INTEGER" for name in NAMES) + ")")
        with open(path, encoding="ascii") as table:
            self.base.executemany("INSERT INTO e VALUES (" + ", ".join("?" * len(NAMES)) + ")", (line.rstrip("\n").split("\t") for line in table))
        self.base.commit()

    def ask(self, condition, begin, width):
        started = time.perf_counter()
        rows = [[list(row) for row in self.base.execute(sql)] for sql in statements(condition, begin, width, lambda a, b: f"({a}) / {b}")]
        return (time.perf_counter() - started) * 1000, rows

    def stop(self):
        self.base.close()


def compare(ours, peers, imap, rounds):
    """Prints a line a filter; false when an answer differs."""
    same = True
    for title, text, condition in FILTERS:
        condition = condition.format(imap=imap)
        own, theirs = [], {peer.name: [] for peer in peers}
        for turn in range(rounds + 1):
            answer = ours.ask(text)
            for peer in peers:
                ms, rows = peer.ask(condition, answer["begin"], answer["width"])
                if turn > 0:  # the first one warms up
                    theirs[peer.name].append(ms)
                for view, found in zip(VIEWS, rows):
                    if found != answer[view]:
                        same = False
                        print(f"  {peer.name} answers otherwise: {title}, by {view}: {found[:2]} and ours {answer[view][:2]}")
            if turn > 0:
                own.append(answer["ms"])
        mine = statistics.median(own)
        figures = [f"{peer.name} {statistics.median(theirs[peer.name]):.0f} ms = {statistics.median(theirs[peer.name]) / mine:.1f}x" for peer in peers]
        print(f"{title:<22} ours {mine:7.2f} ms   " + "   ".join(figures), flush=True)
    return same


def run(bench, millions, addresses, rounds, kinds, folder):
    peers = []
    ours = Ours(bench, millions, addresses)
    try:
        for kind in kinds:
            try:
                peers.append(kind(folder))
            except (OSError, subprocess.SubprocessError, RuntimeError) as problem:
                print(f"{kind.name} is left out: {problem}")
        table = os.path.join(folder, "events.tsv")
        facts = ours.write(table)
        print(f"{facts['events']:,} events, {facts['addresses']:,} addresses; medians of {rounds}, in turns, 2 threads each")
        for peer in peers:
            peer.load(table)
        os.unlink(table)
        return compare(ours, peers, facts["imap"], rounds)
    finally:
        for peer in peers:
            peer.stop()
        ours.stop()


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("bench")
    words.add_argument("--millions", type=int, default=10)
    words.add_argument("--addresses", type=int, default=20000)
    words.add_argument("--rounds", type=int, default=5)
    words.add_argument("--sqlite-millions", type=int, default=1)
    chosen = words.parse_args()
    same = True
    with tempfile.TemporaryDirectory(prefix="mailward-peers-") as folder:
        same = run(chosen.bench, chosen.millions, chosen.addresses, chosen.rounds, (Duck, ClickHouse), folder) and same
        if chosen.sqlite_millions > 0:
            same = run(chosen.bench, chosen.sqlite_millions, chosen.addresses, max(1, chosen.rounds // 2), (Sqlite,), folder) and same
    print("all answers are the same" if same else "ANSWERS DIFFER")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
