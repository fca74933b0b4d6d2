"""A file that no source reads is named by the import and by the check; nothing is passed over in silence."""

from small_workspace import Workspace, incident

from etl.check import check
from etl.inbox.retention import remove_with_companions
from geodata.account import Fate


def test_a_file_that_no_source_reads_is_named(workspace: Workspace) -> None:
    workspace.put_incidents(incident())
    workspace.put("okänd enkät.csv", "a;b\n1;2\n")
    workspace.put("mapp/annan.xlsx", b"PK")
    report = workspace.run()
    assert report.adds_up
    assert [(file.source, file.file, file.said) for file in report.files[1:]] == [
        ("", "mapp/annan.xlsx", {"no_source": "mapp/annan.xlsx"}),
        ("", "okänd enkät.csv", {"no_source": "okänd enkät.csv"}),
    ]
    assert report.fates[Fate.NEW] == 1
    assert check(workspace.folder).unread == ("mapp/annan.xlsx", "okänd enkät.csv")
    assert [file.file for file in workspace.run().files] == [file.file for file in report.files]


def test_what_belongs_to_a_file_that_is_read_is_not_unread(workspace: Workspace) -> None:
    workspace.use("areas", "*.shp")
    for name in ("yta.shp", "yta.dbf", "yta.prj", "yta.shp.xml", "annan.dbf", ".gömd", "~$öppen.xlsx"):
        workspace.put(name, b"x")
    assert check(workspace.folder).unread == ("annan.dbf",)


def test_removing_a_shape_takes_only_what_belongs_to_it(workspace: Workspace) -> None:
    workspace.use("areas", "vag.shp")
    own = ("vag.shp", "vag.dbf", "vag.SHX", "vag.prj.locked", "vag.shp.xml")
    others = ("vag.2024.dbf", "vag.2024.prj.locked", "vag.2024.shp", "vag.xml", "vagar.dbf")
    for name in own + others:
        workspace.put(name, b"x")
    assert check(workspace.folder).unread == ("vag.2024.dbf", "vag.2024.shp", "vag.xml", "vagar.dbf")
    remove_with_companions(workspace.folder / "inbox" / "vag.shp")
    assert sorted(path.name for path in (workspace.folder / "inbox").iterdir()) == sorted(others)
