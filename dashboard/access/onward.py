"""Where one goes on to after signing in: on this site, or nowhere."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

SIGN_IN_PATH = "/logga-in"
SIGN_OUT_PATH = "/logga-ut"
ACCOUNT_PATH = "/konto"
NEXT = "till"
"""What stands before where one was going, in the address of the sign-in page."""


def sign_in_address(there: str) -> str:
    """Return the address of the sign-in page that leads on to `there`."""
    return f"{SIGN_IN_PATH}?{NEXT}={quote(there, safe='/')}"


def onward(asked: str) -> str:
    r"""Return where to go: what was asked for where it is a path of this site, else the first page.

    A browser takes ``//host`` and ``/\host`` for another site, and leaves out tabs and line breaks before it
    looks.
    """
    parts = urlsplit(asked)
    plain = asked.isprintable() and "\\" not in asked and asked.startswith("/") and not asked.startswith("//")
    if not plain or parts.scheme or parts.netloc or parts.path in {SIGN_IN_PATH, SIGN_OUT_PATH}:
        return "/"
    return asked
