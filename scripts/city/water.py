"""Points on and beside the water: assessment sections, monitoring points, wells, outfalls."""

import math

from files import keyed_random, read_rows
from places import to_degrees, to_metres, walk

STEP = 5.0  # between the candidates along a reach
BESIDE = 20.0  # a point so far from its street is still beside it
OUTFALLS = 118
OUTFALL_KINDS = (("雨水", 0.68), ("合流", 0.88), ("泵站", 1.0))  # with running shares
WELLS = 16
WELL_SPACING = 500.0
WELL_MEDIA = ("细砂", "中砂", "粗砂", "砾石")


def full_street(short):
    return short + "街道"


def positions(layer):
    return {r["no"]: r for r in read_rows("shapes/source/points_water.csv") if r["layer"] == layer}


def place(city, seed):
    """On the river (or in the lake) of that name, near the authored place, in or beside one of the listed streets."""
    x0, y0 = to_metres(float(seed["lon"]), float(seed["lat"]))
    areas = [city.streets[full_street(s)].area for s in seed["streets"].split(";")]
    if seed["on"] in city.lakes:
        candidates = inside_lake(city.lakes[seed["on"]], x0, y0)
    else:
        candidates = [c[:2] for reach in city.reaches if reach.name == seed["on"] for c in walk(reach.line, STEP)]
    if not candidates:
        raise ValueError(f"no water called {seed['on']}")
    x, y = min(candidates, key=lambda c: (math.hypot(c[0] - x0, c[1] - y0)
                                          + 4 * max(0.0, min(a.distance(*c) for a in areas) - BESIDE), c))
    return to_degrees(x, y)


def inside_lake(lake, x0, y0):
    left, bottom, right, top = lake.box
    grid = [(left + i, bottom + j) for i in range(0, int(right - left) + 1, 5)
            for j in range(0, int(top - bottom) + 1, 5)]
    for margin in (12.0, 5.0, 0.5):
        found = [c for c in grid if lake.holds(*c, margin)]
        if found:
            return found
    return []


def sections(city):
    seeds, found = positions("section"), []
    for k, r in enumerate(read_rows("data/water_sections_2024h1.csv"), start=1):
        found.append((*place(city, seeds[str(k)]), {
            "no": k, "section": r["section"], "water_body": r["water_body"], "streets": r["streets"],
            "target_class": r["target_class"], "class": r["class_jan_jun"],
            "assessed_by_city": r["note"] == "市级考核断面", "note": "schematic position"}))
    return found


def monitoring_points(city):
    seeds, found = positions("point"), []
    for r in read_rows("data/water_monitoring_points_2024h1.csv"):
        found.append((*place(city, seeds[r["no"]]), {
            "no": int(r["no"]), "water_body": r["water_body"], "point": r["point"], "streets": r["streets"],
            "communities": r["communities"], "target_class": r["target_class"], "class_june": r["class_june"],
            "class_mean": r["class_mean"], "note": "schematic position"}))
    return found


def wells(city):
    """At fictional places: one in each of 16 streets, drawn by chance."""
    rng = keyed_random("wells")
    streets = sorted(city.streets.values(), key=lambda s: s.code)
    streets.pop(int(rng.random() * len(streets)))
    taken, found = [], []
    for k, street in enumerate(streets, start=1):
        while True:
            x, y = street.area.random_point(rng, 80.0)
            if not city.in_lake(x, y) and all(math.hypot(x - a, y - b) >= WELL_SPACING for a, b in taken):
                break
        taken.append((x, y))
        depth = 10 * (8 + int(rng.random() * 15))
        found.append((*to_degrees(x, y), {
            "well_id": f"W{k:02d}", "name": f"W{k:02d}", "kind": "水源井", "aquifer": "承压水" if depth >= 120 else "潜水",
            "medium": WELL_MEDIA[int(rng.random() * len(WELL_MEDIA))], "depth_m": depth,
            "yield_m3_per_day": 100 * (6 + int(rng.random() * 25)), "sensitivity": "restricted",
            "note": "synthetic: fictional place"}))
    return found


def outfall_candidates(city, reach, rng):
    """(x, y, bank) along the reach every few metres, on the banks that lie in the district."""
    found = []
    for x, y, ux, uy in walk(reach.line, STEP):
        for bank, side in (("左岸", 1), ("右岸", -1)):
            offset = 6.5 + 17 * rng.random()
            px, py = x - side * uy * offset, y + side * ux * offset
            d, nearest = city.river_lines.nearest(px, py, 40.0)
            if city.street_at(px, py) and not city.in_lake(px, py) and nearest == reach.reach_id and 6 <= d <= 24:
                found.append((px, py, bank))
    return found


def outfalls(city):
    """Spread over the reaches by length, spaced along each with some chance."""
    rng = keyed_random("outfalls")
    per_reach = [(reach, outfall_candidates(city, reach, rng)) for reach in city.reaches]
    per_reach = [(reach, found) for reach, found in per_reach if found]
    chosen, total, before = [], sum(len(f) for _, f in per_reach), 0
    for reach, candidates in per_reach:
        first, last = (OUTFALLS * n // total for n in (before, before + len(candidates)))
        before += len(candidates)
        for k in range(last - first):
            pick = candidates[int((k + 0.15 + 0.7 * rng.random()) * len(candidates) / (last - first))]
            chosen.append((reach, *pick))
    found = []
    for k, (reach, x, y, bank) in enumerate(chosen, start=1):
        u = rng.random()
        kind = next(name for name, share in OUTFALL_KINDS if u < share)
        found.append((*to_degrees(x, y), {"outfall_id": f"P{k:03d}", "river": reach.name, "reach_id": reach.reach_id,
                                          "kind": kind, "bank": bank, "note": "synthetic"}))
    return found
