"""The import as a whole: fates, ids, links, what stays and what goes."""

import json
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from small_workspace import Workspace, incident

from etl.identity import REPETITION
from etl.journal import JOURNAL_FILE
from etl.lock import only_import
from etl.pipeline import run
from etl.sources import find_files
from geodata.account import FileReport, ImportReport
from geodata.errors import ProjectError, StoreError
from geodata.sections import Source
from geodata.store.register import Register


def fates(file: FileReport) -> dict[str, int]:
    return {str(fate): count for fate, count in file.fates.items() if count}


def put_streets(workspace: Workspace) -> None:
    workspace.use("streets", "gator.gpkg")
    frame = gpd.GeoDataFrame(
        {
            "ELEMENT_ID": [1, 2],
            "Gatunamn": ["Skolgatan", "Storgatan"],
            "Vagklass": ["bostadsgata", "primär"],
            "Hogsta_tillatna_hastighet": [30, 50],
            "Adt_samtliga_fordon": [None, 4200.0],
        },
        geometry=[
            shapely.LineString([(382000, 6556210), (382200, 6556210)]),
            shapely.LineString([(382000, 6556500), (382200, 6556500)]),
        ],
        crs=3006,
    )
    frame.to_file(workspace.folder / "inbox" / "gator.gpkg", layer="gator")


def test_a_second_import_of_the_same_files_changes_nothing(workspace: Workspace) -> None:
    nowhere = incident("K2", north="", east="", place="hemma hos oss")
    workspace.put_incidents(incident("K1"), nowhere)
    put_streets(workspace)
    first = workspace.run()
    parts = workspace.snapshot.parts
    second = workspace.run()
    assert [fates(file) for file in first.files] == [{"new": 1, "waiting": 1}, {"new": 2}]
    assert [fates(file) for file in second.files] == [{"unchanged": 1, "waiting": 1}, {"unchanged": 2}]
    assert workspace.snapshot.parts == parts


def test_new_and_changed_rows_are_told_apart(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1"), incident("K2"))
    workspace.run()
    workspace.put_incidents(incident("K2", clock="18.00"), incident("K1"), incident("K3"))
    assert fates(workspace.only_file()) == {"new": 1, "changed": 1, "unchanged": 1}


def test_a_row_is_the_same_wherever_it_stands_and_whatever_street_is_near(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1"))
    workspace.run()
    put_streets(workspace)
    assert fates(workspace.run().files[0]) == {"unchanged": 1}
    assert workspace.table()["street_id"].tolist() == [1]
    assert workspace.table()["street_distance_m"].tolist() == pytest.approx([8.2])


def test_only_a_point_that_stands_for_the_spot_is_joined_to_a_street(workspace: Workspace) -> None:
    put_streets(workspace)
    workspace.put_incidents(incident("K1", north="", east=""), incident("K2", north="6556350,0"))
    workspace.run()
    assert workspace.table()["street_id"].tolist() == [-1, -1]
    assert workspace.table()["street_distance_m"].isna().all()


def test_the_same_record_twice_is_linked_and_counted_once(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1"), incident("K1"), incident("K1"))
    assert fates(workspace.only_file()) == {"new": 1, "linked": 2}
    table = workspace.table().set_index("observation_id")
    first = "1785:police_incidents:K1"
    assert table["linked_to"].fillna("").to_dict() == {
        first: "",
        f"{first}{REPETITION}1": first,
        f"{first}{REPETITION}2": first,
    }
    assert fates(workspace.only_file()) == {"unchanged": 1, "linked": 2}


def test_of_a_record_in_two_files_the_last_file_counts(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1", text="Först"), incident("K2"), name="handelser_2024.csv")
    workspace.put_incidents(incident("K1", text="Sedan"), name="handelser_2025.csv")
    first, second = workspace.run().files
    assert (fates(first), fates(second)) == ({"new": 1, "linked": 1}, {"new": 1})
    counted = workspace.table().query("linked_to.isna()").set_index("source_record_id")["text"]
    assert counted.to_dict() == {"K1": "Sedan", "K2": "Bil i hög fart"}


def test_a_stopped_file_still_counts_among_the_repetitions(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1", text="Först"), name="handelser_2024.csv")
    workspace.put_incidents(incident("K1", text="Sedan"), name="handelser_2025.csv")
    workspace.run()
    workspace.put("handelser_2025.csv", b"")
    first, second = workspace.run().files
    assert (fates(first), second.stopped) == ({"linked": 1}, "file_empty")
    assert workspace.table()["observation_id"].is_unique
    assert workspace.table().query("linked_to.isna()")["text"].tolist() == ["Sedan"]


def test_records_without_an_id_are_known_by_what_they_hold(workspace: Workspace) -> None:
    shipped = Path(__file__).parents[2] / "etl" / "mappings" / "police_incidents.toml"
    text = shipped.read_text(encoding="utf-8").replace('id = "Händelsenr"', "")
    (workspace.folder / "mappings").mkdir()
    own = text.replace('ignored = ["Brottskod"]', 'ignored = ["Brottskod", "Händelsenr"]')
    own = own.replace('observation_id = "1785:acceptance:5000-K1"', "")
    (workspace.folder / "mappings" / "police_incidents.toml").write_text(own, encoding="utf-8")
    workspace.put_incidents(incident(""), incident(""), incident("", clock="18.00"))
    assert fates(workspace.only_file()) == {"new": 3}
    ids = set(workspace.table()["observation_id"])
    assert len(ids) == 3
    # The same file under another name holds the same records.
    workspace.put_incidents(
        incident(""), incident(""), incident("", clock="18.00"), name="handelser_kopia.csv"
    )
    first, copy = workspace.run().files
    assert (fates(first), fates(copy)) == ({"linked": 3}, {"unchanged": 3})
    assert ids <= set(workspace.table()["observation_id"])


def test_a_digest_is_set_aside_and_a_row_without_a_point_waits(workspace: Workspace) -> None:
    workspace.put_incidents(
        incident("K1", kind="Sammanfattning natt", north="", east=""),
        incident("K2", north="", east=""),
    )
    assert fates(workspace.only_file()) == {"set_aside": 1, "waiting": 1}
    table = workspace.table().set_index("source_record_id")
    assert table["set_aside"].to_dict() == {"K1": True, "K2": False}
    assert table.loc["K2", ["location_precision", "location_text"]].tolist() == ["unknown", "Skolgatan"]
    assert table["x"].isna().all()


def test_a_digest_is_set_aside_whatever_else_it_holds(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1", kind="Sammanfattning natt", day="2025-02-30", clock="natten"))
    file = workspace.only_file()
    assert fates(file) == {"set_aside": 1}
    assert file.rejections == ()


def test_a_file_that_is_gone_takes_its_rows_with_it_and_that_is_said(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1"), name="handelser_2024.csv")
    path = workspace.put_incidents(incident("K2"), name="handelser_2025.csv")
    workspace.run()
    path.unlink()
    here, gone = workspace.run().files
    assert fates(here) == {"unchanged": 1}
    assert (gone.file, gone.read, gone.said) == ("handelser_2025.csv", 0, {"file_gone": "1"})
    assert workspace.table()["source_record_id"].tolist() == ["K1"]
    assert len(workspace.run().files) == 1


def test_free_text_is_masked_everywhere_in_the_store(workspace: Workspace) -> None:
    workspace.put_incidents(
        incident("K1", text="Ring Anna på 070-123 45 67"),
        incident("K2", kind="070-123 45 67"),
        incident("K3", text="070-123 45 67;x"),
    )
    file = workspace.only_file()
    assert file.masked == 1
    assert workspace.table()["text"].tolist() == ["Ring Anna på ***"]
    manifest = "".join(path.read_text() for path in (workspace.folder / "store" / "snapshots").iterdir())
    assert "123 45 67" not in manifest
    assert "123 45 67" not in (workspace.folder / "store" / "journal.jsonl").read_text()


def test_another_working_crs_moves_the_rows_that_stay(workspace: Workspace) -> None:
    put_streets(workspace)
    workspace.put_incidents(incident("K1"))
    workspace.run()
    project = workspace.folder / "problembild.toml"
    project.write_text(project.read_text().replace("[geography]", "[geography]\nworking_crs = 3007"))
    workspace.put("handelser_2025.csv", b"")
    workspace.put("gator.gpkg", b"x")
    report = run(workspace.folder)
    assert [file.stopped for file in report.files] == ["file_unreadable", "file_empty"]
    (row,) = workspace.table().to_dict("records")
    # EPSG:3007 is SWEREF 99 12 00: the point lies 0.94 degrees east of its meridian, false easting 150 km.
    assert row["x"] == pytest.approx(203_700, abs=200)
    assert row["street_id"] == 1
    assert row["street_distance_m"] == pytest.approx(8.2, abs=0.05)


def test_places_are_proposed_to_the_register_once(workspace: Workspace) -> None:
    put_streets(workspace)
    workspace.use("areas", "kartlager.gpkg")
    square = shapely.box(382050, 6556220, 382110, 6556270)
    frame = gpd.GeoDataFrame(
        {"id": [5], "typ": ["torg"], "namn": ["Stortorget"]}, geometry=[square], crs=3006
    )
    frame.to_file(workspace.folder / "inbox" / "kartlager.gpkg", layer="omraden")
    for _ in range(2):
        workspace.run()
        register = Register(workspace.folder / "store", municipality_code="1785", working_crs=3006)
        assert [place.name for place in register.places()] == ["Stortorget"]
        register.close()


def test_every_step_is_told_from_first_to_last(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1"), name="handelser_2024.csv")
    workspace.put_incidents(incident("K2"), name="handelser_2025.csv")
    told: list[tuple[str, int, int]] = []
    run(workspace.folder, progress=lambda step, done, total: told.append((step, done, total)))
    assert told[:3] == [("import_read", 0, 0), ("import_read", 1, 2), ("import_read", 2, 2)]
    assert [step for step, done, total in told if done == total > 0] == [
        "import_read",
        "import_locate",
        "import_merge",
        "import_snap",
        "import_places",
        "import_publish",
    ]


def test_the_account_is_stored_with_the_snapshot(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1"), incident("K2", day="2025-02-30"))
    report = workspace.run()
    assert report.adds_up
    assert workspace.snapshot.report == report
    assert ImportReport.from_json(json.loads(json.dumps(report.to_json()))) == report


def test_the_journal_says_what_was_imported_when(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1"))
    report = workspace.run()
    lines = (workspace.folder / "store" / JOURNAL_FILE).read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    assert [entry["event"] for entry in entries] == ["started", "file", "published"]
    assert entries[1]["sha256"] == report.files[0].sha256
    assert entries[2]["outcome"] == workspace.snapshot.snapshot_id


def test_the_journal_shows_an_import_that_broke_off(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("etl.publishing.make_current", full_disk)
    workspace.put_incidents(incident("K1"))
    with pytest.raises(OSError, match="No space"):
        workspace.run()
    text = (workspace.folder / "store" / JOURNAL_FILE).read_text(encoding="utf-8")
    assert [json.loads(line)["event"] for line in text.splitlines()] == ["started", "file"]


def test_two_imports_of_one_workspace_do_not_run_at_once(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1"))
    with only_import(workspace.folder / "store"), pytest.raises(StoreError) as caught:
        workspace.run()
    assert caught.value.code == "import_running"
    workspace.run()


def test_a_damaged_snapshot_is_imported_anew(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1"))
    workspace.run()
    (workspace.folder / "store" / "CURRENT").write_text("borta")
    file = workspace.only_file()
    assert fates(file) == {"new": 1}
    assert file.said["before_unreadable"] == "borta"
    assert "before_unreadable" not in workspace.only_file().said


def test_a_mapping_that_can_not_be_used_stops_the_import_before_it_starts(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1"))
    workspace.run()
    before = workspace.snapshot.snapshot_id
    workspace.use("ufo", "x.csv")
    with pytest.raises(ProjectError) as caught:
        workspace.run()
    assert caught.value.code == "mapping_missing"
    assert workspace.snapshot.snapshot_id == before


def test_lock_files_and_hidden_files_are_not_sources(workspace: Workspace) -> None:
    for name in ("b.xlsx", "~$b.xlsx", ".c.xlsx", "djup/a.xlsx"):
        workspace.put(name, b"x")
    source = Source(name="a", mapping="strada", files=("inbox/*.xlsx", "inbox/**/*.xlsx"))
    assert [file.name for file in find_files(workspace.folder, source)] == ["b.xlsx", "djup/a.xlsx"]


def test_an_import_loads_nothing_slow_before_it_is_needed() -> None:
    slow = ("scipy", "alembic", "httpx", "numba", "osmium", "openpyxl")
    code = f"import sys, etl.pipeline; print([name for name in {slow!r} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
