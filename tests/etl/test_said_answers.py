"""When an answer says that it happens, and the age group of who gave it, read from people's words."""

import pandas as pd
import pytest
from pydantic import ValidationError
from small_workspace import Workspace

from etl.mapping import Mapping, read_mapping, shipped_mappings
from etl.rules import FieldRule
from etl.said_answers import age_group, read_age_groups
from etl.said_words import said_parts
from geodata.account import Fate
from geodata.age_groups import group_codes
from geodata.sections import Survey

KOBO = "today;_submission_time;_uuid;insamlingsplats;problem;kommentar;_plats_latitude;_plats_longitude;nar;alder"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("vardag_morgon", "weekday_morning"),
        ("kvall", "evening"),
        ("Kvällar", "evening"),
        ("på kvällen", "evening"),
        ("helg", "weekend"),
        ("helgnatt", "weekend_night"),
        ("kvall natt helg", "evening;night;weekend"),
        ("kvällar, helger", "evening;weekend"),
        ("vid skolstart", "school_start"),
        ("07:30-08:30", "07:30-08:30"),
        ("kl. 7.30–8.30", "07:30-08:30"),
        ("Vardagar 07.30–08.30 och 14-16", "mon-fri 07:30-08:30;mon-fri 14:00-16:00"),
        ("fredag kväll", "fri 18:00-22:00"),
        ("Fredags- och lördagskvällar", "fri-sat 18:00-22:00"),
        ("fre-lör 22-02", "fri-sat 22:00-02:00"),
        ("söndag-måndag natt", "sun-mon 22:00-05:00"),
        ("efter kl 22", "22:00-05:00"),
        ("efter 18", "18:00-24:00"),
        ("alltid", "always"),
        ("vet ej", ""),
        ("", ""),
        ("när det är mörkt", None),
        ("sommarkvällar", None),
        ("25:00-26:00", None),
        ("7", None),
    ],
)
def test_words_for_when_become_parts_of_the_week(words, said):
    assert said_parts(words, {}) == said


def test_a_mappings_own_words_go_first_and_may_be_ticked_together():
    own = {"mork tid": "17:00-23:00", "skol": "school_start"}
    assert said_parts("Mörk tid", own) == "17:00-23:00"
    assert said_parts("skol skol", own) == "school_start"


@pytest.mark.parametrize(
    ("said", "group"),
    [
        ("34", "25-44"),
        ("34 år", "25-44"),
        ("14", "0-14"),
        ("16-24", "15-24"),
        ("-15", "0-14"),
        ("under 15", "0-14"),
        ("65-79", "65+"),
        ("80+", "65+"),
        ("65 år och äldre", "65+"),
        ("65+ år", "65+"),
        ("över 64", "65+"),
        ("18-29", None),
        ("45+", None),
        ("1987", None),
        ("gammal", None),
    ],
)
def test_an_age_or_a_band_becomes_the_group_that_holds_most_of_it(said, group):
    assert age_group(said, Survey().age_groups) == group


def test_a_workspace_may_have_other_groups_but_no_narrow_ones():
    assert age_group("18-29", (18, 30)) == "18-29"
    assert group_codes((18, 30)) == ("0-17", "18-29", "30+")
    with pytest.raises(ValidationError):
        Survey(age_groups=(15, 17, 25))


def test_an_answer_that_is_not_understood_stays_and_is_counted(tmp_path):
    workspace = Workspace(tmp_path)
    workspace.use("kobo_survey", "kobo.csv")
    rows = [
        "2025-05-12;;a1;Torget;morkt;;59.13;12.93;kvall;34",
        "2025-05-12;;a2;Torget;morkt;;59.13;12.93;när det är mörkt;18-29",
        "2025-05-12;;a3;Torget;morkt;;59.13;12.93;;vill inte svara",
    ]
    workspace.put("kobo.csv", "\n".join([KOBO, *rows]) + "\n")
    report = workspace.run()
    assert report.fates[Fate.NEW] == 3
    (file,) = report.files
    assert file.said["when_unread"] == "när det är mörkt"
    assert file.said["ages_unread"] == "1"
    table = workspace.table().sort_values("source_record_id")
    assert table["said_when"].fillna("").tolist() == ["evening", "", ""]
    assert table["age_group"].fillna("").tolist() == ["25-44", "", ""]
    # The day that it was asked stays the answer's own.
    assert set(table["time_precision"]) == {"day"}
    assert set(table["local_hour"]) == {-1}


def test_no_exact_age_is_kept_anywhere_in_the_store(tmp_path):
    workspace = Workspace(tmp_path)
    workspace.use("kobo_survey", "kobo.csv")
    workspace.put("kobo.csv", f"{KOBO}\n2025-05-12;;a1;Torget;morkt;;59.13;12.93;kvall;37,5\n")
    workspace.run()
    assert not any(b"37,5" in path.read_bytes() for path in (tmp_path / "store").rglob("*") if path.is_file())


def test_ages_are_read_once_a_distinct_cell():
    text = pd.Series(["34", "", "x", "34"] * 3, dtype="str")
    groups, unread = read_age_groups(text, FieldRule(column="a"), (15, 25, 45, 65))
    assert groups.fillna("").tolist() == ["25-44", "", "", "25-44"] * 3
    assert unread.tolist() == [2, 6, 10]


@pytest.mark.parametrize(
    "rule",
    [
        {"said_when": {"column": "nar", "values": {"kväll": "ibland"}}},
        {"said_when": {"column": "nar", "unmatched": "evening", "values": {"kväll": "evening"}}},
        {"age_group": {"column": "alder", "values": {"ung": "mycket ung"}}},
    ],
)
def test_a_mapping_that_says_no_part_of_the_week_or_no_band_is_refused(rule):
    path = next(one for one in shipped_mappings() if one.stem == "map_survey")
    data = read_mapping(path).model_dump(exclude_defaults=True)
    data["fields"] |= rule
    with pytest.raises(ValidationError):
        Mapping.model_validate(data)
