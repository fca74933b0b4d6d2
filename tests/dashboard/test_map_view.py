from dataclasses import replace
from math import nan

from dashboard.views.map import map_view, opening_sentence


def test_the_page_opens_on_the_places_that_stand_out(swedish, hotspots, ranking):
    sentence = opening_sentence(swedish, hotspots=hotspots, ranking=ranking)
    assert sentence == "Hamntorget har tydligt mer än väntat."


def test_without_such_a_place_it_opens_on_the_areas(swedish, hotspots, ranking):
    unsure = replace(ranking, places=ranking.places[1:])
    assert opening_sentence(swedish, hotspots=hotspots, ranking=unsure) == (
        "Ett område har fler uppgifter än slumpen brukar ge."
    )


def test_with_neither_it_says_that_there_is_too_little(swedish, hotspots, ranking):
    none = replace(hotspots, areas=())
    unsure = replace(ranking, places=ranking.places[1:])
    assert "för få" in opening_sentence(swedish, hotspots=none, ranking=unsure)


def test_places_that_are_like_others_are_not_made_worse(swedish, hotspots, ranking):
    calm = replace(
        ranking.places[0], streams=tuple(replace(one, low=0.8) for one in ranking.places[0].streams)
    )
    sentence = opening_sentence(
        swedish, hotspots=replace(hotspots, areas=()), ranking=replace(ranking, places=(calm,))
    )
    assert sentence == "Ingen plats sticker ut mer än slumpen brukar ge."


def test_an_empty_selection_says_why_and_what_to_do(swedish, hotspots, ranking):
    sentence = opening_sentence(swedish, hotspots=replace(hotspots, used=0), ranking=ranking)
    assert sentence.endswith("Välj en längre period eller fler källor.")


def test_the_list_says_what_the_map_shows(swedish, police, hotspots, ranking):
    view = map_view(swedish, replace(police, area_id=1), hotspots=hotspots, ranking=ranking, language="sv")
    assert [item.name for item in view.places] == ["Hamntorget"]
    assert view.places_more == "Se alla 2 platser"
    area = view.areas[0]
    assert area.name == "Kopparvägen och Järnvägsgatan"
    assert area.reading == "650 uppgifter, väntat 296,4 (2,2 gånger)"
    assert area.detail == "23,0 ha · nära Björkskolan · mest samling som skapar otrygghet"
    assert area.selected
    assert area.href == "/?omrade=1"


def test_every_number_has_its_base(swedish, police, hotspots, ranking):
    view = map_view(swedish, police, hotspots=hotspots, ranking=ranking, language="sv")
    assert view.basis == (
        "Bygger på 1\xa0410 uppgifter med punkt på kartan.",
        "57 uppgifter saknar exakt plats och finns inte på kartan.",
    )
    assert view.method[-1] == "Urval: Hela tiden · alla källor och problem, hela dygnet."


def test_the_legend_names_fixed_steps(swedish, police, hotspots, ranking):
    view = map_view(swedish, police, hotspots=hotspots, ranking=ranking, language="sv")
    assert [step.label for step in view.legend] == ["1–2", "3–7", "8–19", "20–49", "50 eller fler"]


def test_the_council_is_told_that_areas_are_withheld(swedish, council, hotspots, ranking):
    withheld = replace(hotspots, areas=(), cells={}, counts={}, warnings=("cells_withheld",))
    view = map_view(swedish, council, hotspots=withheld, ranking=ranking, language="sv")
    assert view.areas_empty == "Områden visas bara för dem som arbetar med uppgifterna."
    assert view.legend == ()
    assert view.notices == ("Rutor och områden visas inte i den här vyn, bara platser med namn.",)


def test_another_method_is_what_the_page_opens_on(swedish, hotspots, ranking):
    (area,) = hotspots.areas
    found = replace(hotspots, method="emerging", areas=(area, replace(area, area_id=2, p_adjusted=0.4)))
    assert opening_sentence(swedish, hotspots=found, ranking=ranking) == (
        "Ett område har haft mer än slumpen i någon period: Kopparvägen."
    )
    none = replace(found, areas=found.areas[1:])
    assert opening_sentence(swedish, hotspots=none, ranking=ranking) == (
        "Inget att peka ut i det här urvalet (hur det utvecklas)."
    )


def test_an_area_says_how_sure_it_is_and_of_what_kind(swedish, police, hotspots, ranking):
    (area,) = hotspots.areas
    areas = (
        replace(area, p_adjusted=0.001, class_code="intensifying"),
        replace(area, area_id=2, p_adjusted=0.03, class_code="new"),
        replace(area, area_id=3, p_adjusted=nan, expected=nan, ratio=nan, area_m2=0.0, length_m=412.0),
    )
    view = map_view(swedish, police, hotspots=replace(hotspots, areas=areas), ranking=ranking, language="sv")
    sure, likely, stretch = view.areas
    assert (sure.chance, likely.chance) == ("Säkert mer än slumpen", "Troligen mer än slumpen")
    assert (stretch.chance, stretch.reading) == ("Inte prövat mot slumpen", "650 uppgifter")
    assert stretch.detail.startswith("412 m")
    assert sure.kind is not None
    assert sure.kind.startswith("↑ Ökande")
    assert [code for code, _ in view.legend_chances] == ["surely", "probably", "untested"]
    assert [words[0] for words in view.legend_kinds] == ["+", "↑"]


def test_a_layer_leaves_out_of_the_legend_what_is_not_on_the_map(swedish, police, hotspots, ranking):
    places = map_view(
        swedish, replace(police, layer="agreement"), hotspots=hotspots, ranking=ranking, language="sv"
    )
    assert (places.legend, places.legend_chances, places.agreement) == ((), (), True)
    areas = map_view(
        swedish, replace(police, layer="areas"), hotspots=hotspots, ranking=ranking, language="sv"
    )
    assert (areas.legend, len(areas.legend_chances), areas.agreement) == ((), 1, False)


def test_it_says_how_it_was_counted_down_to_the_seed(swedish, police, hotspots, ranking):
    found = replace(
        hotspots,
        method="poisson_scan",
        parameters=(("replications", "99"), ("alpha", "0.05")),
        seed=20160429,
        not_used={"day_unknown": 3},
    )
    said = " ".join(map_view(swedish, police, hotspots=found, ranking=ranking, language="sv").method)
    for words in (
        "Kulldorff 1997",
        "slumpen dras högst 99 gånger; högst 5\N{NO-BREAK SPACE}% risk",
        "20160429",
        "3 uppgifter kunde inte",
    ):
        assert words in said
