"""How the promises that bind a plan fare in it, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.texts.catalogue import Catalogue
    from geodata.targeting.binding import Kept


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """How a promise fares."""

    name: str
    planned: str
    share: float
    hindrance: str


def promise_rows(texts: Catalogue, promises: Sequence[Kept]) -> tuple[PromiseRow, ...]:
    """Say how each promise fares; its weeks are added up."""
    by_code: dict[str, list[Kept]] = {}
    for one in promises:
        by_code.setdefault(one.binding.code, []).append(one)
    names = {one.binding.code: one.binding.name for one in promises}
    rows = []
    for code, kept in by_code.items():
        wanted, planned = sum(one.wanted for one in kept), sum(one.planned for one in kept)
        lacking = [one for one in kept if one.hindrance is not None]
        why = ""
        if lacking and lacking[0].hindrance is not None:
            # one promise may bind in several parts: each other is named once, and none beside itself
            others = dict.fromkeys(names[other] for one in lacking for other in one.beside if other in names)
            beside = [name for name in others if name != names[code]]
            why = texts(f"plan_hindrance.{lacking[0].hindrance}")
            if beside:
                why = f"{why} {texts('plan.beside', promises=texts.form.listing(beside))}"
        key = "plan.promise_kept" if planned >= wanted else "plan.promise_lacks"
        said = texts(key, planned=planned, wanted=wanted, lacking=wanted - planned)
        rows.append(PromiseRow(names[code], said, min(planned / wanted, 1.0) if wanted else 1.0, why))
    return tuple(rows)
