from dataclasses import replace
from datetime import date
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

from dashboard.charts.trend import trend_image
from dashboard.components.place_panel import place_panel
from dashboard.views.place import place_view
from dashboard.views.place_ground import ground_lines
from geodata.analyses.place import ReviewNote


@pytest.fixture
def view(swedish, police, place_answer):
    return place_view(swedish, police, answer=place_answer, of=20, language="sv")


def test_it_opens_on_the_reason(view):
    assert view.sentence == "Här är både enkätsvaren och händelserna fler än väntat."
    assert view.reason == (
        "Det gäller mest samling som skapar otrygghet (25\xa0%). "
        "Bäst att vara här fredag och lördag kl.\xa021.00–03.00: 2 av 3 svar och 35 av 59 händelser."
    )
    first = "Chansen att platsen hör till de 10 första är 99\N{NO-BREAK SPACE}%."
    assert view.standing == f"Nummer 1 av 20 (1–3 med 90 procents säkerhet). {first}"


def test_the_rhythm_says_its_base_its_window_and_the_bells(view):
    assert view.rhythm.notes == (
        "18 uppgifter med känd timme. Mörkast är 8 på en timme.",
        (
            "Rekommenderad tid (inramat): fredag och lördag kl.\xa021.00–03.00, 17 av 18 händelser. "
            "Det är 4,2 gånger så mycket som kommunens egen rytm ger (3,1–4,6 med 90 procents säkerhet)."
        ),
        "Skolan börjar 08.20 och slutar 14.40 (lodräta streck).",
    )


def test_season_school_days_and_risk_evenings_say_their_base(view):
    assert view.when == (
        "Mest i maj–juli: 14 av 18 uppgifter.",
        (
            "På skoldagar minst 1,3 gånger så mycket per dag som på skolfria vardagar. "
            "Underlag: 12 på 180 skoldagar, 0 på 60 skolfria."
        ),
        (
            "För få uppgifter för att jämföra riskkvällar med vanliga kvällar. "
            "Underlag: 2 på 30 riskkvällar, 1 på 100 vanliga."
        ),
    )


def test_a_school_says_its_bells_its_traffic_and_what_is_missing(view):
    assert view.about == (
        (
            "Björkskolan F-6, F-6, 240 elever. "
            "Börjar 08.20, har lunch 11.00–12.10 och slutar 13.50–14.40 måndag. "
            "Börjar 08.20–08.40, har lunch 11.00–12.10 och slutar 13.50–14.40 tisdag–fredag."
        ),
        "Hastighetsgränser: 40 km/tim på 810 m gata och okänd på 100 m gata.",
        "Störst trafik: 3\xa0120 fordon per dygn på Storgatan.",
        (
            "Mätt vid Storgatan 4: 85 procent kör högst 47 km/tim, gräns 40 km/tim, 53\xa0% över gränsen, "
            "1\xa0812 fordon, 14\xa0september\xa02025."
        ),
        "Uppskattningsvis 180 av 240 elever bor inom gångavstånd, i tiotal.",
        "Här korsar flest elever en större gata, uppskattat per skoldag och i tiotal: Storgatan och Skolgatan (70).",
        "2 hållplatser i zonen.",
        "Läsåret som är inlagt slutar 12\xa0juni\xa02025. Efter det antas de vanliga lovveckorna.",
        "Evenemang är inte inlästa.",
    )


def test_without_a_file_of_speeds_the_reviews_figure_is_told_as_theirs(swedish, place_answer):
    unmeasured = replace(place_answer.ground, school=replace(place_answer.ground.school, measured=()))
    note = ReviewNote(date(2025, 5, 3), "traffic_speed", None, None, None, None, 50.0)
    older = replace(note, day=date(2024, 5, 3), v85=61.0)
    silent = replace(note, v85=None)
    lines = ground_lines(swedish, unmeasured, (silent, note, older))
    at = lines.index("Ingen fil med hastighetsmätningar är inläst för zonen.")
    assert lines[at + 1] == (
        "Den senaste översynen med en mätning säger att 85 procent kör högst 50 km/tim (3\xa0maj\xa02025)."
    )
    assert "dagen är inte känd" in ground_lines(swedish, unmeasured, (replace(note, day=None),))[at + 1]
    assert "översyn" not in ground_lines(swedish, unmeasured, (silent,))[at + 1]
    assert not any("senaste översynen" in one for one in ground_lines(swedish, place_answer.ground, (note,)))


def test_the_darkest_hour_is_darkest_and_none_is_none(view):
    cells = view.rhythm.cells
    assert (cells[5][23].level, cells[0][8].level, cells[2][12].level) == (5, 1, 0)
    assert cells[5][23].label == "lördag kl. 23: 8 uppgifter"


def test_a_window_past_midnight_goes_on_in_the_next_day(view):
    framed = {(day, hour) for day in range(7) for hour in range(24) if view.rhythm.cells[day][hour].edges}
    assert {(4, 21), (4, 23), (5, 0), (5, 2), (5, 21), (6, 0), (6, 2)} <= framed
    assert not framed & {(4, 0), (4, 20), (5, 3), (6, 21), (5, 12)}


def test_bells_ring_on_school_days_where_they_ring_within_the_hour(view):
    assert view.rhythm.cells[0][8].bell == pytest.approx(20 / 60)
    assert view.rhythm.cells[4][14].bell == pytest.approx(40 / 60)
    assert view.rhythm.cells[5][8].bell is None


def test_the_trend_is_a_table_too(view):
    assert view.trend.headings == ("Tertial", "Säger", "Ser", "Händer", "Alla (spann)")
    assert view.trend.table[0] == ("tertial\xa01 2025", "3", "visas ej", "1\xa0204", "visas ej")
    assert view.trend.table[2] == (
        "tertial\xa03 2025 (del)",
        "3",
        "visas ej",
        "1\xa0204",
        "1\xa0207 (1\xa0150–1\xa0266)",
    )


@pytest.mark.parametrize("dark", [False, True])
def test_the_trend_is_drawn_where_it_may_be_shown(view, dark):
    head, drawing = trend_image(view.trend, dark=dark).split(",", 1)
    assert head == "data:image/svg+xml"
    root = ET.fromstring(unquote(drawing))
    circles = root.findall("{http://www.w3.org/2000/svg}circle")
    assert len(circles) == 2
    assert circles[0].get("fill") != circles[1].get("fill")


def test_what_people_wrote_is_shown_as_text_and_never_as_markup(swedish, view):
    markup = place_panel(swedish, view, beside_map=True)
    assert "Det är &lt;b&gt;bråk&lt;/b&gt; här &amp; där." in markup
    assert "<b>" not in markup


def test_the_panel_keeps_its_order(swedish, view):
    markup = str(place_panel(swedish, view, beside_map=True))
    headings = ["Säger, ser och händer", "När på veckan", "Över tid", "Vad det gäller", "Vad folk skriver"]
    headings += ["Översyner", "Gör"]
    found = [markup.index(f"<h3>{heading}</h3>") for heading in headings]
    assert found == sorted(found)


def test_a_review_says_its_state(view):
    (review,) = view.reviews
    assert review.finding == "För hög fart"
    assert review.facts == (
        "Beslutad",
        "Åtgärd: Gupp",
        "Ansvarig: Gatuenheten",
        "85 procent kör högst 42 km/tim",
    )


def test_the_council_is_told_what_it_does_not_see(swedish, council, place_answer):
    bare = replace(place_answer, rhythm=None, rhythm_known=0, quotes=(), reviews=())
    view = place_view(swedish, council, answer=bare, of=20, language="sv")
    assert view.rhythm is None
    assert "bara för dem" in view.rhythm_empty
    assert view.quotes_empty == "Fritext visas bara för dem som arbetar med uppgifterna."
    assert view.reviews_empty == "Översynerna visas bara för dem som arbetar med uppgifterna."


def test_an_hour_nobody_knows_is_said_apart_from_one_withheld(swedish, police, place_answer):
    unknown = replace(place_answer, rhythm=tuple((0,) * 24 for _ in range(7)), rhythm_known=0)
    view = place_view(swedish, police, answer=unknown, of=20, language="sv")
    assert view.rhythm is None
    assert view.rhythm_empty == "Ingen uppgift härifrån har känd timme."
