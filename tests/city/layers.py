"""Checks of the generated layers and tables against the bulletin, the streets, the roads and the water."""

import math
import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from files import ROOT, read_features, read_rows
from places import to_metres

COUNTS = {"stations": 36, "sections": 9, "monitoring_points": 19, "wells": 16, "outfalls": 118}
LEAST_SOURCES, SOURCE_TYPES = 600, ("工地", "餐饮", "加油站", "汽修", "充电桩")
EVENTS = "data/dust_patrol_events.csv"
EVENT_HEADER = ["event_id", "time", "street", "category", "subdistrict_code", "lon", "lat"]
EVENT_TIME = re.compile(r"2024-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\+08:00")
MAX_EVENT_BYTES, ROAD_REACH = 5_000_000, 15.5
STATION_SPACING, NEAREST_STREET, FARTHEST_STREET = 250.0, 1.0, 1000.0


def points_of(layer):
    return [(*to_metres(*f["geometry"]["coordinates"]), f["properties"])
            for f in read_features(f"shapes/{layer}.geojson")]


def check_counts(faults):
    for layer, count in COUNTS.items():
        if (found := len(read_features(f"shapes/{layer}.geojson"))) != count:
            faults.append(f"{layer}: {found} features instead of {count}")
    kinds = [p["kind"] for _, _, p in points_of("stations")]
    if (kinds.count("national"), kinds.count("municipal")) != (2, 34):
        faults.append("stations: not 2 national and 34 municipal ones")


def check_stations(city, faults):
    points = points_of("stations")
    for k, (x, y, p) in enumerate(points):
        street = city.streets[p["street"]]
        if not street.area.contains(x, y) or street.code != p["code"] or city.in_lake(x, y):
            faults.append(f"stations: {p['station_id']} is not in {p['street']} ({p['code']}), or in a lake")
        for a, b, other in points[:k]:
            if math.hypot(x - a, y - b) < STATION_SPACING:
                faults.append(f"stations: {p['station_id']} and {other['station_id']} are nearer than 250 m")
    for name in city.streets:
        if (n := sum(p["street"] == name and p["kind"] == "municipal" for _, _, p in points)) != 2:
            faults.append(f"stations: {n} municipal stations in {name} instead of 2")
    rows = {r["station_id"]: r for r in read_rows("data/station_means_2024h1.csv")}
    for _, _, p in points:
        r = rows.pop(p["station_id"], None)
        if r is None or any(r[key] != p[key] for key in ("name", "kind", "street")):
            faults.append(f"station_means: {p['station_id']} is missing or differs from the layer")
    if rows:
        faults.append(f"station_means: stations without a place: {', '.join(rows)}")


def mean(values, digits):
    values = [Decimal(v) for v in values]
    return (sum(values) / len(values)).quantize(Decimal(digits), ROUND_HALF_UP)


def check_means(faults):
    rows = read_rows("data/station_means_2024h1.csv")
    for column, table in (("pm25", "pm25"), ("tsp", "tsp")):
        for r in read_rows(f"data/{table}_2024h1.csv"):
            found = mean([s[column] for s in rows if s["street"] == r["street"] and s["kind"] == "municipal"], "0.1")
            if str(found) != r["mean_ug_m3"]:
                faults.append(f"station_means: {column} of {r['street']} is {found}, published {r['mean_ug_m3']}")
    national = [s for s in rows if s["kind"] == "national"]
    district = {r["indicator"]: r["value"] for r in read_rows("data/district_2024h1.csv")}
    for column, indicator in (("pm25", "PM2.5 mean"), ("pm10", "PM10 mean")):
        if str(mean([s[column] for s in national], "0.1")) != district[indicator]:
            faults.append(f"station_means: the national stations do not give {indicator} {district[indicator]}")
    if any(s["tsp"] for s in national):
        faults.append("station_means: a national station has TSP")
    if str(mean([r["mean_ug_m3"] for r in read_rows("data/pm25_2024h1.csv")], "0.1")) != "38.4":
        faults.append("pm25: the mean of the 17 streets is not 38.4")


def check_event_rows(city, rows, faults):
    """Form, order, place of each event; the first faults of each kind say enough."""
    days = {(date(2024, 1, 1) + timedelta(days=k)).isoformat()[5:] for k in range(182)}
    previous = ""
    for k, r in enumerate(rows, start=1):
        time, (x, y) = r["time"], to_metres(float(r["lon"]), float(r["lat"]))
        wrong = []
        if not EVENT_TIME.fullmatch(time) or time[5:10] not in days or time < previous:
            wrong.append("time")
        if r["event_id"] != f"E{k:05d}":
            wrong.append("event_id")
        if not all(re.fullmatch(r"\d+\.\d{6}", r[c]) for c in ("lon", "lat")):
            wrong.append("digits")
        if not city.units[r["street"]].contains(x, y) or not city.street_of_unit[r["street"]].area.contains(x, y):
            wrong.append("outside its unit")
        if city.street_of_unit[r["street"]].code != r["subdistrict_code"]:
            wrong.append("subdistrict_code")
        if city.road_lines.nearest(x, y, ROAD_REACH)[1] is None:
            wrong.append("far from roads")
        if wrong and len(faults) < 50:
            faults.append(f"events: {r['event_id']}: {', '.join(wrong)}")
        previous = time


def check_events(city, faults):
    rows = read_rows(EVENTS)
    if list(rows[0]) != EVENT_HEADER:
        faults.append(f"events: the columns are {list(rows[0])}")
    if (size := (ROOT / EVENTS).stat().st_size) >= MAX_EVENT_BYTES:
        faults.append(f"events: {size} bytes")
    table = read_rows("data/dust_patrol_2024h1.csv")
    categories = [c for c in table[0] if c not in ("street", "总计")]
    found = {}
    for r in rows:
        for street in (r["street"], "总计"):
            for category in (r["category"], "总计"):
                found[street, category] = found.get((street, category), 0) + 1
    for r in table:
        for c in categories + ["总计"]:
            if found.pop((r["street"], c), 0) != int(r[c] or 0):
                faults.append(f"events: {r['street']}, {c}: not {r[c] or 0}")
    for key in found:
        faults.append(f"events: {key} is not in the published table")
    check_event_rows(city, rows, faults)
    return len(rows)


def check_water(city, faults):
    """Class figures equal the tables', and each point lies on its water, in or beside one of its streets."""
    tables = {"sections": ("water_sections_2024h1", {"class": "class_jan_jun"}, (
                  "section", "water_body", "streets", "target_class")),
              "monitoring_points": ("water_monitoring_points_2024h1", {}, (
                  "water_body", "point", "streets", "communities", "target_class", "class_june", "class_mean"))}
    names = {(r["kind"], r["alias"]): r["name"] for r in read_rows("data/aliases.csv")}
    for layer, (table, renamed, same) in tables.items():
        for k, ((x, y, p), r) in enumerate(zip(points_of(layer), read_rows(f"data/{table}.csv")), start=1):
            for mine, theirs in [*renamed.items(), *((c, c) for c in same)]:
                if str(p[mine]) != r[theirs]:
                    faults.append(f"{layer} {k}: {mine} is {p[mine]}, published {r[theirs]}")
            check_place(city, f"{layer} {k}", x, y, names["water", p["water_body"]], p["streets"], faults)
            if p["no"] != k or int(r.get("no", k)) != k:
                faults.append(f"{layer} {k}: no is {p['no']}")
    assessed = [p["section"] for _, _, p in points_of("sections") if p["assessed_by_city"]]
    if len(assessed) != 4:
        faults.append(f"sections: assessed by the city: {assessed}")


def check_place(city, label, x, y, water, streets, faults):
    if water in city.lakes:
        on_water = city.lakes[water].contains(x, y)
    else:
        _, reach = city.river_lines.nearest(x, y, 1.0)
        on_water = any(r.reach_id == reach and r.name == water for r in city.reaches)
    if not on_water:
        faults.append(f"{label}: not on {water}")
    distances = sorted(city.streets[street + "街道"].area.distance(x, y) for street in streets.split(";"))
    if distances[0] > NEAREST_STREET or distances[-1] > FARTHEST_STREET:
        faults.append(f"{label}: {distances[0]:.0f} to {distances[-1]:.0f} m from {streets}")


def check_beside(city, faults):
    """Outfalls beside their reach, wells restricted, sources in their streets and of every type."""
    for x, y, p in points_of("outfalls"):
        d, reach = city.river_lines.nearest(x, y, 40.0)
        if reach != p["reach_id"] or not 5 <= d <= 25 or city.street_at(x, y) is None:
            faults.append(f"outfalls: {p['outfall_id']} is {d:.1f} m from {reach}, said to be on {p['reach_id']}")
    for x, y, p in points_of("wells"):
        if p["sensitivity"] != "restricted" or city.street_at(x, y) is None:
            faults.append(f"wells: {p['well_id']} is not restricted, or outside the district")
    sources = points_of("sources")
    if len(sources) < LEAST_SOURCES:
        faults.append(f"sources: {len(sources)} only")
    for x, y, p in sources:
        street = city.streets[p["street"]]
        if not street.area.contains(x, y) or street.code != p["code"] or p["type"] not in SOURCE_TYPES or not p["name"]:
            faults.append(f"sources: {p['source_id']}")
    for missing in sorted(set(city.streets) - {p["street"] for _, _, p in sources}):
        faults.append(f"sources: none in {missing}")
    return len(sources)


def check_names(city, faults):
    """Every street and water name in tables and layers resolves through the alias table to one that has a place."""
    names = {(r["kind"], r["alias"]): r["name"] for r in read_rows("data/aliases.csv")}
    waters = set(city.lakes) | {r.name for r in city.reaches}
    places = {"street": set(city.units) | set(city.streets), "water": waters}
    for (kind, alias), name in names.items():
        if name not in places[kind]:
            faults.append(f"aliases: {alias} leads to {name}, which has no place")
    for table in ("pm25", "tsp", "dustfall", "dust_patrol", "water_sections", "water_monitoring_points"):
        for r in read_rows(f"data/{table}_2024h1.csv"):
            used = [("street", s) for s in (r.get("street") or r.get("streets")).split(";") if s != "总计"]
            used += [("water", r["water_body"])] if "water_body" in r else []
            faults.extend(f"{table}: {n} is not in the alias table" for k, n in used if (k, n) not in names)
