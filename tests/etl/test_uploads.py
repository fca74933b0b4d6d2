"""Files sent to the inbox: whole or not at all, under a safe name, never over another in silence."""

import io

import pytest
from small_workspace import Workspace

from etl.inbox import uploads
from etl.inbox.uploads import safe_name
from etl.pipeline import inbox_files, receive_file
from geodata.errors import ParameterError


def names(workspace: Workspace) -> set[str]:
    return {path.name for path in (workspace.folder / "inbox").rglob("*")}


def test_a_file_comes_whole_and_can_be_replaced_when_that_is_said(workspace):
    assert receive_file(workspace.folder, "svar.csv", io.BytesIO(b"a;b\n")) == "svar.csv"
    with pytest.raises(ParameterError) as fault:
        receive_file(workspace.folder, "svar.csv", io.BytesIO(b"c\n"))
    assert fault.value.code == "upload_taken"
    assert (workspace.folder / "inbox" / "svar.csv").read_bytes() == b"a;b\n"
    receive_file(workspace.folder, "svar.csv", io.BytesIO(b"c\n"), replace=True)
    assert (workspace.folder / "inbox" / "svar.csv").read_bytes() == b"c\n"
    assert names(workspace) == {"svar.csv"}


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\anna\\Händelser 2026.xlsx", "Händelser 2026.xlsx"),
        ("a\u030ak.csv", "åk.csv"),
        ("sv\u202ear\x00.csv", "svar.csv"),
        ('va"r<>?.csv', "var.csv"),
    ],
)
def test_a_name_loses_its_folders_and_what_others_can_not_read(given, safe):
    assert safe_name(given) == safe


@pytest.mark.parametrize(
    "given",
    ["", "..", "...", "/", ".dold", "~$öppen.xlsx", "nul.csv", "a" * 121, "a.csv.part", "a.csv.LOCKED. "],
)
def test_a_name_that_no_file_can_have_is_refused(given):
    with pytest.raises(ParameterError) as fault:
        safe_name(given)
    assert fault.value.code == "upload_name"


@pytest.mark.parametrize(("content", "code"), [(b"", "upload_empty"), (b"x" * 11, "upload_too_large")])
def test_what_is_empty_or_too_large_leaves_nothing_behind(workspace, monkeypatch, content, code):
    monkeypatch.setattr(uploads, "MOST_BYTES", 10)
    with pytest.raises(ParameterError) as fault:
        receive_file(workspace.folder, "svar.csv", io.BytesIO(content))
    assert fault.value.code == code
    assert names(workspace) == set()


def test_a_line_that_breaks_leaves_nothing_behind(workspace):
    class Broken(io.BytesIO):
        def read(self, size=-1):
            if self.tell():
                raise ConnectionResetError
            return super().read(4)

    with pytest.raises(ConnectionResetError):
        receive_file(workspace.folder, "svar.csv", Broken(b"a;b;c;d"))
    assert names(workspace) == set()


def test_the_inbox_says_which_source_reads_each_file(workspace):
    workspace.put_incidents()
    workspace.put("okänd.csv", "a;b\n")
    workspace.put("mapp/lager.shp", b"1")
    workspace.put(".dold", b"1")
    found = {file.name: file.sources for file in inbox_files(workspace.folder)}
    assert found == {
        "handelser_2025.csv": ("police_incidents",),
        "mapp/lager.shp": (),
        "okänd.csv": (),
    }
