"""Plane geometry of the authored layers: a planar graph's faces, tests, clipping, smoothing, crossings.

Points are (x, y) tuples. Rings are lists of points without the repeated last one. Nothing here knows of degrees or
metres: callers choose the frame.
"""

import math


def signed_area(ring):
    """Area of a ring, positive where it runs counterclockwise."""
    x0, y0 = ring[0]
    total = 0.0
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1]):
        total += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)
    return total / 2


def contains(ring, point):
    """Whether the point lies inside the ring; on the edge itself the answer is either."""
    x, y = point
    inside = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1]):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            inside = not inside
    return inside


def distance_to_segment(point, a, b):
    dx, dy = b[0] - a[0], b[1] - a[1]
    squared = dx * dx + dy * dy
    t = 0.0
    if squared > 0.0:
        t = max(0.0, min(1.0, ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / squared))
    return math.hypot(a[0] + t * dx - point[0], a[1] + t * dy - point[1])


def distance_to_line(point, line):
    return min(distance_to_segment(point, a, b) for a, b in zip(line, line[1:]))


def closed(ring):
    return ring + ring[:1]


def interpolate(a, b, t):
    return a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])


def crossing(a, b, c, d):
    """(t, u) of the point where ab and cd meet, as shares of ab and cd; None where they do not or are parallel."""
    rx, ry, sx, sy = b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]
    cross = rx * sy - ry * sx
    if cross == 0.0:
        return None
    t = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / cross
    u = ((c[0] - a[0]) * ry - (c[1] - a[1]) * rx) / cross
    return (t, u) if 0.0 <= t <= 1.0 and 0.0 <= u <= 1.0 else None


def crossings_with_ring(a, b, ring):
    """Sorted shares of ab at which it meets the ring."""
    found = (crossing(a, b, c, d) for c, d in zip(ring, ring[1:] + ring[:1]))
    return sorted(f[0] for f in found if f)


def smooth_ring(ring, steps):
    """Closed Catmull-Rom curve through the ring's points, `steps` pieces between two of them."""
    n, found = len(ring), []
    for i in range(n):
        p = [ring[(i + k) % n] for k in (-1, 0, 1, 2)]
        for s in range(steps):
            t = s / steps
            weights = ((-t + 2 * t * t - t ** 3) / 2, (2 - 5 * t * t + 3 * t ** 3) / 2,
                       (t + 4 * t * t - 3 * t ** 3) / 2, (t ** 3 - t * t) / 2)
            found.append(tuple(sum(w * q[axis] for w, q in zip(weights, p)) for axis in (0, 1)))
    return found


def main_direction(ring):
    """The angle in (-45, 45] degrees, as radians, that most of the ring's length follows or crosses squarely."""
    x = y = 0.0
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1]):
        angle, length = 4 * math.atan2(by - ay, bx - ax), math.hypot(bx - ax, by - ay)
        x += length * math.cos(angle)
        y += length * math.sin(angle)
    return math.atan2(y, x) / 4


class PlanarGraph:
    """Arcs between junctions that meet nowhere else; its bounded faces are the areas between them."""

    def __init__(self):
        self.halves = []  # (from, to, points), the reverse of number k is number k ^ 1
        self.leaving = {}

    def add(self, start, end, points):
        for a, b, line in ((start, end, points), (end, start, points[::-1])):
            self.leaving.setdefault(a, []).append(len(self.halves))
            self.halves.append((a, b, line))

    def faces(self):
        """Counterclockwise rings of the bounded faces, each with the numbers of its half-edges."""
        following = self._following()
        seen, found = set(), []
        for first in range(len(self.halves)):
            if first in seen:
                continue
            around, half = [], first
            while half not in seen:
                seen.add(half)
                around.append(half)
                half = following[half]
            ring = [p for h in around for p in self.halves[h][2][:-1]]
            if signed_area(ring) > 0.0:
                found.append((ring, around))
        return found

    def _following(self):
        """The next half-edge with the same face on the left: at its end, the first one clockwise from where it came."""
        following = {}
        for around in self.leaving.values():
            by_angle = sorted(around, key=self._angle)
            for k, half in enumerate(by_angle):
                following[half ^ 1] = by_angle[k - 1]
        return following

    def _angle(self, half):
        (ax, ay), (bx, by) = self.halves[half][2][:2]
        return math.atan2(by - ay, bx - ax)


def node_lines(lines, digits):
    """The lines with the places where two of them cross put into both as the same rounded point."""
    cuts = [[[] for _ in line] for line in lines]
    boxes = [_box(line) for line in lines]
    for i, first in enumerate(lines):
        for j in range(i + 1, len(lines)):
            if _boxes_meet(boxes[i], boxes[j]):
                _cut_pair(first, lines[j], cuts[i], cuts[j], digits)
    return [_with_cuts(line, cut) for line, cut in zip(lines, cuts)]


def _box(line):
    xs, ys = [p[0] for p in line], [p[1] for p in line]
    return min(xs), min(ys), max(xs), max(ys)


def _boxes_meet(a, b):
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def _cut_pair(first, second, first_cuts, second_cuts, digits):
    for k, (a, b) in enumerate(zip(first, first[1:])):
        for m, (c, d) in enumerate(zip(second, second[1:])):
            meeting = crossing(a, b, c, d)
            if meeting:
                point = tuple(round(v, digits) for v in interpolate(a, b, meeting[0]))
                first_cuts[k].append((meeting[0], point))
                second_cuts[m].append((meeting[1], point))


def _with_cuts(line, cuts):
    found = []
    for k, point in enumerate(line):
        for candidate in [point] + [p for _, p in sorted(cuts[k])]:
            if not found or candidate != found[-1]:
                found.append(candidate)
    return found
