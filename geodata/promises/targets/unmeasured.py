"""What has no number: a way of working, and ``frequently`` with no number agreed. No target is invented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field

from geodata.promises.strict import STRICT
from geodata.promises.targets.measure import Measure, Standing, State


@dataclass(frozen=True, slots=True)
class Way:
    """How the work is to be done: ``by the Kronoberg model``, ``low tolerance``."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    how: Annotated[str, Field(min_length=1, max_length=400)]
    kind: Literal["way"] = "way"


@dataclass(frozen=True, slots=True)
class NoNumber:
    """How often, in the promise's own words: ``frequently``."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    words: Annotated[str, Field(max_length=200)] = ""
    kind: Literal["no_number"] = "no_number"


def measure_way(target: Way, standing: Standing) -> Measure:
    """Show what was done."""
    return _shown(target.kind, standing)


def measure_no_number(target: NoNumber, standing: Standing) -> Measure:
    """Show what was done."""
    return _shown(target.kind, standing)


def _shown(kind: str, standing: Standing) -> Measure:
    return Measure(kind, State.SHOWN, len(standing.counted), period=standing.period, over=standing.over)
