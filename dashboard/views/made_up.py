"""What every screen and sheet says where the data are made up."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.texts.catalogue import Catalogue
    from geodata.sections import Municipality


def made_up_words(texts: Catalogue, municipality: Municipality) -> str:
    """Say that data are made up: of a municipality that does not exist, or of a real one for practice.

    Empty where they are not.
    """
    if not municipality.made_up:
        return ""
    said = "frame.practice" if municipality.practised else "frame.made_up"
    return texts(said, name=municipality.name)
