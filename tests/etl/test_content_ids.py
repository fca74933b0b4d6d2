"""Records without an id of their own are known by their content, their shape included."""

import json

from small_workspace import Workspace

from geodata.account import Fate

MAPPING = """
title = "Kartenkät utan nummer"
table = "observations"
stream = "survey"
[reader]
format = "vector"
[time]
date = "dag"
precision = "day"
[location]
geometry = true
[fields.category]
column = "vad"
values = { fart = "traffic_speed" }
[[acceptance]]
row = { dag = "2025-05-20", vad = "fart" }
geometry = "POINT (12.93 59.13)"
expect = { category = "traffic_speed" }
"""


def feature(lon: float | None) -> dict[str, object]:
    point = None if lon is None else {"type": "Point", "coordinates": [lon, 59.13]}
    return {"type": "Feature", "properties": {"dag": "2025-05-20", "vad": "fart"}, "geometry": point}


def test_answers_that_differ_in_place_alone_are_different_answers(workspace: Workspace) -> None:
    (workspace.folder / "mappings").mkdir()
    (workspace.folder / "mappings" / "utan_nummer.toml").write_text(MAPPING, encoding="utf-8")
    workspace.use("utan_nummer", "svar.geojson")
    features = [feature(12.93), feature(12.930001), feature(12.93), feature(None)]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    workspace.put("svar.geojson", text)
    file = workspace.only_file()
    assert (file.fates[Fate.NEW], file.fates[Fate.WAITING]) == (3, 1)
    assert workspace.table()["observation_id"].nunique() == 4
    workspace.put("svar.geojson", text.replace("12.930001", "12.940001"))
    file = workspace.only_file()
    assert (file.fates[Fate.NEW], file.fates[Fate.UNCHANGED]) == (1, 2)
