"""A GeoPackage with its styles: QGIS finds them in the table ``layer_styles`` and uses them at once."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pyogrio

from dashboard.gis.layer import GEOMETRY_COLUMN
from dashboard.gis.layers import layers_of
from dashboard.gis.styles import STYLES
from dashboard.views.filters import selection_words
from geodata.store.whole import write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.gis.layer import Layer
    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.ground import Ground
    from geodata.reviews.review import Review
    from geodata.selection import Selection

STYLE_NAME = "Problembild"
MIMETYPE = "application/geopackage+sqlite3"


def write_geopackage(path: Path, content: bytes) -> None:
    """Write the file whole; raises ``StoreError`` as ``store.whole.storing`` does."""
    write_whole(path, content)


def geopackage(texts: Catalogue, ground: Ground, reviews: Sequence[Review], selection: Selection) -> bytes:
    """Return the file: layers in the working CRS, their styles, and a table that says what is in it.

    Parameters
    ----------
    reviews
        What the register keeps.
    selection
        What counts, for whom: exact points, stretches and areas are for staff alone.
    """
    withheld = texts("gis.withheld")
    layers = layers_of(texts, ground, reviews, selection, audience_note=withheld)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "problembild.gpkg"
        for layer in layers:
            pyogrio.write_dataframe(
                layer.frame,
                path,
                layer=layer.name,
                driver="GPKG",
                append=path.exists(),
                geometry_type=layer.geometry_type,
                promote_to_multi=layer.geometry_type.startswith("Multi"),
                layer_options={
                    "GEOMETRY_NAME": GEOMETRY_COLUMN,
                    "IDENTIFIER": layer.title,
                    "DESCRIPTION": layer.note,
                },
            )
        _table(path, "about", _about(texts, ground, layers, selection))
        _table(path, "layer_styles", _styles(texts, layers), fid="id")
        return path.read_bytes()


def _table(path: Path, name: str, rows: pd.DataFrame, *, fid: str = "fid") -> None:
    pyogrio.write_dataframe(
        rows, path, layer=name, driver="GPKG", append=True, layer_options={"FID": fid, "IDENTIFIER": name}
    )


def _about(texts: Catalogue, ground: Ground, layers: Sequence[Layer], selection: Selection) -> pd.DataFrame:
    facts = {
        "municipality": ground.project.municipality.name,
        "audience": texts(f"audience.{selection.audience}"),
        "selection": selection_words(texts, selection),
        "snapshot": ground.snapshot.snapshot_id,
        "written": datetime.now(ground.project.zone).isoformat(timespec="minutes"),
        "attribution": " · ".join(ground.project.attribution),
    }
    rows = [{"what": key, "value": value, "note": ""} for key, value in facts.items()]
    rows += [{"what": layer.name, "value": str(len(layer.frame)), "note": layer.note} for layer in layers]
    return pd.DataFrame(rows)


def _styles(texts: Catalogue, layers: Sequence[Layer]) -> pd.DataFrame:
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    return pd.DataFrame(
        [
            {
                "f_table_catalog": "",
                "f_table_schema": "",
                "f_table_name": layer.name,
                "f_geometry_column": GEOMETRY_COLUMN,
                "styleName": STYLE_NAME,
                "styleQML": STYLES[layer.name](texts),
                "styleSLD": "",
                "useAsDefault": True,
                "description": layer.title,
                "owner": "",
                "ui": "",
                "update_time": pd.Timestamp(now),
            }
            for layer in layers
        ]
    )
