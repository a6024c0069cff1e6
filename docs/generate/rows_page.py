# SPDX-License-Identifier: MIT
"""The statements of docs/rows.md, and the JSON Schema of its rows, from the columns that the command knows."""

import json
import re
import subprocess

PAGE = "docs/rows.md"
SCHEMA = "docs/schemas/rows.json"
TIME = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"}
TYPES = {
    "STRING": {"type": "string"},
    "INT": {"type": "integer", "minimum": 0, "maximum": 2**32 - 1},
    "BIGINT": {"type": "integer", "minimum": 0, "maximum": 2**64 - 1},
    "TIMESTAMP": TIME,
}


def statements(tlsrpt, database):
    command = [tlsrpt, "report", "--print-schema", database]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def page(text, tlsrpt):
    """The page with the statements in its blocks "```sql DATABASE"."""

    def block(match):
        return match[1] + statements(tlsrpt, match[2]) + "```\n"

    return re.sub(r"(```sql (\w+)\n).*?```\n", block, text, flags=re.DOTALL)


def member(declaration):
    """A column of the schema for Spark, "name TYPE" or "name TYPE NOT NULL"."""
    name, type_, *rest = declaration.replace("`", "").split()
    schema = dict(TYPES[type_])
    if not rest:
        schema["type"] = [schema["type"], "null"]
    return name, schema


def schema(tlsrpt):
    columns = dict(member(line) for line in statements(tlsrpt, "spark").strip().split(",\n"))
    return (
        json.dumps(
            {
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "$id": "urn:trpt:schema:rows:1",
                "title": "One line of tlsrpt report --format ndjson",
                "description": "docs/rows.md describes the columns. Later versions may add columns at the end.",
                "type": "object",
                "properties": columns,
                "required": list(columns),
            },
            indent=2,
        )
        + "\n"
    )
