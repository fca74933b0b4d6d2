from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.access.audiences import AUDIENCE_WORDS
from dashboard.views.address import (
    LAYERS,
    Address,
    as_audience,
    format_search,
    parse_address,
    parse_search,
)
from dashboard.views.address_values import format_weekdays, parse_weekdays
from dashboard.views.asked_work import MONTHS_CHOICES, AskedWork
from geodata.errors import ParameterError
from geodata.hotspots.methods import METHODS
from geodata.iso_time import FIRST_YEAR, LAST_YEAR
from geodata.periods import Period, TimeWindow, tertial
from geodata.privacy import RULES, Audience
from geodata.schema import CATEGORIES, GROUP_OF, PlaceKind, Stream
from geodata.selection import Selection

DAYS = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
free_windows = st.builds(
    TimeWindow,
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    from_hour=st.integers(0, 23),
    to_hour=st.integers(1, 24),
)
staff_selections = st.builds(
    Selection,
    audience=st.sampled_from([one for one in Audience if RULES[one].free_filters]),
    streams=st.frozensets(st.sampled_from(Stream), min_size=1),
    categories=st.frozensets(st.sampled_from(sorted(GROUP_OF))),
    period=st.none() | st.lists(DAYS, min_size=2, max_size=2).map(lambda days: Period(*sorted(days))),
    window=free_windows,
)


@given(
    st.builds(
        Address,
        selection=staff_selections,
        language=st.sampled_from(["sv", "en"]),
        place_id=st.none() | st.integers(0, 10**9),
        area_id=st.none() | st.integers(0, 10**9),
        kind=st.none() | st.sampled_from(PlaceKind),
        method=st.sampled_from(sorted(METHODS)),
        layer=st.none() | st.sampled_from(sorted(LAYERS.values())),
        weights=st.none()
        | st.tuples(*[st.integers(0, 6)] * 3)
        .filter(any)
        .map(lambda steps: tuple(step / 2 for step in steps)),
        asked_work=st.none()
        | st.builds(
            AskedWork,
            place_id=st.integers(0, 10**9 - 1),
            began=DAYS,
            done=DAYS,
            months=st.none() | st.sampled_from(MONTHS_CHOICES),
            against=st.none() | st.sampled_from(sorted(CATEGORIES)),
        ),
        drawn=st.booleans(),
    )
)
def test_a_link_reopens_the_same_view(address: Address) -> None:
    assert parse_search(format_search(address)) == address


def test_an_empty_address_is_everything_for_the_police_in_the_projects_language() -> None:
    address = parse_search("", language="en")
    assert address == Address(Selection(audience=Audience.POLICE), language="en")
    assert format_search(address, language="en") == ""


def test_a_written_address_is_short_and_readable() -> None:
    search = "?fran=2025-01-01&till=2025-04-30&strom=hander&vad=traffic&dagar=0-4&tid=7-16&sprak=en"
    assert format_search(parse_search(search)) == search


@pytest.mark.parametrize(
    ("search", "key"),
    [
        ("?fran=2025-02-30&till=2025-03-01", "fran"),
        ("?fran=2025-02-01", "till"),
        ("?strom=polisen", "strom"),
        ("?dagar=7", "dagar"),
        ("?tid=7", "tid"),
        ("?som=kungen", "som"),
        ("?sprak=fi", "sprak"),
        ("?plats=torget", "plats"),
        ("?typ=hamn", "typ"),
        ("?vikt=1,2", "vikt"),
        ("?vikt=0,0,0", "vikt"),
        ("?vikt=1,1,4", "vikt"),
        ("?vikt=1,1,x", "vikt"),
    ],
)
def test_what_cannot_be_read_is_named(search: str, key: str) -> None:
    with pytest.raises(ParameterError) as caught:
        parse_search(search)
    assert caught.value.code == "address_unreadable"
    assert caught.value.values["key"] == key


@pytest.mark.parametrize("word", ["namnd", "allmanhet"])
def test_filters_that_the_audience_may_not_use_are_left_out_and_said(word: str) -> None:
    address = parse_address({"som": word, "vad": "traffic", "fran": "2025-01-01", "till": "2025-01-31"})
    assert address.filters_dropped
    assert address.selection == Selection(audience=AUDIENCE_WORDS[word])


def test_weights_are_as_good_as_streams_and_not_for_the_council() -> None:
    address = parse_address({"som": "namnd", "vikt": "3,0,0"})
    assert (address.weights, address.filters_dropped) == (None, True)
    assert as_audience(parse_address({"vikt": "3,0,0"}), Audience.COUNCIL).weights is None


def test_a_tertial_stays_for_the_council() -> None:
    address = parse_search("?som=namnd&fran=2025-05-01&till=2025-08-31")
    assert address.selection.period == tertial(2, 2025)
    assert not address.filters_dropped


def test_looking_as_another_keeps_only_what_they_may_ask() -> None:
    address = parse_search("?fran=2025-01-01&till=2025-12-31&vad=traffic&plats=3")
    council = as_audience(address, Audience.COUNCIL)
    assert council.selection == Selection(
        audience=Audience.COUNCIL, period=Period(date(2025, 1, 1), date(2025, 12, 31))
    )
    assert council.place_id == 3
    assert as_audience(address, Audience.PLANNER).selection.categories == {"traffic"}


@given(st.frozensets(st.integers(0, 6), min_size=1))
def test_weekdays_survive_writing(weekdays: frozenset[int]) -> None:
    assert parse_weekdays(format_weekdays(weekdays)) == weekdays


def test_weekdays_are_written_as_runs() -> None:
    assert format_weekdays(frozenset({0, 1, 2, 3, 4})) == "0-4"
    assert format_weekdays(frozenset({0, 2, 5, 6})) == "0,2,5-6"
