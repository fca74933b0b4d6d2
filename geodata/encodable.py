"""Whether a text can be kept: a database takes no NUL, and no half of a pair of surrogates."""

from __future__ import annotations

from geodata.errors import ParameterError


def require_encodable(text: str, *, field: str) -> None:
    """Refuse a text that no database keeps; no keyboard writes such a one.

    Raises
    ------
    ParameterError
        ``text_not_encodable`` with the `field`.
    """
    if "\0" in text or any("\ud800" <= one <= "\udfff" for one in text):
        raise ParameterError(
            "text_not_encodable", f"{field} holds a character that can't be kept.", field=field
        )
