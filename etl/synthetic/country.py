"""Put a municipality's land together: its tiles, their links, plots, houses, woods and schools."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from etl.synthetic.buildings import Houses, build_houses, school_houses
from etl.synthetic.land import Land, School
from etl.synthetic.landcover import woods, zones
from etl.synthetic.links import add_paths, make_links
from etl.synthetic.names import NameGiver
from etl.synthetic.plots import Plot, set_aside
from etl.synthetic.tile import Tile, grow_tile
from etl.synthetic.words import words
from geodata.crs import SWEREF99_TM

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from etl.synthetic.country_roads import Point
    from etl.synthetic.sizes import SizeRule

MIDDLE = (402_000.0, 6_530_000.0)
"""East and north of the municipality's middle: open water in the real world, so that no one lives there."""
STAGES = (
    ("F-6", "08:10", "13:40", 260),
    ("F-6", "08:00", "13:30", 190),
    ("7-9", "08:20", "15:10", 410),
    ("F-9", "08:10", "14:40", 480),
)
"""Stage, first and last bell, about how many pupils."""
GYMNASIUM = ("Gymnasium", "08:30", "15:50", 620)


def make_land(rule: SizeRule, seed: int, tell: Callable[[str, int, int], None]) -> Land:
    """Make the land of a municipality of one size, tile by tile."""
    lands = []
    total = rule.tiles**2
    for number in range(total):
        row, column = divmod(number, rule.tiles)
        rng = np.random.default_rng([seed, 100 + number])
        shift = (np.array([column, row]) - (rule.tiles - 1) / 2) * 2 * rule.half_side_m + np.array(MIDDLE)
        lands.append(_make_tile(rule, number, _exits(rule, seed, row, column), rng, shift))
        tell("land", number + 1, total)
    start, dwellings = 0, []
    for links, _, lived_in, _, _ in lands:
        dwellings.append(lived_in.assign(street=lived_in["street"] + start))
        start += len(links)
    boundary = _boundary(rule, np.random.default_rng([seed, 99]))
    border = gpd.GeoDataFrame(
        {"kind": ["boundary"], "name": [words().towns[0]], "town": [-1]}, geometry=[boundary], crs=SWEREF99_TM
    )
    areas = cut(pd.concat([border, *(land[1] for land in lands)], ignore_index=True), boundary)
    all_streets = pd.concat([land[0] for land in lands], ignore_index=True)
    streets = cut(all_streets, boundary)
    kept = np.full(len(all_streets), -1)
    kept[streets.index] = np.arange(len(streets))
    homes = pd.concat(dwellings, ignore_index=True)
    homes["street"] = kept[homes["street"]]
    within = shapely.contains_xy(boundary, homes["x"].to_numpy(), homes["y"].to_numpy())
    return Land(
        boundary=boundary,
        streets=streets.reset_index(drop=True),
        areas=areas.reset_index(drop=True),
        dwellings=homes[within & (homes["street"] >= 0)].reset_index(drop=True),
        schools=tuple(school for land in lands for school in land[3]),
        places=pd.concat([land[4] for land in lands], ignore_index=True),
    )


def cut(rows: pd.DataFrame, boundary: shapely.Polygon) -> gpd.GeoDataFrame:
    """Cut rows with a ``geometry`` at the boundary; of what it cuts apart, the largest piece stays."""
    shapely.prepare(boundary)
    shapes = rows["geometry"].to_numpy().copy()
    crossing = ~shapely.covers(boundary, shapes)
    for number in np.flatnonzero(crossing):
        parts = shapely.get_parts(shapely.intersection(shapes[number], boundary))
        same = [part for part in parts if part.geom_type == shapes[number].geom_type and part.length > 1.0]
        shapes[number] = max(same, key=lambda part: part.length, default=None)
    kept = np.array([shape is not None for shape in shapes])
    return gpd.GeoDataFrame(rows[kept].assign(geometry=shapes[kept]), geometry="geometry", crs=SWEREF99_TM)


_TileLand = tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, pd.DataFrame, list[School], pd.DataFrame]


def _make_tile(
    rule: SizeRule,
    number: int,
    exits: list[Point],
    rng: np.random.Generator,
    shift: NDArray[np.float64],
) -> _TileLand:
    """Make one tile's land and move it to its place on the map."""
    population = rule.population
    if rule.tiles > 1:
        population = int(np.clip(rng.lognormal(np.log(rule.population), 0.6), 3_000, 60_000))
    tile = grow_tile(
        half=rule.half_side_m, population=population, villages=rule.villages, exits=exits, rng=rng
    )
    add_paths(tile.net, rng)
    name = words().towns[number % len(words().towns)]
    villages = [str(each) for each in rng.permutation(words().villages)[: len(tile.settlements) - 1]]
    links = make_links(tile, NameGiver(rng), villages, rng)
    squares, schools = rule.squares, rule.schools
    plots = set_aside(tile, links, squares=squares, schools=schools, name=name, rng=rng)
    houses = build_houses(tile, links, plots, rng)
    streets = links.drop(columns="zone").assign(town=number)
    streets = streets.set_geometry(shapely.transform(streets.geometry.to_numpy(), lambda at: at + shift))
    areas = _areas(tile, links, plots, houses, rng)
    areas = areas.assign(town=number)
    areas = areas.set_geometry(shapely.transform(areas.geometry.to_numpy(), lambda at: at + shift))
    lived = houses.persons > 0
    at = shapely.get_coordinates(shapely.centroid(houses.shapes[lived])) + shift
    homes = pd.DataFrame(
        {"x": at[:, 0], "y": at[:, 1], "persons": houses.persons[lived], "street": houses.link[lived]}
    )
    middles = np.array([(each.x, each.y) for each in tile.settlements]) + shift
    places = pd.DataFrame({"name": [name, *villages], "x": middles[:, 0], "y": middles[:, 1], "town": number})
    return streets, areas, homes, _schools(plots, number, shift, rng), places


def _areas(
    tile: Tile, links: gpd.GeoDataFrame, plots: list[Plot], houses: Houses, rng: np.random.Generator
) -> gpd.GeoDataFrame:
    """Return the tile's areas, metres from its middle."""
    terrain = tile.terrain
    lakes = list(words().lakes)
    rows: list[tuple[str, str, shapely.Geometry]] = [
        ("water", lakes[n % len(lakes)], lake) for n, lake in enumerate(terrain.lakes)
    ]
    rows.append(
        ("water", words().river, terrain.river_area.difference(shapely.union_all(list(terrain.lakes))))
    )
    rows.append(("river", words().river, terrain.river))
    square = shapely.box(-terrain.half, -terrain.half, terrain.half, terrain.half)
    rows.append(("railway", "Exempelbanan", terrain.railway.intersection(square)))
    settled = zones(links)
    rows += [("wood", "", shape) for shape in woods(tile, [shape for _, shape in settled], rng)]
    rows += [(kind, "", shape) for kind, shape in settled]
    for plot in plots:
        if plot.kind == "school":
            rows += [("building", "", shape) for shape in school_houses(plot, rng)]
            continue
        rows.append((plot.kind, plot.name, plot.shape))
        if plot.kind == "centre":
            hall = school_houses(plot, rng)
            rows += [("building", "", shape) for shape in hall]
            rows.append(
                ("parking", "", plot.shape.buffer(-3.0).difference(shapely.union_all(hall).buffer(3.0)))
            )
    rows += [("building", "", shape) for shape in houses.shapes]
    return gpd.GeoDataFrame(rows, columns=["kind", "name", "geometry"], geometry="geometry", crs=SWEREF99_TM)


def _schools(
    plots: list[Plot], town: int, shift: NDArray[np.float64], rng: np.random.Generator
) -> list[School]:
    """Make each school plot a school unit; its point lies inside the gate."""
    mine = [plot for plot in plots if plot.kind == "school"]
    names = [str(name) for name in rng.permutation(words().schools.names)]
    schools = []
    for number, plot in enumerate(mine):
        last = number == len(mine) - 1 and len(mine) > 5
        stage, start, end, pupils = GYMNASIUM if last else STAGES[number % len(STAGES)]
        middle = np.array([plot.shape.centroid.x, plot.shape.centroid.y])
        at = np.array(plot.gate) + 0.5 * (middle - np.array(plot.gate)) + shift
        name = (
            f"{words().towns[town % len(words().towns)]}s {words().schools.gymnasium}"
            if last
            else names[number % len(names)]
        )
        schools.append(
            School(
                code=f"{99_000_000 + town * 1_000 + number}",
                name=name,
                stage=stage,
                pupils=int(pupils * rng.uniform(0.6, 1.4)),
                bell_start=start,
                bell_end=end,
                x=round(float(at[0]), 1),
                y=round(float(at[1]), 1),
            )
        )
    return schools


def _exits(rule: SizeRule, seed: int, row: int, column: int) -> list[Point]:
    """Return where main roads cross the tile's four edges; neighbours get the same points."""
    half = rule.half_side_m

    def along(direction: int, i: int, j: int) -> float:
        return float(np.random.default_rng([seed, 200 + direction, i, j]).uniform(-0.55, 0.55)) * half

    return [
        (-half, along(0, row, column)),
        (half, along(0, row, column + 1)),
        (along(1, row, column), -half),
        (along(1, row + 1, column), half),
    ]


def _boundary(rule: SizeRule, rng: np.random.Generator) -> shapely.Polygon:
    """Return the municipality's border: a rounded square with bends, inside the land that was made."""
    side = rule.tiles * rule.half_side_m
    angle = np.linspace(0, 2 * np.pi, 180, endpoint=False)
    # The more tiles, the squarer, so that the towns in the corners are within.
    power = 4.0 if rule.tiles == 1 else 16.0
    round_off = (np.abs(np.cos(angle)) ** power + np.abs(np.sin(angle)) ** power) ** (-1 / power)
    bends = np.zeros_like(angle)
    for wave in range(3, 22):
        bends += rng.normal(0, 0.075 / wave) * np.cos(wave * angle + rng.uniform(0, 6.3))
    middle = 1.0 - 0.08 / rule.tiles
    reach = side * round_off * np.clip(middle + bends / rule.tiles, middle - 0.12 / rule.tiles, 0.975)
    return shapely.Polygon(
        np.column_stack([MIDDLE[0] + reach * np.cos(angle), MIDDLE[1] + reach * np.sin(angle)])
    )
