"""Practice round a municipality's places: what is made up, in which files, and where it is refused."""

from datetime import date

import pytest
import shapely
from typer.testing import CliRunner

from dashboard.command import app
from etl.synthetic.practice import ANSWERS, INCIDENTS, write_practice
from etl.synthetic.practice_told import Course
from geodata.errors import ParameterError, ProjectError
from geodata.places.place import Place
from geodata.project import parse_project
from geodata.schema import PlaceKind

COURSE = Course(date(2016, 4, 25), date(2016, 4, 29), date(2017, 6, 30))
SCHOOL = Place(
    1, PlaceKind.SCHOOL_ZONE, "Tegnérskolan", shapely.Point(382_096, 6_556_218).buffer(400), "schools:1"
)
SQUARE = Place(2, PlaceKind.SQUARE, "Stortorget", shapely.Point(381_500, 6_556_600).buffer(60), "areas:1")
SOURCES = {
    "pahittade_svar": ("kobo_survey", "svar.csv"),
    "pahittad_trygghetsmatning": ("map_survey", "matning.geojson"),
    "pahittade_handelser": ("police_incidents", "handelser_*.csv"),
    "pahittade_oversyner": ("traffic_reviews", "oversyner.csv"),
    "pahittade_felanmalningar": ("citizen_reports", "fel.csv"),
    "pahittade_hastigheter": ("speed_measurements", "fart.csv"),
    "pahittad_befolkning": ("population", "befolkning.csv"),
    "skolor": ("schools_csv", "schools.csv"),
}


def project(sources=SOURCES, *, made_up=True):
    return parse_project(
        {
            "municipality": {"name": "Säffle", "code": "1785", "made_up": made_up},
            "source": [
                {"name": name, "mapping": mapping, "files": [f"inbox/{file}"]}
                for name, (mapping, file) in sources.items()
            ],
        }
    )


def test_the_sources_that_say_so_get_a_file_each_and_no_other_does(tmp_path):
    written = write_practice(tmp_path, project(), [SCHOOL, SQUARE], COURSE, seed=1)
    assert "inbox/handelser_.csv" in written
    assert len(written) == len(SOURCES) - 1
    assert not (tmp_path / "inbox" / "schools.csv").exists()


def test_the_same_seed_gives_the_same_files_and_another_does_not(tmp_path):
    told = []
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        write_practice(tmp_path / name, project(), [SCHOOL, SQUARE], COURSE, seed=seed)
        told.append((tmp_path / name / "inbox" / "svar.csv").read_bytes())
    assert told[0] == told[1] != told[2]


def test_a_small_municipality_s_year_ends_on_the_day_that_was_asked_for(tmp_path):
    write_practice(tmp_path, project(), [SCHOOL, SQUARE], COURSE, seed=1)
    incidents = (tmp_path / "inbox" / "handelser_.csv").read_text(encoding="cp1252").splitlines()[1:]
    days = [line.split(";")[1] for line in incidents]
    assert len(days) == INCIDENTS
    assert (max(days), min(days) >= str(COURSE.first)) == ("2017-06-30", True)
    assert all(line.startswith("PÅHITTAD-") for line in incidents)
    answers = (tmp_path / "inbox" / "svar.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    asked = [line.split(";")[2] for line in answers]
    assert sum("2016-04-25" <= day <= "2016-04-29" for day in asked) == ANSWERS
    assert all("pahittat-" in line for line in answers)


def test_a_retired_place_is_told_nothing_of(tmp_path):
    retired = Place(3, PlaceKind.PARK, "Gamla parken", SQUARE.geometry, "areas:2", retired=True)
    write_practice(tmp_path, project(), [SCHOOL, retired], COURSE, seed=1)
    assert "Gamla parken" not in (tmp_path / "inbox" / "svar.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("code", "settings", "places"),
    [
        ("practice_not_made_up", {"made_up": False}, [SCHOOL]),
        ("practice_no_source", {"sources": {"skolor": ("schools_csv", "s.csv")}}, [SCHOOL]),
        ("practice_no_source", {"sources": {"pahittade_olyckor": ("strada", "s.xlsx")}}, [SCHOOL]),
        ("practice_no_place", {}, []),
    ],
)
def test_what_won_t_do_is_said_and_nothing_is_written(tmp_path, code, settings, places):
    with pytest.raises((ProjectError, ParameterError)) as raised:
        write_practice(tmp_path, project(**settings), places, COURSE, seed=1)
    assert raised.value.code == code
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "days",
    [(date(2016, 5, 1), date(2016, 4, 1), date(2017, 1, 1)), (date(2016, 5, 1),) * 2 + (date(2022, 1, 1),)],
)
def test_days_out_of_order_or_too_many_are_refused(days):
    with pytest.raises(ParameterError) as raised:
        Course(*days)
    assert raised.value.code == "practice_days"


def test_a_municipality_s_own_workspace_is_never_practised_in(tmp_path):
    runner = CliRunner()
    where = ["-w", str(tmp_path)]
    assert runner.invoke(app, ["init", "--name", "Säffle", "--code", "1785", *where]).exit_code == 0
    days = ["--asked", "2016-04-25", "--until", "2016-04-29", "--last", "2017-06-30"]
    done = runner.invoke(app, ["practice", *days, *where])
    assert done.exit_code == 2
    assert "made_up = true" in done.output
    assert not list((tmp_path / "inbox").iterdir())
