"""What the page of dialogues says: which are under way, whose result is owed, and each in a few words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.access.actions import Action, may
from dashboard.views.address import format_search
from dashboard.views.dialogue_words import lapse_words, state_note
from dashboard.views.frame import Way
from geodata.analyses.dialogues import ABOUT_RESULT
from geodata.dialogues.dialogue import DialogueState
from geodata.periods import Period

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.address import Address
    from geodata.analyses.dialogues import DialogueAnswer
    from geodata.dialogues.dialogue import Dialogue
    from geodata.dialogues.lapse import Lapse
    from geodata.store.dialogues import KeptDialogue

PATH = "/dialoger"
NEW_PATH = "/dialoger/ny"

MOST_OWED = 3
"""Dialogues that a start page names."""


@dataclass(frozen=True, slots=True)
class DialogueCard:
    """One dialogue in a few words."""

    name: str
    href: str
    kind: str
    period: str
    state: str
    word: str
    said: str
    lapse: str
    occasions: str
    gave: str
    made_up: str


@dataclass(frozen=True, slots=True)
class DialoguesView:
    """The page in words."""

    sentence: str
    basis: tuple[str, ...]
    cards: tuple[DialogueCard, ...]
    empty: str
    ways: tuple[Way, ...]


def dialogues_view(
    texts: Catalogue, address: Address, *, answers: Sequence[DialogueAnswer], today: date, language: str
) -> DialoguesView:
    """Say which dialogues there are.

    Parameters
    ----------
    language
        The project's language, which the address need not say.
    """
    search = format_search(address, language=language)
    keeps = may(address.audience, Action.KEEP_DIALOGUES)
    return DialoguesView(
        sentence=_sentence(texts, answers, today),
        basis=(
            texts("dialogues.looked_at", day=today),
            texts("dialogues.states_open"),
            *(() if all(one.exact for one in answers) else (texts("dialogues.rounded"),)),
        )
        if answers
        else (),
        cards=tuple(_card(texts, one, search) for one in answers),
        empty="" if answers else texts("dialogues.none_next" if keeps else "dialogues.none_wait"),
        ways=(Way(texts("dialogues.add"), f"{NEW_PATH}{search}"),) if keeps else (),
    )


def owed_sentence(texts: Catalogue, answers: Sequence[DialogueAnswer]) -> str:
    """Say whose results are owed; empty where none is."""
    owed = [one for one in answers if one.lapse is not None and one.lapse.code in ABOUT_RESULT]
    if not owed:
        return ""
    names = [one.kept.dialogue.name for one in owed]
    return texts("dialogues.owed", n=len(owed), names=texts.form.listing(names))


def owed_lines(
    texts: Catalogue, owed: Sequence[tuple[KeptDialogue, Lapse]], *, search: str
) -> tuple[tuple[Way, str], ...]:
    """Say what each dialogue owes, beside the way to it; how many more there are stands last."""
    lines = [
        (Way(kept.dialogue.name, f"{PATH}/{kept.dialogue.key}{search}"), lapse_words(texts, lapse))
        for kept, lapse in owed[:MOST_OWED]
    ]
    more = len(owed) - MOST_OWED
    if more > 0:
        lines.append((Way(texts("dialogues.title"), f"{PATH}{search}"), texts("dialogues.owed_more", n=more)))
    return tuple(lines)


def period_words(texts: Catalogue, dialogue: Dialogue) -> str:
    """Say the days of a dialogue."""
    return texts.form.period(Period(dialogue.first, dialogue.last))


def gave_words(texts: Catalogue, *, talks: int | None, answers: int | None) -> str:
    """Say what is recorded; empty where nothing is, or it is withheld."""
    counts = [
        texts(f"dialogue.{name}", n=count)
        for name, count in (("talks", talks), ("answers", answers))
        if count is not None
    ]
    return texts.form.listing(counts) if counts else ""


def _sentence(texts: Catalogue, answers: Sequence[DialogueAnswer], today: date) -> str:
    if not answers:
        return texts("dialogues.sentence_none")
    owed = owed_sentence(texts, answers)
    if owed:
        return owed
    for state in (DialogueState.OPEN, DialogueState.PLANNED):
        found = [
            one.kept.dialogue
            for one in answers
            if one.kept.course.state is state and one.kept.dialogue.last >= today
        ]
        if found:
            first = min(found, key=lambda one: one.first)
            return texts(
                f"dialogues.sentence_{state}",
                n=len(found),
                name=first.name,
                first=first.first,
                last=first.last,
            )
    return texts("dialogues.sentence_done")


def _card(texts: Catalogue, answer: DialogueAnswer, search: str) -> DialogueCard:
    dialogue, course = answer.kept.dialogue, answer.kept.course
    gave = gave_words(texts, talks=answer.talks, answers=answer.answers)
    return DialogueCard(
        name=dialogue.name,
        href=f"{PATH}/{dialogue.key}{search}",
        kind=texts(f"dialogue_kind.{dialogue.kind}"),
        period=period_words(texts, dialogue),
        state=str(course.state),
        word=texts(f"dialogue_state.{course.state}"),
        said=state_note(texts, course),
        lapse=lapse_words(texts, answer.lapse),
        occasions=texts("dialogues.occasions", n=len(dialogue.occasions))
        if dialogue.occasions
        else texts("dialogues.no_occasions"),
        gave=texts("dialogues.gave", counts=gave) if gave else "",
        made_up=texts("promises.made_up") if dialogue.made_up else "",
    )
