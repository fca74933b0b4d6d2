"""What a record's text is about, as columns of it; and its category, where the source gives none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.themes.lexicon import shipped_lexicon
from etl.themes.reading import read_themes

if TYPE_CHECKING:
    import pandas as pd

    from etl.mapping import Mapping
    from etl.themes.lexicon import Lexicon

NOT_SAID = "other"
"""The category of a text that says nothing of one."""


def add_themes(fields: dict[str, pd.Series], mapping: Mapping, lexicon: Lexicon | None) -> dict[str, str]:
    """Add ``themes`` and ``proposals`` to the columns of records, and a category where the mapping has none.

    Returns
    -------
    dict
        What is to be said: ``category_from_text`` with the number of records.
    """
    found = read_themes(fields["text"], lexicon or shipped_lexicon())
    fields["themes"], fields["proposals"] = found.themes, found.proposals
    given = mapping.fields.keys() | mapping.constants.keys()
    if "category" in given or mapping.checklist is not None:
        return {}
    fields["category"] = found.first.fillna(NOT_SAID)
    return {"category_from_text": str(len(found.first))} if len(found.first) else {}
