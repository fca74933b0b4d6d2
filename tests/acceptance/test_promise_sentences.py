"""Every promise sentence that the field's notes quote is entered as a file, reads as it was said, and is counted."""

import json
import re
from typing import Any

import pytest
from cycles import Walked, set_up_practice
from real_data import EXAMPLES

DAYS = "--asked 2018-10-01 --until 2018-10-26 --last 2020-04-30"
FILES = sorted([*EXAMPLES.glob("*/loften/*.toml"), *EXAMPLES.glob("fler-loften/*.toml")])
LISTED = EXAMPLES / "hagfors" / "cykel" / "hagfors-2016-med-lista.toml"

HEADING = "datum;börjar;slutar;insats;plats;vilka;fordon;aktivitet;anteckning"
LOG = (
    # Kungsbacka: at a place that was complained about in October 2019, before anybody had, and where nobody does.
    "2019-10-30;07:40;08:10;trafikkontroll;Exempelskolan;polisen;målat;kungsbacka-2019/kontroll;",
    "2019-03-06;07:40;08:10;trafikkontroll;Exempelskolan;polisen;målat;kungsbacka-2019/kontroll;",
    "2019-10-31;07:40;08:10;trafikkontroll;;polisen;målat;kungsbacka-2019/kontroll;",
    "2019-05-06;07:00;;hastighetsmätning;Exempelskolan;kommunen;;kungsbacka-2019/matning;",
    "2019-04-03;18:00;20:00;trygghetsvandring;;polisen,kommunen;;strangnas-2019/vandringar;",
    "2019-05-08;18:00;20:00;trygghetsvandring;;polisen,kommunen;;strangnas-2019/vandringar;",
    "2019-09-18;18:00;20:00;trygghetsvandring;;polisen,kommunen;;strangnas-2019/vandringar;",
    "2019-11-20;18:00;20:00;trygghetsvandring;;polisen,kommunen;;strangnas-2019/vandringar;",
    "2019-06-12;07:30;08:30;trafikkontroll;;polisen;civilt;strangnas-2019/kontroller;",
    "2018-06-12;07:30;08:30;riktad insats;;polisen;civilt;toreboda-2018/insatser;",
    "2018-09-12;07:30;08:30;riktad insats;;polisen;civilt;toreboda-2018/insatser;",
)

SENTENCES = {
    "targeted operations against narcotics on at least 6 occasions": (
        "arvidsjaur-narkotika-2015",
        "riktade-insatser",
        "Minst 6 gånger under löftets tid.",
        "0 av 6",
    ),
    "be present on risk evenings; work by the Kronoberg model": (
        "arvidsjaur-alkohol-2015",
        "riskkvallar",
        "På alla riskkvällar; arbetssätt: Kronobergsmodellen.",
        "0 av 32 kvällar",
    ),
    "six licensed-premises inspections; two of them jointly with the municipality among others": (
        "arvidsjaur-alkohol-2015",
        "krogtillsyn",
        "Minst 6 gånger under löftets tid; minst 2 av dem tillsammans med kommunen.",
        "0 av 6; 0 av 2",
    ),
    "traffic checks by schools mainly at school start, lunch and end, varied cars, low tolerance": (
        "arvidsjaur-skolor-2015",
        "kontroller",
        (
            "Inget antal är avtalat; främst vid skolstart, lunch och skolslut;"
            " omväxlande målad bil och civil bil; arbetssätt: Låg toleransnivå."
        ),
        "0 gånger",
    ),
    "work late evening and night frequently in summer, low tolerance": (
        "arvidsjaur-buskorning-2015",
        "sommarnatter",
        "”frekvent” – inget antal är avtalat; arbetssätt: Låg toleransnivå.",
        "0 gånger",
    ),
    "traffic checks and targeted traffic operations (police)": (
        "hagfors-2016",
        "trafik",
        "Inget antal är avtalat.",
        "0 gånger",
    ),
    "a review and, where called for, improvement of traffic environments around the municipality": (
        "hagfors-2016",
        "oversyn",
        "Var och en av 4 på listan, och ett beslut om var och en.",
        "0 av 4 gjorda, 0 av dem beslutade",
    ),
    "more cooperation, with focus on young people at risk": (
        "hagfors-2016",
        "unga",
        "Inget antal är avtalat.",
        "0 gånger",
    ),
    "a drug policy": ("hagfors-2016", "drogpolicy", "Drogpolicy ska finnas.", "finns inte än"),
    "a plan for handling alcohol and drugs in the schools": (
        "hagfors-2016",
        "skolplan",
        "Plan för alkohol och droger i skolorna ska finnas.",
        "finns inte än",
    ),
    "at least one traffic check a week at places that residents complained about": (
        "kungsbacka-2019",
        "kontroll",
        "Minst en gång i veckan.",
        "1 av",
    ),
    "with regular measurements of flow and speed": (
        "kungsbacka-2019",
        "matning",
        "”regelbundet” – inget antal är avtalat.",
        "en gång",
    ),
    "4 safety walks": ("strangnas-2019", "vandringar", "Minst 4 gånger under löftets tid.", "4 av 4"),
    "303 traffic checks": ("strangnas-2019", "kontroller", "Minst 303 gånger under löftets tid.", "1 av 303"),
    "57 targeted traffic operations": (
        "toreboda-2018",
        "insatser",
        "Minst 57 gånger under löftets tid.",
        "2 av 57",
    ),
    "the result was to be worked up and shown": (
        "saffle-2016",
        "resultat",
        "Resultatet av dialogen ska finnas.",
        "finns inte än",
    ),
    "the dialogue on six places in week 17": (
        "saffle-2016",
        "dialog",
        "Var och en av 6 på listan.",
        "0 av 6 klara",
    ),
}
"""What the field's notes say → the promise and activity, how the rule reads in Swedish, and how it then stands."""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    world = set_up_practice("mellerud", tmp_path_factory.mktemp("sentences") / "town", open_files=False)
    for step in ("import", f"practice {DAYS}", "import"):
        world.step(step)
    for file in FILES:
        world.step(f"promise add {file}")
    # The list answers a problem of a picture that is not saved here.
    listed = re.sub(r"^answers = .*\n", "", LISTED.read_text(encoding="utf-8"), flags=re.MULTILINE)
    (world.folder / "lista.toml").write_text(listed, encoding="utf-8")
    world.step("promise change lista.toml --why Listan")
    (world.folder / "logg.csv").write_text("\n".join([HEADING, *LOG]) + "\n", encoding="utf-8")
    assert "11 nya, 0 redan kända, 0 stoppade" in world.step("log import logg.csv")
    return world


@pytest.fixture(scope="module")
def told(town: Walked) -> dict[str, Any]:
    """How each promise stands, by its key."""
    return {one["promise"]["key"]: one for one in json.loads(town.step("promise progress --json"))}


@pytest.fixture(scope="module")
def rows(town: Walked) -> list[str]:
    return [line.strip() for line in town.step("promise progress").splitlines()]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_reads_as_it_was_said_and_shows_its_progress(
    sentence: str, town: Walked, told: dict[str, Any], rows: list[str]
) -> None:
    promise, key, rule, numbers = SENTENCES[sentence]
    shown = " ".join(town.step(f"promise show {promise}").split())
    activity = next(one for one in told[promise]["promise"]["activities"] if one["key"] == key)
    assert f"{key}: {activity['name']} {rule}" in shown, shown
    (row,) = (line for line in rows if line.startswith(promise) and f" {activity['name']} " in line)
    assert re.search(rf"(?<!\d){re.escape(numbers)}", row), row


def test_what_has_no_number_and_no_activity_stands_too(told: dict[str, Any]) -> None:
    assert len(told) == len(FILES)
    for key in ("mellerud-2019", "are"):
        assert told[key]["activities"] == []
        assert told[key]["state"] == "shown"
    assert told["mellerud-2019"]["promise"]["last"] is None


def test_a_check_counts_where_residents_complained_and_nowhere_else(told: dict[str, Any]) -> None:
    lines = told["kungsbacka-2019"]["activities"][0]["lines"]
    assert {line["day"]: line["verdict"]["why"] for line in lines} == {
        "2019-10-30": "counted",
        "2019-03-06": "not_complained",
        "2019-10-31": "place_unknown",
    }
