"""What a date's layout is and means: which part stands first, and which layouts can't be told apart."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache

from etl.dates import ISO, shape_of

DAYS = (
    "%Y-%m-%d",
    "%Y%m%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%d.%m.%Y",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d-%m-%Y",
    "%m-%d-%Y",
    "%d %B %Y",
    "%B %d, %Y",
    "%y%m%d",
    "%d%m%y",
    "%d%m%Y",
    "%y-%m-%d",
    "%d-%m-%y",
    "%d.%m.%y",
    "%d/%m/%y",
    "%m/%d/%y",
    "%d/%m %Y",
)
CLOCKS = (" %H:%M:%S", " %H:%M", " %H.%M", " kl %H.%M", " kl. %H.%M", " %I:%M:%S %p", " %I:%M %p")

_TRIAL = datetime(2011, 10, 12, 11, 10, 12, tzinfo=UTC)
"""Each part has two digits and could be another: layouts that both fit it can't be told apart by shape."""
_SHOWN = datetime(2026, 12, 31, 17, 59, tzinfo=UTC)
_TURNED = re.compile(r"%([dm])([/-])%([dm])")


def candidates(*, with_clock: bool) -> tuple[str, ...]:
    """Return every layout that ``auto`` in a mapping stands for."""
    moments = tuple(day + clock for day in DAYS for clock in CLOCKS) if with_clock else ()
    return (ISO, *DAYS, *moments)


def order_of(layout: str) -> str:
    """Return the order of year, month and day in a layout: ``ymd``, ``dmy``, ``mdy``."""
    if layout == ISO:
        return "ymd"
    return "".join(part.lower().replace("b", "m") for part in re.findall(r"%([YymBd])", layout))


def turned(layout: str) -> str | None:
    """Return the layout with day and month the other way round, where the world writes both ways.

    Dates with points are written day first everywhere, and those with the year first month first.
    """
    return (
        _TURNED.sub(r"%\3\2%\1", layout) if _TURNED.search(layout) and order_of(layout)[-1] == "y" else None
    )


@lru_cache(maxsize=256)
def alike(one: str, other: str) -> bool:
    """Say whether some text has the shape of both layouts and would not mean the same."""
    if one == other or order_of(one) == order_of(other):
        return False
    written = _TRIAL.strftime(one.replace("%B", "%m")) if one != ISO else _TRIAL.strftime("%Y-%m-%d")
    return re.fullmatch(shape_of(other), written) is not None


def shown(layout: str) -> str:
    """Write New Year's Eve in a layout, for people: ``31/12/2026``."""
    if layout == ISO:
        return "2026-12-31"
    return _SHOWN.strftime(layout.replace("%B", "december"))
