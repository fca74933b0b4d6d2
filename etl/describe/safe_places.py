"""Surveys that ask where people feel safe as well as unsafe: the safe places are no problems."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.describe.lexicon import fold, lexicon

if TYPE_CHECKING:
    from collections.abc import Mapping

    from etl.describe.profile import Profile


def safe_columns(found: Mapping[str, Profile]) -> set[str]:
    """Return the columns that hold where it is safe, beside others for where it is not."""
    asks = re.compile(lexicon().safe["column"])
    return {heading for heading, profile in found.items() if asks.search(profile.folded)}


def safe_values(profile: Profile) -> list[str]:
    """Return the cells of a column that say safe, where others of it say unsafe; else none."""
    says, not_so = (re.compile(lexicon().safe[name]) for name in ("value", "unsafe"))
    if not any(not_so.fullmatch(fold(cell)) for cell in profile.distinct):
        return []
    return [cell for cell in profile.distinct if says.fullmatch(fold(cell))]
