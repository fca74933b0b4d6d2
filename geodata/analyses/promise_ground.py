"""What all promises are measured on, read once: the setting, what was done, and what came of reviews."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.analyses.promise_setting import promise_setting
from geodata.analyses.reviews_done import concluded, done_work

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from geodata.analyses.ground import Ground
    from geodata.promises.log_entry import LogEntry
    from geodata.promises.setting import Setting
    from geodata.store.register import Register


@dataclass(frozen=True, eq=False)
class PromiseGround:
    """What a promise is measured on.

    Attributes
    ----------
    entries
        Of the log and of reviews, those that hold, by start.
    concluded
        The reviews that a decision came of: their keys as entries, and the place that each names.
    today
        Local day.
    """

    setting: Setting
    entries: tuple[LogEntry, ...]
    concluded: Mapping[str, int | None]
    today: date


def promise_ground(ground: Ground, register: Register, today: date) -> PromiseGround:
    """Read what promises are measured on, on a local day."""
    return PromiseGround(
        promise_setting(ground, register.places()),
        done_work(register, zone=ground.project.zone),
        concluded(register, today=today),
        today,
    )
