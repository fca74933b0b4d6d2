"""What points to a person stands nowhere but in the inbox, whatever column of whatever layout it came in."""

import json
import shutil
from pathlib import Path

import pytest
from canaries import CANARIES, found_in, plant, plantable
from typer.testing import CliRunner

from dashboard.command import app
from etl.mapping import find_mapping, read_mapping
from etl.pipeline import run
from etl.synthetic.samples import SAMPLES, Sample

PROJECT = """
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
RECORDS = {"observations", "measurements", "batches"}
"""Tables that people write in. The names of a layer may be persons': a school or a street is called so."""

PLANTABLE = [sample for sample in SAMPLES.values() if plantable(Path(sample.file))]


def prepare(sample: Sample, folder: Path) -> Path:
    """Make a workspace with a sample file in its inbox."""
    (folder / "inbox").mkdir(parents=True)
    (folder / "problembild.toml").write_text(PROJECT.format(mapping=sample.mapping), encoding="utf-8")
    sample.write(folder / "inbox" / sample.file)
    return folder / "inbox" / sample.file


def test_most_layouts_can_be_planted_in():
    assert {sample.mapping for sample in SAMPLES.values()} - {sample.mapping for sample in PLANTABLE} <= {
        "areas",
        "boundary",
        "nvdb_streets",
        "osm_areas",
        "osm_schools",
        "osm_streets",
        "scb_boundary",
        "scb_deso",
        "scb_localities",
        "scb_population",
        "scb_regso",
        "streets",
    }


@pytest.mark.parametrize("sample", PLANTABLE, ids=lambda sample: sample.mapping)
def test_nothing_of_a_person_leaves_the_inbox(sample: Sample, tmp_path: Path) -> None:
    table = read_mapping(find_mapping(sample.mapping, source="prov", workspace=tmp_path)).table
    path = prepare(sample, tmp_path / "w")
    kinds = [kind for kind in CANARIES if kind != "name" or table in RECORDS]
    # One file a kind: ids that are the same in all would make rows repeat each other.
    for kind in kinds:
        planted = shutil.copy(path, path.with_name(f"{kind}_{path.name}"))
        assert plant(Path(planted), CANARIES[kind][0]) >= 1
    path.unlink()
    report = run(tmp_path / "w")
    assert report.adds_up
    told = json.dumps(report.to_json(), ensure_ascii=False)
    for kind in kinds:
        _, signs = CANARIES[kind]
        assert found_in(tmp_path / "w" / "store", signs) == [], kind
        assert [sign for sign in signs if sign in told] == [], kind


def test_nothing_of_a_person_is_said_of_a_heading_or_by_the_command(tmp_path: Path) -> None:
    sample = SAMPLES["police_incidents"]
    path = prepare(sample, tmp_path / "w")
    written, signs = CANARIES["phone"]
    plant(path, written)
    heading, _, rest = path.read_bytes().decode("cp1252").partition("\r\n")
    other = f"{heading};Ring {written}\r\n" + "\r\n".join(f"{row};x" for row in rest.splitlines())
    path.with_name("rubrik.csv").write_bytes(other.encode("cp1252"))
    result = CliRunner().invoke(app, ["import", "--workspace", str(tmp_path / "w")])
    assert result.exit_code == 1
    assert "***" in result.output
    assert [sign for sign in signs if sign in result.output] == []
    assert found_in(tmp_path / "w" / "store", signs) == []
    assert not (tmp_path / "w" / "out").exists() or found_in(tmp_path / "w" / "out", signs) == []
