"""SCB's open layers: squares of a country cut to the workspace, and its areas as districts."""

import geopandas as gpd
import shapely
from archives import pack
from small_workspace import Workspace

from geodata.account import Fate

SQUARES = {(381000, 6556000): 42, (382000, 6556000): 7, (674000, 6580000): 9000}


def squares() -> gpd.GeoDataFrame:
    """Two squares in Säffle and one in Stockholm, as the open service writes them."""
    return gpd.GeoDataFrame(
        {
            "objectid": range(len(SQUARES)),
            "rutid_inspire": [f"SE_CRS3006RES1000mN{north}E{east}" for east, north in SQUARES],
            "rutid_scb": [f"{east}{north}" for east, north in SQUARES],
            "beftotalt": list(SQUARES.values()),
            "kvinna": 0,
            "referenstid": "20251231",
        },
        geometry=[shapely.box(east, north, east + 1000, north + 1000) for east, north in SQUARES],
        crs=3006,
    )


def test_squares_of_the_country_are_cut_to_the_workspace(workspace: Workspace) -> None:
    workspace.use("scb_population", "befolkning*")
    path = workspace.folder / "befolkning_1km_2025.gpkg"
    squares().to_file(path, layer="befolkning_1km_2025")
    pack(workspace.folder / "inbox" / "befolkning_1km_2025.zip", {path.name: path.read_bytes()})
    file = workspace.only_file()
    assert (file.stopped, file.rejections, file.adds_up) == (None, (), True)
    assert (file.fates[Fate.NEW], file.fates[Fate.SET_ASIDE]) == (2, 1)
    assert file.said["outside_extent"] == "1"
    found = workspace.table("population").sort_values("square_id")
    assert found[["square_id", "side_m", "population"]].to_numpy().tolist() == [
        [3810006556000, 1000, 42],
        [3820006556000, 1000, 7],
    ]


def test_areas_of_the_country_give_the_municipality_its_districts(workspace: Workspace) -> None:
    workspace.use("scb_regso", "RegSO*")
    gpd.GeoDataFrame(
        {
            "objectid": [1, 2],
            "regsokod": ["1785R001", "0180R009"],
            "regsonamn": ["Säffle norra", "Blackeberg"],
            "kommunkod": ["1785", "0180"],
            "kommunnamn": ["Säffle", "Stockholm"],
        },
        geometry=[
            shapely.box(381000, 6556000, 383000, 6558000),
            shapely.box(664000, 6580000, 665000, 6581000),
        ],
        crs=3006,
    ).to_file(workspace.folder / "inbox" / "RegSO_2025.gpkg", layer="RegSO_2025")
    file = workspace.only_file()
    assert (file.stopped, file.said["other_municipality"], file.adds_up) == (None, "1", True)
    areas = workspace.table("areas")
    assert areas[["kind", "name"]].to_numpy().tolist() == [["district", "Säffle norra"]]
