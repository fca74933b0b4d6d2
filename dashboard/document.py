"""The HTML document round the application: its language, its colours, what has to come before the rest."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from dashboard.map.palette import palette
from dashboard.views.address import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

_TEMPLATE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<script src="/assets/early/theme.js"></script>
<link rel="icon" href="/assets/early/icon.svg" type="image/svg+xml">
<style>{colours}</style>
{css}
{map_css}
</head>
<body>
{app_entry}
<footer>
{config}
{scripts}
{renderer}
</footer>
</body>
</html>
"""

_PLAIN = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<script src="/assets/early/theme.js"></script>
{forgets}<link rel="icon" href="/assets/early/icon.svg" type="image/svg+xml">
<style>{colours}</style>
{css}
</head>
<body>
{body}
</body>
</html>
"""

_FORGETS = '<script src="/assets/early/forget_pass.js"></script>\n'
PLAIN_STYLES = ("10-ground.css", "20-frame.css", "60-work.css", "70-access.css")
MAP_STYLES = ("maplibre-gl.css", "problembild-map.css")


def document(*, language: str, title: str, parts: Mapping[str, str]) -> str:
    """Write the document.

    Parameters
    ----------
    parts
        What Dash gives: ``css``, ``app_entry``, ``config``, ``scripts``, ``renderer``.
    """
    links = "".join(f'<link rel="stylesheet" href="/assets/map/{name}">' for name in MAP_STYLES)
    return _TEMPLATE.format(
        language=language if language in LANGUAGES else LANGUAGES[0],
        title=escape(title),
        colours=colours(),
        map_css=links,
        **{name: parts[name] for name in ("css", "app_entry", "config", "scripts", "renderer")},
    )


def plain_document(*, language: str, title: str, body: Markup, forgets: bool) -> str:
    """Write a document that needs no script: the page where one signs in, or one that says what went wrong.

    Parameters
    ----------
    forgets
        Whether the telephone forgets the pass that it keeps: so it is when nobody is signed in.
    """
    links = "".join(f'<link rel="stylesheet" href="/assets/{name}">' for name in PLAIN_STYLES)
    return _PLAIN.format(
        language=language,
        title=escape(title),
        colours=colours(),
        css=links,
        body=body,
        forgets=_FORGETS if forgets else "",
    )


def colours() -> str:
    """Write the colours that the map and the page share as CSS variables, light and dark."""
    return f":root{{{_variables(dark=False)}}}:root[data-theme=dark]{{{_variables(dark=True)}}}"


def _variables(*, dark: bool) -> str:
    shared = palette(dark=dark)
    named = {
        "selected": shared.selected,
        "place": shared.place,
        "way": shared.way,
        "area": shared.area,
        **{f"chance-{code}": edge.colour for code, edge in shared.chance.items()},
        **{stream: mark.colour for stream, mark in shared.streams.items()},
        **{f"level-{number}": colour for number, colour in enumerate(shared.levels, start=1)},
        **{f"agreement-{code}": fill.colour for code, fill in shared.agreement.items()},
    }
    return "".join(f"--{name.replace('_', '-')}:{colour};" for name, colour in named.items())
