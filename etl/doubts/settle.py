"""What a file leaves open is settled once, before any of its rows is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.doubts.clocks import say_clocks
from etl.doubts.dates import settle_dates
from etl.doubts.decimals import settle_decimals

if TYPE_CHECKING:
    from etl.context import Context
    from etl.mapping import Mapping
    from etl.readers.raw_table import RawTable


def settle(raw: RawTable, mapping: Mapping, context: Context) -> tuple[RawTable, Mapping, dict[str, str]]:
    """Return the file with a mapping that reads each cell in one way, and what was found.

    The coordinates' system and order are settled where they are read (`references`).

    Raises
    ------
    FileFaultError
        ``date_order_undecided``, ``date_order_contrary``, ``decimal_undecided``.
    """
    raw, mapping, said = settle_decimals(raw, mapping, context)
    mapping, found = settle_dates(raw, mapping, context)
    return raw, mapping, said | found | say_clocks(raw, mapping)
