"""Hotspots: one method a file, under the literature's name, and METHODS."""
