"""The import on the page, without a browser: who may, what it says, what it starts, what it takes and gives."""

import io
import json
import shutil
import threading
import zipfile

import pytest

from dashboard.app import create_app
from dashboard.components.inbox import inbox_state
from dashboard.desk import Desk
from dashboard.importing import ImportState
from dashboard.pages import sources
from dashboard.settings import Settings
from dashboard.shell import show
from dashboard.views.inbox import inbox_view
from etl.pipeline import InboxFile
from geodata.account import Fate, FileReport, ImportReport
from geodata.errors import StoreError

LOCAL = "http://127.0.0.1:8050"
REPORT = ImportReport("", "", (FileReport("a", "gammal.csv", "", 1, {Fate.NEW: 1}),))
FILES = (
    InboxFile("gammal.csv", 900, ("a",)),
    InboxFile("ny.csv", 1_234_567, ("a", "b")),
    InboxFile("<okänd>.csv", 2_400, ()),
)


@pytest.fixture
def desk(tmp_path, small_workspace):
    shutil.copy(small_workspace / "problembild.toml", tmp_path)
    shutil.copytree(small_workspace / "inbox", tmp_path / "inbox")
    return Desk(tmp_path)


@pytest.fixture
def client(desk):
    return create_app(Settings(workspace=desk.workspace)).server.test_client()


def text_of(component):
    return json.dumps(
        component.to_plotly_json(), default=lambda one: one.to_plotly_json(), ensure_ascii=False
    )


def test_the_inbox_says_what_is_new_and_what_nobody_reads(swedish):
    view = inbox_view(swedish, files=FILES, report=REPORT, state=ImportState())
    assert view.sentence == "3 filer ligger i inkorgen. 1 av dem är ny sedan senaste inläsningen."
    assert view.unread == (("<okänd>.csv", "2,4 kB"),)
    written = inbox_state(swedish, view)
    assert "&lt;okänd&gt;.csv" in written
    assert 'data-propose="&lt;okänd&gt;.csv"' in written


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (ImportState(number=1, running=True), "Inläsningen startar"),
        (
            ImportState(number=1, running=True, step="import_read", done=300, total=1200, step_seconds=3.0),
            "Läser filer · 300 av 1\xa0200 rader · 100 rader i sekunden · 9 sekunder kvar",
        ),
        (
            ImportState(number=1, running=True, step="import_read", done=1, total=101, step_seconds=3.0),
            "Läser filer · 1 av 101 rader · 0 rader i sekunden · 5 minuter kvar",
        ),
        (ImportState(number=1, running=True, step="import_publish", total=1), "Publicerar"),
        (ImportState(number=2, seconds=61.0), "Inläsningen är klar. Den tog 1 minut."),
    ],
)
def test_an_import_says_what_it_does_how_fast_and_how_long_yet(swedish, state, said):
    assert inbox_view(swedish, files=FILES, report=None, state=state).state == said


def test_an_import_that_broke_off_says_why_and_what_is_safe(swedish):
    error = StoreError("store_full", "Full.", file="a", folder="b", problem="No space left on device")
    view = inbox_view(swedish, files=(), report=None, state=ImportState(number=1, error=error))
    assert view.fault.endswith("Det som lästes in förra gången ligger kvar. Försök igen när felet är rättat.")
    broke = inbox_view(swedish, files=(), report=None, state=ImportState(number=1, error="KeyError"))
    assert "KeyError" in broke.fault


def test_before_the_first_import_only_the_coordinator_gets_a_button(desk):
    _, body, _ = show(desk, path="/underlag", search="?som=samordnare", shown=None)
    assert "Läs in inkorgen" in text_of(body)
    _, body, _ = show(desk, path="/underlag", search="?som=polis", shown=None)
    said = text_of(body)
    assert "Läs in inkorgen" not in said
    assert "Inget är inläst än." in said


def test_the_button_imports_and_the_account_follows(desk):
    written, rests, busy, *_ = sources.look(desk, "?som=samordnare", start=True, was_idle=True)
    assert (rests, busy) == (False, True)
    for thread in threading.enumerate():
        if thread.name == "import":
            thread.join(120)
    written, rests, busy, lead, account = sources.look(desk, "?som=samordnare", start=False, was_idle=False)
    assert (rests, busy) == (True, False)
    assert "Inläsningen är klar." in written
    assert "rader är lästa ur" in lead
    assert "Ladda ner alla avvisade rader (zip)" in account
    assert "avvisade.zip?som=samordnare" in account


def test_others_start_nothing(desk):
    sources.look(desk, "?som=planerare", start=True, was_idle=True)
    assert desk.imports.state.number == 0


def test_a_file_is_taken_from_the_coordinator_alone(client, desk):
    def send(som, name="../ny.csv", more=""):
        address = f"/underlag/filer?som={som}&namn={name}{more}"
        return client.post(address, base_url=LOCAL, data=b"a;b\n", content_type="application/octet-stream")

    assert send("polis").status_code == 403
    assert not (desk.workspace / "inbox" / "ny.csv").exists()
    assert send("samordnare").json == {"code": "received", "sentence": "ny.csv ligger i inkorgen."}
    assert (desk.workspace / "inbox" / "ny.csv").read_bytes() == b"a;b\n"
    assert send("samordnare").json["code"] == "upload_taken"
    assert send("samordnare", more="&ersatt=1").json["code"] == "received"
    assert send("samordnare", name="..").json["code"] == "upload_name"
    foreign = {"Origin": "http://evil.example"}
    address = "/underlag/filer?som=samordnare&namn=x.csv"
    assert client.post(address, base_url=LOCAL, data=b"x", headers=foreign).status_code == 403


def test_rejected_rows_are_given_to_mend_to_the_coordinator_and_listed_for_other_staff(small_workspace):
    client = create_app(Settings(workspace=small_workspace)).server.test_client()
    report = sources.receive(Desk(small_workspace), "/", "").ground.snapshot.report
    file = next(one for one in report.files if one.rejections and one.file.endswith(".csv"))
    got = client.get(f"/underlag/avvisade.csv?fil={file.file}&som=samordnare", base_url=LOCAL)
    heading, *rows = got.data.decode("utf-8-sig").splitlines()
    with (small_workspace / "inbox" / file.file).open("rb") as original:
        first = original.readline().decode("cp1252").strip()
    assert heading.startswith(first)
    assert len(rows) == len(file.rejections)
    listed = client.get(f"/underlag/avvisade.csv?fil={file.file}&som=polis", base_url=LOCAL)
    assert listed.text.startswith("\ufeffFil;Rad;Kolumn;Värde;Orsak")
    every = client.get("/underlag/avvisade.zip?som=samordnare", base_url=LOCAL)
    assert len(zipfile.ZipFile(io.BytesIO(every.data)).namelist()) > 1
    assert client.get("/underlag/avvisade.zip?som=polis", base_url=LOCAL).status_code == 403
