"""From text to observations; what repeats what is decided over all files of the source, later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from etl.checklist import settle_review
from etl.digest import row_digests
from etl.fields import mask_column, read_fields
from etl.identity import content_keys, reject_conflicts
from etl.locate import locate
from etl.masking.secret import keyed, mask_ids
from etl.progress import FIELDS, PLACED, THEMES
from etl.tables import Converted, Traces, typed
from etl.text_columns import constant
from etl.themes.columns import add_themes
from etl.times import read_times
from geodata.precision import LocationPrecision

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from etl.context import Context
    from etl.fields import FieldNotes
    from etl.mapping import Mapping
    from etl.readers.raw_table import RawTable
    from etl.validate import Findings

CONTENT = (
    "category",
    "severity",
    "text",
    "occurred_from",
    "occurred_to",
    "time_precision",
    "published_at",
    "location_precision",
    "location_text",
    "collected_at",
    "respondent",
    "batch",
    "said_when",
    "age_group",
    "x",
    "y",
    "set_aside",
    "status",
    "responsible",
    "measure",
    "checklist",
    "v85_kmh",
    "flow_adt",
)
"""What makes a record the same as before; not where it stood in the file, nor which street it is near."""

SHAPE = " shape"
"""Column of a row's geometry as text; no heading begins with a space."""


def to_observations(
    raw: RawTable, mapping: Mapping, context: Context, findings: Findings, *, set_aside: NDArray[np.bool_]
) -> Converted:
    """Read the rows of a file as observations.

    Returns
    -------
    Converted
        Columns of ``schema.OBSERVATIONS``; records that repeat another are not linked yet.
    """
    if mapping.time is None or mapping.location is None:  # a mapping without them is refused when it is read
        raise AssertionError(mapping.title)
    code = context.project.municipality.code
    fields, notes = read_fields(raw.cells, mapping, findings, ages=context.project.survey.age_groups)
    settle_review(fields, raw.cells, mapping.checklist, findings)
    context.passed(FIELDS)
    themes_said = add_themes(fields, mapping, context.door.lexicon)
    context.passed(THEMES)
    times = read_times(raw.cells, mapping.time, context, findings)
    place = locate(raw, mapping.location, context, findings)
    context.passed(PLACED)
    own_id = _own_id(raw, mapping, context, findings)
    if mapping.location.area is not None:
        fields["location_text"] = mask_column(raw.cells[mapping.location.area], notes)
    if mapping.location.place is not None and "location_text" not in mapping.fields:
        fields["location_text"] = mask_column(raw.cells[mapping.location.place], notes)
    ids = own_id.fillna(_content_key(raw, mapping, context))
    rows = len(raw.rows)
    frame = pd.DataFrame(
        {
            "observation_id": f"{code}:{context.source}:" + ids,
            "municipality_code": constant(code, rows),
            "stream": constant(str(mapping.stream), rows),
            "source": constant(context.source, rows),
            "source_record_id": own_id,
            "origin_file": constant(context.file, rows),
            "origin_row": raw.rows,
            **fields,
            "category": fields["category"].where(~(fields["category"].isna() & set_aside), "other"),
            **times.columns(),
            "location_precision": place.precision,
            "located_by": place.located_by,
            "x": place.x,
            "y": place.y,
            "area_id": np.full(rows, -1, dtype=np.int64),
            "street_id": np.full(rows, -1, dtype=np.int64),
            "set_aside": set_aside,
        },
        copy=False,
    )
    frame["content_hash"] = row_digests(frame, CONTENT)
    if mapping.key is not None:
        reject_conflicts(own_id, frame["content_hash"], findings, columns=mapping.id_columns)
    kept = ~findings.rejected
    waiting = (place.precision == str(LocationPrecision.UNKNOWN)).to_numpy() & ~set_aside
    return Converted(
        frame=typed(frame if kept.all() else frame[kept], mapping.table),
        row=np.flatnonzero(kept),
        set_aside=set_aside & kept,
        waiting=waiting & kept,
        linked=np.zeros(len(kept), dtype=bool),
        masked=int((notes.masked & kept).sum()),
        said={**place.said, **notes.said(), **themes_said},
        traces=_traces(raw, notes, kept, own_id),
    )


def _traces(raw: RawTable, notes: FieldNotes, kept: NDArray[np.bool_], own_id: pd.Series[str]) -> Traces:
    """Say what single rows gave to the account."""
    out = np.flatnonzero(~kept)
    ids = own_id.iloc[out]
    return Traces(
        rows=raw.rows,
        masked=notes.masked & kept,
        counted={what: np.asarray(rows, dtype=np.int64) for what, rows in notes.counted.items()},
        ids=dict(zip(out[ids.notna()].tolist(), ids.dropna().tolist(), strict=True)),
    )


def _own_id(raw: RawTable, mapping: Mapping, context: Context, findings: Findings) -> pd.Series[str]:
    """Return the source's own ids; null throughout where it has none.

    One that points to a person (an identity number, a telephone) is kept as its digest: the record is
    known again at the next import, and its id can be shown.
    """
    if mapping.key is None:
        return constant(None, len(raw.rows))
    text = raw.cells[mapping.key]
    findings.reject(text == "", code="value_missing", columns=mapping.id_columns)
    return mask_ids(text, context.door.secret)


def _content_key(raw: RawTable, mapping: Mapping, context: Context) -> pd.Series[str]:
    """Return ids made of what each row holds in the columns that the mapping uses."""
    if mapping.key is not None:
        return constant("", len(raw.rows))
    cells = raw.cells[sorted(mapping.used)]
    if raw.geometry is not None:
        cells = cells.assign(**{SHAPE: shapely.to_wkt(raw.geometry, rounding_precision=6)})
    # The rows hold what is not masked yet, so that a plain digest could be found again by trying.
    return content_keys(keyed(row_digests(cells, list(cells.columns)), context.door.secret))
