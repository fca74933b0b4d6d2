"""An unknown file gives a mapping that reads it as the shipped one does, and says what it is unsure of."""

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest
from describe_case import EXEMPELSTAD, as_mapping, converted, differences
from other_layouts import OTHERS, Other
from small_workspace import Workspace

from etl import mapping as mapping_module
from etl.acceptance import try_rows
from etl.describe.description import Description
from etl.describe.reasons import in_english
from etl.doubts.date_layouts import order_of
from etl.mapping import SHIPPED, find_mapping, read_mapping
from etl.pipeline import describe, run, save_mapping
from etl.synthetic.samples import SAMPLES
from geodata.account import Fate
from geodata.errors import FileFaultError, ProjectError

ROOM = Path(__file__).parents[2] / "etl" / "describe"
GOOD_ENOUGH = 0.9

pytestmark = pytest.mark.xdist_group("describe")  # all samples are described once, in one worker
PROJECT = """
[municipality]
name = "Exempelstad"
code = "9999"
[geography]
extent = [12.4, 58.85, 13.9, 59.5]
"""
HEADING = "Löpnr;Dag;Händelse;Ungefär var;Vad hände;Lat;Long"


NOT_PROPOSED = frozenset({"population_by_age", "events"})
"""Layouts that are not known again by their columns; they count as wrong."""


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Description]]:
    """Every sample looked at, while no shipped mapping can be found."""
    folder = tmp_path_factory.mktemp("samples")
    (folder / "problembild.toml").write_text(PROJECT, encoding="utf-8")
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mapping_module, "SHIPPED", folder / "nowhere")
        for name, sample in SAMPLES.items():
            if name in NOT_PROPOSED:
                continue
            path = folder / sample.file
            sample.write(path)
            found[name] = path, describe(path, folder)
    return found


def put(folder: Path, name: str, *lines: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(("\n".join(lines) + "\n").encode(encoding))
    return path


def doubts(found: Description) -> set[str]:
    return {one.code for one in found.doubts}


def said(found: Description) -> list[str]:
    return [in_english(one.code, one.values) for one in found.doubts]


def test_nine_of_ten_shipped_layouts_are_proposed_right_without_edits(
    described: dict[str, tuple[Path, Description]],
) -> None:
    wrong = {name: ["not proposed"] for name in sorted(NOT_PROPOSED)}
    for name, (path, found) in described.items():
        differ = differences(read_mapping(SHIPPED / f"{name}.toml"), as_mapping(found.mapping), path)
        if differ:
            wrong[name] = differ
    print(f"proposed right: {len(SAMPLES) - len(wrong)} of {len(SAMPLES)}; wrong: {wrong}")
    assert len(wrong) <= (1 - GOOD_ENOUGH) * len(SAMPLES), wrong


def test_the_room_never_reads_the_shipped_mappings() -> None:
    for path in sorted(ROOM.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        names |= {
            alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names
        }
        assert not names & {"SHIPPED", "shipped_mappings", "find_mapping", "read_mapping"}, path.name


@pytest.mark.parametrize("name", [name for name in SAMPLES if name not in NOT_PROPOSED])
def test_a_proposal_loads_and_holds_to_its_own_row(
    name: str, described: dict[str, tuple[Path, Description]]
) -> None:
    _, found = described[name]
    mapping = as_mapping(found.mapping)
    assert len(mapping.acceptance) == 1
    assert try_rows(mapping, name=name, project=EXEMPELSTAD) == ()
    assert {column.heading for column in found.columns} >= mapping.used - mapping.made - set(mapping.optional)
    assert all(column.reasons for column in found.columns)
    trial = found.trial
    assert trial.rows == trial.accepted + trial.waiting + trial.set_aside + len(trial.rejections)
    assert trial.first


def test_a_saved_proposal_imports_its_file(workspace: Workspace) -> None:
    sample = SAMPLES["citizen_reports"]
    workspace.use("population", "ingenting.csv")
    path = workspace.put("felanmälan_2026.csv", b"")
    sample.write(path)
    found = describe(path, workspace.folder)
    saved = save_mapping(found, workspace.folder)
    assert saved == find_mapping(found.name, source="x", workspace=workspace.folder)
    assert found.name == "felanmalan"
    project = workspace.folder / "problembild.toml"
    project.write_text(project.read_text("utf-8") + found.source, encoding="utf-8")
    (file,) = [one for one in run(workspace.folder).files if one.read]
    assert file.stopped is None
    assert file.fates[Fate.NEW] == sample.fates["new"]


def test_a_mapping_is_never_written_over_in_silence(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "enkat.csv"
    SAMPLES["plain_survey"].write(path)
    found = describe(path)
    save_mapping(found, workspace.folder)
    with pytest.raises(ProjectError) as caught:
        save_mapping(found, workspace.folder)
    assert caught.value.code == "mapping_exists"
    save_mapping(found, workspace.folder, again=True)


def test_headings_and_words_of_another_kind_are_understood(tmp_path: Path) -> None:
    path = put(
        tmp_path,
        "kommunens lista.csv",
        HEADING,
        *(
            f"{number};{number + 3}.4.2026;{('Fortkörning', 'Klotter')[number % 2]};torget;"
            f"En lång beskrivning av det som hände;59,1{number};12,9{number}"
            for number in range(1, 9)
        ),
    )
    found = describe(path)
    mapping = as_mapping(found.mapping)
    frame = converted(mapping, path).frame
    assert frame["category"].tolist() == ["damage_vandalism", "traffic_speed"] * 4
    assert frame["location_precision"].unique().tolist() == ["exact"]
    assert mapping.id == "Löpnr"
    assert mapping.time is not None
    assert mapping.time.date_formats == ("%d.%m.%Y",)


def test_personal_numbers_stay_out_of_the_proposal(tmp_path: Path) -> None:
    path = put(
        tmp_path,
        "svar.csv",
        "Nr;Datum;Plats;Problem;Kommentar",
        "1;2026-04-13;torget;Mörkt;Ring Anna på 070-123 45 67 eller 19850612-1234 om det här",
        "2;2026-04-14;torget;Mörkt;Det är alldeles för mörkt där på kvällarna",
    )
    found = describe(path)
    everything = found.mapping + str(found.to_json())
    assert "070-123" not in everything
    assert "19850612" not in everything
    assert "***" in found.mapping


def test_unknown_words_are_named_and_left_to_a_person(tmp_path: Path) -> None:
    path = put(
        tmp_path,
        "svar.csv",
        "Nr;Datum;Plats;Problem;Kommentar",
        *(
            f"{n};2026-04-{n + 10};torget;{'Drakar' if n == 3 else 'Mörkt'};Så är det varje kväll"
            for n in range(1, 9)
        ),
    )
    found = describe(path)
    assert "doubt_words" in doubts(found)
    assert any("Drakar" in one for one in said(found))
    assert "# Drakar = ?" in found.mapping
    assert [row.value for row in found.trial.rejections] == ["Drakar"]


def test_days_that_may_be_months_are_a_doubt(tmp_path: Path) -> None:
    path = put(
        tmp_path,
        "svar.csv",
        "Nr;Datum;Plats;Problem;Kommentar",
        *(f"{n};0{n}/02/2026;torget;Mörkt;Så är det varje kväll" for n in range(1, 9)),
    )
    found = describe(path)
    assert "doubt_order" in doubts(found)
    assert any("%d/%m/%Y or %m/%d/%Y" in one for one in said(found))
    assert found.trial.waiting == 8
    assert 'date_formats = ["%d/%m/%Y", "%m/%d/%Y"]' in found.mapping
    assert '# date_order = "dmy"' in found.source


@pytest.mark.parametrize(
    ("first", "second", "heading"),
    [
        ("%d/%m/%Y", "%m/%d/%Y", "Datum"),
        ("%d-%m-%Y", "%m-%d-%Y", "Datum"),
        ("%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M", "Tidpunkt"),
        ("%y%m%d", "%d%m%y", "Datum"),
    ],
)
def test_the_import_asks_for_an_order_that_describe_left_open(
    workspace: Workspace, first: str, second: str, heading: str
) -> None:
    days = (
        [datetime(2024, 2, 22, 7, tzinfo=UTC) for _ in range(5)]
        if first == "%y%m%d"
        else [datetime(2026, n, 2, 7, tzinfo=UTC) for n in range(3, 8)]
    )
    lines = [f"{n};{day.strftime(first)};torget;Mörkt;Så är det" for n, day in enumerate(days, start=1)]
    workspace.use("svar", "svar.csv")
    path = workspace.put("svar.csv", "\n".join([f"Nr;{heading};Plats;Problem;Kommentar", *lines]) + "\n")
    save_mapping(describe(path, workspace.folder), workspace.folder)
    assert (
        try_rows(read_mapping(find_mapping("svar", source="svar", workspace=workspace.folder)), name="svar")
        == ()
    )
    workspace.use("svar", "svar.csv")
    assert workspace.only_file().stopped == "date_order_undecided"
    for layout in (first, second):
        order = order_of(layout)
        again = describe(path, workspace.folder, order=order)
        assert "doubt_order" not in doubts(again)
        save_mapping(again, workspace.folder, again=True)
        assert workspace.only_file().stopped is None
        found = workspace.table()["occurred_from"].dt.tz_convert("Europe/Stockholm").dt.strftime("%Y-%m-%d")
        assert found.tolist() == [
            datetime.strptime(day.strftime(first), layout).replace(tzinfo=UTC).strftime("%Y-%m-%d")
            for day in days
        ]


def test_what_only_a_setting_decides_is_left_for_a_person_to_say(tmp_path: Path) -> None:
    path = put(
        tmp_path,
        "oversyner.csv",
        "Ärende;Datum;Plats;Brist;Beskrivning;ÅDT;Status;Ansvarig",
        *(
            f"{n};2026-04-{n + 10};torget;Sikt;Häcken skymmer sikten;1.23{n};Beslutad;Gatan"
            for n in range(1, 9)
        ),
    )
    found = describe(path)
    assert "doubt_setting" in doubts(found)
    assert found.trial.settings.keys() == {"decimal"}
    assert "\n# decimal = " in found.source
    assert 'decimal = "' not in found.mapping
    assert "flow_adt" not in found.mapping.partition("[[acceptance]]")[2]
    assert found.trial.waiting == 8


@pytest.mark.parametrize(
    ("setting", "choices", "heading", "cells"),
    [
        ("decimal", (",", "."), "ÅDT", "1.23{n}"),
        ("axes", ("north_east",), "Öst;Nord", "65590{n}0;38100{n}"),
        ("axes", ("north_east",), "Longitud;Latitud", "59.13{n};12.92{n}"),
    ],
)
def test_the_import_asks_for_a_setting_that_describe_left_open(
    workspace: Workspace, setting: str, choices: tuple[str, ...], heading: str, cells: str
) -> None:
    lines = [f"{n};2026-04-{n + 10};torget;Mörkt;Så är det;{cells.format(n=n)}" for n in range(1, 9)]
    text = "\n".join([f"Ärende;Datum;Plats;Problem;Kommentar;{heading}", *lines]) + "\n"
    workspace.use("svar", "svar.csv")
    path = workspace.put("svar.csv", text)
    found = describe(path, workspace.folder)
    assert "doubt_setting" in doubts(found)
    assert f"\n# {setting} = " in found.source
    save_mapping(found, workspace.folder)
    workspace.use("svar", "svar.csv")
    assert workspace.only_file().stopped == f"{setting}_undecided"
    for choice in choices:
        workspace.use("svar", "svar.csv", more=f'{setting} = "{choice}"\n')
        assert workspace.only_file().stopped is None


def test_letters_that_say_no_direction_are_told_by_their_numbers(tmp_path: Path) -> None:
    lines = (f"{n};2026-04-{n + 10};Mörkt;Så är det;65590{n}0;38100{n}" for n in range(1, 9))
    found = describe(put(tmp_path, "svar.csv", "Nr;Datum;Problem;Kommentar;X;Y", *lines))
    location = as_mapping(found.mapping).location
    assert location is not None
    assert (location.east, location.north) == ("Y", "X")
    assert "doubt_setting" not in doubts(found)


def test_a_file_that_says_nothing_of_the_subject_says_so(tmp_path: Path) -> None:
    path = put(tmp_path, "lista.csv", "Datum;Plats", "2026-04-13;torget", "2026-04-14;parken")
    found = describe(path)
    assert {"doubt_category", "doubt_id", "doubt_stream"} <= doubts(found)
    assert as_mapping(found.mapping).constants == {"category": "other"}


def test_a_free_text_alone_lets_its_words_decide(tmp_path: Path) -> None:
    path = put(
        tmp_path,
        "svar.csv",
        "Nr;Datum;Plats;Kommentar",
        *(f"{n};2026-04-{n + 10};torget;Bilarna kör alldeles för fort här" for n in range(1, 9)),
    )
    found = describe(path)
    assert "doubt_text_decides" in doubts(found)
    assert converted(as_mapping(found.mapping), path).frame["category"].unique().tolist() == ["traffic_speed"]


@pytest.mark.parametrize(
    ("name", "lines", "code"),
    [
        ("bild.jpg", ("x",), "describe_format"),
        ("tom.csv", ("Datum;Plats",), "file_no_rows"),
        ("utan_dag.csv", ("Plats;Problem", "torget;Mörkt"), "describe_no_time"),
        ("utan_plats.csv", ("Datum;Problem", "2026-04-13;Mörkt"), "describe_no_place"),
        ("trasig.json", ("{",), "file_unreadable"),
        ("rutor.csv", ("Ruta;Sida;Befolkning", "7;100;4", "7;100;5"), "describe_lacking"),
    ],
)
def test_what_can_not_be_described_is_told(
    tmp_path: Path, name: str, lines: tuple[str, ...], code: str
) -> None:
    path = put(tmp_path, name, *lines)
    with pytest.raises(FileFaultError) as caught:
        describe(path)
    assert caught.value.code == code
    assert caught.value.values["file"] == name


def test_the_comments_are_in_the_language_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "enkat.csv"
    SAMPLES["plain_survey"].write(path)
    found = describe(path, say=lambda code, values: f"därför {code} {len(values)}")
    assert "# därför heading 1" in found.mapping
    as_mapping(found.mapping)


def test_odd_signs_in_headings_and_cells_make_no_broken_mapping(tmp_path: Path) -> None:
    path = put(
        tmp_path,
        "svar.csv",
        'Nr;Datum;Plats;"Vad ""är"" problemet?\n(ett svar)";Kommentar\\rad',
        *(
            f'{n};2026-04-{n + 10};torget;"Mör""kt\n# x = 1";Det står ""så"" \\ här varje kväll'
            for n in range(1, 9)
        ),
        "9;2026-04-20;torget;Mörkt;Så är det",
    )
    found = describe(path)
    mapping = as_mapping(found.mapping)
    assert 'Vad "är" problemet?\n(ett svar)' in mapping.used | set(mapping.ignored)


@pytest.mark.parametrize("other", OTHERS, ids=lambda other: other.name)
def test_layouts_that_no_shipped_mapping_has_are_read_right(other: Other, tmp_path: Path) -> None:
    (tmp_path / "problembild.toml").write_text(PROJECT, encoding="utf-8")
    path = put(tmp_path, other.name, *other.lines)
    found = describe(path, tmp_path)
    frame = converted(as_mapping(found.mapping), path).frame
    assert len(frame) == len(other.lines) - 1, found.trial.rejections
    assert {name: frame[name].iloc[0] for name in other.first} == other.first


def test_national_products_with_readers_of_their_own_are_named(tmp_path: Path) -> None:
    with pytest.raises(FileFaultError) as caught:
        describe(put(tmp_path, "sverige.osm.pbf", "x"))
    assert caught.value.code == "describe_known"
    assert "osm_streets" in str(caught.value.values["mapping"])


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("Tidstämpel", "13/02/2026 10:30"),
        ("skickat", "2026-02-13T10:30:00"),
        ("Inskickad", "2026-02-13 10:30"),
        ("Svarsdatum", "2026-02-13 10:30"),
    ],
)
def test_the_headings_of_web_forms_say_when(tmp_path: Path, heading: str, cell: str) -> None:
    path = put(
        tmp_path,
        "formular.csv",
        f"{heading};Senast ändrad;Plats;Kommentar",
        *(f"{cell};2026-05-0{n};torget;Så är det varje kväll" for n in range(1, 9)),
    )
    time = as_mapping(describe(path).mapping).time
    assert time is not None
    assert time.moment == heading


@pytest.mark.parametrize("kind", ["Trygg eller otrygg", "Typ", "Jag känner mig"])
def test_rows_about_safe_places_are_set_aside(tmp_path: Path, kind: str) -> None:
    rows = (
        f"{n};2026-03-1{n};{'Trygg plats' if n % 2 else 'Otrygg plats'};torget;Så är det" for n in range(1, 8)
    )
    found = describe(put(tmp_path, "svar.csv", f"Nr;Datum;{kind};Plats;Kommentar", *rows))
    assert "doubt_safe_rows" in doubts(found)
    assert (found.trial.set_aside, found.trial.waiting) == (4, 3)


@pytest.mark.parametrize(
    ("safe", "unsafe"),
    [
        ("Var känner du dig trygg?", "Var känner du dig otrygg?"),
        ("Trygg plats", "Otrygg plats"),
    ],
)
def test_where_it_is_safe_is_never_taken_for_where_it_is_not(tmp_path: Path, safe: str, unsafe: str) -> None:
    rows = (f"{n};2026-03-1{n};biblioteket;torget;Så är det varje kväll här" for n in range(1, 8))
    found = describe(put(tmp_path, "svar.csv", f"Nr;Datum;{safe};{unsafe};Varför?", *rows))
    assert "doubt_safe_columns" in doubts(found)
    assert as_mapping(found.mapping).location.place == unsafe
    assert next(one for one in found.columns if one.heading == safe).becomes == "ignored"


def test_a_survey_of_trust_alone_asks_for_no_safe_places(tmp_path: Path) -> None:
    rows = (f"{n};2026-03-1{n};torget;Mörkt;{n % 5}" for n in range(1, 8))
    found = describe(put(tmp_path, "svar.csv", "Nr;Datum;Plats;Problem;Hur trygg är du (1-5)", *rows))
    assert not {"doubt_safe_rows", "doubt_safe_columns"} & doubts(found)
    assert found.trial.set_aside == 0
