"""What every reader yields: text as it stands in the file, row numbers, origin."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import pandas as pd
from pydantic import BaseModel, ConfigDict

from etl.text_columns import as_arrow, as_text, trimmed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class JoinedLayer(BaseModel):
    """A layer of road data whose values come along to the links of another (``[[reader.join]]``)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    layer: str
    """Name or pattern of the layer."""
    column: str
    """The column that it gives; what an earlier layer gave it stays."""
    field: tuple[str, ...]
    """What the layer calls the value; a Shape cuts names after ten letters."""
    newest: tuple[str, ...] = ()
    """What the layer calls the date by which the newest of several values is known."""


class ReaderOptions(BaseModel):
    """How a mapping asks for its file to be read (``[reader]`` in the mapping)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: str
    """A key of ``READERS``."""
    shielded: bool = False
    """Whether we wrote the file ourselves, an apostrophe before every cell that looks like a formula."""
    sheet: str | None = None
    """Sheet of a workbook; the first when not said."""
    layer: str | None = None
    """Layer of a file that holds several; the only one when not said."""
    records: str = ""
    """Where in a JSON document the list of records stands, ``data.attributes``; the top when empty."""
    shape: Literal["links", "shapes", "points"] = "shapes"
    """What OpenStreetMap's ways become: links between crossings, shapes as drawn, or a point in each."""
    tags: dict[str, tuple[str, ...]] = {}
    """OpenStreetMap: key → its values that make a feature (``*`` for any text); the first key that fits."""
    lines: tuple[str, ...] = ()
    """OpenStreetMap: keys of `tags` whose ways are lines even where they close."""
    attributes: tuple[str, ...] = ()
    """OpenStreetMap: further keys, each a column."""
    base: tuple[str, ...] = ()
    """Road data: names or patterns of layers with the links themselves; the first that the file has."""
    element: tuple[str, ...] = ()
    """Road data: what layers call the id of the element that links and values belong to."""
    join: tuple[JoinedLayer, ...] = ()
    """Road data: the layers whose values come along."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """One row that has no place in the table: it is rejected as it stands.

    Attributes
    ----------
    row, code, value
        As in its rejection.
    cells
        What stands in it, for who is to mend it; never kept.
    """

    row: int
    code: str
    value: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class RawTable:
    """One file as text, before anything is understood.

    Attributes
    ----------
    cells
        One ``str`` column a heading, in the file's order; trimmed; an empty cell is ``""``, never null.
    rows
        For each row its 1-based number as a person sees it in the file, shape ``(n,)``: with the heading
        counted where the file has one.
    said
        What was found out on the way (encoding, delimiter …): a code and its value.
    geometry
        Shapely geometries in `crs`, shape ``(n,)``, None where a feature has none; None for a file that
        has no geometry at all.
    crs
        EPSG code that the file itself states for `geometry`, else None.
    unreadable
        Rows that could not be laid out under the headings.
    decimals
        Heading → which cells are numbers with decimals in the file itself, where it tells numbers from
        text, shape ``(n,)``; columns without any are left out.
    """

    cells: pd.DataFrame
    rows: NDArray[np.int64]
    said: dict[str, str] = field(default_factory=dict)
    geometry: NDArray[np.object_] | None = None
    crs: int | None = None
    unreadable: tuple[Unreadable, ...] = ()
    decimals: dict[str, NDArray[np.bool_]] = field(default_factory=dict)

    @property
    def read(self) -> int:
        """Number of rows in the file, readable or not."""
        return len(self.rows) + len(self.unreadable)


def text_cells(columns: dict[str, pd.Series], *, rows: int) -> pd.DataFrame:
    """Trim text columns of `rows` cells each, and fill what is null with ``""``."""
    cells = {name: as_text(trimmed(as_arrow(one.astype("str").fillna("")))) for name, one in columns.items()}
    return pd.DataFrame(cells, index=pd.RangeIndex(rows), copy=False)
