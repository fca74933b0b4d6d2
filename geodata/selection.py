"""What a question is about: streams, categories, period and hours, for an audience."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.errors import AccessError, ParameterError
from geodata.periods import ALWAYS, Period, TimeWindow, tertial, year
from geodata.privacy import RULES, Audience
from geodata.schema import CATEGORIES, GROUP_OF, Stream

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd
    from numpy.typing import NDArray

ALL_STREAMS = frozenset(Stream)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which observations are asked for.

    Attributes
    ----------
    audience
        For whom; there is no default.
    streams
        Any of the three.
    categories
        Groups (``traffic``) or categories (``traffic_speed``); empty asks for all.
    period
        Local days; None asks for all that there is.
    window
        Weekdays and hours.

    Raises
    ------
    AccessError
        ``filters_not_free`` when an audience without free filters asks for anything but whole years,
        tertials or all time with every stream, category and hour.
    ParameterError
        ``category_unknown``, ``streams_empty``.
    """

    audience: Audience
    streams: frozenset[Stream] = ALL_STREAMS
    categories: frozenset[str] = frozenset()
    period: Period | None = None
    window: TimeWindow = ALWAYS

    def __post_init__(self) -> None:
        unknown = sorted(name for name in self.categories if name not in CATEGORIES and name not in GROUP_OF)
        if unknown:
            raise ParameterError(
                "category_unknown", f"There is no category {unknown[0]}.", category=unknown[0]
            )
        if not self.streams:
            raise ParameterError("streams_empty", "Choose at least one stream.")
        if not RULES[self.audience].free_filters and not self._is_fixed():
            raise AccessError(
                "filters_not_free",
                f"The audience {self.audience} sees whole years and tertials only.",
                audience=str(self.audience),
            )

    def _is_fixed(self) -> bool:
        whole = self.period is None or self.period in fixed_periods(self.period.first, self.period.last)
        return whole and not self.categories and self.window.is_always and self.streams == ALL_STREAMS

    @property
    def category_codes(self) -> frozenset[str]:
        """The single categories asked for, groups opened; empty when all are."""
        codes: set[str] = set()
        for name in self.categories:
            codes.update(CATEGORIES.get(name, (name,)))
        return frozenset(codes)


def fixed_periods(first: date, last: date) -> list[Period]:
    """List the calendar years and tertials that touch the days from `first` to `last`, oldest first."""
    found: list[Period] = []
    for number in range(first.year, last.year + 1):
        found.append(year(number))
        found.extend(tertial(part, number) for part in (1, 2, 3))
    return [period for period in found if period.last >= first and period.first <= last]


def counted(observations: pd.DataFrame) -> NDArray[np.bool_]:
    """Say which rows count at all: not set aside, and not a repetition of another record."""
    return np.asarray(
        ~observations["set_aside"].to_numpy(dtype=bool) & observations["linked_to"].isna().to_numpy()
    )


def selected(observations: pd.DataFrame, selection: Selection) -> NDArray[np.bool_]:
    """Say which rows the selection asks for, shape ``(n,)``; precision is the caller's question."""
    mask = counted(observations)
    if selection.streams != ALL_STREAMS:
        mask &= observations["stream"].isin([str(stream) for stream in selection.streams]).to_numpy()
    codes = selection.category_codes
    if codes:
        mask &= observations["category"].isin(codes).to_numpy()
    if selection.period is not None:
        first = observations["local_first"].to_numpy(dtype="datetime64[D]")
        last = observations["local_last"].to_numpy(dtype="datetime64[D]")
        # What is known to the month or the year alone counts where all of it lies in the period.
        mask &= first >= np.datetime64(selection.period.first)
        mask &= last <= np.datetime64(selection.period.last)
    if not selection.window.is_always:
        mask &= selection.window.holds(
            observations["local_weekday"].to_numpy(dtype=np.int8),
            observations["local_hour"].to_numpy(dtype=np.int8),
        )
    return np.asarray(mask)
