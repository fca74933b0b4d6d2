"""The queue of places to settle: one phrase at a time, what it may mean, and the answers that hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.precision import LocationPrecision

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dashboard.texts.catalogue import Catalogue
    from etl.pipeline import SettledPlace, WaitingPhrase

PATH = "/ko"
SHOWN = 40
MOST_CHOICES = 5


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """One place that the phrase may mean: its key on the keyboard, and where it is if that can be shown."""

    number: str
    choice_id: str
    label: str
    kind: str
    sure: str
    lonlat: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class QueueCard:
    """The phrase that is asked about now."""

    phrase: str
    phrase_key: str
    why: str
    records: str
    choices: tuple[ChoiceLine, ...]


@dataclass(frozen=True, slots=True)
class QueueView:
    """The page in words.

    Attributes
    ----------
    card
        What is asked now; None when nothing waits that can be asked.
    waiting
        The others that wait: phrase, its key, and how many records.
    settled
        Answers that hold: the phrase, what was said, its key.
    """

    sentence: str
    basis: str
    card: QueueCard | None
    waiting: tuple[tuple[str, str, str], ...]
    waiting_more: str
    settled: tuple[tuple[str, str, str], ...]


def queue_view(
    texts: Catalogue,
    *,
    waiting: Sequence[WaitingPhrase],
    settled: Sequence[SettledPlace],
    skipped: Collection[str] = (),
    asked: str | None = None,
) -> QueueView:
    """Say what waits.

    Parameters
    ----------
    skipped
        Keys of phrases to ask about last.
    asked
        Key of the phrase to ask about now; else the one with most records.
    """
    with_words = [one for one in waiting if one.phrase_key]
    wordless = sum(one.records for one in waiting if not one.phrase_key)
    ordered = sorted(with_words, key=lambda one: (one.phrase_key != asked, one.phrase_key in skipped))
    records = sum(one.records for one in with_words)
    basis = texts("queue.basis", n=records) if with_words else texts("queue.basis_none")
    if wordless:
        basis = f"{basis} {texts('queue.wordless', n=wordless)}"
    rest = ordered[1:]
    return QueueView(
        sentence=texts("queue.sentence", n=len(with_words)) if with_words else texts("queue.sentence_none"),
        basis=basis,
        card=_card(texts, ordered[0]) if ordered else None,
        waiting=tuple(
            (one.phrase, one.phrase_key, texts("queue.records", n=one.records)) for one in rest[:SHOWN]
        ),
        waiting_more=texts("queue.more", n=len(rest) - SHOWN) if len(rest) > SHOWN else "",
        settled=tuple((one.phrase, _settled(texts, one), one.phrase_key) for one in settled),
    )


def kind_word(texts: Catalogue, kind: str) -> str:
    """Say what kind of place a candidate is."""
    key = f"found_kind.{kind}"
    return texts(key if key in texts else "found_kind.named_place")


def _card(texts: Catalogue, phrase: WaitingPhrase) -> QueueCard:
    streams = [texts(f"queue.stream.{stream}", n=count) for stream, count in phrase.counts.items() if count]
    return QueueCard(
        phrase=phrase.phrase,
        phrase_key=phrase.phrase_key,
        why=texts(f"waiting.{phrase.reason}"),
        records=texts.form.listing(streams),
        choices=tuple(
            ChoiceLine(
                number=str(number),
                choice_id=choice.choice_id,
                label=choice.label,
                kind=kind_word(texts, choice.kind),
                sure=texts("queue.sure", share=choice.confidence),
                lonlat=None
                if choice.longitude is None or choice.latitude is None
                else (choice.longitude, choice.latitude),
            )
            for number, choice in enumerate(phrase.choices[:MOST_CHOICES], start=1)
        ),
    )


def _settled(texts: Catalogue, answer: SettledPlace) -> str:
    if answer.precision is LocationPrecision.MUNICIPALITY:
        return texts("queue.settled_nowhere")
    if answer.label == answer.phrase or not answer.label:
        return texts("queue.settled_point")
    return answer.label
