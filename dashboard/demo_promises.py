"""The made-up municipality's picture, promises and log, kept as a coordinator would from files."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dashboard.demo_picture import answering, plant_picture
from etl.pipeline import mask_text
from geodata.analyses.promise_files import import_log, keep_promise
from geodata.project import read_project
from geodata.schema import PlaceKind
from geodata.store.register import Register

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from geodata.places.place import Place

FOLDER = "loften"
LOG_FILE = "logg.csv"
BY = "exempel"


def plant_promises(workspace: Path, write: Callable[[Path, Sequence[str], Sequence[str]], None]) -> bool:
    """Let the promises and the log be written, and keep them, unless the register has promises already.

    Parameters
    ----------
    write
        Writes ``loften/`` for a workspace with these school zones and squares, by name.

    Returns
    -------
    bool
        Whether any were kept.
    """
    project = read_project(workspace)
    register = Register(
        workspace / "store",
        municipality_code=project.municipality.code,
        working_crs=project.geography.working_crs,
    )
    try:
        if register.promises.all() or register.promises.all(withdrawn=True):
            return False
        places = register.places()
        write(workspace, names_of(places, PlaceKind.SCHOOL_ZONE), names_of(places, PlaceKind.SQUARE))
        problems = plant_picture(workspace, register)
        for file in sorted((workspace / FOLDER).glob("*.toml")):
            text = answering(file.read_text(encoding="utf-8"), file=file.name, problems=problems)
            file.write_text(text, encoding="utf-8")
            keep_promise(register, project, text, file=file.name, by=BY)
        # A clock that is behind the made-up year must not refuse what is in it.
        now = max(datetime.now(UTC), datetime(2026, 12, 1, tzinfo=UTC))
        text = (workspace / FOLDER / LOG_FILE).read_text(encoding="utf-8")
        import_log(register, project, text, file=LOG_FILE, by=BY, mask=mask_text, now=now)
    finally:
        register.close()
    return True


def names_of(places: Sequence[Place], kind: PlaceKind) -> list[str]:
    """Name the places of a kind that no other place is called as, in order."""
    names = [place.name for place in places]
    return [
        place.name
        for place in places
        if place.kind is kind and not place.retired and names.count(place.name) == 1
    ]
