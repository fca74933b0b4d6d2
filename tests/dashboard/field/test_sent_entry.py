"""What telephones send: kept once, masked, and only for slots that are one's own; two at once lose nothing."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest
from closed_site import NAME_OF, Browser, closed_app
from planned import keep_usual_plan

from dashboard.access.account_keeping import AccountKeeper
from dashboard.access.passwords import Passwords
from dashboard.access.roles import Role
from geodata.analyses.ground import open_register
from geodata.promises.activity import CarType, Party
from geodata.promises.doubles import doubles
from geodata.targeting.slot import SlotStatus

STAFF = (Role.POLICE, Role.PLANNER, Role.COORDINATOR, Role.ADMINISTRATOR)
NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(scope="module")
def kept(small_workspace, tmp_path_factory):
    workspace = tmp_path_factory.mktemp("sent") / "workspace"
    shutil.copytree(small_workspace, workspace)
    slots = keep_usual_plan(workspace)
    register = open_register(workspace)
    keeper = AccountKeeper(register.accounts, Passwords(memory_kib=32, passes=1), municipality="Exempelstad")
    for role in reversed(Role):
        keeper.add(NAME_OF[role], role, "gatlyktor och en orm")
    return workspace, slots, closed_app(workspace)


@pytest.fixture(scope="module")
def browsers(kept):
    found = {}
    for role in Role:
        found[role] = Browser(kept[2])
        assert found[role].sign_in(NAME_OF[role]).status_code == 303
        found[role].get("/pass")
    return found


def of_police(slots):
    return [one for one in slots if Party.POLICE in one.parties]


def entry(role=Role.POLICE, **more):
    given = {
        "entry_key": str(uuid4()),
        "by": NAME_OF[role],
        "what": "done",
        "slot_id": None,
        "revision": None,
        "kind": "traffic_check",
        "place_id": 1,
        "started_at": (NOW - timedelta(minutes=15)).isoformat(),
        "ended_at": NOW.isoformat(),
        "lon": None,
        "lat": None,
        "parties": ["police"],
        "with_whom": "",
        "car": "marked",
        "checked": 12,
        "reported": 3,
        "note": "",
    }
    return {**given, **more}


def send(browser, sent, path="/pass/logg.json"):
    return browser.post(path, json=sent)


def logged(workspace, key):
    return next(one for one in open_register(workspace).log.entries() if one.entry_key == key)


def test_what_is_sent_is_kept_as_it_was(kept, browsers):
    slot = of_police(kept[1])[0]
    sent = entry(
        slot_id=slot.slot_id,
        lon=13.3,
        lat=58.9,
        parties=["police", "municipality"],
        with_whom="Fritid",
        note="Ring Anna Svensson på 070-174 06 05 om ABC 123",
    )
    answer = send(browsers[Role.POLICE], sent)
    assert (answer.status_code, answer.json["code"]) == (200, "kept")
    assert answer.json["sentence"].startswith("Inget löfte handlar om sådana insatser.")
    found = logged(kept[0], sent["entry_key"])
    assert found.place_id == slot.place_id
    assert found.slot_id == slot.slot_id
    assert (found.ended_at, found.started_at) == (NOW, NOW - timedelta(minutes=15))
    assert found.parties == {Party.POLICE, Party.MUNICIPALITY}
    assert (found.car, found.checked, found.reported) == (CarType.MARKED, 12, 3)
    assert 300_000 < found.x < 700_000
    assert 6_500_000 < found.y < 6_600_000
    assert "070" not in found.note
    assert "ABC" not in found.note
    assert found.logged_by == NAME_OF[Role.POLICE]
    assert open_register(kept[0]).plans.slot(slot.slot_id).status is SlotStatus.DONE


def test_what_is_sent_twice_is_one(kept, browsers):
    sent = entry()
    assert send(browsers[Role.POLICE], sent).json["code"] == "kept"
    assert send(browsers[Role.POLICE], sent).json["code"] == "known"
    keys = [one.entry_key for one in open_register(kept[0]).log.entries()]
    assert keys.count(sent["entry_key"]) == 1


def test_the_same_key_for_something_else_is_a_conflict(browsers):
    sent = entry()
    send(browsers[Role.POLICE], sent)
    answer = send(browsers[Role.POLICE], {**sent, "checked": 13})
    assert (answer.status_code, answer.json["code"]) == (409, "log_key_taken")


def test_two_telephones_that_answer_one_slot_at_once_lose_nothing_and_count_once(kept, browsers):
    slot = of_police(kept[1])[1]
    both = [
        entry(slot_id=slot.slot_id, note="från ena bilen"),
        entry(
            slot_id=slot.slot_id,
            note="från andra bilen",
            started_at=(NOW - timedelta(hours=2)).isoformat(),
            ended_at=(NOW - timedelta(hours=1)).isoformat(),
        ),
    ]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda sent: send(browsers[Role.POLICE], sent), both))
    assert [one.json["code"] for one in answers] == ["kept", "kept"]
    found = [one for one in open_register(kept[0]).log.entries() if one.slot_id == slot.slot_id]
    assert {one.note for one in found} == {"från ena bilen", "från andra bilen"}
    assert len(doubles(found)) == 1


def test_without_a_place_of_its_own_it_was_done_at_the_stop(kept, browsers):
    slot = of_police(kept[1])[2]
    sent = entry(slot_id=slot.slot_id, place_id=None)
    send(browsers[Role.POLICE], sent)
    found = logged(kept[0], sent["entry_key"])
    assert (found.place_id, found.x, found.y) == (slot.place_id, slot.stand.x, slot.stand.y)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"kind": "parade"}, "entry_unreadable"),
        ({"lat": 91.0}, "entry_unreadable"),
        ({"entry_key": "1"}, "entry_unreadable"),
        ({"started_at": "2026-12-01T07:30"}, "entry_unreadable"),
        ({"surprise": 1}, "entry_unreadable"),
        ({"slot_id": 2**63}, "entry_unreadable"),
        ({"place_id": 2**63}, "entry_unreadable"),
        ({"checked": 2**31, "reported": None}, "entry_unreadable"),
        ({"started_at": "0001-01-01T00:00:00+14:00"}, "entry_unreadable"),
        ({"ended_at": "9999-12-31T23:59:00-14:00"}, "entry_unreadable"),
        ({"reported": 13}, "log_reported_more"),
        ({"checked": -1, "reported": None}, "log_count_wrong"),
        ({"note": "x" * 4001}, "log_text_long"),
        ({"ended_at": (NOW + timedelta(hours=3)).isoformat()}, "log_in_future"),
        ({"ended_at": (NOW - timedelta(hours=3)).isoformat()}, "log_backwards"),
        ({"place_id": 999}, "log_place_unknown"),
        ({"what": "missed"}, "entry_no_slot"),
    ],
)
def test_what_can_not_be_is_refused_with_a_sentence(kept, browsers, more, code):
    before = len(open_register(kept[0]).log.entries())
    answer = send(browsers[Role.POLICE], entry(**more))
    assert (answer.status_code, answer.json["code"]) == (400, code)
    assert answer.json["sentence"].endswith(".")
    assert len(open_register(kept[0]).log.entries()) == before


def test_what_is_no_entry_at_all_is_refused(browsers):
    browser = browsers[Role.POLICE]
    for body in (b"", b"{", b"[]", b"null", b'"x"'):
        answer = browser.post("/pass/logg.json", data=body, content_type="application/json")
        assert answer.json["code"] == "entry_unreadable"
    large = browser.post("/pass/logg.json", json=entry(note="x" * 70_000))
    assert large.json["code"] == "entry_large"


def test_what_another_account_wrote_waits_for_it(browsers):
    answer = send(browsers[Role.POLICE], entry(Role.PLANNER))
    assert (answer.status_code, answer.json["code"]) == (409, "entry_other_account")


def test_without_the_sessions_token_and_without_a_session_nothing_is_taken(kept, browsers):
    browser = browsers[Role.POLICE]
    answer = browser.client.post("/pass/logg.json", base_url=browser.base, json=entry())
    assert (answer.status_code, answer.json["code"]) == (403, "not_our_form")
    answer = Browser(kept[2]).post("/pass/logg.json", json=entry())
    assert (answer.status_code, answer.json["code"]) == (401, "not_signed_in")


@pytest.mark.parametrize("role", [Role.PLANNER, Role.COORDINATOR, Role.ADMINISTRATOR])
def test_municipal_staff_log_their_own_and_no_slot_of_the_polices(kept, browsers, role):
    browser, workspace = browsers[role], kept[0]
    own = next(one for one in kept[1] if Party.POLICE not in one.parties)
    sent = entry(role, kind="safety_walk", parties=["municipality"], car=None, slot_id=own.slot_id)
    assert send(browser, sent).json["code"] == "kept"
    assert logged(workspace, sent["entry_key"]).parties == {Party.MUNICIPALITY}
    for theirs in of_police(kept[1]):
        answer = send(browser, entry(role, slot_id=theirs.slot_id))
        assert (answer.status_code, answer.json["code"]) == (404, "no_slot")


def test_a_stop_that_did_not_happen_is_told_missed_and_who_was_there_wins(small_workspace, tmp_path):
    from dashboard.field.sent_entry import read_entry, take_entry
    from geodata.analyses.ground import open_ground
    from geodata.errors import ParameterError
    from geodata.privacy import Audience

    workspace = shutil.copytree(small_workspace, tmp_path / "workspace")
    slot, other, _ = of_police(keep_usual_plan(workspace))
    project, plans = open_ground(workspace).project, open_register(workspace).plans

    def take(of=slot, **more):
        sent = read_entry(entry(slot_id=of.slot_id, **more))
        return take_entry(workspace, project, sent, audience=Audience.POLICE, by="kim", now=NOW)

    assert take(what="missed", revision=slot.revision)
    assert plans.slot(slot.slot_id).status is SlotStatus.MISSED
    assert not take(what="missed", revision=slot.revision)
    assert take(what="done")
    assert plans.slot(slot.slot_id).status is SlotStatus.DONE
    assert not take(what="missed")
    assert plans.slot(slot.slot_id).status is SlotStatus.DONE
    with pytest.raises(ParameterError) as told:
        take(of=other, what="missed", revision=other.revision + 1)
    assert told.value.code == "slot_changed"


def test_a_stop_told_missed_can_be_taken_back_and_a_cancelled_one_can_not(small_workspace, tmp_path):
    from dashboard.field.day import day_payload
    from dashboard.field.sent_entry import read_entry, take_entry
    from dashboard.texts.catalogue import catalogue
    from geodata.analyses.ground import open_ground
    from geodata.errors import ParameterError
    from geodata.privacy import Audience
    from geodata.store.plans import SlotSeen

    workspace = shutil.copytree(small_workspace, tmp_path / "workspace")
    slot, other, _ = of_police(keep_usual_plan(workspace))
    ground, plans = open_ground(workspace), open_register(workspace).plans

    def take(of=slot, **more):
        sent = read_entry(entry(slot_id=of.slot_id, **more))
        return take_entry(workspace, ground.project, sent, audience=Audience.POLICE, by="kim", now=NOW)

    def day():
        local = datetime.combine(slot.day, time(12), tzinfo=ground.project.zone)
        found = day_payload(ground, catalogue("sv"), Audience.POLICE, account="", now=local)
        return tuple([one["slot_id"] for one in found[part]] for part in ("slots", "missed"))

    assert not take(what="planned")
    assert take(what="missed")
    assert slot.slot_id not in day()[0]
    assert day()[1] == [slot.slot_id]
    with pytest.raises(ParameterError) as told:
        take(what="planned", revision=slot.revision)
    assert told.value.code == "slot_changed"
    assert take(what="planned", revision=plans.slot(slot.slot_id).revision)
    assert plans.slot(slot.slot_id).status is SlotStatus.PLANNED
    assert slot.slot_id in day()[0]
    assert day()[1] == []
    plans.mark(SlotSeen(other.slot_id, other.revision), SlotStatus.CANCELLED, by="kim")
    with pytest.raises(ParameterError) as told:
        take(of=other, what="planned")
    assert told.value.code == "slot_changed"
    assert other.slot_id not in day()[1]
