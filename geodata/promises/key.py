"""Keys made of names, for those who write none themselves."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

LONGEST = 60


def key_from(name: str, *, taken: Collection[str] = ()) -> str:
    """Return a key made of a name that none of `taken` has: small letters, digits and hyphens.

    >>> key_from("Översyn av trafikmiljöer")
    'oversyn-av-trafikmiljoer'
    >>> key_from("Krogtillsyn", taken=["krogtillsyn"])
    'krogtillsyn-2'
    """
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-") or "lofte"
    key, number = base, 1
    while key in taken:
        number += 1
        key = f"{base}-{number}"
    return key
