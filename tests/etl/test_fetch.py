"""Services: asked within their limits, again when they fail, and never at the cost of what is there."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
import respx

from etl.inbox.key import KEY_FILE, make_key
from etl.pipeline import Fetched, fetch, run
from etl.services.police import ADDRESS as EVENTS
from etl.services.schools import ADDRESS as UNITS
from geodata.errors import ParameterError, StoreError
from geodata.store.snapshots import open_current

PROJECT = """
[municipality]
name = "Säffle"
code = "1785"
[geography]
extent = [12.4, 58.85, 13.3, 59.5]
[fetch]
contact = "trygghet@example.invalid"
[[source]]
name = "polisen"
mapping = "police_events"
files = ["inbox/polisen/*.json"]
[[source]]
name = "skolor"
mapping = "school_register"
files = ["inbox/skolor_*.json"]
[[source]]
name = "enkat"
mapping = "kobo_survey"
files = ["inbox/*.csv"]
"""
START = datetime(2026, 11, 22, 10, 15, tzinfo=UTC)
STAFF = {"headMaster": "Påhittad Person", "email": "rektor@example.invalid"}


def event(number: int, text: str = "En bil stoppas") -> dict[str, object]:
    return {
        "id": number,
        "datetime": "2026-11-22 9:52:28 +01:00",
        "name": "22 november 09:30, Trafikbrott, Säffle",
        "summary": text,
        "url": "/aktuellt/x",
        "type": "Trafikbrott",
        "location": {"name": "Säffle", "gps": "59.132793,12.930167"},
    }


class World:
    """A workspace, a clock that sleeping moves, and services that answer as they are told."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = START
        self.slept: list[float] = []
        (folder / "inbox").mkdir()
        (folder / "problembild.toml").write_text(PROJECT, encoding="utf-8")

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)

    def fetch(self, source: str) -> Fetched:
        (found,) = fetch(self.folder, source=source, now=lambda: self.now, sleep=self.sleep).sources
        return found

    @property
    def inbox(self) -> dict[str, bytes]:
        inbox = self.folder / "inbox"
        return {
            path.relative_to(inbox).as_posix(): path.read_bytes()
            for path in sorted(inbox.rglob("*"))
            if path.is_file()
        }


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.fixture
def net() -> Iterator[respx.Router]:
    with respx.mock(assert_all_called=False) as router:
        yield router


def test_an_answer_is_saved_as_it_came_and_imported_as_any_file(world: World, net: respx.Router) -> None:
    answer = json.dumps([event(1), event(2)]).encode()
    asked = net.get(EVENTS).mock(return_value=httpx.Response(200, content=answer))
    found = world.fetch("polisen")
    assert (found.outcome, found.records) == ("saved", 2)
    assert found.file == "inbox/polisen/2026-11-22T101500Z_events.json"
    assert world.inbox == {"polisen/2026-11-22T101500Z_events.json": answer}
    agent = asked.calls.last.request.headers["User-Agent"]
    assert agent.startswith("Problembild/")
    assert agent.endswith("(kommun 1785; trygghet@example.invalid)")
    assert sum(file.read for file in run(world.folder).files) == 2
    observations = open_current(world.folder / "store").table("observations")
    assert observations["source_record_id"].tolist() == ["1", "2"]


def test_the_same_answer_is_not_saved_again_and_a_new_one_stands_beside_the_old(
    world: World, net: respx.Router
) -> None:
    net.get(EVENTS).mock(return_value=httpx.Response(200, json=[event(1)]))
    world.fetch("polisen")
    world.now += timedelta(minutes=20)
    assert world.fetch("polisen").outcome == "unchanged"
    before = world.inbox
    net.get(EVENTS).mock(return_value=httpx.Response(200, json=[event(1, "Ändrad")]))
    world.now += timedelta(minutes=20)
    assert world.fetch("polisen").file == "inbox/polisen/2026-11-22T105500Z_events.json"
    assert before.items() < world.inbox.items()


def test_two_answers_of_one_second_are_both_kept_in_their_order(world: World, net: respx.Router) -> None:
    net.get(EVENTS).mock(side_effect=[httpx.Response(200, json=[event(one)]) for one in (1, 2)])
    files = [world.fetch("polisen").file for _ in range(2)]
    assert files == [f"inbox/polisen/2026-11-22T10150{second}Z_events.json" for second in (0, 1)]
    assert [json.loads(content)[0]["id"] for content in world.inbox.values()] == [1, 2]


@pytest.mark.parametrize("rule", ["remove", "encrypt"])
def test_an_answer_that_the_house_took_away_or_locked_is_not_saved_again(
    world: World,
    net: respx.Router,
    rule: str,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    key = tmp_path_factory.mktemp("elsewhere") / "key"
    make_key(key, workspace=world.folder)
    monkeypatch.setenv(KEY_FILE, str(key))
    change(world, "[fetch]", f'[retention]\ninbox = "{rule}"\ndays = 0\n[fetch]')
    net.get(EVENTS).mock(return_value=httpx.Response(200, json=[event(1)]))
    assert world.fetch("polisen").outcome == "saved"
    run(world.folder)
    before = world.inbox
    assert list(before) == ([] if rule == "remove" else ["polisen/2026-11-22T101500Z_events.json.locked"])
    world.now += timedelta(hours=1)
    assert (world.fetch("polisen").outcome, world.inbox) == ("unchanged", before)


HTML = httpx.Response(
    200, content=b"<!doctype html><h1>Underh\xc3\xa5ll</h1>", headers={"Content-Type": "text/html"}
)
CUT = httpx.Response(200, content=json.dumps([event(1)]).encode()[:-20])
PACKED = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
"""What says that a body is compressed."""
NO_GZIP = httpx.Response(200, headers=PACKED, stream=httpx.ByteStream(b'[{"id": 1}]'))
PASSING = {
    "429": httpx.Response(429),
    "500": httpx.Response(500, text="fel"),
    "503": httpx.Response(503),
    "html": HTML,
    "truncated": CUT,
    "empty": httpx.Response(200, content=b""),
    "timeout": httpx.ReadTimeout("too slow"),
    "connection": httpx.ConnectError("[Errno -2] Name or service not known"),
    "body": httpx.RemoteProtocolError("peer closed connection without sending complete message body"),
    "gzip": NO_GZIP,
}


@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING)
def test_what_goes_over_is_asked_again(
    world: World, net: respx.Router, fault: httpx.Response | Exception
) -> None:
    route = net.get(EVENTS).mock(side_effect=[fault, fault, httpx.Response(200, json=[event(1)])])
    assert world.fetch("polisen").outcome == "saved"
    assert route.call_count == 3
    assert 1.0 <= world.slept[0] <= 2.0 <= world.slept[1] <= 3.0


FAILED = {
    "429": ("service_failing", {"status": "429"}),
    "500": ("service_failing", {"status": "500"}),
    "503": ("service_failing", {"status": "503"}),
    "html": ("service_not_json", {"kind": "text/html"}),
    "truncated": ("service_not_json", {}),
    "empty": ("service_not_json", {"value": "0"}),
    "timeout": ("service_unreachable", {"problem": "too slow"}),
    "connection": ("service_unreachable", {"problem": "[Errno -2] Name or service not known"}),
    "body": ("service_unreachable", {}),
    "gzip": ("service_unreachable", {}),
}


@pytest.mark.parametrize("kind", PASSING)
def test_what_does_not_go_over_is_told_and_the_inbox_is_untouched(
    world: World, net: respx.Router, kind: str
) -> None:
    net.get(EVENTS).mock(return_value=httpx.Response(200, json=[event(1)]))
    world.fetch("polisen")
    before = world.inbox
    world.now += timedelta(hours=2)
    route = net.get(EVENTS).mock(side_effect=[PASSING[kind]] * 9)
    found = world.fetch("polisen")
    code, values = FAILED[kind]
    assert (found.outcome, found.code) == ("failed", code)
    assert values.items() <= found.values.items()
    assert found.values["service"] == "polisen.se"
    assert route.call_count == 5 + 1
    assert world.inbox == before


WRONG = {
    "an object": {"message": "hej"},
    "an empty list": [],
    "other records": [{"a": 1}],
    "one record short": [event(1), {"id": 2}],
    "no records": [1, 2],
}


@pytest.mark.parametrize("answer", WRONG.values(), ids=WRONG)
def test_an_answer_to_another_question_is_not_saved(world: World, net: respx.Router, answer: object) -> None:
    route = net.get(EVENTS).mock(return_value=httpx.Response(200, json=answer))
    found = world.fetch("polisen")
    assert (found.outcome, found.code, route.call_count) == ("failed", "service_answer", 1)
    assert world.inbox == {}


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_refusal_is_not_asked_again(world: World, net: respx.Router, status: int) -> None:
    route = net.get(EVENTS).mock(return_value=httpx.Response(status))
    found = world.fetch("polisen")
    assert (found.code, found.values["status"], route.call_count) == ("service_refused", str(status), 1)


@pytest.mark.parametrize(("asked", "waited"), [("7", 7.0), ("Sun, 22 Nov 2026 10:15:20 GMT", 20.0)])
def test_a_service_that_asks_for_a_pause_gets_it(
    world: World, net: respx.Router, asked: str, waited: float
) -> None:
    pause = httpx.Response(429, headers={"Retry-After": asked})
    net.get(EVENTS).mock(side_effect=[pause, httpx.Response(200, json=[event(1)])])
    assert world.fetch("polisen").outcome == "saved"
    assert world.slept == [pytest.approx(waited, abs=0.01)]


def test_a_service_that_asks_for_a_long_pause_is_left_alone_over_runs(
    world: World, net: respx.Router
) -> None:
    route = net.get(EVENTS).mock(return_value=httpx.Response(429, headers={"Retry-After": "600"}))
    for _ in range(2):
        found = world.fetch("polisen")
        assert (found.outcome, found.code) == ("waiting", "service_limit")
        assert found.next_at == "2026-11-22T10:25+00:00"
    assert (route.call_count, world.slept) == (1, [])
    world.now += timedelta(minutes=11)
    net.get(EVENTS).mock(return_value=httpx.Response(200, json=[event(1)]))
    assert world.fetch("polisen").outcome == "saved"


def test_no_hour_sees_more_than_sixty_questions(world: World, net: respx.Router) -> None:
    times: list[datetime] = []

    def answer(request: httpx.Request) -> httpx.Response:
        times.append(world.now)
        return httpx.Response(200, json=[event(len(times))])

    net.get(EVENTS).mock(side_effect=answer)
    for _ in range(100):
        world.fetch("polisen")
        world.now += timedelta(seconds=47)
    assert 60 < len(times) < 100  # an hour ended, and the limit was met before
    assert all(later - first >= timedelta(hours=1) for first, later in zip(times, times[60:], strict=False))


def unit(code: str, *, name: str = "Exempelskolan") -> dict[str, object]:
    place = {"latitude": "59.13", "longitude": "12.93"}
    attributes = {"displayName": name, "status": "AKTIV", "addresses": [{"geoCoordinates": place}], **STAFF}
    return {"data": {"type": "schoolunit", "schoolUnitCode": code, "attributes": attributes}}


class Register:
    """A register that lists units and answers for each, or as it is told."""

    def __init__(self, net: respx.Router, codes: list[str]) -> None:
        self.told: dict[str, httpx.Response] = {}
        self.asked: list[str] = []
        self.codes = codes
        self.listing = net.get(UNITS, params={"municipality_code": "1785", "status": "AKTIV"})
        self.listing.mock(side_effect=self._list)
        net.get(url__regex=rf"{UNITS}/(?P<code>\d+)$").mock(side_effect=self._answer)

    def _list(self, request: httpx.Request) -> httpx.Response:
        listed = [{"schoolUnitCode": code, "name": "x", "status": "AKTIV"} for code in self.codes]
        return httpx.Response(200, json={"data": {"attributes": listed}})

    def _answer(self, request: httpx.Request, code: str) -> httpx.Response:
        self.asked.append(code)
        return self.told.get(code) or httpx.Response(200, json=unit(code))


def test_schools_are_saved_whole_without_the_names_of_their_staff(world: World, net: respx.Router) -> None:
    Register(net, ["10000002", "10000001"]).told["10000002"] = httpx.Response(404)
    found = world.fetch("skolor")
    assert (found.outcome, found.records, found.left_out) == ("saved", 1, 1)
    assert found.file == "inbox/skolor_2026-11-22T101500Z.json"
    (content,) = world.inbox.values()
    assert b"Person" not in content
    assert b"rektor" not in content
    report = run(world.folder)
    assert [(file.source, file.stopped) for file in report.files if file.read] == [("skolor", None)]
    schools = open_current(world.folder / "store").table("schools")
    assert schools[["school_id", "name"]].to_numpy().tolist() == [["10000001", "Exempelskolan"]]


def test_schools_go_on_over_the_limit_where_they_were(world: World, net: respx.Router) -> None:
    codes = [str(10_000_000 + number) for number in range(130)]
    register = Register(net, codes)
    seen = []
    for _ in range(3):
        seen.append(world.fetch("skolor"))
        assert bool(world.inbox) == (len(seen) == 3)
        kept = b"".join(path.read_bytes() for path in (world.folder / "store").rglob("*.json"))
        assert b"Person" not in kept
        world.now += timedelta(minutes=61)
    assert [(one.outcome, one.records, one.wanted) for one in seen] == [
        ("waiting", 59, 130),
        ("waiting", 119, 130),
        ("saved", 130, 130),
    ]
    assert seen[0].next_at == "2026-11-22T11:15+00:00"
    assert (register.listing.call_count, register.asked) == (1, codes)
    (content,) = world.inbox.values()
    assert [one["data"]["schoolUnitCode"] for one in json.loads(content)] == codes


def test_schools_that_failed_half_way_go_on_and_an_old_beginning_is_forgotten(
    world: World, net: respx.Router
) -> None:
    register = Register(net, ["10000001", "10000002"])
    register.told["10000002"] = httpx.Response(500)
    found = world.fetch("skolor")
    assert (found.outcome, found.code, world.inbox) == ("failed", "service_failing", {})
    world.now += timedelta(hours=2)
    register.told.clear()
    register.asked.clear()
    assert world.fetch("skolor").records == 2
    assert (register.asked, register.listing.call_count) == (["10000002"], 1)
    register.told["10000002"] = httpx.Response(500)
    for _ in range(2):
        world.now += timedelta(hours=25)
        world.fetch("skolor")
    assert register.listing.call_count == 3


def test_a_list_that_never_comes_to_its_end_gets_old_all_the_same(world: World, net: respx.Router) -> None:
    register = Register(net, ["10000001", "10000002"])
    register.told["10000002"] = httpx.Response(500)
    for asked_for in (1, 1, 2):  # what is gone on with keeps the hour that it was begun
        world.fetch("skolor")
        assert register.listing.call_count == asked_for
        world.now += timedelta(hours=13)
    # That answers were thrown away is said when the service answers again.
    del register.told["10000002"]
    found = world.fetch("skolor")
    assert (found.outcome, found.records, found.dropped) == ("saved", 2, 1)
    assert world.fetch("skolor").dropped == 0


def test_a_school_that_the_last_answer_lacks_is_gone(world: World, net: respx.Router) -> None:
    register = Register(net, ["10000001", "10000002"])
    world.fetch("skolor")
    run(world.folder)
    world.now += timedelta(days=30)
    own = json.dumps([unit("10000009", name="Kommunens egen")])
    (world.folder / "inbox" / "skolor_egna.json").write_text(own, encoding="utf-8")
    register.codes = ["10000002", "10000003"]
    world.fetch("skolor")
    report = run(world.folder)
    assert all(file.adds_up for file in report.files)
    schools = open_current(world.folder / "store").table("schools")
    assert sorted(schools["school_id"]) == ["10000002", "10000003", "10000009"]
    # A broken file stays at what it gave before, and one that never gave anything replaces nothing.
    world.now += timedelta(days=1)
    latest = max(path for path in world.inbox if "Z" in path)
    (world.folder / "inbox" / latest).write_bytes(b"")
    (world.folder / "inbox" / "skolor_2026-12-31T000000Z.json").write_bytes(b"")
    run(world.folder)
    schools = open_current(world.folder / "store").table("schools")
    assert sorted(schools["school_id"]) == ["10000002", "10000003", "10000009"]


@pytest.mark.parametrize("answer", [{}, {"data": {}}, unit("10000009"), []])
def test_an_answer_about_another_school_is_not_kept(world: World, net: respx.Router, answer: object) -> None:
    Register(net, ["10000001"]).told["10000001"] = httpx.Response(200, json=answer)
    assert world.fetch("skolor").code == "service_answer"
    assert world.inbox == {}


def test_a_register_that_lacks_many_of_its_schools_does_not_take_them_away(
    world: World, net: respx.Router
) -> None:
    codes = [str(10_000_000 + number) for number in range(10)]
    register = Register(net, codes)
    assert world.fetch("skolor").records == 10
    before = world.inbox
    register.told = {code: httpx.Response(404) for code in codes[:2]}
    world.now += timedelta(hours=2)
    found = world.fetch("skolor")
    assert (found.outcome, found.code, world.inbox) == ("failed", "service_answer", before)
    assert found.values["problem"].startswith("2 of the 10 units")
    del register.told[codes[0]]
    world.now += timedelta(hours=2)
    found = world.fetch("skolor")
    assert (found.outcome, found.records, found.left_out) == ("saved", 9, 1)


def test_one_service_that_fails_leaves_the_others_alone(world: World, net: respx.Router) -> None:
    net.get(EVENTS).mock(return_value=httpx.Response(403))
    Register(net, ["10000001"])
    report = fetch(world.folder, now=lambda: world.now, sleep=world.sleep)
    assert [(one.source, one.outcome) for one in report.sources] == [
        ("polisen", "failed"),
        ("skolor", "saved"),
    ]
    assert report.failed


ELSEWHERE = {"around": EVENTS, "to no address": "ftp://polisen.example/events"}


@pytest.mark.parametrize("target", ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_service_that_leads_around_is_told_at_once_and_the_others_are_fetched(
    world: World, net: respx.Router, target: str
) -> None:
    net.get(EVENTS).mock(return_value=httpx.Response(302, headers={"Location": target}))
    net.get(ELSEWHERE["to no address"]).mock(side_effect=httpx.UnsupportedProtocol("no ftp://"))
    Register(net, ["10000001"])
    report = fetch(world.folder, now=lambda: world.now, sleep=world.sleep)
    assert [(one.source, one.outcome, one.code) for one in report.sources] == [
        ("polisen", "failed", "service_unreachable"),
        ("skolor", "saved", ""),
    ]
    assert world.slept == []


def test_schools_asked_before_a_body_that_can_not_be_unpacked_stay(world: World, net: respx.Router) -> None:
    register = Register(net, ["10000001", "10000002"])
    register.told["10000002"] = NO_GZIP
    assert (world.fetch("skolor").code, world.inbox) == ("service_unreachable", {})
    register.told.clear()
    register.asked.clear()
    assert (world.fetch("skolor").outcome, register.asked) == ("saved", ["10000002"])


def change(world: World, old: str, new: str) -> None:
    path = world.folder / "problembild.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_another_address_is_asked_where_the_project_says_so(world: World, net: respx.Router) -> None:
    change(
        world, 'mapping = "police_events"', 'mapping = "police_events"\naddress = "http://spegel.example/ev"'
    )
    net.get("http://spegel.example/ev").mock(return_value=httpx.Response(200, json=[event(1)]))
    assert world.fetch("polisen").outcome == "saved"


@pytest.mark.parametrize("address", ["file:///etc/passwd", "spegel.example", "http://", "https://x:port/"])
def test_an_address_that_is_none_is_told(world: World, net: respx.Router, address: str) -> None:
    change(world, 'mapping = "police_events"', f'mapping = "police_events"\naddress = "{address}"')
    found = world.fetch("polisen")
    assert (found.outcome, found.code) == ("failed", "service_address")


@pytest.mark.parametrize(
    ("files", "name"),
    [
        ("inbox/*", "inbox/2026-11-22T101500Z_events.json"),
        ("inbox/**/*.json", "inbox/2026-11-22T101500Z_events.json"),
        ("inbox/ev_*_x*.json", "inbox/ev_2026-11-22T101500Z_x.json"),
        ("inbox/events.json", None),
        ("inbox/*/events.json", None),
        ("inbox/ev_?.json", None),
    ],
)
def test_a_new_file_is_one_that_its_source_finds(
    world: World, net: respx.Router, files: str, name: str | None
) -> None:
    change(world, "inbox/polisen/*.json", files)
    net.get(EVENTS).mock(return_value=httpx.Response(200, json=[event(1)]))
    found = world.fetch("polisen")
    assert (found.file, found.code) == ((name, "") if name else ("", "service_no_room"))


def test_only_what_a_service_answers_can_be_fetched(world: World) -> None:
    for source in ("enkat", "borta"):
        with pytest.raises(ParameterError) as caught:
            fetch(world.folder, source=source)
        assert (caught.value.code, caught.value.values["found"]) == ("fetch_unknown", "polisen, skolor")
    text = PROJECT[: PROJECT.index("[[source]]")]
    (world.folder / "problembild.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ParameterError, match="school_register"):
        fetch(world.folder)


def test_a_store_that_can_not_be_written_stops_before_the_question(world: World, net: respx.Router) -> None:
    (world.folder / "store").write_text("i vägen", encoding="utf-8")
    route = net.get(EVENTS).mock(return_value=httpx.Response(200, json=[event(1)]))
    with pytest.raises(StoreError):
        world.fetch("polisen")
    assert route.call_count == 0


@pytest.mark.parametrize("state", [b"", b"{", b"[]", b'{"asked": {"polisen.se": [1]}, "closed": {}}'])
def test_a_damaged_memory_of_the_limit_is_begun_again(world: World, net: respx.Router, state: bytes) -> None:
    (world.folder / "store").mkdir()
    (world.folder / "store" / "services.json").write_bytes(state)
    net.get(EVENTS).mock(return_value=httpx.Response(200, json=[event(1)]))
    assert world.fetch("polisen").outcome == "saved"
