"""Coordinate systems and the order of coordinates: found and said, or the file stops; never a shifted map."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import Transformer
from small_workspace import EXTENT, Workspace, incident

from geodata.account import Fate, FileReport
from geodata.crs_candidates import SAMPLE, explanations, spread

SAFFLE = (12.939890467118953, 59.12884026836468)
SAFFLE_SWEREF = (382096.4315, 6556218.24501748)
POINTS = [(SAFFLE[0] + step / 100, SAFFLE[1] + step / 200) for step in range(6)]


def in_crs(epsg: int, lonlat: tuple[float, float]) -> tuple[float, float]:
    """East and north (or longitude and latitude) of a point, by the authority's own order of axes."""
    first, second = Transformer.from_crs(4326, epsg).transform(lonlat[1], lonlat[0])
    return (first, second) if epsg == 3857 else (second, first)


def put(workspace: Workspace, epsg: int, *, swap: bool = False, setting: str = "") -> FileReport:
    """Import a CSV of incidents whose points are in `epsg`, while the mapping says 3006."""
    workspace.use("police_incidents", "handelser_*.csv", more=setting)
    points = [in_crs(epsg, point)[:: -1 if swap else 1] for point in POINTS]
    workspace.put_incidents(
        *(
            incident(f"K{number}", east=f"{east:.7f}", north=f"{north:.7f}")
            for number, (east, north) in enumerate(points)
        )
    )
    return workspace.only_file()


@pytest.mark.parametrize("epsg", [3007, 3012, 3021, 4326, 3857])
def test_points_in_another_system_than_the_stated_stop_the_file(workspace: Workspace, epsg: int) -> None:
    file = put(workspace, epsg)
    assert file.stopped == "crs_mismatch"
    assert file.stopped_values == {
        "file": "handelser_2025.csv",
        "column": "E, N",
        "crs": "3006",
        "likely": str(epsg),
        "source": "police_incidents",
    }
    assert workspace.table().empty
    assert put(workspace, epsg, setting=f"crs = {epsg}\n").fates[Fate.NEW] == len(POINTS)
    assert workspace.table()[["x", "y"]].iloc[0].tolist() == pytest.approx(SAFFLE_SWEREF, abs=0.1)


def test_the_stated_system_is_held_to_where_it_fits(workspace: Workspace) -> None:
    file = put(workspace, 3006)
    assert (file.stopped, file.said["crs"], "crs_found" in file.said) == (None, "3006", False)


@pytest.mark.parametrize("epsg", [3006, 3021])
def test_north_and_east_swapped_in_every_row_stop_the_file(workspace: Workspace, epsg: int) -> None:
    setting = f"crs = {epsg}\n"
    file = put(workspace, epsg, swap=True, setting=setting)
    assert file.stopped == "axes_undecided"
    assert (file.stopped_values["column"], file.stopped_values["axes"]) == ("E, N", "north_east")
    decided = put(workspace, epsg, swap=True, setting=setting + 'axes = "north_east"\n')
    assert (decided.fates[Fate.NEW], decided.said["axes"]) == (len(POINTS), "north_east")
    assert workspace.table()[["x", "y"]].iloc[0].tolist() == pytest.approx(SAFFLE_SWEREF, abs=0.1)


def test_where_the_project_file_says_east_first_each_swapped_row_is_rejected(workspace: Workspace) -> None:
    file = put(workspace, 3006, swap=True, setting='axes = "east_north"\n')
    assert {row.code for row in file.rejections} == {"coordinates_swapped"}
    assert file.fates[Fate.REJECTED] == len(POINTS)


def test_a_few_swapped_rows_in_a_good_file_are_theirs_alone(workspace: Workspace) -> None:
    east, north = (f"{value:.1f}" for value in SAFFLE_SWEREF)
    lines = [incident(f"K{number}", east=east, north=north) for number in range(4)]
    workspace.put_incidents(*lines, incident("K9", east=north, north=east))
    file = workspace.only_file()
    assert [(row.row, row.code) for row in file.rejections] == [(6, "coordinates_swapped")]
    assert file.fates[Fate.NEW] == 4


def put_boundary(workspace: Workspace, epsg: int, *, setting: str = "", ending: str = "gpkg") -> FileReport:
    """Import a layer whose file does not say its system; neither does the mapping."""
    workspace.use("boundary", f"gr.{ending}", more=setting)
    ring = [in_crs(epsg, (SAFFLE[0] + dx, SAFFLE[1] + dy)) for dx, dy in ((0, 0), (0.1, 0), (0, 0.1))]
    frame = gpd.GeoDataFrame({"kommun_kod": ["1785"], "kommun": ["Säffle"]}, geometry=[shapely.Polygon(ring)])
    path = workspace.folder / "inbox" / f"gr.{ending}"
    with pytest.warns(UserWarning, match="crs"):
        frame.to_file(path, encoding="utf-8" if ending == "shp" else None)
    assert not Path(path.with_suffix(".prj")).exists()
    return workspace.only_file()


@pytest.mark.parametrize("ending", ["gpkg", "shp"])
@pytest.mark.parametrize("epsg", [3006, 3007, 3021, 4326])
def test_a_file_that_says_no_system_is_read_in_the_only_one_that_fits(
    workspace: Workspace, epsg: int, ending: str
) -> None:
    file = put_boundary(workspace, epsg, ending=ending)
    assert (file.stopped, file.said["crs_found"], file.said["crs"]) == (None, str(epsg), str(epsg))
    (shape,) = workspace.table("areas")["geometry"]
    assert shape.boundary.distance(shapely.Point(SAFFLE_SWEREF)) < 0.1


def test_two_local_zones_that_both_fit_stop_the_file(workspace: Workspace) -> None:
    # 0.75 degrees lie between neighbouring zones, and as much easting: a county is wider.
    workspace.use("boundary", "gr.gpkg")
    project = workspace.folder / "problembild.toml"
    put_boundary(workspace, 3007)
    text = project.read_text(encoding="utf-8")
    assert str(list(EXTENT)) in text
    wide = text.replace(str(list(EXTENT)), "[11.5, 58.5, 14.5, 60.0]")
    project.write_text(wide, encoding="utf-8")
    file = workspace.only_file()
    assert file.stopped == "crs_undecided"
    assert file.stopped_values["likely"] == "3007, 3008"
    project.write_text(wide + "crs = 3007\n", encoding="utf-8")
    assert workspace.only_file().said["crs"] == "3007"


def test_a_file_in_no_known_system_is_stopped_with_what_to_choose_from(workspace: Workspace) -> None:
    workspace.use("boundary", "gr.gpkg")
    shape = shapely.box(5_000, 5_000, 6_000, 6_000)
    frame = gpd.GeoDataFrame({"kommun_kod": ["1785"], "kommun": ["Säffle"]}, geometry=[shape])
    with pytest.warns(UserWarning, match="crs"):
        frame.to_file(workspace.folder / "inbox" / "gr.gpkg")
    file = workspace.only_file()
    assert file.stopped == "crs_undecided"
    assert file.stopped_values == {"file": "gr.gpkg", "likely": "3006, 3007–3018, 3021, 4326"}


def test_geometries_with_latitude_first_stop_the_file(workspace: Workspace) -> None:
    workspace.use("boundary", "gr.gpkg")
    ring = [(SAFFLE[1], SAFFLE[0]), (SAFFLE[1] + 0.1, SAFFLE[0]), (SAFFLE[1], SAFFLE[0] + 0.1)]
    frame = gpd.GeoDataFrame(
        {"kommun_kod": ["1785"], "kommun": ["Säffle"]}, geometry=[shapely.Polygon(ring)], crs=4326
    )
    frame.to_file(workspace.folder / "inbox" / "gr.gpkg")
    assert workspace.only_file().stopped == "axes_undecided"
    workspace.use("boundary", "gr.gpkg", more='axes = "north_east"\n')
    assert workspace.only_file().stopped is None
    (shape,) = workspace.table("areas")["geometry"]
    assert shape.boundary.distance(shapely.Point(SAFFLE_SWEREF)) < 0.1


def test_geojson_in_metres_that_says_degrees_by_standard_stops(workspace: Workspace) -> None:
    workspace.use("boundary", "gr.geojson")
    x, y = SAFFLE_SWEREF
    workspace.put(
        "gr.geojson",
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties":'
        ' {"kommun_kod": "1785", "kommun": "Säffle"}, "geometry": {"type": "Polygon", "coordinates":'
        f" [[[{x}, {y}], [{x + 100}, {y}], [{x}, {y + 100}], [{x}, {y}]]]}}}}]}}",
    )
    file = workspace.only_file()
    assert (file.stopped, file.stopped_values["likely"]) == ("crs_mismatch", "3006")
    workspace.use("boundary", "gr.geojson", more="crs = 3006\n")
    assert workspace.only_file().stopped is None


def test_points_of_a_whole_country_stop_nothing(workspace: Workspace) -> None:
    """A file of all Sweden has few points in the municipality, in whatever system one reads it."""
    workspace.use("police_incidents", "handelser_*.csv")
    lines = [
        incident(f"K{row}-{column}", east=f"{300000 + column * 25000}", north=f"{6150000 + row * 75000}")
        for row in range(18)
        for column in range(22)
    ]
    workspace.put_incidents(*lines, incident("K0"))
    file = workspace.only_file()
    assert (file.stopped, file.fates[Fate.NEW] >= 1) == (None, True)
    assert {row.code for row in file.rejections} == {"coordinates_outside"}


def test_the_sample_is_the_same_every_time_and_reaches_both_ends() -> None:
    at = spread(1_000_001)
    assert (len(at), at[0], at[-1]) == (SAMPLE, 0, 1_000_000)
    assert spread(3).tolist() == [0, 1, 2]


def test_rt90_and_sweref_never_explain_the_same_points() -> None:
    grid = np.array([(lon, lat) for lon in np.arange(11.5, 23.5, 0.5) for lat in np.arange(55.5, 68.5, 0.5)])
    for true in (3006, 3021):
        east, north = in_crs_many(true, grid)
        fits = explanations(east, north, region=(10.9, 55.0, 24.2, 69.1))
        assert {one.epsg for one in fits if not one.swapped} & {3006, 3021} == {true}


def in_crs_many(epsg, grid):
    north, east = Transformer.from_crs(4326, epsg).transform(grid[:, 1], grid[:, 0])
    return east, north
