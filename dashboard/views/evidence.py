"""How evidence about a place is said: three streams against what is expected, the class, the best window."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.access.audiences import is_staff
from dashboard.views.address import format_search
from dashboard.views.filters import category_word
from geodata.evidence.agreement import Agreement
from geodata.evidence.ranking import FIRST
from geodata.privacy import RULES
from geodata.schema import Stream

if TYPE_CHECKING:
    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.address import Address
    from geodata.analyses.ranking import RankedPlace, StreamEvidence
    from geodata.evidence.windows import Window

SCALE_TOP = 8.0
"""Ratios above this are drawn at the end of the scale; the words carry the figure."""

EXPECTED_AT = 0.5
"""Where on the drawn scale the expected lies."""


@dataclass(frozen=True, slots=True)
class StreamBar:
    """One stream at one place.

    Attributes
    ----------
    ratio, low, high
        Shares of the scale, 0 to 1, with the expected at `EXPECTED_AT`; None where nothing is drawn.
    count, reading, short
        The count with what was expected, and the ratio with its range, in words and in few words.
    """

    stream: str
    label: str
    source: str
    count: str
    reading: str
    short: str
    ratio: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class RankedItem:
    """One place in a ranking, in words.

    Attributes
    ----------
    sureness
        How sure the class of agreement is; empty where there is too little to tell.
    among_first
        How likely the place truly is among the first; empty where that says nothing.
    beside, href
        Where it opens beside the map, and as a page of its own.
    """

    place_id: int
    rank: str
    rank_range: str
    name: str
    kind: str
    kind_code: str
    agreement: str
    agreement_code: str
    sureness: str
    among_first: str
    bars: tuple[StreamBar, ...]
    why: str
    window: str
    beside: str
    href: str


def on_scale(ratio: float) -> float:
    """Return where a ratio to the expected is drawn, 0 to 1.

    Twice the expected lies as far to the right of the middle as half of it lies to the left: the scale is
    logarithmic from an eighth to eight times.
    """
    bounded = min(max(ratio, 1 / SCALE_TOP), SCALE_TOP)
    return EXPECTED_AT + EXPECTED_AT * math.log(bounded) / math.log(SCALE_TOP)


def stream_bar(texts: Catalogue, evidence: StreamEvidence, *, exact: bool) -> StreamBar:
    """Say one stream's evidence.

    Parameters
    ----------
    exact
        Whether the numbers are as counted; else what is expected is in whole records, and is said so.
    """
    stream = str(evidence.stream)
    drawn = evidence.tellable and evidence.ratio is not None
    return StreamBar(
        stream=stream,
        label=texts(f"stream.{stream}.verb"),
        source=texts(f"stream.{stream}.source"),
        count=_count(texts, evidence, exact=exact),
        reading=_reading(texts, evidence, "ratio"),
        short=_reading(texts, evidence, "short"),
        ratio=on_scale(evidence.ratio) if drawn and evidence.ratio is not None else None,
        low=on_scale(evidence.low) if drawn and evidence.low is not None else None,
        high=on_scale(evidence.high) if drawn and evidence.high is not None else None,
    )


def ranked_item(texts: Catalogue, place: RankedPlace, address: Address, *, language: str) -> RankedItem:
    """Say one ranked place.

    Parameters
    ----------
    address, language
        Where one stands, whose filters the links carry on, and the project's language.
    """
    agreement = str(place.agreement)
    exact = RULES[address.audience].exact_counts
    return RankedItem(
        place_id=place.place_id,
        rank=texts.form.number(place.rank) if place.rank is not None else "–",
        rank_range=rank_range(texts, place),
        name=place.name,
        kind=texts(f"kind.{place.kind}"),
        kind_code=str(place.kind),
        agreement=texts(f"agreement.{picture(place)}"),
        agreement_code=agreement,
        sureness=sureness_words(texts, place.agreement_sureness),
        among_first=among_first_words(texts, place),
        bars=tuple(stream_bar(texts, evidence, exact=exact) for evidence in place.streams),
        why=why(texts, place, address),
        window=window_words(texts, place.window),
        beside=f"/{_search(address, place.place_id, language=language)}",
        href=f"/platser/{place.place_id}{_search(address, None, language=language)}",
    )


def picture(place: RankedPlace) -> str:
    """Return the code of a place's class with what is clearly more than expected there in spite of it.

    A place that a sentence names for having clearly more must not be "too few to tell", or calm, and no
    more, in the list below it.
    """
    said = str(place.agreement)
    above = {one.stream for one in place.streams if one.tellable and one.low is not None and one.low > 1}
    if place.agreement is Agreement.TOO_FEW and Stream.INCIDENT in above:
        return f"{said}_but_recorded"
    if place.agreement is Agreement.TOO_FEW and Stream.SURVEY in above:
        return f"{said}_but_felt"
    if place.agreement in {Agreement.TOO_FEW, Agreement.NEITHER} and Stream.REVIEW in above:
        return f"{said}_but_seen"
    return said


def _search(address: Address, place_id: int | None, *, language: str) -> str:
    return format_search(replace(address, place_id=place_id, area_id=None, kind=None), language=language)


def rank_range(texts: Catalogue, place: RankedPlace) -> str:
    """Say between which ranks a place lies."""
    if place.rank is None:
        return texts("place.rank_unknown")
    return texts("place.rank_range", range=texts.form.span(place.rank_low, place.rank_high))


def among_first_words(texts: Catalogue, place: RankedPlace) -> str:
    """Say how likely a place truly is among the first."""
    if place.among_first is None:
        return ""
    return texts("place.among_first", first=FIRST, chance=place.among_first)


def sureness_words(texts: Catalogue, sureness: float | None) -> str:
    """Say how sure a class of agreement is."""
    return "" if sureness is None else texts("evidence.sureness", chance=sureness)


def why(texts: Catalogue, place: RankedPlace, address: Address) -> str:
    """Say what is most common there, and its share: of how many, to those who see every number."""
    if place.top_category is None:
        return ""
    word = category_word(texts, place.top_category).lower()
    if not is_staff(address.audience):
        return texts("place.why_open", category=word, share=place.top_share)
    asked = address.selection.streams
    of = sum(evidence.count or 0 for evidence in place.streams if evidence.stream in asked)
    return texts("place.why", category=word, share=place.top_share, n=of)


def window_words(texts: Catalogue, window: Window | None) -> str:
    """Say the best window with its base; empty where none stands out."""
    if window is None:
        return ""
    if not window.evidence:
        return texts.form.pass_window(window)
    return texts("place.window", window=window, count=window.count, of=window.of)


def _count(texts: Catalogue, evidence: StreamEvidence, *, exact: bool) -> str:
    if evidence.count is None:
        return texts("evidence.withheld")
    noun = texts(f"stream.{evidence.stream}.count", n=evidence.count)
    if evidence.expected is None:
        return noun
    return texts(
        "evidence.count" if exact else "evidence.count_rounded", count=noun, expected=evidence.expected
    )


def _reading(texts: Catalogue, evidence: StreamEvidence, form: str) -> str:
    if not evidence.tellable or evidence.ratio is None:
        return texts("evidence.too_few")
    if evidence.low is None or evidence.high is None:
        return texts(f"evidence.{form}", ratio=evidence.ratio)
    span = texts.form.span(evidence.low, evidence.high, decimals=1)
    return texts(f"evidence.{form}_range", ratio=evidence.ratio, range=span)
