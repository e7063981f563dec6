#!/usr/bin/env python3
"""Makes the synthetic tables and point layers of the sample city from fixed seeds: the same bytes at every run.

Reads the bulletin's tables in data/, the authored layers in shapes/ (streets, units, roads, rivers, lakes) and the
authored positions in shapes/source/; writes what data/README.md calls generated.
"""

import argparse
from pathlib import Path

import events
import sources
import stations
import water
from city import City
from files import ROOT, write_csv, write_points


def make(out):
    """Everything into out/data and out/shapes; the numbers of features and rows."""
    city = City()
    source_points = sources.points(city)
    layers = {
        "stations": ("schematic", stations.points(city)),
        "sections": ("schematic", water.sections(city)),
        "monitoring_points": ("schematic", water.monitoring_points(city)),
        "wells": ("synthetic", water.wells(city)),
        "outfalls": ("synthetic", water.outfalls(city)),
        "sources": ("synthetic", source_points),
    }
    for name, (note, points) in layers.items():
        write_points(out / f"shapes/{name}.geojson", name, note, points)
    tables = {"station_means_2024h1": stations.means(), "dust_patrol_events": events.rows(city, source_points)}
    for name, (header, rows) in tables.items():
        write_csv(out / f"data/{name}.csv", header, rows)
    return {**{name: len(points) for name, (_, points) in layers.items()},
            **{name: len(rows) for name, (_, rows) in tables.items()}}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=ROOT, metavar="DIR",
                        help="folder that gets data/ and shapes/ (default: the repository)")
    counts = make(parser.parse_args().output)
    print(", ".join(f"{name} {n}" for name, n in counts.items()))


if __name__ == "__main__":
    main()
