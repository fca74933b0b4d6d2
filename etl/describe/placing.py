"""The location rule of a mapping: a point, a shape, words for the place, or the name of an area."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from etl.describe.places import find_crs, has_shapes
from etl.describe.reasons import Reason
from etl.describe.scoring import reasons

if TYPE_CHECKING:
    from collections.abc import Mapping

    from etl.describe.drafts import Draft
    from etl.describe.places import Box, Coordinates
    from etl.describe.profile import Profile
    from etl.describe.scoring import Guess
    from etl.readers.raw_table import RawTable

WITH_WORDS = frozenset({"observations", "measurements"})
"""Tables whose rows may be found by words."""


def place(
    draft: Draft,
    raw: RawTable,
    found: Mapping[str, Profile],
    guesses: Mapping[str, Guess],
    coordinates: Coordinates | None,
    *,
    region: Box | None,
) -> str | None:
    """Put the location rule into the mapping.

    Returns
    -------
    str or None
        Heading of the municipality's name, where the file holds several municipalities.
    """
    table = draft.mapping["table"]
    rule: dict[str, Any] = {}
    if has_shapes(raw):
        rule["geometry"] = True
        _say_crs(draft, rule, raw, region)
    elif coordinates is not None:
        _point(draft, rule, coordinates)
    if table in WITH_WORDS:
        _words(draft, rule, found, guesses)
    area, several = guesses.get("area"), None
    if area is not None and table == "observations":
        if not rule:
            rule["area"] = area.heading
        several = area.heading if len(found[area.heading].distinct) > 1 else None
    if rule:
        draft.mapping["location"] = rule
    return several


def _words(
    draft: Draft, rule: dict[str, Any], found: Mapping[str, Profile], guesses: Mapping[str, Guess]
) -> None:
    for role, becomes in (("place", "location.place"), ("site", "fields.site")):
        guess = guesses.get(role)
        if guess is not None:
            rule["place"] = guess.heading
            why = reasons(role, found[guess.heading])
            draft.use(guess.heading, becomes, *why, score=guess.score, others=guess.others)
            return


def _say_crs(draft: Draft, rule: dict[str, Any], raw: RawTable, region: Box | None) -> None:
    """Say the system of shapes whose file does not."""
    known = find_crs(raw, region=region) if raw.crs is None else None
    if known is not None:
        rule["crs"] = known[0]
        _doubt_crs(draft, known[1])


def _point(draft: Draft, rule: dict[str, Any], pair: Coordinates) -> None:
    first, second = ("longitude", "latitude") if pair.degrees else ("east", "north")
    rule[first], rule[second] = pair.east, pair.north
    if not pair.degrees:
        rule["crs"] = pair.crs
    why = Reason("coordinates", {"crs": str(pair.crs)})
    draft.use(pair.east, f"location.{first}", why)
    draft.use(pair.north, f"location.{second}", why)
    _doubt_crs(draft, pair.others)
    if pair.far:
        draft.doubt("doubt_far", crs=str(pair.crs))


def _doubt_crs(draft: Draft, others: tuple[int, ...]) -> None:
    if others:
        draft.doubt("doubt_crs", other=", ".join(map(str, others)))
