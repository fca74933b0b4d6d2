"""How it is said that a source ends before the others, and what that means for the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.views.sources import source_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.texts.catalogue import Catalogue
    from geodata.evidence.source_end import SourceEnd


def ends_words(texts: Catalogue, ends: Sequence[SourceEnd]) -> str:
    """Name each source and its last day: ``Handelser slutar 30 juni 2026``."""
    return texts.form.listing(
        [texts("source_end.one", source=source_word(texts, one.source, {}), day=one.last) for one in ends]
    )


def ends_notice(texts: Catalogue, ends: Sequence[SourceEnd]) -> tuple[str, ...]:
    """Say what a picture lacks where sources end inside its period; nothing where none does."""
    return (texts("source_end.picture", ends=ends_words(texts, ends)),) if ends else ()
