#!/usr/bin/python3 -B
# SPDX-License-Identifier: GPL-3.0-or-later
"""delay.py PORT TARGET_PORT SECONDS: a loopback proxy that holds every byte back for so long, each way, at any rate."""

import collections
import socket
import sys
import threading
import time


class Way:
    """One direction: what is read stands in a queue until its time has come."""

    def __init__(self, source, sink, delay):
        self.source, self.sink, self.delay = source, sink, delay
        self.queue, self.ready = collections.deque(), threading.Condition()
        for work in (self.read, self.write):
            threading.Thread(target=work, daemon=True).start()

    def put(self, data):
        with self.ready:
            self.queue.append((time.monotonic() + self.delay, data))
            self.ready.notify()

    def read(self):
        try:
            while data := self.source.recv(1 << 20):
                self.put(data)
        except OSError:
            pass
        self.put(b"")

    def write(self):
        try:
            while True:
                with self.ready:
                    while not self.queue:
                        self.ready.wait()
                    due, data = self.queue.popleft()
                pause = due - time.monotonic()
                if pause > 0:
                    time.sleep(pause)
                if not data:
                    break
                self.sink.sendall(data)
        except OSError:
            pass
        for one in (self.source, self.sink):
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


def main():
    port, target, delay = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    listener = socket.create_server(("127.0.0.1", port), backlog=64)
    while True:
        near, _ = listener.accept()
        far = socket.create_connection(("127.0.0.1", target))
        for one in (near, far):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        Way(near, far, delay)
        Way(far, near, delay)


if __name__ == "__main__":
    main()
