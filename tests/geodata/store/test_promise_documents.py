"""Signed documents: told by their content, whole and open to read, with their history, their files by digest."""

import io
import sys
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from geodata.errors import MissingError, ParameterError, ProblembildError
from geodata.store.documents import (
    JPEG,
    LARGEST_BYTES,
    LONGEST_SIDE,
    PDF,
    document_file,
    drop_document,
    keep_document,
)
from geodata.store.promise_documents import MOST_DOCUMENTS
from geodata.store.register import Register

sys.path.insert(0, str(Path(__file__).parents[1] / "promises"))
from sentences import PROMISES


def pdf(*, password="", pages=1):
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def with_stream(*, locked=False):
    """A PDF whose table of contents is a stream, as newer programs write it."""
    body = b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    lock = b" /Encrypt 4 0 R" if locked else b""
    stream = (
        b"5 0 obj\n<< /Type /XRef /Size 6 /W [1 2 1]%s /Length 4 >>\nstream\n/Enc\nendstream\nendobj\n" % lock
    )
    return b"%s%sstartxref\n%d\n%%%%EOF\n" % (body, stream, len(body))


def picture(kind, size=(3000, 2000)):
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return out.getvalue()


@pytest.fixture
def register(tmp_path):
    opened = Register(tmp_path, municipality_code="9999", working_crs=3006)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "content",
    [
        pdf(),
        pdf(pages=3) + b"\r\n",
        b"\n \n" + pdf(),
        with_stream(),
        pdf().replace(b"/Pages", b"/Pages", 1),
    ],
    ids=["plain", "line after the end", "something before the start", "stream", "same again"],
)
def test_a_whole_pdf_is_kept_byte_for_byte(tmp_path, content):
    kept = keep_document(tmp_path, io.BytesIO(content))
    assert (kept.media, kept.size) == (PDF, len(content))
    assert document_file(tmp_path, kept.digest, PDF).read_bytes() == content
    assert keep_document(tmp_path, io.BytesIO(content)) == kept


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_made_anew_and_stays_legible(tmp_path, kind):
    kept = keep_document(tmp_path, io.BytesIO(picture(kind)))
    assert kept.media == JPEG
    with Image.open(document_file(tmp_path, kept.digest, JPEG)) as found:
        assert max(found.size) == LONGEST_SIDE


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "document_empty"),
        (b"x" * (LARGEST_BYTES + 1), "document_too_large"),
        (b"PK\x03\x04 a document of a word processor", "document_not_pdf"),
        (b"<html>%PD", "document_not_pdf"),
        (picture("JPEG")[:3000], "photo_cut"),
        (pdf()[: len(pdf()) // 2], "document_broken"),
        (pdf()[:-8], "document_broken"),
        (b"%PDF-1.7\n" + b"\0" * 4000, "document_broken"),
        (b"%PDF-1.7\nstartxref\n999999\n%%EOF\n", "document_broken"),
        (pdf(password="hemligt"), "document_locked"),
        (with_stream(locked=True), "document_locked"),
    ],
)
def test_what_will_not_do_is_refused_and_nothing_is_kept(tmp_path, content, code):
    with pytest.raises(ParameterError) as raised:
        keep_document(tmp_path, io.BytesIO(content))
    assert raised.value.code == code
    assert not list(tmp_path.rglob("*.*"))


def test_what_is_taken_for_whole_can_be_read_and_what_is_locked_can_not():
    assert len(PdfReader(io.BytesIO(pdf(pages=2))).pages) == 2
    assert PdfReader(io.BytesIO(pdf(password="hemligt"))).is_encrypted


def test_documents_have_their_history(register, tmp_path):
    promise_id = register.promises.add(PROMISES["mellerud-2019"], by="kim").promise_id
    first = keep_document(tmp_path, io.BytesIO(pdf()))
    second = keep_document(tmp_path, io.BytesIO(pdf(pages=2)))
    documents = register.promise_documents
    one = documents.add(promise_id, first, title=" Löftet ", public=True, by="kim")
    assert documents.add(promise_id, first, title="igen", public=True, by="kim") == one
    two = documents.add(promise_id, second, title="", public=False, by="lo")
    assert [(held.document_id, held.title, held.public) for held in documents.of(promise_id)] == [
        (two, "", False),
        (one, "Löftet", True),
    ]
    documents.remove(one, by="lo")
    gone = documents.find(one)
    assert (gone.holds, gone.removed_by, gone.added_by) == (False, "lo", "kim")
    assert [one.digest for one in documents.of(promise_id) if one.holds] == [second.digest]
    with pytest.raises(MissingError):
        documents.remove(one, by="lo")
    drop_document(tmp_path, first.digest, PDF)
    for digest, media in ((first.digest, PDF), ("../register", PDF), (second.digest, "text/html")):
        with pytest.raises(MissingError):
            document_file(tmp_path, digest, media)
    for number in range(MOST_DOCUMENTS - 1):
        kept = keep_document(tmp_path, io.BytesIO(pdf(pages=3 + number)))
        documents.add(promise_id, kept, title="", public=False, by="kim")
    with pytest.raises(ParameterError, match="at most"):
        documents.add(promise_id, first, title="", public=False, by="kim")
    with pytest.raises(MissingError):
        documents.add(99, first, title="", public=True, by="kim")


def test_a_document_added_while_the_same_is_taken_away_keeps_its_file(register, tmp_path):
    promise_id = register.promises.add(PROMISES["mellerud-2019"], by="kim").promise_id
    documents, content = register.promise_documents, pdf()
    kept = keep_document(tmp_path, io.BytesIO(content))
    old = documents.add(promise_id, kept, title="", public=True, by="kim")
    documents.remove(old, by="kim")
    again = keep_document(tmp_path, io.BytesIO(content))  # another finds the file there, and writes nothing
    documents.let_go(kept.digest, lambda: drop_document(tmp_path, kept.digest, PDF))
    with pytest.raises(MissingError):
        document_file(tmp_path, kept.digest, PDF)
    documents.add(
        promise_id,
        again,
        title="",
        public=True,
        by="lo",
        there=lambda: keep_document(tmp_path, io.BytesIO(content)),
    )
    documents.let_go(kept.digest, lambda: drop_document(tmp_path, kept.digest, PDF))
    assert document_file(tmp_path, kept.digest, PDF).read_bytes() == content


@pytest.mark.parametrize("number", [0, -1, 2**63, 10**30])
def test_a_number_that_no_document_has_is_said(register, number):
    for ask in (register.promise_documents.find, lambda one: register.promise_documents.remove(one, by="x")):
        with pytest.raises(ProblembildError):
            ask(number)


def test_another_municipality_sees_none_of_it(register, tmp_path):
    promise_id = register.promises.add(PROMISES["mellerud-2019"], by="kim").promise_id
    kept = keep_document(tmp_path, io.BytesIO(pdf()))
    number = register.promise_documents.add(promise_id, kept, title="", public=True, by="kim")
    other = Register(tmp_path, municipality_code="0001", working_crs=3006)
    assert other.promise_documents.of(promise_id) == ()
    with pytest.raises(MissingError):
        other.promise_documents.find(number)
    with pytest.raises(MissingError):
        other.promise_documents.remove(number, by="x")
    other.close()
