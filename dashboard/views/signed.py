"""Who did something, in words: an account's name, or as whom one looked where nobody signs in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.privacy import Audience

if TYPE_CHECKING:
    from dashboard.texts.catalogue import Catalogue

CODES = frozenset((*Audience, "command_line"))


def signed(texts: Catalogue, by: str) -> str:
    """Return the name that a screen gives whoever is written down as `by`.

    The open server on one's own machine knows no accounts: what is done there is written down under the
    code of the audience, which is no word for a screen. What the command line does where nobody is named is
    written down under a code of its own.
    """
    return texts(f"signed.{by}") if by in CODES else by
