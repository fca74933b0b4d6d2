"""What is swept and what never is: the last snapshots, and any that somebody reads."""

import json
import os
import signal
from pathlib import Path

import pandas as pd
import pytest
import shapely

from geodata.account import ImportReport
from geodata.errors import StoreError
from geodata.project import parse_project
from geodata.store import snapshots
from geodata.store.parts import write_part
from geodata.store.sweep import KEPT, Swept, sweep

PROJECT = parse_project({"municipality": {"name": "Exempelstad", "code": "9999", "made_up": True}})
REPORT = ImportReport("2026-01-01T00:00:00+00:00", "2026-01-01T00:00:01+00:00", ())


def publish(store: Path, number: int) -> snapshots.Snapshot:
    """Publish a snapshot with one street of its own and one that all have."""
    parts = {}
    for part, identity in (("own", number), ("common", -1)):
        frame = pd.DataFrame({"street_id": [identity], "name": [f"Gatan {identity}"]})
        line = shapely.LineString([(0, identity), (9, identity)])
        parts[part] = write_part(store, frame.assign(geometry=[line]), "streets")
    return snapshots.publish(store, {"streets": parts}, project=PROJECT, report=REPORT)


def manifests(store: Path) -> list[str]:
    return sorted(path.stem for path in (store / "snapshots").iterdir())


def test_the_last_snapshots_stay_with_their_parts(tmp_path):
    names = [publish(tmp_path, number).snapshot_id for number in range(KEPT + 3)]
    assert sweep(tmp_path) == Swept(snapshots=3, parts=3)
    assert manifests(tmp_path) == names[3:]
    for name in names[3:]:
        assert len(snapshots.open_snapshot(tmp_path, name).table("streets")) == 2
    assert sweep(tmp_path) == Swept()


def test_a_reader_keeps_its_snapshot_while_new_ones_are_published_and_swept(tmp_path):
    read = publish(tmp_path, 0)
    for number in range(1, 4):
        publish(tmp_path, number)
        sweep(tmp_path, keep=1)
        assert sorted(read.table("streets")["street_id"]) == [-1, 0]
        snapshots._read_table.cache_clear()
    assert manifests(tmp_path)[0] == read.snapshot_id
    name = read.snapshot_id
    del read
    assert sweep(tmp_path, keep=1) == Swept(snapshots=1, parts=1)
    with pytest.raises(StoreError):
        snapshots.open_snapshot(tmp_path, name)


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_a_reader_in_another_process_keeps_its_snapshot_until_it_ends(tmp_path, end):
    name = publish(tmp_path, 0).snapshot_id
    ready, tell = os.pipe()
    go, proceed = os.pipe()
    child = os.fork()
    if not child:
        code = 1
        try:
            read = snapshots.open_snapshot(tmp_path, name)
            os.write(tell, b"x")
            os.read(go, 1)
            code = 0 if len(read.table("streets")) == 2 else 1
            os.write(tell, b"y" if code == 0 else b"n")
            signal.pause()
        finally:
            os._exit(code)
    try:
        assert os.read(ready, 1) == b"x"
        publish(tmp_path, 1)
        sweep(tmp_path, keep=1)
        assert len(manifests(tmp_path)) == 2
        os.write(proceed, b"x")
        assert os.read(ready, 1) == b"y"
    finally:
        os.kill(child, end)
        os.waitpid(child, 0)
        for one in (ready, tell, go, proceed):
            os.close(one)
    sweep(tmp_path, keep=1)
    assert len(manifests(tmp_path)) == 1


def test_what_an_import_left_half_done_goes(tmp_path):
    current = publish(tmp_path, 0)
    frame = pd.DataFrame(
        {"street_id": [7], "name": ["Lös"], "geometry": [shapely.LineString([(0, 0), (1, 1)])]}
    )
    loose = write_part(tmp_path, frame, "streets")
    staged = snapshots.stage(tmp_path, {"streets": {"a": loose}}, project=PROJECT, report=REPORT)
    assert staged.snapshot_id > current.snapshot_id
    del staged
    for stray in ("parts/x.parquet.77.part", "snapshots/y.json.77.part", "CURRENT.77.part"):
        (tmp_path / stray).write_bytes(b"half")
    assert sweep(tmp_path) == Swept(snapshots=1, parts=1, strays=3)
    assert snapshots.open_current(tmp_path) == current
    assert len(current.table("streets")) == 2


@pytest.mark.parametrize("spoil", ["CURRENT", "older", "current manifest"])
def test_nothing_but_strays_goes_while_the_store_can_not_be_read(tmp_path, spoil):
    names = [publish(tmp_path, number).snapshot_id for number in range(3)]
    spoilt = {
        "CURRENT": tmp_path / "CURRENT",
        "older": tmp_path / "snapshots" / f"{names[1]}.json",
        "current manifest": tmp_path / "snapshots" / f"{names[2]}.json",
    }[spoil]
    spoilt.write_bytes(b"\xff")
    (tmp_path / "CURRENT.1.part").write_bytes(b"")
    assert sweep(tmp_path, keep=2) == Swept(strays=1)
    assert len(list((tmp_path / "parts").iterdir())) == 4


def test_parts_of_a_manifest_of_another_format_stay(tmp_path):
    first = publish(tmp_path, 0)
    path = tmp_path / "snapshots" / f"{first.snapshot_id}.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 1}))
    publish(tmp_path, 1)
    assert sweep(tmp_path, keep=2) == Swept()


def test_an_empty_store_is_swept_of_nothing(tmp_path):
    assert sweep(tmp_path) == Swept()


def test_ids_go_on_when_the_clock_goes_back(tmp_path, monkeypatch):
    first = publish(tmp_path, 0)

    class Earlier(snapshots.datetime):
        @classmethod
        def now(cls, zone=None):
            return super().now(zone).replace(year=2020)

    monkeypatch.setattr(snapshots, "datetime", Earlier)
    second = publish(tmp_path, 1)
    assert second.snapshot_id > first.snapshot_id
    assert sweep(tmp_path) == Swept()


def test_who_opens_while_the_current_one_is_swept_gets_the_newer(tmp_path, monkeypatch):
    names = [publish(tmp_path, 0).snapshot_id, publish(tmp_path, 1).snapshot_id]
    sweep(tmp_path, keep=1)
    asked = iter(names)
    monkeypatch.setattr(snapshots, "current_id", lambda _folder: next(asked))
    assert snapshots.open_current(tmp_path).snapshot_id == names[1]
