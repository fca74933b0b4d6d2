"""The page "did it help?": the recorded work with its answers, and what staff ask about beside it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.views.asked_work import AGAINST, BEGAN, DONE, MONTHS, MONTHS_CHOICES, PLACE
from dashboard.views.effect import EffectView, effect_view, leading
from geodata.evaluation.effect import Verdict
from geodata.privacy import RULES
from geodata.schema import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.address import Address
    from geodata.analyses.effect import EffectAnswer
    from geodata.places.place import Place

WAITING = "waiting"

OPENED = "plats"
"""Key of the address for a place that is opened: it is the first choice; what is asked stands alone."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a list."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class AskForm:
    """What staff may ask, as it is filled in.

    Attributes
    ----------
    began, done
        ``2025-03-01``, or empty.
    hidden
        What else the address says, to be kept.
    fault
        Why what is filled in can't be answered.
    """

    places: tuple[Choice, ...]
    began: str
    done: str
    months: tuple[Choice, ...]
    against: tuple[Choice, ...]
    hidden: tuple[tuple[str, str], ...]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class EffectsView:
    """The page in words.

    Attributes
    ----------
    sentence
        The answer to what is asked; else how the recorded work stands.
    asked
        None where nothing is asked.
    works
        The recorded work, newest first.
    empty
        Why there is none.
    form
        None for those who see the list alone.
    """

    sentence: str
    asked: EffectView | None
    works: tuple[EffectView, ...]
    empty: str
    form: AskForm | None


def effects_view(
    texts: Catalogue,
    address: Address,
    *,
    asked: EffectAnswer | None,
    recorded: Sequence[EffectAnswer],
    places: Sequence[Place],
    hidden: Sequence[tuple[str, str]] = (),
    fault: str = "",
) -> EffectsView:
    """Say the page.

    Parameters
    ----------
    asked
        The answer to what the address asks, if it asks anything.
    recorded
        The answers for all recorded work.
    places
        Those that may be asked about.
    hidden
        What else the address says.
    fault
        Why what the address asks can't be answered.
    """
    free = RULES[address.audience].free_filters
    view = effect_view(texts, asked) if asked else None
    empty = texts("effect.list_empty") if not recorded else ""
    return EffectsView(
        sentence=view.headline
        if view
        else effects_lead(texts, recorded)
        if recorded
        else texts("effect.title"),
        asked=view,
        works=tuple(effect_view(texts, one) for one in recorded),
        empty=f"{empty} {texts('effect.list_empty_next')}" if empty and free else empty,
        form=replace(_form(texts, address, places, hidden), fault=fault) if free else None,
    )


def effects_lead(texts: Catalogue, recorded: Sequence[EffectAnswer]) -> str:
    """Count the recorded work by what is told of it."""
    stand = Counter(str(leading(one) or WAITING) for one in recorded)
    if len(recorded) == 1:
        return texts(f"effect.lead_single.{next(iter(stand))}")
    parts = [
        texts(f"effect.lead_part.{name}", count=stand[name])
        for name in (*map(str, Verdict), WAITING)
        if stand[name]
    ]
    return texts("effect.lead.one_of", n=len(recorded), verdicts=texts.form.listing(parts))


def _form(
    texts: Catalogue, address: Address, places: Sequence[Place], hidden: Sequence[tuple[str, str]]
) -> AskForm:
    asked = address.asked_work
    at = asked.place_id if asked else address.place_id
    ordered = sorted(places, key=lambda place: place.name.casefold())
    return AskForm(
        places=tuple(Choice(str(place.place_id), place.name, place.place_id == at) for place in ordered),
        began=asked.began.isoformat() if asked else "",
        done=asked.done.isoformat() if asked and asked.done != asked.began else "",
        months=(
            Choice("", texts("effect.form.months_all"), asked is None or asked.months is None),
            *(
                Choice(str(n), texts("effect.form.months_n", n=n), asked is not None and asked.months == n)
                for n in MONTHS_CHOICES
            ),
        ),
        against=(
            Choice("", texts("effect.form.against_all"), asked is None or asked.against is None),
            *(
                Choice(group, texts(f"group.{group}"), asked is not None and asked.against == group)
                for group in CATEGORIES
            ),
        ),
        hidden=tuple(
            (key, value) for key, value in hidden if key not in {PLACE, BEGAN, DONE, MONTHS, AGAINST, OPENED}
        ),
    )
