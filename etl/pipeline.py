"""The import, in reading order: the one door to this floor.

``run`` imports everything in a workspace and publishes a snapshot; ``check`` tries the set-up and writes
nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from etl.accounting import account
from etl.check import CheckReport, MappingCheck, Problem, SourceCheck, check
from etl.intake import Intake, take_in
from etl.journal import Journal
from etl.lock import only_import
from etl.parts import join_streets, settle_layers, settle_observations, write_parts
from etl.previous import read_previous
from etl.rejected import RejectedFile, RejectedRow, RejectedRows, rejected_rows
from etl.rejected_files import rejected_csv, rejected_zip
from etl.sources import open_sources
from etl.unread import account_for_unread
from geodata.account import ImportReport
from geodata.places.kinds import candidates
from geodata.places.layers import PlaceLayers
from geodata.project import read_project
from geodata.store.register import Register
from geodata.store.snapshots import publish

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from etl.sources import SourceFiles
    from geodata.project import Project
    from geodata.store.snapshots import Snapshot

__all__ = [
    "CheckReport",
    "MappingCheck",
    "Problem",
    "Progress",
    "RejectedFile",
    "RejectedRow",
    "RejectedRows",
    "SourceCheck",
    "check",
    "rejected_csv",
    "rejected_rows",
    "rejected_zip",
    "run",
]

STORE = "store"

Progress = Callable[[str, int, int], None]
"""Step (a key of ``codes.STEPS``), how many of it are done, how many there are."""


def run(workspace: Path, *, progress: Progress | None = None) -> ImportReport:
    """Import every file of every source and publish a snapshot.

    Parameters
    ----------
    workspace
        Folder with ``problembild.toml`` and ``inbox/``.
    progress
        Told of every step.

    Returns
    -------
    ImportReport
        What became of every row; stored in the snapshot too.

    Raises
    ------
    ProjectError
        The project file or a mapping can't be used; nothing was changed.
    StoreError
        Another import is running, or the register can't be used; nothing was changed.

    Notes
    -----
    A fault of a file stops that file alone: what its previous import gave stays. A file that is no longer
    in the inbox takes its rows with it, and the account says so.
    """
    tell = progress or _silent
    project = read_project(workspace)
    sources = open_sources(workspace, project)
    store = workspace / STORE
    crs = project.geography.working_crs
    with only_import(store):
        # Opened first: a register that can't be used stops the import before anything is published.
        register = Register(store, municipality_code=project.municipality.code, working_crs=crs)
        try:
            report, snapshot = _import(store, project, sources, tell)
            _propose_places(register, snapshot, tell)
        finally:
            register.close()
    return report


def _import(
    store: Path, project: Project, sources: Sequence[SourceFiles], tell: Progress
) -> tuple[ImportReport, Snapshot]:
    started = datetime.now(UTC)
    crs = project.geography.working_crs
    journal = Journal(store)
    journal.write("started")
    previous = read_previous(store, working_crs=crs)
    intakes = _take_in(sources, project, started, journal, tell)

    tell("import_snap", 0, 1)
    layers, kept_features = settle_layers(intakes, previous)
    observations, kept = settle_observations(intakes, previous)
    parts = write_parts(store, intakes, layers)
    observations = join_streets(store, observations, parts, crs=crs)
    tell("import_snap", 1, 1)

    tell("import_publish", 0, 1)
    parts |= write_parts(store, intakes, observations)
    unread = account_for_unread(store.parent, (file for source in sources for file in source.files))
    report = ImportReport(
        started_at=started.isoformat(timespec="seconds"),
        finished_at=datetime.now(UTC).isoformat(timespec="seconds"),
        files=account(intakes, sources, layers | observations, previous, kept=kept_features | kept) + unread,
    )
    snapshot = publish(store, parts, project=project, report=report)
    journal.write("published", outcome=snapshot.snapshot_id)
    tell("import_publish", 1, 1)
    return report, snapshot


def _silent(step: str, done: int, total: int) -> None:
    """Tell nobody."""


def _take_in(
    sources: Sequence[SourceFiles], project: Project, now: datetime, journal: Journal, tell: Progress
) -> list[Intake]:
    waiting = [(source, file) for source in sources for file in source.files]
    intakes = []
    for number, (source, file) in enumerate(waiting):
        tell("import_read", number, len(waiting))
        intake = take_in(source, file, project=project, now=now)
        outcome = intake.fault or str(intake.read)
        journal.write("file", source=intake.source, file=intake.file, sha256=intake.sha256, outcome=outcome)
        intakes.append(intake)
    tell("import_read", len(waiting), len(waiting))
    return intakes


def _propose_places(register: Register, snapshot: Snapshot, tell: Progress) -> None:
    """Bring the places that the layers show to the register, which decides which place is which."""
    tell("import_places", 0, 1)
    layers = PlaceLayers(
        schools=snapshot.table("schools"),
        areas=snapshot.table("areas"),
        streets=snapshot.table("streets"),
        project=snapshot.project,
    )
    register.propose(candidates(layers))
    tell("import_places", 1, 1)
