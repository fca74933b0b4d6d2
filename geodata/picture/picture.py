"""The picture of a period: the problems in order, with all that is known of each, as it stood that day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date  # noqa: TC003 - pydantic reads it
from typing import TYPE_CHECKING, ClassVar

from pydantic import ConfigDict, TypeAdapter

from geodata.evidence.source_end import SourceEnd  # noqa: TC001 - pydantic reads it
from geodata.periods import Period  # noqa: TC001 - pydantic reads it
from geodata.picture.change import Change
from geodata.picture.voices import Who
from geodata.privacy import RULES

if TYPE_CHECKING:
    from geodata.privacy import Audience

ENOUGH = 25
"""Without exact counts a problem is named when so many residents' answers are of it, and a place when so many
are of the problem there: a rank is then not a few people's."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What one kind of people say of a problem.

    Attributes
    ----------
    answers, of
        Answers of the problem, and all that they gave in the period; None where withheld.
    rank
        Its place in their own order, 1 is first; None where nobody named it.
    """

    who: Who
    answers: int | None
    of: int | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What traffic-environment reviews found of a problem.

    Attributes
    ----------
    found, of
        Findings of it and all findings in the period; None where withheld.
    statuses
        What became of them: status and how many.
    """

    found: int | None
    of: int | None
    statuses: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was recorded of a problem: incidents, and those with death or serious injury among them."""

    count: int | None
    of: int | None
    serious: int | None


@dataclass(frozen=True, slots=True)
class ProblemPlace:
    """A place that stands out by one problem.

    Attributes
    ----------
    rank, rank_low, rank_high
        Its place among all places by this problem, and the 90 % range; None where withheld.
    answers, findings, records
        What the three streams hold there; None where withheld. A record may lie in several places.
    agreement
        A code of `geodata.evidence.agreement.Agreement`; empty where withheld.
    sure
        Probability that it is as `agreement` says; None where there are too few to tell or it is withheld.
    """

    place_id: int
    name: str
    rank: int | None
    rank_low: int | None
    rank_high: int | None
    answers: int | None
    findings: int | None
    records: int | None
    agreement: str
    sure: float | None


@dataclass(frozen=True, slots=True)
class ProblemPicture:
    """One problem of the picture.

    Attributes
    ----------
    problem
        A category's code, or a group's where the picture is by groups.
    rank, rank_low, rank_high
        Its place in the residents' own order and the 90 % range; None where no resident named it.
    sureness
        One of `geodata.picture.sureness.WORDS`.
    """

    problem: str
    rank: int | None
    rank_low: int | None
    rank_high: int | None
    voices: tuple[Voice, ...]
    reviewed: Reviewed
    recorded: Recorded
    changes: tuple[Change, ...]
    places: tuple[ProblemPlace, ...]
    sureness: str

    def voice(self, who: Who) -> Voice:
        """Return what one kind of people say."""
        return next((one for one in self.voices if one.who == who), Voice(who, 0, 0, None))


@dataclass(frozen=True, slots=True)
class Against:
    """What a picture is held against.

    Attributes
    ----------
    basis
        ``picture`` (the last saved one), ``year_before`` (the same days a year before), ``period_before`` (as
        many days right before).
    key
        Of the saved picture; empty elsewhere.
    left_out
        Sources that have nothing in one of the two times and are in no comparison: a new source is no rise.
    """

    period: Period
    basis: str
    key: str = ""
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of a period.

    Attributes
    ----------
    by
        ``category`` or ``group``: what a problem is.
    snapshot_id
        Which import it rests on.
    made_on
        Local day.
    problems
        In the residents' own order, then by what is recorded.
    against
        None where the records do not reach back.
    answers
        How many answers each kind of people gave; None for council and public.
    unsorted
        Answers that are of no named problem, and records that are not; None where withheld.
    compared
        How many comparisons were made.
    warnings
        Codes of ``geodata.codes``.
    ends
        Sources of incidents that end inside the period: what they record of the rest is missing.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(ser_json_inf_nan="constants")

    period: Period
    by: str
    snapshot_id: str
    made_on: date
    problems: tuple[ProblemPicture, ...]
    against: Against | None
    answers: tuple[tuple[Who, int], ...] | None
    unsorted: tuple[int, int] | None
    compared: int
    warnings: tuple[str, ...]
    ends: tuple[SourceEnd, ...] = ()

    def problem(self, code: str) -> ProblemPicture | None:
        """Return one of its problems."""
        return next((one for one in self.problems if one.problem == code), None)


_PICTURE: TypeAdapter[Picture] = TypeAdapter(Picture)


def to_document(picture: Picture) -> str:
    """Return a picture as JSON, whole; an infinite ratio is written as ``Infinity``."""
    return _PICTURE.dump_json(picture).decode()


def from_document(document: str) -> Picture:
    """Return the picture that `to_document` wrote."""
    return _PICTURE.validate_json(document)


def shown_to(picture: Picture, audience: Audience) -> Picture:
    """Return a picture as an audience may see it.

    Without exact counts every number but the order goes, and problems and places that fewer than ``ENOUGH``
    answers of residents are of.
    """
    if RULES[audience].exact_counts:
        return picture
    named = tuple(
        _in_words(one)
        for one in picture.problems
        if (one.voice(Who.RESIDENTS).answers or 0) >= ENOUGH and one.rank is not None
    )
    return replace(picture, problems=named, answers=None, unsorted=None)


def _in_words(one: ProblemPicture) -> ProblemPicture:
    return replace(
        one,
        rank_low=None,
        rank_high=None,
        voices=tuple(
            replace(voice, answers=None, of=None, rank=None if voice.who is not Who.RESIDENTS else voice.rank)
            for voice in one.voices
            if voice.who is Who.RESIDENTS
        ),
        reviewed=Reviewed(None, None),
        recorded=Recorded(None, None, None),
        changes=tuple(
            Change(
                change.stream, change.verdict, None, None, None, None, None, None, None, until=change.until
            )
            for change in one.changes
        ),
        places=tuple(
            ProblemPlace(place.place_id, place.name, None, None, None, None, None, None, "", None)
            for place in one.places
            if (place.answers or 0) >= ENOUGH
        ),
    )
