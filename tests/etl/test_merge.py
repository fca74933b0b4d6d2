"""Records of one event over ids and sources: linked with the reason, counted once, parted by a person."""

import itertools

import numpy as np
import pandas as pd
import pytest
from small_workspace import Workspace, incident

from etl.merge.blocking import near_pairs
from etl.merge.linking import merge
from etl.pipeline import links, restore_link, run, undo_link
from etl.tables import typed
from geodata.errors import MissingError

FAR = 10_000.0
TOLD = "Bil med personer i hög hastighet körde mot rött vid skolan och var nära att köra på ett barn."


def record(name: str, **columns: object) -> dict[str, object]:
    told = {
        "observation_id": name,
        "stream": "incident",
        "source": "polis",
        "category": "traffic_accident",
        "severity": "unknown",
        "occurred_from": "2025-03-14T16:59:00Z",
        "time_precision": "minute",
        "location_precision": "exact",
        "x": 400_000.0,
        "y": 6_500_000.0,
        "set_aside": False,
    } | columns
    told.setdefault("occurred_to", told["occurred_from"])
    return told


def hospital(name: str, **columns: object) -> dict[str, object]:
    hour = {"occurred_from": "2025-03-14T16:00:00Z", "occurred_to": "2025-03-14T17:00:00Z"}
    return record(name, **{"source": "strada", "time_precision": "hour", **hour} | columns)


def complaint(name: str, **columns: object) -> dict[str, object]:
    return record(
        name,
        **{
            "stream": "survey",
            "source": "felanmalan",
            "category": "traffic_speed",
            "text": TOLD,
            "time_precision": "day",
        }
        | columns,
    )


def frame(*records: dict[str, object]) -> pd.DataFrame:
    table = pd.DataFrame(records)
    for name in ("occurred_from", "occurred_to"):
        table[name] = pd.to_datetime(table[name], utc=True)
    return typed(table, "observations")


def linked(*records: dict[str, object], undone: frozenset[tuple[str, str]] = frozenset()) -> dict[str, tuple]:
    """Record → what it is linked to and why, over records in one part."""
    (found,) = merge({"a": frame(*records)}, undone=undone).values()
    some = found[found["linked_to"].notna()]
    return dict(
        zip(some["observation_id"], zip(some["linked_to"], some["link_reason"], strict=True), strict=True)
    )


@pytest.mark.parametrize(
    ("columns", "one"),
    [
        ({}, True),
        ({"x": 400_040.0, "severity": "slight"}, True),
        ({"x": 400_200.0}, False),
        ({"occurred_from": "2025-03-14T17:30:00Z", "occurred_to": "2025-03-14T18:30:00Z"}, True),
        ({"occurred_from": "2025-03-14T19:00:00Z", "occurred_to": "2025-03-14T20:00:00Z"}, False),
        ({"category": "traffic_speed"}, False),
        ({"source": "polis"}, False),
        ({"location_precision": "named_place"}, False),
        ({"set_aside": True}, False),
    ],
)
def test_an_accident_of_police_and_hospital(columns, one):
    found = linked(record("p:1", severity="slight"), hospital("s:1", **{"severity": "slight"} | columns))
    # The police know the minute, so theirs counts.
    assert found == ({"s:1": ("p:1", "same_accident")} if one else {})


def test_an_accident_is_linked_to_the_nearest_of_several(tmp_path):
    found = linked(
        record("p:1", x=400_030.0), record("p:2", x=400_005.0), hospital("s:1"), hospital("s:2", x=400_031.0)
    )
    assert found == {"s:1": ("p:2", "same_accident"), "s:2": ("p:1", "same_accident")}


@pytest.mark.parametrize(
    ("columns", "one"),
    [
        ({}, True),
        ({"text": TOLD.replace("ett barn", "barn"), "occurred_from": "2025-03-20T10:00:00Z"}, True),
        ({"source": "enkat"}, True),
        ({"x": 400_090.0}, False),
        ({"occurred_from": "2025-04-20T10:00:00Z"}, False),
        ({"text": "Det är alldeles för mörkt vid busshållplatsen och lampan är trasig."}, False),
        ({"category": "traffic_crossing"}, False),
        ({"text": TOLD.replace("vid skolan", "vid Tallskolan")}, False),
        ({"text": TOLD.replace("ett barn", "2 barn")}, False),
        ({"x": None, "y": None}, False),
    ],
)
def test_a_complaint_that_was_handed_in_twice(columns, one):
    found = linked(complaint("f:1"), complaint("f:2", **columns))
    assert found == ({"f:2": ("f:1", "same_complaint")} if one else {})


def test_words_of_a_form_are_nobodys_complaint():
    elsewhere = [complaint(f"f:{number}", x=400_000.0 + number * FAR) for number in range(3, 7)]
    assert linked(complaint("f:1"), complaint("f:2"), *elsewhere) == {}


def test_short_words_at_a_point_are_many_peoples():
    assert linked(complaint("f:1", text="Kör för fort"), complaint("f:2", text="Kör för fort")) == {}
    same = {"category": "traffic_speed", "text": "Bil i hög fart"}
    assert linked(record("p:1", **same), record("p:2", **same)) == {}


FLAT = "Lägenhetsinbrott via altandörr på våning 1, guldsmycken borta"
CAR = "Stenkastning mot bil parkerad vid skolan, röd Volvo"
NOWHERE = {"x": None, "y": None, "location_precision": "unknown"}


@pytest.mark.parametrize(
    ("text", "other", "columns", "one"),
    [
        (FLAT, FLAT, {}, True),
        (FLAT, FLAT.replace("borta", "bort"), {}, True),
        (FLAT, FLAT.replace("våning 1", "våning 2"), {}, False),
        (FLAT, FLAT.replace("1, guldsmycken", "2, datorer"), {}, False),
        (CAR, CAR.replace("röd Volvo", "blå Saab"), {}, False),
        (CAR, CAR.replace("röd Volvo", "blå Saab"), {"source_record_id": None}, False),
        ("Bil nr 12 repad", "Bil nr 13 repad", NOWHERE, False),
        ("Bil repad", "Bil repad", NOWHERE, False),
        ("Bil repad", "Bil repad", NOWHERE | {"location_text": ""}, False),
        ("Bil repad", "Bil repad", NOWHERE | {"location_text": "Torget"}, True),
        ("Bil nr 12 repad", "Bil nr 13 repad", NOWHERE | {"location_text": "Torget"}, False),
    ],
)
def test_two_ids_of_one_source_are_two_events_unless_all_but_the_same(text, other, columns, one):
    same = {"category": "damage_vandalism"}
    found = linked(
        record("p:1", **same | {"text": text, "source_record_id": "1"} | columns),
        record("p:2", **same | {"text": other, "source_record_id": "2"} | columns),
    )
    assert found == ({"p:2": ("p:1", "same_event")} if one else {})


def test_a_chain_has_one_root_whatever_the_order():
    records = [
        complaint("f:1", text=TOLD),
        complaint("f:2", x=400_060.0),
        complaint("f:10", x=400_120.0),
        complaint("f:11", x=400_180.0),
    ]
    wanted = dict.fromkeys(("f:2", "f:10", "f:11"), ("f:1", "same_complaint"))
    for order in itertools.permutations(records):
        assert linked(*order) == wanted


def test_what_a_person_parted_stays_apart_through_others_too():
    records = [complaint("f:1"), complaint("f:2"), complaint("f:3")]
    for undone in (frozenset({("f:2", "f:1")}), frozenset({("f:1", "f:2")})):
        found = linked(*records, undone=undone)
        assert len(found) == 1
        assert ("f:1" in found) + ("f:2" in found) + ("f:3" in found) == 1
        assert all({record, to} != {"f:1", "f:2"} for record, (to, _) in found.items())


def test_records_of_several_parts_keep_their_rows():
    parts = {"a": frame(complaint("f:1"), complaint("x", text=None)), "b": frame(complaint("f:2"))}
    parts["a"].index = pd.Index([4, 7])
    found = merge(parts)
    assert found["a"].index.tolist() == [4, 7]
    assert found["b"]["linked_to"].tolist() == ["f:1"]
    assert found["b"]["link_score"].tolist() == [1.0]
    assert found["a"] is parts["a"]
    assert merge({}) == {}


def test_pairs_are_those_that_comparing_all_with_all_finds():
    random = np.random.default_rng(1)
    n = 400
    kind = random.integers(0, 3, n)
    x, y = random.uniform(-300, 300, n), random.uniform(-300, 300, n)
    day = random.uniform(0, 30, n)
    found = near_pairs(kind, x, y, day, metres=50.0, days=5.0)
    near = lambda values, most: np.abs(values[:, None] - values[None, :]) <= most  # noqa: E731
    wanted = (kind[:, None] == kind[None, :]) & near(x, 50.0) & near(y, 50.0) & near(day, 5.0)
    assert sorted(map(tuple, found.tolist())) == sorted(map(tuple, np.argwhere(np.triu(wanted, 1)).tolist()))


def test_a_person_parts_two_records_and_lets_them_be_one_again(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1", text=TOLD), incident("K2", text=TOLD))
    file = workspace.only_file()
    assert file.said["linked_same_event"] == "1"
    (link,) = links(workspace.folder)
    assert (link.reason, link.score, link.undone) == ("same_event", 1.0, False)
    assert (link.record.source, link.record.place, link.record.text) == (
        "police_incidents",
        "Skolgatan",
        TOLD,
    )
    assert str(link.record.day) == "2025-03-14"
    pair = (link.record.observation_id, link.linked_to.observation_id)
    with pytest.raises(MissingError) as caught:
        undo_link(workspace.folder, *reversed(pair), by="Kim")
    assert caught.value.code == "link_unknown"

    undo_link(workspace.folder, *pair, by="Kim")
    assert links(workspace.folder)[0].undone
    for _ in range(2):  # replayed at every import
        run(workspace.folder)
        assert links(workspace.folder) == ()
        assert workspace.table()["linked_to"].isna().all()
    restore_link(workspace.folder, *pair)
    run(workspace.folder)
    assert len(links(workspace.folder)) == 1
    with pytest.raises(MissingError) as caught:
        restore_link(workspace.folder, *pair)
    assert caught.value.code == "link_not_undone"
