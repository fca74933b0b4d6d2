"""Where the survey stood, in words and as rings on the map; of too few answers nothing is said."""

from dataclasses import replace

from dashboard.map.detail import collected_features
from dashboard.texts.catalogue import catalogue
from dashboard.views.collected import collected_words
from geodata.analyses.collection import Collection, CollectionPlace, Nearness

SWEDISH = catalogue("sv")
SQUARE = CollectionPlace("Stortorget", 61, 0.61, (12.9, 59.1), Nearness(26, 60, 12, 39, more=True))
WEB = CollectionPlace("Webben", 39, 0.39, None, None)
STOOD = Collection((SQUARE, WEB), silent=4)


def plain(words):
    return [one.replace("\u00a0", " ") for one in words]


def test_it_is_said_from_where_the_answers_came_and_where_that_shows():
    assert plain(collected_words(SWEDISH, STOOD)) == [
        (
            "Av 100 svar som säger var de gavs kom 61 % från Stortorget och 39 % från Webben."
            " Ringarna på kartan visar var de samlades in."
        ),
        (
            "Svar från Stortorget handlar oftare om platser inom 500 meter därifrån (43 %, 26 av 60) än andra svar"
            " gör (31 %, 12 av 39). Där visar kartan också var enkäten stod."
        ),
    ]
    even = replace(SQUARE, nearness=Nearness(26, 60, 15, 39, more=False))
    assert len(collected_words(SWEDISH, Collection((even, WEB), silent=None))) == 1


def test_a_ring_stands_where_there_is_a_point():
    (ring,) = collected_features(SWEDISH, STOOD)
    assert ring["geometry"] == {"type": "Point", "coordinates": [12.9, 59.1]}
    assert ring["properties"]["role"] == "collected"
    assert plain([ring["properties"]["said"]]) == ["Stortorget: 61 % av svaren samlades in här"]


def test_of_too_few_answers_nothing_is_said_or_drawn():
    few = Collection((replace(SQUARE, answers=6), replace(WEB, answers=3)), silent=0)
    assert collected_words(SWEDISH, few) == ()
    assert list(collected_features(SWEDISH, few)) == []
    assert collected_words(SWEDISH, Collection((), None)) == ()
