import hashlib
import io
import json
from datetime import UTC, datetime

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from geodata.account import Fate, FileReport, ImportReport, Rejection
from geodata.errors import MissingError, StoreError
from geodata.project import parse_project
from geodata.schema import TABLES
from geodata.store import parts, snapshots, whole

PROJECT = parse_project({"municipality": {"name": "Exempelstad", "code": "9999", "made_up": True}})
REPORT = ImportReport(
    started_at="2026-01-01T00:00:00+00:00",
    finished_at="2026-01-01T00:00:01+00:00",
    files=(
        FileReport(
            source="trygghet",
            file="kobo.csv",
            sha256="0" * 64,
            read=3,
            fates={Fate.NEW: 2, Fate.REJECTED: 1},
            rejections=(Rejection("kobo.csv", 4, "datum", "date_impossible", "30 februari"),),
        ),
    ),
)
STREETS = gpd.GeoDataFrame(
    {"street_id": [2, 1], "name": ["Åvägen", "Storgatan"], "road_class": ["residential", "primary"]},
    geometry=[
        shapely.LineString([(400000, 6580000), (400100, 6580000)]),
        shapely.LineString([(0, 0), (0, 7)]),
    ],
    crs=3006,
)
OBSERVATIONS = pd.DataFrame(
    {
        "observation_id": ["9999:trygghet:1"],
        "stream": ["survey"],
        "occurred_from": [datetime(2025, 10, 26, 0, 30, tzinfo=UTC)],
        "local_weekday": [6],
        "local_hour": [2],
        "street_id": [-1],
        "set_aside": [False],
        "x": [400000.5],
        "y": [6580000.25],
    }
)


def publish(folder, report=REPORT, **frames):
    written = {table: {"trygghet": parts.write_part(folder, frame, table)} for table, frame in frames.items()}
    return snapshots.publish(folder, written, project=PROJECT, report=report)


def test_what_was_published_reads_back_whole(tmp_path):
    publish(tmp_path, streets=STREETS, observations=OBSERVATIONS)
    snapshot = snapshots.open_current(tmp_path)
    streets = snapshot.table("streets")
    assert list(streets["name"]) == ["Storgatan", "Åvägen"]
    assert streets.crs.to_epsg() == 3006
    assert streets.geometry[1].equals(STREETS.geometry[0])
    [row] = snapshot.table("observations").to_dict("records")
    assert row["occurred_from"] == pd.Timestamp("2025-10-26T00:30Z")
    assert (row["x"], row["y"]) == (400000.5, 6580000.25)
    assert snapshot.project == PROJECT
    assert snapshot.report == REPORT


def test_a_table_without_parts_is_empty_not_an_error(tmp_path):
    snapshot = publish(tmp_path, observations=OBSERVATIONS)
    assert len(snapshot.table("streets")) == 0
    assert snapshot.table("streets").crs.to_epsg() == 3006


def test_the_same_rows_make_the_same_part_and_a_new_snapshot(tmp_path):
    first = publish(tmp_path, streets=STREETS)
    second = publish(tmp_path, streets=STREETS.iloc[::-1])
    assert first.parts == second.parts
    assert first.snapshot_id < second.snapshot_id
    assert len(list((tmp_path / "parts").iterdir())) == 1


def test_a_reader_keeps_the_snapshot_it_opened(tmp_path):
    before = publish(tmp_path, streets=STREETS)
    publish(tmp_path, streets=STREETS.iloc[:1])
    assert len(snapshots.open_snapshot(tmp_path, before.snapshot_id).table("streets")) == 2
    assert len(snapshots.open_current(tmp_path).table("streets")) == 1


def test_layers_digest_changes_with_layers_alone(tmp_path):
    one = publish(tmp_path, streets=STREETS, observations=OBSERVATIONS)
    two = publish(tmp_path, streets=STREETS, observations=OBSERVATIONS.assign(x=1.0))
    three = publish(tmp_path, streets=STREETS.iloc[:1], observations=OBSERVATIONS)
    assert one.layers_digest == two.layers_digest != three.layers_digest


@pytest.mark.parametrize("fails_at", ["parts", "snapshots", "CURRENT"])
def test_a_failed_write_leaves_the_last_snapshot(tmp_path, monkeypatch, fails_at):
    before = publish(tmp_path, streets=STREETS)
    write = parts.write_whole

    def full_disk(path, content):
        if fails_at in {path.name, path.parent.name}:
            raise OSError(28, "No space left on device")
        write(path, content)

    monkeypatch.setattr(parts, "write_whole", full_disk)
    monkeypatch.setattr(snapshots, "write_whole", full_disk)
    with pytest.raises(OSError, match="No space"):
        publish(tmp_path, streets=STREETS.iloc[:1])
    assert snapshots.open_current(tmp_path) == before
    assert len(snapshots.open_current(tmp_path).table("streets")) == 2


def test_a_write_cut_off_leaves_no_half_file(tmp_path, monkeypatch):
    def cut_off(_file):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(whole.os, "fsync", cut_off)
    with pytest.raises(StoreError, match="No space") as raised:
        publish(tmp_path, streets=STREETS)
    assert raised.value.code == "store_full"
    assert list((tmp_path / "parts").iterdir()) == []


def test_an_account_that_does_not_add_up_is_not_published(tmp_path):
    [file] = REPORT.files
    lost = ImportReport(
        REPORT.started_at,
        REPORT.finished_at,
        (FileReport(file.source, file.file, file.sha256, read=4, fates=file.fates),),
    )
    with pytest.raises(StoreError) as raised:
        publish(tmp_path, report=lost, streets=STREETS)
    assert raised.value.code == "report_does_not_add_up"
    assert snapshots.current_id(tmp_path) is None


def test_before_the_first_import_it_says_what_to_run(tmp_path):
    with pytest.raises(MissingError, match="problembild import"):
        snapshots.open_current(tmp_path)


def test_an_unknown_column_is_refused(tmp_path):
    with pytest.raises(StoreError, match="personnummer") as raised:
        parts.write_part(tmp_path, OBSERVATIONS.assign(personnummer="x"), "observations")
    assert raised.value.code == "schema_mismatch"


@pytest.mark.parametrize(
    "damage", [lambda content: content[:100], lambda content: content[:-9] + content[-8:]]
)
def test_a_damaged_part_is_mended_by_writing_the_same_rows(tmp_path, damage):
    snapshot = publish(tmp_path, streets=STREETS)
    [part] = (tmp_path / "parts").iterdir()
    whole = part.read_bytes()
    part.write_bytes(damage(whole))
    assert publish(tmp_path, streets=STREETS).parts == snapshot.parts
    assert part.read_bytes() == whole
    assert len(snapshots.open_current(tmp_path).table("streets")) == 2


def test_a_changed_byte_is_damage_even_where_parquet_sees_none(tmp_path):
    snapshot = publish(tmp_path, observations=OBSERVATIONS)
    [part] = (tmp_path / "parts").iterdir()
    part.write_bytes(part.read_bytes().replace(b"9999:trygghet:1", b"9999:trygghet:2"))
    with pytest.raises(StoreError) as raised:
        snapshot.table("observations")
    assert raised.value.code == "part_unreadable"


def test_a_part_with_other_columns_is_refused(tmp_path):
    # As the tables were before a day could be known to the month only.
    old = TABLES["observations"]
    old = old.remove(old.get_field_index("local_last"))
    old = old.set(old.get_field_index("local_first"), pa.field("local_date", pa.date32()))
    sink = io.BytesIO()
    pq.write_table(old.empty_table(), sink)
    digest = hashlib.sha256(sink.getvalue()).hexdigest()
    parts.write_whole(tmp_path / "parts" / f"{digest}.parquet", sink.getvalue())
    with pytest.raises(StoreError, match=r"other columns.*import again") as raised:
        parts.read_parts(tmp_path, [digest], "observations", crs=3006)
    assert raised.value.code == "part_columns"


@pytest.mark.parametrize("found", [1, 99])
def test_another_format_says_import_again(tmp_path, found):
    snapshot = publish(tmp_path, streets=STREETS)
    manifest = tmp_path / "snapshots" / f"{snapshot.snapshot_id}.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "format": found}))
    with pytest.raises(StoreError, match=rf"format {found} .*import again") as raised:
        snapshots.open_current(tmp_path)
    assert raised.value.code == "snapshot_format"


@pytest.mark.parametrize(
    "change",
    [
        {"format": None},
        {"parts": None},
        {"parts": {"streets": 3}},
        {"project": {"municipality": {}}},
        {"report": {"files": [{}]}},
    ],
)
def test_a_manifest_of_another_shape_is_damage(tmp_path, change):
    snapshot = publish(tmp_path, streets=STREETS)
    manifest = tmp_path / "snapshots" / f"{snapshot.snapshot_id}.json"
    content = {**json.loads(manifest.read_text()), **change}
    manifest.write_text(
        json.dumps({name: value for name, value in content.items() if name != "format" or value})
    )
    with pytest.raises(StoreError) as raised:
        snapshots.open_current(tmp_path)
    assert raised.value.code == "snapshot_unreadable"


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"\0", b"borta"])
def test_a_current_that_names_no_snapshot_is_damage(tmp_path, content):
    publish(tmp_path, streets=STREETS)
    (tmp_path / "CURRENT").write_bytes(content)
    with pytest.raises(StoreError) as raised:
        snapshots.open_current(tmp_path)
    assert raised.value.code == "snapshot_unreadable"


def test_damage_is_told_from_absence(tmp_path):
    snapshot = publish(tmp_path, streets=STREETS)
    [part] = (tmp_path / "parts").iterdir()
    part.write_bytes(b"not parquet")
    with pytest.raises(StoreError) as raised:
        snapshots.open_current(tmp_path).table("streets")
    assert raised.value.code == "part_unreadable"

    manifest = tmp_path / "snapshots" / f"{snapshot.snapshot_id}.json"
    manifest.write_text("{")
    with pytest.raises(StoreError) as raised:
        snapshots.open_current(tmp_path)
    assert raised.value.code == "snapshot_unreadable"


def test_the_report_counts_over_files():
    assert REPORT.read == 3
    assert REPORT.fates[Fate.REJECTED] == 1
    assert REPORT.adds_up
    assert ImportReport.from_json(json.loads(json.dumps(REPORT.to_json()))) == REPORT
