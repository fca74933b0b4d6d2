"""Frozen answers as plain lists, dicts and strings, for ``--json``."""

from __future__ import annotations

import math
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

import numpy as np
import shapely


def to_plain(value: Any) -> Any:
    """Return what JSON can hold: dataclasses as objects, geometry as GeoJSON, days as ISO 8601.

    Raises
    ------
    TypeError
        When a value has no plain form.
    """
    if isinstance(value, float) and not math.isfinite(value):
        return None  # JSON has no word for what is not a number
    if value is None or (isinstance(value, str | int | float | bool) and not isinstance(value, Enum)):
        return value
    for kind, plain in _PLAIN.items():
        if isinstance(value, kind):
            return plain(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} has no plain form.")


_PLAIN: dict[type, Any] = {
    Enum: lambda value: value.value,
    date: lambda value: value.isoformat(),
    Path: str,
    np.generic: lambda value: to_plain(value.item()),
    np.ndarray: lambda value: to_plain(value.tolist()),
    shapely.Geometry: shapely.geometry.mapping,
    dict: lambda value: {str(to_plain(key)): to_plain(item) for key, item in value.items()},
    frozenset: lambda value: sorted(to_plain(item) for item in value),
    set: lambda value: sorted(to_plain(item) for item in value),
    list: lambda value: [to_plain(item) for item in value],
    tuple: lambda value: [to_plain(item) for item in value],
}
