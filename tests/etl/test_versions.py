"""An event of a service is one record, whatever answers tell of it, in whatever order they come."""

import json
import random
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from small_workspace import Workspace

from geodata.account import Fate

SNAPSHOTS = Path(__file__).parents[3] / "shared" / "data" / "polisen_events" / "raw_snapshots.zip"
KEPT = ["observation_id", "linked_to", "link_reason", "text", "content_hash", "set_aside"]


def event(
    number: int, text: str, *, clock: str = "09.30", kind: str = "Brand", place: str = "Säffle"
) -> dict:
    return {
        "id": number,
        "datetime": "2025-03-21 9:52:28 +01:00",
        "name": f"21 mars {clock}, {kind}, {place}",
        "summary": text,
        "url": "",
        "type": kind,
        "location": {"name": place, "gps": "1,2"},
    }


def answers(workspace: Workspace, **said: list[dict]) -> None:
    """Put answers in the inbox, each named by the hour at which it was fetched."""
    workspace.use("police_events", "*.json")
    for hour, events in said.items():
        workspace.put(f"{hour}_events.json", json.dumps(events))


def stands(workspace: Workspace) -> pd.DataFrame:
    table = workspace.table()[KEPT].astype({"set_aside": bool})
    return table.sort_values("observation_id", ignore_index=True)


AT = "2025-03-21T{:02d}0000Z"


def test_an_edited_event_is_one_record_with_its_older_wording(workspace: Workspace) -> None:
    answers(
        workspace,
        **{
            AT.format(10): [event(1, "Brand i villa.")],
            AT.format(11): [event(1, "Brand i villa.")],
            AT.format(12): [event(1, "Brand i garage.")],
        },
    )
    report = workspace.run()
    assert report.adds_up
    table = stands(workspace)
    own = "1785:police_events:1"
    assert table["observation_id"].tolist() == [own, f"{own}~1"]
    assert table["text"].tolist() == ["Brand i garage.", "Brand i villa."]
    assert table["linked_to"].fillna("").tolist() == ["", own]
    assert table["link_reason"].fillna("").tolist() == ["", "version"]
    assert [file.fates[Fate.LINKED] for file in report.files] == [1, 1, 0]
    assert [file.said.get("linked_same_id") for file in report.files] == ["1", None, None]
    assert [file.said.get("linked_version") for file in report.files] == [None, "1", None]


def test_the_moment_of_fetching_decides_and_not_the_name_before_it(workspace: Workspace) -> None:
    workspace.use("police_events", "*.json")
    workspace.put("z_2025-03-21T100000Z.json", json.dumps([event(1, "Först.")]))
    workspace.put("a_2025-03-21T110000Z.json", json.dumps([event(1, "Sedan.")]))
    workspace.run()
    assert workspace.table().query("linked_to.isna()")["text"].tolist() == ["Sedan."]


def test_a_wording_that_comes_back_is_the_one_that_counts(workspace: Workspace) -> None:
    answers(
        workspace,
        **{AT.format(hour): [event(1, text)] for hour, text in ((10, "Ja."), (11, "Nej."), (12, "Ja."))},
    )
    workspace.run()
    table = stands(workspace)
    assert table["text"].tolist() == ["Ja.", "Nej."]
    assert workspace.run().fates[Fate.UNCHANGED] == 1


def test_a_stopped_answer_leaves_what_it_gave(workspace: Workspace) -> None:
    answers(workspace, **{AT.format(10): [event(1, "Först.")], AT.format(11): [event(1, "Sedan.")]})
    workspace.run()
    before = stands(workspace)
    workspace.put(f"{AT.format(11)}_events.json", "[")
    workspace.run()
    pd.testing.assert_frame_equal(stands(workspace), before)


def test_two_ids_of_one_event_are_linked(workspace: Workspace) -> None:
    answers(
        workspace,
        **{
            AT.format(10): [
                event(7, "Larm om brand i villa vid Storgatan."),
                event(12, "Larm om brand i en villa vid Storgatan."),
                event(13, "Larm om brand i en villa vid Storgatan.", clock="11.30"),
                event(14, "En container brinner."),
            ]
        },
    )
    file = workspace.only_file()
    assert file.adds_up
    linked = stands(workspace).query("linked_to.notna()")
    assert linked[["observation_id", "linked_to", "link_reason"]].values.tolist() == [
        ["1785:police_events:12", "1785:police_events:7", "same_event"]
    ]
    assert file.said["linked_same_event"] == "1"
    workspace.run()
    assert stands(workspace).query("linked_to.notna()").equals(linked)


@pytest.fixture(scope="module")
def real_answers() -> dict[str, bytes]:
    if not SNAPSHOTS.is_file():
        pytest.skip("../shared/data/polisen_events/raw_snapshots.zip is not here")
    with zipfile.ZipFile(SNAPSHOTS) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def events_of(answers: dict[str, bytes]) -> tuple[dict[str, str], dict[str, set[tuple[str, ...]]]]:
    """Read each event's newest text and all that was ever told of it, from answers by the hour of asking."""
    newest: dict[str, str] = {}
    wordings: dict[str, set[tuple[str, ...]]] = {}
    for _, content in sorted(answers.items()):
        for one in json.loads(content) if content else ():
            key = str(one["id"])
            newest[key] = one["summary"]
            told = (one["datetime"], one["name"], one["summary"], one["location"]["name"])
            wordings.setdefault(key, set()).add(told)
    return newest, wordings


def made(folder: Path) -> Workspace:
    """Make a workspace for answers of the events API."""
    (folder / "inbox").mkdir(parents=True)
    workspace = Workspace(folder)
    workspace.use("police_events", "*.json")
    return workspace


def test_real_answers_give_one_record_an_event(real_answers: dict[str, bytes], tmp_path: Path) -> None:
    """All 140 answers, three of them empty."""
    newest, wordings = events_of(real_answers)
    assert (len(real_answers), len(newest)) == (140, 806)

    whole = made(tmp_path)
    for name, content in real_answers.items():
        whole.put(name, content)
    report = whole.run()
    assert report.adds_up
    assert sorted(file.stopped for file in report.stopped) == ["file_empty"] * 3
    assert report.read == sum(len(json.loads(content)) for content in real_answers.values() if content)

    table = stands(whole)
    ids = table["observation_id"].str.removeprefix("1785:police_events:").str.split("~").str[0]
    counted = table[~table["observation_id"].str.contains("~")]
    assert sorted(ids.unique()) == sorted(newest)
    assert counted["observation_id"].is_unique
    assert len(counted) == len(newest)
    # A change of what is not kept of an event (its kind, where both kinds count as other) is none.
    reworded = {key for key, told in wordings.items() if len({text for _, _, text, _ in told}) > 1}
    assert reworded
    assert reworded <= set(ids[table["observation_id"].str.contains("~")])
    assert len(newest) + len(reworded) <= len(table) <= sum(map(len, wordings.values()))
    assert set(table.loc[table["observation_id"].str.contains("~"), "link_reason"]) == {"version"}


def test_answers_come_to_the_same_in_any_order_however_often(
    real_answers: dict[str, bytes], tmp_path: Path
) -> None:
    """Every twelfth answer and the empty ones: at once, and in three heaps of random ones, one import each."""
    names = sorted(real_answers)
    some = {name: real_answers[name] for name in names[::12]}
    some |= {name: b"" for name in names if not real_answers[name]}
    _, wordings = events_of(some)
    whole = made(tmp_path / "whole")
    for name, content in some.items():
        whole.put(name, content)
    whole.run()
    table = stands(whole)
    assert len(some) > 10
    assert len(table) > len(wordings)  # some were worded anew between two of the answers

    order = list(some)
    random.Random(3).shuffle(order)
    heaped = made(tmp_path / "heaped")
    for start in range(0, len(order), 5):
        for name in order[start : start + 5]:
            heaped.put(name, some[name])
        heaped.run()
    pd.testing.assert_frame_equal(stands(heaped), table)
    assert heaped.run().fates[Fate.NEW] == 0
    pd.testing.assert_frame_equal(stands(heaped), table)
