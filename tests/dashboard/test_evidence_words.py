from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.views.evidence import EXPECTED_AT, on_scale, ranked_item, stream_bar
from dashboard.views.map import stands_out
from geodata.analyses.ranking import StreamEvidence
from geodata.evidence.agreement import Agreement
from geodata.schema import Stream


def test_a_stream_says_its_ratio_its_range_its_count_and_what_was_expected(swedish, ranking):
    bar = stream_bar(swedish, ranking.places[0].streams[0], exact=True)
    assert bar.reading == "8,0 gånger det väntade (6,1–10,0)"
    assert bar.short == "8,0 gånger (6,1–10,0)"
    assert bar.count == "44 svar, väntat 4,9"


def test_what_is_expected_has_no_decimals_where_it_was_rounded(swedish, ranking):
    bar = stream_bar(swedish, replace(ranking.places[0].streams[0], count=45, expected=5.0), exact=False)
    assert bar.count == "45 svar, väntat 5"


def test_a_bar_runs_inside_its_range(swedish, ranking):
    bar = stream_bar(swedish, ranking.places[0].streams[2], exact=True)
    assert EXPECTED_AT < bar.low < bar.ratio < bar.high < 1


def test_too_few_draws_no_bar_and_says_so(swedish, ranking):
    bar = stream_bar(swedish, ranking.places[0].streams[1], exact=True)
    assert bar.reading == "för få för att säga"
    assert bar.count == "2 brister, väntat 0,6"
    assert (bar.ratio, bar.low, bar.high) == (None, None, None)


def test_a_withheld_count_is_not_given_away(swedish, ranking):
    bar = stream_bar(swedish, ranking.places[1].streams[1], exact=True)
    assert bar.count == "visas inte, för små tal"
    assert bar.reading == "för få för att säga"


def test_a_ranked_place_in_words(swedish, english, police, ranking):
    item = ranked_item(swedish, ranking.places[0], police, language="sv")
    assert (item.rank, item.rank_range, item.kind) == ("1", "plats 1–3", "Torg")
    assert item.why == "mest samling som skapar otrygghet (25\xa0% av 110 uppgifter)"
    assert item.window == "fredag och lördag kl.\xa021.00–03.00 (37 av 62 uppgifter)"
    assert (item.beside, item.href) == ("/?plats=7", "/platser/7")
    said = ranked_item(english, ranking.places[0], replace(police, language="en"), language="sv")
    assert said.window == "Friday and Saturday 21:00–03:00 (37 of 62 records)"
    assert said.href == "/platser/7?sprak=en"


def test_a_place_with_too_little_has_no_number(swedish, police, ranking):
    item = ranked_item(swedish, ranking.places[1], police, language="sv")
    assert (item.rank, item.rank_range, item.why, item.window) == ("–", "för få för att ordna", "", "")
    assert item.agreement == "För få för att säga"


@pytest.mark.parametrize(
    ("above", "agreement", "said"),
    [
        ({Stream.INCIDENT, Stream.REVIEW}, Agreement.TOO_FEW, "Anmält, oklart om upplevt"),
        ({Stream.SURVEY}, Agreement.TOO_FEW, "Upplevt, oklart om anmält"),
        ({Stream.REVIEW}, Agreement.TOO_FEW, "Brister, oklart om upplevt och anmält"),
        ({Stream.REVIEW}, Agreement.NEITHER, "Lugnt, men fler brister än väntat"),
        ({Stream.REVIEW}, Agreement.FELT_ONLY, "Upplevt men inte anmält"),
        (set(), Agreement.TOO_FEW, "För få för att säga"),
    ],
)
def test_a_place_that_a_headline_names_says_what_it_has_more_of(
    swedish, police, ranking, above, agreement, said
):
    streams = tuple(
        StreamEvidence(stream, 9, 3.0, 3.0, 1.4, 5.1, tellable=True)
        if stream in above
        else StreamEvidence(stream, 1, 1.0, None, None, None, tellable=False)
        for stream in Stream
    )
    place = replace(ranking.places[0], streams=streams, agreement=agreement)
    assert stands_out(place) == bool(above)
    item = ranked_item(swedish, place, police, language="sv")
    assert (item.agreement, item.agreement_code) == (said, str(agreement))


@given(st.floats(0.126, 7.9))
def test_twice_lies_as_far_from_the_expected_as_half(ratio):
    assert on_scale(ratio) - EXPECTED_AT == pytest.approx(EXPECTED_AT - on_scale(1 / ratio))


@pytest.mark.parametrize(("ratio", "at"), [(1, 0.5), (1e9, 1), (0, 0), (2, 0.5 + 1 / 6)])
def test_the_scale_has_ends(ratio, at):
    assert on_scale(ratio) == pytest.approx(at)
