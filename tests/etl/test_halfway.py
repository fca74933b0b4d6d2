"""An import that broke off is gone on with: what it had converted is not converted again, and nothing differs."""

import io
from pathlib import Path

import geopandas as gpd
import pyarrow.parquet as pq
import pytest
import shapely
from small_workspace import Workspace, incident

from etl import halfway, intake
from etl.halfway import FOLDER
from etl.journal import Journal
from geodata.account import ImportReport
from geodata.errors import StoreError


def fill(folder: Path) -> Workspace:
    (folder / "inbox").mkdir(parents=True)
    workspace = Workspace(folder)
    workspace.put_incidents(
        incident("K1", text="Ring 070-123 45 67"),
        incident("K2", day="2025-02-30"),
        incident("K2", north="", east=""),
        incident("K1", text="Ring 070-123 45 67"),
    )
    workspace.put_incidents(incident("K1", clock="18.01"), name="handelser_2024.csv")
    workspace.use("areas", "ytor.gpkg")
    squares = [shapely.box(382050, 6556220, 382110, 6556270), shapely.box(383050, 6556220, 383110, 6556270)]
    frame = gpd.GeoDataFrame(
        {"id": [5, 6], "typ": ["torg", "park"], "namn": ["Torget", None]}, geometry=squares, crs=3006
    )
    frame.to_file(folder / "inbox" / "ytor.gpkg", layer="omraden")
    return workspace


def refuse(*_: object, **__: object) -> None:
    raise StoreError("store_full", "full")


def told(report: ImportReport) -> list[object]:
    return [(file.file, file.fates, file.rejections, file.masked, file.said) for file in report.files]


@pytest.fixture
def broken_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    workspace = fill(tmp_path / "w")
    with monkeypatch.context() as patched:
        patched.setattr("etl.pipeline.stage", refuse)
        with pytest.raises(StoreError):
            workspace.run()
    return workspace


def count_conversions(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    converted: list[str] = []
    convert = intake.convert

    def counted(raw, mapping, context):
        converted.append(context.file)
        return convert(raw, mapping, context)

    monkeypatch.setattr(intake, "convert", counted)
    return converted


def test_what_is_converted_already_is_not_converted_again(
    broken_off: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    undisturbed = fill(tmp_path / "undisturbed")
    expected = undisturbed.run()
    converted = count_conversions(monkeypatch)
    report = broken_off.run()
    assert converted == ["ytor.gpkg"]
    assert told(report) == told(expected)
    secret = "content_hash"
    for table in ("observations", "areas"):
        mine, theirs = broken_off.table(table), undisturbed.table(table)
        assert mine.drop(columns=[secret], errors="ignore").equals(
            theirs.drop(columns=[secret], errors="ignore")
        )
    events = [entry.event for entry in Journal(broken_off.folder / "store").entries()]
    assert events == ["started", "file", "file", "file", "started", "resumed", "resumed", "file", "published"]
    assert not (broken_off.folder / "store" / FOLDER).exists()


def test_a_layer_comes_back_as_it_was(broken_off: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    broken_off.use("areas", "ytor.gpkg")
    project = broken_off.folder / "problembild.toml"
    areas, police = project.read_text().split("[[source]]")[2], project.read_text().split("[[source]]")[1]
    head = project.read_text().split("[[source]]")[0]
    project.write_text(f"{head}[[source]]{areas}\n[[source]]{police}")
    with monkeypatch.context() as patched:
        patched.setattr("etl.pipeline.stage", refuse)
        with pytest.raises(StoreError):
            broken_off.run()
    converted = count_conversions(monkeypatch)
    broken_off.run()
    assert converted == ["handelser_2025.csv"]
    parts = broken_off.snapshot.parts
    broken_off.run()
    assert broken_off.snapshot.parts == parts


@pytest.mark.parametrize("change", ["file", "project", "lexicon", "program", "kept"])
def test_it_is_converted_again_when_anything_that_it_depends_on_is_another(
    broken_off: Workspace, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    kept = sorted((broken_off.folder / "store" / FOLDER).iterdir())
    assert len(kept) == 2
    if change == "file":
        broken_off.put_incidents(incident("K1", clock="18.02"), name="handelser_2024.csv")
    elif change == "project":
        project = broken_off.folder / "problembild.toml"
        project.write_text(project.read_text().replace("[geography]", "[geography]\ncell_m = 250"))
    elif change == "lexicon":
        (broken_off.folder / "lexicon.toml").write_text('[problems.traffic_speed]\nsays = ["rejsa"]\n')
    elif change == "program":
        monkeypatch.setattr(halfway, "program_digest", lambda: "another")
    else:
        for path in kept:
            path.write_bytes(path.read_bytes()[:-1])
    converted = count_conversions(monkeypatch)
    broken_off.run()
    again = (
        {"handelser_2024.csv", "ytor.gpkg"}
        if change == "file"
        else {"handelser_2024.csv", "handelser_2025.csv", "ytor.gpkg"}
    )
    assert set(converted) == again


def test_rows_that_lie_ahead_are_looked_at_again(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.put_incidents(incident("K1", day="2099-01-01"), incident("K2"), name="handelser_2024.csv")
    workspace.put_incidents(incident("K3"))
    with monkeypatch.context() as patched:
        patched.setattr("etl.pipeline.stage", refuse)
        with pytest.raises(StoreError):
            workspace.run()
    converted = count_conversions(monkeypatch)
    workspace.run()
    assert converted == ["handelser_2024.csv", "handelser_2025.csv"]


def test_nothing_unmasked_is_kept_halfway(broken_off: Workspace) -> None:
    texts = []
    for path in (broken_off.folder / "store" / FOLDER).iterdir():
        table = pq.read_table(io.BytesIO(path.read_bytes()[32:]))
        texts.append(repr(table.schema.metadata) + repr(table.to_pydict()))
    assert any("***" in text for text in texts)
    assert not any("123 45 67" in text for text in texts)
