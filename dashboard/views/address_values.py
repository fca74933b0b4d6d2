"""Values of the address that have a form of their own, and what is said when one can't be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geodata.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Sequence

HEAVIEST, WEIGHT_STEP = 3.0, 0.5
"""What one stream may weigh in the order of places, and how finely that is moved."""

_WEIGHT = re.compile(r"[0-9](?:\.[0-9])?")
_WEEKDAY_RUN = re.compile(r"[0-6](-[0-6])?")


def parse_weekdays(text: str) -> frozenset[int]:
    """Read ``0-4`` or ``5,6`` (Monday 0).

    Raises
    ------
    ParameterError
        ``address_unreadable`` when it is neither.
    """
    found: set[int] = set()
    for part in text.split(","):
        if not _WEEKDAY_RUN.fullmatch(part):
            raise unreadable("dagar", text)
        found.update(range(int(part[0]), int(part[-1]) + 1))
    return frozenset(found)


def format_weekdays(weekdays: frozenset[int]) -> str:
    """Write weekdays as runs: ``0-4``, ``5-6``, ``0,2,4``."""
    runs: list[tuple[int, int]] = []
    for day in sorted(weekdays):
        if runs and day == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def unreadable(key: str, value: str) -> ParameterError:
    """Say that a value of the address can't be read."""
    return ParameterError(
        "address_unreadable",
        f"The address says {key}={value[:40]}, which can't be read; remove it or choose again.",
        key=key,
        value=value[:40],
    )


def parse_weights(text: str, *, number: int) -> tuple[float, ...]:
    """Read ``2,1,0.5``.

    Raises
    ------
    ParameterError
        ``address_unreadable`` for others than `number` of them, one above `HEAVIEST`, or nothing but noughts.
    """
    parts = text.split(",")
    if len(parts) != number or not all(_WEIGHT.fullmatch(part) for part in parts):
        raise unreadable("vikt", text)
    weights = tuple(float(part) for part in parts)
    if max(weights) > HEAVIEST or not any(weights):
        raise unreadable("vikt", text)
    return weights


def format_weights(weights: Sequence[float]) -> str:
    """Write weights as the address holds them: ``2,1,0.5``."""
    return ",".join(f"{weight:g}" for weight in weights)
