"""The picture of a period: the problems in order, with what is said, found and recorded, and what changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geodata.analyses.picture_counts import PictureCounts, count_problems
from geodata.analyses.picture_periods import asked_days, held_against, latest_day, same_season
from geodata.analyses.ranking import rank_places
from geodata.errors import MissingError, ParameterError
from geodata.picture.change import FEWEST_ASKED, Change, change_of, judged
from geodata.picture.order import OrderRange, order_ranges
from geodata.picture.picture import (
    Against,
    Picture,
    ProblemPicture,
    ProblemPlace,
    Recorded,
    Reviewed,
    Voice,
    shown_to,
)
from geodata.picture.sureness import sureness
from geodata.picture.voices import Who
from geodata.privacy import Audience
from geodata.schema import Stream
from geodata.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geodata.analyses.ground import Ground
    from geodata.periods import Period
    from geodata.store.picture_rows import KeptPicture

BY = ("category", "group")
"""What a problem is: a category, or a whole group of them."""

PLACES = 4
"""How many places each problem is told with."""


@dataclass(frozen=True, slots=True)
class _Order:
    """The problems as they are told: residents' order first, then by what is recorded."""

    codes: tuple[str, ...]
    ranks: tuple[OrderRange | None, ...]


def picture(
    ground: Ground,
    audience: Audience,
    *,
    period: Period | None = None,
    by: str = "category",
    today: date | None = None,
) -> Picture:
    """Put together the picture of a period as it is known now.

    It is held against the last saved picture where that ended before this one begins and both are of the same
    season; else against the same days a year before; else against as many days right before, and the answer
    says that the seasons differ. Both times are counted anew from the same records by the same rule.

    Parameters
    ----------
    period
        Local days; what has not come yet is left out. None for the year that runs, or the year before it
        where fewer than ``FEWEST_DAYS`` of it are recorded.
    by
        One of ``BY``.
    today
        Local day; None for the clock's, or the last day of the records where that is later.

    Raises
    ------
    ParameterError
        ``picture_future`` when the period has not begun; ``picture_by`` for another `by`.
    MissingError
        ``picture_no_data`` when nothing of it is known.
    AccessError
        ``filters_not_free`` when the audience asks for anything but whole years and tertials.
    """
    Selection(audience, period=period)
    if by not in BY:
        raise ParameterError("picture_by", f"A picture is by {' or '.join(BY)}, not {by}.", by=by)
    made_on = today or latest_day(ground)
    asked = asked_days(ground, period, made_on)
    counts = count_problems(ground, asked, by=by)
    order = _order(counts)
    if not order.codes:
        raise MissingError(
            "picture_no_data",
            f"Nothing is known of {asked.first} to {asked.last}: no answer, no finding, no incident.",
            first=asked.first,
            last=asked.last,
        )
    against = held_against(ground, asked, by=by)
    changes: tuple[tuple[Change, ...], ...] = ((),) * len(order.codes)
    if against is not None:
        before = count_problems(ground, against.period, by=by)
        against = replace(against, left_out=counts.not_comparable(before))
        changes = _changes(order.codes, counts, before, left_out=against.left_out)
    whole = Picture(
        period=asked,
        by=by,
        snapshot_id=ground.snapshot.snapshot_id,
        made_on=made_on,
        problems=tuple(
            _problem(ground, code, order.ranks[at], counts, changes[at], asked)
            for at, code in enumerate(order.codes)
        ),
        against=against,
        answers=tuple((who, counts.answers(who)) for who in Who if counts.answers(who)),
        unsorted=(counts.unsorted(Stream.SURVEY), counts.unsorted(Stream.INCIDENT)),
        compared=sum(change.p is not None for found in changes for change in found),
        warnings=_warnings(against, asked, changes),
        ends=counts.ends(),
    )
    return shown_to(whole, audience)


def saved_picture(kept: KeptPicture, audience: Audience) -> Picture:
    """Return a saved picture as an audience may see it: the figures as they stood."""
    return shown_to(kept.picture, audience)


def _order(counts: PictureCounts) -> _Order:
    said = {code: counts.said(code, Who.RESIDENTS) for code in counts.codes}
    codes = tuple(
        sorted(
            (code for code in counts.codes if counts.spoken(code)),
            key=lambda code: (-said[code], -counts.recorded(code), code),
        )
    )
    return _Order(codes, order_ranges([said[code] for code in codes]))


def _problem(
    ground: Ground,
    code: str,
    order: OrderRange | None,
    counts: PictureCounts,
    changes: tuple[Change, ...],
    period: Period,
) -> ProblemPicture:
    return ProblemPicture(
        problem=code,
        rank=order.rank if order else None,
        rank_low=order.low if order else None,
        rank_high=order.high if order else None,
        voices=tuple(
            Voice(who, counts.said(code, who), counts.answers(who), counts.rank(code, who))
            for who in Who
            if counts.answers(who)
        ),
        reviewed=Reviewed(counts.found(code), counts.of_stream(Stream.REVIEW), counts.statuses(code)),
        recorded=Recorded(counts.recorded(code), counts.of_stream(Stream.INCIDENT), counts.serious(code)),
        changes=changes,
        places=_places(ground, code, period),
        sureness=sureness(counts.spoken(code), answers=counts.said(code, Who.RESIDENTS)),
    )


def _places(ground: Ground, code: str, period: Period) -> tuple[ProblemPlace, ...]:
    """Return the places where a problem stands out: ranked, and above what is expected there."""
    selection = Selection(Audience.POLICE, categories=frozenset({code}), period=period)
    found = []
    for place in rank_places(ground, selection).places:
        if place.rank is None or (place.score or 0) <= 1:
            continue
        held = {one.stream: one.count for one in place.streams}
        found.append(
            ProblemPlace(
                place_id=place.place_id,
                name=place.name,
                rank=place.rank,
                rank_low=place.rank_low,
                rank_high=place.rank_high,
                answers=held[Stream.SURVEY],
                findings=held[Stream.REVIEW],
                records=held[Stream.INCIDENT],
                agreement=str(place.agreement),
                sure=place.agreement_sureness,
            )
        )
    return tuple(found[:PLACES])


def _changes(
    codes: Sequence[str], counts: PictureCounts, earlier: PictureCounts, *, left_out: tuple[str, ...]
) -> tuple[tuple[Change, ...], ...]:
    """Compare every problem's answers and incidents with the time before, judged all together."""
    now, before = counts.without(left_out), earlier.without(left_out)
    # What every source of a problem reaches is compared, and as many days of the time before.
    until = {code: now.until(code, before) for code in codes}
    pairs = {
        last: (now.up_to(last), before.up_to(before.period.first + (last - now.period.first)))
        for last in {*until.values()} - {now.period.last}
    }
    made = []
    for code in codes:
        made.append(_said(code, now, before))
        told = _recorded(code, *pairs.get(until[code], (now, before)), left_out=left_out)
        made.append(replace(told, until=until[code]) if until[code] in pairs else told)
    done = judged(made)
    return tuple(done[at : at + 2] for at in range(0, len(done), 2))


def _said(code: str, now: PictureCounts, before: PictureCounts) -> Change:
    return change_of(
        str(Stream.SURVEY),
        (now.said(code, Who.RESIDENTS), now.answers(Who.RESIDENTS)),
        (before.said(code, Who.RESIDENTS), before.answers(Who.RESIDENTS)),
        fewest_of=FEWEST_ASKED,
    )


def _recorded(code: str, now: PictureCounts, before: PictureCounts, *, left_out: tuple[str, ...]) -> Change:
    return change_of(
        str(Stream.INCIDENT),
        (now.recorded(code), now.period.days),
        (before.recorded(code), before.period.days),
        spread=now.spread(code, since=before.period.first, without=left_out),
    )


def _warnings(
    against: Against | None, asked: Period, changes: Sequence[tuple[Change, ...]]
) -> tuple[str, ...]:
    compared = [change for found in changes for change in found if change.p is not None]
    said = {
        "survey_not_random": any(change.stream == Stream.SURVEY for change in compared),
        "seasons_differ": against is not None and not same_season(against.period, asked),
        "picture_nothing_before": against is None,
    }
    return tuple(code for code, holds in said.items() if holds)
