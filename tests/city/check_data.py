#!/usr/bin/env python3
"""Checks the sample city: made again byte by byte, equal to the bulletin's figures, sound as geometry.

Standard library only. Exit 1 with a list of what is wrong.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "scripts/city"), str(Path(__file__).resolve().parent)]

import coverage  # noqa: E402
import layers  # noqa: E402
from city import City  # noqa: E402
from files import read_features, read_rows  # noqa: E402

SHARED = ROOT.parent / "shared"
MAKERS = (("make_shapes.py", "shapes"), ("make_data.py", ""))  # and where in the folder each writes
PUBLISHED = ("pm25", "tsp", "dustfall", "dust_patrol", "district", "water_sections", "water_monitoring_points")
MADE_LAYERS = ("stations", "sections", "monitoring_points", "wells", "outfalls", "sources")
MAX_REPOSITORY_BYTES = 30_000_000


def check_made_again(faults):
    """Both programs into an empty folder; what they write equals the committed files."""
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        for maker, into in MAKERS:
            run = subprocess.run([sys.executable, "-B", str(ROOT / "scripts/city" / maker), "--output", str(Path(folder, into))],
                                 capture_output=True, text=True, check=False)
            if run.returncode != 0:
                faults.append(f"{maker}: exit {run.returncode}: {run.stderr.strip().splitlines()[-1:]}")
        for made in sorted(p for p in Path(folder).rglob("*") if p.is_file()):
            name, count = made.relative_to(folder), count + 1
            if not (ROOT / name).is_file() or (ROOT / name).read_bytes() != made.read_bytes():
                faults.append(f"{name}: made again, it differs from the committed file")
    if count < len(MADE_LAYERS) + 2:
        faults.append(f"only {count} files made again")
    return count


def check_published(faults):
    if not (SHARED / "bulletin").is_dir():
        return "SKIP: ../shared is absent: tables not compared with the bulletin"
    for name in PUBLISHED:
        if (SHARED / f"bulletin/{name}_2024h1.csv").read_bytes() != (ROOT / f"data/{name}_2024h1.csv").read_bytes():
            faults.append(f"data/{name}_2024h1.csv differs from the bulletin's table")
    return f"{len(PUBLISHED)} tables as published"


def check_likeness(streets, faults):
    path = SHARED / "data/dongcheng/dongcheng_subdistricts_wgs84.geojson"
    if not path.is_file():
        return ["SKIP: ../shared is absent: IoU not checked"]
    real = {f["properties"]["Name"]: coverage.rings_of(f["geometry"])
            for f in json.loads(path.read_text(encoding="utf-8"))["features"]}
    return coverage.check_likeness(streets, real, faults)


def check_streets(faults):
    streets = {f["properties"]["name"]: coverage.rings_of(f["geometry"])
               for f in read_features("shapes/streets.geojson")}
    published = {r["name"]: [float(r[c]) for c in ("area_km2", "area_alternative_km2") if r[c]]
                 for r in read_rows("data/subdistricts.csv")}
    if set(streets) != set(published):
        faults.append("streets: not the 17 subdistricts")
        return []
    coverage.check_edges(streets, faults)
    neighbours = coverage.check_neighbours(streets, faults)
    total = coverage.check_areas(streets, published, faults)
    units = {f["properties"]["name"]: coverage.area_of(coverage.rings_of(f["geometry"]))
             for f in read_features("shapes/units.geojson")}
    if len(units) != 18 or abs(sum(units.values()) - total * 1e6) > 1.0:
        faults.append(f"units: {len(units)} units hold {sum(units.values()):.1f} m2, the streets {total * 1e6:.1f} m2")
    return [f"17 streets, {total:.2f} km2, {neighbours} neighbour pairs share an edge", *check_likeness(streets, faults)]


def check_form(faults):
    """RFC 7946 as this repository writes it: name, note, a feature a line, 7 decimals at most, the right-hand rule."""
    for path in sorted((ROOT / "shapes").glob("*.geojson")):
        text = path.read_text(encoding="utf-8")
        document = json.loads(text)
        if not {"name", "isopleth_note"} <= document.keys() or "crs" in document:
            faults.append(f"{path.name}: no name or isopleth_note, or a crs member")
        if sum('"type":"Feature"' in line.replace(" ", "") for line in text.splitlines()) != len(document["features"]):
            faults.append(f"{path.name}: not one feature a line")
        if re.search(r"\d\.\d{8,}", text):
            faults.append(f"{path.name}: more than 7 decimals")
        for f in document["features"]:
            parts = {"Polygon": [f["geometry"]["coordinates"]], "MultiPolygon": f["geometry"]["coordinates"]}
            for polygon in parts.get(f["geometry"]["type"], []):
                if any((coverage.signed_area(ring) > 0) != (k == 0) for k, ring in enumerate(polygon)):
                    faults.append(f"{path.name}: {f['properties'].get('name')}: a ring runs the wrong way round")


def check_size(faults):
    if not (ROOT / ".git").exists():
        return "SKIP: no repository: its size is not checked"
    names = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, check=False).stdout
    size = sum((ROOT / n.decode()).stat().st_size for n in names.split(b"\0") if n and (ROOT / n.decode()).is_file())
    if size >= MAX_REPOSITORY_BYTES:
        faults.append(f"the repository's files hold {size} bytes")
    return f"{size / 1e6:.1f} MB in the repository"


def main():
    faults = []
    lines = [f"{check_made_again(faults)} files made again and compared", check_published(faults)]
    city = City()
    lines += check_streets(faults)
    layers.check_counts(faults)
    layers.check_stations(city, faults)
    layers.check_means(faults)
    layers.check_names(city, faults)
    layers.check_water(city, faults)
    lines.append(f"{layers.check_beside(city, faults)} sources")
    lines.append(f"{layers.check_events(city, faults)} events")
    check_form(faults)
    lines.append(check_size(faults))
    print("\n".join(lines))
    if faults:
        print(f"{len(faults)} faults:\n" + "\n".join(faults), file=sys.stderr)
        return 1
    print("the sample city is sound")
    return 0


if __name__ == "__main__":
    sys.exit(main())
