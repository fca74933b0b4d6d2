"""Published files are kept, removed or locked as the project file says; their rows stay, and it is said."""

import io
import json
import os
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from disturbed import FINE, Counted, forked, in_memory, kill, watch
from small_workspace import Workspace, incident

from etl.inbox import retention
from etl.inbox.forgetting import mark_forgotten
from etl.inbox.key import KEY, KEY_FILE, make_key
from etl.inbox.locked import IN_MEMORY, PIECE, lock_file, unlock_into
from etl.inbox.record import RECORD_FILE
from etl.journal import Journal
from etl.pipeline import (
    forget,
    links,
    receive_file,
    rejected_csv,
    rejected_rows,
    run,
    settle_place,
    undo_link,
    unlock_file,
    waiting_places,
)
from geodata.account import Fate
from geodata.errors import FileFaultError, MissingError, ParameterError, ProjectError, StoreError
from geodata.project import read_project
from geodata.store.snapshots import _read_table

NUMBER = "070-123 45 67"


@pytest.fixture
def key(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path_factory.mktemp("elsewhere") / "key"
    make_key(path, workspace=Path("/nowhere"))
    monkeypatch.setenv(KEY_FILE, str(path))
    return path


@pytest.fixture
def in_memory_folder() -> Iterator[Path]:
    with in_memory() as folder:
        yield folder


def settle(workspace: Workspace, rule: str, days: int = 0, *, unmended: bool = False) -> None:
    path = workspace.folder / "problembild.toml"
    text = re.sub(r"\n\[retention\][^\[]*", "", path.read_text())
    path.write_text(
        f'{text}\n[retention]\ninbox = "{rule}"\ndays = {days}\nunmended = {str(unmended).lower()}\n'
    )


def names(workspace: Workspace) -> list[str]:
    return sorted(path.name for path in (workspace.folder / "inbox").rglob("*") if path.is_file())


def ids(workspace: Workspace) -> list[str]:
    return sorted(workspace.table()["source_record_id"])


def test_files_stay_when_nothing_is_said(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1"))
    workspace.run()
    assert names(workspace) == ["handelser_2025.csv"]
    assert not (workspace.folder / "store" / RECORD_FILE).exists()


def test_a_published_file_is_removed_and_its_rows_and_account_stay(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1", text=NUMBER), incident("K2", day="2025-02-30"))
    settle(workspace, "remove", unmended=True)
    first = workspace.only_file()
    assert first.said["inbox_removed"] == "handelser_2025.csv"
    assert names(workspace) == []
    for _ in range(2):
        later = workspace.only_file()
        assert later.said["kept_by_retention"] == "1"
        assert "inbox_removed" not in later.said
        assert (later.read, later.sha256, later.rejections) == (2, first.sha256, first.rejections)
        assert later.fates[Fate.UNCHANGED] == 1
        assert later.fates[Fate.REJECTED] == 1
        assert ids(workspace) == ["K1"]
    assert rejected_rows(workspace.folder).files[0].missing == "rejected_gone"
    events = [entry.event for entry in Journal(workspace.folder / "store").entries()]
    assert events.count("removed") == 1
    assert NUMBER not in "".join(path.read_text() for path in (workspace.folder / "store").glob("*.json*"))


def test_rows_of_removed_files_outlive_a_changed_rule(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1"))
    settle(workspace, "remove")
    workspace.run()
    settle(workspace, "keep")
    workspace.put_incidents(incident("K2"), name="handelser_2026.csv")
    workspace.run()
    workspace.run()
    assert ids(workspace) == ["K1", "K2"]
    assert names(workspace) == ["handelser_2026.csv"]


@pytest.mark.parametrize("rule", ["remove", "encrypt"])
def test_another_file_of_the_same_name_waits_until_the_first_is_forgotten(
    workspace: Workspace, key: Path, rule: str
) -> None:
    workspace.put_incidents(incident("K1"))
    settle(workspace, rule)
    workspace.run()
    before = names(workspace)
    with pytest.raises(ParameterError) as fault:
        receive_file(workspace.folder, "handelser_2025.csv", io.BytesIO(b"x"), replace=True)
    assert fault.value.code == "upload_name_used"
    workspace.put_incidents(incident("K2"))
    for _ in range(2):
        first, other = workspace.run().files
        assert (first.fates[Fate.UNCHANGED], other.said) == (1, {"name_used": "handelser_2025.csv"})
        assert ids(workspace) == ["K1"]
        assert names(workspace) == ["handelser_2025.csv", *before]
    forget(workspace.folder, "handelser_2025.csv")
    assert ids(workspace) == ["K2"]
    workspace.run()
    assert (ids(workspace), names(workspace)) == (["K2"], before)


def test_a_file_that_came_after_its_name_was_forgotten_is_read(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1"))
    workspace.run()
    store = workspace.folder / "store"
    mark_forgotten(
        workspace.folder, read_project(workspace.folder), store, file="handelser_2025.csv", source=None
    )
    workspace.put_incidents(incident("K9"))
    workspace.run()
    assert (ids(workspace), names(workspace)) == (["K9"], ["handelser_2025.csv"])


def test_what_is_forgotten_does_not_stay_for_a_stopped_file_of_its_name(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1"))
    settle(workspace, "remove")
    workspace.run()
    workspace.put("handelser_2025.csv", b"")
    assert forget(workspace.folder, "handelser_2025.csv").files[0].stopped == "file_empty"
    assert (len(workspace.table()), names(workspace)) == (0, ["handelser_2025.csv"])


def test_a_stopped_file_is_never_removed(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1"))
    workspace.put("handelser_2024.csv", b"")
    settle(workspace, "remove")
    workspace.run()
    assert names(workspace) == ["handelser_2024.csv"]


def test_a_file_that_one_of_two_sources_could_not_read_stays(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1"))
    workspace.use("strada", "handelser_*.csv", name="fel")
    settle(workspace, "remove")
    workspace.run()
    assert names(workspace) == ["handelser_2025.csv"]


def test_a_file_stays_as_many_days_as_said(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace.put_incidents(incident("K1"))
    settle(workspace, "remove", days=30)
    workspace.run()
    assert names(workspace) == ["handelser_2025.csv"]
    later = retention.datetime

    class Past(datetime):
        @classmethod
        def fromisoformat(cls, text: str) -> datetime:
            return later.fromisoformat(text).replace(year=2020)

    monkeypatch.setattr(retention, "datetime", Past)
    workspace.run()
    assert names(workspace) == []


def test_the_days_begin_anew_with_new_content(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1"))
    settle(workspace, "remove", days=30)
    workspace.run()
    record = workspace.folder / "store" / RECORD_FILE
    record.write_text(re.sub(r'"published_at": "\d{4}', '"published_at": "2020', record.read_text()))
    workspace.put_incidents(incident("K1"), incident("K2"))
    workspace.run()
    assert names(workspace) == ["handelser_2025.csv"]
    assert str(datetime.now(UTC).year) in record.read_text()


def test_nothing_goes_when_nothing_is_published(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise StoreError("store_full", "full")

    workspace.put_incidents(incident("K1"))
    settle(workspace, "remove")
    monkeypatch.setattr("etl.publishing.make_current", refused)
    with pytest.raises(StoreError):
        workspace.run()
    assert names(workspace) == ["handelser_2025.csv"]


def test_a_locked_file_is_read_with_the_key_and_keeps_its_rows_without(
    workspace: Workspace, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.put_incidents(incident("K1", text=NUMBER), incident("K2", day="2025-02-30"))
    settle(workspace, "encrypt")
    first = workspace.only_file()
    assert first.said["inbox_locked"] == "handelser_2025.csv"
    assert names(workspace) == ["handelser_2025.csv.locked"]
    locked = (workspace.folder / "inbox" / "handelser_2025.csv.locked").read_bytes()
    assert NUMBER.encode() not in locked
    again = workspace.only_file()
    assert (again.file, again.sha256) == ("handelser_2025.csv", first.sha256)
    assert again.fates[Fate.UNCHANGED] == 1
    assert rejected_rows(workspace.folder).files[0].rows[0].cells[0] == "K2"
    assert not list(IN_MEMORY.glob("problembild-inbox-*"))
    monkeypatch.delenv(KEY_FILE)
    without = workspace.only_file()
    assert without.said["kept_locked"] == "1"
    assert without.fates[Fate.UNCHANGED] == 1
    assert ids(workspace) == ["K1"]
    assert rejected_rows(workspace.folder).files[0].missing == "rejected_unreadable"


def test_without_a_key_nothing_is_locked_and_that_is_said(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1"))
    settle(workspace, "encrypt")
    assert workspace.only_file().said["inbox_not_locked"] == "handelser_2025.csv"
    assert names(workspace) == ["handelser_2025.csv"]


def test_a_locked_file_with_nothing_from_before_is_stopped(
    workspace: Workspace, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workspace.put_incidents(incident("K1"))
    settle(workspace, "encrypt")
    workspace.run()
    (workspace.folder / "store").rename(workspace.folder / "borta")
    monkeypatch.delenv(KEY_FILE)
    assert workspace.only_file().stopped == "locked_no_key"
    make_key(path.parents[2] / "andra", workspace=workspace.folder)
    monkeypatch.setenv(KEY_FILE, str(path.parents[2] / "andra"))
    assert workspace.only_file().stopped == "locked_other_key"
    monkeypatch.setenv(KEY_FILE, str(key))
    assert workspace.only_file().fates[Fate.NEW] == 1


def test_a_locked_file_whose_source_was_renamed_says_so_until_it_has_its_name_again(
    workspace: Workspace, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.put_incidents(incident("K1"))
    settle(workspace, "encrypt")
    workspace.run()
    (old, (mapping, pattern)), *_ = workspace.sources.items()
    workspace.sources.clear()
    workspace.use(mapping, pattern, name="omdopt")
    settle(workspace, "encrypt")
    monkeypatch.delenv(KEY_FILE)
    for _ in range(2):  # the account of the import before names the old source no more
        stopped = next(file for file in workspace.run().files if file.stopped)
        assert stopped.stopped == "locked_source_renamed"
        assert (stopped.stopped_values["before"], stopped.stopped_values["source"]) == (old, "omdopt")
    monkeypatch.setenv(KEY_FILE, str(key))
    assert workspace.only_file().fates[Fate.NEW] == 1


def test_a_shape_file_is_locked_with_what_belongs_to_it(workspace: Workspace, key: Path) -> None:
    mapping = workspace.folder / "mappings" / "ytor.toml"
    mapping.parent.mkdir()
    mapping.write_text(
        'title = "Ytor"\ntable = "areas"\nid = "id"\n[reader]\nformat = "vector"\n[location]\ngeometry = true\n'
        '[fields.name]\ncolumn = "namn"\n[constants]\nkind = "park"\n'
        '[[acceptance]]\ngeometry = "POLYGON ((12.9 59.1, 12.91 59.1, 12.91 59.11, 12.9 59.1))"\nrow = { id = "1", namn = "P" }\n'
        'expect = { name = "P" }\n'
    )
    workspace.use("ytor", "ytor.shp")
    frame = gpd.GeoDataFrame(
        {"id": [1], "namn": ["Ågatan"]}, geometry=[shapely.box(382000, 6556210, 382200, 6556300)], crs=3006
    )
    frame.to_file(workspace.folder / "inbox" / "ytor.shp")
    settle(workspace, "encrypt")
    assert workspace.run().files[0].fates[Fate.NEW] == 1
    assert all(name.endswith(".locked") for name in names(workspace))
    assert len(names(workspace)) >= 4
    assert workspace.run().files[0].fates[Fate.UNCHANGED] == 1


def test_rows_that_only_a_broken_store_had_stop_the_import(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1"))
    settle(workspace, "remove")
    workspace.run()
    (part,) = (workspace.folder / "store" / "parts").iterdir()
    _read_table.cache_clear()
    whole = part.read_bytes()
    part.write_bytes(b"x")
    with pytest.raises(StoreError) as caught:
        workspace.run()
    assert (caught.value.code, caught.value.values["file"]) == ("retained_unreadable", "handelser_2025.csv")
    part.write_bytes(whole)
    workspace.run()
    assert ids(workspace) == ["K1"]
    part.write_bytes(b"x")
    forget(workspace.folder, "handelser_2025.csv")
    assert len(workspace.table()) == 0


def test_a_record_that_can_not_be_read_stops_the_import(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1"))
    settle(workspace, "remove")
    workspace.run()
    (workspace.folder / "store" / RECORD_FILE).write_text("{")
    with pytest.raises(StoreError) as caught:
        workspace.run()
    assert caught.value.code == "inbox_record_unreadable"


@pytest.mark.parametrize("rule", ["keep", "remove", "encrypt"])
def test_what_is_forgotten_is_gone_from_inbox_store_and_history(
    workspace: Workspace, key: Path, rule: str
) -> None:
    workspace.put_incidents(incident("K1"), name="handelser_2024.csv")
    workspace.put_incidents(incident("K2"), name="handelser_2025.csv")
    settle(workspace, rule)
    workspace.run()
    workspace.run()
    _read_table.cache_clear()
    before = names(workspace)
    report = forget(workspace.folder, "handelser_2024.csv")
    (gone,) = [file for file in report.files if file.file == "handelser_2024.csv"]
    assert gone.said == {"file_forgotten": "1"}
    assert [name for name in before if name not in names(workspace)] == [
        name for name in before if name.startswith("handelser_2024")
    ]
    assert ids(workspace) == ["K2"]
    assert len(list((workspace.folder / "store" / "snapshots").iterdir())) == 1
    assert len(list((workspace.folder / "store" / "parts").iterdir())) == 1
    assert [file.file for file in workspace.run().files] == ["handelser_2025.csv"]
    workspace.put_incidents(incident("K1"), name="handelser_2024.csv")
    workspace.run()
    assert ids(workspace) == ["K1", "K2"]


def test_a_file_that_nobody_knows_can_not_be_forgotten(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1"))
    workspace.run()
    with pytest.raises(MissingError) as caught:
        forget(workspace.folder, "borta.csv")
    assert caught.value.code == "forget_unknown"


@pytest.mark.slow
@pytest.mark.parametrize("rule", ["remove", "encrypt", "forget"])
def test_killed_in_the_middle_of_taking_away(in_memory_folder: Path, key: Path, rule: str) -> None:
    at = 0
    before = Workspace(in_memory_folder / "before")
    (before.folder / "inbox").mkdir(parents=True)
    before.put_incidents(incident("K1"), name="handelser_2024.csv")
    before.put_incidents(incident("K2"), name="handelser_2025.csv")
    if rule == "forget":
        before.run()
    else:
        settle(before, rule)
    while True:
        folder = Path(shutil.copytree(before.folder, in_memory_folder / str(at)))
        workspace = Workspace(folder)

        def work(folder: Path = folder, at: int = at) -> None:
            watch(Counted(kill, at), folder / "inbox")
            if rule == "forget":
                forget(folder, "handelser_2024.csv")
            else:
                run(folder)

        ended = forked(work)
        published = (folder / "store" / "CURRENT").exists()
        if not published:  # nothing goes before it is published
            assert {"handelser_2024.csv", "handelser_2025.csv"} <= set(names(workspace))
        run(folder)
        if rule == "forget":
            assert ids(workspace) in (["K2"], ["K1", "K2"])
            forget(folder, "handelser_2024.csv") if ids(workspace) == ["K1", "K2"] else None
            assert ids(workspace) == ["K2"]
            assert names(workspace) == ["handelser_2025.csv"]
        else:
            assert ids(workspace) == ["K1", "K2"]
            left = [] if rule == "remove" else ["handelser_2024.csv.locked", "handelser_2025.csv.locked"]
            assert names(workspace) == left
        if ended.code == FINE:
            break
        at += 4  # a write is an opening, a sync and a renaming: this comes to all three
    assert at > 12


def test_a_file_that_can_not_be_removed_is_said_after_publishing(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    workspace.put_incidents(incident("K1"))
    settle(workspace, "remove")
    monkeypatch.setattr(retention, "remove_with_companions", refused)
    with pytest.raises(StoreError) as caught:
        workspace.run()
    assert (caught.value.code, caught.value.values["file"]) == ("inbox_refused", "handelser_2025.csv")
    assert ids(workspace) == ["K1"]
    monkeypatch.undo()
    workspace.run()
    assert names(workspace) == []


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_every_size_comes_back(tmp_path: Path, size: int) -> None:
    import hashlib

    content, secret = os.urandom(size), os.urandom(32)
    path = tmp_path / "a.bin"
    path.write_bytes(content)
    locked = lock_file(path, key=secret, sha256=hashlib.sha256(content).hexdigest())
    assert locked is not None
    with (tmp_path / "b").open("wb") as target:
        unlock_into(locked, target, key=secret, file="a.bin")
    assert (tmp_path / "b").read_bytes() == content


@pytest.mark.parametrize(
    "spoil",
    [
        lambda sealed: sealed[:-1],
        lambda sealed: sealed[: -(PIECE + 16) - 10],
        lambda sealed: sealed[:68] + sealed[68 + PIECE + 16 :],
        lambda sealed: sealed[:30] + bytes([sealed[30] ^ 1]) + sealed[31:],
        lambda sealed: sealed[:-40] + b"\x00" + sealed[-39:],
        lambda sealed: sealed[:20],
        lambda sealed: b"",
    ],
)
def test_a_locked_file_that_was_touched_is_not_opened(tmp_path: Path, spoil) -> None:
    import hashlib

    content, secret = os.urandom(2 * PIECE + 5), os.urandom(32)
    path = tmp_path / "a.bin"
    path.write_bytes(content)
    locked = lock_file(path, key=secret, sha256=hashlib.sha256(content).hexdigest())
    locked.write_bytes(spoil(locked.read_bytes()))
    with (tmp_path / "b").open("wb") as target, pytest.raises(FileFaultError) as caught:
        unlock_into(locked, target, key=secret, file="a.bin")
    assert caught.value.code in {"locked_damaged", "locked_other_key"}


def test_a_file_that_changed_since_it_was_read_is_not_locked(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"new")
    assert lock_file(path, key=os.urandom(32), sha256="0" * 64) is None
    assert [one.name for one in tmp_path.iterdir()] == ["a.bin"]


def test_a_key_is_made_once_outside_and_for_its_owner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = tmp_path / "w"
    workspace.mkdir()
    path = tmp_path / "key"
    make_key(path, workspace=workspace)
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(ProjectError) as caught:
        make_key(path, workspace=workspace)
    assert caught.value.code == "inbox_key_unusable"
    with pytest.raises(ProjectError) as caught:
        make_key(workspace / "key", workspace=workspace)
    assert caught.value.code == "inbox_key_inside"


@pytest.mark.parametrize("content", ["", "abc", "å", "QUJD"])
def test_a_key_that_can_not_be_used_stops_the_import(
    workspace: Workspace,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    content: str,
) -> None:
    path = tmp_path_factory.mktemp("k") / "key"
    path.write_text(content, encoding="utf-8")
    monkeypatch.setenv(KEY_FILE, str(path))
    workspace.put_incidents(incident("K1"))
    with pytest.raises(ProjectError) as caught:
        workspace.run()
    assert caught.value.code == "inbox_key_unusable"
    if content:
        assert content not in caught.value.sentence


def test_the_key_may_stand_in_the_environment_itself(
    workspace: Workspace, key: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setenv(KEY, key.read_text().strip())
    monkeypatch.delenv(KEY_FILE)
    path = workspace.put_incidents(incident("K1"))
    content = path.read_bytes()
    settle(workspace, "encrypt")
    workspace.run()
    out = tmp_path_factory.mktemp("out") / "x.csv"
    unlock_file(path.with_name("handelser_2025.csv.locked"), out)
    assert out.read_bytes() == content


def test_a_file_with_rejected_rows_stays_until_they_are_mended(workspace: Workspace) -> None:
    path = workspace.put_incidents(incident("K1"), incident("K2", day="2025-02-30"))
    settle(workspace, "remove")
    file = workspace.only_file()
    assert file.said["inbox_unmended"] == path.name
    assert "inbox_removed" not in file.said
    assert names(workspace) == [path.name]
    (mend,) = rejected_rows(workspace.folder).files
    lines = rejected_csv(mend).decode("utf-8-sig")
    receive_file(
        workspace.folder, mend.mend_as, io.BytesIO(lines.replace("2025-02-30", "2025-02-28").encode())
    )
    workspace.run()
    assert names(workspace) == []
    assert ids(workspace) == ["K1", "K2"]


def waiting_survey(workspace: Workspace) -> None:
    workspace.use("plain_survey", "enkat.csv")
    workspace.put(
        "enkat.csv",
        "Svar;Datum;Plats;Vad är problemet?;Beskriv;Svarande\n"
        "1;2025-05-12;bakom maskinhallen;Mörkt;Svart som natten här;Boende\n"
        "2;2025-05-12;vid pumphuset;Mörkt;Man ser ingenting alls;Boende\n",
    )


@pytest.mark.parametrize("rule", ["keep", "remove"])
def test_a_row_that_a_person_placed_has_changed_whether_its_file_is_there_or_not(
    workspace: Workspace, rule: str
) -> None:
    waiting_survey(workspace)
    settle(workspace, rule)
    assert workspace.only_file().fates[Fate.WAITING] == 2
    phrase = next(one for one in waiting_places(workspace.folder) if "pumphuset" in one.phrase)
    settle_place(workspace.folder, phrase.phrase_key, by="Kim", lonlat=(12.93, 59.13))
    file = workspace.only_file()
    assert (file.fates[Fate.CHANGED], file.fates[Fate.WAITING], file.fates[Fate.UNCHANGED]) == (1, 1, 0)
    assert file.adds_up
    file = workspace.only_file()
    assert (file.fates[Fate.CHANGED], file.fates[Fate.WAITING], file.fates[Fate.UNCHANGED]) == (0, 1, 1)
    assert file.adds_up


@pytest.mark.parametrize("rule", ["keep", "remove"])
def test_a_row_that_a_person_parted_has_changed_whether_its_file_is_there_or_not(
    workspace: Workspace, rule: str
) -> None:
    words = "Två bilar krockade i korsningen och en av dem körde vidare mot torget utan att stanna"
    workspace.put_incidents(incident("K1", text=words), name="handelser_a.csv")
    workspace.put_incidents(incident("K2", text=words), name="handelser_b.csv")
    settle(workspace, rule)
    assert sum(file.fates.get(Fate.LINKED, 0) for file in workspace.run().files) == 1
    (link,) = links(workspace.folder)
    undo_link(workspace.folder, link.record.observation_id, link.linked_to.observation_id, by="Kim")
    files = workspace.run().files
    assert sum(file.fates.get(Fate.LINKED, 0) for file in files) == 0
    assert sum(file.fates.get(Fate.CHANGED, 0) for file in files) == 1
    assert all(file.adds_up for file in files)


def test_repetitions_stay_when_the_file_that_held_them_is_forgotten(workspace: Workspace) -> None:
    event = {
        "id": 1,
        "datetime": "2025-03-21 9:52:28 +01:00",
        "name": "21 mars 09:30, Brand, Säffle",
        "summary": "Brand i en container",
        "url": "",
        "type": "Brand",
        "location": {"name": "Säffle", "gps": "59.1,12.9"},
    }
    workspace.use("police_events", "handelser_*.json")
    for day in ("2025-03-21T090000Z", "2025-03-22T090000Z"):
        workspace.put(f"handelser_{day}.json", json.dumps([event]))
    settle(workspace, "remove")
    workspace.run()
    assert names(workspace) == []
    assert len(workspace.table()) - workspace.table()["linked_to"].notna().sum() == 1
    forget(workspace.folder, "handelser_2025-03-22T090000Z.json")
    left = workspace.table()
    assert left["linked_to"].isna().tolist() == [True]
    assert left["origin_file"].tolist() == ["handelser_2025-03-21T090000Z.json"]


def test_a_locked_file_that_no_source_reads_any_more_is_named(workspace: Workspace, key: Path) -> None:
    workspace.put_incidents(incident("K1"))
    workspace.use("plain_survey", "enkat.csv")
    workspace.put("enkat.csv", "Svar;Datum;Plats;Vad är problemet?;Beskriv\n1;2025-05-12;torget;Mörkt;\n")
    settle(workspace, "encrypt")
    workspace.run()
    assert names(workspace) == ["enkat.csv.locked", "handelser_2025.csv.locked"]
    assert "locked_no_source" not in {code for file in workspace.run().files for code in file.said}
    project = workspace.folder / "problembild.toml"
    project.write_text(project.read_text().replace("inbox/handelser_*", "inbox/annat_*"))
    said = [file.said for file in workspace.run().files]
    assert {"locked_no_source": "handelser_2025.csv.locked"} in said
