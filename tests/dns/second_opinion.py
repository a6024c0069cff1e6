# SPDX-License-Identifier: MIT
"""Compares what tlsrpt check and dig say of every domain of zone files: texts, TTL, MX hosts, and whether it is signed.

usage: second_opinion.py TLSRPT SERVER RESOLVER ZONE_FILE...
"""
import json
import os
import re
import subprocess
import sys

MX_SHOWN = 20


def dig(server, *arguments):
    address, port = server.split(":")
    command = ["dig", "@" + address, "-p", port, "+time=5", "+noall", "+answer", "+comments", *arguments]
    return subprocess.run(command, stdout=subprocess.PIPE, check=True, encoding="latin-1").stdout


def answers(output):
    """TTL, type and data of each record."""
    for line in output.splitlines():
        fields = line.split(None, 4)
        if len(fields) == 5 and fields[2] == "IN" and line[0] != ";":
            yield int(fields[1]), fields[3], fields[4]


def records(output, kind):
    return [data for _, found, data in answers(output) if found == kind]


def unquoted(data):
    """The strings of a TXT record, joined."""
    joined = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', data))
    raw = re.sub(r"\\(\d{3}|.)", lambda m: chr(int(m[1])) if len(m[1]) == 3 else m[1], joined)
    return raw.encode("latin-1").decode("utf-8", "replace")


def domains(path):
    zone = os.path.basename(path).removesuffix(".zone") + ".example"
    with open(path, encoding="ascii") as lines:
        for line in lines:
            if line[0] != ";" and (line.startswith(("_smtp._tls", "@")) or " MX " in line):
                owner = line.split()[0].removeprefix("_smtp._tls").strip(".@")
                yield owner + "." + zone if owner else zone


tlsrpt, server, resolver, *paths = sys.argv[1:]
names = sorted({name for path in paths for name in domains(path)})
failures = 0


def compare(name, what, ours, digs):
    global failures
    if ours != digs:
        failures += 1
        print(f"{name}: {what}: {ours!r}, and dig: {digs!r}")


for asked in (server, resolver):
    command = [tlsrpt, "check", "--format", "json", "--server", asked, *names]
    output = subprocess.run(command, stdout=subprocess.PIPE, check=False).stdout
    views = [json.loads(line) for line in output.splitlines()]
    compare("all", "count", len(views), len(names))
    for name, view in zip(names, views):
        answer = dig(asked, "+adflag", view["name"], "TXT")
        texts = records(answer, "TXT")
        if "status: SERVFAIL" in answer or view["verdict"] == "unknown":
            compare(name, "failure", view["verdict"], "unknown")
            continue
        if not texts and records(answer, "CNAME"):
            continue  # a server of zones does not follow aliases to their end, and dig not at all
        compare(name, "texts", sorted(view["texts"]), sorted(unquoted(data) for data in texts))
        if asked == server and texts:
            compare(name, "TTL", view["ttl"], min(ttl for ttl, _, _ in answers(answer)))
        if asked == resolver:
            compare(name, "signed", view["signed"], re.search(r";; flags:[^;]* ad\b", answer) is not None)
        hosts = {data.split()[1].rstrip(".").lower() for data in records(dig(asked, name, "MX"), "MX")} - {""}
        ours = {host["host"].lower() for host in view["mx"]}
        if len(hosts) <= MX_SHOWN and ours != {name}:
            compare(name, "MX", ours, hosts)

print(f"{2 * len(names)} domains compared")
sys.exit(failures > 0 or not names)
