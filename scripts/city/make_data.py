#!/usr/bin/env python3
"""Makes the synthetic tables and point layers of the sample city from fixed seeds: the same bytes at every run.

Reads the bulletin's tables in data/, the authored layers in shapes/ (streets, units, roads, rivers, lakes) and the
authored positions in shapes/source/; writes what data/README.md calls "generated".
"""

import argparse
from pathlib import Path

import stations
from files import ROOT, write_csv


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=ROOT, help="folder that gets data/ and shapes/ (default: the repository)")
    out = parser.parse_args().output
    write_csv(out / "data/station_means_2024h1.csv", *stations.means())


if __name__ == "__main__":
    main()
