"""What an activity has come to, in one line that can be read without its rule beside it."""

from datetime import date
from types import SimpleNamespace

from dashboard.texts.catalogue import catalogue
from dashboard.views.activity_words import activity_words
from geodata.promises.activity import CarType, Party
from geodata.promises.promise import Activity, Responsible
from geodata.promises.scope import Hours, Scope
from geodata.promises.targets.balance import Balance
from geodata.promises.targets.count import Count
from geodata.promises.targets.document import Document
from geodata.promises.targets.measure import Measure, State
from geodata.promises.targets.part import Part
from geodata.promises.targets.preference import Preference
from geodata.promises.targets.rate import Rate
from geodata.promises.targets.unmeasured import NoNumber, Way

TEXTS = catalogue("sv")
SIX, TWO = Count(at_least=6), Part(at_least=2, jointly_with=(Party.MUNICIPALITY,))
HOURS = Preference(hours=(Hours(at="school_start"),))


def said(*pairs, texts=TEXTS):
    targets = tuple(target for target, _ in pairs)
    activity = Activity("x", "Krogtillsyn", (Responsible(Party.POLICE),), targets, Scope())
    measures = tuple(
        Measure(target.kind, State.ON_COURSE, *values[:2], **(values[2] if len(values) > 2 else {}))
        for target, values in pairs
    )
    return activity_words(texts, SimpleNamespace(activity=activity, measures=measures))


def test_a_part_stands_beside_its_whole_with_whom_and_how_many():
    assert said((SIX, (5, 6)), (TWO, (3, 2))) == "5 av 6, varav 3 tillsammans med kommunen (minst 2)"
    assert said((TWO, (3, 2)), (SIX, (5, 6))) == "5 av 6, varav 3 tillsammans med kommunen (minst 2)"
    assert said((SIX, (5, 6)), (TWO, (3, 2)), texts=catalogue("en")) == (
        "5 of 6, of which 3 jointly with the municipality (at least 2)"
    )
    car = Part(at_least=4, car=CarType.UNMARKED)
    assert said((SIX, (5, 6)), (TWO, (3, 2)), (car, (1, 4))) == (
        "5 av 6, varav 3 tillsammans med kommunen (minst 2) och 1 med civil bil (minst 4)"
    )


def test_a_part_without_a_whole_names_itself():
    assert said((TWO, (3, 2))) == "3 tillsammans med kommunen (minst 2)"


def test_one_target_needs_no_name_and_several_have_theirs():
    assert said((SIX, (5, 6))) == "5 av 6"
    yearly = Count(at_least=2, per="tertial")
    assert said((SIX, (5, 6)), (yearly, (1, 2))) == (
        "5 av 6 (minst 6 gånger under löftets tid); 1 av 2 (minst 2 gånger varje tertial)"
    )
    assert said((Rate(at_least=1, every="week"), (4, 14, {"unit": "weeks"}))) == "4 av 14 veckor"


def test_documents_are_named_where_there_are_several():
    policy, plan = Document("Policyn"), Document("Planen", by=date(2026, 6, 30))
    written = {"unit": "documents"}
    assert said((policy, (1, 1, written))) == "finns"
    assert said((policy, (1, 1, written)), (plan, (0, 1, written))) == "Policyn: finns; Planen: finns inte än"


def test_hours_and_cars_say_what_they_are_of():
    share = {
        "unit": "share",
        "parts": (("preferred", 18), ("elsewhere", 14)),
        "share_range": (0.40, 0.71),
    }
    words = said(
        (SIX, (5, 6)),
        (HOURS, (18 / 32, 0.5, share)),
        (Balance(), (7 / 32, None, {"unit": "share", "parts": (("marked", 25), ("unmarked", 7))})),
    )
    assert words.startswith("5 av 6; främst vid skolstart: 18 av 32 vid de tiderna")
    assert words.endswith("målad bil 25 gånger och civil bil 7 gånger")


def test_a_way_of_working_is_no_number():
    assert said((Way("låg tolerans"), (3, None))) == TEXTS("promise_measure.way")
    assert said((NoNumber("frekvent"), (23, None)), (Way("låg tolerans"), (3, None))) == "23 gånger hittills"
