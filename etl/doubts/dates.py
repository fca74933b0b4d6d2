"""01/02/2026: which day it is, settled by the whole column or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

import numpy as np
import pandas as pd

from etl.dates import AUTO, moments, written_as
from etl.doubts.date_layouts import alike, candidates, order_of, shown, turned
from etl.vocabulary import DAYS
from geodata.errors import FileFaultError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from etl.context import Context
    from etl.mapping import Mapping
    from etl.readers.raw_table import RawTable

ODD = 0.02
"""Share of the telling dates that may speak against a layout: they are slips, and rejected one by one.
With more than that the column is written in two orders, and the dates that tell nothing can't be read."""
LOOKED_AT = 10_000
"""Distinct cells that are looked through for layouts at a time."""

DateOrder = Literal["dmy", "mdy", "ymd"]

_COLUMNS = (
    ("date", "date_formats", False),
    ("moment", "moment_formats", True),
    ("published", "published_formats", True),
)


def settle_dates(raw: RawTable, mapping: Mapping, context: Context) -> tuple[Mapping, dict[str, str]]:
    """Write into the mapping which layouts its dates have.

    Returns
    -------
    mapping
        Without ``auto``, and of layouts that can't be told apart by shape with one only.
    said
        ``date_layout``: New Year's Eve as the file would write it.

    Raises
    ------
    FileFaultError
        ``date_order_undecided``, ``date_order_contrary``.
    """
    said: dict[str, None] = {}
    time = mapping.time
    for name, formats, with_clock in _COLUMNS:
        column = getattr(time, name, None)
        if time is None or column is None:
            continue
        layouts, used = _settle(raw, column, getattr(time, formats), context, with_clock=with_clock)
        time = time.model_copy(update={formats: layouts})
        if name != "published":
            said |= dict.fromkeys(shown(layout) for layout in used)
    fields = dict(mapping.fields)
    for target in sorted(DAYS & fields.keys()):
        rule = fields[target]
        if isinstance(rule.column, str):
            layouts, used = _settle(raw, rule.column, rule.formats, context, with_clock=False)
            fields[target] = rule.model_copy(update={"formats": layouts})
            said |= dict.fromkeys(shown(layout) for layout in used)
    settled = mapping.model_copy(update={"time": time, "fields": fields})
    return settled, {"date_layout": ", ".join(said)} if said else {}


def leaves_nothing_open(mapping: Mapping, order: DateOrder | None) -> bool:
    """Say whether the layouts of its dates are settled whatever stands in a file.

    Parameters
    ----------
    order
        What the project file decides for the source.
    """
    stated = [
        getattr(mapping.time, formats) for name, formats, _ in _COLUMNS if getattr(mapping.time, name, None)
    ]
    stated += [mapping.fields[target].formats for target in DAYS & mapping.fields.keys()]
    for formats in stated:
        layouts = _in_order(formats, order)
        if AUTO in layouts or (order is None and any(turned(one) is not None for one in layouts)):
            return False
        if any(alike(one, other) for one in layouts for other in layouts):
            return False
    return True


def stated_order(mapping: Mapping) -> DateOrder | None:
    """Return the one order of day and month that a mapping has, where that could be taken otherwise."""
    layouts = {layout for rule in mapping.fields.values() for layout in rule.formats}
    for name, formats, _ in _COLUMNS:
        layouts |= set(getattr(mapping.time, formats)) if getattr(mapping.time, name, None) else set()
    orders = {order_of(layout) for layout in layouts if turned(layout) is not None}
    return cast("DateOrder", orders.pop()) if len(orders) == 1 and AUTO not in layouts else None


def tried_order(mapping: Mapping) -> DateOrder | None:
    """Return an order by which single rows can be tried: the stated one, or of two layouts alike the first's.

    A mapping that lists both leaves it to the file, and to the project file, which of them its dates have.
    """
    listed = [rule.formats for rule in mapping.fields.values()]
    listed += [
        getattr(mapping.time, formats) for name, formats, _ in _COLUMNS if getattr(mapping.time, name, None)
    ]
    for layouts in listed:
        for at, layout in enumerate(layouts):
            if layout != AUTO and any(other != AUTO and alike(layout, other) for other in layouts[at + 1 :]):
                return cast("DateOrder", order_of(layout))
    return stated_order(mapping)


def _settle(
    raw: RawTable, column: str, stated: tuple[str, ...], context: Context, *, with_clock: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the layouts to read a column by, and those that it is written in."""
    order = context.date_order
    layouts = _in_order(stated, order)
    if len(layouts) == 1 and AUTO not in layouts and (order is not None or turned(layouts[0]) is None):
        return layouts, layouts
    cells = pd.Series(raw.cells[column].unique(), dtype="str")
    cells = cells[cells != ""].reset_index(drop=True)
    if AUTO in layouts:
        known = tuple(layout for layout in layouts if layout != AUTO)
        every = (*known, *candidates(with_clock=with_clock))
        found = _present(cells, every)
        # A cell is counted for one layout there: those that can be taken for it come in again.
        found = tuple(one for one in every if one in found or any(alike(other, one) for other in found))
        layouts = _in_order(found, order) or known or candidates(with_clock=False)[:1]
    for layout in layouts:
        rivals = tuple(other for other in layouts if alike(layout, other))
        other_way = turned(layout) if order is None and not rivals else None
        if rivals or other_way:
            doubt = _Doubt(raw, column, context, cells, context.now.year)
            kept = doubt.settle((layout, *rivals), other_way)
            dropped = {layout, *rivals} - {kept}
            layouts = tuple(one for one in layouts if one not in dropped)
    return layouts, _present(cells, layouts)


def _in_order(layouts: tuple[str, ...], order: str | None) -> tuple[str, ...]:
    """Hold layouts that can be taken for each other to the order that the project file says."""
    kept = []
    for layout in layouts:
        other_way = turned(layout)
        if order in (None, order_of(layout)):
            kept.append(layout)
        elif other_way is not None and order_of(other_way) == order:
            kept.append(other_way)
        elif not any(order_of(other) == order and alike(layout, other) for other in layouts):
            kept.append(layout)
    return tuple(dict.fromkeys(kept))


def _present(cells: pd.Series[str], layouts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the layouts that some cell has the shape of, each cell counted for the first that fits it."""
    present: dict[str, None] = {}
    left = cells
    while len(left):
        look, found = left.iloc[:LOOKED_AT], False
        for layout in layouts:
            if layout not in present and len(look):
                fits = written_as(look, layout)[1]
                if fits.any():
                    present[layout], found = None, True
                    look = look[~fits]
        if not found:
            left = left.iloc[LOOKED_AT:]
            continue
        for layout in present:
            left = left[~written_as(left, layout)[1]]
    return tuple(layout for layout in layouts if layout in present)


@dataclass(frozen=True)
class _Doubt:
    """One column, of which some cells may be read by more than one layout."""

    raw: RawTable
    column: str
    context: Context
    cells: pd.Series[str]
    """Its distinct cells."""
    latest_year: int
    """No record is from a later year."""

    def settle(self, listed: tuple[str, ...], other_way: str | None) -> str:
        """Return the one of the mapping's layouts that explains the column.

        Parameters
        ----------
        listed
            Layouts that have the same shape.
        other_way
            The only one with day and month turned, where the mapping lists no such: evidence, no choice.

        Raises
        ------
        FileFaultError
            ``date_order_undecided``, ``date_order_contrary``.
        """
        layouts = (*listed, other_way) if other_way is not None else listed
        days = {layout: self._days(layout) for layout in layouts}
        read = {layout: ~np.isnat(found) for layout, found in days.items()}
        some = np.logical_or.reduce(list(read.values()))
        telling = some & ~np.logical_and.reduce(list(read.values()))
        standing = [
            layout for layout in layouts if (some & ~read[layout]).sum() <= ODD * float(telling.sum())
        ]
        chosen = [layout for layout in standing if layout in listed]
        if not chosen:
            raise self._contrary(listed, read, some)
        for other in chosen[1:]:
            differs = read[chosen[0]] & read[other] & (days[chosen[0]] != days[other])
            if differs.any():
                at = int(np.flatnonzero(differs)[0])
                raise self._undecided(at, str(days[chosen[0]][at]), str(days[other][at]))
        return chosen[0]

    def _undecided(self, at: int, first: str, second: str) -> FileFaultError:
        value, row = self._cell(at)
        return FileFaultError(
            "date_order_undecided",
            f"{self.context.file}, row {row}, column {self.column}: {value} may be {first} or {second}.",
            file=self.context.file,
            row=row,
            column=self.column,
            value=value,
            first=first,
            second=second,
            source=self.context.source,
        )

    def _contrary(
        self, listed: tuple[str, ...], read: dict[str, NDArray[np.bool_]], some: NDArray[np.bool_]
    ) -> FileFaultError:
        """Say which layout the mapping has for the column, and a cell that is written in another."""
        most = max(listed, key=lambda layout: int(read[layout].sum()))
        at = int(np.flatnonzero(some & ~read[most])[0])
        other = next(layout for layout, found in read.items() if found[at])
        value, row = self._cell(at)
        return FileFaultError(
            "date_order_contrary",
            f"{self.context.file}, row {row}, column {self.column}: {value} is not written like"
            f" {shown(most)} but like {shown(other)}.",
            file=self.context.file,
            row=row,
            column=self.column,
            value=value,
            first=shown(most),
            second=shown(other),
            source=self.context.source,
        )

    def _cell(self, at: int) -> tuple[str, int]:
        """Return a distinct cell and the first row that holds it."""
        value = str(self.cells.iloc[at])
        where = np.flatnonzero((self.raw.cells[self.column] == value).to_numpy(dtype=bool))
        return value, int(self.raw.rows[where[0]])

    def _days(self, layout: str) -> NDArray[np.datetime64]:
        found = moments(self.cells, (layout,))
        days = np.where(np.isnat(found.local), found.utc, found.local).astype("datetime64[D]")
        latest = np.datetime64(f"{self.latest_year}-12-31", "D")
        return np.asarray(np.where(days <= latest, days, np.datetime64("NaT")))
