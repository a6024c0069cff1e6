#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Validates JSON that the command wrote against docs/schemas.

usage: schemas.py SCHEMA FILE...    each line of a FILE that begins with a brace is one JSON text

Members that the schema does not know fail too, although the schema allows them for later versions: it must be complete.
"""
import json
import sys

from jsonschema import Draft202012Validator


def closed(schema):
    """The schema, with no other members than those that it names."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: closed(value) for name, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and "type" in schema:
        made.setdefault("additionalProperties", False)
    return made


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    Draft202012Validator.check_schema(schema)
    validators = [Draft202012Validator(schema), Draft202012Validator(closed(schema))]
    count = failed = 0
    for path in sys.argv[2:]:
        # Not splitlines, which knows more line ends than LF.
        with open(path, encoding="utf-8") as file:
            lines = [line for line in file.read().split("\n") if line.startswith("{")]
        for line in lines:
            count += 1
            value = json.loads(line)
            for error in [error for validator in validators for error in validator.iter_errors(value)][:1]:
                failed += 1
                print(f"{path}: {error.json_path}: {error.message[:300]}")
    print(f"{count} texts")
    sys.exit(1 if failed or not count else 0)


main()
