"""A document: ``a drug policy by June``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - pydantic reads it
from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field

from geodata.promises.strict import STRICT
from geodata.promises.targets.measure import Measure, Standing, State


@dataclass(frozen=True, slots=True)
class Document:
    """A document is there, by a day where one was agreed."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    title: Annotated[str, Field(min_length=1, max_length=200)]
    by: date | None = None
    kind: Literal["document"] = "document"


def measure_document(target: Document, standing: Standing) -> Measure:
    """Measure whether it is there: by something that counts, in time or not."""
    by = target.by or (None if standing.open_ended else standing.period.last)
    days = sorted(one.day for one in standing.counted)
    late = bool(days) and by is not None and days[0] > by
    if days:
        state = State.PARTLY if late else State.KEPT
    elif by is not None and standing.today > by:
        state = State.MISSED
    else:
        state = State.UNDER_WAY if standing.begun else State.NOT_BEGUN
    return Measure(target.kind, state, min(len(days), 1), 1, unit="documents", by=by)
