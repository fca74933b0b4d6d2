"""The speed of the hotspot methods, one task a file; ``benchmarks/hotspots.py`` holds TASKS."""
