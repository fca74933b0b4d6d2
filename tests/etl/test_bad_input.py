"""Bad input: what is wrong with a file stops that file, what is wrong with a row rejects the row."""

import json
from pathlib import Path
from string import Formatter

import openpyxl
import pytest
from small_workspace import HEADING, Workspace, incident

from etl.codes import CODES
from geodata.account import Fate, FileReport, Rejection


def sentence(key: str, values: dict[str, str]) -> str:
    """Fill a code's sentence; every value that it names must be there."""
    named = {name for _, name, _, _ in Formatter().parse(CODES[key]) if name}
    assert named <= set(values), f"{key} lacks {named - set(values)}"
    return CODES[key].format(**values)


def stopped(file: FileReport, code: str, **values: str) -> None:
    assert file.stopped == code
    assert file.fates == {}
    assert file.stopped_values.items() >= {"file": "handelser_2025.csv", **values}.items()
    said = sentence(f"errors.{code}", file.stopped_values)
    assert all(value in said for value in values.values())


def test_bytes_of_no_encoding_stop_it(workspace: Workspace) -> None:
    workspace.use("police_incidents", "handelser_*.csv")
    line = incident(text="Bil").encode("cp1252").replace(b"Bil", b"B\x81l")
    workspace.put("handelser_2025.csv", HEADING.encode("cp1252") + b"\r\n" + line)
    stopped(workspace.only_file(), "encoding_unknown", row="2", column="Beskrivning", value="0x81")


def test_a_file_that_is_not_in_the_encoding_that_was_stated_stops(workspace: Workspace) -> None:
    workspace.use("police_incidents", "handelser_*.csv", more='encoding = "utf-8"\n')
    workspace.put("handelser_2025.csv", f"{HEADING}\r\n{incident()}", encoding="cp1252")
    stopped(workspace.only_file(), "encoding_wrong", row="1", column="H�ndelsenr", value="0xE4")


def test_an_unmapped_column_stops_it(workspace: Workspace) -> None:
    workspace.put_incidents(f"{incident()};x", heading=f"{HEADING};Misstänkt")
    stopped(workspace.only_file(), "columns_unmapped", column="Misstänkt", mapping="police_incidents")


def test_a_missing_column_stops_it(workspace: Workspace) -> None:
    workspace.put_incidents("K1;2025-03-14", heading="Händelsenr;Datum")
    file = workspace.only_file()
    stopped(file, "columns_missing", mapping="police_incidents", found="Händelsenr, Datum")
    assert file.stopped_values["column"].startswith("Allvarlighet, Beskrivning, E, Händelsetyp, Klockslag, N")


def test_a_column_without_a_heading_stops_it(workspace: Workspace) -> None:
    workspace.put_incidents(incident(), heading=HEADING.replace("Brottskod", ""))
    stopped(workspace.only_file(), "heading_empty", column="4")


@pytest.mark.parametrize(
    ("row", "code", "column", "value"),
    [
        ({"north": "382096,4", "east": "6556218,2"}, "coordinates_swapped", "E, N", "6556218,2; 382096,4"),
        ({"north": "0,0", "east": "0"}, "coordinates_zero", "E, N", "0; 0,0"),
        ({"north": "6200000", "east": "382096"}, "coordinates_outside", "E, N", "382096; 6200000"),
        ({"north": "", "east": "382096"}, "coordinate_half", "E, N", "382096;"),
        ({"north": "norr om kyrkan"}, "coordinate_unreadable", "N", "norr om kyrkan"),
        ({"day": "2025-02-30"}, "date_impossible", "Datum", "2025-02-30"),
        ({"day": "30.2.2025"}, "date_impossible", "Datum", "30.2.2025"),
        ({"day": "30 februari 2025"}, "date_impossible", "Datum", "30 februari 2025"),
        ({"day": "1025-03-14"}, "date_impossible", "Datum", "1025-03-14"),
        ({"day": "i fredags"}, "date_unreadable", "Datum", "i fredags"),
        ({"day": "2099-01-01"}, "date_future", "Datum, Klockslag", "2099-01-01; 17.59"),
        ({"day": ""}, "value_missing", "Datum", ""),
        ({"clock": "25.10"}, "clock_impossible", "Klockslag", "25.10"),
        ({"clock": "kväll"}, "clock_unreadable", "Klockslag", "kväll"),
        ({"day": "2025-03-30", "clock": "02:30"}, "clock_skipped", "Datum, Klockslag", "2025-03-30; 02:30"),
        ({"kind": "Rymdfärd"}, "value_unknown", "Händelsetyp", "Rymdfärd"),
        ({"kind": ""}, "value_missing", "Händelsetyp", ""),
        ({"number": ""}, "value_missing", "Händelsenr", ""),
        ({"text": "en cell; för mycket"}, "row_width", "", "11"),
        ({"number": "K1", "text": "Något annat"}, "id_twice", "Händelsenr", "K1"),
    ],
)
def test_a_bad_row_is_rejected_and_the_good_rows_come_in(
    workspace: Workspace, row: dict[str, str], code: str, column: str, value: str
) -> None:
    workspace.put_incidents(incident("K1"), incident(**{"number": "K2", **row}), incident("K3"))
    file = workspace.only_file()
    assert file.rejections == (Rejection("handelser_2025.csv", 3, column, code, value),)
    assert file.stopped is None
    assert file.fates[Fate.NEW] == 2
    assert file.fates[Fate.REJECTED] == 1
    assert file.adds_up
    assert set(workspace.table()["source_record_id"]) == {"K1", "K3"}
    said = sentence(
        f"rejections.{code}",
        {"file": "handelser_2025.csv", "row": "3", "column": column, "value": value},
    )
    assert "handelser_2025.csv, row 3" in said
    assert value in said or code == "value_missing"


def test_latitude_and_longitude_swapped_reject_the_row(workspace: Workspace) -> None:
    workspace.use("traffic_reviews", "oversyner.csv")
    heading = "Ärende;Datum;Plats;Latitud;Longitud;Brist;Beskrivning;V85;ÅDT;Åtgärdsförslag;Status;Ansvarig"
    lines = (
        "1;2025-09-03;;59,128840;12,939890;Sikt;;;;;;",
        "2;2025-09-03;;12,939890;59,128840;Sikt;;;;;;",
        "3;2025-09-03;;0;0,0;Sikt;;;;;;",
    )
    workspace.put("oversyner.csv", "\n".join((heading, *lines)))
    file = workspace.only_file()
    assert file.rejections == (
        Rejection("oversyner.csv", 3, "Longitud, Latitud", "coordinates_swapped", "59,128840; 12,939890"),
        Rejection("oversyner.csv", 4, "Longitud, Latitud", "coordinates_zero", "0,0; 0"),
    )
    assert file.fates[Fate.NEW] == 1


def test_a_swapped_point_in_a_map_survey_is_rejected(workspace: Workspace) -> None:
    workspace.use("map_survey", "karta.geojson")
    good, swapped = [12.93989, 59.12884], [59.12884, 12.93989]
    features = [
        {
            "type": "Feature",
            "properties": {
                "id": number,
                "svarsdatum": "2025-05-20",
                "fraga": "otrygg",
                "kategori": "morkt",
                "beskrivning": "",
                "aldersgrupp": "",
            },
            "geometry": at and {"type": "Point", "coordinates": at},
        }
        for number, at in enumerate((good, swapped, None), start=1)
    ]
    workspace.put("karta.geojson", json.dumps({"type": "FeatureCollection", "features": features}))
    file = workspace.only_file()
    assert file.rejections == (
        Rejection("karta.geojson", 2, "geometry", "coordinates_swapped", "POINT (59.12884 12.93989)"),
    )
    assert (file.fates[Fate.NEW], file.fates[Fate.WAITING]) == (1, 1)


def test_a_stopped_file_keeps_what_it_gave_before_and_the_others_come_in(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1"), name="handelser_2024.csv")
    workspace.put_incidents(incident("K2"), name="handelser_2025.csv")
    workspace.run()
    workspace.put_incidents(incident("K1", text="Ändrad"), name="handelser_2024.csv")
    workspace.put("handelser_2025.csv", b"")
    changed, kept = workspace.run().files
    assert changed.fates[Fate.CHANGED] == 1
    assert kept.stopped == "file_empty"
    assert kept.said == {"kept_from_before": "1"}
    assert dict(zip(workspace.table()["source_record_id"], workspace.table()["text"], strict=True)) == {
        "K1": "Ändrad",
        "K2": "Bil i hög fart",
    }


def test_a_file_that_was_never_good_gives_nothing(workspace: Workspace) -> None:
    workspace.put_incidents()
    assert workspace.only_file().said == {}
    assert workspace.table().empty


def test_a_missing_folder_of_files_is_said(workspace: Workspace) -> None:
    workspace.use("police_incidents", "handelser_*.csv")
    file = workspace.only_file()
    assert (file.read, file.said) == (0, {"no_files": "inbox/handelser_*.csv"})


def test_what_a_message_carries_is_masked_and_cut(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1", kind="Ring 070-123 45 67 om " + "x" * 100))
    (rejection,) = workspace.only_file().rejections
    assert rejection.value.startswith("Ring *** om xxx")
    assert len(rejection.value) == 80


def test_the_inbox_is_left_as_it_was(workspace: Workspace) -> None:
    path = workspace.put_incidents(incident())
    before = path.read_bytes()
    workspace.run()
    assert path.read_bytes() == before
    assert [one.name for one in Path(workspace.folder / "inbox").iterdir()] == ["handelser_2025.csv"]


def test_a_square_with_half_a_metre_is_rejected(workspace: Workspace) -> None:
    workspace.use("population", "befolkning.csv")
    workspace.put("befolkning.csv", "Ruta;Sida;Befolkning\n3820006556200;100,5;4\n3820006556300;100;4\n")
    file = workspace.only_file()
    assert file.rejections == (Rejection("befolkning.csv", 2, "Sida", "number_not_whole", "100,5"),)
    assert workspace.table("population")["side_m"].tolist() == [100]


def test_a_clock_in_a_workbook_has_its_zero_back(workspace: Workspace) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Olyckor"
    headings = ("Olycksnummer", "År", "Månad", "Dag", "Klockslag grupp (timme)", "Olycksväg/-gata")
    rest = (
        "Händelseförlopp (P)",
        "Händelseförlopp (S)",
        "Sammanvägd skadegrad",
        "N SWEREF99TM",
        "E SWEREF99TM",
    )
    sheet.append([*headings, *rest])
    for number, clock in enumerate((17.3, 17.59, "17.3"), start=1):
        sheet.append([number, 2025, 3, 14, clock, "", "", "", "Svår olycka", 6556218.2, 382096.4])
    book.save(workspace.folder / "inbox" / "strada.xlsx")
    workspace.use("strada", "strada.xlsx")
    file = workspace.only_file()
    assert workspace.table().set_index("source_record_id")["local_hour"].to_dict() == {"1": 17, "2": 17}
    assert [(row.row, row.code, row.value) for row in file.rejections] == [(4, "clock_unreadable", "17.3")]
