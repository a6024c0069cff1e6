# SPDX-License-Identifier: MIT
"""Builds the extension with libtrpt inside. In a checkout native/trpt.c and trpt.h are written; a source package has them."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

from setuptools import Extension, setup

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parents[2]


def write_core():
    program = CHECKOUT / "lib" / "amalgamation.py"
    if program.exists():
        subprocess.run([sys.executable, str(program), str(CHECKOUT), str(HERE / "native")], check=True)
    elif not (HERE / "native" / "trpt.c").exists():
        raise SystemExit("native/trpt.c is missing: build from a checkout of libtrpt, or from the source package")


# Lets gcc optimize all files together. Other compilers may lack the linker for that.
TOGETHER = ["-flto"] if "gcc" in (os.environ.get("CC") or sysconfig.get_config_var("CC") or "") else []

write_core()
setup(
    options={"bdist_wheel": {"py_limited_api": "cp39"}},  # one wheel for Python 3.9 and later
    ext_modules=[Extension(
        "trpt._trpt", sorted(f"native/{path.name}" for path in HERE.glob("native/*.c")), depends=["native/trpt.h", "native/native.h"],
        include_dirs=["native"], libraries=["z"], py_limited_api=True, define_macros=[("TRPT_STATIC", None)],
        extra_compile_args=[] if sys.platform == "win32" else ["-std=c11", "-O3", "-g0", *TOGETHER],
        extra_link_args=TOGETHER + (["-Wl,--version-script=native/exports.map", "-Wl,-s"] if sys.platform.startswith("linux") else []))],
)
