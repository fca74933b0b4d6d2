"""Rejected rows go out to a spreadsheet and come in again, mended, with nothing of the rest changed."""

import csv
import io
import zipfile
from dataclasses import replace

import geopandas as gpd
import openpyxl
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from small_workspace import HEADING, Workspace, incident

from etl.inbox.mending import mended_for, mended_name, mended_rows
from etl.pipeline import RejectedFile, RejectedRow, rejected_csv, rejected_rows, rejected_zip
from etl.readers import read_file
from etl.readers.raw_table import ReaderOptions
from etl.readers.shield import shielded, unshielded
from geodata.account import Fate, Rejection
from geodata.errors import MissingError

NUMBER = "070-123 45 67"


def table(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def written(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


@pytest.fixture
def two_wrong(workspace: Workspace) -> Workspace:
    workspace.put_incidents(
        incident("K1"),
        incident("K2", day="2025-02-30", text=f"=1+1 {NUMBER}"),
        incident("K3") + ";mer;ännu mer",
        incident("K4"),
    )
    workspace.run()
    return workspace


def test_rejected_rows_are_read_back_as_they_stand(two_wrong: Workspace) -> None:
    (file,) = rejected_rows(two_wrong.folder).files
    assert list(file.headings) == HEADING.split(";")
    assert file.mend_as == "handelser_2025.police_incidents.mended-1.csv"
    assert [(row.rejection.row, row.rejection.code) for row in file.rows] == [
        (3, "date_impossible"),
        (4, "row_width"),
    ]
    assert list(file.rows[0].cells) == incident("K2", day="2025-02-30", text=f"=1+1 {NUMBER}").split(";")
    assert file.rows[1].cells[-2:] == ("mer", "ännu mer")
    assert NUMBER not in repr(two_wrong.snapshot.report)


def test_the_table_says_which_row_and_why_and_runs_no_formula(two_wrong: Workspace) -> None:
    (file,) = rejected_rows(two_wrong.folder).files
    heading, first, second = table(rejected_csv(file))
    assert heading[len(HEADING.split(";")) :] == [
        "Problembild: fil",
        "Problembild: rad",
        "Problembild: kolumn",
        "Problembild: orsak",
        "Problembild: töm när rättad",
    ]
    assert first[9:13] == [
        f"'=1+1 {NUMBER}",
        f"handelser_2025.csv ({file.sha256[:12]})",
        "3",
        "Datum",
    ]
    assert "2025-02-30" in first[13]
    assert second[14] == "mer | ännu mer"


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_mended_rows_come_in_and_the_rest_stays_to_be_mended(two_wrong: Workspace, suffix: str) -> None:
    (file,) = rejected_rows(two_wrong.folder).files
    heading, first, _ = table(rejected_csv(file))
    first[1] = "2025-03-01"
    name = file.mend_as.replace(".csv", suffix)
    if suffix == ".csv":
        two_wrong.put(name, written([heading, first]))
    else:
        book = openpyxl.Workbook()
        for cells in (heading, first):
            book.active.append(cells)
        for cell in book.active[2]:
            cell.data_type = "s"
        book.save(two_wrong.folder / "inbox" / name)
    original, mended = two_wrong.run().files
    assert original.fates[Fate.UNCHANGED] == 2
    assert original.fates[Fate.REJECTED] == 2
    assert original.said["mended"] == "1"
    assert [one.mended for one in original.rejections] == [True, False]
    assert mended.fates[Fate.NEW] == 1
    assert mended.said["mends"] == f"handelser_2025.csv ({original.sha256[:12]}): 3"
    rows = two_wrong.table()
    assert sorted(rows["source_record_id"]) == ["K1", "K2", "K4"]
    assert rows.set_index("source_record_id")["text"]["K2"] == "=1+1 ***"
    (left,) = rejected_rows(two_wrong.folder).files
    assert [row.rejection.row for row in left.rows] == [4]
    assert left.mend_as == "handelser_2025.police_incidents.mended-1.csv".replace(
        "1.csv", "2.csv" if suffix == ".csv" else "1.csv"
    )
    assert two_wrong.run().fates[Fate.NEW] == 0


def test_a_row_that_is_still_wrong_is_asked_for_once(two_wrong: Workspace) -> None:
    (file,) = rejected_rows(two_wrong.folder).files
    two_wrong.put(file.mend_as, rejected_csv(file))
    two_wrong.run()
    (left,) = rejected_rows(two_wrong.folder).files
    assert left.file == file.mend_as
    assert [row.rejection.row for row in left.rows] == [2, 3]
    assert left.headings == file.headings
    assert left.mend_as == "handelser_2025.police_incidents.mended-2.csv"


def test_a_row_with_too_few_cells_says_so_until_somebody_has_settled_it(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1"), "K2;2025-03-14")
    workspace.run()
    (file,) = rejected_rows(workspace.folder).files
    heading, row = table(rejected_csv(file))
    assert row[:3] == ["K2", "2025-03-14", ""]
    assert row[-1] == "2 / 10"
    row[2:10] = incident("K2").split(";")[2:]
    workspace.put(file.mend_as, written([heading, row]))
    assert workspace.run().files[1].fates[Fate.REJECTED] == 1
    row[-1] = ""
    workspace.put(file.mend_as, written([heading, row]))
    assert workspace.run().files[1].fates[Fate.NEW] == 1


def test_a_mended_table_under_a_name_of_its_own_is_known_by_its_heading(two_wrong: Workspace) -> None:
    (file,) = rejected_rows(two_wrong.folder).files
    heading, first, _ = table(rejected_csv(file))
    first[1] = "2025-03-01"
    two_wrong.put("handelser_rattade.csv", written([heading, first]))
    reports = two_wrong.run().files
    assert [report.said.get("mended") for report in reports] == ["1", None]
    assert two_wrong.table().set_index("source_record_id")["text"]["K2"] == "=1+1 ***"


def test_rows_of_another_version_of_the_file_are_not_taken_for_mended(two_wrong: Workspace) -> None:
    (file,) = rejected_rows(two_wrong.folder).files
    heading, first, _ = table(rejected_csv(file))
    first[1] = "2025-03-01"
    two_wrong.put(file.mend_as, written([heading, first]))
    two_wrong.put_incidents(incident("K1"), incident("K2"), incident("K9", day="2025-02-31"))
    original, _ = two_wrong.run().files
    assert "mended" not in original.said
    assert not original.rejections[0].mended


def test_rows_that_can_not_be_read_back_are_still_counted(two_wrong: Workspace) -> None:
    path = two_wrong.folder / "inbox" / "handelser_2025.csv"
    path.write_bytes(path.read_bytes() + b"\r\n")
    (file,) = rejected_rows(two_wrong.folder).files
    assert (file.missing, file.missing_value, file.rows) == ("rejected_changed", "handelser_2025.csv", ())
    path.unlink()
    found = rejected_rows(two_wrong.folder)
    assert found.files[0].missing == "rejected_gone"
    assert found.count == 2
    with zipfile.ZipFile(io.BytesIO(rejected_zip(two_wrong.folder))) as archive:
        assert archive.namelist() == ["rejected.csv"]
        listed = table(archive.read("rejected.csv"))
    assert [row[2] for row in listed] == ["rad", "3", "4"]
    assert all("no longer in the inbox" in row[6] for row in listed[1:])


def test_the_zip_holds_a_table_a_file_and_a_list(two_wrong: Workspace) -> None:
    two_wrong.put_incidents(incident("K5", clock="25.10"), name="handelser_2024.csv")
    two_wrong.run()
    with zipfile.ZipFile(io.BytesIO(rejected_zip(two_wrong.folder))) as archive:
        assert archive.namelist() == [
            "handelser_2024.police_incidents.mended-1.csv",
            "handelser_2025.police_incidents.mended-1.csv",
            "rejected.csv",
        ]
        assert len(table(archive.read("rejected.csv"))) == 4


def test_one_file_or_source_can_be_asked_for_and_an_unknown_one_is_said(two_wrong: Workspace) -> None:
    assert rejected_rows(two_wrong.folder, file="handelser_2025.csv").count == 2
    assert rejected_rows(two_wrong.folder, source="police_incidents").count == 2
    with pytest.raises(MissingError) as caught:
        rejected_rows(two_wrong.folder, file="borta.csv")
    assert (caught.value.code, caught.value.values["file"]) == ("rejected_unknown", "borta.csv")


def test_a_feature_is_mended_in_a_table_with_its_geometry(workspace: Workspace) -> None:
    workspace.use("streets", "gator.gpkg")
    frame = gpd.GeoDataFrame(
        {
            "ELEMENT_ID": [1, 2],
            "Gatunamn": ["Skolgatan", "Storgatan"],
            "Vagklass": ["bostadsgata", "primär"],
            "Hogsta_tillatna_hastighet": [-30, 50],
            "Adt_samtliga_fordon": [None, 4200.0],
        },
        geometry=[
            shapely.LineString([(382000.125, 6556210), (382200, 6556210)]),
            shapely.LineString([(382000, 6556500), (382200, 6556500)]),
        ],
        crs=3006,
    )
    frame.to_file(workspace.folder / "inbox" / "gator.gpkg", layer="gator")
    workspace.run()
    (file,) = rejected_rows(workspace.folder).files
    heading, row = table(rejected_csv(file))
    assert row[heading.index("Problembild: geometri")] == (
        "SRID=3006;LINESTRING (382000.125 6556210, 382200 6556210)"
    )
    row[heading.index("Hogsta_tillatna_hastighet")] = "30"
    workspace.put(file.mend_as, written([heading, row]))
    original, mended = workspace.run().files
    assert (original.said["mended"], mended.fates[Fate.NEW]) == ("1", 1)
    streets = workspace.table("streets").sort_values("name")
    assert streets["name"].tolist() == ["Skolgatan", "Storgatan"]
    assert streets.geometry.iloc[0].equals(frame.geometry[0])


@pytest.mark.parametrize(
    ("cells", "code"),
    [(["SRID=3006;LINESTRING (1", "SRID=3006;POINT (1 2)"], None), (["SRID=3006;POINT (1 2)"] * 2, None)],
)
def test_a_geometry_that_can_not_be_read_rejects_its_row(workspace: Workspace, cells, code) -> None:
    path = workspace.put(
        "x.csv",
        written(
            [
                ["id", "Problembild: rad", "Problembild: geometri"],
                *([str(n), str(n), cell] for n, cell in enumerate(cells, start=2)),
            ]
        ),
    )
    raw = read_file(path, ReaderOptions(format="delimited"), file="x.csv")
    broken = [row for row in raw.unreadable if row.code == "geometry_broken"]
    assert len(broken) == sum(not cell.endswith(")") for cell in cells)
    assert raw.read == 2
    assert raw.crs == 3006
    assert len(raw.geometry) == len(raw.cells) == 2 - len(broken)


@given(st.text(max_size=20))
def test_every_cell_comes_back_from_its_shield(cell: str) -> None:
    assert unshielded(shielded(cell)) == cell


@pytest.mark.parametrize("cell", ["=1", "+x", "-cmd|x", "@SUM(A1)", "＝1", "'=1", "'x", "\tx"])
def test_what_a_spreadsheet_would_run_is_shielded(cell: str) -> None:
    assert shielded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-12,5", "+46701234567", "6 556 218,2", "", "x=1"])
def test_numbers_and_plain_text_stand_as_they_are(cell: str) -> None:
    assert shielded(cell) == cell


@given(
    st.lists(
        st.lists(
            st.text(
                st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=8
            ).map(str.strip),
            min_size=3,
            max_size=3,
        ),
        min_size=1,
        max_size=5,
    )
)
def test_cells_survive_the_table_and_its_reader(tmp_path_factory, rows) -> None:
    rejections = [Rejection("a.csv", number, "b", "value_missing", "") for number in range(len(rows))]
    file = RejectedFile("s", "a.csv", "0" * 64, ("a", "b", "=c"), (), tuple(rejections), "x")
    pairs = zip(rows, rejections, strict=True)
    file = replace(file, rows=tuple(RejectedRow(tuple(cells), one) for cells, one in pairs))
    path = tmp_path_factory.mktemp("t") / "x.csv"
    path.write_bytes(rejected_csv(file))
    raw = read_file(path, ReaderOptions(format="delimited"), file="x.csv")
    assert raw.cells[["a", "b", "=c"]].to_numpy().tolist() == rows


def test_names_of_mended_tables_are_never_used_twice() -> None:
    first = mended_name("djup/a.b.xlsx", "kalla_1", taken=())
    assert first == "djup_a.b.kalla_1.mended-1.csv"
    second = mended_name(first, "kalla_1", taken={first})
    assert second == "djup_a.b.kalla_1.mended-2.csv"
    assert mended_for(f"x/{second}") == "kalla_1"
    assert mended_for("a.kalla_1.mended-1 (2).CSV") == "kalla_1"
    assert mended_for("a.mended.csv") is None


def test_spans_of_rows_are_read_as_written() -> None:
    said = "a (b).csv (0123456789ab): 2, 5-7; c.csv (ba9876543210): 3"
    assert mended_rows([said]) == {
        ("a (b).csv", "0123456789ab"): {2, 5, 6, 7},
        ("c.csv", "ba9876543210"): {3},
    }
