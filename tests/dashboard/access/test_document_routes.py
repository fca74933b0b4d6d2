"""Signed documents over the server: the coordinator adds and takes away, everybody sees what was confirmed for all."""

import io
import json

import pytest
from closed_site import NAME_OF, Browser, closed_app
from pypdf import PdfWriter

from dashboard.access.roles import Role
from geodata.promises.reading import made_promise
from geodata.store.register import Register

ENOUGH = {Role.COORDINATOR, Role.COUNCIL, Role.POLICE}


def pdf(pages=1):
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.fixture
def people(workspace):
    register = Register(workspace / "store", municipality_code="9999", working_crs=3006)
    values = {
        "key": "prov",
        "name": "Prov",
        "focus_area": "Trafik",
        "first": "2026-01-01",
        "text": "Vi lovar.",
    }
    register.promises.add(made_promise(values, file="", place_ids={}), by="kim")
    register.close()
    app = closed_app(workspace)
    found = {}
    for role in ENOUGH:
        found[role] = Browser(app)
        found[role].sign_in(NAME_OF[role])
        found[role].get("/")
    return found


def sent(browser, content, search="?visas=1&titel=Undertecknat"):
    answer = browser.post(f"/loften/prov/dokument{search}", data=content)
    told = answer.json or {"code": "", "sentence": ""}  # the guard refuses in text
    return answer.status_code, told["code"], told["sentence"]


def shown(browser):
    return json.dumps(json.loads(browser.frame("/loften/prov").text), ensure_ascii=False)


def test_a_document_goes_in_is_seen_by_those_who_may_and_is_taken_away(people, workspace):
    coordinator, council, police = (people[one] for one in (Role.COORDINATOR, Role.COUNCIL, Role.POLICE))
    assert sent(coordinator, pdf())[:2] == (200, "kept")
    assert sent(coordinator, pdf(2), "?titel=Ring 070-174 06 05")[:2] == (200, "kept")
    assert sent(coordinator, pdf()[:-9])[:2] == (200, "document_broken")
    assert "avklippt" in sent(coordinator, pdf()[:-9])[2]
    assert sent(coordinator, b"inte en pdf")[1] == "document_not_pdf"
    assert sent(council, pdf())[0] == sent(police, pdf())[0] == 403

    public = council.get("/loften/dokument/1")
    assert (public.status_code, public.mimetype, public.data) == (200, "application/pdf", pdf())
    assert public.headers["Content-Disposition"] == "inline; filename=lofte-1.pdf"
    assert public.headers["X-Content-Type-Options"] == "nosniff"
    assert council.get("/loften/dokument/2").status_code == 404
    assert police.get("/loften/dokument/2").status_code == 200
    assert police.get("/loften/dokument/2?som=namnd").status_code == 404

    page = shown(council)
    assert "/loften/dokument/1" in page
    assert "/loften/dokument/2" not in page
    assert "data-remove-document" not in page
    page = shown(coordinator)
    assert "Ring ***" in page
    assert "visas bara för dem" in page

    assert council.post("/loften/dokument/1/bort").status_code == 403
    assert coordinator.post("/loften/dokument/1/bort").json["code"] == "kept"
    assert council.get("/loften/dokument/1").status_code == 404
    assert coordinator.get("/loften/dokument/1").status_code == 404
    assert coordinator.post("/loften/dokument/1/bort").status_code == 404
    assert len(list((workspace / "store" / "documents").rglob("*.pdf"))) == 1
    assert "borttaget" in shown(coordinator)
    assert "borttaget" not in shown(council)
