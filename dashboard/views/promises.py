"""What the page of promises says: whether they are kept so far, and each in a few words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.access.actions import Action, may
from dashboard.views.address import format_search
from dashboard.views.frame import Way
from dashboard.views.promise_measure import begun, measure_notes, measure_words, meter, so_far
from dashboard.views.promise_rule import rule_words
from geodata.promises.targets.measure import State

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.address import Address
    from geodata.analyses.promises import PromiseAnswer
    from geodata.promises.promise import Promise
    from geodata.promises.targets.measure import Measure
    from geodata.store.promises import KeptPromise

PATH = "/loften"
NEW_PATH = "/loften/nytt"
LOG_PATH = "/loggbok"
CHANGE, NEW_ACTIVITY, ACTIVITY = "/andra", "/ny-aktivitet", "/aktivitet"
"""Below a promise's own path: the forms by which it is changed, and given activities."""

KEEPING = frozenset({State.KEPT, State.ON_COURSE})
NOTHING = "nothing"
REST = (*map(str, (State.SHOWN, State.NOT_BEGUN, State.TOO_EARLY, State.UNDER_WAY)), NOTHING)
"""Why nothing can be said of a promise, in the order in which it is told."""

BEHIND = frozenset({State.PARTLY, State.LATE, State.MISSED, State.IMPOSSIBLE})


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One target: its state as a code and a word, its numbers, what stands behind, the meter (per cent).

    Attributes
    ----------
    begun
        How much more of the meter is done but not decided.
    """

    state: str
    word: str
    numbers: str
    notes: tuple[str, ...]
    meter: tuple[float, float | None] | None
    begun: float = 0.0


@dataclass(frozen=True, slots=True)
class PromiseCard:
    """One promise in a few words."""

    name: str
    href: str
    focus: str
    period: str
    state: str
    answer: str
    activities: tuple[tuple[str, str, tuple[MeasureLine, ...]], ...]
    note: str
    due: str
    made_up: str


@dataclass(frozen=True, slots=True)
class PromisesView:
    """The page in words.

    Attributes
    ----------
    ways
        What one may do here: add a promise, log work.
    """

    sentence: str
    basis: tuple[str, ...]
    cards: tuple[PromiseCard, ...]
    empty: str
    ways: tuple[Way, ...]


def promises_view(
    texts: Catalogue,
    address: Address,
    *,
    answers: Sequence[PromiseAnswer],
    withdrawn: Sequence[KeptPromise] = (),
    today: date,
    language: str,
) -> PromisesView:
    """Say how the promises stand.

    Parameters
    ----------
    withdrawn
        Those that hold no longer, for who keeps the promises.
    language
        The project's language, which the address need not say.
    """
    search = format_search(address, language=language)
    keeps = may(address.audience, Action.KEEP_PROMISES)
    doing = [
        Way(texts("promises.log"), f"{LOG_PATH}{search}") if may(address.audience, Action.LOG_WORK) else None,
        Way(texts("promises.add"), f"{NEW_PATH}{search}") if keeps else None,
        *(
            Way(texts("promises.withdrawn", name=one.promise.name), f"{PATH}/{one.promise.key}{search}")
            for one in (withdrawn if keeps else ())
        ),
    ]
    return PromisesView(
        sentence=kept_sentence(texts, answers),
        basis=(
            *rest_sentence(texts, answers),
            texts("promises.measured_on", day=today),
            texts("promises.counts_open"),
        )
        if answers
        else (),
        cards=tuple(_card(texts, one, search, staff=keeps) for one in answers),
        empty="" if answers else texts("promises.none_next" if keeps else "promises.none_wait"),
        ways=tuple(way for way in doing if way is not None),
    )


def answer_words(texts: Catalogue, answer: PromiseAnswer) -> str:
    """Answer whether a promise is kept so far, the same everywhere; of a withdrawn one, why it was."""
    if answer.kept.promise.withdrawn:
        why = [one.why for one in answer.versions if any(each.field == "withdrawn" for each in one.changes)]
        return texts("promise.withdrawn", why=(why or [answer.kept.why])[0])
    return so_far(texts, answer.progress.state) if answer.activities else texts("promises.no_measure")


def state_of(answer: PromiseAnswer) -> str:
    """Return the state that a promise is shown in."""
    return str(State.SHOWN if answer.kept.promise.withdrawn else answer.progress.state)


def kept_sentence(texts: Catalogue, answers: Sequence[PromiseAnswer]) -> str:
    """Say in one sentence whether the promises are kept so far."""
    states = [one.progress.state for one in answers]
    kept, behind = (sum(state in some for state in states) for some in (KEEPING, BEHIND))
    if not states:
        return texts("promises.sentence_none")
    if behind:
        return texts("promises.sentence_some", kept=kept, n=kept + behind, behind=behind)
    return texts("promises.sentence_all" if kept else "promises.sentence_open", n=kept or len(states))


def rest_sentence(texts: Catalogue, answers: Sequence[PromiseAnswer]) -> tuple[str, ...]:
    """Say of how many it can't be said, and why; empty where there are none.

    Of a promise without activities nothing was promised to count: it is told by itself.
    """
    found = Counter(
        str(one.progress.state) if one.activities else NOTHING
        for one in answers
        if one.progress.state not in KEEPING | BEHIND
    )
    said = [texts(f"promises.rest_{why}", n=found[why]) for why in REST if found[why]]
    return (" ".join(said),) if said else ()


def measure_line(texts: Catalogue, measure: Measure) -> MeasureLine:
    """Say how one target stands."""
    return MeasureLine(
        state=str(measure.state),
        word="" if measure.kind == "way" else texts(f"promise_state.{measure.state}"),
        numbers=measure_words(texts, measure),
        notes=measure_notes(texts, measure),
        meter=meter(measure),
        begun=begun(measure),
    )


def period_words(texts: Catalogue, promise: Promise) -> str:
    """Say for how long a promise holds."""
    if promise.last is None:
        return texts("promises.period_open", first=promise.first)
    return texts.form.period(promise.period)


def _card(texts: Catalogue, answer: PromiseAnswer, search: str, *, staff: bool) -> PromiseCard:
    promise = answer.kept.promise
    lines = tuple(
        (
            one.progress.activity.name,
            rule_words(texts, one.progress.activity),
            tuple(
                measure_line(texts, measure)
                for measure in one.progress.measures
                if measure.kind != "way"  # the rule has said it, and there is nothing to count
            ),
        )
        for one in answer.activities
    )
    return PromiseCard(
        name=promise.name,
        href=f"{PATH}/{promise.key}{search}",
        focus=promise.focus_area,
        period=period_words(texts, promise),
        state=str(answer.progress.state),
        answer=answer_words(texts, answer),
        activities=lines,
        note="" if lines else texts("promises.no_activities"),
        due=texts("promises.due", n=answer.due) if answer.due and staff else "",
        made_up=texts("promises.made_up") if promise.made_up else "",
    )
