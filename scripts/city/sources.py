"""Pollution sources: construction sites, restaurants, filling stations, repair shops, charging posts near the roads."""

import math

from files import keyed_random, read_rows, running_totals, weighted_index
from places import to_degrees, to_metres

# type -> (prefix of the id, number, least number in a street, weight of a road of each class)
TYPES = {
    "工地": ("C", 120, 2, {"expressway": 0.3, "main": 1.0, "secondary": 1.2, "lane": 0.6}),
    "餐饮": ("R", 320, 3, {"expressway": 0.0, "main": 1.0, "secondary": 1.6, "lane": 0.8}),
    "加油站": ("G", 20, 0, {"expressway": 1.2, "main": 1.0, "secondary": 0.4, "lane": 0.0}),
    "汽修": ("A", 50, 1, {"expressway": 0.1, "main": 0.4, "secondary": 1.0, "lane": 0.7}),
    "充电桩": ("E", 150, 3, {"expressway": 0.2, "main": 1.0, "secondary": 1.2, "lane": 0.5}),
}
NEAREST, FARTHEST = 11.0, 32.0  # from the road's line
SPACING = 14.0  # between two sources
BORDER = 3.0  # from the street's border


class Placer:
    """Puts sources beside the road samples of one street, apart from one another."""

    def __init__(self, city, samples):
        self.city, self.samples = city, samples
        self.taken = {}

    def put(self, rng, street, weights):
        """A free place beside a sample drawn by weight, with the road's name; None where no sample has weight."""
        totals = running_totals(weights)
        if totals[-1] <= 0.0:
            return None
        for _ in range(2000):
            s = self.samples[street.name][weighted_index(rng, totals)]
            offset = NEAREST + (FARTHEST - NEAREST) * rng.random()
            x, y = s.x + s.nx * offset, s.y + s.ny * offset
            if self._is_free(x, y) and street.area.holds(x, y, BORDER) and not self.city.in_lake(x, y) \
                    and self.city.road_lines.nearest(x, y, NEAREST - 2.0)[1] is None:
                self.taken.setdefault((int(x // SPACING), int(y // SPACING)), []).append((x, y))
                return x, y, s.road or street.name
        raise ValueError(f"no room for another source in {street.name}")

    def _is_free(self, x, y):
        i, j = int(x // SPACING), int(y // SPACING)
        near = (p for a in (i - 1, i, i + 1) for b in (j - 1, j, j + 1) for p in self.taken.get((a, b), ()))
        return all(math.hypot(x - a, y - b) >= SPACING for a, b in near)


def shares(kind, samples, streets, number, least):
    """How many of a type stand in each street: the least for each, the rest by the weight of its roads."""
    class_weights = TYPES[kind][3]
    rng = keyed_random("sources", "shares", kind)
    weight = [running_totals(class_weights[s.road_class] for s in samples[st.name])[-1] * (0.5 + rng.random())
              for st in streets]
    rest = number - least * len(streets)
    totals = running_totals(weight)
    steps = [0] + [int(rest * t / totals[-1] + 0.5) for t in totals]
    return [least + b - a for a, b in zip(steps, steps[1:])]


def near(samples, x, y, radius):
    """Weights that fall off with the distance from a cluster's centre."""
    squared = 2 * (radius / 2) ** 2
    return [math.exp(-((s.x - x) ** 2 + (s.y - y) ** 2) / squared) if math.hypot(s.x - x, s.y - y) <= 2 * radius
            else 0.0 for s in samples]


def clustered(city, placer, kind):
    """The sources of the authored clusters of this type: (street, x, y, road)."""
    found = []
    for c in read_rows("shapes/source/points_clusters.csv"):
        if c["type"] != kind:
            continue
        street = city.streets[c["street"]]
        rng = keyed_random("sources", "cluster", c["name"])
        weights = near(placer.samples[street.name], *to_metres(float(c["lon"]), float(c["lat"])), float(c["radius_m"]))
        for _ in range(int(c["count"])):
            x, y, _road = placer.put(rng, street, weights)
            found.append((street, x, y, c["name"]))
    return found


def spread(city, placer, kind, number):
    """The others, over all streets."""
    _, _, least, class_weights = TYPES[kind]
    streets = sorted(city.streets.values(), key=lambda s: s.code)
    found = []
    for street, count in zip(streets, shares(kind, placer.samples, streets, number, least)):
        rng = keyed_random("sources", kind, street.code)
        samples = placer.samples[street.name]
        centres = [samples[int(rng.random() * len(samples))] for _ in range(6)]
        for _ in range(count):
            c = centres[int(rng.random() * len(centres))]
            pull = [1.0] * len(samples) if rng.random() < 0.5 else near(samples, c.x, c.y, 300.0)
            weights = [class_weights[s.road_class] * w for s, w in zip(samples, pull)]
            place = placer.put(rng, street, weights if sum(weights) > 0.0
                               else [class_weights[s.road_class] for s in samples])
            if place:
                found.append((street, *place))
    return found


def points(city):
    """(lon, lat, properties) of shapes/sources.geojson."""
    placer = Placer(city, city.sides_of_roads({name: s.area for name, s in city.streets.items()}))
    found = []
    for kind, (prefix, number, _, _) in TYPES.items():
        placed = clustered(city, placer, kind)
        placed += spread(city, placer, kind, number - len(placed))
        placed.sort(key=lambda p: (p[0].code, p[3], p[1], p[2]))
        numbers = {}
        for k, (street, x, y, road) in enumerate(placed, start=1):
            numbers[road] = numbers.get(road, 0) + 1
            found.append((*to_degrees(x, y), {
                "source_id": f"{prefix}{k:03d}", "type": kind, "name": f"{road}{kind} {numbers[road]} 号",
                "street": street.name, "code": street.code, "note": "synthetic"}))
    return found
