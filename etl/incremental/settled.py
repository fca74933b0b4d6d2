"""Which files can be read line by line: those of which no row says how another is to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.doubts.dates import leaves_nothing_open
from etl.fetched import fetched_at
from etl.vocabulary import NUMBERS, SHARES
from geodata.precision import TimePrecision

if TYPE_CHECKING:
    from etl.sources import SourceFile, SourceFiles


def may_be_followed(source: SourceFiles, file: SourceFile) -> bool:
    """Say whether a file is one whose lines can be taken in one by one, whatever they say.

    Delimited observations, plain in the inbox, of a layout that settles how dates, numbers and coordinates
    are written, or leaves it to nothing but the cell itself.
    """
    mapping = source.mapping
    reader = mapping.reader
    if mapping.table != "observations" or reader.format != "delimited" or reader.shielded:
        return False
    if (
        fetched_at(file.name) is not None
        or file.is_mended
        or file.is_locked
        or file.is_removed
        or mapping.time is None
        or mapping.whole
    ):
        return False
    if mapping.time.precision != TimePrecision.MINUTE or (NUMBERS | SHARES) & mapping.fields.keys():
        return False
    return leaves_nothing_open(mapping, source.source.date_order) and _says_its_system(source)


def _says_its_system(source: SourceFiles) -> bool:
    """Say whether the coordinate system is stated, where there are coordinates."""
    rule = source.mapping.location
    if rule is None or rule.geometry:
        return False
    if rule.east is not None:
        return (source.source.crs or rule.crs) is not None
    return True
