"""What every answer of the server carries, and whom it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Response, abort, request

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Flask

LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def policy(script_hashes: Sequence[str]) -> str:
    """Write the content security policy: nothing is loaded from, or sent to, another host.

    Parameters
    ----------
    script_hashes
        Of the scripts that Dash writes into the page.
    """
    rules = {
        "default-src": ["'self'"],
        "script-src": ["'self'", *script_hashes],
        "style-src": ["'self'", "'unsafe-inline'"],  # Dash sets widths and colours as style attributes
        "img-src": ["'self'", "data:", "blob:"],
        "worker-src": ["'self'"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
    return "; ".join(f"{rule} {' '.join(sources)}" for rule, sources in rules.items())


def guard(server: Flask, *, script_hashes: Sequence[str]) -> None:
    """Answer this machine alone, and tell the browser to load nothing from elsewhere.

    The name in the request is checked because a page on another site can point a name of its own at
    127.0.0.1 and would then be read as one of ours. The origin is checked where something may be written,
    because a page on another site can send a form to 127.0.0.1 without asking.
    """
    content_policy = policy(script_hashes)

    def answer_this_machine_alone() -> None:
        name = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
        if name not in LOOPBACK_NAMES:
            abort(403)

    def take_from_our_own_pages_alone() -> None:
        origin = request.headers.get("Origin")
        if request.method in WRITES and origin is not None and urlsplit(origin).netloc != request.host:
            abort(403)

    def add_headers(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", content_policy)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response

    server.before_request(answer_this_machine_alone)
    server.before_request(take_from_our_own_pages_alone)
    server.after_request(add_headers)
