"""Attributes that Dash takes only by their hyphened names, for those who hear the page and for the style."""

from __future__ import annotations

from typing import Any


def aria(**marks: str) -> dict[str, Any]:
    """Return ``aria-`` attributes: ``**aria(label="Filter", hidden="true")``."""
    return {f"aria-{name}": value for name, value in marks.items()}


def data(**marks: str) -> dict[str, Any]:
    """Return ``data-`` attributes."""
    return {f"data-{name}": value for name, value in marks.items()}
