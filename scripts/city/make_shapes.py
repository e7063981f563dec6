"""Makes the authored layers of the sample city from shapes/source: streets, wangfujing, units, roads, rivers, lakes.

Usage: python3 scripts/city/make_shapes.py [--output DIR]     (default: shapes/)

The boundaries are schematic: arcs between named junctions, drawn by hand along the roads and moats that bound the
streets. The faces of that graph are the streets, so neighbours share identical edges and no gap or overlap can arise.
"""

import argparse
import json
from pathlib import Path

from files import ROOT, read_rows
from geometry import PlanarGraph, closed, contains, node_lines, signed_area, smooth_ring
from lanes import lanes_of_street

NOTE = "schematic boundaries, authored for the sample city; not official"
WANGFUJING = "王府井管委会"
DIGITS = 6
LAKE_STEPS = 6


def source(name):
    return read_rows(f"shapes/source/{name}.csv")


def parse_line(text):
    """'lon lat;lon lat' as points; empty text has none."""
    return [tuple(float(v) for v in pair.split()) for pair in text.split(";") if pair.strip()]


def read_arcs():
    """id -> (from, to, points) with the junctions at both ends."""
    place = {r["id"]: (float(r["lon"]), float(r["lat"])) for r in source("junctions")}
    return {r["id"]: (r["from"], r["to"], [place[r["from"]], *parse_line(r["via"]), place[r["to"]]])
            for r in source("arcs")}


def trace_streets(arcs):
    """code -> ring of the one face that holds the street's seed."""
    graph = PlanarGraph()
    for start, end, points in arcs.values():
        graph.add(start, end, points)
    faces = [ring for ring, _ in graph.faces()]
    rings = {}
    for r in source("street_seeds"):
        held = [ring for ring in faces if contains(ring, (float(r["lon"]), float(r["lat"])))]
        if len(held) != 1:
            raise ValueError(f"{len(held)} faces hold the seed of {r['name']}; one is needed")
        rings[r["code_9"]] = held[0]
    if len(set(map(tuple, rings.values()))) != len(faces):
        raise ValueError(f"{len(faces)} faces for {len(rings)} streets: two seeds share one or a face has none")
    return rings


def feature(properties, geometry_type, coordinates):
    return {"type": "Feature", "properties": properties,
            "geometry": {"type": geometry_type, "coordinates": coordinates}}


def polygon(properties, *rings):
    """Outer ring counterclockwise, holes clockwise (RFC 7946, right-hand rule)."""
    turned = []
    for k, ring in enumerate(rings):
        turned.append(closed(ring if (signed_area(ring) > 0) == (k == 0) else ring[::-1]))
    return feature(properties, "Polygon", turned)


def street_features(rings):
    found = []
    for r in sorted(source("street_seeds"), key=lambda r: r["code_9"]):
        found.append(polygon({
            "code": r["code_9"], "code_12": r["code_12"], "name": r["name"], "name_en": r["name_en"],
            "aliases": r["aliases"], "area_published_km2": float(r["area_published_km2"]), "note": "schematic"},
            rings[r["code_9"]]))
    return found


def wangfujing_ring():
    return next(parse_line(r["ring"]) for r in source("areas") if r["name"] == WANGFUJING)


def wangfujing_features():
    return [polygon({"name": WANGFUJING, "kind": "management committee", "within": "110101001",
                     "note": "schematic; a unit of the bulletin inside 东华门街道"}, wangfujing_ring())]


def unit_features(rings):
    """The 17 streets, 王府井's area cut out of the one around it, then that area itself."""
    found = []
    for f in street_features(rings):
        p = f["properties"]
        holes = [wangfujing_ring()] if p["code"] == "110101001" else []
        found.append(polygon({"name": p["name"], "code": p["code"], "within": None, "aliases": p["aliases"],
                              "note": "schematic"}, rings[p["code"]], *holes))
    found.append(polygon({"name": WANGFUJING, "code": None, "within": "110101001", "aliases": "王府井",
                          "note": "schematic"}, wangfujing_ring()))
    return found


def lake_rings():
    """name -> (street, smooth shore)."""
    found = {}
    for r in source("lakes"):
        shore = smooth_ring(parse_line(r["ring"]), LAKE_STEPS)
        found[r["name"]] = (r, [tuple(round(v, DIGITS) for v in p) for p in shore])
    return found


def lake_features():
    return [polygon({"name": r["name"], "street": r["street"], "code": r["code"], "note": "schematic"}, shore)
            for r, shore in lake_rings().values()]


def authored_line(text, arcs):
    """'lon lat;@arc;...' as points: '@arc' stands for that arc's own points in their order."""
    points = []
    for token in text.split(";"):
        for p in arcs[token[1:]][2] if token.startswith("@") else parse_line(token):
            if not points or p != points[-1]:
                points.append(p)
    return points


def river_features(arcs):
    """Reaches digitised downstream, numbered and in order along each river."""
    return [feature({"reach_id": int(r["reach_id"]), "name": r["name"], "reach": r["reach"], "order": int(r["order"]),
                     "flow": "downstream", "direction": r["direction"], "note": "schematic"},
                    "LineString", authored_line(r["line"], arcs)) for r in source("rivers")]


def open_ground(shores):
    """Rings that lanes keep out of: lakes, palace, altars and parks."""
    return [parse_line(r["ring"]) for r in source("areas") if r["name"] != WANGFUJING] + shores


def road_features(arcs, rings):
    """Named roads, then the lanes of each street; where two of them cross, both have the crossing as a point."""
    rows = source("roads")
    lines = [authored_line(r["line"], arcs) for r in rows]
    described = [(r["name"], r["class"], r["code"] or None, "schematic") for r in rows]
    avoid = open_ground([shore for _, shore in lake_rings().values()])
    for r in sorted(source("lane_names"), key=lambda r: r["code"]):
        for name, line in lanes_of_street(r, rings[r["code"]], lines[:len(rows)], avoid):
            lines.append(line)
            described.append((name, "lane", r["code"], "schematic; lane drawn by chance"))
    keys = ("name", "class", "code", "note")
    return [feature(dict(zip(keys, d)), "LineString", line)
            for d, line in zip(described, node_lines(lines, DIGITS))]


def write_layer(folder, name, features):
    """One feature a line, keys in order, no crs member: WGS84."""
    head = json.dumps({"type": "FeatureCollection", "name": name, "isopleth_note": NOTE}, ensure_ascii=False,
                      separators=(",", ":"))
    lines = [json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features]
    text = head[:-1] + ',"features":[\n' + ",\n".join(lines) + "\n]}\n"
    (folder / f"{name}.geojson").write_bytes(text.encode("utf-8"))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=ROOT / "shapes", help="folder to write to (default: shapes/)")
    folder = parser.parse_args().output
    folder.mkdir(parents=True, exist_ok=True)
    arcs = read_arcs()
    rings = trace_streets(arcs)
    layers = {"streets": street_features(rings), "wangfujing": wangfujing_features(), "units": unit_features(rings),
              "lakes": lake_features(), "rivers": river_features(arcs), "roads": road_features(arcs, rings)}
    for name, features in layers.items():
        write_layer(folder, name, features)
    print(", ".join(f"{name} {len(features)}" for name, features in layers.items()))


if __name__ == "__main__":
    main()
