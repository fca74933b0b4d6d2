"""A part of another count: ``6 inspections, 2 of them jointly with the municipality among others``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field

from geodata.promises.activity import CarType, Party  # noqa: TC001 - pydantic reads them
from geodata.promises.strict import STRICT
from geodata.promises.targets.count import Per, reach

if TYPE_CHECKING:
    from geodata.promises.targets.measure import Counted, Measure, Standing


@dataclass(frozen=True, slots=True)
class Part:
    """At least so many of what counts are jointly with these parties, or from this kind of car."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    at_least: Annotated[int, Field(ge=1, le=100_000)]
    jointly_with: tuple[Party, ...] = ()
    car: CarType | None = None
    per: Per = "period"
    kind: Literal["part"] = "part"


def measure_part(target: Part, standing: Standing) -> Measure:
    """Measure the count of the part."""
    part = replace(standing, counted=tuple(one for one in standing.counted if belongs(target, one)))
    return reach(part, at_least=target.at_least, per=target.per, kind=target.kind)


def belongs(target: Part, one: Counted) -> bool:
    """Say whether something that counts belongs to the part."""
    jointly = not target.jointly_with or (set(target.jointly_with) <= one.parties and len(one.parties) > 1)
    return jointly and (target.car is None or one.entry.car is target.car)
