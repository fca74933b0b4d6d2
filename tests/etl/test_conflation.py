"""Layers over several files and sources: every feature once, none of them lost."""

import geopandas as gpd
import pytest
import shapely
from small_workspace import Workspace, incident

from etl.conflation import FROM_GEOMETRY, LARGEST_ID
from etl.mapping import SHIPPED
from geodata.account import FileReport

X, Y = 382000, 6556200
HERE = shapely.LineString([(X, Y), (X + 100, Y)])
MOVED = shapely.LineString([(X, Y + 1), (X + 100, Y + 1)])
FAR = shapely.LineString([(X + 900, Y), (X + 1000, Y)])
PARTS = shapely.MultiLineString([[(X, Y), (X + 40, Y)], [(X + 60, Y), (X + 100, Y)]])


def fates(file: FileReport) -> dict[str, int]:
    return {str(fate): count for fate, count in file.fates.items() if count}


def put_streets(workspace: Workspace, name: str, **streets: tuple[object, shapely.Geometry]) -> None:
    frame = gpd.GeoDataFrame(
        {
            "ELEMENT_ID": [number for number, _ in streets.values()],
            "Gatunamn": list(streets),
            "Vagklass": "bostadsgata",
            "Hogsta_tillatna_hastighet": 30,
            "Adt_samtliga_fordon": 100.0,
        },
        geometry=[line for _, line in streets.values()],
        crs=3006,
    )
    frame.to_file(workspace.folder / "inbox" / name, layer="gator")


def put_areas(workspace: Workspace, name: str, *rows: tuple[int, str, str, shapely.Geometry]) -> None:
    number, kind, called, shape = zip(*rows, strict=True)
    frame = gpd.GeoDataFrame({"id": number, "typ": kind, "namn": called}, geometry=list(shape), crs=3006)
    frame.to_file(workspace.folder / "inbox" / name, layer="omraden")


def names(workspace: Workspace, table: str = "streets") -> list[str]:
    return sorted(workspace.table(table)["name"])


def test_of_a_street_in_two_files_the_last_file_counts(workspace: Workspace) -> None:
    workspace.use("streets", "g*.gpkg")
    put_streets(workspace, "g1.gpkg", Gamla=(7, PARTS), Andra=(8, FAR))
    put_streets(workspace, "g2.gpkg", Nya=(7, MOVED))
    first, second = workspace.run().files
    assert (fates(first), fates(second)) == ({"new": 1, "linked": 1}, {"new": 1})
    assert names(workspace) == ["Andra", "Nya"]
    first, second = workspace.run().files
    assert (fates(first), fates(second)) == ({"unchanged": 1, "linked": 1}, {"unchanged": 1})
    # A stopped file still counts among them, with what it gave before.
    workspace.put("g2.gpkg", b"x")
    first, second = workspace.run().files
    assert (fates(first), second.said) == ({"unchanged": 1, "linked": 1}, {"kept_from_before": "1"})
    assert names(workspace) == ["Andra", "Nya"]


def test_the_same_file_twice_gives_every_street_once(workspace: Workspace) -> None:
    workspace.use("streets", "g*.gpkg")
    for name in ("g1.gpkg", "g2.gpkg"):
        put_streets(workspace, name, A=(7, PARTS), B=(8, FAR))
    first, second = workspace.run().files
    assert (fates(first), fates(second)) == ({"linked": 2}, {"new": 2})
    assert workspace.table("streets")["street_id"].is_unique
    assert names(workspace) == ["A", "A", "B"]


def test_people_of_a_square_in_two_files_are_counted_once(workspace: Workspace) -> None:
    workspace.use("population", "b*.csv")
    workspace.use("population", "c.csv", name="nyare")
    for name, people in (("b1.csv", 10), ("b2.csv", 11), ("c.csv", 12)):
        workspace.put(name, f"Ruta;Sida;Befolkning\n3820006556200;100;{people}\n")
    files = workspace.run().files
    assert [fates(file) for file in files] == [{"linked": 1}, {"linked": 1}, {"new": 1}]
    assert workspace.table("population")["population"].tolist() == [12.0]


def test_two_sources_that_number_from_one_lose_nothing(workspace: Workspace) -> None:
    workspace.use("streets", "g1.gpkg")
    workspace.use("streets", "g2.gpkg", name="skogsvagar")
    put_streets(workspace, "g1.gpkg", A=(1, HERE))
    put_streets(workspace, "g2.gpkg", B=(1, FAR), C=(2, HERE))
    workspace.run()
    table = workspace.table("streets").set_index("name")["street_id"]
    assert table.to_dict() == {"A": 1, "B": table["B"], "C": 2}
    assert FROM_GEOMETRY <= table["B"] < LARGEST_ID
    assert [fates(file) for file in workspace.run().files] == [{"unchanged": 1}, {"unchanged": 2}]


def test_two_sources_with_the_same_street_give_it_once(workspace: Workspace) -> None:
    workspace.use("streets", "g1.gpkg")
    workspace.use("streets", "g2.gpkg", name="nyare")
    put_streets(workspace, "g1.gpkg", Gamla=(1, HERE))
    put_streets(workspace, "g2.gpkg", Nya=(1, MOVED))
    assert [fates(file) for file in workspace.run().files] == [{"linked": 1}, {"new": 1}]
    assert names(workspace) == ["Nya"]


def test_areas_of_two_kinds_are_two_whatever_their_ids(workspace: Workspace) -> None:
    workspace.use("areas", "k1.gpkg")
    workspace.use("areas", "k2.gpkg", name="granser")
    put_areas(workspace, "k1.gpkg", (1785, "park", "Parken", shapely.box(X, Y, X + 9, Y + 9)))
    put_areas(
        workspace, "k2.gpkg", (1785, "kommungräns", "Säffle", shapely.box(X - 99, Y - 99, X + 99, Y + 99))
    )
    workspace.run()
    assert names(workspace, "areas") == ["Parken", "Säffle"]
    assert workspace.table("areas")["area_id"].is_unique


def use_streets_without_ids(workspace: Workspace) -> None:
    shipped = (SHIPPED / "streets.toml").read_text(encoding="utf-8")
    own = shipped.split("[[acceptance]]")[0].replace('id = "ELEMENT_ID"', 'ignored = ["ELEMENT_ID"]')
    row = (
        '[[acceptance]]\nrow = { "Vagklass" = "bostadsgata" }\n'
        f'geometry = "LINESTRING ({X} {Y}, {X + 100} {Y})"\nexpect = {{ road_class = "residential" }}\n'
    )
    (workspace.folder / "mappings").mkdir()
    (workspace.folder / "mappings" / "egna.toml").write_text(own + row, encoding="utf-8")
    workspace.use("egna", "g*.gpkg")


def test_streets_without_ids_are_known_by_their_lines(workspace: Workspace) -> None:
    use_streets_without_ids(workspace)
    put_streets(workspace, "g1.gpkg", A=(0, HERE), A2=(0, HERE), B=(0, PARTS))
    put_streets(workspace, "g2.gpkg", A=(0, HERE), C=(0, FAR))
    workspace.put_incidents(incident("K1", north=f"{Y}", east=f"{X + 950}"))
    streets = [file for file in workspace.run().files if file.source == "egna"]
    assert [fates(file) for file in streets] == [{"new": 1, "linked": 2}, {"new": 2}]
    assert names(workspace) == ["A", "B", "B", "C"]
    table = workspace.table("streets").set_index("street_id")
    assert table.index.is_unique
    assert table.loc[workspace.table()["street_id"].item(), "name"] == "C"
    # The order of the rows in the file is no part of what they are.
    put_streets(workspace, "g2.gpkg", C=(0, FAR), A=(0, HERE))
    streets = [file for file in workspace.run().files if file.source == "egna"]
    assert [fates(file) for file in streets] == [{"unchanged": 1, "linked": 2}, {"unchanged": 2}]


def test_a_row_whose_every_part_another_row_has_is_linked(workspace: Workspace) -> None:
    use_streets_without_ids(workspace)
    first, second = (shapely.LineString(part.coords) for part in PARTS.geoms)
    put_streets(workspace, "g1.gpkg", A=(0, first), B=(0, second), C=(0, PARTS))
    assert fates(workspace.only_file()) == {"new": 2, "linked": 1}


def test_a_street_that_is_gone_is_said_once_whatever_its_parts(workspace: Workspace) -> None:
    workspace.use("streets", "g1.gpkg")
    put_streets(workspace, "g1.gpkg", A=(1, PARTS), B=(2, FAR))
    workspace.run()
    put_streets(workspace, "g1.gpkg", B=(2, FAR))
    assert workspace.only_file().said["rows_gone"] == "1"


@pytest.mark.parametrize("number", [2**53, 2**53 + 1])
def test_an_id_that_a_browser_can_not_hold_is_rejected(workspace: Workspace, number: int) -> None:
    workspace.use("streets", "g1.gpkg")
    put_streets(workspace, "g1.gpkg", A=(number, HERE), B=(2**53 - 1, FAR))
    file = workspace.only_file()
    assert [(row.row, row.code) for row in file.rejections] == [(1, "number_unreadable")]
    assert workspace.table("streets")["street_id"].tolist() == [2**53 - 1]


def test_the_id_of_a_square_is_held_to_the_same(workspace: Workspace) -> None:
    workspace.use("population", "b.csv")
    workspace.put("b.csv", f"Ruta;Sida;Befolkning\n{2**53};100;1\n3820006556200;100;2\n")
    file = workspace.only_file()
    assert [(row.row, row.code) for row in file.rejections] == [(2, "number_unreadable")]
    assert workspace.table("population")["square_id"].tolist() == [3820006556200]
