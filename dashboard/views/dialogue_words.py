"""Dialogues in words: states, what is owed, an occasion, what it gave, and the steps that were taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.views.signed import signed
from geodata.dialogues.course import Step
from geodata.dialogues.dialogue import DialogueState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from dashboard.texts.catalogue import Catalogue
    from geodata.dialogues.dialogue import Course, Occasion, Outcome, Reader
    from geodata.dialogues.lapse import Lapse
    from geodata.store.dialogues import KeptDialogue


def state_words(texts: Catalogue, course: Course) -> str:
    """Say how far a dialogue has come: its state in a word, and what that means."""
    word = texts(f"dialogue_state.{course.state}")
    return f"{word[:1].upper()}{word[1:]}. {state_note(texts, course)}"


def state_note(texts: Catalogue, course: Course) -> str:
    """Say what the state of a dialogue means, beside the word for it."""
    if course.state in {DialogueState.CLOSED, DialogueState.RESULT_DUE}:
        dated = course.result_due is not None
        said = texts(f"dialogue_state.said_{course.state}", day=course.result_due if dated else "")
        told = [texts(f"dialogue.reader.{one.to}") for one in course.publications]
        if told:
            said = f"{said} {texts('dialogue_state.partly', told=texts.form.listing(told))}"
        return said
    return texts(f"dialogue_state.said_{course.state}")


def lapse_words(texts: Catalogue, lapse: Lapse | None) -> str:
    """Say what a dialogue owes; empty where it owes nothing."""
    if lapse is None:
        return ""
    return texts(
        f"dialogue_lapse.{lapse.code}",
        day=lapse.since,
        n=lapse.days,
        untold=reader_words(texts, lapse.untold),
    )


def reader_words(texts: Catalogue, readers: Iterable[Reader]) -> str:
    """Say to whom: ``invånarna och personalen``; empty for nobody."""
    words = [texts(f"dialogue.reader.{one}") for one in readers]
    return texts.form.listing(words) if words else ""


def time_words(texts: Catalogue, occasion: Occasion) -> str:
    """Say the clock times of an occasion; empty where none is known."""
    if occasion.start is None:
        return ""
    start = texts.form.time(occasion.start)
    if occasion.end is None:
        return texts("dialogue.from_time", start=start)
    return texts("dialogue.times", start=start, end=texts.form.time(occasion.end))


def when_words(texts: Catalogue, occasion: Occasion) -> str:
    """Say the day of an occasion, with its weekday and times."""
    if occasion.day is None:
        return texts("dialogue.day_unknown")
    day = texts("dialogue.day", weekday=texts.form.days[occasion.day.weekday()], day=occasion.day)
    times = time_words(texts, occasion)
    return f"{day} {times}" if times else day


def where_words(texts: Catalogue, occasion: Occasion, *, place: str) -> str:
    """Say where: the register's name of the place, and the words beside it.

    Parameters
    ----------
    place
        The name of the occasion's place in the register; empty for none.
    """
    if place and occasion.where and occasion.where.casefold() != place.casefold():
        return f"{place} ({occasion.where})"
    return place or occasion.where or texts(f"dialogue_method.{occasion.method}")


def asker_words(texts: Catalogue, occasion: Occasion) -> str:
    """Say who asks."""
    names = [
        texts(f"dialogue_asker.{one}") for one in occasion.askers if one != "other" or not occasion.with_whom
    ]
    return texts.form.listing([*names, occasion.with_whom] if occasion.with_whom else names)


def group_words(texts: Catalogue, occasion: Occasion) -> str:
    """Say whom one asks."""
    said = texts.form.listing([texts(f"dialogue_group.{one}") for one in occasion.groups])
    return f"{said} ({occasion.group_note})" if occasion.group_note else said


def occasion_words(texts: Catalogue, occasion: Occasion, *, place: str) -> str:
    """Say an occasion in one line."""
    return texts(
        "dialogue.occasion",
        where=where_words(texts, occasion, place=place),
        when=when_words(texts, occasion),
        askers=asker_words(texts, occasion),
        groups=group_words(texts, occasion),
        method=texts(f"dialogue_method.{occasion.method}").lower(),
    )


def outcome_words(texts: Catalogue, outcome: Outcome | None) -> str:
    """Say what an occasion gave, with its counts as they are; for staff."""
    if outcome is None:
        return texts("dialogue.outcome_none")
    counts = [
        texts(f"dialogue.{name}", n=count)
        for name, count in (("talks", outcome.talks), ("answers", outcome.answers))
        if count is not None
    ]
    said = texts.form.listing(counts) if counts else texts("dialogue.outcome_uncounted")
    parts = [
        said,
        outcome.note,
        texts("dialogue.sources", names=", ".join(outcome.sources)) if outcome.sources else "",
    ]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def step_words(
    texts: Catalogue, version: KeptDialogue, *, on: date, places: Mapping[int, str], with_name: bool
) -> str:
    """Say a step of a dialogue's history: when, by whom, what, and why.

    Parameters
    ----------
    on
        The local day on which it was taken.
    places
        Names of the register's places, by id.
    with_name
        Whether it is said who took it.
    """
    about = version.about
    if version.step in {Step.PUBLISH, Step.UNPUBLISH}:
        about = texts(f"dialogue.reader.{version.about}")
    elif version.step is Step.RECORD:
        occasion = version.dialogue.occasion(version.about)
        if occasion is not None:
            place = places.get(occasion.place, "") if occasion.place is not None else ""
            about = where_words(texts, occasion, place=place)
    elif version.step is Step.SET_DUE and version.course.result_due is not None:
        about = texts.form.day(version.course.result_due)
    said = texts(f"dialogue_step.{version.step}", about=about)
    line = (
        texts("dialogue.step_by", day=on, by=signed(texts, version.changed_by), step=said)
        if with_name
        else texts("dialogue.step", day=on, step=said)
    )
    return f"{line} {version.why}" if version.why else line
