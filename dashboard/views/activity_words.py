"""What an activity has come to in one line: each of its targets named, and a part beside its whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.views.promise_measure import measure_words
from dashboard.views.promise_rule import hours_words, listing, target_words
from geodata.promises.targets.document import Document
from geodata.promises.targets.part import Part
from geodata.promises.targets.preference import Preference

if TYPE_CHECKING:
    from dashboard.texts.catalogue import Catalogue
    from geodata.promises.progress import ActivityProgress
    from geodata.promises.scope import Scope
    from geodata.promises.targets.kinds import Target
    from geodata.promises.targets.measure import Measure

WHOLE, WAY, BALANCE = frozenset({"count", "rate", "presence"}), "way", "balance"
"""Kinds of target: what a part can be of, what has nothing to count, what names itself."""


def activity_words(texts: Catalogue, progress: ActivityProgress) -> str:
    """Say ``5 av 6, varav 3 tillsammans med kommunen (minst 2)``; of several targets which is which."""
    activity = progress.activity
    pairs = [
        (target, measure)
        for target, measure in zip(activity.targets, progress.measures, strict=True)
        if measure.kind != WAY
    ]
    if not pairs:
        return texts("promise_measure.way")
    parts = [_part(texts, target, one) for target, one in pairs if isinstance(target, Part)]
    others = [(target, one) for target, one in pairs if not isinstance(target, Part)]
    alone = len([one for _, one in others if one.kind not in {"preference", BALANCE}]) == 1
    said = [_other(texts, target, one, activity.scope, alone=alone) for target, one in others]
    if not parts:
        return "; ".join(said)
    whole = next((at for at, (_, one) in enumerate(others) if one.kind in WHOLE), None)
    if whole is None:
        return "; ".join((*said, *parts))
    said[whole] = texts("promise_measure.of_them", whole=said[whole], parts=texts.form.listing(parts))
    return "; ".join(said)


def _part(texts: Catalogue, target: Part, measure: Measure) -> str:
    """Say how much of the part there is, with whom or from which car, and how much it should be."""
    if target.car is not None:
        car = texts(f"car_type.{target.car}").lower()
        return texts("promise_measure.part_car", done=measure.done, car=car, target=target.at_least)
    with_whom = listing(texts, (texts(f"party.{one}") for one in target.jointly_with))
    return texts("promise_measure.part_joint", done=measure.done, with_whom=with_whom, target=target.at_least)


def _other(texts: Catalogue, target: Target, measure: Measure, scope: Scope, *, alone: bool) -> str:
    said = measure_words(texts, measure)
    if isinstance(target, Preference):
        hours = hours_words(texts, target.hours)
        return texts("promise_measure.preferred_at", hours=hours, said=said)
    if alone or measure.kind == BALANCE:
        return said
    if isinstance(target, Document):
        return texts("report.named", name=target.title, words=said)
    return texts("promise_measure.named", said=said, rule=target_words(texts, target, scope))
