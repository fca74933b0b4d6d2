import csv
import io
from dataclasses import replace
from datetime import date

import pytest

from dashboard.components.account import account
from dashboard.views.address import Address, as_audience
from dashboard.views.sources import fate_sum, rejected_list, rejection_message, sources_view
from geodata.account import Fate, FileReport, ImportReport, Rejection
from geodata.analyses.area_counts import AreaCount, AreaCounts
from geodata.analyses.coverage import Coverage, SourceCoverage
from geodata.precision import LocationPrecision
from geodata.privacy import Audience
from geodata.project import parse_project
from geodata.selection import Selection

REJECTED = Rejection("handelser_2025.csv", 1207, "Datum", "date_impossible", "=2025-02-30")
READ = FileReport(
    source="handelser",
    file="handelser_2025.csv",
    sha256="",
    read=1300,
    fates={Fate.NEW: 1290, Fate.WAITING: 9, Fate.REJECTED: 1},
    rejections=(REJECTED,),
    said={"encoding": "Windows-1252", "decimal": ","},
)
STOPPED = FileReport(
    source="enkat",
    file="enkat.csv",
    sha256="",
    read=0,
    fates={},
    stopped="columns_missing",
    stopped_values={"file": "enkat.csv", "column": "Datum", "mapping": "kobo_survey", "found": "start, end"},
)
REPORT = ImportReport("2026-11-22T06:00:00+00:00", "2026-11-22T06:00:09+00:00", (READ, STOPPED))


@pytest.fixture
def project():
    return parse_project(
        {
            "municipality": {"name": "Exempelstad", "code": "9999"},
            "source": [{"name": "handelser", "mapping": "police_incidents", "files": ["inbox/*.csv"]}],
            "attribution": ["© Exempelstad"],
        }
    )


@pytest.fixture
def page(project):
    coverage = Coverage(
        first=date(2025, 1, 1),
        last=date(2025, 12, 31),
        streams={},
        categories={},
        set_aside=0,
        linked=0,
        sources=(
            SourceCoverage("enkat", 40, date(2025, 1, 1), date(2026, 11, 21)),
            SourceCoverage("handelser", 1290, date(2025, 1, 1), None),
            SourceCoverage("oversyner", 12, date(2024, 1, 1), date(2025, 11, 22)),
        ),
    )
    counts = AreaCounts(
        (AreaCount("Säffle", LocationPrecision.MUNICIPALITY, "traffic_accident", 12),),
        12,
        "known_to_area",
    )

    def view(texts, address):
        return sources_view(
            texts, address, report=REPORT, project=project, coverage=coverage, area_counts=counts
        )

    return view


def test_what_was_read_is_the_sum_of_what_became_of_it(swedish):
    assert fate_sum(swedish, READ) == "1\xa0300 lästa rader = 1\xa0290 nya + 9 saknar plats + 1 avvisad"


def test_a_rejected_row_is_found_again(swedish, english):
    assert rejection_message(swedish, REJECTED) == (
        "handelser_2025.csv, rad 1207, kolumn Datum, värde =2025-02-30: den dagen finns inte"
    )
    assert rejection_message(english, REJECTED).endswith("value =2025-02-30: there is no such day")


def test_the_page_says_what_stopped_and_why(swedish, police, page):
    view = page(swedish, police)
    assert view.sentence == "1\xa0300 rader är lästa ur 2 filer. 1 avvisades. En fil kunde inte läsas in."
    (stopped,) = view.stopped
    assert stopped.stopped.startswith(
        "enkat.csv: kolumnen Datum, som mappningen kobo_survey behöver, saknas."
    )
    assert view.basis.endswith("Senast inläst 22\xa0november\xa02026 kl. 07.00.")


def test_staff_see_rejected_rows_and_may_download_them(swedish, police, page):
    (file,) = page(swedish, police).files
    assert file.source == "Polisens händelser"
    assert file.rejected == (("1\xa0207", "Datum", "=2025-02-30", "den dagen finns inte"),)
    assert file.download == "/underlag/avvisade.csv?fil=handelser_2025.csv&som=polis&sprak=sv"
    assert file.reasons == ("1 rad: den dagen finns inte",)


def test_the_source_that_is_longest_without_news_stands_first(swedish, council, page):
    view = page(swedish, council)
    assert [(row.source, row.age) for row in view.freshness] == [
        ("Polisens händelser", ""),
        ("Oversyner", "365 dagar"),
        ("Enkat", "1 dag"),
    ]
    assert "365 dagar" in account(swedish, view)


def test_the_council_sees_no_account_of_rows(swedish, council, page):
    view = page(swedish, council)
    assert (view.files, view.stopped) == ((), ())
    assert view.sentence == "Bilden bygger på 3 källor."
    page = account(swedish, view)
    assert "visas bara för dem som arbetar med uppgifterna" in page
    assert not any(told in page for told in ("2025-02-30", "avvisa", "Windows-1252", "1\xa0300"))


def test_what_is_known_to_an_area_only_stands_apart(swedish, police, page):
    view = page(swedish, police)
    assert view.area_counts == (("Säffle", "Trafikolycka", "12"),)
    assert view.freshness[0].last == "okänt"


def test_the_download_opens_in_a_spreadsheet_and_starts_no_formula(swedish):
    text = rejected_list(swedish, [REJECTED])
    assert text.startswith("\N{BYTE ORDER MARK}")
    rows = list(csv.reader(io.StringIO(text[1:]), delimiter=";"))
    assert rows == [
        ["Fil", "Rad", "Kolumn", "Värde", "Orsak"],
        ["handelser_2025.csv", "1207", "Datum", "'=2025-02-30", "den dagen finns inte"],
    ]


def test_a_source_without_files_says_so_and_counts_as_no_file(swedish, project, page):
    empty = FileReport("svar", "inbox/svar_*.csv", "", 0, {}, said={"no_files": "inbox/svar_*.csv"})
    unread = FileReport("", "okand.csv", "", 0, {}, said={"no_source": "okand.csv"})
    report = ImportReport(REPORT.started_at, REPORT.finished_at, (READ, empty, unread))
    view = sources_view(
        swedish,
        Address(Selection(audience=Audience.COORDINATOR)),
        report=report,
        project=project,
        coverage=Coverage(None, None, {}, {}, 0, 0, ()),
        area_counts=AreaCounts((), 0, "known_to_area"),
    )
    assert view.sentence.startswith("1\xa0300 rader är lästa ur 1 filer.")
    assert [file.sum_line for file in view.files][1:] == ["Ingen fil i inbox passar inbox/svar_*.csv."]
    assert view.download_all == "/underlag/avvisade.zip?som=samordnare&sprak=sv"


def test_a_row_that_was_mended_waits_for_nobody_and_still_adds_up(swedish, police, project):
    mended = replace(
        READ, fates={Fate.NEW: 1289, Fate.WAITING: 9, Fate.REJECTED: 2},
        rejections=(REJECTED, replace(REJECTED, row=1208, mended=True)), said={"mended": "1"},
    )  # fmt: skip

    def view(*rows):
        told = replace(mended, rejections=rows)
        return sources_view(
            swedish,
            as_audience(police, Audience.COORDINATOR),
            report=ImportReport(REPORT.started_at, REPORT.finished_at, (told,)),
            project=project,
            coverage=Coverage(date(2025, 1, 1), date(2025, 12, 31), {}, {}, 0, 0, ()),
            area_counts=AreaCounts((), 0, "known_to_area"),
        )

    both = view(*mended.rejections)
    assert both.sentence.endswith("2 avvisades. 1 av dem är rättad i en egen fil.")
    (file,) = both.files
    assert [row[0] for row in file.rejected] == ["1\N{NO-BREAK SPACE}207"]
    assert "1 av de avvisade raderna står rättade i en egen tabell." in file.said
    assert file.sum_line.endswith("2 avvisade")
    assert both.download_all is not None
    done = view(replace(REJECTED, mended=True))
    assert (done.download_all, done.files[0].download) == (None, None)
