"""What the command line tells of an import beside the fates of its rows."""

import pytest

from dashboard.console import Voice
from dashboard.listings import print_report
from dashboard.texts.catalogue import catalogue
from geodata.account import Fate, FileReport, ImportReport


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_system_of_coordinates_that_was_found_is_said(capsys, language):
    file = FileReport("svar", "svar.csv", "", 2, {Fate.NEW: 2}, said={"crs": "3021", "crs_found": "3021"})
    stated = FileReport("rutor", "rutor.csv", "", 1, {Fate.NEW: 1}, said={"crs": "3006"})
    print_report(Voice(catalogue(language)), ImportReport("", "", (file, stated)))
    told = capsys.readouterr().out
    assert told.count("EPSG:3021") == 1
    assert "EPSG:3006" not in told
