# SPDX-License-Identifier: Apache-2.0
"""Server-sent events as a browser would read them."""
import socket


class Events:
    """A stream of events, read as it comes."""

    def __init__(self, client, path, last=None):
        self.line = socket.create_connection(("127.0.0.1", client.port), timeout=40)
        if client.tls is not None:
            self.line = client.tls.wrap_socket(self.line, server_hostname="127.0.0.1")
        headers = client.headers({"Last-Event-ID": str(last)} if last is not None else None)
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self.line.sendall(f"GET {path} HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n{head}\r\n".encode())
        self.file = self.line.makefile("rb")
        self.status = int(self.file.readline().split()[1])
        while self.file.readline().strip():
            pass

    def __iter__(self):
        event = {}
        for chunk in self.chunks():
            for line in chunk.decode().split("\n"):
                if line.startswith(":"):
                    event.setdefault("comment", line)
                elif ": " in line:
                    key, _, value = line.partition(": ")
                    event[key] = value
                elif not line and event:
                    yield event
                    event = {}

    def chunks(self):
        while True:
            size = int(self.file.readline().strip() or b"0", 16)
            if size == 0:
                return
            yield self.file.read(size)
            self.file.readline()

    def close(self):
        self.line.close()
