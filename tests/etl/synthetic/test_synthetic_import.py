"""Exempelstad through the real import: its account is what the maker says it should be."""

from etl.pipeline import run
from etl.synthetic.sizes import Size
from etl.synthetic.town import make_town
from geodata.account import Fate
from geodata.store.snapshots import open_current


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
        # A row whose point is missing waits, unless its words are enough for a place.
        placed = int(file.said.get("placed_by_words", 0))
        moved = {Fate.NEW: placed, Fate.WAITING: -placed}
        wanted = {fate: count + moved.get(fate, 0) for fate, count in expected.fates.items()}
        assert {fate: file.fates.get(fate, 0) for fate in Fate} == wanted, file.file
    observations = open_current(tmp_path / "store").table("observations")
    by_words = observations[observations["located_by"] == "gazetteer"]
    assert len(by_words) == sum(int(file.said.get("placed_by_words", 0)) for file in report.files) > 0
    assert by_words["location_text"].notna().all()
    assert by_words["street_id"].eq(-1).all()  # a street's middle is no spot
