"""What points to a person comes no further than the door, whatever column it stands in."""

import json

from small_workspace import Workspace, incident

SECRET = "850101-1234"


def events(workspace: Workspace, *, name: str, place: str = "Säffle") -> None:
    event = {
        "id": 1,
        "datetime": "2025-03-21 9:52:28 +01:00",
        "name": name,
        "summary": "",
        "url": "",
        "type": "",
        "location": {"name": place, "gps": "1,2"},
    }
    workspace.use("police_events", "handelser.json")
    workspace.put("handelser.json", json.dumps([event]))


def test_values_that_are_counted_as_other_are_named_masked(workspace: Workspace) -> None:
    events(workspace, name=f"21 mars 09:30, Ring Anna {SECRET} {'x' * 100}, Säffle")
    said = workspace.only_file().said["values_unmatched"]
    assert said.startswith("Ring Anna *** xxx")
    assert len(said) == 80


def test_the_name_of_an_area_is_masked(workspace: Workspace) -> None:
    events(workspace, name="21 mars 09:30, Brand, Säffle")
    mapping = workspace.folder / "mappings" / "police_events.toml"
    mapping.parent.mkdir()
    mapping.write_text(
        """
title = "x"
table = "observations"
stream = "incident"
[reader]
format = "delimited"
[time]
date = "dag"
[location]
area = "var"
[constants]
category = "other"
[[acceptance]]
row = { dag = "2025-03-14", var = "Säffle" }
expect = { location_text = "Säffle" }
""",
        encoding="utf-8",
    )
    workspace.put("handelser.json", f"dag;var\n2025-03-14;hos {SECRET}\n")
    file = workspace.only_file()
    assert workspace.table()["location_text"].tolist() == ["hos ***"]
    assert file.masked == 1


def test_where_an_answer_was_given_is_masked(workspace: Workspace) -> None:
    workspace.use("kobo_survey", "kobo.csv")
    heading = (
        "start;end;today;_id;_uuid;_submission_time;alder;kon;insamlingsplats;problem;nar;kommentar;plats;"
        "_plats_latitude;_plats_longitude;_plats_altitude;_plats_precision"
    )
    start = "2025-05-12T14:03:22.000+02:00"
    row = f"{start};{start};2025-05-12;1;u1;2025-05-12T12:03:22;;;hos Anna 070-123 45 67;morkt;;;;;;;"
    workspace.put("kobo.csv", f"{heading}\n{row}\n")
    file = workspace.only_file()
    assert workspace.table()["collected_at"].tolist() == ["hos Anna ***"]
    assert file.masked == 1


def test_an_id_that_points_to_a_person_is_kept_as_its_digest(workspace: Workspace) -> None:
    path = workspace.put_incidents(incident(SECRET), incident("5000-K000140-25"))
    workspace.run()
    first = workspace.table().set_index("origin_row")[["observation_id", "source_record_id"]]
    assert not first.map(lambda text: SECRET in text).any(axis=None)
    assert first.loc[3, "source_record_id"] == "5000-K000140-25"
    path.write_bytes(path.read_bytes().replace(b"fart", b"fart nu"))
    file = workspace.only_file()
    assert {str(fate): count for fate, count in file.fates.items() if count} == {"changed": 2}
    again = workspace.table().set_index("origin_row")[["observation_id", "source_record_id"]]
    assert again.equals(first)
