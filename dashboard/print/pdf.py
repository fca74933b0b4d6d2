"""HTML to tagged PDF (PDF/UA-1); nothing is fetched from anywhere, and pictures stand in the page itself."""

from __future__ import annotations

import logging
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

from dashboard.print.tagging import finish_tags
from geodata.errors import MissingError

PANGO = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
"""Debian's packages that the PDF's letters are set with."""

VARIANT = "pdf/ua-1"

_LOG = logging.getLogger("weasyprint")


def set_pages(page: str) -> Any:
    """Lay an HTML page on paper; the answer knows its ``pages`` and writes itself with ``write_pdf``.

    Raises
    ------
    MissingError
        ``pango_missing`` on a machine without the library that sets its letters.
    """
    weasyprint = _weasyprint()
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=("data",), fail_on_errors=True)
    return weasyprint.HTML(string=page, url_fetcher=fetcher).render(pdf_variant=VARIANT)


def write_pdf(laid: Any) -> bytes:
    """Write what `set_pages` laid out: tagged, with its title and language."""
    return bytes(laid.write_pdf(pdf_variant=VARIANT, finisher=finish_tags))


def _weasyprint() -> Any:
    try:
        # It would print advice of its own where the library is missing.
        with redirect_stdout(StringIO()):
            import weasyprint  # noqa: PLC0415  slow to import, and needs libraries of the machine
    except OSError as error:  # cffi found no library of that name
        raise MissingError(
            "pango_missing",
            f"A PDF needs the library Pango, which this machine lacks. On Debian: apt-get install {PANGO}.",
            packages=PANGO,
        ) from error
    _LOG.setLevel(logging.ERROR)
    return weasyprint
