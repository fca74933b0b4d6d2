"""What the command line tells of an import beside the fates of its rows."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.console import Voice
from dashboard.listings import print_areas, print_report
from dashboard.texts.catalogue import catalogue
from geodata.account import Fate, FileReport, ImportReport
from geodata.periods import Period


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_system_of_coordinates_that_was_found_is_said(capsys, language):
    file = FileReport("svar", "svar.csv", "", 2, {Fate.NEW: 2}, said={"crs": "3021", "crs_found": "3021"})
    stated = FileReport("rutor", "rutor.csv", "", 1, {Fate.NEW: 1}, said={"crs": "3006"})
    print_report(Voice(catalogue(language)), ImportReport("", "", (file, stated)))
    told = capsys.readouterr().out
    assert told.count("EPSG:3021") == 1
    assert "EPSG:3006" not in told


@pytest.mark.parametrize("language", ["sv", "en"])
def test_areas_say_when_and_how_they_were_found_and_what_was_left_out(
    capsys, monkeypatch, hotspots, language
):
    monkeypatch.setenv("COLUMNS", "250")
    new = replace(hotspots.areas[0], first_day=date(2025, 3, 1), last_day=date(2025, 4, 30))
    texts = catalogue(language)
    found = replace(
        hotspots, method="space_time_scan", areas=(new,), seed=7, not_used={"day_unknown": 3},
        counting_rule="inside_cell",
    )  # fmt: skip
    print_areas(Voice(texts), found)
    told = capsys.readouterr().out
    assert texts("cli.column.window") in told.split()
    assert texts.form.period(Period(new.first_day, new.last_day)) in told
    assert texts("method.seed", seed="7") in told
    assert texts("method.not_used", n=3, why=texts("not_used.day_unknown")) in told
    print_areas(Voice(texts), hotspots)
    assert texts("cli.column.window") not in capsys.readouterr().out.split()


@pytest.mark.parametrize("method", ["count", "getis_ord"])
def test_a_method_without_chance_that_finds_nothing_says_nothing_of_chance(capsys, hotspots, method):
    print_areas(Voice(catalogue("sv")), replace(hotspots, method=method, areas=()))
    first = capsys.readouterr().out.splitlines()[0]
    assert catalogue("sv")(f"method_choice.{method}").lower() in first
