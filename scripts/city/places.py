"""Local metric frame, fast point-in-area tests and road sampling for the sample city.

All work is done in metres around a fixed origin inside the district; results go back to longitude and latitude.
"""

import math

from geometry import distance_to_line, distance_to_segment

ORIGIN = (116.41, 39.91)
METRES_PER_DEGREE_LAT = 111034.0  # of the meridian at this latitude
METRES_PER_DEGREE_LON = 85523.0  # of the parallel at this latitude


def to_metres(lon, lat):
    return (lon - ORIGIN[0]) * METRES_PER_DEGREE_LON, (lat - ORIGIN[1]) * METRES_PER_DEGREE_LAT


def to_degrees(x, y, digits=6):
    return (round(ORIGIN[0] + x / METRES_PER_DEGREE_LON, digits),
            round(ORIGIN[1] + y / METRES_PER_DEGREE_LAT, digits))


class Segments:
    """Segments in a grid: the distance to the nearest one, looked up within a few cells."""

    def __init__(self, lines, cell=100.0):
        self.cell = cell
        self.grid = {}
        for owner, line in lines:
            for a, b in zip(line, line[1:]):
                self._add(owner, a, b)

    def _add(self, owner, a, b):
        c = self.cell
        for i in range(int(min(a[0], b[0]) // c), int(max(a[0], b[0]) // c) + 1):
            for j in range(int(min(a[1], b[1]) // c), int(max(a[1], b[1]) // c) + 1):
                self.grid.setdefault((i, j), []).append((a, b, owner))

    def nearest(self, x, y, reach):
        """(distance, owner) of the nearest segment within reach, else (infinity, None)."""
        best, owner = math.inf, None
        c = self.cell
        for i in range(int((x - reach) // c), int((x + reach) // c) + 1):
            for j in range(int((y - reach) // c), int((y + reach) // c) + 1):
                for a, b, who in self.grid.get((i, j), ()):
                    d = distance_to_segment((x, y), a, b)
                    if d < best:
                        best, owner = d, who
        return (best, owner) if best <= reach else (math.inf, None)


class Area:
    """A polygon or multipolygon in metres, holes included (even-odd), with its edges sorted into strips."""

    STRIP = 50.0

    def __init__(self, geometry):
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        self.rings = [[to_metres(*p[:2]) for p in ring] for polygon in polygons for ring in polygon]
        self.strips = {}
        for ring in self.rings:
            for (ax, ay), (bx, by) in zip(ring, ring[1:]):
                for s in range(int(min(ay, by) // self.STRIP), int(max(ay, by) // self.STRIP) + 1):
                    self.strips.setdefault(s, []).append((ax, ay, bx, by))
        xs = [p[0] for ring in self.rings for p in ring]
        ys = [p[1] for ring in self.rings for p in ring]
        self.box = (min(xs), min(ys), max(xs), max(ys))
        self.border = Segments([(None, ring) for ring in self.rings])

    def contains(self, x, y):
        x0, y0, x1, y1 = self.box
        if not (x0 <= x <= x1 and y0 <= y <= y1):
            return False
        inside = False
        for ax, ay, bx, by in self.strips.get(int(y // self.STRIP), ()):
            if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
                inside = not inside
        return inside

    def holds(self, x, y, margin):
        """Inside, and at least margin metres away from the border."""
        return self.contains(x, y) and self.border.nearest(x, y, margin)[0] == math.inf

    def distance(self, x, y):
        """0 inside, else the distance to the border."""
        if self.contains(x, y):
            return 0.0
        return min(distance_to_line((x, y), ring) for ring in self.rings)

    def random_point(self, rng, margin):
        x0, y0, x1, y1 = self.box
        for _ in range(100000):
            x, y = x0 + rng.random() * (x1 - x0), y0 + rng.random() * (y1 - y0)
            if self.holds(x, y, margin):
                return x, y
        raise ValueError("no point with this margin inside the area")


def lines_of(geometry):
    """The lines of a LineString or MultiLineString, in metres."""
    parts = [geometry["coordinates"]] if geometry["type"] == "LineString" else geometry["coordinates"]
    return [[to_metres(*p[:2]) for p in part] for part in parts]


def walk(line, step):
    """(x, y, ux, uy) about every step metres along a line: position and unit direction."""
    for (ax, ay), (bx, by) in zip(line, line[1:]):
        length = math.hypot(bx - ax, by - ay)
        if length == 0.0:
            continue
        count = max(1, round(length / step))
        ux, uy = (bx - ax) / length, (by - ay) / length
        for k in range(count):
            t = (k + 0.5) * length / count
            yield ax + t * ux, ay + t * uy, ux, uy
