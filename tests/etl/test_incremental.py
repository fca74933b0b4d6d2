"""An import of what changed gives what an import of everything would: the same rows, the same account."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from small_workspace import Workspace, incident

from etl import halfway, pipeline
from etl.incremental import changes, following, keeping, known_rows, patching
from etl.incremental.ledger import FOLDER, read_ledger
from etl.journal import Journal
from etl.merge.links import links, undo_link
from geodata.account import Fate, ImportReport
from geodata.project import read_project
from geodata.store.patches import Patched
from geodata.store.register import Register
from geodata.store.snapshots import open_current

SURVEY = """title = "Svar"
table = "observations"
stream = "survey"
{key}
[reader]
format = "delimited"

[time]
date = "dag"
clock = "tid"

[location]
longitude = "lon"
latitude = "lat"

[fields.category]
column = "vad"
unmatched = "other"
values = {{ "fart" = "traffic_speed", "mörkt" = "environment_dark" }}

[fields.location_text]
column = "plats"

[fields.text]
column = "text"

[[acceptance]]
row = {{ {own}"dag" = "2025-05-12", "tid" = "12:30", "vad" = "fart", "lon" = "15", "lat" = "60" }}
expect = {{ category = "traffic_speed", x = 500000, y = 6651411.2 }}
"""
HEADING = "nr;dag;tid;vad;lon;lat;plats;text"
AREAS = json.dumps(
    {
        "type": "FeatureCollection",
        "name": "omraden",
        "features": [
            {
                "type": "Feature",
                "properties": {"id": 5, "typ": "torg", "namn": "Stortorget"},
                "geometry": {
                    "type": "Polygon",
                    "coordinates": [
                        [[12.92, 59.13], [12.93, 59.13], [12.93, 59.14], [12.92, 59.14], [12.92, 59.13]]
                    ],
                },
            }
        ],
    }
)
WORDS = (
    "Bilarna kör alldeles för fort förbi skolan varje morgon i veckan",
    "Bilarna kör alldeles för fort förbi skolan varje morgon i veckan.",
    "Gatlyktan utanför porten är trasig och det är mycket mörkt där",
    "Ring mig på 070-123 45 67",
    '"En rad\noch en till; med citat"',
    "",
)

OWN = "Det ligger alltid krossat glas på gångvägen bakom den gamla kiosken"


@pytest.fixture(scope="module", autouse=True)
def any_file() -> Iterator[None]:
    """Follow files of a few lines, as large ones are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keeping, "LEAST", 1)
        patch.setattr(changes, "MOST", 0.9)
        patch.setattr(following, "MOST_AGAIN", 1.0)
        patch.setattr(known_rows, "WITNESSES", 6)
        patch.setattr(patching, "LARGEST", 0.9)
        yield


def answer(
    number: str,
    day: str = "2025-03-14",
    clock: str = "17:59",
    kind: str = "fart",
    lon: str = "12.925",
    lat: str = "59.135",
    place: str = "",
    text: str = "",
) -> str:
    return f"{number};{day};{clock};{kind};{lon};{lat};{place};{text}"


def make(folder: Path, *, key: str = 'id = "nr"') -> Workspace:
    (folder / "inbox").mkdir(parents=True)
    (folder / "mappings").mkdir()
    mapping = SURVEY.format(key=key, own='"nr" = "1", ' if key else "")
    used = "" if key else '\nignored = ["nr"]\n'
    (folder / "mappings" / "svar.toml").write_text(
        mapping.replace("\n[reader]", f"{used}\n[reader]", 1), "utf-8"
    )
    workspace = Workspace(folder)
    workspace.put("ytor.geojson", AREAS)
    workspace.use("areas", "ytor.geojson")
    workspace.use("svar", "svar.csv")
    workspace.put_incidents(
        incident("K1"), incident("K2", text="Ett annat fordon körde mot rött ljus vid korset")
    )
    return workspace


def put(workspace: Workspace, lines: list[str]) -> None:
    workspace.put("svar.csv", "\n".join([HEADING, *lines]) + "\n")


def told(report: ImportReport) -> dict[str, Any]:
    return {
        name: value for name, value in report.to_json().items() if name not in {"started_at", "finished_at"}
    }


def events(workspace: Workspace) -> list[tuple[str, str]]:
    """Return what the journal says of the last import, each event with its outcome."""
    entries = Journal(workspace.folder / "store").entries()
    last = max(at for at, one in enumerate(entries) if one.event == "started")
    return [(one.event, one.outcome) for one in entries[last:]]


def followed(workspace: Workspace) -> bool:
    return not {"whole"} & {event for event, _ in events(workspace)}


def check(workspace: Workspace) -> ImportReport:
    """Import what changed, and hold it against an import of everything from the same snapshot before."""
    beside = workspace.folder.with_name(f"{workspace.folder.name} beside")
    shutil.rmtree(beside, ignore_errors=True)
    shutil.copytree(workspace.folder, beside)
    shutil.rmtree(beside / "store" / FOLDER)
    other = Workspace(beside, workspace.sources)
    expected = other.run()
    assert "changes" not in {event for event, _ in events(other)}
    report = workspace.run()
    assert told(report) == told(expected)
    pd.testing.assert_frame_equal(workspace.table(), other.table())
    assert report.adds_up
    return report


def fates(report: ImportReport, file: str = "svar.csv") -> dict[str, int]:
    (one,) = [one for one in report.files if one.file == file]
    return {str(fate): count for fate, count in one.fates.items() if count}


PLENTY = [
    answer(f"A{at}", clock=f"1{at % 10}:30", text=WORDS[at % 4], lon=f"12.9{at:02d}") for at in range(30)
]


@pytest.fixture
def standing(tmp_path: Path) -> Workspace:
    workspace = make(tmp_path / "one")
    put(workspace, PLENTY)
    workspace.run()
    return workspace


def test_changed_new_and_removed_lines_are_taken_in_alone(standing: Workspace) -> None:
    lines = PLENTY.copy()
    lines[3] = answer("A3", day="2025-04-01")
    del lines[10]
    lines.insert(5, answer("Ny", text="Helt nytt"))
    put(standing, lines)
    report = check(standing)
    assert ("changes", "30") in events(standing)
    assert fates(report) == {"new": 1, "changed": 1, "unchanged": 28}
    (file,) = [one for one in report.files if one.file == "svar.csv"]
    assert file.said["rows_gone"] == "1"
    assert isinstance(standing.snapshot.parts["observations"]["svar/svar.csv"], Patched)
    assert standing.table()["origin_row"].tolist()[-1] == 31


def test_an_import_of_nothing_new_changes_nothing(standing: Workspace) -> None:
    parts = standing.snapshot.parts
    report = check(standing)
    assert followed(standing)
    assert standing.snapshot.parts == parts
    assert fates(report) == {"unchanged": 30}


def test_change_upon_change_lies_in_one_patch_until_it_is_large(
    standing: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = PLENTY.copy()
    base = standing.snapshot.parts["observations"]["svar/svar.csv"]
    monkeypatch.setattr(patching, "LARGEST", 0.4)
    for at in range(0, 30, 4):
        lines[at] = answer(f"A{at}", day="2025-05-05")
        lines.insert(at, answer(f"B{at}"))
        put(standing, lines)
        check(standing)
        part = standing.snapshot.parts["observations"]["svar/svar.csv"]
        assert followed(standing), events(standing)
        if at < 8:
            assert isinstance(part, Patched)
            assert part.base == base
    assert isinstance(part, str) or part.base != base


def test_ids_that_stand_twice_are_judged_with_all_that_bear_them(standing: Workspace) -> None:
    lines = [*PLENTY, answer("A7", text="annat"), PLENTY[8], answer("B", day="2025-02-30")]
    put(standing, lines)
    assert fates(check(standing)) == {"unchanged": 30, "linked": 1, "rejected": 2}
    lines[7] = answer("A7", text="annat")
    lines[8] = answer("C", text="annat")
    put(standing, lines)
    check(standing)
    put(standing, [line for line in lines if not line.startswith("A7")])
    check(standing)
    assert followed(standing)


def test_complaints_are_linked_and_parted_where_something_changed(standing: Workspace) -> None:
    lines = [
        *PLENTY,
        answer("X", text=OWN, kind="mörkt"),
        answer("Y", text=OWN, kind="mörkt", day="2025-03-16"),
    ]
    put(standing, lines)
    report = check(standing)
    assert fates(report)["linked"] >= 1
    found = [one for one in links(standing.folder) if one.record.source == "svar"]
    lines[-2] = answer("X", text="något helt annat som ingen annan skrev", kind="mörkt")
    put(standing, lines)
    check(standing)
    assert followed(standing)
    assert len([one for one in links(standing.folder) if one.record.source == "svar"]) < len(found)


def test_words_for_places_are_placed_as_over_the_whole_file(standing: Workspace) -> None:
    put(
        standing,
        [
            *PLENTY,
            answer("P", lon="", lat="", place="Stortorget"),
            answer("Q", lon="", lat="", place="Okänd"),
        ],
    )
    report = check(standing)
    assert followed(standing)
    (file,) = [one for one in report.files if one.file == "svar.csv"]
    assert file.said["placed_by_words"] == "1"
    assert fates(report)["waiting"] == 1


def test_answers_without_ids_are_counted_where_they_are_alike(tmp_path: Path) -> None:
    workspace = make(tmp_path / "two", key="")
    put(workspace, [*PLENTY, PLENTY[0], PLENTY[0]])
    workspace.run()
    put(workspace, [*PLENTY[1:], PLENTY[0], PLENTY[3], answer("Ny")])
    check(workspace)
    assert followed(workspace)


rows = st.builds(
    answer,
    st.integers(0, 12).map(lambda number: f"A{number}"),
    day=st.sampled_from(["2025-03-14", "2025-03-15", "2025-02-30", "2099-01-01"]),
    clock=st.sampled_from(["17:59", "", "25:00"]),
    kind=st.sampled_from(["fart", "mörkt", "annat", "Annat"]),
    lon=st.sampled_from(["12.925", "12.9251", "12.9", "", "99"]),
    lat=st.just("59.135"),
    place=st.sampled_from(["", "Stortorget", "Okänd"]),
    text=st.sampled_from(WORDS),
)


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
@given(
    first=st.lists(rows, min_size=4, max_size=14),
    edits=st.lists(
        st.tuples(st.sampled_from(["put", "insert", "drop", "move"]), st.integers(0, 40), rows),
        min_size=1,
        max_size=5,
    ),
    keyed=st.booleans(),
)
def test_whatever_changes_it_is_as_if_everything_had_been_read(
    tmp_path_factory: pytest.TempPathFactory,
    first: list[str],
    edits: list[tuple[str, int, str]],
    *,
    keyed: bool,
) -> None:
    workspace = make(tmp_path_factory.mktemp("edits") / "one", key='id = "nr"' if keyed else "")
    lines = [*PLENTY[:20], *first]
    put(workspace, lines)
    workspace.run()
    for what, place, row in edits:
        at = place % len(lines)
        if what == "insert":
            lines.insert(at, row)
        elif what == "put":
            lines[at] = row
        elif what == "drop":
            del lines[at]
        else:
            lines.append(lines.pop(at))
    put(workspace, lines)
    check(workspace)
    put(workspace, lines[1:])
    check(workspace)


def rewrite(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


def decide(folder: Path) -> None:
    register = Register(folder / "store", municipality_code="1785", working_crs=3006)
    register.decisions.answer_location(
        "okänd",
        phrase="Okänd",
        precision="named_place",
        label="Okänd",
        point=(382000.0, 6556000.0),
        by="någon",
    )
    register.close()


SETTINGS = {
    "settings": lambda folder: rewrite(
        folder / "problembild.toml", "[geography]", "[geography]\ncell_m = 250"
    ),
    "mappings": lambda folder: rewrite(folder / "mappings" / "svar.toml", "traffic_speed", "traffic_heavy"),
    "lexicon": lambda folder: (folder / "lexicon.toml").write_text(
        '[problems.traffic_speed]\nsays = ["rejsa"]\n'
    ),
    "secret": lambda folder: (folder / "store" / "digest.key").write_text("ab" * 32),
    "place_answers": decide,
    "other_file_changed": lambda folder: rewrite(
        folder / "inbox" / "ytor.geojson", "Stortorget", "Lilla torget"
    ),
    "files_came_or_went": lambda folder: shutil.copy(
        folder / "inbox" / "handelser_2025.csv", folder / "inbox" / "handelser_2024.csv"
    ),
    "files_go": lambda folder: rewrite(
        folder / "problembild.toml", "[geography]", '[retention]\ninbox = "remove"\ndays = 900\n\n[geography]'
    ),
    "lines_uneven": lambda folder: rewrite(folder / "inbox" / "svar.csv", "nr;dag;tid", "nr;dag ;tid"),
}


@pytest.mark.parametrize("why", SETTINGS)
def test_on_another_footing_everything_is_imported(standing: Workspace, why: str) -> None:
    SETTINGS[why](standing.folder)
    check(standing)
    said = dict(events(standing))
    assert said["whole"] == ("settings" if why == "files_go" else why)
    check(standing)
    if why != "files_go":
        assert followed(standing)


def test_another_program_imports_everything(standing: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(halfway, "program_digest", lambda: "another")
    standing.run()
    assert ("whole", "program") in events(standing)


def test_a_parted_link_imports_everything(standing: Workspace) -> None:
    put(
        standing,
        [*PLENTY, answer("X", text=OWN, kind="mörkt"), answer("Y", text=OWN, kind="mörkt")],
    )
    standing.run()
    one = next(one for one in links(standing.folder) if one.record.source == "svar")
    undo_link(standing.folder, one.record.observation_id, one.linked_to.observation_id, by="någon")
    check(standing)
    assert ("whole", "undone_links") in events(standing)


@pytest.mark.parametrize("damage", ["ledger", "gone", "part"])
def test_what_is_kept_and_can_not_be_used_imports_everything(standing: Workspace, damage: str) -> None:
    store = standing.folder / "store"
    (kept,) = [path for path in (store / FOLDER).iterdir() if read_ledger(store, "svar/svar.csv")][:1] or [
        None
    ]
    for path in (store / FOLDER).iterdir():
        if damage == "ledger":
            path.write_bytes(path.read_bytes()[:-40])
        elif damage == "gone":
            path.unlink()
    if damage == "part":
        name = standing.snapshot.parts["observations"]["svar/svar.csv"]
        (store / "parts" / f"{name}.parquet").write_bytes(b"x")
    put(standing, PLENTY[1:])
    report = standing.run()
    assert "changes" not in dict(events(standing))
    assert report.fates[Fate.REJECTED] == 0
    assert len(standing.table()) == 31
    assert kept is not None


def test_what_only_the_whole_file_tells_imports_everything(standing: Workspace) -> None:
    put(standing, [*PLENTY, answer("N", clock="17")])
    check(standing)
    assert ("whole", "said_of_whole_file") in events(standing)


def test_much_changed_imports_everything(standing: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "MOST", 0.1)
    put(standing, [answer(f"N{at}") for at in range(5)] + PLENTY)
    check(standing)
    assert ("whole", "much_changed") in events(standing)


def test_no_line_is_kept_in_the_clear(standing: Workspace) -> None:
    (path, *_) = (standing.folder / "store" / FOLDER).iterdir()
    content = path.read_bytes()
    assert b"070-123" not in content
    assert "för fort".encode() not in content
    ledger = read_ledger(standing.folder / "store", "svar/svar.csv")
    assert ledger is not None
    assert len(ledger.digests) == len(PLENTY)
    # Another installation's digests of the same lines are others.
    other = make(standing.folder.with_name("another"))
    put(other, PLENTY)
    other.run()
    theirs = read_ledger(other.folder / "store", "svar/svar.csv")
    assert theirs is not None
    assert not (theirs.digests == ledger.digests).any()


def test_an_import_of_changes_that_breaks_off_changes_nothing(
    standing: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = standing.table()
    put(standing, [answer("Ny"), *PLENTY])
    with monkeypatch.context() as broken:
        broken.setattr(pipeline, "publish", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            standing.run()
    pd.testing.assert_frame_equal(open_current(standing.folder / "store").table("observations"), before)
    report = check(standing)
    assert followed(standing)
    assert fates(report) == {"new": 1, "unchanged": 30}
    assert read_project(standing.folder).municipality.code == "1785"
