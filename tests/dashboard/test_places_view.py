from dataclasses import replace

from dashboard.charts.forest import forest
from dashboard.components.ranking_table import ranking_table
from dashboard.components.weights import weights_form
from dashboard.views.address import parse_address
from dashboard.views.places import places_view
from dashboard.views.weights import weights_view
from geodata.schema import PlaceKind


def test_the_ranking_says_how_many_stand_out_of_how_many(swedish, police, ranking):
    view = places_view(swedish, police, ranking=ranking, language="sv")
    assert view.sentence == "Hamntorget har tydligt mer än väntat, ensam av 1 som kan bedömas."
    assert view.unranked_heading == "1 plats har för få uppgifter för att ordnas"
    (weights,) = view.basis
    assert weights.endswith("Vikter: säger 1,0, ser 1,0, händer 1,0.")


def test_chance_and_sureness_stand_beside_rank_and_class(swedish, police, ranking):
    view = places_view(swedish, police, ranking=ranking, language="sv")
    markup = ranking_table(swedish, view)
    assert "topp 10: 99\N{NO-BREAK SPACE}%" in markup
    assert "97\N{NO-BREAK SPACE}% säkert" in markup
    assert view.notes[1].startswith("Topp 10 är chansen")
    few = replace(ranking, places=tuple(replace(one, among_first=None) for one in ranking.places))
    assert len(places_view(swedish, police, ranking=few, language="sv").notes) == 1


def test_weights_are_shown_where_they_stand_and_told_from_the_usual(swedish, police):
    usual = {"survey": 1.0, "review": 1.0, "incident": 1.0}
    view = weights_view(swedish, parse_address({"vikt": "2,1,0.5", "strom": "sager,ser"}), usual=usual)
    assert [(one.word, one.shown, one.idle) for one in view.sliders] == [
        ("sager", "2,0", False),
        ("ser", "1,0", False),
        ("hander", "0,5", True),
    ]
    assert (view.moved, view.usual) == (True, "1,1,1")
    markup = weights_form(swedish, view)
    assert 'data-usual-weights="1,1,1"' in markup
    assert 'name="hander" min="0" max="3" step="0.5" value="0.5" disabled' in markup


def test_weights_are_not_moved_by_who_has_no_free_filters(swedish, council):
    assert weights_view(swedish, council, usual={}) is None
    assert weights_form(swedish, None) == ""


def test_those_who_see_rounded_numbers_are_told_why_theirs_differ(swedish, council, ranking):
    view = places_view(swedish, council, ranking=ranking, language="sv")
    assert view.basis[1].startswith("Antal är avrundade till närmaste femtal")
    assert "skilja sig något från det som polis och kommun ser" in view.basis[1]
    assert view.ranked[0].bars[0].count == "44 svar, väntat 5"


def test_with_nothing_to_rank_it_says_to_take_turns(swedish, police, ranking):
    view = places_view(swedish, police, ranking=replace(ranking, places=ranking.places[1:]), language="sv")
    assert view.sentence.endswith("Då är det rättvisaste att turas om mellan platserna.")
    markup = ranking_table(swedish, view)
    assert "<details open>" in markup
    assert "Björkskolan" in markup


def test_kinds_are_links_that_keep_the_filters(swedish, police, ranking):
    view = places_view(swedish, replace(police, kind=PlaceKind.SQUARE), ranking=ranking, language="sv")
    assert [way.label for way in view.kinds if way.current] == ["Torg"]
    assert [way.href for way in view.kinds[:2]] == ["/platser", "/platser?typ=skolzon"]


def test_the_forest_holds_ranks_with_their_ranges_and_nothing_unranked(swedish, ranking):
    figure = forest(swedish, ranking, dark=False)
    (marks,) = figure["data"]
    assert (marks["x"], marks["error_x"]["array"], marks["error_x"]["arrayminus"]) == ([1], [2], [0])
    assert figure["layout"]["yaxis"]["ticktext"] == ["Hamntorget"]
    assert forest(swedish, replace(ranking, places=ranking.places[1:]), dark=False) is None


def test_a_long_name_in_the_forest_is_broken_into_lines_and_never_cut(swedish, ranking):
    long = replace(ranking.places[0], name="Rundan Verkstadsgatan–Energigatan–Stenåsavägen")
    figure = forest(swedish, replace(ranking, places=(long, long)), dark=False)
    (name, _) = figure["layout"]["yaxis"]["ticktext"]
    assert name == "Rundan Verkstadsgatan–<br>Energigatan–Stenåsavägen"
    short = forest(swedish, replace(ranking, places=ranking.places[:1] * 2), dark=False)
    assert figure["layout"]["height"] > short["layout"]["height"]
