"""What is true of a whole file, although only what changed of it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from etl.convert import GROUPED, OTHERS
from etl.doubts.references import ENOUGH
from etl.fields import COUNTED, say_counted
from etl.incremental import refusal
from etl.incremental.ledger import BLANK
from etl.incremental.refusal import AllAnewError
from etl.incremental.standing import truth
from etl.locate import BY_COORDINATES
from geodata.crs_candidates import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from etl.incremental.changes import ChangedFile
    from etl.incremental.ledger import Ledger
    from etl.incremental.standing import Standing
    from etl.tables import Converted

FROM_TEXT = "category_from_text"
NOT_BY_ROWS = frozenset({*COUNTED, OTHERS, FROM_TEXT})
"""What is said by how many rows there are; the rest is true of the file when it is true of enough of it."""
UNFOLLOWED = frozenset(
    {"title_rows", "invisible_removed", "mends", "thousands", "crs_found", "outside_extent"}
)
"""What is said of a file that must be read whole."""
SAID_LATER = (
    "linked_",
    "placed_by_words",
    "rows_gone",
    "same_file",
    "mended",
    "before_unreadable",
    "inbox_",
)
"""How the codes begin of what is said once all files are settled."""


def check_places(changed: ChangedFile, rows: Standing, converted: Converted) -> None:
    """See that no choice of points could speak against the coordinate system that is stated."""
    rule = changed.source.mapping.location
    if rule is None or (rule.east is None and rule.longitude is None):
        return
    aside = truth(rows.columns["set_aside"])
    stands = rows.stays & ~aside
    located = int((rows.among("located_by", pa.array([BY_COORDINATES])) & stands).sum())
    frame = converted.frame
    located += int(((frame["located_by"] == BY_COORDINATES) & ~frame["set_aside"]).sum())
    odd = len(converted.rejections) + int(converted.set_aside.sum()) + int((aside & rows.stays).sum())
    if odd * ENOUGH > min(located, SAMPLE * ENOUGH) * (1 - ENOUGH):
        raise AllAnewError(refusal.PLACES)


def say_of_whole(before: Mapping[str, str], now: Mapping[str, str], ledger: Ledger) -> dict[str, str]:
    """Return what is to be said of the whole file.

    What is true of the lines and the witnesses is true of some of the file; what was said before, or is said
    of the lines, bounds what can be true of it. Where the two are the same, so is what lies between.
    """
    here = {code: value for code, value in now.items() if code not in NOT_BY_ROWS}
    there = {
        code: value
        for code, value in before.items()
        if code not in NOT_BY_ROWS and not code.startswith(SAID_LATER)
    }
    if here != there or UNFOLLOWED & here.keys() or (GROUPED, "") in ledger.counted:
        raise AllAnewError(refusal.SAID)
    counts = {what: len(rows) for what, rows in ledger.counted.items()}
    others = counts.pop((OTHERS, ""), 0)
    here |= say_counted(counts) | ({OTHERS: str(others)} if others else {})
    if FROM_TEXT in now:
        here[FROM_TEXT] = str(int((ledger.state & BLANK == 0).sum()))
    return here
