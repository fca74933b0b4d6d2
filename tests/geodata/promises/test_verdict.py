"""Each entry of a log counts for a promise, or does not, as a careful reader would say, and says why."""

import csv
from dataclasses import replace
from datetime import timedelta
from itertools import groupby

import pytest
from sentences import EVERYTHING, HERE, PROMISES, SETTING, entry, local

from geodata.promises.activity import Party
from geodata.promises.verdict import Why, judge

COLUMNS = [
    "rule",
    "group",
    "kind",
    "start",
    "end",
    "place",
    "point",
    "parties",
    "car",
    "named",
    "note",
    "why",
    "day",
    "marks",
]


def rows():
    lines = [
        line
        for line in (HERE / "log.csv").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    found = list(csv.DictReader(lines, COLUMNS, delimiter=";"))
    for number, row in enumerate(found, start=1):
        row["key"] = f"{number:03}"
        row["group"] = f"{row['rule']} {row['group'] or number}"
    return found


ROWS = rows()
GROUPS = [(name, list(members)) for name, members in groupby(ROWS, lambda row: row["group"])]


def entry_of(row):
    promise, activity = row["rule"].split("/")
    number = EVERYTHING[promise, activity]
    named = {"": None, "this": number, "other": number + 1}[row["named"]]
    return entry(
        row["key"],
        row["kind"],
        row["start"],
        row["end"],
        parties=row["parties"],
        place_name=row["place"],
        point=row["point"],
        car=row["car"],
        note=row["note"],
        activity_id=named,
    )


def judged(rule, entries):
    promise, key = rule.split("/")
    activity = PROMISES[promise].activity(key)
    return judge(
        activity, EVERYTHING[promise, key], entries, period=PROMISES[promise].period, setting=SETTING
    )


def test_the_table_is_long_and_asks_about_every_reason():
    assert len(ROWS) >= 60
    assert {row["why"] for row in ROWS} == set(Why)


@pytest.mark.parametrize(("name", "members"), GROUPS, ids=[name for name, _ in GROUPS])
def test_the_verdict_of_each_entry(name, members):
    found = {one.entry_key: one for one in judged(members[0]["rule"], map_of(members)).verdicts}
    said = [
        (
            found[row["key"]].why,
            found[row["key"]].day.isoformat(),
            ",".join(found[row["key"]].marks),
        )
        for row in members
    ]
    assert said == [(row["why"], row["day"], row["marks"]) for row in members]


def map_of(members):
    return [entry_of(row) for row in members]


def test_what_two_logged_together_counts_once_and_as_joint():
    rule = "arvidsjaur-alkohol-2015/krogtillsyn"
    police = entry("a", "premises_inspection", "2015-03-13 22:00", "2015-03-13 23:00", point="0,0")
    both = entry(
        "b",
        "premises_inspection",
        "2015-03-13 22:10",
        "2015-03-13 23:00",
        point="20,0",
        parties="police,municipality",
    )
    found = judged(rule, [both, police])
    (counted,) = found.counted
    assert counted.parties == {Party.POLICE, Party.MUNICIPALITY}
    assert [one.double_of for one in found.verdicts if one.why is Why.DOUBLE] == ["a"]


def test_a_double_of_what_does_not_count_counts_no_more():
    rule = "arvidsjaur-skolor-2015/kontroller"
    outside = entry("a", "traffic_check", "2015-05-05 07:50", "2015-05-05 08:10", point="500,0")
    close = entry("b", "traffic_check", "2015-05-05 07:50", "2015-05-05 08:10", point="440,0")
    found = judged(rule, [outside, close])
    assert [one.entry.entry_key for one in found.counted] == ["b"]


def test_doubles_are_found_as_by_comparing_every_entry_with_every_other():
    import random

    from geodata.promises.doubles import doubles, same

    chance = random.Random(3)
    entries = []
    for number in range(300):
        start = local("2015-03-28 20:00") + timedelta(minutes=15 * chance.randrange(400))
        minutes = chance.choice([0, 15, 90, 1200])
        made = entry(
            f"{number:03}",
            chance.choice(["presence", "meeting"]),
            "2015-03-28 20:00",
            place_name=chance.choice(["", "Stortorget"]),
        )
        entries.append(
            replace(
                made,
                started_at=start,
                ended_at=start + timedelta(minutes=minutes),
                slot_id=chance.choice([None, None, number % 40]),
                logged_at=start,
            )
        )
    kept, expected = [], {}
    for one in sorted(entries, key=lambda one: (one.logged_at, one.entry_key)):
        first = next((other for other in kept if same(other, one)), None)
        if first is None:
            kept.append(one)
        else:
            expected[one.entry_key] = first.entry_key
    assert doubles(entries) == expected
    assert 20 < len(expected) < 280
