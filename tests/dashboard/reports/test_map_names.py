"""Names on a report's map: of places and larger streets in view, none over another, none beyond the edge."""

import pytest
import shapely
from matplotlib.figure import Figure

from dashboard.reports.map_names import Room, write_names
from geodata.analyses.ground import open_ground

WIDTH, HEIGHT = 176.0, 96.0


def written(workspace, *, across, room=None):
    ground = open_ground(workspace)
    square = next(one for one in ground.places if one.kind == "square")
    middle = square.geometry.centroid
    high = across * HEIGHT / WIDTH
    view = shapely.box(middle.x - across / 2, middle.y - high / 2, middle.x + across / 2, middle.y + high / 2)
    axes = Figure().add_axes((0, 0, 1, 1))
    room = room or Room(WIDTH, HEIGHT)
    write_names(axes, ground, view, WIDTH / across, room)
    return square.name, axes.texts, room


def test_a_place_and_the_larger_streets_round_it_are_named(town):
    name, texts, _ = written(town, across=1500.0)
    said = [one.get_text() for one in texts]
    assert name in said
    streets = open_ground(town).snapshot.table("streets")
    larger = set(streets[streets["road_class"].isin(["primary", "secondary", "tertiary"])]["name"].dropna())
    assert larger & set(said)
    assert len(said) == len(set(said))
    assert all(not 90 < one.get_rotation() % 360 < 270 for one in texts)


def test_no_name_lies_over_another_or_beyond_the_edge(town):
    _, texts, room = written(town, across=3000.0)
    assert texts
    boxes = [shapely.box(*one) for one in room.taken]
    paper = shapely.box(0, 0, WIDTH, HEIGHT)
    assert all(paper.contains(one) for one in boxes)
    for at, one in enumerate(boxes):
        assert not any(one.overlaps(other) or one.contains(other) for other in boxes[:at])


def test_where_the_room_is_taken_nothing_is_written(town):
    _, texts, _ = written(town, across=1500.0, room=Room(WIDTH, HEIGHT, [(0, 0, WIDTH, HEIGHT)]))
    assert not list(texts)


@pytest.mark.parametrize("x", [0.5, WIDTH - 0.5])
def test_what_would_be_cut_off_is_not_taken(x):
    assert not Room(WIDTH, HEIGHT).take(x, 40, 10, 3)
    assert Room(WIDTH, HEIGHT).take(80, 40, 10, 3)
