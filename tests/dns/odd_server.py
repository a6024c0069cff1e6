# SPDX-License-Identifier: MIT
"""A DNS server that answers as no server should; the first label behind _smtp._tls says how. Prints its port. What is not asked
as RFC 1035, 6840 and 6891 have it is a format error.

usage: odd_server.py [ADDRESS [PORT]]    on 127.0.0.1 and any free port, or as given
       odd_server.py --free-port         only prints a port that is free for UDP and TCP
"""
import asyncio
import socket
import struct
import sys

A, CNAME, MX, TXT, OPT = 1, 5, 15, 16, 41
QR, AA, TC, RD, RA, AD = 0x8000, 0x0400, 0x0200, 0x0100, 0x0080, 0x0020
GOOD = b"v=TLSRPTv1; rua=https://collector.plain.example/"
# The command takes at most 1232 bytes over UDP, and has no options.
OPT_OF_QUESTION = b"\0" + struct.pack("!HHIH", OPT, 1232, 0, 0)
# Pauses in seconds. A test that lets a time limit end does so more than two seconds before or after one of them, so that a busy
# machine does not change the outcome.
LATE = 2.0
CRAWL = 6.0
TOO_LATE = 8.0
# MX hosts of domains; queries about the second one fail.
MX_HOSTS = {b"with-mx": "mx.with-mx.example", b"mx-fails": "mx.servfail.example"}
# Labels that make a query fail.
FAILURES = {b"formerr": 1, b"servfail": 2, b"notimp": 4, b"refused": 5, b"rcode": 11}


def bound_sockets(address="127.0.0.1", port=0):
    """UDP and TCP sockets of one port; 0: one that is free."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    while True:
        udp = socket.socket(family, socket.SOCK_DGRAM)
        tcp = socket.socket(family, socket.SOCK_STREAM)
        udp.bind((address, port))
        try:
            tcp.bind(udp.getsockname())
            return udp, tcp
        except OSError:
            udp.close()
            tcp.close()
            if port:
                raise


class Query:
    def __init__(self, data):
        self.id, self.flags, *counts, self.additional = struct.unpack("!6H", data[:12])
        at, self.labels = 12, []
        while data[at]:
            self.labels.append(data[at + 1 : at + 1 + data[at]])
            at += 1 + data[at]
        (self.type,) = struct.unpack("!H", data[at + 1 : at + 3])
        self.question = data[12 : at + 5]
        wanted = OPT_OF_QUESTION if self.additional else b""
        self.is_good = self.flags == RD | AD and counts == [1, 0, 0] and self.additional < 2 and data[at + 5 :] == wanted

    def answer(self, records=(), flags=0, rcode=0, question=None, number=None, count=None, additional=()):
        return (
            struct.pack(
                "!6H",
                self.id if number is None else number,
                QR | RD | RA | flags | rcode,
                1,
                len(records) if count is None else count,
                0,
                len(additional),
            )
            + (self.question if question is None else question)
            + b"".join(records)
            + b"".join(additional)
        )


def name(text):
    return b"".join(bytes([len(l)]) + l for l in text.encode().split(b".")) + b"\0"


def record(data, kind=TXT, owner=b"\xc0\x0c", ttl=86400, length=None):
    return owner + struct.pack("!HHIH", kind, 1, ttl, len(data) if length is None else length) + data


def text(data):
    return b"".join(bytes([len(p)]) + p for p in (data[i : i + 255] for i in range(0, max(len(data), 1), 255)))


GOOD_RECORD = record(text(GOOD))
THOUSAND = [record(text(b"v=TLSRPTv1; rua=https://%d.example/" % i)) for i in range(1000)]


def respond(q, is_tcp):
    """What to send, in order; a number is a pause in seconds, and None ends a TCP connection."""
    if q.labels[:1] and q.labels[0].startswith(b"\x1b"):  # what alias-binary leads to
        return [q.answer([GOOD_RECORD])]
    if not q.is_good:
        return [q.answer(rcode=1)]
    for label, rcode in FAILURES.items():
        if label in q.labels:
            return [q.answer(rcode=rcode)]
    if b"crawl" in q.labels and q.labels[:2] != [b"_smtp", b"_tls"]:
        return [CRAWL, q.answer()]
    if b"mute" in q.labels and q.labels[:2] != [b"_smtp", b"_tls"]:
        return []
    if q.type == MX and q.labels[0] in MX_HOSTS:
        return [q.answer([record(b"\0\x0a" + name(MX_HOSTS[q.labels[0]]), MX)])]
    if q.labels[:4] == [b"_smtp", b"_tls", b"mx", b"with-mx"]:
        return [q.answer([GOOD_RECORD])]
    if q.type == A and q.labels[0] == b"collector":  # reports can arrive
        return [q.answer([record(bytes([192, 0, 2, 3]), A)])]
    if q.type != TXT or q.labels[:2] != [b"_smtp", b"_tls"]:
        return [q.answer(rcode=3)]
    case = q.labels[2].decode()
    # Names as other names, and types as other types, point here.
    pointer_to_itself = b"\xc0" + bytes([12 + len(q.question)])
    good = q.answer([GOOD_RECORD])
    other = name("_smtp._tls.other.example") + struct.pack("!HH", TXT, 1)
    bomb = text(b"v=TLSRPTv1; rua=mailto:forged@example.net")
    cases = {
        "good": [good],
        "with-mx": [good],
        "mx-fails": [good],
        "tcp-only": [good if is_tcp else q.answer(rcode=5)],
        "crawl": [q.answer([record(text(b"v=TLSRPTv1; rua=mailto:a@crawl.example"))])],  # late with all else
        "mute": [good],  # silent on all else
        "silent": [],
        "late": [LATE, good],
        "too-late": [TOO_LATE, good],
        # What others might slip in before the true answer.
        "forged-id": [q.answer([record(bomb)], number=q.id ^ i) for i in (1, 2, 0x8000, 0xFFFF)] + [0.1, good],
        "flood": [q.answer([record(bomb)], number=q.id ^ (i % 0xFFFF + 1)) for i in range(3000)] + [good],
        "forged-question": [q.answer([record(bomb)], question=other), 0.1, good],
        "only-forged": [q.answer([record(bomb)], number=q.id ^ 1)],
        "other-owner": [q.answer([record(bomb, owner=name("_smtp._tls.other.example"))])],
        "other-class": [q.answer([b"\xc0\x0c" + struct.pack("!HHIH", TXT, 3, 60, len(bomb)) + bomb])],
        "no-edns": [q.answer(rcode=1) if q.additional else good],
        # The answer has EDNS, so that it is not c-ares that asks again.
        "bad-edns": [q.answer(rcode=1, additional=[OPT_OF_QUESTION]) if q.additional else good],
        "garbage": [struct.pack("!H", q.id) + b"\xff" * 40],
        "short": [good[:11]],
        "cut": [good[:-7]],
        "length": [q.answer([record(text(GOOD), length=65535)])],
        "length-less": [q.answer([record(text(GOOD), length=9)])],
        "string-length": [q.answer([record(b"\xff" + GOOD)])],
        "no-strings": [q.answer([record(b"")])],
        "count": [q.answer([GOOD_RECORD], count=65535)],
        "pointer-loop": [q.answer([record(text(GOOD), owner=pointer_to_itself)])],
        "pointer-forward": [q.answer([record(text(GOOD), owner=b"\xff\xff")])],
        "alias-pointer-loop": [q.answer([record(b"\xc0" + bytes([12 + len(q.question) + 12]), CNAME)])],
        "alias-long": [q.answer([record((b"\x3f" + b"x" * 63) * 5 + b"\0", CNAME)])],
        # An alias without what it leads to, which has to be asked for.
        "alias": [q.answer([record(name("_smtp._tls.good.example"), CNAME)])],
        "alias-and-txt": [
            q.answer(
                [
                    record(name("_smtp._tls.good.example"), CNAME),
                    record(text(GOOD), owner=name("_smtp._tls.good.example")),
                    record(text(b"v=TLSRPTv1; rua=mailto:a@example.net")),
                ]
            )
        ],
        "alias-binary": [q.answer([record(b"\x05\x1b[2J." + name("_smtp._tls.good.example"), CNAME)])],
        "alias-loop": [q.answer([record(name("_smtp._tls.alias-loop.example"), CNAME)])],
        "alias-silent": [q.answer([record(name("_smtp._tls.silent.example"), CNAME)])],
        "truncated": [good if is_tcp else q.answer(flags=TC)],
        "truncated-closed": [None if is_tcp else q.answer(flags=TC)],
        "truncated-always": [q.answer([GOOD_RECORD], flags=TC)],
        "thousand": [q.answer(THOUSAND) if is_tcp else q.answer(flags=TC)],
        "control": [q.answer([record(text(b"v=TLSRPTv1; rua=mailto:a@example.net; x=\x1b]0;evil\x07\x9b2J\r\n"))])],
        "ttl": [q.answer([record(text(GOOD), ttl=0xFFFFFFFF)], flags=AA)],
        # A failure, BADVERS, of which a part is in the OPT record (RFC 6891).
        "badvers": [q.answer(additional=[b"\0" + struct.pack("!HHIH", OPT, 1232, 1 << 24, 0)])],
        # Signed, and from the server of the zone: the alias, what it leads to, or both.
        "both": [q.answer([record(text(GOOD), ttl=60)], flags=AD | AA)],
        "neither": [q.answer([record(text(GOOD), ttl=60)])],
        "both-to-both": [q.answer([record(name("_smtp._tls.both.example"), CNAME)], flags=AD | AA)],
        "both-to-neither": [q.answer([record(name("_smtp._tls.neither.example"), CNAME)], flags=AD | AA)],
        "neither-to-both": [q.answer([record(name("_smtp._tls.both.example"), CNAME)])],
    }
    return cases.get(case, [q.answer(rcode=3)])


class Udp(asyncio.DatagramProtocol):
    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, address):
        asyncio.ensure_future(self.send(data, address))

    async def send(self, data, address):
        for part in respond(Query(data), False):
            if isinstance(part, float):
                await asyncio.sleep(part)
            elif part:
                self.transport.sendto(part, address)


async def serve_tcp(reader, writer):
    try:
        while True:
            (size,) = struct.unpack("!H", await reader.readexactly(2))
            for part in respond(Query(await reader.readexactly(size)), True):
                if isinstance(part, float):
                    await asyncio.sleep(part)
                elif part is None:
                    writer.close()
                    return
                else:
                    writer.write(struct.pack("!H", len(part)) + part)
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def main(address="127.0.0.1", port=0):
    udp, tcp = bound_sockets(address, int(port))
    loop = asyncio.get_running_loop()
    await loop.create_datagram_endpoint(Udp, sock=udp)
    await asyncio.start_server(serve_tcp, sock=tcp)
    print(udp.getsockname()[1], flush=True)
    await asyncio.Event().wait()


if sys.argv[1:] == ["--free-port"]:
    print(bound_sockets()[0].getsockname()[1])
else:
    asyncio.run(main(*sys.argv[1:]))
