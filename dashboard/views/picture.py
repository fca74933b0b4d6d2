"""What a picture says: the problems in order, who says what of each, what changed and how sure it is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.views.promise_rule import listing
from dashboard.views.source_ends import ends_notice
from dashboard.views.sources import source_word
from geodata.picture.change import FEWEST_ASKED, Verdict
from geodata.picture.voices import Who
from geodata.privacy import RULES

if TYPE_CHECKING:
    from dashboard.texts.catalogue import Catalogue
    from geodata.picture.change import Change
    from geodata.picture.picture import Picture, ProblemPicture, ProblemPlace
    from geodata.privacy import Audience

LEADING = 3
"""Problems that the first sentence names."""


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What changed in one stream: a code for its mark, a word, and its numbers."""

    verdict: str
    words: str
    numbers: str


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place of a problem: its id, name and what is known of it there."""

    place_id: int
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class ProblemView:
    """One problem in words.

    Attributes
    ----------
    order
        Its place in the residents' own order; a dash where no resident named it.
    order_range
        Which places it may have; empty where that is not told.
    says
        What each kind of people say, a line each.
    """

    problem: str
    name: str
    order: str
    order_range: str
    says: tuple[str, ...]
    found: tuple[str, ...]
    recorded: tuple[str, ...]
    changes: tuple[ChangeLine, ...]
    places: tuple[PlaceLine, ...]
    no_places: str
    sureness: str
    sure: str


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture in words; `how` tells how it was counted, and of ranges where they are shown."""

    sentence: str
    basis: tuple[str, ...]
    problems: tuple[ProblemView, ...]
    notices: tuple[str, ...]
    how: tuple[str, ...]
    empty: str


def problem_name(texts: Catalogue, problem: str) -> str:
    """Return what a problem is called, whether it is a category or a group."""
    key = f"category.{problem}"
    return texts(key) if key in texts else texts(f"group.{problem}")


def picture_view(texts: Catalogue, picture: Picture, audience: Audience) -> PictureView:
    """Say a picture."""
    named = [one for one in picture.problems if one.rank is not None][:LEADING]
    names = listing(texts, (problem_name(texts, one.problem) for one in named))
    return PictureView(
        sentence=_sentence(texts, picture, names),
        basis=_basis(texts, picture),
        problems=tuple(_problem(texts, one, audience) for one in picture.problems),
        notices=_notices(texts, picture, audience),
        how=tuple(_how(texts, of, ranged=RULES[audience].exact_counts) for of in ("order", "change")),
        empty="" if picture.problems else texts("picture.empty"),
    )


def _sentence(texts: Catalogue, picture: Picture, names: str) -> str:
    if not names:
        # Withheld is not the same as nothing said.
        return texts("picture.sentence_withheld" if picture.answers is None else "picture.sentence_none")
    answers = dict(picture.answers or ()).get(Who.RESIDENTS, FEWEST_ASKED)
    if answers < FEWEST_ASKED:
        return texts("picture.sentence_few", n=answers, themes=names)
    return texts("picture.sentence", themes=names)


def _basis(texts: Catalogue, picture: Picture) -> tuple[str, ...]:
    said = [texts("picture.period", period=picture.period), *ends_notice(texts, picture.ends)]
    if picture.answers is not None:
        said += [texts(f"picture.answers.{who}", n=count) for who, count in picture.answers]
        if Who.STAFF not in dict(picture.answers):
            said.append(texts("picture.no_staff"))
    against = picture.against
    if against is not None:
        said.append(texts(f"picture.against.{against.basis}", period=against.period))
    return tuple(said)


def _notices(texts: Catalogue, picture: Picture, audience: Audience) -> tuple[str, ...]:
    said = []
    if not RULES[audience].exact_counts:
        said += [texts("picture.withheld"), texts("picture.places_withheld")]
    if picture.compared and RULES[audience].exact_counts:
        said.append(texts("picture.compared", n=picture.compared))
    if picture.against is not None and picture.against.left_out:
        names = texts.form.listing([source_word(texts, one, {}) for one in picture.against.left_out])
        said.append(texts("picture.left_out", sources=names))
    if picture.unsorted is not None and any(picture.unsorted):
        said.append(texts("picture.unsorted", answers=picture.unsorted[0], records=picture.unsorted[1]))
    said += [texts(f"warning.{code}") for code in picture.warnings]
    return tuple(said)


def _how(texts: Catalogue, of: str, *, ranged: bool) -> str:
    said = texts(f"picture.how_{of}")
    return f"{said} {texts(f'picture.how_{of}_range')}" if ranged else said


def _problem(texts: Catalogue, one: ProblemPicture, audience: Audience) -> ProblemView:
    exact = RULES[audience].exact_counts
    order_range = ""
    if one.rank_low is not None and one.rank_high is not None:
        order_range = (
            texts("picture.order_sure")
            if one.rank_low == one.rank_high
            else texts("picture.order_range", low=one.rank_low, high=one.rank_high)
        )
    return ProblemView(
        problem=one.problem,
        name=problem_name(texts, one.problem),
        order="–" if one.rank is None else texts.form.number(one.rank),
        order_range=order_range,
        says=_says(texts, one) if exact else (),
        found=_found(texts, one),
        recorded=_recorded(texts, one),
        changes=tuple(_change(texts, each, exact=exact) for each in one.changes if not _silent(each)),
        places=tuple(_place(texts, place, exact=exact) for place in one.places),
        no_places=texts("picture.no_places") if exact and not one.places else "",
        sureness=one.sureness,
        sure=texts(f"picture.sure.{one.sureness}"),
    )


def _says(texts: Catalogue, one: ProblemPicture) -> tuple[str, ...]:
    said = []
    for voice in one.voices:
        if voice.answers is None or not voice.of:
            continue
        who = texts(f"picture.who.{voice.who}")
        share = voice.answers / voice.of
        said.append(texts("picture.says", who=who, n=voice.answers, of=voice.of, share=share))
    return tuple(said)


def _found(texts: Catalogue, one: ProblemPicture) -> tuple[str, ...]:
    if one.reviewed.found is None:
        return ()
    if not one.reviewed.of:
        return (texts("picture.no_reviews"),)
    said = [texts("picture.found", n=one.reviewed.found, of=one.reviewed.of)]
    if one.reviewed.statuses:
        statuses = [
            f"{texts(f'status.{status}').lower()} ({texts.form.number(count)})"
            for status, count in one.reviewed.statuses
        ]
        said.append(texts.form.listing(statuses))
    return tuple(said)


def _recorded(texts: Catalogue, one: ProblemPicture) -> tuple[str, ...]:
    if one.recorded.count is None or one.recorded.of is None:
        return ()
    said = [texts("picture.recorded", n=one.recorded.count, of=one.recorded.of)]
    if one.recorded.serious:
        said.append(texts("picture.serious", n=one.recorded.serious))
    return tuple(said)


def _change(texts: Catalogue, change: Change, *, exact: bool) -> ChangeLine:
    words = texts(f"picture.change.{change.stream}.{change.verdict}")
    return ChangeLine(str(change.verdict), words, _numbers(texts, change) if exact else "")


def _silent(change: Change) -> bool:
    """Say whether there was nothing of it, now or before."""
    return change.count == 0 and change.before == 0


def _numbers(texts: Catalogue, change: Change) -> str:
    """Write the numbers behind a change: then and now, and the range of the ratio."""
    if change.count is None or change.before is None:
        return ""
    if change.stream == "survey":
        then, now = (
            texts.form.share(count / of) if of else "–"
            for count, of in ((change.before, change.before_of), (change.count, change.of))
        )
    else:
        then, now = (texts.form.number(count) for count in (change.before, change.count))
    said = texts("picture.then_now", then=then, now=now)
    if change.until is not None:
        said = f"{texts('source_end.until', day=change.until)} {said}"
    if change.low is None or change.high is None or change.verdict is Verdict.TOO_FEW:
        return said
    low = texts.form.number(change.low, decimals=2)
    if not math.isfinite(change.high):
        return f"{said}; {texts('picture.ratio_open', low=low)}"
    span = texts.form.span(change.low, change.high, decimals=2)
    return f"{said}; {texts('picture.ratio', range=span)}"


def _place(texts: Catalogue, place: ProblemPlace, *, exact: bool) -> PlaceLine:
    if not exact:
        return PlaceLine(place.place_id, place.name, "")
    counts = [
        texts(f"stream.{stream}.count", n=count)
        for stream, count in (
            ("survey", place.answers),
            ("review", place.findings),
            ("incident", place.records),
        )
        if count
    ]
    words = texts.form.listing(counts)
    if place.rank_low is not None and place.rank_high is not None:
        span = texts.form.span(place.rank_low, place.rank_high)
        words = texts("picture.place", counts=words, range=span)
    return PlaceLine(place.place_id, place.name, words)
