#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What happens to outputs when the disk is full, a folder is read-only, or the run is interrupted.

usage: faults.py ISOPLETH REPOSITORY

After each fault the target has to be absent, or to be what it was before; nothing else may be left behind.
"""
import os
import pathlib
import pwd
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

FORMATS = ["geojson", "gpkg", "fgb", "shp", "csv"]
failures = []


def expect(condition, text):
    if not condition:
        failures.append(text)


def limit_files(size):
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


class City:
    """A folder to write to, and the program with the sample city at hand."""

    def __init__(self, program, repository, folder):
        self.program = program
        self.repository = repository
        self.folder = folder

    def arguments(self, target):
        data = self.repository / "data"
        events = [str(data / "dust_patrol_events.csv"), "--crs", "EPSG:4326"]
        if target.endswith(".tif"):
            return ["density", *events, "--radius", "500", "--cell", "10", "-o", target]
        if target.endswith((".png", ".pdf")):
            styles = self.repository / "styles" / "streets_base.toml"
            return ["map", str(self.repository / "shapes" / "streets.geojson"), "--styles", str(styles), "--title", "东城区",
                    "--map-crs", "EPSG:4548", "-o", target]
        return ["convert", *events, "-o", target]

    def run(self, arguments, **more):
        return subprocess.run([self.program, *arguments], cwd=self.folder, capture_output=True, text=True, **more)

    def left(self):
        return sorted(path.name for path in self.folder.iterdir())


def disk_full(city, target):
    """Twice: without and with an older file under the name."""
    for older in (False, True):
        for path in city.folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        arguments = city.arguments(target)
        before = []
        if older:
            city.run(arguments)
            before = {path.name: path.read_bytes() for path in city.folder.iterdir()}
            expect(target in before, f"{target}: cannot be written even with room")
            arguments.append("--overwrite")
        done = city.run(arguments, preexec_fn=limit_files(20000))
        expect(done.returncode == 4, f"{target}: a full disk ends with {done.returncode}: {done.stderr}")
        expect(target in done.stderr, f"{target}: a full disk is not told of: {done.stderr}")
        expect(city.left() == sorted(before), f"{target}: a full disk leaves {city.left()}, before {sorted(before)}")
        for name, content in dict(before).items():
            path = city.folder / name
            expect(path.exists() and path.read_bytes() == content, f"{name} is not what it was before the disk was full")


def interrupted(city, target, signal_number):
    """A long run is stopped; an older file under the name stays as it was."""
    (city.folder / target).write_text("older", encoding="utf-8")
    arguments = ["density", str(city.repository / "data" / "dust_patrol_events.csv"), "--crs", "EPSG:4326", "--radius", "3000",
                 "--cell", "2", "-o", target, "--overwrite"]
    with subprocess.Popen([city.program, *arguments], cwd=city.folder, stderr=subprocess.PIPE, text=True) as process:
        time.sleep(1.5)
        expect(process.poll() is None, "the run was over before it could be interrupted")
        process.send_signal(signal_number)
        start = time.monotonic()
        _, said = process.communicate(timeout=60)
        expect(time.monotonic() - start < 5, "an interrupted run goes on for more than 5 s")
    expect(process.returncode == 130, f"interrupted: exit code {process.returncode}")
    expect(said == f"isopleth: interrupted; {target} was not changed\n", f"interrupted: said {said!r}")
    expect((city.folder / target).read_text(encoding="utf-8") == "older", "the older file was changed by an interrupted run")
    expect(city.left() == [target], f"an interrupted run leaves {city.left()}")
    (city.folder / target).unlink()


def as_nobody():
    nobody = pwd.getpwnam("nobody")
    os.setgroups([])
    os.setgid(nobody.pw_gid)
    os.setuid(nobody.pw_uid)


def read_only(city):
    """Root may write anywhere, so the program runs as nobody where the tests run as root."""
    folder = city.folder / "sealed"
    folder.mkdir(mode=0o555)
    become = as_nobody if os.geteuid() == 0 else None
    source = city.folder / "points.csv"
    source.write_text("lon,lat\n116.4,39.9\n", encoding="utf-8")
    done = city.run(["convert", "points.csv", "--crs", "EPSG:4326", "-o", "sealed/out.geojson"], preexec_fn=become)
    expect(done.returncode == 4, f"read-only folder: exit code {done.returncode}: {done.stderr}")
    expect(done.stderr == "isopleth: sealed/out.geojson: folder sealed: no right to write there. "
                          "Choose another folder, or ask for the right to write there.\n",
           f"read-only folder: said {done.stderr!r}")
    expect(not list(folder.iterdir()), "read-only folder: something was written")


def main():
    program, repository = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    with tempfile.TemporaryDirectory() as name:
        base = pathlib.Path(name)
        base.chmod(0o755)
        copy = shutil.copy(program, base / "isopleth")
        folder = base / "work"
        folder.mkdir(mode=0o755)
        city = City(copy, repository, folder)
        for extension in [*FORMATS, "tif", "png", "pdf"]:
            disk_full(city, f"out.{extension}")
        for path in folder.iterdir():
            path.unlink()
        interrupted(city, "long.tif", signal.SIGINT)
        interrupted(city, "long.tif", signal.SIGTERM)
        read_only(city)
    for failure in failures:
        print(failure)
    print(f"{len(failures)} faults were answered wrongly")
    sys.exit(1 if failures else 0)


main()
