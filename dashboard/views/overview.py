"""What the overview says: four questions, each answered in a sentence, with the way to what stands behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.views.address import format_search
from dashboard.views.effect import effect_view
from dashboard.views.effects import effects_lead
from dashboard.views.frame import Way
from dashboard.views.picture_page import PATH as PICTURE_PATH
from dashboard.views.promise_rule import listing
from dashboard.views.promises import PATH, answer_words, kept_sentence, rest_sentence
from dashboard.views.reviews import PATH as REVIEWS_PATH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.address import Address
    from geodata.analyses.effect import EffectAnswer
    from geodata.analyses.overview import Overview, Said, Work

OVERVIEW_PATH = "/oversikt"
MAP_PATH = "/karta"
PLACES_PATH = "/platser"
EFFECT_PATH = "/effekt"

NEWEST = 3
"""Pieces of work whose own answer stands on the overview."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One question, its answer, what stands behind it, and where to go on.

    Attributes
    ----------
    items
        Name, where it leads, and how it stands: a code and words.
    more
        Where else one may go on to.
    """

    question: str
    answer: str
    notes: tuple[str, ...]
    items: tuple[tuple[str, str, str, str], ...]
    way: Way
    more: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True)
class OverviewView:
    """The page in words."""

    sentence: str
    basis: tuple[str, ...]
    answers: tuple[Answer, ...]


def overview_view(
    texts: Catalogue,
    address: Address,
    *,
    overview: Overview,
    effects: Sequence[EffectAnswer],
    municipality: str,
    language: str,
) -> OverviewView:
    """Say the four answers.

    Parameters
    ----------
    effects
        What the recorded work gave, newest first.
    language
        The project's language, which the address need not say.
    """
    search = format_search(address, language=language)
    promises = Answer(
        question=texts("overview.promises"),
        answer=kept_sentence(texts, overview.promises),
        notes=rest_sentence(texts, overview.promises),
        items=tuple(
            (
                one.kept.promise.name,
                f"{PATH}/{one.kept.promise.key}{search}",
                str(one.progress.state),
                answer_words(texts, one),
            )
            for one in overview.promises
        ),
        way=Way(texts("overview.to_promises"), f"{PATH}{search}"),
    )
    helped = _helped(texts, effects, search)
    return OverviewView(
        sentence=texts("overview.sentence", name=municipality),
        basis=(texts("promises.measured_on", day=overview.today), texts("promises.counts_open")),
        answers=(promises, _said(texts, overview.said, search), helped, _work(texts, overview.work, search)),
    )


def _helped(texts: Catalogue, effects: Sequence[EffectAnswer], search: str) -> Answer:
    """Say how many pieces of work gave a sure change, and of the newest what each gave."""
    if not effects:
        return Answer(
            question=texts("overview.helped"),
            answer=texts("overview.helped_not_yet"),
            notes=(texts("overview.helped_note"), texts("overview.helped_open")),
            items=(),
            way=Way(texts("overview.to_places"), f"{PLACES_PATH}{search}"),
        )
    newest = [one for one in effects if one.streams][:NEWEST]
    return Answer(
        question=texts("overview.helped"),
        answer=effects_lead(texts, effects),
        notes=tuple(
            texts("overview.helped_one", name=view.title, said=view.headline)
            for view in (effect_view(texts, one) for one in newest)
        ),
        items=(),
        way=Way(texts("overview.to_effects"), f"{EFFECT_PATH}{search}"),
    )


def _said(texts: Catalogue, said: Said, search: str) -> Answer:
    notes = []
    if said.places:
        notes.append(texts("overview.said_where", places=texts.form.listing(list(said.places))))
    if said.period is not None:
        notes.append(texts("overview.said_base", period=said.period))
    return Answer(
        question=texts("overview.said"),
        answer=texts(
            "overview.said_most", themes=listing(texts, (texts(f"group.{one}") for one in said.themes))
        )
        if said.themes
        else texts("overview.said_few"),
        notes=tuple(notes),
        items=(),
        way=Way(texts("overview.to_picture"), f"{PICTURE_PATH}{search}"),
        more=(Way(texts("overview.to_map"), f"{MAP_PATH}{search}"),),
    )


def _work(texts: Catalogue, work: Work, search: str) -> Answer:
    form, notes = texts.form, []
    if work.measures:
        notes.append(texts("overview.work_measures", n=work.measures))
        notes.append(
            texts("overview.work_cost", n=work.costed, of=work.measures, cost=form.number(work.cost))
            if work.costed
            else texts("overview.work_cost_unknown")
        )
    if work.timed:
        hours = form.number(work.minutes / 60, decimals=0)
        notes.append(texts("overview.work_hours", hours=hours, n=work.timed, of=work.entries))
    if work.kinds:
        kinds = [f"{texts(f'activity_kind.{kind}').lower()} ({form.number(n)})" for kind, n in work.kinds]
        notes.append(texts("overview.work_kinds", kinds=form.listing(kinds)))
    if work.places:
        places = [f"{name} ({form.number(n)})" for name, n in work.places]
        notes.append(texts("overview.work_places", places=form.listing(places)))
    if work.entries:
        notes.append(texts("overview.work_counting", n=work.counting, of=work.entries))
    notes.append(texts("overview.work_period", period=work.period))
    return Answer(
        question=texts("overview.work"),
        answer=texts("overview.work_sum", n=work.entries) if work.entries else texts("overview.work_none"),
        notes=tuple(notes),
        items=(),
        way=Way(texts("overview.to_reviews"), f"{REVIEWS_PATH}{search}"),
        more=(Way(texts("overview.to_logs"), f"{PATH}{search}"),),
    )
