#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Builds the sample city and opens its GeoPackage in QGIS, offscreen: every layer loads, comes with its own style, and draws.

usage: open_geopackage.py ISOPLETH REPOSITORY [PICTURE.png]

Skipped (exit 77) where Debian's python3-qgis is not installed. PICTURE.png keeps what QGIS drew of the streets.
"""
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

DEBIAN_PYTHON = "/usr/bin/python3"
os.environ["QT_QPA_PLATFORM"] = "offscreen"
try:
    from qgis.core import QgsApplication, QgsMapRendererParallelJob, QgsMapSettings, QgsVectorLayer
    from qgis.PyQt.QtCore import QSize
    from qgis.PyQt.QtGui import QColor
except ImportError:
    # QGIS's module belongs to Debian's own Python, which need not be the first one on the path.
    if sys.executable != DEBIAN_PYTHON and os.path.exists(DEBIAN_PYTHON):
        os.execv(DEBIAN_PYTHON, [DEBIAN_PYTHON, *sys.argv])
    print("skipped: QGIS is not installed (apt-get install python3-qgis)")
    sys.exit(77)

# What the maps of dongcheng.toml draw, with the kind of renderer that their styles ask for.
EXPECTED = {
    "pm25_by_street": "graduatedSymbol",
    "tsp_by_street": "graduatedSymbol",
    "dustfall_by_unit": "graduatedSymbol",
    "dust_hotspots": "categorizedSymbol",
    "river_classes": "categorizedSymbol",
    "lake_classes": "categorizedSymbol",
    "section_targets": "categorizedSymbol",
    "point_targets": "categorizedSymbol",
    "wells": "singleSymbol",
    "outfalls": "singleSymbol",
}
failures = []


def expect(condition, text):
    if not condition:
        failures.append(text)


def build(program, repository, folder):
    done = subprocess.run([program, "build", str(repository / "dongcheng.toml"), "-o", folder], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"the build ended with {done.returncode}: {done.stderr}")
    return pathlib.Path(folder) / "dongcheng.gpkg"


def contents(geopackage):
    with sqlite3.connect(f"file:{geopackage}?mode=ro", uri=True) as database:
        layers = [name for (name,) in database.execute("SELECT table_name FROM gpkg_contents WHERE data_type = 'features'")]
        styled = {name for (name,) in database.execute("SELECT f_table_name FROM layer_styles WHERE useAsDefault")}
        counts = {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in layers}
    return layers, styled, counts


def load(geopackage, name):
    options = QgsVectorLayer.LayerOptions()
    options.loadDefaultStyle = True
    return QgsVectorLayer(f"{geopackage}|layername={name}", name, "ogr", options)


def drawn(layer):
    """The picture of one layer on white, and how many different colours it has."""
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setExtent(layer.extent().buffered(0.03 * layer.extent().height()))
    settings.setOutputSize(QSize(500, 900))
    settings.setBackgroundColor(QColor("white"))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    picture = job.renderedImage()
    colours = {picture.pixel(x, y) for x in range(0, picture.width(), 3) for y in range(0, picture.height(), 3)}
    return picture, colours


def class_colours(layer):
    renderer = layer.renderer()
    if renderer.type() == "graduatedSymbol":
        return {entry.symbol().color().rgb() for entry in renderer.ranges()}
    return set()


def main():
    program, repository = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    picture_file = sys.argv[3] if len(sys.argv) > 3 else None
    application = QgsApplication([], False)
    application.initQgis()
    with tempfile.TemporaryDirectory() as folder:
        geopackage = build(program, repository, folder)
        layers, styled, counts = contents(geopackage)
        for name in layers:
            layer = load(geopackage, name)
            expect(layer.isValid(), f"{name}: QGIS cannot open it")
            expect(layer.featureCount() == counts[name], f"{name}: {layer.featureCount()} features of {counts[name]}")
            expect(layer.crs().isValid(), f"{name}: no CRS in QGIS")
            if name not in EXPECTED:
                continue
            expect(name in styled, f"{name}: no style in layer_styles")
            kind = layer.renderer().type()
            expect(kind == EXPECTED[name], f"{name}: drawn by {kind} instead of {EXPECTED[name]}")
            picture, colours = drawn(layer)
            expect(len(colours) > 3, f"{name}: QGIS draws nothing")
            wanted = class_colours(layer)
            expect(not wanted or wanted & colours, f"{name}: none of its class colours is in the picture")
            if picture_file and name == "pm25_by_street":
                picture.save(picture_file)
        for name in EXPECTED:
            expect(name in layers, f"{name}: not in the GeoPackage")
        print(f"{len(layers)} layers opened in QGIS, {len(styled)} with styles of their own")
    for failure in failures:
        print(failure)
    sys.stdout.flush()
    # QGIS 3.22 may crash while Python takes it down, after all is said.
    os._exit(1 if failures else 0)


main()
