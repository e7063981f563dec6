"""The authored layers of the sample city, read once: streets, units, roads sampled by side, rivers, lakes."""

from collections import namedtuple

from files import keyed_random, read_features
from places import Area, Segments, lines_of, walk

Street = namedtuple("Street", "name code area")
Reach = namedtuple("Reach", "name reach_id line")
Sample = namedtuple("Sample", "x y nx ny road_class road")  # a place on a road and the unit normal towards one side

SAMPLE_STEP = 6.0
SIDE = 6.0  # a sample belongs to the area that this offset to its side lies in


class City:
    def __init__(self):
        self.streets = {}
        for f in read_features("shapes/streets.geojson"):
            p = f["properties"]
            self.streets[p["name"]] = Street(p["name"], str(p["code"]), Area(f["geometry"]))
        self.units = {f["properties"]["name"]: Area(f["geometry"]) for f in read_features("shapes/units.geojson")}
        self.lakes = {f["properties"]["name"]: Area(f["geometry"]) for f in read_features("shapes/lakes.geojson")}
        self.reaches = [Reach(f["properties"]["name"], f["properties"]["reach_id"], line)
                        for f in read_features("shapes/rivers.geojson") for line in lines_of(f["geometry"])]
        self.river_lines = Segments([(r.reach_id, r.line) for r in self.reaches])
        self.roads = [(f["properties"].get("name") or "", f["properties"]["class"], line)
                      for f in read_features("shapes/roads.geojson") for line in lines_of(f["geometry"])]
        self.road_lines = Segments([(k, line) for k, (_, _, line) in enumerate(self.roads)])
        self.street_of_unit = {name: self._street_around(name, area) for name, area in self.units.items()}

    def _street_around(self, name, area):
        """A unit is a street, or a part cut out of one."""
        if name in self.streets:
            return self.streets[name]
        x, y = area.random_point(keyed_random("city", name), 1.0)
        return self.street_at(x, y)

    def street_at(self, x, y):
        return next((s for s in self.streets.values() if s.area.contains(x, y)), None)

    def in_lake(self, x, y):
        return any(lake.contains(x, y) for lake in self.lakes.values())

    def sides_of_roads(self, areas):
        """name -> road samples whose side lies in that area; areas: name -> Area, not overlapping."""
        found = {name: [] for name in areas}
        last = next(iter(areas))
        for road, road_class, line in self.roads:
            for x, y, ux, uy in walk(line, SAMPLE_STEP):
                for nx, ny in ((-uy, ux), (uy, -ux)):
                    sx, sy = x + SIDE * nx, y + SIDE * ny
                    if not areas[last].contains(sx, sy):
                        last = next((name for name, area in areas.items() if area.contains(sx, sy)), None)
                        if last is None:
                            last = next(iter(areas))
                            continue
                    found[last].append(Sample(x, y, nx, ny, road_class, road))
        return found
