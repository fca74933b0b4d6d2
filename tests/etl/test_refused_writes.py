"""A disk that is full, a folder that may not be written, a register that another program holds: the import says
so, what was published stays, and the next import gives what an undisturbed one would have given."""

import os
import resource
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from disturbed import FINE, SAID, Counted, Ended, Twofold, forked, in_memory, no_room, watch
from small_workspace import Workspace

from etl.pipeline import run
from geodata.errors import StoreError
from geodata.store import connection

NOBODY = 65534
REFUSALS = {"store_full", "store_not_writable", "register_refused", "register_busy"}


@pytest.fixture(scope="module")
def twofold() -> Iterator[Twofold]:
    with in_memory() as folder:
        (folder / "inbox").mkdir()
        yield Twofold(Workspace(folder))


def said(ended: Ended) -> bool:
    """Whether a child said in words what refused it; it never ends with a trace."""
    assert ended.code in {FINE, SAID}, ended.told
    assert ended.code == FINE or ended.error in REFUSALS, ended
    return ended.code == SAID


@pytest.mark.slow
@pytest.mark.parametrize("on", [False, True], ids=["once", "from then on"])
def test_no_room_at_any_write_sync_or_rename(twofold: Twofold, on: bool) -> None:
    at = 0
    refused = 0
    while True:
        twofold.other()
        counted = Counted(no_room, at, on=on)

        def work(counted: Counted = counted) -> bool:
            watch(counted, twofold.workspace.folder / "store")
            try:
                twofold.import_now()
            finally:
                counted.at = -1 if counted.seen <= counted.at else counted.at
            return counted.at == -1

        ended = forked(work)
        refused += said(ended)
        if ended.told == "True":
            break
        before = twofold.published()
        if at % 3 == 0 or before == twofold.state:
            twofold.check_next()
        at += 3 if on else 2  # a write is an opening, a sync and a renaming; odd steps come to all three
    assert refused > 8


@pytest.mark.slow
def test_a_limit_on_the_size_of_files_set_by_the_kernel(twofold: Twofold) -> None:
    codes = []
    for limit in (0, 10, 200, 1_000, 4_000, 8_000, 15_000, 40_000, 10_000_000):
        twofold.other()

        def work(limit: int = limit) -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            twofold.import_now()

        ended = forked(work)
        codes.append(said(ended))
        twofold.check_next()
    assert codes[0]
    assert not codes[-1]
    assert sum(codes) > 3


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """Give a disk of its own, so small that it fills up; only an administrator can."""
    folder = Path(tempfile.mkdtemp())
    mount = ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(folder)]
    if (
        os.name != "posix"
        or os.geteuid()
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        folder.rmdir()
        pytest.skip("a disk can be mounted by an administrator only")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)
    folder.rmdir()


@pytest.mark.slow
def test_a_disk_that_is_full(twofold: Twofold, small_disk: Path) -> None:
    twofold = twofold.copied(small_disk)
    refused = 0
    for room in (0, 4_096, 8_192, 12_288, 16_384, 24_576, 32_768, 49_152, 65_536, 98_304, 131_072):
        twofold.other()
        free = shutil.disk_usage(small_disk).free
        filler = small_disk / "filler"
        filler.write_bytes(b"x" * max(0, free - room))
        refused += said(forked(twofold.import_now))
        twofold.published()
        filler.unlink()
        twofold.check_next()
    assert refused > 2


@pytest.fixture
def owned() -> Iterator[Path]:
    """Give a folder that an ordinary user can reach; pytest's own are the administrator's."""
    with in_memory() as folder:
        folder.chmod(0o755)
        yield folder


def as_ordinary_user() -> None:
    """Become a user whom permissions hold; the administrator ignores them."""
    if not os.geteuid():
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


@pytest.mark.parametrize(
    "closed",
    [
        "store",
        "store/parts",
        "store/snapshots",
        "store/register.sqlite",
        "store/journal.jsonl",
        "store/import.lock",
    ],
)
def test_write_permission_taken_away(twofold: Twofold, owned: Path, closed: str) -> None:
    twofold = twofold.copied(owned)
    owned.chmod(0o755)
    twofold.other()
    for path in owned.rglob("*"):
        path.chmod(0o777 if path.is_dir() else 0o666)
    named = {digest for table in twofold.workspace.snapshot.parts.values() for digest in table.values()}
    for path in (owned / "store" / "parts").iterdir():
        if path.stem not in named:  # so that a part must be written
            path.unlink()
    target = owned / closed
    target.chmod(0o555 if target.is_dir() else 0o444)
    if closed == "store":
        for path in target.glob("register.sqlite*"):
            path.chmod(0o444)

    def work() -> None:
        as_ordinary_user()
        twofold.import_now()

    before = twofold.published()
    assert said(forked(work))
    assert twofold.published() == before != twofold.state
    target.chmod(0o777)
    for path in owned.rglob("*"):
        path.chmod(0o777 if path.is_dir() else 0o666)
    twofold.check_next()


def test_a_workspace_that_may_not_be_written_at_all(owned: Path) -> None:
    (owned / "inbox").mkdir()
    Workspace(owned).put_incidents()
    for path in [*owned.rglob("*"), owned]:
        path.chmod(0o555 if path.is_dir() else 0o444)

    def work() -> None:
        as_ordinary_user()
        run(owned)

    ended = forked(work)
    assert (ended.code, ended.error) == (SAID, "store_not_writable")
    assert not (owned / "store").exists()


def test_a_register_that_another_program_holds(twofold: Twofold, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BUSY_TIMEOUT_MS", 50)
    twofold.other()
    before = twofold.published()
    other = sqlite3.connect(twofold.workspace.folder / "store" / "register.sqlite", isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError) as caught:
            twofold.import_now()
    finally:
        other.close()
    assert caught.value.code == "register_busy"
    assert twofold.published() == before
    twofold.check_next()


def test_a_register_that_is_taken_while_the_import_runs(
    twofold: Twofold, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_TIMEOUT_MS", 50)
    twofold.other()
    before = twofold.published()
    other = sqlite3.connect(twofold.workspace.folder / "store" / "register.sqlite", isolation_level=None)

    def take(step: str, done: int, total: int) -> None:
        if step == "import_places" and done == 0:
            other.execute("BEGIN IMMEDIATE")

    try:
        with pytest.raises(StoreError) as caught:
            run(twofold.workspace.folder, progress=take)
    finally:
        other.close()
    assert caught.value.code == "register_busy"
    assert twofold.published() == before
    twofold.check_next()
