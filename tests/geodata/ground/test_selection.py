from datetime import date

import pandas as pd
import pytest

from geodata.errors import AccessError, ParameterError
from geodata.periods import Period, TimeWindow, tertial, year
from geodata.privacy import RULES, Audience, require
from geodata.schema import Stream
from geodata.selection import Selection, fixed_periods, selected

ROWS = pd.DataFrame(
    {
        "stream": ["survey", "incident", "incident", "review", "incident"],
        "category": ["traffic_speed", "traffic_speed", "order_gathering", "environment_dark", "other"],
        "local_first": [date(2025, 4, 30), date(2025, 5, 1), date(2025, 8, 31), date(2025, 9, 1), None],
        "local_last": [date(2025, 4, 30), date(2025, 5, 1), date(2025, 8, 31), date(2025, 9, 1), None],
        "local_weekday": [2, 3, 6, 0, -1],
        "local_hour": [-1, 8, 23, 14, -1],
        "set_aside": [False, False, False, False, True],
        "linked_to": [None, None, None, "x", None],
    }
)


def chosen(**filters):
    return list(selected(ROWS, Selection(Audience.POLICE, **filters)).nonzero()[0])


def test_what_is_set_aside_or_linked_never_counts():
    assert chosen() == [0, 1, 2]


def test_filters_narrow_and_combine():
    assert chosen(streams=frozenset({Stream.INCIDENT})) == [1, 2]
    assert chosen(categories=frozenset({"traffic"})) == [0, 1]
    assert chosen(categories=frozenset({"order_gathering"})) == [2]
    assert chosen(period=tertial(2, 2025)) == [1, 2]
    assert chosen(window=TimeWindow(from_hour=7, to_hour=16)) == [1]
    assert chosen(
        streams=frozenset({Stream.INCIDENT}), period=year(2025), window=TimeWindow(frozenset({6}))
    ) == [2]


def test_what_is_known_to_the_year_counts_where_all_of_it_lies_within():
    rows = ROWS.assign(local_first=date(2025, 1, 1), local_last=date(2025, 12, 31))

    def count(period):
        return int(selected(rows, Selection(Audience.POLICE, period=period)).sum())

    assert count(year(2025)) == 3
    assert count(Period(date(2021, 1, 1), date(2025, 12, 31))) == 3
    assert count(tertial(1, 2025)) == 0


def test_unknown_words_are_refused():
    with pytest.raises(ParameterError, match="flygande") as raised:
        Selection(Audience.POLICE, categories=frozenset({"flygande"}))
    assert raised.value.code == "category_unknown"
    with pytest.raises(ParameterError) as raised:
        Selection(Audience.POLICE, streams=frozenset())
    assert raised.value.code == "streams_empty"


FREE = {
    "period": Period(date(2025, 5, 1), date(2025, 5, 9)),
    "categories": frozenset({"traffic"}),
    "streams": frozenset({Stream.SURVEY}),
    "window": TimeWindow(from_hour=7, to_hour=9),
}


@pytest.mark.parametrize("audience", [Audience.COUNCIL, Audience.PUBLIC])
@pytest.mark.parametrize("name", FREE)
def test_onlookers_get_no_free_filter_to_subtract_with(audience, name):
    with pytest.raises(AccessError) as raised:
        Selection(audience, **{name: FREE[name]})
    assert raised.value.code == "filters_not_free"


@pytest.mark.parametrize("period", [None, year(2025), tertial(3, 2024)])
def test_onlookers_see_whole_years_and_tertials(period):
    assert Selection(Audience.COUNCIL, period=period).period == period


def test_fixed_periods_touch_the_data():
    found = fixed_periods(date(2025, 6, 1), date(2025, 12, 31))
    assert found == [year(2025), tertial(2, 2025), tertial(3, 2025)]


def test_every_audience_has_a_rule_and_onlookers_get_no_points():
    assert set(RULES) == set(Audience)
    for audience in (Audience.COUNCIL, Audience.PUBLIC):
        for permission in ("exact_points", "quotes", "free_filters", "cells"):
            with pytest.raises(AccessError):
                require(audience, permission)
    require(Audience.POLICE, "exact_points")
