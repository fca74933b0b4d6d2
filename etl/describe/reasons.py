"""Every reason and doubt that a description can give, with its English sentence.

The text catalogue has words for each in every language; placeholders are filled from the values.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

REASONS: dict[str, str] = {
    # Why a column became what it became.
    "heading": "the heading is like {word}",
    "heading_none": "the heading says nothing; the cells decide",
    "unique": "no value comes twice",
    "unique_together": "no pair of them comes twice",
    "days": "{share} % of the cells are dates written {layout}",
    "clocks": "{share} % of the cells are times of day",
    "numbers": "{share} % of the cells are numbers from {low} to {high}",
    "within": "the number stands within the cells, such as {value}",
    "words_known": "{share} % of the cells are known words, such as {value}",
    "free_text": "the cells are sentences, {length} characters in the mean",
    "coordinates": "together the two give points in EPSG:{crs}",
    "compound": "the cells hold several things in one: {value}",
    "state": "rows with {value} are no events of their own and are set aside",
    "several_municipalities": "the file holds several municipalities",
    "checklist": "the cells are the marks of a checklist: {value}",
    "safe": "says where it is safe, which is no problem; kept out",
    "unused": "nothing that the import has room for; kept out",
    "empty": "the column is empty",
    # What a person should look at.
    "doubt_order": (
        "every date of {column} may be {layout} or {other}: the import stops until date_order is said for the"
        " source, or describe is told --date-order"
    ),
    "doubt_crs": "the coordinates may be in EPSG:{other} too; say crs for the source",
    "doubt_wider": "most shapes lie outside the workspace's extent; they are left out as another's",
    "doubt_column": "{target} may be {column} or {other}",
    "doubt_words": "{column}: {value} are not known words; say what they mean, or the rows are rejected",
    "doubt_other": "{column}: {value} and others are not known words and count as other",
    "doubt_kinds": "{column}: {value} are not known words and all count as other; say what each means",
    "doubt_far": "most points lie elsewhere than expected when read in EPSG:{crs}; look at them on the map",
    "doubt_category": "no column says what each row is about; all count as {value}",
    "doubt_text_decides": "no column says what each row is about; the words of the text decide",
    "doubt_layer": "the file has more than was looked at: {value}",
    "doubt_id": "no column holds an id, so a row that is edited counts as another",
    "doubt_stream": "nothing says whether this is a survey, a review or incidents; taken as {value}",
    "doubt_setting": (
        "the file can be read in two ways: the import stops until {setting} is said for the source; what is"
        " shown here takes it as {value}"
    ),
    "doubt_safe_rows": (
        "the survey asks for safe places too: rows with {value} in {column} are set aside, so that they do"
        " not count as unsafe"
    ),
    "doubt_safe_columns": (
        "the survey asks for safe places too: {column} is kept out, so that none counts as unsafe"
    ),
    "doubt_no_row": "no row of the file comes in with this mapping",
    "about": "{share} % of the cells are numbers written roughly, such as {value}",
    "doubt_rejected": "{n} of {rows} rows would be rejected; see why below",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, or what to look at: a code of `REASONS` and its values."""

    code: str
    values: dict[str, str] = field(default_factory=dict)


Say = Callable[[str, dict[str, str]], str]
"""Turns a reason's code and values into a sentence."""


def in_english(code: str, values: dict[str, str]) -> str:
    """Say a reason as `REASONS` writes it."""
    return REASONS[code].format(**values)
