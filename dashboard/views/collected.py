"""Where the survey stood, in words: from where the answers came, and where that shows on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.analyses.collection import FEWEST, NEAR_M

if TYPE_CHECKING:
    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.collection import Collection, CollectionPlace

NAMED = 3
"""Places that the sentence names."""


def collected_words(texts: Catalogue, collection: Collection) -> tuple[str, ...]:
    """Say from where the answers came, and of which places that shows; empty where too few say where."""
    total = sum(one.answers for one in collection.places)
    if total < FEWEST:
        return ()
    from_where = texts.form.listing(
        [
            texts("collected.one", share=texts.form.share(one.share), place=one.name)
            for one in collection.places[:NAMED]
        ]
    )
    drawn = any(one.lonlat is not None for one in collection.places)
    first = texts("collected.most", n=total, places=from_where)
    said = [f"{first} {texts('collected.rings')}" if drawn else first]
    said += [
        _shows(texts, one) for one in collection.places if one.nearness is not None and one.nearness.more
    ]
    return tuple(said)


def ring_words(texts: Catalogue, place: CollectionPlace) -> str:
    """Say what a ring on the map stands for."""
    return texts("collected.ring", place=place.name, share=texts.form.share(place.share))


def _shows(texts: Catalogue, place: CollectionPlace) -> str:
    found = place.nearness
    if found is None:
        return ""
    return texts(
        "collected.shows",
        place=place.name,
        metres=NEAR_M,
        share=texts.form.share(found.near / found.of),
        near=found.near,
        of=found.of,
        others=texts.form.share(found.others_near / found.others_of),
        others_near=found.others_near,
        others_of=found.others_of,
    )
