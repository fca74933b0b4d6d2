"""What the page says round a picture: periods, saved ones, what was chosen and which promises answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.access.actions import Action, may
from dashboard.views.address import format_search
from dashboard.views.frame import Way
from dashboard.views.picture import PictureView, picture_view, problem_name
from dashboard.views.promises import NEW_PATH
from dashboard.views.promises import PATH as PROMISES_PATH
from dashboard.views.signed import signed
from geodata.selection import Selection, fixed_periods

if TYPE_CHECKING:
    from datetime import date
    from zoneinfo import ZoneInfo

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.address import Address
    from geodata.analyses.saved_pictures import Answered
    from geodata.periods import Period
    from geodata.picture.decision import Decision
    from geodata.picture.picture import Picture
    from geodata.store.picture_rows import KeptPicture

PATH = "/bilden"
WEEK_PATH = "/veckan"
PLACE_PATH = "/platser"

PERIODS = 8
"""Years and tertials that are offered, the newest ones."""


@dataclass(frozen=True, slots=True)
class SavedPictures:
    """What is saved.

    Attributes
    ----------
    every
        All saved pictures, oldest first.
    kept
        The one that is shown; None where it is the picture now.
    answered, history
        What was decided of it with the promises that answer, and every decision there was.
    withdrawn
        Those that were taken back.
    """

    every: tuple[KeptPicture, ...]
    kept: KeptPicture | None
    answered: tuple[Answered, ...]
    history: tuple[Decision, ...]
    withdrawn: tuple[KeptPicture, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionView:
    """What was decided of one problem.

    Attributes
    ----------
    order
        Its place in the residents' own order, in words.
    promises
        Names and addresses; empty where none answers it.
    gap
        That no promise answers what was chosen; empty elsewhere.
    to_promise
        The way to make one, for those who may.
    """

    problem: str
    name: str
    order: str
    chosen: bool
    decision: str
    why: str
    meeting: str
    promises: tuple[Way, ...]
    gap: str
    to_promise: Way | None


@dataclass(frozen=True, slots=True)
class PicturePage:
    """The page in words.

    Attributes
    ----------
    title
        The saved picture's name; empty for the picture now.
    saved_note
        Who saved it, and that it stands as it was.
    rooms, periods, saved
        Ways: between picture and week, to other periods, to saved pictures.
    gaps
        How many chosen problems no promise answers; empty for none.
    problems
        Code and name of each problem, for the form.
    may_withdraw
        Whether this one can be taken back: nothing was ever decided of it.
    withdrawn
        Those that were, with who and why; for those who keep pictures.
    seen
        The decisions that are shown, as ``problem:id``, for the form.
    """

    key: str
    title: str
    saved_note: str
    view: PictureView
    rooms: tuple[Way, ...]
    periods: tuple[Way, ...]
    saved: tuple[Way, ...]
    decisions: tuple[DecisionView, ...]
    undecided: str
    gaps: str
    replaced: tuple[str, ...]
    may_keep: bool
    may_withdraw: bool
    withdrawn: tuple[str, ...]
    problems: tuple[tuple[str, str], ...]
    seen: str
    first: str
    last: str
    place_href: str


def picture_page(
    texts: Catalogue,
    address: Address,
    *,
    shown: Picture,
    saved: SavedPictures,
    known: Period | None,
    zone: ZoneInfo,
    language: str,
) -> PicturePage:
    """Say the page.

    Parameters
    ----------
    shown
        The picture as the audience may see it.
    known
        The days of the records, for the periods that are offered.
    zone
        In which days are told.
    language
        The project's language, which the address need not say.
    """
    audience, kept = address.audience, saved.kept
    bare = replace(address, selection=Selection(audience), place_id=None)
    search = format_search(bare, language=language)
    may_keep = may(audience, Action.KEEP_PICTURES)
    decisions = tuple(_decision(texts, one, shown, search, may_keep=may_keep) for one in saved.answered)
    gaps = sum(bool(one.gap) for one in decisions)
    return PicturePage(
        key=kept.key if kept else "",
        title=kept.name if kept else "",
        saved_note=_saved_note(texts, kept, zone, named=may_keep) if kept else "",
        view=picture_view(texts, shown, audience),
        rooms=_rooms(texts, search, audience_may=may(audience, Action.READ_RECORDS)),
        periods=_periods(texts, address, shown, known, language) if kept is None else (),
        saved=tuple(
            Way(one.name, f"{PATH}/{one.key}{search}", kept is not None and one.key == kept.key)
            for one in reversed(saved.every)
        ),
        decisions=decisions,
        undecided="" if decisions or kept is None else texts("picture.undecided"),
        gaps=texts("picture.gaps", n=gaps) if gaps else "",
        replaced=tuple(_replaced(texts, one, named=may_keep) for one in saved.history if one.withdrawn_at),
        may_keep=may_keep and (kept is None or kept.withdrawn_at is None),
        may_withdraw=may_keep and kept is not None and kept.withdrawn_at is None and not saved.history,
        withdrawn=tuple(_withdrawn(texts, one, zone) for one in saved.withdrawn)
        if may_keep and not kept
        else (),
        problems=tuple((one.problem, problem_name(texts, one.problem)) for one in shown.problems),
        seen=",".join(f"{one.decision.problem}:{one.decision.decision_id}" for one in saved.answered),
        first=shown.period.first.isoformat(),
        last=shown.period.last.isoformat(),
        place_href=f"{PLACE_PATH}/{{}}{search}",
    )


def _rooms(texts: Catalogue, search: str, *, audience_may: bool) -> tuple[Way, ...]:
    if not audience_may:
        return ()
    return (
        Way(texts("picture.title"), f"{PATH}{search}", current=True),
        Way(texts("week.title"), f"{WEEK_PATH}{search}"),
    )


def _periods(
    texts: Catalogue, address: Address, shown: Picture, known: Period | None, language: str
) -> tuple[Way, ...]:
    """Return the newest years and tertials; the one that is shown is marked."""
    if known is None:
        return ()
    ways = []
    for period in reversed(fixed_periods(known.first, known.last)[-PERIODS:]):
        selection = Selection(address.audience, period=period)
        href = f"{PATH}{format_search(replace(address, selection=selection), language=language)}"
        current = period.first == shown.period.first and min(period.last, known.last) == shown.period.last
        ways.append(Way(texts.form.period(period), href, current))
    return tuple(ways)


def _withdrawn(texts: Catalogue, one: KeptPicture, zone: ZoneInfo) -> str:
    """Say what was taken back, when, by whom and why."""
    return texts(
        "picture.withdrawn_line",
        name=one.name,
        on=(one.withdrawn_at or one.made_at).astimezone(zone).date(),
        by=signed(texts, one.withdrawn_by or ""),
        why=one.withdrawn_why,
    )


def _saved_note(texts: Catalogue, kept: KeptPicture, zone: ZoneInfo, *, named: bool) -> str:
    if kept.withdrawn_at is not None:
        gone: date = kept.withdrawn_at.astimezone(zone).date()
        return texts("picture.withdrawn_note", on=gone, why=kept.withdrawn_why)
    on: date = kept.made_at.astimezone(zone).date()
    if not named:
        return texts("picture.saved_on", on=on)
    return texts("picture.saved_by", on=on, by=signed(texts, kept.made_by))


def _decision(
    texts: Catalogue, answered: Answered, shown: Picture, search: str, *, may_keep: bool
) -> DecisionView:
    one = answered.decision
    problem = shown.problem(one.problem)
    rank = problem.rank if problem is not None else None
    gap = one.chosen and not answered.promises
    return DecisionView(
        problem=one.problem,
        name=problem_name(texts, one.problem),
        order=texts("picture.order_of", rank=rank)
        if rank is not None
        else texts("picture.order_unnamed" if problem is not None else "picture.order_none"),
        chosen=one.chosen,
        decision=texts("picture.chosen" if one.chosen else "picture.not_chosen"),
        why=one.why,
        meeting=texts("picture.meeting", meeting=one.meeting, on=one.meeting_on)
        if one.decided_by == one.meeting
        else texts("picture.meeting_by", meeting=one.meeting, on=one.meeting_on, by=one.decided_by),
        promises=tuple(Way(name, f"{PROMISES_PATH}/{key}{search}") for key, name in answered.promises),
        gap=texts("picture.no_promise") if gap else "",
        to_promise=Way(texts("picture.make_promise"), f"{NEW_PATH}{search}") if gap and may_keep else None,
    )


def _replaced(texts: Catalogue, one: Decision, *, named: bool) -> str:
    return texts(
        "picture.replaced",
        name=problem_name(texts, one.problem),
        decision=texts("picture.chosen" if one.chosen else "picture.not_chosen").lower(),
        meeting=texts("picture.meeting", meeting=one.meeting, on=one.meeting_on),
        by=signed(texts, one.withdrawn_by or "") if named else texts("picture.coordinator"),
    )
