#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the examples of README.md, README.zh-CN.md and of every `isopleth COMMAND --help` as printed.

usage: examples.py ISOPLETH REPOSITORY readme|help

The examples run one after another in a copy of the sample city; each has to end with exit code 0 and to say nothing on
stderr but findings. A block of README that is followed by a block ```text must print exactly that text. A block ```toml
that begins with "# NAME.toml" is that file.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile


def run(command, folder, program):
    environment = dict(os.environ, PATH=f"{program.parent}:{os.environ['PATH']}")
    done = subprocess.run(["bash", "-euo", "pipefail", "-c", command], cwd=folder, env=environment,
                          capture_output=True, text=True)
    for line in done.stderr.splitlines():
        if not line.startswith("isopleth: "):
            raise SystemExit(f"unexpected on stderr of\n  {command}\n{done.stderr}")
    if done.returncode != 0:
        raise SystemExit(f"exit code {done.returncode} of\n  {command}\n{done.stdout}{done.stderr}")
    return done.stdout


def blocks_of(path):
    """(kind, text) of each fenced block."""
    return re.findall(r"```(\w*)\n(.*?)```", path.read_text(encoding="utf-8"), re.S)


def readme_examples(path):
    """(command, expected output or None) of each ```sh block that calls isopleth itself."""
    blocks = blocks_of(path)
    for position, (kind, text) in enumerate(blocks):
        if kind != "sh" or not text.startswith("isopleth "):
            continue
        following = blocks[position + 1] if position + 1 < len(blocks) else ("", "")
        yield text, following[1] if following[0] == "text" else None


def write_files(path, folder):
    for kind, text in blocks_of(path):
        name = re.match(r"# (\w+\.toml)\n", text)
        if kind == "toml" and name:
            pathlib.Path(folder, name[1]).write_text(text, encoding="utf-8")


def help_examples(program, folder):
    commands = re.findall(r"^  (\w+) ", run("isopleth --help", folder, program), re.M)
    for command in commands:
        text = run(f"isopleth {command} --help", folder, program)
        examples = text.split("\nExamples\n")[1].strip().splitlines()
        if len(examples) != 2:
            raise SystemExit(f"{command} --help has {len(examples)} examples, not 2")
        for example in examples:
            yield example.strip(), None


def copy_city(repository, folder):
    for part in ("data", "shapes", "styles"):
        shutil.copytree(repository / part, pathlib.Path(folder) / part)
    shutil.copy(repository / "dongcheng.toml", folder)


def run_all(examples, folder, program):
    for command, expected in examples:
        printed = run(command, folder, program)
        if expected is not None and printed != expected:
            raise SystemExit(f"{command}\nprinted\n{printed}\ninstead of\n{expected}")
    print(f"{len(examples)} examples ran as printed")


def main():
    program, repository, what = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]), sys.argv[3]
    if what == "help":
        with tempfile.TemporaryDirectory() as folder:
            copy_city(repository, folder)
            run_all(list(help_examples(program, folder)), folder, program)
        return
    pages = [repository / "README.md", repository / "README.zh-CN.md"]
    examples = [list(readme_examples(page)) for page in pages]
    if len(examples[0]) != len(examples[1]):
        raise SystemExit(f"README.md has {len(examples[0])} examples, README.zh-CN.md {len(examples[1])}")
    if len(examples[0]) < 5:
        raise SystemExit(f"README.md has {len(examples[0])} examples, fewer than 5")
    for page, each in zip(pages, examples):
        with tempfile.TemporaryDirectory() as folder:
            copy_city(repository, folder)
            write_files(page, folder)
            run_all(each, folder, program)


main()
