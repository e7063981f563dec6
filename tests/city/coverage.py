"""Checks of the streets as a coverage: shared edges, outline, areas, neighbours, and likeness to the real boundaries."""

import math

import geometry
from places import METRES_PER_DEGREE_LAT, METRES_PER_DEGREE_LON, ORIGIN

NEIGHBOURS = """
东华门-景山 东华门-东四 东华门-朝阳门 东华门-建国门 东华门-前门 东华门-崇文门外 景山-交道口 景山-东四 交道口-安定门
交道口-北新桥 交道口-东四 安定门-北新桥 安定门-和平里 北新桥-东四 北新桥-东直门 北新桥-和平里 东四-朝阳门
东四-东直门 朝阳门-建国门 建国门-崇文门外 建国门-东花市 前门-崇文门外 前门-天坛 崇文门外-东花市
崇文门外-体育馆路 崇文门外-天坛 东花市-龙潭 龙潭-体育馆路 体育馆路-天坛 体育馆路-永定门外 天坛-永定门外
""".split()
DISTRICT_KM2 = 41.84
STREET_TOLERANCE, DISTRICT_TOLERANCE = 0.15, 0.02
LEAST_IOU = 0.75
SCAN_STEP = 5.0


def rings_of(shape):
    polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    return [[tuple(p[:2]) for p in ring] for polygon in polygons for ring in polygon]


def metres(point):
    """Equal-area: the parallel's own length at each latitude."""
    scale = math.cos(math.radians(point[1])) / math.cos(math.radians(ORIGIN[1]))
    return ((point[0] - ORIGIN[0]) * METRES_PER_DEGREE_LON * scale, (point[1] - ORIGIN[1]) * METRES_PER_DEGREE_LAT)


def signed_area(ring):
    return geometry.signed_area([metres(p) for p in ring[:-1]])


def area_of(rings):
    return sum(signed_area(r) for r in rings)


def edges_by_street(streets):
    """Directed edge -> the streets that have it; streets: name -> rings."""
    found = {}
    for name, rings in streets.items():
        for ring in rings:
            for edge in zip(ring, ring[1:]):
                found.setdefault(edge, []).append(name)
    return found


def check_edges(streets, faults):
    """Every edge once in each direction, or once on the outline; the outline one ring; no two edges cross."""
    edges = edges_by_street(streets)
    for (a, b), names in edges.items():
        if len(names) > 1:
            faults.append(f"streets: edge {a} {b} occurs more than once in the same direction: {', '.join(names)}")
    outline = {a: b for (a, b) in edges if (b, a) not in edges}
    if len(outline) != sum((b, a) not in edges for a, b in edges):
        faults.append("streets: two outline edges start at one vertex")
    start = min(outline)
    ring = [start]
    while len(ring) <= len(outline) and outline.get(ring[-1]) not in (None, start):
        ring.append(outline[ring[-1]])
    if len(ring) != len(outline):
        faults.append(f"streets: the outline is not one ring ({len(ring)} of {len(outline)} edges): gap or overlap")
    total, whole = sum(area_of(r) for r in streets.values()), signed_area(ring + [start])
    if abs(total - whole) > 1.0:
        faults.append(f"streets: areas add up to {total:.1f} m2, the outline holds {whole:.1f} m2")
    check_crossings(edges, faults)


def check_crossings(edges, faults):
    undirected = sorted({(min(e), max(e)) for e in edges})
    for k, (a, b) in enumerate(undirected):
        for c, d in undirected[k + 1:]:
            if c[0] > b[0]:
                break  # sorted by the western end: no later edge can reach this one
            if max(c[1], d[1]) < min(a[1], b[1]) or min(c[1], d[1]) > max(a[1], b[1]):
                continue
            if cross(a, b, c) * cross(a, b, d) < 0 and cross(c, d, a) * cross(c, d, b) < 0:
                faults.append(f"streets: edges {a} {b} and {c} {d} cross")


def cross(a, b, p):
    return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])


def check_neighbours(streets, faults):
    edges = edges_by_street(streets)
    found = set()
    for (a, b), names in edges.items():
        for other in edges.get((b, a), []):
            found.add(frozenset((names[0].removesuffix("街道"), other.removesuffix("街道"))))
    expected = {frozenset(pair.split("-")) for pair in NEIGHBOURS}
    for pair in sorted(tuple(sorted(p)) for p in expected - found):
        faults.append(f"streets: {' and '.join(pair)} share no edge")
    for pair in sorted(tuple(sorted(p)) for p in found - expected):
        faults.append(f"streets: {' and '.join(pair)} share an edge, in the real district they do not")
    return len(found & expected)


def check_areas(streets, published, faults):
    """Each within 15 % of the published figure (or its alternative), the total within 2 %."""
    for name, rings in streets.items():
        km2 = area_of(rings) / 1e6
        if not any(abs(km2 / p - 1) <= STREET_TOLERANCE for p in published[name]):
            faults.append(f"streets: {name} has {km2:.2f} km2, published {published[name][0]}")
    total = sum(area_of(r) for r in streets.values()) / 1e6
    if abs(total / DISTRICT_KM2 - 1) > DISTRICT_TOLERANCE:
        faults.append(f"streets: {total:.2f} km2 in all, published {DISTRICT_KM2}")
    return total


def spans(rings, y):
    """Where the scan line at y lies inside: (left, right) pairs."""
    xs = []
    for ring in rings:
        for (ax, ay), (bx, by) in zip(ring, ring[1:]):
            if (ay > y) != (by > y):
                xs.append(ax + (y - ay) * (bx - ax) / (by - ay))
    xs.sort()
    return list(zip(xs[::2], xs[1::2]))


def intersection_over_union(first, second):
    """By scan lines 5 m apart, exact along each."""
    a, b = ([[metres(p) for p in ring] for ring in rings] for rings in (first, second))
    ys = [p[1] for ring in a + b for p in ring]
    both = each = 0.0
    y = min(ys) + SCAN_STEP / 2
    while y < max(ys):
        one, other = spans(a, y), spans(b, y)
        each += sum(r - l for l, r in one + other)
        both += sum(max(0.0, min(r, s) - max(l, m)) for l, r in one for m, s in other)
        y += SCAN_STEP
    return both / (each - both)


def check_likeness(streets, real, faults):
    """Against the licensed real boundaries; a line for each street."""
    lines = []
    for name, rings in streets.items():
        iou = intersection_over_union(rings, real[name])
        lines.append(f"IoU {name} {iou:.3f}")
        if iou < LEAST_IOU:
            faults.append(f"streets: {name} overlaps its real area by {iou:.3f} only (least {LEAST_IOU})")
    return lines
