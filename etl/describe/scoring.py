"""Which column may be what: every role of a table tried against every column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from etl.describe.lexicon import lexicon
from etl.describe.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from etl.describe.lexicon import Role
    from etl.describe.profile import Profile

BY_HEADING = 0.6
"""How much the heading counts; the cells count for the rest."""
BY_WORDS = 0.35
"""The same where the cells are words of a vocabulary, which say more."""
ENOUGH = 0.5
"""Score from which a column may be taken for a role."""
CLOSE = 0.08
"""A second column this close behind is a doubt."""
SENTENCE = 18.0
"""Characters in the mean from which cells are taken for sentences."""
FIGURES = r"[-+0-9.,;:\s]+"
"""Cells of figures alone: numbers, coordinates in one cell, codes."""
ABOUT = r"(?i)(?:ca|c:a|cirka|ungefär|omkring|about)\.?\s*[0-9][0-9 ]*"
"""Cells of a number that is not exact: ``cirka 440``."""
DIGITS = r"(?:[01]?[0-9]|2[0-3])[0-5][0-9]"
ID_LENGTH = 60.0
KNOWN = 0.4
"""Share of known words from which a column may be one of codes."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A column taken for a role, with the columns that came close behind."""

    role: str
    heading: str
    score: float
    others: tuple[str, ...] = ()


def assign(
    found: Mapping[str, Profile], *, table: str | None, taken: Collection[str], skip: Collection[str] = ()
) -> dict[str, Guess]:
    """Give each role of a table the column that suits it best, the surest first.

    Parameters
    ----------
    found
        Heading → profile.
    table
        Roles of this table; of all tables when None.
    taken
        Headings that are something already.
    skip
        Roles that are not asked for.
    """
    scores = sorted(
        (
            (score(role, profile), role.name, heading)
            for role in lexicon().roles
            if (table is None or table in role.tables) and role.name not in skip
            for heading, profile in found.items()
            if heading not in taken
        ),
        key=lambda one: -one[0],
    )
    guesses: dict[str, Guess] = {}
    used: set[str] = set()
    for value, role, heading in scores:
        if value < ENOUGH or role in guesses or (heading in used and table is not None):
            continue
        guesses[role] = Guess(role, heading, value)
        used.add(heading)
    return {
        role: Guess(role, guess.heading, guess.score, tuple(_close(scores, guess, used)))
        for role, guess in guesses.items()
    }


def _close(scores: Iterable[tuple[float, str, str]], guess: Guess, used: set[str]) -> Iterable[str]:
    return (
        heading
        for value, role, heading in scores
        if role == guess.role and heading not in used and value >= max(ENOUGH, guess.score - CLOSE)
    )


def score(role: Role, profile: Profile) -> float:
    """Say how well a column suits a role, 0 to 1; 0 where its cells can't be what the role is."""
    heading = role.heading(profile.folded)
    # Cells that are sentences or words of a vocabulary may speak for themselves; numbers and days may not.
    if heading == 0.0 and role.kind not in {"codes", "text"}:
        return 0.0
    cells = CELLS[role.kind](role, profile)
    if cells <= 0.0:
        return 0.0
    by_heading = BY_WORDS if role.kind == "codes" else BY_HEADING
    return by_heading * heading + (1 - by_heading) * cells


def reasons(role: str, profile: Profile) -> tuple[Reason, ...]:
    """Say why a column was taken for a role."""
    known = next(one for one in lexicon().roles if one.name == role)
    word = max((*known.headings, *known.weak), key=lambda one: _alike(profile.folded, one), default="")
    # The lexicon has words without accents; where the heading is one of them, it stands as the file has it.
    alike = profile.heading if profile.folded == word else word
    why = [Reason("heading", {"word": alike}) if known.heading(profile.folded) else Reason("heading_none")]
    percent = f"{100 * max(profile.layouts.share, profile.vocabularies.get(known.vocabulary, 0.0)):.0f}"
    first = profile.examples[0] if profile.examples else ""
    if known.kind in {"day", "moment"}:
        layout = ", ".join(profile.layouts.days or profile.layouts.moments)
        why.append(Reason("days", {"share": percent, "layout": layout}))
    elif known.kind == "codes":
        why.append(Reason("words_known", {"share": percent, "value": first}))
    elif known.kind in {"number", "share"}:
        if known.pattern and profile.share(rf".*(?:{known.pattern}).*"):
            return (*why, Reason("within", {"value": first}))
        if np.isnan(profile.low):
            return (*why, Reason("about", {"share": f"{100 * profile.share(ABOUT):.0f}", "value": first}))
        ends = {"low": f"{profile.low:g}", "high": f"{profile.high:g}"}
        why.append(Reason("numbers", {"share": f"{100 * profile.numeric:.0f}", **ends}))
    elif known.kind == "clock":
        why.append(Reason("clocks", {"share": f"{100 * profile.clock:.0f}"}))
    elif known.kind == "text":
        why.append(Reason("free_text", {"length": f"{profile.length:.0f}"}))
    elif known.kind == "id" and profile.unique:
        why.append(Reason("unique"))
    return tuple(why)


def _alike(heading: str, word: str) -> int:
    return len(set(heading.split()) & set(word.split())) * 10 + (word in heading)


def _id(_role: Role, profile: Profile) -> float:
    usable = profile.unique and profile.filled == 1.0 and profile.length <= ID_LENGTH
    return float(usable and not profile.layouts.share)


def _day(_role: Role, profile: Profile) -> float:
    return profile.layouts.share * profile.filled if profile.layouts.days else 0.0


def _moment(_role: Role, profile: Profile) -> float:
    return profile.layouts.share * profile.filled if profile.layouts.moments else 0.0


def _clock(_role: Role, profile: Profile) -> float:
    if profile.layouts.share:
        return 0.0
    # 1730 is a time of day where the heading says so, which is asked for before the cells are.
    return max(profile.clock, profile.share(DIGITS))


def _hours(_role: Role, profile: Profile) -> float:
    return profile.hours


def _number(role: Role, profile: Profile) -> float:
    """Numbers within the role's range, a slip of the keyboard among them allowed."""
    if role.pattern and profile.share(rf".*(?:{role.pattern}).*"):
        return profile.share(rf".*(?:{role.pattern}).*")
    if profile.share(ABOUT) > profile.numeric:
        return profile.share(ABOUT)
    if np.isnan(profile.low) or profile.high < role.low or profile.low > role.high:
        return 0.0
    if profile.numeric < KNOWN:
        return 0.0
    beyond = profile.low < role.low or profile.high > role.high
    return profile.numeric * (0.5 if beyond else 1.0)


def _share(_role: Role, profile: Profile) -> float:
    return max(profile.numeric, profile.share(r"[0-9]+(?:[.,][0-9]+)?\s*%"))


def _codes(role: Role, profile: Profile) -> float:
    known = profile.vocabularies.get(role.vocabulary, 0.0)
    return known if known >= KNOWN else 0.0


def _words(_role: Role, profile: Profile) -> float:
    """Words rather than numbers, dates or clocks; a column that is nearly empty may still be some."""
    if not profile.distinct or profile.layouts.share or profile.share(FIGURES) > KNOWN:
        return 0.0
    return 1.0


def _label(_role: Role, profile: Profile) -> float:
    """Anything short: school years are written ``7-9``."""
    return float(bool(profile.distinct) and profile.length < SENTENCE)


def _text(role: Role, profile: Profile) -> float:
    if not _words(role, profile):
        return 0.0
    return min(profile.length / SENTENCE, 1.0) * profile.spaced


def _areas(_role: Role, profile: Profile) -> float:
    return float(bool(profile.distinct) and profile.numeric < KNOWN and not profile.layouts.share)


def _municipality_code(_role: Role, profile: Profile) -> float:
    return float(profile.share(r"[0-9]{4}") == 1.0 and profile.filled == 1.0)


CELLS: dict[str, Callable[[Role, Profile], float]] = {
    "id": _id,
    "day": _day,
    "moment": _moment,
    "clock": _clock,
    "hours": _hours,
    "number": _number,
    "share": _share,
    "codes": _codes,
    "words": _words,
    "label": _label,
    "text": _text,
    "areas": _areas,
    "municipality_code": _municipality_code,
}
"""Kind of role → how well a column's cells suit it, 0 to 1."""
