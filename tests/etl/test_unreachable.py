"""Folders and files that can't be reached: said at once, nothing changed, nothing taken for gone."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from disturbed import SAID, forked
from small_workspace import Workspace, incident
from test_refused_writes import as_ordinary_user

from etl.pipeline import check, run
from geodata.errors import ProjectError, StoreError
from geodata.store.snapshots import _read_table, open_current


@pytest.fixture
def reachable() -> Iterator[Workspace]:
    """Give a workspace with one import, in a folder that an ordinary user can reach."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    (folder / "inbox" / "djup").mkdir(parents=True)
    workspace = Workspace(folder)
    workspace.put_incidents(incident("K1"))
    workspace.use("police_incidents", "**/handelser_*.csv")
    workspace.run()
    for path in folder.rglob("*"):
        path.chmod(0o777 if path.is_dir() else 0o666)
    yield workspace
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o777)
    shutil.rmtree(folder)


def held(workspace: Workspace) -> list[str]:
    _read_table.cache_clear()
    return workspace.table()["source_record_id"].tolist()


CLOSED: dict[str, tuple[str, str]] = {
    "problembild.toml": ("problembild.toml", "project_unreadable"),
    "inbox": ("inbox", "inbox_unreadable"),
    "a folder in inbox": ("inbox/djup", "inbox_unreadable"),
    "CURRENT": ("store/CURRENT", "store_not_readable"),
    "manifests": ("store/snapshots/*.json", "store_not_readable"),
    "parts": ("store/parts/*.parquet", "store_not_readable"),
    "register": ("store/register.sqlite", "register_refused"),
}


@pytest.mark.parametrize("closed", CLOSED)
def test_what_may_not_be_read_is_said_and_not_taken_for_gone(reachable: Workspace, closed: str) -> None:
    pattern, code = CLOSED[closed]
    (path,) = reachable.folder.glob(pattern)
    mode = path.stat().st_mode & 0o777
    before = reachable.snapshot.snapshot_id
    path.chmod(0)

    def work() -> None:
        as_ordinary_user()
        run(reachable.folder)

    ended = forked(work)
    path.chmod(mode)
    assert (ended.code, ended.error) == (SAID, code), ended.told
    assert reachable.snapshot.snapshot_id == before
    assert held(reachable) == ["K1"]


def test_a_file_that_may_not_be_read_is_stopped_and_its_rows_stay(reachable: Workspace) -> None:
    path = reachable.folder / "inbox" / "handelser_2025.csv"
    path.chmod(0)

    def work() -> object:
        as_ordinary_user()
        (file,) = run(reachable.folder).files
        return file.stopped, file.said

    ended = forked(work)
    assert ended.told == "('file_not_allowed', {'kept_from_before': '1'})"
    assert held(reachable) == ["K1"]


def turned(path: Path) -> None:
    """Make a folder where a file should be."""
    path.unlink()
    path.mkdir()


WRONG: dict[str, tuple[Callable[[Path], object], type[Exception], str]] = {
    "project is a folder": (
        lambda folder: turned(folder / "problembild.toml"),
        ProjectError,
        "project_unreadable",
    ),
    "project is gone": (
        lambda folder: (folder / "problembild.toml").unlink(),
        ProjectError,
        "project_missing",
    ),
    "workspace is gone": (shutil.rmtree, ProjectError, "project_missing"),
    "inbox is gone": (lambda folder: (folder / "inbox").rename(folder / "x"), ProjectError, "inbox_missing"),
    "inbox is empty": (
        lambda folder: shutil.rmtree(folder / "inbox") or (folder / "inbox").mkdir(),
        ProjectError,
        "inbox_emptied",
    ),
    "CURRENT is a folder": (
        lambda folder: turned(folder / "store" / "CURRENT"),
        StoreError,
        "store_not_readable",
    ),
    "journal is a folder": (
        lambda folder: turned(folder / "store" / "journal.jsonl"),
        StoreError,
        "store_not_writable",
    ),
    "lock is a folder": (
        lambda folder: turned(folder / "store" / "import.lock"),
        StoreError,
        "store_not_writable",
    ),
    "register is a folder": (
        lambda folder: turned(folder / "store" / "register.sqlite"),
        StoreError,
        "register_refused",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_not_as_it_should_be_is_said(workspace: Workspace, what: str) -> None:
    spoil, kind, code = WRONG[what]
    workspace.put_incidents(incident("K1"))
    workspace.run()
    spoil(workspace.folder)
    with pytest.raises(kind) as caught:
        workspace.run()
    assert caught.value.code == code
    if kind is ProjectError and what != "workspace is gone":
        assert open_current(workspace.folder / "store").report.read == 1
    if code in {"project_missing", "project_unreadable", "inbox_missing"}:
        assert code in [problem.code for problem in check(workspace.folder).problems]


def test_a_store_that_is_a_file_is_said(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1"))
    (workspace.folder / "store").write_text("x")
    with pytest.raises(StoreError) as caught:
        workspace.run()
    assert caught.value.code == "store_not_writable"


def test_a_missing_project_leaves_no_store_behind(tmp_path: Path) -> None:
    with pytest.raises(ProjectError):
        run(tmp_path / "ingenstans")
    assert not (tmp_path / "ingenstans").exists()


def test_one_file_of_several_may_go_and_an_inbox_that_never_had_any_may_be_empty(
    workspace: Workspace,
) -> None:
    workspace.use("police_incidents", "handelser_*.csv")
    workspace.run()
    path = workspace.put_incidents(incident("K1"))
    workspace.put_incidents(incident("K2"), name="handelser_2024.csv")
    workspace.run()
    path.unlink()
    workspace.run()
    assert workspace.table()["source_record_id"].tolist() == ["K2"]


def test_a_store_on_a_disk_that_is_read_only_reads_and_says_so(workspace: Workspace) -> None:
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(workspace.folder / "store")]
    workspace.put_incidents(incident("K1"))
    (workspace.folder / "store").mkdir()
    if (
        os.name != "posix"
        or os.geteuid()
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.skip("a disk can be mounted by an administrator only")
    try:
        workspace.run()
        subprocess.run(["mount", "-o", "remount,ro", str(workspace.folder / "store")], check=True)
        assert held(workspace) == ["K1"]
        with pytest.raises(StoreError) as caught:
            workspace.run()
        assert caught.value.code == "store_not_writable"
        assert "Read-only" in caught.value.sentence
    finally:
        subprocess.run(["umount", "--lazy", str(workspace.folder / "store")], check=True)
