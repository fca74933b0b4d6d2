"""Work that takes several floors in turn: import and cut tiles; make the demo."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from dashboard.map.tiles import cut_tiles
from etl.pipeline import run
from geodata.errors import MissingError, ProjectError, StoreError
from geodata.project import PROJECT_FILE, read_project
from geodata.store.snapshots import open_current

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geodata.account import ImportReport

    Progress = Callable[[str, int, int], None]


def import_and_cut(workspace: Path, *, progress: Progress | None = None, wait_s: float = 0.0) -> ImportReport:
    """Import everything in a workspace and cut the basemap of what came in.

    Parameters
    ----------
    workspace, progress, wait_s
        As for `etl.pipeline.run`.

    Raises
    ------
    ProblembildError
        Whatever `etl.pipeline.run` raises; a file that is stopped is in the report and raises nothing.
    """
    report = run(workspace, progress=progress, wait_s=wait_s)
    cut_tiles(open_current(workspace / "store"), progress=progress)
    return report


def prepare_demo(workspace: Path, make: Callable[[Path, Progress], object], *, progress: Progress) -> bool:
    """Make the made-up municipality and import it, unless it stands in the folder already.

    Parameters
    ----------
    make
        Writes the municipality's files into the folder.

    Returns
    -------
    bool
        Whether anything was made.

    Raises
    ------
    ProjectError
        ``workspace_not_demo`` when the folder holds a real municipality.
    """
    if (workspace / PROJECT_FILE).exists():
        if not read_project(workspace).municipality.made_up:
            raise ProjectError(
                "workspace_not_demo",
                f"{workspace} holds a real municipality; choose another folder with --workspace.",
                folder=str(workspace),
            )
        with suppress(MissingError):  # made, and stopped before it was imported
            try:
                cut_tiles(open_current(workspace / "store"), progress=progress)
            except StoreError:  # of another version, or damaged: the files in the inbox still say it all
                import_and_cut(workspace, progress=progress)
            return False
    workspace.mkdir(parents=True, exist_ok=True)
    make(workspace, progress)
    import_and_cut(workspace, progress=progress)
    return True
