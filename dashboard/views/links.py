"""What the page of duplicates says: pairs of records that are taken for one, why, and how sure that is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.views.sources import source_word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.texts.catalogue import Catalogue
    from etl.pipeline import LinkedRecord, LinkView

PATH = "/dubbletter"
SHOWN = 60

BY_WORDS = frozenset({"same_event", "same_complaint"})
"""Reasons whose score is how alike the words are."""

FORMAL = 3
"""A sentence in so many pairs is a form's and no person's."""


@dataclass(frozen=True, slots=True)
class RecordLines:
    """One record of a pair: whose and when, where, what it says."""

    head: str
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class PairLines:
    """One pair in words; the second is the one that counts, and `sure` says what is alike and how much."""

    observation_id: str
    linked_to: str
    why: str
    sure: str
    repeats: RecordLines
    counts: RecordLines
    undone: bool


@dataclass(frozen=True, slots=True)
class LinksView:
    """The page in words."""

    sentence: str
    basis: str
    pairs: tuple[PairLines, ...]
    more: str


def links_view(texts: Catalogue, links: Sequence[LinkView], *, mappings: Mapping[str, str]) -> LinksView:
    """Say which records are taken for one, the least sure first.

    Parameters
    ----------
    mappings
        Source → its mapping, for what a source is called.
    """
    undone = sum(link.undone for link in links)
    told = Counter(link.record.text for link in links if link.record.text)
    basis = [texts("links.basis" if links else "links.basis_none")]
    if undone:
        basis.append(texts("links.undone_count", n=undone))
    return LinksView(
        sentence=texts("links.sentence", n=len(links)) if links else texts("links.sentence_none"),
        basis=" ".join(basis),
        pairs=tuple(
            PairLines(
                observation_id=link.record.observation_id,
                linked_to=link.linked_to.observation_id,
                why=texts(f"link_reason.{link.reason}"),
                sure=_alike(texts, link, told[link.record.text]),
                repeats=_record(texts, link.record, mappings),
                counts=_record(texts, link.linked_to, mappings),
                undone=link.undone,
            )
            for link in links[:SHOWN]
        ),
        more=texts("links.more", n=len(links) - SHOWN) if len(links) > SHOWN else "",
    )


def _alike(texts: Catalogue, link: LinkView, told: int) -> str:
    """Say what is alike in a pair, and of words that many pairs share that they say little by themselves."""
    said = texts(f"links.alike.{link.reason}", share=link.score)
    return (
        said if told < FORMAL or link.reason not in BY_WORDS else f"{said} · {texts('links.formal', n=told)}"
    )


def _record(texts: Catalogue, record: LinkedRecord, mappings: Mapping[str, str]) -> RecordLines:
    source = source_word(texts, record.source, dict(mappings))
    day = texts.form.day(record.day) if record.day else texts("sources.unknown_day")
    return RecordLines(
        head=f"{source} · {day}",
        place=record.place,
        text=record.text or texts("links.no_text"),
    )
