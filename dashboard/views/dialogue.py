"""What the page of one dialogue says: its state, its occasions and what they gave, and its result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.access.actions import Action, may
from dashboard.views.address import format_search
from dashboard.views.dialogue_words import (
    asker_words,
    group_words,
    lapse_words,
    reader_words,
    state_note,
    step_words,
    when_words,
    where_words,
)
from dashboard.views.dialogues import PATH, gave_words, period_words
from dashboard.views.frame import Way
from geodata.dialogues.dialogue import Reader

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.address import Address
    from geodata.analyses.dialogues import DialogueAnswer, OccasionAnswer
    from geodata.store.dialogues import KeptDialogue

FILES = ("pdf", "html", "ics")
"""What the schedule may be taken along as."""


@dataclass(frozen=True, slots=True)
class OccasionRow:
    """One occasion: its number on schedule and map, and its cells in words.

    Attributes
    ----------
    notes
        What stands small below where it is: a place out of use, and for staff what was noted.
    """

    number: str
    key: str
    where: str
    notes: tuple[str, ...]
    when: str
    who: str
    whom: str
    how: str
    bring: str
    gave: str
    imported: str


@dataclass(frozen=True, slots=True)
class GivenBack:
    """Whether the result was given back to somebody: to whom, in words, and its address."""

    to: str
    reader: str
    said: str
    link: str
    done: bool


@dataclass(frozen=True, slots=True)
class DialogueView:
    """The page in words.

    Attributes
    ----------
    facts
        What it is, and in words.
    gave
        Sentences of what it gave in all, and what of it is imported.
    may_keep
        Whether the forms stand below.
    """

    key: str
    version: int
    name: str
    back: str
    state: str
    word: str
    said: str
    lapse: str
    made_up: str
    facts: tuple[tuple[str, str], ...]
    rows: tuple[OccasionRow, ...]
    gave: tuple[str, ...]
    given_back: tuple[GivenBack, ...]
    files: tuple[Way, ...]
    history: tuple[str, ...]
    may_keep: bool


def dialogue_view(
    texts: Catalogue,
    address: Address,
    *,
    answer: DialogueAnswer,
    versions: Sequence[KeptDialogue],
    zone: ZoneInfo,
    language: str,
) -> DialogueView:
    """Say one dialogue.

    Parameters
    ----------
    versions
        Oldest first.
    zone
        The municipality's, for the days of its history.
    language
        The project's language, which the address need not say.
    """
    search = format_search(address, language=language)
    dialogue, course = answer.kept.dialogue, answer.kept.course
    facts = {
        "kind": texts(f"dialogue_kind.{dialogue.kind}"),
        "days": period_words(texts, dialogue),
        "question": dialogue.question,
        "along": texts.form.listing(dialogue.needs) if dialogue.needs else "",
        "source": dialogue.source,
    }
    return DialogueView(
        key=dialogue.key,
        version=answer.kept.version,
        name=dialogue.name,
        back=f"{PATH}{search}",
        state=str(course.state),
        word=texts(f"dialogue_state.{course.state}"),
        said=state_note(texts, course),
        lapse=lapse_words(texts, answer.lapse),
        made_up=texts("promises.made_up") if dialogue.made_up else "",
        facts=tuple((texts(f"dialogues.{name}"), said) for name, said in facts.items() if said),
        rows=tuple(
            occasion_row(texts, one, number=number, answer=answer)
            for number, one in enumerate(answer.occasions, start=1)
        ),
        gave=_gave(texts, answer),
        given_back=tuple(_given_back(texts, answer.kept, reader) for reader in Reader),
        files=tuple(
            Way(texts(f"dialogues.file_{form}"), f"{PATH}/{dialogue.key}.{form}{search}") for form in FILES
        )
        if dialogue.occasions
        else (),
        history=tuple(
            step_words(
                texts,
                one,
                on=one.changed_at.astimezone(zone).date(),
                places={
                    held.occasion.place: held.place
                    for held in answer.occasions
                    if held.occasion.place is not None
                },
                with_name=answer.exact,
            )
            for one in reversed(versions)
        ),
        may_keep=may(address.audience, Action.KEEP_DIALOGUES),
    )


def occasion_row(
    texts: Catalogue, one: OccasionAnswer, *, number: int, answer: DialogueAnswer
) -> OccasionRow:
    """Say one occasion as a row."""
    occasion = one.occasion
    notes = [texts("dialogues.retired")] if one.retired else []
    if one.note:
        notes.append(one.note)
    gave = gave_words(texts, talks=one.talks, answers=one.answers)
    if not gave:
        gave = texts("evidence.withheld_short") if one.recorded and answer.withheld else "–"
        if one.recorded and not answer.withheld:
            gave = texts("dialogue.outcome_uncounted").lower()
    if one.imported is None:
        imported = texts("evidence.withheld_short") if answer.withheld else "–"
    else:
        imported = texts.form.number(one.imported)
    return OccasionRow(
        number=str(number),
        key=occasion.key,
        where=where_words(texts, occasion, place=one.place),
        notes=tuple(notes),
        when=when_words(texts, occasion),
        who=asker_words(texts, occasion),
        whom=group_words(texts, occasion),
        how=texts(f"dialogue_method.{occasion.method}"),
        bring=", ".join(occasion.needs),
        gave=gave,
        imported=imported,
    )


def _gave(texts: Catalogue, answer: DialogueAnswer) -> tuple[str, ...]:
    said = []
    counts = gave_words(texts, talks=answer.talks, answers=answer.answers)
    if counts:
        said.append(texts("dialogues.recorded_sum", counts=counts))
    if answer.imported is not None:
        said.append(texts("dialogues.imported_sum", n=answer.imported))
        if answer.exact and answer.answers is not None and answer.answers != answer.imported:
            more = "fewer" if answer.imported < answer.answers else "more"
            said.append(texts(f"dialogues.imported_{more}", n=abs(answer.answers - answer.imported)))
    if answer.elsewhere:
        said.append(texts("dialogues.elsewhere", n=answer.elsewhere))
    if answer.withheld:
        said.append(texts("dialogues.withheld"))
    elif not answer.exact and said:
        said.append(texts("dialogues.rounded"))
    return tuple(said)


def _given_back(texts: Catalogue, kept: KeptDialogue, reader: Reader) -> GivenBack:
    told = next((one for one in kept.course.publications if one.to is reader), None)
    said = (
        texts("dialogues.not_told")
        if told is None
        else texts("dialogues.told", day=told.day, where=told.where)
    )
    return GivenBack(
        to=texts("dialogues.to", reader=reader_words(texts, (reader,))),
        reader=str(reader),
        said=said,
        link=told.link if told is not None else "",
        done=told is not None,
    )
