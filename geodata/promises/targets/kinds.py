"""Every kind of target and how it is measured: TARGETS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from pydantic import Field

from geodata.promises.targets.balance import Balance, measure_balance
from geodata.promises.targets.count import Count, measure_count
from geodata.promises.targets.document import Document, measure_document
from geodata.promises.targets.each import Each, measure_each
from geodata.promises.targets.part import Part, measure_part
from geodata.promises.targets.preference import Preference, measure_preference
from geodata.promises.targets.presence import Presence, measure_presence
from geodata.promises.targets.rate import Rate, measure_rate
from geodata.promises.targets.unmeasured import NoNumber, Way, measure_no_number, measure_way

if TYPE_CHECKING:
    from collections.abc import Callable

    from geodata.promises.targets.measure import Measure, Standing

Target: TypeAlias = Annotated[
    Count | Rate | Part | Presence | Balance | Preference | Each | Document | Way | NoNumber,
    Field(discriminator="kind"),
]

TARGETS: dict[str, Callable[[Any, Standing], Measure]] = {
    "count": measure_count,
    "rate": measure_rate,
    "part": measure_part,
    "presence": measure_presence,
    "balance": measure_balance,
    "preference": measure_preference,
    "each": measure_each,
    "document": measure_document,
    "way": measure_way,
    "no_number": measure_no_number,
}
"""What ``kind`` says → how it is measured."""
