"""Events from a table and from a calendar."""

import pandas as pd
from small_workspace import Workspace

from geodata.account import Fate

CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Provstad//SV
BEGIN:VEVENT
UID:a@provstad
SUMMARY:Torgdag på
 torget
LOCATION:Stortorget
DTSTART;TZID=Europe/Stockholm:20260502T090000
DTEND;TZID=Europe/Stockholm:20260502T140000
GEO:59.13;12.93
END:VEVENT
BEGIN:VEVENT
UID:b@provstad
SUMMARY:Festdagar
LOCATION:Stortorget
DTSTART;VALUE=DATE:20260605
DTEND;VALUE=DATE:20260607
RRULE:FREQ=YEARLY
END:VEVENT
BEGIN:VEVENT
UID:c@provstad
SUMMARY:Inställd
DTSTART:20260605T100000Z
DURATION:PT2H
STATUS:CANCELLED
END:VEVENT
END:VCALENDAR
"""


def test_a_calendar_gives_an_event_a_row(tmp_path):
    workspace = Workspace(tmp_path)
    workspace.use("events_calendar", "*.ics")
    workspace.put("torget.ics", CALENDAR.replace("\n", "\r\n"))
    report = workspace.run()
    assert (report.fates[Fate.NEW] + report.fates[Fate.WAITING], report.fates[Fate.SET_ASIDE]) == (2, 1)
    assert report.files[0].said["events_repeat"] == "1"
    table = workspace.table("events").sort_values("starts").reset_index(drop=True)
    assert list(table["name"]) == ["Torgdag påtorget", "Festdagar"]
    assert table["starts"][0] == pd.Timestamp("2026-05-02T07:00", tz="UTC")
    assert table["location_precision"][0] == "exact"
    # Two whole days: the file's last day is the one after.
    assert (table["ends"][1] - table["starts"][1]) == pd.Timedelta(days=2)


def test_what_is_no_calendar_stops_the_file(tmp_path):
    workspace = Workspace(tmp_path)
    workspace.use("events_calendar", "*.ics")
    workspace.put("torget.ics", "detta är ingen kalender\n")
    (file,) = workspace.run().files
    assert file.stopped in {"file_unreadable", "file_no_rows"}


def test_an_hour_that_does_not_exist_and_an_end_before_the_start_are_rejected(tmp_path):
    workspace = Workspace(tmp_path)
    workspace.use("events", "evenemang.csv")
    rows = [
        "Natt;Torget;2026-03-29 02:30;2026-03-29 05:00",
        "Marknad;Torget;2026-05-02 14:00;2026-05-02 09:00",
        "Loppis;Torget;2026-05-02;2026-05-02",
        "Fest;Torget;snart;2026-05-02",
    ]
    workspace.put("evenemang.csv", "\n".join(["Evenemang;Plats;Början;Slut", *rows]) + "\n")
    (file,) = workspace.run().files
    assert [(one.row, one.code) for one in file.rejections] == [
        (2, "clock_skipped"),
        (3, "period_backwards"),
        (5, "date_unreadable"),
    ]
    (only,) = workspace.table("events").to_dict("records")
    assert only["ends"] - only["starts"] == pd.Timedelta(days=1)
