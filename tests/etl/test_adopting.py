"""A file that no source reads is looked at, decided on and taken into use, without a line of TOML by hand."""

import tomllib

import pytest
from osm_extract import write_extract
from small_workspace import Workspace

from etl.pipeline import adopt, describe_unread, shipped_for
from geodata.errors import FileFaultError, MissingError, ProjectError

LINES = (
    "Löpnr;Tidpunkt;Vad gäller det;Beskrivning;Latitud;Longitud",
    "1;2025-03-14 17:59;Mörkt;Lampan vid gångtunneln är trasig;59.13;12.92",
    "2;2025-03-15 08:10;För hög fart;Bilarna kör för fort på morgonen;59.14;12.93",
    "3;2025-03-16 21:30;Skräpigt;Glas i hela lekparken;59.12;12.94",
)


def put(workspace: Workspace, *lines: str, name: str = "synpunkter_2025.csv") -> None:
    workspace.use("police_incidents", "handelser_*.csv")
    workspace.put(name, "\n".join(lines) + "\n")


def sources(workspace: Workspace) -> list[dict]:
    return tomllib.loads((workspace.folder / "problembild.toml").read_text(encoding="utf-8"))["source"]


def test_a_proposal_is_taken_into_use_and_the_next_import_reads_the_file(workspace: Workspace) -> None:
    put(workspace, *LINES)
    assert workspace.run().read == 0
    found = describe_unread(workspace.folder, "synpunkter_2025.csv")
    assert found.trial.accepted == 3
    assert adopt(workspace.folder, "synpunkter_2025.csv", settings={}) == (found.name,)
    assert sources(workspace)[-1] == {
        "name": found.name,
        "mapping": found.name,
        "files": ["inbox/synpunkter*.csv"],
    }
    assert workspace.run().read == 3
    assert len(workspace.table()) == 3
    with pytest.raises(MissingError) as caught:
        describe_unread(workspace.folder, "synpunkter_2025.csv")
    assert caught.value.code == "unread_unknown"


def test_what_can_be_read_in_two_ways_must_be_decided(workspace: Workspace) -> None:
    days = [
        f"{at};0{at}/02/2025 17:5{at};Mörkt;Lampan vid gångtunneln är trasig {at};59.13;12.92"
        for at in (1, 2, 3)
    ]
    put(workspace, LINES[0], *days)
    found = describe_unread(workspace.folder, "synpunkter_2025.csv")
    assert list(found.trial.settings) == ["date_order"]
    before = (workspace.folder / "problembild.toml").read_bytes()
    for settings, code in (({}, "proposal_undecided"), ({"date_order": "xyz"}, "project_invalid")):
        with pytest.raises(ProjectError) as caught:
            adopt(workspace.folder, "synpunkter_2025.csv", settings=settings)
        assert caught.value.code == code
        assert (workspace.folder / "problembild.toml").read_bytes() == before
        assert not (workspace.folder / "mappings").exists()
    adopt(workspace.folder, "synpunkter_2025.csv", settings={"date_order": "dmy"})
    assert sources(workspace)[-1]["date_order"] == "dmy"
    assert workspace.run().read == 3


def test_a_pattern_takes_no_file_of_another_source_and_a_name_is_used_once(workspace: Workspace) -> None:
    put(workspace, *LINES, name="handelser_2025.csv")
    put(workspace, *LINES, name="handelser.csv")
    (name,) = adopt(workspace.folder, "handelser.csv", settings={})
    assert sources(workspace)[-1]["files"] == ["inbox/handelser.csv"]
    assert name not in {source["name"] for source in sources(workspace)[:-1]}


def test_a_file_of_a_known_format_is_read_by_the_ready_mappings_that_are_chosen(workspace: Workspace) -> None:
    workspace.use("police_incidents", "handelser_*.csv")
    (workspace.folder / "inbox").mkdir(exist_ok=True)
    write_extract(
        workspace.folder / "inbox" / "saffle.osm.pbf",
        nodes={
            1: (12.92, 59.13),
            2: (12.921, 59.13),
            3: (12.925, 59.131, {"amenity": "school", "name": "Tegnérskolan"}),
        },
        ways={4236349: ([1, 2], {"highway": "residential", "name": "Skolgatan"})},
    )
    with pytest.raises(FileFaultError) as caught:
        describe_unread(workspace.folder, "saffle.osm.pbf")
    offered = shipped_for(workspace.folder, caught.value)
    assert [one.name for one in offered] == ["osm_streets", "osm_areas", "osm_schools"]
    assert all(one.is_missing and one.title for one in offered)
    with pytest.raises(ProjectError) as undecided:
        adopt(workspace.folder, "saffle.osm.pbf", settings={})
    assert undecided.value.code == "proposal_nothing_chosen"
    chosen = {"osm_streets": "1", "osm_schools": "1", "kobo_survey": "1"}
    assert adopt(workspace.folder, "saffle.osm.pbf", settings=chosen) == ("osm_streets", "osm_schools")
    assert [one["mapping"] for one in sources(workspace)[1:]] == ["osm_streets", "osm_schools"]
    assert workspace.run().stopped == ()
    assert workspace.table("streets")["name"].tolist() == ["Skolgatan"]
    assert workspace.table("schools")["name"].tolist() == ["Tegnérskolan"]


@pytest.mark.parametrize("name", ["../problembild.toml", "borta.csv", ""])
def test_only_what_waits_in_the_inbox_is_looked_at(workspace: Workspace, name: str) -> None:
    put(workspace, *LINES)
    with pytest.raises(MissingError):
        describe_unread(workspace.folder, name)
