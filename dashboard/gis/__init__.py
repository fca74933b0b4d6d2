"""Layers for a planner's own map program: a GeoPackage that opens in QGIS with its styles."""
