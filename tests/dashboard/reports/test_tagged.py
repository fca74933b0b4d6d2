"""Every report as PDF, for those who decide, do and lead the work, in both languages: what PDF/UA-1 asks."""

from html.parser import HTMLParser
from itertools import pairwise

import pytest
from pypdf.generic import IndirectObject

from dashboard.print.pdf import write_pdf
from dashboard.reports.document import lay_report, report_html
from dashboard.reports.registry import make_report, offered, reader_of
from dashboard.texts.catalogue import catalogue
from geodata.analyses.ground import open_ground
from geodata.privacy import Audience
from tests.dashboard.tagged_pdf import TaggedPdf

READERS = (Audience.POLICE, Audience.COORDINATOR, Audience.COUNCIL)
MADE = sorted(
    {
        (name, str(reader_of(name, one)), language)
        for one in READERS
        for name in offered(one)
        for language in ("sv", "en")
    }
)
pytestmark = pytest.mark.xdist_group("reports")  # one worker makes the town, and each report once

MARKS = str.maketrans("", "", "✓✗◐! \N{NO-BREAK SPACE}\n")
"""What stands before a word that says the same, and what differs between lines on paper and on a screen."""

ROUNDING_PX = 0.5


class Words(HTMLParser):
    """The words of an HTML report's body in order, its headings, tables and pictures."""

    def __init__(self, page):
        super().__init__()
        self.words, self.headings, self.captions, self.alts, self._in = "", [], 0, [], []
        self.feed(page[page.index("<body") : page.index("</html>")])

    def handle_starttag(self, tag, attrs):
        self._in.append(tag)
        if tag in ("img", "col", "br", "input", "meta"):
            self._in.pop()
        if tag == "img":
            self.alts.append(dict(attrs)["alt"])
        if tag in ("h1", "h2", "h3"):
            self.headings.append((int(tag[1]), ""))
        self.captions += tag == "caption"

    def handle_endtag(self, tag):
        assert self._in.pop() == tag

    def handle_data(self, data):
        self.words += data
        if self._in and self._in[-1] in ("h1", "h2", "h3"):
            level, words = self.headings[-1]
            self.headings[-1] = (level, words + data)


@pytest.fixture(scope="module", params=MADE, ids="-".join)
def one(request, town):
    """A report, laid on its pages and read again as the tagged PDF it was written as."""
    name, reader, language = request.param
    ground, texts = open_ground(town), catalogue(language)
    report = make_report(name, Audience(reader), texts, ground=ground, project=ground.project)
    laid = lay_report(texts, report)
    html = report_html(texts, report)
    return report, laid, TaggedPdf(write_pdf(laid)), Words(html), language


def test_it_says_what_it_is(one):
    report, _, pdf, _, language = one
    assert pdf.root["/MarkInfo"]["/Marked"]
    assert pdf.root["/Lang"] == language
    assert pdf.reader.metadata.title == report.title
    assert pdf.root["/ViewerPreferences"]["/DisplayDocTitle"]
    about = pdf.root["/Metadata"].get_object().get_data().decode()
    assert 'pdfuaid:part="1"' in about
    assert f">{report.title}</" in about
    assert all(pdf.fonts().values())
    assert not pdf.reader.is_encrypted


def test_all_that_stands_on_its_pages_is_read_or_is_no_content(one):
    _, _, pdf, _, _ = one
    assert pdf.untold == []
    tree = pdf.root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    told = {one.entries.indirect_reference.idnum for one in pdf.document.all()}
    for number, page in enumerate(pdf.reader.pages):
        assert page["/StructParents"] == tree[2 * number] == number
        holders = [one for one in tree[2 * number + 1] if isinstance(one, IndirectObject)]
        assert {one.idnum for one in holders} <= told


def test_it_is_read_in_the_order_in_which_it_is_written(one):
    report, _, pdf, html, _ = one
    read = []

    def hear(element):
        if element.tag == "Table" and not element.all("Caption"):
            # A table that goes on over a page says its headings again.
            read.extend(body.words() for body in element.kids if body.tag == "TBody")
        elif element.tag in ("P", "H1", "H2", "H3", "Table", "L", "Caption", "Figure"):
            read.append(element.words())
        else:
            for kid in element.kids:
                hear(kid)

    hear(pdf.document)
    foot = report.foot.translate(MARKS)
    written = html.words.translate(MARKS)
    assert "".join(read).translate(MARKS) == written.removesuffix(foot)
    assert written.endswith(foot)


def test_headings_stand_in_order_and_are_the_bookmarks(one):
    report, _, pdf, html, _ = one
    found = [(int(one.tag[1]), one.words()) for one in pdf.document.all("H1", "H2", "H3")]
    plain = [(level, words.translate(MARKS)) for level, words in html.headings]
    assert [(level, words.translate(MARKS)) for level, words in found] == plain
    assert plain[0] == (1, report.title.translate(MARKS))
    assert [level for level, _ in plain].count(1) == 1
    assert all(after <= before + 1 for (before, _), (after, _) in pairwise(plain))
    assert [words.translate(MARKS) for words in pdf.bookmarks] == [words for _, words in plain]


def test_pictures_say_what_they_show_and_where_they_stand(one):
    _, _, pdf, html, _ = one
    figures = pdf.document.all("Figure")
    assert [one.entries["/Alt"] for one in figures] == html.alts
    for figure in figures:
        _, _, width, height = figure.entries["/Pg"]["/MediaBox"]
        left, bottom, right, top = figure.entries["/A"]["/BBox"]
        assert 0 < left < right < width
        assert 0 < bottom < top < height


def test_tables_know_their_headers(one):
    _, _, pdf, html, _ = one
    tables = pdf.document.all("Table")
    assert len(pdf.document.all("Table")) >= html.captions
    assert sum(bool(table.all("Caption")) for table in tables) == html.captions
    names = pdf.root["/StructTreeRoot"].get("/IDTree", {"/Names": []})["/Names"]
    named = dict(zip(map(str, names[::2]), names[1::2], strict=True))
    assert list(named) == sorted(named)
    for table in tables:
        (head,) = table.all("THead")
        columns = [one.entries for one in head.all("TH")]
        assert {one["/A"]["/Scope"] for one in columns} == {"/Column"}
        for row in (row for body in table.all("TBody") for row in body.all("TR")):
            first, *others = (one for one in row.all("TH", "TD"))
            own = [first.entries] if first.words().strip() else []
            assert first.tag == ("TH" if own else "TD")
            assert not own or first.entries["/A"]["/Scope"] == "/Row"
            for at, cell in enumerate(others, start=1):
                headers = [named[str(name)].get_object() for name in cell.entries["/A"]["/Headers"]]
                assert headers == [*own, columns[at]]


def test_nothing_is_cut_off_and_no_page_is_empty(one):
    _, laid, _, _, _ = one
    for page in laid.pages:
        box = page._page_box
        left, top = box.margin_left, box.margin_top
        right, bottom = left + box.width, top + box.height
        (html,) = (child for child in box.children if type(child).__name__ == "BlockBox")
        pieces = [
            one
            for one in html.descendants()
            if type(one).__name__ in ("TextBox", "BlockReplacedBox", "InlineReplacedBox")
            and not (hasattr(one, "text") and not one.text.strip())
        ]
        assert pieces
        for piece in pieces:
            x, y = piece.position_x, piece.position_y
            assert left - ROUNDING_PX <= x <= x + piece.width <= right + ROUNDING_PX, piece
            assert top - ROUNDING_PX <= y <= y + piece.height <= bottom + ROUNDING_PX, piece
