"""As whom one looks: the audiences in the words of the address, and what a page may show each."""

from __future__ import annotations

from geodata.privacy import RULES, Audience

AUDIENCE_WORDS: dict[str, Audience] = {
    "polis": Audience.POLICE,
    "planerare": Audience.PLANNER,
    "samordnare": Audience.COORDINATOR,
    "namnd": Audience.COUNCIL,
    "allmanhet": Audience.PUBLIC,
}
"""What stands after ``som=`` in the address, in the order of the menu."""

WORD_OF = {audience: word for word, audience in AUDIENCE_WORDS.items()}


def is_staff(audience: Audience) -> bool:
    """Say whether `audience` works with the records themselves: free filters, points, raw rows."""
    return RULES[audience].exact_points
