"""What an account says beside the fates: rows that are gone, files read twice, names that don't collide."""

import pytest
from small_workspace import HEADING, Workspace, incident

from geodata.account import FileReport, ImportReport


def said(report: ImportReport, code: str) -> list[str | None]:
    return [file.said.get(code) for file in report.files]


def by_source(report: ImportReport) -> dict[str, FileReport]:
    return {file.source: file for file in report.files}


def test_rows_that_are_no_longer_in_a_file_are_said(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1"), incident("K2"), incident("K3"), incident("K3"))
    assert said(workspace.run(), "rows_gone") == [None]
    workspace.put_incidents(incident("K1"))
    assert said(workspace.run(), "rows_gone") == ["2"]
    assert said(workspace.run(), "rows_gone") == [None]


def test_a_row_that_is_rejected_now_has_not_come_in_again(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1"), incident("K2"))
    workspace.run()
    workspace.put_incidents(incident("K1"), incident("K2", day="2025-02-30"))
    assert said(workspace.run(), "rows_gone") == ["1"]


def test_a_row_that_moved_to_another_file_is_not_gone(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1"), incident("K2"), name="handelser_2024.csv")
    workspace.run()
    workspace.put_incidents(incident("K1"), name="handelser_2024.csv")
    workspace.put_incidents(incident("K2"), name="handelser_2025.csv")
    assert said(workspace.run(), "rows_gone") == [None, None]


def test_the_same_file_under_two_sources_is_said_of_both(workspace: Workspace) -> None:
    workspace.put_incidents(incident("K1"))
    workspace.use("police_incidents", "handelser_*.csv", name="polisen")
    files = by_source(workspace.run())
    assert files["police_incidents"].said["same_file"] == "polisen (handelser_2025.csv)"
    assert files["polisen"].said["same_file"] == "police_incidents (handelser_2025.csv)"
    workspace.put_incidents(incident("K2"), name="handelser_2026.csv")
    workspace.use("police_incidents", "handelser_2026.csv", name="polisen")
    assert said(workspace.run(), "same_file") == [
        None,
        "polisen (handelser_2026.csv)",
        "police_incidents (handelser_2026.csv)",
        None,
    ]


def test_one_source_with_the_same_file_twice_links_and_warns_of_nothing(workspace: Workspace) -> None:
    for name in ("handelser_2025.csv", "handelser_kopia.csv"):
        workspace.put_incidents(incident("K1"), name=name)
    assert said(workspace.run(), "same_file") == [None, None]


@pytest.mark.parametrize("beside", ["h.csv", "inbox/inbox/h.csv"])
def test_files_of_one_name_in_two_folders_both_come_in(workspace: Workspace, beside: str) -> None:
    workspace.use("police_incidents", "h.csv")
    project = workspace.folder / "problembild.toml"
    text = project.read_text(encoding="utf-8")
    patterns = '["*.csv", "inbox/*.csv", "inbox/inbox/*.csv"]'
    project.write_text(text.replace('["inbox/h.csv"]', patterns), encoding="utf-8")
    workspace.put("h.csv", f"{HEADING}\n{incident('K1')}\n")
    workspace.put(f"../{beside}", f"{HEADING}\n{incident('K2')}\n")
    assert len({file.file for file in workspace.run().files}) == 2
    assert sorted(workspace.table()["source_record_id"]) == ["K1", "K2"]
