"""The demo stands again whatever the store was left like, and redoes nothing when it is whole."""

import json
import shutil
from pathlib import Path

import pytest

from dashboard.workflow import prepare_demo
from geodata.store.snapshots import current_id, open_current


@pytest.fixture
def workspace(small_workspace, tmp_path):
    return Path(shutil.copytree(small_workspace, tmp_path / "workspace"))


def start(workspace):
    """Start the demo; its files stand already, so making them again is a fault."""

    def make(*_):
        raise AssertionError

    return prepare_demo(workspace, make, progress=lambda *_: None)


def old_format(store):
    manifest = store / "snapshots" / f"{current_id(store)}.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"format": 1}))


def damaged_layer(store):
    (digest,) = open_current(store).parts["streets"].values()
    (store / "parts" / f"{digest}.parquet").write_bytes(b"x")
    shutil.rmtree(store / "tiles")


def no_id(store):
    (store / "CURRENT").write_bytes(b"\xff")


@pytest.mark.parametrize("left", [old_format, damaged_layer, no_id])
def test_a_demo_whose_store_can_not_be_read_is_imported_again(workspace, left):
    store = workspace / "store"
    before = current_id(store)
    left(store)
    assert start(workspace) is False
    assert current_id(store) != before
    assert len(open_current(store).table("streets"))


def test_a_demo_that_stands_is_left_alone(workspace):
    before = current_id(workspace / "store")
    assert start(workspace) is False
    assert current_id(workspace / "store") == before


def test_a_demo_that_was_never_imported_is_made(workspace):
    shutil.rmtree(workspace / "store")
    made = []
    assert prepare_demo(workspace, lambda folder, _: made.append(folder), progress=lambda *_: None) is True
    assert made == [workspace]
    assert current_id(workspace / "store") is not None
