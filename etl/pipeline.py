"""The import, in reading order: the one door to this floor.

``run`` imports everything in a workspace and publishes a snapshot; ``check`` tries the set-up and writes
nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from etl.accounting import account
from etl.check import CheckReport, MappingCheck, Problem, SourceCheck, check
from etl.context import Door
from etl.describe.describing import describe, save_mapping
from etl.describe.description import Description
from etl.gazetteer.answering import SettledPlace, settle_place, settled_places, withdraw_place
from etl.gazetteer.placing import place_by_words
from etl.gazetteer.waiting import PlaceChoice, WaitingPhrase, unmatched_aliases, waiting_places
from etl.halfway import Halfway
from etl.huge_pages import no_huge_pages
from etl.inbox.adopting import Shipped, adopt, describe_unread, shipped_for
from etl.inbox.forgetting import mark_forgotten
from etl.inbox.keeper import Keeper
from etl.inbox.key import make_key
from etl.inbox.opening import unlock_file
from etl.inbox.rejected import RejectedFile, RejectedRow, RejectedRows, rejected_rows
from etl.inbox.rejected_files import rejected_csv, rejected_zip
from etl.inbox.unread import account_for_unread
from etl.inbox.uploads import InboxFile, inbox_files, receive_file
from etl.incremental.importing import take_in_changes
from etl.incremental.keeping import worth_keeping
from etl.intake import take_in
from etl.journal import Journal
from etl.keying.answers import Batch, KeyedAnswer
from etl.keying.rounds import (
    add_sources,
    batches,
    key_answer,
    keyed_answers,
    open_batch,
    remove_answer,
    sources_missing,
    template,
)
from etl.lock import only_import
from etl.masking.mask import mask_text
from etl.masking.secret import read_secret
from etl.merge.linking import merge
from etl.merge.links import LinkedRecord, LinkView, links, restore_link, undo_link
from etl.parts import join_streets, join_to_areas, settle_layers, settle_observations, write_parts
from etl.previous import read_previous
from etl.publishing import publish
from etl.readers.shield import shielded
from etl.services.fetch import fetch
from etl.services.outcome import Fetched, FetchReport
from etl.taking_in import take_in_all
from etl.themes.lexicon import read_lexicon
from etl.work import TakenIn, Work
from geodata.account import ImportReport
from geodata.project import read_project
from geodata.store.register import Register
from geodata.store.snapshots import stage
from geodata.store.sweep import sweep

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.project import Project

__all__ = [
    "Batch",
    "CheckReport",
    "Description",
    "FetchReport",
    "Fetched",
    "InboxFile",
    "KeyedAnswer",
    "LinkView",
    "LinkedRecord",
    "MappingCheck",
    "PlaceChoice",
    "Problem",
    "Progress",
    "RejectedFile",
    "RejectedRow",
    "RejectedRows",
    "SettledPlace",
    "Shipped",
    "SourceCheck",
    "WaitingPhrase",
    "add_sources",
    "adopt",
    "batches",
    "check",
    "describe",
    "describe_unread",
    "fetch",
    "forget",
    "inbox_files",
    "key_answer",
    "keyed_answers",
    "links",
    "make_key",
    "mask_text",
    "open_batch",
    "receive_file",
    "rejected_csv",
    "rejected_rows",
    "rejected_zip",
    "relocate",
    "remove_answer",
    "restore_link",
    "run",
    "save_mapping",
    "settle_place",
    "settled_places",
    "shielded",
    "shipped_for",
    "sources_missing",
    "template",
    "undo_link",
    "unlock_file",
    "unmatched_aliases",
    "waiting_places",
    "withdraw_place",
]

STORE = "store"

Progress = Callable[[str, int, int], None]
"""Step (a key of ``codes.STEPS``), how many of it are done, how many there are; 0 while that is not known."""


def run(workspace: Path, *, progress: Progress | None = None, wait_s: float = 0.0) -> ImportReport:
    """Import every file of every source and publish a snapshot.

    Parameters
    ----------
    workspace
        Folder with ``problembild.toml`` and ``inbox/``.
    progress
        Told of every step.
    wait_s
        Seconds to wait for another import of the workspace to end.

    Returns
    -------
    ImportReport
        What became of every row; stored in the snapshot too.

    Raises
    ------
    ProjectError
        The project file or a mapping can't be used; nothing was changed.
    StoreError
        Another import is running, the store can't be written, or the register can't be used; what was
        published before is still there, whole, and the next import does what this one did not.

    Notes
    -----
    A fault of a file stops that file alone: what its previous import gave stays. A file that is no longer
    in the inbox takes its rows with it, and the account says so.
    """
    tell = progress or _silent
    read_project(workspace)  # one that can't be used is said at once, without waiting for anybody
    store = workspace / STORE
    with only_import(store, wait_s=wait_s), no_huge_pages():
        project = read_project(workspace)
        keeper = Keeper(workspace, store, project)
        code, crs = project.municipality.code, project.geography.working_crs
        # Opened first: a register that can't be used stops the import before anything is published.
        register = Register(store, municipality_code=code, working_crs=crs)
        try:
            return _import(store, project, keeper, register, tell)
        finally:
            register.close()


def relocate(workspace: Path, *, progress: Progress | None = None, wait_s: float = 0.0) -> ImportReport:
    """Let what people answered in the queue take effect.

    Takes, returns and raises what `run` does: answers are replayed by every import.
    """
    return run(workspace, progress=progress, wait_s=wait_s)


def forget(
    workspace: Path,
    file: str,
    *,
    source: str | None = None,
    progress: Progress | None = None,
    wait_s: float = 0.0,
) -> ImportReport:
    """Take a file and its rows out for good: out of the inbox, the store, and its older snapshots.

    What a person decided about places and phrases stays: it holds no row.

    Parameters
    ----------
    file
        As the account names it.
    source
        Only what this source read of it.
    workspace, progress, wait_s
        As for `run`, which follows.

    Raises
    ------
    MissingError
        ``forget_unknown``.
    ProjectError, StoreError
        As `run`; once it is written down, the next import forgets the file all the same.
    """
    store = workspace / STORE
    with only_import(store, wait_s=wait_s):
        mark_forgotten(workspace, read_project(workspace), store, file=file, source=source)
    return run(workspace, progress=progress, wait_s=wait_s)


def _import(
    store: Path, project: Project, keeper: Keeper, register: Register, tell: Progress
) -> ImportReport:
    started = datetime.now(UTC)
    journal = Journal(store)
    journal.write("started")
    sweep(store)
    sources = keeper.open_sources()
    previous = keeper.let_go(read_previous(store, working_crs=project.geography.working_crs), sources)
    door = Door(read_lexicon(store.parent), read_secret(store))
    work = Work(
        store=store,
        project=project,
        sources=sources,
        previous=previous,
        door=door,
        now=started,
        decisions=register.decisions,
        journal=journal,
        tell=tell,
    )
    halfway = Halfway(store, project, door)
    taken_in = take_in_changes(work) or _take_in_everything(work, keeper, halfway)

    unread = account_for_unread(store.parent, (file for source in sources for file in source.files))
    report = ImportReport(
        started_at=started.isoformat(timespec="seconds"),
        finished_at=datetime.now(UTC).isoformat(timespec="seconds"),
        files=keeper.announce(taken_in.taken, taken_in.files, now=started) + unread,
    )
    snapshot = stage(store, taken_in.parts, project=project, report=report)
    publish(register, snapshot, tell)
    journal.write("published", outcome=snapshot.snapshot_id)
    tell("import_publish", 1, 1)
    halfway.clear()
    taken_in.keep(snapshot)
    keeper.tidy(journal, snapshot)
    return report


def _take_in_everything(work: Work, keeper: Keeper, halfway: Halfway) -> TakenIn:
    """Take in every file whole."""
    store, project, sources, previous = work.store, work.project, work.sources, work.previous
    tell, crs = work.tell, work.crs
    at_door = partial(take_in, project=project, now=work.now, door=work.door)
    taken = take_in_all(sources, keeper.carrier(previous), halfway, at_door, journal=work.journal, tell=tell)
    intakes = [intake for _, intake in taken]
    kept_lines = worth_keeping(work, taken)

    layers, kept_features = settle_layers(intakes, previous)
    observations, kept = settle_observations(intakes, previous, whole=project.retention.inbox != "keep")
    rows = sum(len(frame) for frame in observations.values())
    tell("import_locate", 0, rows)
    layers, observations = place_by_words(
        intakes, layers, observations, project=project, answers=work.decisions.location_answers()
    )
    tell("import_locate", rows, rows)

    tell("import_merge", 0, rows)
    observations = merge(observations, undone=work.undone)
    tell("import_merge", rows, rows)

    tell("import_snap", 0, rows)
    parts = write_parts(store, intakes, layers)
    observations = join_to_areas(store, observations, parts, crs=crs)
    tell("import_snap", rows // 2, rows)
    observations = join_streets(store, observations, parts, crs=crs)
    tell("import_snap", rows, rows)

    parts |= write_parts(store, intakes, observations)
    files = account(intakes, sources, layers | observations, previous, kept=kept_features | kept)
    return TakenIn(parts, files, taken, keep=kept_lines)


def _silent(step: str, done: int, total: int) -> None:
    """Tell nobody."""
