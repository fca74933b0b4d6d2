"""Every shipped mapping has a sample file of its layout, which comes in as it should."""

from pathlib import Path

import pytest

from etl.mapping import SHIPPED, read_mapping, shipped_mappings
from etl.pipeline import run
from etl.synthetic.samples import SAMPLES, Sample
from geodata.account import Fate

EXEMPELSTAD = """
[municipality]
name = "Exempelstad"
code = "9999"
[geography]
extent = [12.4, 58.85, 13.9, 59.5]
[[source]]
name = "prov"
mapping = "{mapping}"
files = ["inbox/*"]
"""
ROWS = 8


def test_every_shipped_mapping_has_a_sample_but_those_of_readers_that_know_their_files() -> None:
    left = {path.stem for path in shipped_mappings()} - set(SAMPLES)
    formats = {read_mapping(SHIPPED / f"{name}.toml").reader.format for name in left}
    assert formats <= {"osm", "road_data", "icalendar"}, left


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=lambda sample: sample.mapping)
def test_a_sample_comes_in_with_the_fates_that_it_should(sample: Sample, tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    sample.write(tmp_path / "inbox" / sample.file)
    (tmp_path / "problembild.toml").write_text(EXEMPELSTAD.format(mapping=sample.mapping), encoding="utf-8")
    (file,) = run(tmp_path).files
    assert file.stopped is None, file.stopped_values
    assert file.read >= ROWS
    assert file.adds_up
    assert {str(fate): n for fate, n in file.fates.items() if n} == sample.fates, file.rejections
    assert file.fates[Fate.REJECTED] < file.read / 2
