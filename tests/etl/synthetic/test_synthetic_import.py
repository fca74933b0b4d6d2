"""Exempelstad through the real import: its account is what the maker says it should be."""

from etl.pipeline import run
from etl.synthetic.sizes import Size
from etl.synthetic.town import make_town
from geodata.account import Fate


def test_the_import_accounts_for_every_made_row(tmp_path):
    made = make_town(tmp_path, size=Size.SMALL, seed=11)
    report = run(tmp_path)
    assert report.adds_up
    assert not report.stopped
    said = {file.file.removeprefix("inbox/"): file for file in made.files}
    assert {file.file.removeprefix("inbox/") for file in report.files} == set(said)
    for file in report.files:
        expected = said[file.file.removeprefix("inbox/")]
        assert file.read == expected.read, file.file
        assert {fate: file.fates.get(fate, 0) for fate in Fate} == expected.fates, file.file
