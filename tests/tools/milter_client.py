# SPDX-License-Identifier: MIT
"""Sends mails to a milter, as a mail server does. usage: milter_client.py SOCKET_PATH FILE...
A FILE that is called "abort" means a mail that the server abandons after its header."""

import re
import socket
import struct
import sys
import time

CONTINUE, ACCEPT = b"c", b"a"


def connect(path):
    for _ in range(100):
        client = socket.socket(socket.AF_UNIX)
        try:
            client.connect(path)
            return client
        except OSError:
            time.sleep(0.1)
    sys.exit("the milter does not listen")


def send(client, command, data=b""):
    client.sendall(struct.pack(">I", len(data) + 1) + command + data)


def receive(client):
    length = struct.unpack(">I", client.recv(4, socket.MSG_WAITALL))[0]
    return client.recv(length, socket.MSG_WAITALL)


def ask(client, command, data=b"", want=CONTINUE):
    send(client, command, data)
    answer = receive(client)
    assert answer[:1] == want, (command, answer)


def main(path, *files):
    client = connect(path)
    send(client, b"O", struct.pack(">III", 6, 0, 0))
    assert receive(client)[:1] == b"O"
    for name in files:
        with open("tests/data/mails/google.eml" if name == "abort" else name, "rb") as file:
            header, _, body = file.read().replace(b"\r\n", b"\n").partition(b"\n\n")
        for field in re.split(rb"\n(?![ \t])", header):
            label, _, value = field.partition(b":")
            ask(client, b"L", label + b"\0" + value.strip() + b"\0")
        if name == "abort":
            send(client, b"A")
            continue
        ask(client, b"N")
        body = body.replace(b"\n", b"\r\n")
        for at in range(0, len(body), 65535):
            ask(client, b"B", body[at:at + 65535])
        ask(client, b"E", want=ACCEPT)
    send(client, b"Q")


main(*sys.argv[1:])
