"""The lanes of a street: a jittered mesh along its main direction, cut at the border and around open ground.

Neighbouring lanes share the mesh's nodes, so they meet at crossings. Which pieces stand and where a lane ends is drawn
from a generator keyed by the street's code.
"""

import math
from collections import namedtuple

from files import keyed_random
from geometry import closed, contains, crossings_with_ring, distance_to_line, interpolate, main_direction
from places import to_degrees, to_metres

Style = namedtuple("Style", "across along keep_across keep_along longest kinds_across kinds_along")

# pitches in metres: across = between two east-west lanes, along = between two north-south ones
STYLES = {
    "hutong": Style(88.0, 150.0, 0.92, 0.34, 4, ("胡同", "头条", "二条", "三条", "北巷", "南巷", "横巷"),
                    ("夹道", "东巷", "西巷", "一巷", "二巷", "三巷", "里巷")),
    "modern": Style(132.0, 165.0, 0.74, 0.62, 4, ("北里路", "南里路", "一巷", "三巷", "北巷", "南巷", "横街"),
                    ("东里路", "西里路", "二巷", "四巷", "东巷", "西巷", "夹道")),
}
BORDER = 14.0  # metres between a lane and the street's border or open ground
SHORTEST = 30.0  # a cut piece or a lane below this length is left out
BESIDE = 26.0  # a piece with both ends this near to one main road would double it
JITTER = 0.16  # of the pitch


class Ground:
    """Where lanes may run: inside the street, off open ground, not beside a main road; rotated metres."""

    def __init__(self, ring, roads, avoid, angle):
        self.cos, self.sin = math.cos(angle), math.sin(angle)
        self.ring = [self.to_frame(p) for p in ring]
        self.blocked = [[self.to_frame(p) for p in other] for other in avoid]
        self.roads = [[self.to_frame(p) for p in line] for line in roads]

    def to_frame(self, point):
        x, y = to_metres(*point)
        return x * self.cos + y * self.sin, y * self.cos - x * self.sin

    def to_map(self, point):
        u, v = point
        return to_degrees(u * self.cos - v * self.sin, u * self.sin + v * self.cos)

    def box(self):
        us, vs = [p[0] for p in self.ring], [p[1] for p in self.ring]
        return min(us), min(vs), max(us), max(vs)

    def holds(self, point):
        return (contains(self.ring, point) and distance_to_line(point, closed(self.ring)) >= BORDER
                and not any(contains(b, point) or distance_to_line(point, closed(b)) < BORDER / 2
                            for b in self.blocked))

    def first_obstacle(self, a, b):
        """The share of ab at which it leaves the allowed ground; 1 where it does not."""
        shares = [t for ring in [self.ring] + self.blocked for t in crossings_with_ring(a, b, ring)]
        return min(shares, default=1.0)

    def doubles_road(self, a, b):
        return any(distance_to_line(a, line) < BESIDE and distance_to_line(b, line) < BESIDE for line in self.roads)


def mesh(ground, style, rng):
    """(column, row) -> place of the node, over the whole box of the street."""
    left, bottom, right, top = ground.box()
    left -= style.along * rng.random()
    bottom -= style.across * rng.random()
    nodes = {}
    for row in range(int((top - bottom) / style.across) + 2):
        for column in range(int((right - left) / style.along) + 2):
            nodes[column, row] = (left + style.along * (column + JITTER * (2 * rng.random() - 1)),
                                  bottom + style.across * (row + JITTER * (2 * rng.random() - 1)))
    return nodes


def clear_piece(ground, a, b, a_holds, b_holds):
    """The part of ab that a lane may take, in that direction; None where there is none."""
    if not a_holds and not b_holds:
        return None
    if a_holds and b_holds:
        return (a, b) if ground.first_obstacle(a, b) == 1.0 and not ground.doubles_road(a, b) else None
    start, far = (a, b) if a_holds else (b, a)
    length = math.hypot(far[0] - start[0], far[1] - start[1])
    reach = ground.first_obstacle(start, far) * length - BORDER
    end = interpolate(start, far, reach / length)
    if reach < SHORTEST or not ground.holds(end) or ground.doubles_road(start, end):
        return None
    return (start, end) if a_holds else (end, start)


def runs(pieces, keep, longest, rng):
    """Pieces of one mesh line joined into lanes: chance leaves some out and ends a lane here and there."""
    found, current = [], []
    limit = 1 + int(longest * rng.random())
    for piece in pieces:
        stands = rng.random() < keep
        if piece is None or not stands:
            found, current = found + [current] * bool(current), []
            continue
        if current and (current[-1] != piece[0] or len(current) > limit):
            found, current = found + [current], []
            limit = 1 + int(longest * rng.random())
        current = current + [piece[1]] if current else list(piece)
    return found + [current] * bool(current)


def drawn_lanes(ground, style, rng):
    """(lanes from west to east, lanes from south to north), in rotated metres."""
    nodes = mesh(ground, style, rng)
    holds = {key: ground.holds(p) for key, p in nodes.items()}
    columns, rows = max(k[0] for k in nodes) + 1, max(k[1] for k in nodes) + 1
    across, along = [], []
    for row in range(rows):
        keys = [(column, row) for column in range(columns)]
        across += runs(pieces_of(ground, keys, nodes, holds), style.keep_across, style.longest, rng)
    for column in range(columns):
        keys = [(column, row) for row in range(rows)]
        along += runs(pieces_of(ground, keys, nodes, holds), style.keep_along, style.longest, rng)
    return across, along


def pieces_of(ground, keys, nodes, holds):
    return [clear_piece(ground, nodes[a], nodes[b], holds[a], holds[b]) for a, b in zip(keys, keys[1:])]


def names(bases, kinds):
    """Every base with the first kind, then with the second, and so on; then numbered ones without end."""
    for kind in kinds:
        for base in bases:
            yield base + kind
    number = 1
    while True:
        for base in bases:
            yield f"{base}{number}号巷"
        number += 1


def length_of(line):
    return sum(math.hypot(b[0] - a[0], b[1] - a[1]) for a, b in zip(line, line[1:]))


def lanes_of_street(row, ring, roads, avoid):
    """[(name, points)] of one street. row: code, kind of grid, bases of the names; the rest in degrees."""
    rng = keyed_random("lanes", row["code"])
    style = STYLES[row["kind"]]
    ground = Ground(ring, roads, avoid, main_direction([to_metres(*p) for p in ring]))
    bases = row["bases"].split(";")
    found = []
    for lanes, kinds in zip(drawn_lanes(ground, style, rng), (style.kinds_across, style.kinds_along)):
        lanes = [lane for lane in lanes if length_of(lane) >= SHORTEST]
        order = sorted(range(len(lanes)), key=lambda k: (-length_of(lanes[k]), k))
        given = dict(zip(order, names(bases, kinds)))
        found += [(given[k], [ground.to_map(p) for p in lane]) for k, lane in enumerate(lanes)]
    return found
