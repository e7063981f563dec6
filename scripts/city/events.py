"""Dust-patrol events: as many for each unit and category as the bulletin's table says, clustered in space and time."""

import math
from datetime import datetime, timedelta

from files import keyed_random, read_rows, running_totals, weighted_index
from places import to_degrees, to_metres
from rhythm import FIRST_DAY, PROFILES, category_days, hour_totals, profile_days

HEADER = ["event_id", "time", "street", "category", "subdistrict_code", "lon", "lat"]
TOTAL = "总计"
SITE_SHARE = 0.4  # of a unit's clusters stand at construction sites
BACKGROUND = 0.12  # of the events belong to no cluster
NEAREST, FARTHEST = 1.5, 13.5  # from the road's line
BORDER = 1.0  # from the unit's border
# category -> (weight of a cluster at a construction site, weight of a road of each class)
CATEGORIES = {
    "道路遗撒": (0.6, {"expressway": 1.2, "main": 1.5, "secondary": 1.2, "lane": 0.4}),
    "积尘未清扫": (0.4, {"expressway": 0.3, "main": 0.8, "secondary": 1.3, "lane": 1.1}),
    "建筑垃圾未妥善处置": (1.5, {"expressway": 0.1, "main": 0.4, "secondary": 0.9, "lane": 1.4}),
    "路面破损": (0.5, {"expressway": 0.8, "main": 1.2, "secondary": 1.2, "lane": 0.8}),
    "裸露地面": (3.0, {"expressway": 0.2, "main": 0.6, "secondary": 1.0, "lane": 1.0}),
    "苫盖不到位": (6.0, {"expressway": 0.3, "main": 0.8, "secondary": 1.0, "lane": 0.9}),
    "未湿法降尘": (8.0, {"expressway": 0.3, "main": 0.8, "secondary": 1.0, "lane": 0.9}),
    "现场使用袋装水泥": (8.0, {"expressway": 0.3, "main": 0.6, "secondary": 1.0, "lane": 1.2}),
}


class Cluster:
    """A centre, its reach, its weight for each category and its life through the half year."""

    def __init__(self, rng, x, y, at_site, samples):
        self.weight = min(14.0, (1.0 - rng.random()) ** (-1 / 1.25))
        sigma = 25.0 + 75.0 * rng.random()
        near = [k for k, s in enumerate(samples) if math.hypot(s.x - x, s.y - y) <= 3 * sigma]
        self.members = near
        self.pull = [math.exp(-((samples[k].x - x) ** 2 + (samples[k].y - y) ** 2) / (2 * sigma * sigma)) for k in near]
        self.life = profile_days(rng, PROFILES[weighted_index(rng, running_totals([p[1] for p in PROFILES]))][0])
        self.taste = {}
        for category, (site_weight, _) in CATEGORIES.items():
            chance = math.exp(2.2 * (rng.random() + rng.random() + rng.random() - 1.5))
            self.taste[category] = chance * (site_weight if at_site else 1.0)


class Unit:
    """The places where the events of one unit can lie, and its clusters."""

    def __init__(self, name, area, code, samples, sites, count):
        self.name, self.area, self.code, self.samples = name, area, code, samples
        rng = keyed_random("events", "clusters", name)
        inside = [s for s in sites if area.contains(*s)]
        self.clusters = []
        for _ in range(max(3, min(45, round(math.sqrt(count))))):
            at_site = bool(inside) and rng.random() < SITE_SHARE
            if at_site:
                x, y = inside[int(rng.random() * len(inside))]
            else:
                s = samples[int(rng.random() * len(samples))]
                x, y = s.x, s.y
            cluster = Cluster(rng, x, y, at_site, samples)
            if cluster.members:
                self.clusters.append(cluster)

    def place(self, rng, sample):
        """Beside the sample, on its side of the road, strictly inside; None where there is no room."""
        for _ in range(6):
            offset = NEAREST + (FARTHEST - NEAREST) * rng.random()
            along = 6.0 * (rng.random() - 0.5)
            place = to_degrees(sample.x + sample.nx * offset - sample.ny * along,
                               sample.y + sample.ny * offset + sample.nx * along)
            if self.area.holds(*to_metres(*place), BORDER):
                return place
        return None


class Source:
    """Places and days of one unit's events of one category."""

    def __init__(self, unit, category):
        self.unit = unit
        self.road_weight = CATEGORIES[category][1]
        self.by_class = [self.road_weight[s.road_class] for s in unit.samples]
        self.anywhere = running_totals(self.by_class)
        self.choice = running_totals([c.weight * c.taste[category] for c in unit.clusters])
        self.days = category_days(category)
        self.any_day = running_totals(self.days)
        self.made = {}

    def draw(self, rng):
        """(lon, lat, day)."""
        while True:
            if rng.random() < BACKGROUND:
                sample, days = weighted_index(rng, self.anywhere), self.any_day
            else:
                members, totals, days = self._cluster(weighted_index(rng, self.choice))
                sample = members[weighted_index(rng, totals)]
            place = self.unit.place(rng, self.unit.samples[sample])
            if place:
                return (*place, weighted_index(rng, days))

    def _cluster(self, k):
        if k not in self.made:
            c = self.unit.clusters[k]
            pull = [p * self.by_class[m] for p, m in zip(c.pull, c.members)]
            if sum(pull) <= 0.0:
                pull = c.pull
            self.made[k] = (c.members, running_totals(pull),
                            running_totals([a * b for a, b in zip(self.days, c.life)]))
        return self.made[k]


def counts():
    """unit -> category -> number, as published."""
    table = {}
    for row in read_rows("data/dust_patrol_2024h1.csv"):
        if row["street"] != TOTAL:
            table[row["street"]] = {c: int(row[c] or 0) for c in CATEGORIES}
    return table


def units(city, sites):
    samples = city.sides_of_roads(city.units)
    found = []
    for name, by_category in counts().items():
        found.append(Unit(name, city.units[name], city.street_of_unit[name].code, samples[name], sites,
                          sum(by_category.values())))
    return found


def events_of(unit, category, number):
    source = Source(unit, category)
    rng = keyed_random("events", unit.name, category)
    hours = hour_totals(category)
    midnight = datetime.combine(FIRST_DAY, datetime.min.time())
    for k in range(number):
        lon, lat, day = source.draw(rng)
        second = 3600 * weighted_index(rng, hours) + int(3600 * rng.random())
        time = (midnight + timedelta(days=day, seconds=second)).strftime("%Y-%m-%dT%H:%M:%S+08:00")
        yield time, unit.name, category, k, unit.code, f"{lon:.6f}", f"{lat:.6f}"


def rows(city, source_points):
    """Rows of data/dust_patrol_events.csv, by time; source_points as for shapes/sources.geojson."""
    sites = [to_metres(lon, lat) for lon, lat, p in source_points if p["type"] == "工地"]
    table = counts()
    found = []
    for unit in units(city, sites):
        for category, number in table[unit.name].items():
            found.extend(events_of(unit, category, number))
    found.sort()
    return HEADER, [[f"E{k:05d}", time, name, category, code, lon, lat]
                    for k, (time, name, category, _, code, lon, lat) in enumerate(found, start=1)]
