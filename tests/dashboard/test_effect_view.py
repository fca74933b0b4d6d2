"""How an effect is said: with its range, or with what could have been seen; never a bare arrow."""

import json
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

import pytest
import shapely

from dashboard.components.effect import effect_lead, effects
from dashboard.desk import Desk
from dashboard.shell import show
from dashboard.views.asked_work import AskedWork, write_asked
from dashboard.views.effect import effect_view
from dashboard.views.effects import effects_view
from dashboard.views.place import place_view
from geodata.analyses.effect import EffectAnswer
from geodata.analyses.effect_judged import StreamEffect
from geodata.analyses.ground import open_ground
from geodata.analyses.work_done import WorkDone
from geodata.evaluation.displacement import Displacement
from geodata.evaluation.effect import EffectEstimate, Verdict
from geodata.periods import Period
from geodata.places.place import Place
from geodata.schema import PlaceKind

FELL = EffectEstimate(
    verdict=Verdict.FELL,
    method="bayes_before_after",
    unit="ratio",
    estimate=0.6,
    low=0.39,
    high=0.88,
    before=60,
    after=31,
    comparison_before=440,
    comparison_after=462,
    usual_before=52.2,
    expected=54.8,
    smallest_visible=0.55,
    warnings=("regression_to_mean",),
)
WORK = WorkDone((7,), date(2025, 3, 1), date(2025, 3, 1), title="Gupp vid Tegnérskolan", source="measure")
DISPLACED = Displacement(-31.0, -4.0, -35.0, 12.0, -54.7, -15.3, 0.004)


def answer(estimate, *, stream="incident", work=WORK, rule="same_kind", warnings=(), **effect):
    return EffectAnswer(
        work=work,
        places=("Tegnérskolan",),
        before=Period(date(2024, 3, 1), date(2025, 2, 28)),
        after=Period(date(2025, 3, 2), date(2026, 3, 1)),
        streams=(StreamEffect(stream, estimate, **effect),),
        comparison=("Höglundaskolan", "Östra skolan"),
        comparison_rule=rule,
        warnings=warnings,
    )


def sentence(texts, estimate, **values):
    return effect_view(texts, answer(estimate, **values)).items[0].sentence


def test_a_fall_is_said_with_its_range_and_beside_what(swedish):
    assert sentence(swedish, FELL) == (
        "Händelserna vid Tegnérskolan minskade med mellan 12 och 61 procent, mer än vid jämförelseplatserna."
    )
    assert sentence(swedish, FELL, rule="rest_of_municipality").endswith("mer än i kommunen i övrigt.")
    assert sentence(swedish, replace(FELL, method="no_comparison"), rule=None).endswith("procent.")


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (1.12, 1.6, "ökade med mellan 12 och 60 procent"),
        (1.3, 4.2, "blev mellan 1,3 och 4,2 gånger så många"),
        (2.0, float("inf"), "blev minst 2,0 gånger så många"),
    ],
)
def test_a_rise_is_said_in_per_cent_or_in_times(swedish, low, high, said):
    assert said in sentence(swedish, replace(FELL, verdict=Verdict.ROSE, low=low, high=high))


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.8, 1.35, "allt mellan 20 procent färre och 35 procent fler är rimligt"),
        (0.5, 0.98, "troligen mellan 2 och 50 procent färre, men slumpen kan förklara det"),
        (1.02, 1.6, "troligen mellan 2 och 60 procent fler, men slumpen kan förklara det"),
        (1.0, 1.7, "från oförändrat till 70 procent fler, och slumpen kan förklara det"),
        (0.5, 3.1, "allt från 50 procent färre till 3,1 gånger så många är rimligt"),
        (0.5, float("inf"), "allt från 50 procent färre och uppåt är rimligt"),
    ],
)
def test_no_clear_change_says_what_is_reasonable_and_what_could_have_been_seen(swedish, low, high, said):
    estimate = replace(FELL, verdict=Verdict.NO_CLEAR_CHANGE, low=low, high=high)
    assert sentence(swedish, estimate) == (
        f"Ingen säker förändring av händelserna vid Tegnérskolan: {said}. "
        "Bara en minskning med mer än 45 procent hade kunnat synas."
    )


def test_too_few_says_how_many_and_how_much_could_have_been_seen(swedish, english):
    few = replace(FELL, verdict=Verdict.TOO_FEW, before=9, after=6, smallest_visible=0.2)
    assert sentence(swedish, few) == (
        "För få för att säga: 9 före och 6 efter vid Tegnérskolan. "
        "Bara en minskning med mer än 80 procent hade kunnat synas."
    )
    assert sentence(english, few).startswith("Too few to say: 9 before and 6 after")
    none = replace(few, before=2, after=1, smallest_visible=None)
    assert sentence(swedish, none).endswith("Inte ens om allt hade upphört hade det kunnat synas.")


def test_without_exact_counts_no_count_is_said(swedish):
    bare = replace(
        FELL, estimate=None, before=None, after=None, comparison_before=None, comparison_after=None,
        usual_before=None, expected=None, low=0.35, high=0.9, smallest_visible=None,
    )  # fmt: skip
    view = effect_view(swedish, answer(bare))
    assert view.items[0].sentence.startswith(
        "Händelserna vid Tegnérskolan minskade med mellan 10 och 65 procent"
    )
    assert view.items[0].sentence.endswith("Talen är ungefärliga, avrundade utåt.")
    assert "ungefärliga" not in sentence(swedish, FELL)
    assert view.items[0].basis == ()
    assert view.items[0].drawn.at is None
    assert "60" not in " ".join((*view.items[0].cautions, *view.items[0].method, *view.method))
    few = replace(bare, verdict=Verdict.TOO_FEW, low=None, high=None)
    assert sentence(swedish, few) == "För få för att säga om det blev någon skillnad vid Tegnérskolan."
    unclear = replace(bare, verdict=Verdict.NO_CLEAR_CHANGE, low=None, high=None)
    assert sentence(swedish, unclear) == "Ingen säker förändring av händelserna vid Tegnérskolan."


def test_what_would_have_come_anyway_is_explained(swedish):
    item = effect_view(swedish, answer(FELL)).items[0]
    assert item.cautions[0].startswith("Den tiden var ovanligt dålig: 60 räknades, men i längden")
    assert "omkring 52" in item.cautions[0]
    assert item.basis == (
        "Underlag: 60 före och 31 efter.",
        "Vid jämförelseplatserna 440 före och 462 efter.",
        "Utan arbetet hade 55 väntats.",
    )


def test_the_other_methods_stand_beside(swedish):
    beside = replace(FELL, method="log_ratio", low=0.4, high=0.9)
    item = effect_view(swedish, answer(FELL, beside=beside, displaced=DISPLACED)).items[0]
    assert "Empirisk Bayes" in item.method[0]
    assert "troligen mellan 10 och 60 procent färre" in item.method[1]
    assert "−31,0 händelser vid platsen och −4,0 inom 250 meter" in item.method[2]


def test_survey_and_speed_are_said_in_points(swedish):
    survey = replace(
        FELL, method="survey_change", unit="points", estimate=-0.1, low=-0.135, high=-0.07,
        before_of=400, after_of=420, warnings=("survey_not_random",),
    )  # fmt: skip
    assert sentence(swedish, survey, stream="survey") == (
        "En mindre del av enkätsvaren gäller Tegnérskolan nu: 7,0–13,5 procentenheter mindre."
    )
    speed = replace(survey, method="speed_share", before=1100, before_of=2000, after=700, after_of=2000)
    assert sentence(swedish, speed, stream="speed").startswith(
        "Färre kör för fort vid Tegnérskolan: 7,0–13,5"
    )
    alone = replace(speed, verdict=Verdict.TOO_FEW, low=None, high=None)
    assert sentence(swedish, alone, stream="speed").startswith(
        "55\xa0% körde för fort vid Tegnérskolan före och 35\xa0%"
    )


def test_a_halving_lies_as_far_from_the_middle_as_a_doubling(swedish):
    half, double = (
        effect_view(swedish, answer(replace(FELL, estimate=at))).items[0].drawn.at for at in (0.5, 2.0)
    )
    assert half + double == pytest.approx(1)
    assert half == pytest.approx(0.25)


def test_too_short_a_time_is_said_where_nothing_is_counted(swedish):
    view = effect_view(swedish, replace(answer(FELL), streams=(), warnings=("effect_too_short",)))
    assert view.items == ()
    assert view.empty == "Uppgifterna räcker inte 28 dagar både före och efter arbetet."
    assert view.headline == "Det finns ännu inget att jämföra med."


PLACE = Place(7, PlaceKind.SCHOOL_ZONE, "Tegnérskolan <b>", shapely.box(0, 0, 1, 1), "tegner")


def test_staff_may_ask_and_the_council_sees_the_list(swedish, police, council):
    asked = replace(police, asked_work=AskedWork(7, date(2025, 3, 1), date(2025, 4, 1), 12, "traffic"))
    view = effects_view(swedish, asked, asked=answer(FELL), recorded=[answer(FELL)], places=[PLACE])
    assert view.sentence.startswith("Händelserna vid Tegnérskolan minskade")
    markup = str(effects(swedish, view))
    assert "Tegnérskolan &lt;b&gt;" in markup
    assert 'value="2025-04-01"' in markup
    assert str(effect_lead(view)).startswith("<h1>Händelserna")
    listed = effects_view(swedish, council, asked=None, recorded=[answer(FELL)], places=[PLACE])
    assert listed.form is None
    assert listed.sentence == "Ett arbete är uppföljt, och där är minskningen säker."
    assert "<form" not in str(effects(swedish, listed))


def test_days_the_wrong_way_are_told_at_the_form_that_keeps_them(small_workspace):
    desk = Desk(small_workspace)
    place = open_ground(small_workspace).places[0].place_id
    wrong = AskedWork(place, date(2025, 4, 1), date(2025, 3, 1))
    where = f"?som=polis&{urlencode(write_asked(wrong))}"
    _, body, _ = show(desk, path="/effekt", search=where, shown=None)
    text = json.dumps(body.to_plotly_json(), default=lambda one: one.to_plotly_json(), ensure_ascii=False)
    assert "innan det började" in text
    assert 'value=\\"2025-04-01\\"' in text
    assert 'value=\\"2025-03-01\\"' in text


@pytest.mark.parametrize("verdict", ["fell", "rose", "no_clear_change", "too_few", "waiting"])
def test_one_piece_of_work_is_told_in_one_sentence(swedish, verdict):
    said = swedish(f"effect.lead_single.{verdict}")
    assert said.startswith("Ett arbete är ")
    assert ":" not in said


def test_an_empty_list_says_why(swedish, police, council):
    for address, said in ((police, "Välj själv plats"), (council, "undertecknade löften")):
        view = effects_view(swedish, address, asked=None, recorded=[], places=[PLACE])
        assert said in view.empty
        assert view.sentence == "Hjälpte det?"


def test_what_alone_is_counted_is_said(swedish):
    work = replace(WORK, categories=frozenset({"traffic", "environment"}))
    assert effect_view(swedish, answer(FELL, work=work)).when == (
        "Klart 1\xa0mars\xa02025. Bara det som gäller platsen i sig och trafik är räknat."
    )


def test_a_place_leads_to_the_question_and_is_chosen_there(swedish, police, council, place_answer):
    (way,) = place_view(swedish, police, answer=place_answer, of=20, language="sv").actions
    assert way.href == "/effekt?plats=7"
    opened = replace(police, place_id=7)
    form = effects_view(
        swedish, opened, asked=None, recorded=[], places=[PLACE], hidden=[("plats", "7")]
    ).form
    assert [one.chosen for one in form.places] == [True]
    assert form.hidden == ()
    assert place_view(swedish, council, answer=place_answer, of=20, language="sv").actions == ()
