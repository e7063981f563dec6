"""The 36 stations and their half-year means.

Each street's published figure is the mean of its two municipal stations, v - d and v + d, where d follows a smooth
field through the streets' figures; the two national stations give the district's PM2.5 38.0 and PM10 67.7.
"""

import math
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from files import keyed_random, read_rows
from places import to_degrees, to_metres

TENTH = Decimal("0.1")
NATIONAL = {"N01": ("38.4", "", "69.3"), "N02": ("37.6", "", "66.1")}  # PM2.5, TSP, PM10
CLEARANCE = 60.0  # of a station from its street's border
SPACING = 250.0  # between stations
SMOOTHING = 900.0  # metres, of the field that says which of a street's stations reads more


@lru_cache
def seeds():
    """The authored stations: who, where about, in which street."""
    return read_rows("shapes/source/points_stations.csv")


def published(table):
    return {r["street"]: Decimal(r["mean_ug_m3"]) for r in read_rows(table)}


def field_at(place, centres):
    """The streets' figures smoothed over distance."""
    total = weight = 0.0
    for (x, y), value in centres:
        w = math.exp(-((x - place[0]) ** 2 + (y - place[1]) ** 2) / (2 * SMOOTHING ** 2))
        total, weight = total + w * value, weight + w
    return total / weight


def half_differences(pollutant, values, pairs, gain):
    """street -> d in tenths: the field's difference between the two stations times a gain, plus a little chance."""
    centres = [(to_metres(float(s["lon"]), float(s["lat"])), float(values[street]))
               for street, pair in pairs.items() for s in pair]
    found = {}
    for street, pair in pairs.items():
        a, b = (field_at(to_metres(float(s["lon"]), float(s["lat"])), centres) for s in pair)
        chance = keyed_random("stations", pollutant, street).random() - 0.5
        d = Decimal((b - a) * gain + chance * gain * 0.4).quantize(TENTH, ROUND_HALF_UP)
        found[street] = d if d != 0 else TENTH.copy_sign(Decimal(chance))
    return found


def pm10_of(station, tsp):
    """Synthetic: about two thirds of TSP, with a few per cent of chance."""
    chance = keyed_random("stations", "pm10", station).random() - 0.5
    return (tsp * (Decimal("0.675") + Decimal(chance) * Decimal("0.04"))).quantize(TENTH, ROUND_HALF_UP)


def means():
    """Rows of data/station_means_2024h1.csv."""
    pairs = {}
    for s in seeds():
        if s["kind"] == "municipal":
            pairs.setdefault(s["street"], []).append(s)
    pm25, tsp = published("data/pm25_2024h1.csv"), published("data/tsp_2024h1.csv")
    pm25_d = half_differences("pm25", pm25, pairs, 0.9)
    tsp_d = half_differences("tsp", tsp, pairs, 0.9)
    rows = []
    for s in seeds():
        street = s["street"]
        if s["kind"] == "national":
            figures = NATIONAL[s["station_id"]]
        else:
            sign = -1 if s is pairs[street][0] else 1
            dust = tsp[street] + sign * tsp_d[street]
            figures = (pm25[street] + sign * pm25_d[street], dust, pm10_of(s["station_id"], dust))
        rows.append([s["station_id"], s["name"], s["kind"], street, *figures, "synthetic"])
    return ["station_id", "name", "kind", "street", "pm25", "tsp", "pm10", "note"], rows


def settle(seed, area, lakes, taken):
    """The place nearest to the authored one with enough room around it: rings of 16 candidates, 10 m apart."""
    x0, y0 = to_metres(float(seed["lon"]), float(seed["lat"]))
    for ring in range(120):
        for k in range(16 if ring else 1):
            x, y = x0 + 10 * ring * math.cos(k * math.pi / 8), y0 + 10 * ring * math.sin(k * math.pi / 8)
            free = all(math.hypot(x - a, y - b) >= SPACING for a, b in taken)
            if free and area.holds(x, y, CLEARANCE) and not any(lake.contains(x, y) for lake in lakes):
                return x, y
    raise ValueError(f"no room for station {seed['station_id']} in {seed['street']}")


def points(city):
    """(lon, lat, properties) of shapes/stations.geojson."""
    taken, found = [], []
    for s in seeds():
        street = city.streets[s["street"]]
        x, y = settle(s, street.area, city.lakes.values(), taken)
        taken.append((x, y))
        found.append((*to_degrees(x, y), {
            "station_id": s["station_id"], "name": s["name"], "kind": s["kind"], "street": s["street"],
            "code": street.code, "note": "schematic position"}))
    return found
