"""What every answer of the server carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flask import Response

TRANSPORT = "max-age=31536000"
"""For a year the browser asks for this name by https alone."""


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


def headers(script_hashes: Sequence[str], *, tls: bool) -> Callable[[Response], Response]:
    """Return what adds the headers to an answer."""
    content_policy = policy(script_hashes)

    def add(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", content_policy)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if tls:
            response.headers["Strict-Transport-Security"] = TRANSPORT
        return response

    return add
