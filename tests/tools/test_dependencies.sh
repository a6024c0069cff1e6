#!/bin/bash
# SPDX-License-Identifier: MIT
# Includes and calls between the folders of lib go one way, as CONTRIBUTING.md shows. usage: test_dependencies.sh SOURCE_DIR BUILD_DIR NM
set -u
# shellcheck source=tests/tools/shell.sh
source "${0%/*}/shell.sh"

need_python
need "$3"
python3 tests/tools/dependencies.py "$source" "$build" "$3"
