"""The plan as files: read back as the programs that take them do."""

import builtins
import io
import json
import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import gpxpy
import pytest
from icalendar import Calendar
from planned import DAY, OWN_STAND, SECRET_STAND
from pypdf import PdfReader
from typer.testing import CliRunner

from dashboard.command import app
from dashboard.field.files import FORMATS, Asked, file_name, pass_file
from dashboard.texts.catalogue import catalogue
from geodata.analyses.ground import open_ground, open_register
from geodata.errors import AccessError, MissingError, ParameterError
from geodata.privacy import Audience
from geodata.store.plans import SlotSeen
from geodata.targeting.slot import SlotStatus

NEXT_DAY = DAY + timedelta(days=1)


@pytest.fixture(scope="module")
def asked(planned):
    return Asked(open_ground(planned[0]), catalogue("sv"), Audience.POLICE, DAY, DAY)


def as_audience(asked, audience, **more):
    return Asked(asked.ground, asked.texts, audience, asked.first, asked.last, **more)


@pytest.fixture(scope="module")
def pdf(asked):
    return PdfReader(io.BytesIO(pass_file("pdf", asked)))


def words_of(pdf):
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages))


def test_each_pass_is_one_tagged_page_in_swedish(pdf):
    root = pdf.trailer["/Root"]
    assert len(pdf.pages) == 2
    assert ["1 av 2" in pdf.pages[0].extract_text(), "2 av 2" in pdf.pages[1].extract_text()] == [True, True]
    assert [round(float(side)) for side in pdf.pages[0].mediabox[2:]] == [595, 842]
    assert root["/Lang"] == "sv"
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    assert pdf.metadata.title.split() == ["Passblad", "tisdag", "1", "december", "2026,", "Polisen"]


def test_every_map_of_the_sheet_says_what_it_shows(pdf):
    figures = []

    def walk(node):
        node = node.get_object()
        if isinstance(node, dict):
            if node.get("/S") == "/Figure":
                figures.append(str(node.get("/Alt")))
            children = node.get("/K", [])
            for child in children if isinstance(children, list) else [children]:
                walk(child)

    for child in pdf.trailer["/Root"]["/StructTreeRoot"]["/K"]:
        walk(child)
    assert len(figures) == 4
    assert figures[1] == "Karta över passets stopp, numrerade i körordning"
    assert all(SECRET_STAND in one for one in (figures[0], *figures[2:]))


def test_the_sheet_says_when_where_and_how_in_driving_order(pdf, asked):
    words = words_of(pdf)
    places = [place.name for place in asked.ground.places]
    assert words.index(f"07.30–07.45 Trafikkontroll, {places[0]}") < words.index("23.30–23.45")
    assert words.index("23.30–23.45") < words.index("00.30–00.45 Närvaro")
    assert "Civil bil" in words
    assert "Bara för polisen tills passet är gjort" in words
    assert OWN_STAND not in words


def test_the_sheet_carries_no_words_of_residents(asked, pdf):
    """Themes and counts leave the house, sentences do not, and no count below the threshold."""
    texts = asked.ground.observations["text"].dropna()
    words = words_of(pdf)
    assert not [text for text in texts if len(text) > 12 and text in words]
    said = words.split("Boende säger")[1:]
    assert len(said) == 3
    assert all("Färre än 5 svar" in line or "svar 20" in line for line in said)


def test_the_offline_sheet_asks_nothing_of_any_network(asked):
    page = pass_file("html", asked).decode()
    assert page.count("<svg ") == 4
    assert not re.findall(r"(?:src|href)=\"(?!geo:)[^\"]*\"|@import|url\(|<script", page)
    assert "prefers-color-scheme: dark" in page
    assert '<html lang="sv">' in page


def test_where_one_can_stop_safely_is_named_and_drawn(asked, planned):
    page = pass_file("html", asked).decode()
    assert "Säker plats att stanna finns." in page
    stops = open_register(planned[0]).stops
    place = asked.ground.places[0]
    point = place.geometry.representative_point()
    before = page.count('class="m-plate-safe"')
    stop_id = stops.add(place.place_id, (point.x + 60, point.y), "Idrottshallen", metres_off=0, by="kim")
    assert pass_file("html", asked).decode().count('class="m-plate-safe"') == before + 2
    stops.withdraw(stop_id, by="kim")


def test_one_slot_alone_is_a_sheet_too(asked, planned):
    first = planned[1][0]
    page = pass_file("html", as_audience(asked, Audience.POLICE, slot_id=first.slot_id)).decode()
    assert page.count("<svg ") == 1


def test_without_pango_it_is_said_what_to_install(asked, monkeypatch):
    known = builtins.__import__

    def without(name, *rest, **more):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return known(name, *rest, **more)

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingError) as told:
        pass_file("pdf", asked)
    assert told.value.code == "pango_missing"
    assert "apt-get install libpango-1.0-0" in catalogue("sv").error(told.value)


def test_the_calendar_reads_back(asked, planned):
    calendar = Calendar.from_ical(pass_file("ics", asked))
    events = calendar.walk("VEVENT")
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Stockholm"]
    assert [(one["DTSTART"].dt, one["DTEND"].dt - one["DTSTART"].dt) for one in events] == [
        (datetime(2026, 12, 1, 7, 30, tzinfo=asked.ground.project.zone), timedelta(minutes=15)),
        (datetime(2026, 12, 1, 23, 30, tzinfo=asked.ground.project.zone), timedelta(minutes=15)),
        (datetime(2026, 12, 2, 0, 30, tzinfo=asked.ground.project.zone), timedelta(minutes=15)),
    ]
    mine = [slot for slot in planned[1] if "police" in {str(one) for one in slot.parties}]
    assert [str(one["UID"]) for one in events] == [f"slot-{one.slot_id}@9999.problembild" for one in mine]
    assert {str(one["STATUS"]) for one in events} == {"CONFIRMED"}
    assert {str(one["CLASS"]) for one in events} == {"CONFIDENTIAL"}
    assert SECRET_STAND in str(events[0]["LOCATION"])
    assert events[0].has_key("GEO")


def test_a_changed_slot_keeps_its_event_and_a_cancelled_one_is_taken_away(small_workspace, tmp_path):
    import shutil

    from planned import keep_usual_plan

    workspace = shutil.copytree(small_workspace, tmp_path / "workspace")
    first = keep_usual_plan(workspace)[0]
    asked = Asked(open_ground(workspace), catalogue("sv"), Audience.POLICE, DAY, DAY)
    before = Calendar.from_ical(pass_file("ics", asked)).walk("VEVENT")[0]
    open_register(workspace).plans.mark(
        SlotSeen(first.slot_id, first.revision), SlotStatus.CANCELLED, by="kim"
    )
    after = next(
        one
        for one in Calendar.from_ical(pass_file("ics", asked)).walk("VEVENT")
        if one["UID"] == before["UID"]
    )
    assert str(after["STATUS"]) == "CANCELLED"
    assert int(after["SEQUENCE"]) == int(before["SEQUENCE"]) + 1
    assert str(first.slot_id) not in {
        str(one["properties"]["slot_id"]) for one in json.loads(pass_file("geojson", asked))["features"]
    }


def test_the_waypoints_lie_in_driving_order(asked):
    gpx = gpxpy.parse(pass_file("gpx", asked).decode())
    assert [one.name[:13] for one in gpx.waypoints] == ["1 07.30–07.45", "1 23.30–23.45", "2 00.30–00.45"]
    assert [len(route.points) for route in gpx.routes] == [1, 2]
    assert [(one.latitude, one.longitude) for route in gpx.routes for one in route.points] == [
        (one.latitude, one.longitude) for one in gpx.waypoints
    ]
    assert gpx.waypoints[0].time.astimezone(UTC) == datetime(2026, 12, 1, 6, 30, tzinfo=UTC)
    assert 55 < gpx.waypoints[0].latitude < 70
    assert 10 < gpx.waypoints[0].longitude < 25


def test_the_geojson_holds_stops_and_stretches_in_degrees(asked):
    features = json.loads(pass_file("geojson", asked))["features"]
    stops = [one for one in features if one["properties"]["what"] == "stop"]
    assert [one["properties"]["number"] for one in stops] == [1, 2, 3]
    assert {one["geometry"]["type"] for one in stops} == {"Point"}
    lines = [one["geometry"] for one in features if one["properties"]["what"] == "stretch"]
    assert lines
    assert all(10 < line["coordinates"][0][0] < 25 for line in lines if line["type"] == "LineString")


@pytest.mark.parametrize("form", FORMATS)
def test_municipal_staff_get_their_own_slots_and_none_of_the_polices(asked, form):
    for audience in (Audience.PLANNER, Audience.COORDINATOR):
        content = pass_file(form, as_audience(asked, audience))
        if form == "pdf":
            content = words_of(PdfReader(io.BytesIO(content))).encode()
        assert b"Kommunv" in content
        assert b"Hemligv" not in content
        assert b"Civil bil" not in content
        assert b"unmarked" not in content


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("audience", [Audience.COUNCIL, Audience.PUBLIC])
def test_council_and_public_get_nothing(asked, form, audience):
    with pytest.raises(AccessError):
        pass_file(form, as_audience(asked, audience))


def test_a_day_without_a_pass_a_format_that_is_none_and_days_the_wrong_way_are_said(asked):
    empty = Asked(asked.ground, asked.texts, Audience.POLICE, NEXT_DAY, NEXT_DAY)
    with pytest.raises(MissingError) as told:
        pass_file("pdf", empty)
    assert told.value.code == "no_pass"
    for form, first, last, code in (
        ("doc", DAY, DAY, "plan_format"),
        ("ics", NEXT_DAY, DAY, "days_backwards"),
        ("pdf", DAY, NEXT_DAY, "sheet_one_day"),
    ):
        with pytest.raises(ParameterError) as told:
            pass_file(form, Asked(asked.ground, asked.texts, Audience.POLICE, first, last))
        assert told.value.code == code


def test_the_verbs_write_the_files(planned, tmp_path):
    workspace, _ = planned
    out = tmp_path / "pass.ics"
    run = CliRunner().invoke(
        app,
        [
            "export",
            "plan",
            "--workspace",
            str(workspace),
            "--format",
            "ics",
            "--day",
            f"{DAY}",
            "--out",
            str(out),
        ],
    )
    assert run.exit_code == 0, run.output
    assert len(Calendar.from_ical(out.read_bytes()).walk("VEVENT")) == 3
    run = CliRunner().invoke(
        app, ["sheet", "--workspace", str(workspace), "--day", f"{DAY}", "--format", "html"]
    )
    assert run.exit_code == 0, run.output
    assert (workspace / "out" / f"pass-{DAY}.html").is_file()
    for options in (["--day", "i morgon"], ["--day", "2020-01-01"], ["--as", "council", "--day", f"{DAY}"]):
        run = CliRunner().invoke(app, ["sheet", "--workspace", str(workspace), *options])
        assert run.exit_code == 2
        assert "Traceback" not in run.output


def test_a_file_says_its_days(asked):
    assert file_name("pdf", asked) == "pass-2026-12-01.pdf"
    week = Asked(asked.ground, asked.texts, Audience.POLICE, DAY, NEXT_DAY)
    assert Path(file_name("ics", week)).name == "pass-2026-12-01--2026-12-02.ics"
