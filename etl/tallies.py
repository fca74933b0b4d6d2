"""From text to what was counted: speeds measured at a site, rounds by hand, residents by age, events."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from etl.digest import row_digests
from etl.event_times import put_event_times
from etl.fields import mask_column, read_fields
from etl.identity import content_keys, reject_conflicts
from etl.locate import locate
from etl.masking.mask import mask_texts
from etl.masking.secret import keyed, mask_ids
from etl.observations import SHAPE
from etl.tables import Converted, typed
from geodata.precision import LocationPrecision
from geodata.schema import KEYS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from etl.context import Context
    from etl.fields import FieldNotes
    from etl.mapping import Mapping
    from etl.readers.raw_table import RawTable
    from etl.validate import Findings


PLACED = {"measurements": "site", "events": "place"}
"""Tables whose rows lie somewhere, and their column of the words for where."""


def to_tallies(
    raw: RawTable, mapping: Mapping, context: Context, findings: Findings, *, set_aside: NDArray[np.bool_]
) -> Converted:
    """Read the rows of a file as what its table counts; rows set aside stay out of the table."""
    fields, notes = read_fields(raw.cells, mapping, findings)
    frame = pd.DataFrame(fields)
    said: dict[str, str] = {}
    if mapping.table in PLACED:
        said = _put_places(frame, raw, mapping, context, findings, notes)
    if mapping.table == "measurements":
        _check_periods(frame, mapping, findings)
    if mapping.table == "events":
        put_event_times(frame, mapping, context, findings)
    frame.insert(0, KEYS[mapping.table], _keys(raw, mapping, context, findings))
    if mapping.key is not None:
        digests = row_digests(frame, list(frame.columns))
        reject_conflicts(raw.cells[mapping.key], digests, findings, columns=mapping.id_columns)
    accepted = ~findings.rejected & ~set_aside
    repeated = frame[accepted].duplicated(KEYS[mapping.table])
    linked = accepted & repeated.reindex(frame.index, fill_value=False).to_numpy(bool)
    waiting = np.zeros(len(frame), dtype=bool)
    if mapping.table == "measurements":
        waiting = accepted & ~linked & shapely.is_missing(frame["geometry"].to_numpy(dtype=object))
    kept = accepted & ~linked
    return Converted(
        frame=typed(frame[kept], mapping.table),
        row=np.flatnonzero(kept),
        set_aside=set_aside & ~findings.rejected,
        waiting=waiting,
        linked=linked,
        masked=int((notes.masked & kept).sum()),
        said=said | notes.said(),
    )


def _keys(raw: RawTable, mapping: Mapping, context: Context, findings: Findings) -> pd.Series[str]:
    """Return the ids: a round's is what its answers carry, a measurement's is its source's own."""
    if mapping.key is None:
        cells = raw.cells[sorted(mapping.used)]
        if raw.geometry is not None:
            cells = cells.assign(**{SHAPE: shapely.to_wkt(raw.geometry, rounding_precision=6)})
        return f"{context.source}:" + content_keys(
            keyed(row_digests(cells, list(cells.columns)), context.door.secret)
        )
    text = raw.cells[mapping.key]
    findings.reject(text == "", code="value_missing", columns=mapping.id_columns)
    if mapping.table == "batches":
        return pd.Series(mask_texts(text), dtype="str")
    return f"{context.source}:" + mask_ids(text, context.door.secret)


def _put_places(
    frame: pd.DataFrame,
    raw: RawTable,
    mapping: Mapping,
    context: Context,
    findings: Findings,
    notes: FieldNotes,
) -> dict[str, str]:
    """Put a point and its precision on every row; the words for the place are its site."""
    points = np.full(len(frame), None, dtype=object)
    frame["location_precision"] = str(LocationPrecision.UNKNOWN)
    said: dict[str, str] = {}
    if mapping.location is not None:
        place = locate(raw, mapping.location, context, findings)
        known = np.isfinite(place.x)
        points[known] = shapely.points(place.x[known], place.y[known])
        frame["location_precision"] = place.precision
        said = place.said
        words = PLACED[mapping.table]
        if mapping.location.place is not None and words not in mapping.fields:
            frame[words] = mask_column(raw.cells[mapping.location.place], notes)
    frame["geometry"] = pd.Series(points, dtype=object)
    return said


def _check_periods(frame: pd.DataFrame, mapping: Mapping, findings: Findings) -> None:
    """Reject periods that end before they begin; a single day is a period of one."""
    first, last = pd.to_datetime(frame["first_day"]), pd.to_datetime(frame["last_day"])
    rules = [mapping.fields[target] for target in ("first_day", "last_day") if target in mapping.fields]
    columns = [column for rule in rules for column in rule.columns]
    findings.reject(last < first, code="period_backwards", columns=columns)
    if "last_day" not in mapping.fields:
        frame["last_day"] = frame["first_day"]
