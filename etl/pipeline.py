"""The import, in reading order: the one door to this floor.

``run`` imports everything in a workspace and publishes a snapshot; ``check`` tries the set-up and writes
nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from etl.check import CheckReport, MappingCheck, Problem, SourceCheck, check
from etl.fates import before, count_fates
from etl.intake import Intake, part_name, take_in
from etl.journal import Journal
from etl.lock import only_import
from etl.parts import OBSERVATIONS, Previous, join_streets, settle_observations, with_rows, write_layers
from etl.sources import open_sources
from geodata.account import FileReport, ImportReport
from geodata.errors import StoreError
from geodata.places.kinds import candidates
from geodata.places.layers import PlaceLayers
from geodata.project import read_project
from geodata.store.register import Register
from geodata.store.snapshots import current_id, open_current, publish, write_part

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from etl.fates import Before
    from etl.sources import SourceFiles
    from geodata.project import Project
    from geodata.store.snapshots import Snapshot

__all__ = ["CheckReport", "MappingCheck", "Problem", "Progress", "SourceCheck", "check", "run"]

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
        The store can't be written.

    Notes
    -----
    A fault of a file stops that file alone: what its previous import gave stays. A file that is no longer
    in the inbox takes its rows with it, and the account says so.
    """
    tell = progress or _silent
    project = read_project(workspace)
    sources = open_sources(workspace, project)
    store = workspace / STORE
    with only_import(store):
        report, snapshot = _import(store, project, sources, tell)
        _propose_places(store, snapshot, tell)
    return report


def _import(
    store: Path, project: Project, sources: Sequence[SourceFiles], tell: Progress
) -> tuple[ImportReport, Snapshot]:
    started = datetime.now(UTC)
    crs = project.geography.working_crs
    journal = Journal(store)
    journal.write("started")
    previous = Previous(_previous(store), crs)
    intakes = _take_in(sources, project, started, journal, tell)

    tell("import_snap", 0, 1)
    parts, kept = write_layers(store, intakes, previous)
    frames, kept_observations = settle_observations(intakes, previous)
    frames = join_streets(store, frames, parts, crs=crs)
    tell("import_snap", 1, 1)

    tell("import_publish", 0, 1)
    for name, frame in frames.items():
        if len(frame):
            parts.setdefault(OBSERVATIONS, {})[name] = write_part(store, frame, OBSERVATIONS)
    settled = [with_rows(intake, frames.get(intake.part)) for intake in intakes]
    report = ImportReport(
        started_at=started.isoformat(timespec="seconds"),
        finished_at=datetime.now(UTC).isoformat(timespec="seconds"),
        files=_account(settled, sources, kept | kept_observations, previous),
    )
    snapshot = publish(store, parts, project=project, report=report)
    journal.write("published", outcome=snapshot.snapshot_id)
    tell("import_publish", 1, 1)
    return report, snapshot


def _silent(step: str, done: int, total: int) -> None:
    """Tell nobody."""


def _previous(store: Path) -> Snapshot | None:
    """Open the snapshot before; one that is damaged is imported anew."""
    try:
        return open_current(store) if current_id(store) else None
    except StoreError:
        return None


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


def _account(
    intakes: Sequence[Intake], sources: Sequence[SourceFiles], kept: dict[str, int], previous: Previous
) -> tuple[FileReport, ...]:
    """Say what became of every row, and of files that are gone or never came."""
    held = {
        table: before(previous.snapshot.table(table), table) if previous.snapshot else {}
        for table in {intake.table for intake in intakes}
    }
    reports = [_file_report(intake, held[intake.table], kept.get(intake.part)) for intake in intakes]
    for source in sources:
        if not source.files:
            pattern = ", ".join(source.source.files)
            reports.append(FileReport(source.source.name, pattern, "", 0, {}, said={"no_files": pattern}))
    here = {intake.part for intake in intakes}
    if previous.snapshot is not None:
        reports.extend(_gone(previous, previous.snapshot, here))
    return tuple(reports)


def _file_report(intake: Intake, held: Before, kept: int | None) -> FileReport:
    converted = intake.converted
    if converted is None:
        return FileReport(
            intake.source,
            intake.file,
            intake.sha256,
            intake.read,
            {},
            said={} if kept is None else {"kept_from_before": str(kept)},
            stopped=intake.fault,
            stopped_values=intake.fault_values,
        )
    return FileReport(
        intake.source,
        intake.file,
        intake.sha256,
        intake.read,
        count_fates(converted, intake.table, held),
        rejections=converted.rejections,
        masked=converted.masked,
        said=converted.said,
    )


def _gone(previous: Previous, snapshot: Snapshot, here: set[str]) -> list[FileReport]:
    """Account for files whose rows the snapshot before held and that are not in the inbox any more."""
    reports = []
    for file in snapshot.report.files:
        name = part_name(file.source, file.file)
        tables = [table for table, parts in snapshot.parts.items() if name in parts]
        if name in here or not tables:
            continue
        held = [previous.rows(table, name) for table in tables]
        rows = sum(len(frame) for frame in held if frame is not None)
        reports.append(FileReport(file.source, file.file, "", 0, {}, said={"file_gone": str(rows)}))
    return reports


def _propose_places(store: Path, snapshot: Snapshot, tell: Progress) -> None:
    """Bring the places that the layers show to the register, which decides which place is which."""
    tell("import_places", 0, 1)
    layers = PlaceLayers(
        schools=snapshot.table("schools"),
        areas=snapshot.table("areas"),
        streets=snapshot.table("streets"),
        project=snapshot.project,
    )
    register = Register(
        store,
        municipality_code=snapshot.project.municipality.code,
        working_crs=snapshot.project.geography.working_crs,
    )
    try:
        register.propose(candidates(layers))
    finally:
        register.close()
    tell("import_places", 1, 1)
