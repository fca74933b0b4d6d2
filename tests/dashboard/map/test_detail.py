"""What is drawn of an opened place: features with words, and a legend of what is there and no more."""

import re

import shapely
from shapely import affinity

from dashboard.map.detail import WIDTHS, detail_features, detail_legend
from dashboard.print.paper import LETTER_ACROSS, LETTER_MM
from dashboard.print.site_map import site_map
from dashboard.texts.catalogue import catalogue
from geodata.analyses.place_lines import PlaceLines, Spot, lines_of
from geodata.privacy import Audience
from geodata.schema import PlaceKind

SWEDISH = catalogue("sv")
WAY = shapely.MultiLineString([[(12.9, 59.1), (12.91, 59.1)]])
LINES = PlaceLines(
    (WAY, None, WAY),
    shapely.LinearRing([(12.9, 59.1), (12.91, 59.1), (12.91, 59.11)]),
    (
        Spot("crossing", ("Storgatan", "Skolgatan"), None, 51.4, 12.9, 59.1),
        Spot("crossing", (), None, 1.0, 12.91, 59.1),
        Spot("entrance", (), None, None, 12.9, 59.11),
        Spot("gathering", (), "parking", None, 12.9, 59.12),
    ),
)


def test_lines_have_their_width_and_crossings_their_number_and_words():
    found = list(detail_features(SWEDISH, LINES))
    told = [
        (one["properties"]["role"], one["properties"]["width"], one["properties"]["mark"]) for one in found
    ]
    assert told == [
        ("way", WIDTHS[0], ""),
        ("way", WIDTHS[2], ""),
        ("round", WIDTHS[1], ""),
        ("crossing", 0.0, "1"),
        ("crossing", 0.0, "2"),
        ("entrance", 0.0, ""),
        ("gathering", 0.0, ""),
    ]
    assert found[2]["geometry"]["type"] == "LineString"
    said = [one["properties"]["said"] for one in found[3:]]
    assert said[0] == "Storgatan och Skolgatan, beräknat 50 elever per skoldag, i tiotal"
    assert said[1] == "gator utan namn, få elever"
    assert said[3] == "Parkering"
    assert len({one["id"] for one in found}) == len(found)


def test_the_legend_says_what_is_drawn_and_no_more():
    assert [words for _, words in detail_legend(SWEDISH, LINES)] == [
        "Beräknad skolväg, 5–19 elever",
        "Beräknad skolväg, 60 elever eller fler",
        "Vanlig runda",
        "Mest använda korsningar (1 är mest)",
        "Entré",
        "Samlingsplats",
    ]
    assert detail_legend(SWEDISH, PlaceLines((None, None, None), None, ())) == ()


def test_a_site_is_drawn_for_paper_and_screen(small_ground):
    school = next(one for one in small_ground.places if one.kind is PlaceKind.SCHOOL_ZONE)
    lines = lines_of(small_ground, school.place_id, Audience.PLANNER)
    drawn = str(site_map(SWEDISH, small_ground, place_ids=[school.place_id], lines=lines))
    assert drawn.startswith("<svg")
    assert drawn.count("<circle") >= len([one for one in lines.spots if one.role == "entrance"])
    assert site_map(SWEDISH, small_ground) is None
    marked = str(site_map(SWEDISH, small_ground, marks=[("7", *school.geometry.centroid.coords[0])]))
    assert ">7</text>" in marked


def test_no_street_name_lies_over_the_number_of_a_crossing(small_ground):
    numbered = 0
    for place in small_ground.places:
        lines = lines_of(small_ground, place.place_id, Audience.PLANNER)
        drawn = str(site_map(SWEDISH, small_ground, place_ids=[place.place_id], lines=lines))
        spots = [
            shapely.Point(float(x), float(y) - 1.2)
            for x, y in re.findall(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*class="m-spot-number"', drawn)
        ]
        numbered += len(spots)
        for text in re.findall(r'<text [^>]*class="m-label"[^>]*>[^<]+', drawn):
            turn = re.search(r"rotate\((-?[\d.]+) ([\d.]+) ([\d.]+)\)", text)
            if turn is None:
                continue
            angle, x, y = map(float, turn.groups())
            half = len(text.rpartition(">")[2]) * LETTER_MM * LETTER_ACROSS / 2
            name = shapely.LineString([(x - half, y - LETTER_MM / 3), (x + half, y - LETTER_MM / 3)])
            name = affinity.rotate(name, angle, origin=(x, y))
            assert all(name.distance(spot) > 2.0 for spot in spots), (place.name, text)
    assert numbered > 0
