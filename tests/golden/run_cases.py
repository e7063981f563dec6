#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the cases of one file of this folder: command lines with their exact messages and exit codes.

usage: run_cases.py ISOPLETH REPOSITORY CASES.toml

A case has `run` (a shell line in an empty folder with links data, shapes and styles to the sample city), `exit`, and
`stderr` and `stdout` (exact; stderr is empty when not given, stdout is not looked at when not given). `files` are
written before, `absent` must not be there afterwards, `hex` files are bytes.
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import tomllib


def prepare(folder, repository, case):
    for part in ("data", "shapes", "styles"):
        (folder / part).symlink_to(repository / part)
    for name, text in case.get("files", {}).items():
        (folder / name).write_text(text, encoding="utf-8")
    for name, text in case.get("hex", {}).items():
        (folder / name).write_bytes(bytes.fromhex(text))


def differences(case, folder, done):
    if done.returncode != case["exit"]:
        yield f"exit code {done.returncode} instead of {case['exit']}"
    for stream, printed in (("stdout", done.stdout), ("stderr", done.stderr)):
        expected = case.get(stream, "" if stream == "stderr" else None)
        if expected is not None and printed.rstrip("\n") != expected.rstrip("\n"):
            yield f"{stream} was\n    {printed.rstrip()}\n  instead of\n    {expected.rstrip()}"
    for name in case.get("absent", []):
        if (folder / name).exists():
            yield f"{name} was left behind"
    left = [path.name for path in folder.iterdir() if path.name.startswith(".part.")]
    if left:
        yield f"{', '.join(left)} was left behind"


def main():
    program, repository, cases = sys.argv[1], pathlib.Path(sys.argv[2]).resolve(), pathlib.Path(sys.argv[3])
    environment = dict(os.environ, PATH=f"{pathlib.Path(program).resolve().parent}:{os.environ['PATH']}")
    failed = 0
    table = tomllib.loads(cases.read_text(encoding="utf-8"))["case"]
    for case in table:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            prepare(folder, repository, case)
            done = subprocess.run(["bash", "-c", case["run"]], cwd=folder, env=environment, capture_output=True, text=True)
            found = list(differences(case, folder, done))
        if found:
            failed += 1
            print(f"{cases.name}: {case['run']}\n  " + "\n  ".join(found))
    print(f"{len(table) - failed} of {len(table)} cases of {cases.name} are as they should be")
    sys.exit(1 if failed else 0)


main()
