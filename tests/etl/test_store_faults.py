"""A store that is damaged or of another version: an import mends it, and says what could not be kept."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from small_workspace import Workspace, incident

from geodata.account import Fate
from geodata.errors import StoreError

DAMAGE: dict[str, Callable[[Path], object]] = {
    "garbage": lambda part: part.write_bytes(b"x"),
    "missing": lambda part: part.unlink(),
    "cut": lambda part: part.write_bytes(part.read_bytes()[:100]),
}


def part_of(workspace: Workspace, name: str) -> Path:
    digest = workspace.snapshot.parts["observations"][f"police_incidents/{name}"]
    return workspace.folder / "store" / "parts" / f"{digest}.parquet"


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_part_is_mended_by_importing_again(workspace: Workspace, damage: str) -> None:
    workspace.put_incidents(incident("K1"))
    workspace.run()
    part = part_of(workspace, "handelser_2025.csv")
    DAMAGE[damage](part)
    file = workspace.only_file()
    assert file.fates[Fate.NEW] == 1
    assert file.said["before_unreadable"] == part.name
    assert workspace.table()["source_record_id"].tolist() == ["K1"]
    assert workspace.only_file().fates[Fate.UNCHANGED] == 1


def test_a_stopped_file_says_that_its_part_is_lost_and_others_keep_theirs(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1"), name="handelser_2024.csv")
    workspace.put_incidents(incident("K2"), name="handelser_2025.csv")
    workspace.run()
    part = part_of(workspace, "handelser_2024.csv")
    part.write_bytes(b"x")
    for name in ("handelser_2024.csv", "handelser_2025.csv"):
        workspace.put(name, b"")
    lost, kept = workspace.run().files
    assert (lost.stopped, lost.said) == ("file_empty", {"before_unreadable": part.name})
    assert (kept.stopped, kept.said) == ("file_empty", {"kept_from_before": "1"})
    assert workspace.table()["source_record_id"].tolist() == ["K2"]


def test_a_file_that_is_gone_and_whose_part_is_lost_is_accounted_for(workspace: Workspace) -> None:
    path = workspace.put_incidents(incident("K1"), name="handelser_2024.csv")
    workspace.put_incidents(incident("K2"), name="handelser_2025.csv")
    workspace.run()
    part = part_of(workspace, "handelser_2024.csv")
    part.unlink()
    path.unlink()
    _, gone = workspace.run().files
    assert (gone.file, gone.said) == ("handelser_2024.csv", {"before_unreadable": part.name})


@pytest.mark.parametrize("version", [1, 99])
def test_a_store_of_another_format_is_imported_anew(workspace: Workspace, version: int) -> None:
    workspace.put_incidents(incident("K1"))
    workspace.run()
    snapshot_id = workspace.snapshot.snapshot_id
    manifest = workspace.folder / "store" / "snapshots" / f"{snapshot_id}.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"format": version}))
    with pytest.raises(StoreError, match="import again"):
        workspace.table()
    file = workspace.only_file()
    assert file.fates[Fate.NEW] == 1
    assert file.said["before_unreadable"] == snapshot_id
    assert workspace.table()["source_record_id"].tolist() == ["K1"]


@pytest.mark.parametrize("content", [b"\xff\xfe", b"", b"borta"])
def test_a_current_that_names_nothing_is_replaced(workspace: Workspace, content: bytes) -> None:
    workspace.put_incidents(incident("K1"))
    workspace.run()
    (workspace.folder / "store" / "CURRENT").write_bytes(content)
    assert workspace.only_file().fates[Fate.NEW] == 1
    assert len(workspace.table()) == 1


def test_a_manifest_of_another_shape_is_replaced(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1"))
    workspace.run()
    store = workspace.folder / "store"
    (store / "snapshots" / f"{workspace.snapshot.snapshot_id}.json").write_text("{}")
    assert workspace.only_file().fates[Fate.NEW] == 1


def test_a_register_that_can_not_be_used_stops_the_import_before_it_publishes(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1"))
    workspace.run()
    before = workspace.snapshot.snapshot_id
    store = workspace.folder / "store"
    for beside in store.glob("register.sqlite*"):
        beside.unlink()
    (store / "register.sqlite").write_bytes(b"garbage" * 20)
    workspace.put_incidents(incident("K2"))
    with pytest.raises(StoreError, match=r"register\.sqlite") as caught:
        workspace.run()
    assert caught.value.code == "register_unreadable"
    assert workspace.snapshot.snapshot_id == before
