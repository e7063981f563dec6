"""Reading the authored layers and tables, writing the generated ones: plain CSV, and GeoJSON with one feature a line."""

import csv
import io
import json
import random
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def read_rows(path):
    with open(ROOT / path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def read_features(path):
    with open(ROOT / path, encoding="utf-8") as f:
        return json.load(f)["features"]


def keyed_random(*key):
    """A generator of random numbers that depends on its key only, so that one part's change leaves the others alone."""
    return random.Random(":".join(("isopleth", "dongcheng", "2024h1") + tuple(str(k) for k in key)))


def weighted_index(rng, cumulative):
    """The index drawn with the weights whose running totals are given."""
    target = rng.random() * cumulative[-1]
    low, high = 0, len(cumulative) - 1
    while low < high:
        middle = (low + high) // 2
        if cumulative[middle] > target:
            high = middle
        else:
            low = middle + 1
    return low


def running_totals(weights):
    totals, total = [], 0.0
    for w in weights:
        total += w
        totals.append(total)
    return totals


def write_csv(path, header, rows):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    _write(path, text.getvalue())


def write_features(path, name, note, features):
    """GeoJSON (RFC 7946), one feature a line."""
    head = json.dumps({"type": "FeatureCollection", "name": name, "isopleth_note": note}, ensure_ascii=False,
                      separators=(",", ":"))
    lines = [json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features]
    _write(path, head[:-1] + ',"features":[\n' + ",\n".join(lines) + "\n]}\n")


def write_points(path, name, note, points):
    """points: (lon, lat, properties)."""
    write_features(path, name, note, [{"type": "Feature", "properties": properties,
                                       "geometry": {"type": "Point", "coordinates": [lon, lat]}}
                                      for lon, lat, properties in points])


def _write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))
