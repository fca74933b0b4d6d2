"""When made events happen: draws of day and minute after the weights in ``rhythms.toml``."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from etl.synthetic.calendar_weights import day_columns

Times = tuple[NDArray[np.int64], NDArray[np.int64]]
"""Day numbers since the first covered day and minutes of the day, each shape ``(n,)``."""

HOURS = 24


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Kind(_Model):
    """One sort of incident: its words and its rhythm."""

    label: str
    category: str
    code: tuple[str, ...]
    share: float
    drawn_by: Literal["flow", "people"]
    pay_weekend: float = 1.0
    hours: tuple[float, ...] = Field(min_length=24, max_length=24)
    weekdays: tuple[float, ...] = Field(min_length=7, max_length=7)
    months: tuple[float, ...] = Field(min_length=12, max_length=12)


class PlanWindow(_Model):
    """Some weekdays and an hour range; above 24 it runs on after midnight."""

    weekdays: tuple[int, ...]
    hours: tuple[int, int]
    weight: float


class Plan(_Model):
    """What a planted place of one kind brings, and when."""

    kinds: dict[str, float]
    windows: tuple[PlanWindow, ...]
    months: tuple[int, ...]
    school_days: bool = False
    pay_weekend: float = 1.0


class Rhythms(_Model):
    """The whole of ``rhythms.toml``."""

    kinds: dict[str, Kind]
    plans: dict[str, Plan]


@lru_cache(maxsize=1)
def rhythms() -> Rhythms:
    """Read the shipped rhythms, once."""
    text = (files("etl.synthetic") / "rhythms.toml").read_text(encoding="utf-8")
    return Rhythms.model_validate(tomllib.loads(text))


def draw_times(kind: Kind, count: int, rng: np.random.Generator) -> Times:
    """Draw `count` times after a kind's hours, weekdays, months and pay weekends."""
    covered = day_columns()
    weight = np.asarray(kind.weekdays)[covered["weekday"]] * np.asarray(kind.months)[covered["month"] - 1]
    weight = weight * np.where(covered["pay"] == 1, kind.pay_weekend, 1.0)
    day = _draw(weight, count, rng)
    hour = _draw(np.asarray(kind.hours), count, rng)
    return _existing(day, hour, rng)


def draw_planned(plan: Plan, count: int, rng: np.random.Generator) -> Times:
    """Draw `count` times inside a plan's windows, months and, where it asks, school days."""
    covered = day_columns()
    season = np.isin(covered["month"], plan.months)
    if plan.school_days:
        season &= covered["school"] == 1
    which = _draw(np.array([window.weight for window in plan.windows]), count, rng)
    day = np.zeros(count, dtype=np.int64)
    hour = np.zeros(count, dtype=np.int64)
    for number, window in enumerate(plan.windows):
        mine = which == number
        fits = season & np.isin(covered["weekday"], window.weekdays)
        weight = fits.astype(np.float64) * np.where(covered["pay"] == 1, plan.pay_weekend, 1.0)
        if window.hours[1] > HOURS:
            weight[-1] = 0.0  # it would run past the last covered day
        day[mine] = _draw(weight, int(mine.sum()), rng)
        hour[mine] = rng.integers(window.hours[0], window.hours[1], int(mine.sum()))
    return _existing(day + hour // HOURS, hour % HOURS, rng)


def _draw(weight: NDArray[np.float64], count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Draw `count` indices in proportion to `weight`."""
    total = np.cumsum(weight)
    return np.asarray(np.searchsorted(total, rng.random(count) * total[-1], side="right"), dtype=np.int64)


def _existing(day: NDArray[np.int64], hour: NDArray[np.int64], rng: np.random.Generator) -> Times:
    """Add minutes, and move the hour that does not exist when the clock goes forward."""
    gone = (day_columns()["forward"][day] == 1) & (hour == 2)
    minute = rng.integers(0, 60, len(day))
    # People round: every third time stands on a quarter.
    minute = np.where(rng.random(len(day)) < 1 / 3, minute // 15 * 15, minute)
    return day, np.where(gone, 3, hour) * 60 + minute
