from dataclasses import replace

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
