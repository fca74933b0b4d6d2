"""Where a pass is found: for the routes that answer there, and the pages that lead there."""

from __future__ import annotations

PAGE = "/pass"
DAY = "/pass/dag.json"
LOG = "/pass/logg.json"
WORKER = "/pass/arbetare.js"
FILE_PATH = "/pass/fil"
"""Followed by a point and the format: ``/pass/fil.pdf?dag=2026-12-01``."""
