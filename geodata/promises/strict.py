"""What a promise's file may hold: nothing that nobody asked for."""

from __future__ import annotations

from pydantic import ConfigDict

STRICT = ConfigDict(extra="forbid", str_strip_whitespace=True)
"""How pydantic reads the frozen dataclasses of a promise; each names it as ``__pydantic_config__``."""

CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
"""A time of day, ``08:10``."""
