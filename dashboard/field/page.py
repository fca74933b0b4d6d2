"""The document that a telephone keeps: it holds words alone, so that nothing of the plan lies in a cache."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from markupsafe import Markup

from dashboard.components.markup import join, tag
from dashboard.document import colours
from dashboard.views.made_up import made_up_words

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from dashboard.texts.catalogue import Catalogue
    from geodata.sections import Municipality

_TEMPLATE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="dark light">
<meta name="theme-color" content="#0d1217">
<title>{title}</title>
<script src="/assets/early/theme.js"></script>
<script src="/assets/early/night.js"></script>
<link rel="icon" href="/assets/early/icon.svg" type="image/svg+xml">
<style>{colours}</style>
<link rel="stylesheet" href="/assets/field/pass.css?{version}">
</head>
<body>
{body}
<script type="application/json" id="words">{words}</script>
<script src="/assets/field/pass.js?{version}" defer></script>
</body>
</html>
"""


def pass_document(texts: Catalogue, municipality: Municipality, *, zone: ZoneInfo, version: str) -> str:
    """Write the document; the same for everybody who may open it.

    Parameters
    ----------
    zone
        In which times are shown and read, whatever the telephone is set to.
    version
        Changes when the program does, so that an old one is not kept.
    """
    made_up = made_up_words(texts, municipality)
    body = join(
        [
            tag(
                "header",
                tag(
                    "div",
                    tag("a", f"← {texts('frame.title')}", href="/", class_="home"),
                    tag("span", municipality.name, class_="of"),
                    tag("button", texts("frame.dark"), type="button", id="dark", aria_pressed="false"),
                    id="top",
                ),
                tag("p", made_up, class_="made-up") if made_up else None,
            ),
            tag(
                "main",
                tag("h1", texts("pass.title"), id="heading"),
                tag("div", id="state", role="status", aria_live="polite"),
                tag("div", id="waiting"),
                tag("div", tag("p", texts("pass.opening"), class_="quiet"), id="stops"),
                tag("div", id="free"),
                tag("noscript", texts("pass.no_script")),
            ),
            tag("dialog", id="form", aria_labelledby="form-heading"),
        ]
    )
    words = {"language": texts.language, "zone": zone.key, **texts.group("pass")}
    return _TEMPLATE.format(
        language=texts.language,
        title=f"{texts('pass.title')} – {texts('frame.title')}",
        colours=colours(),
        version=version,
        body=body,
        # A closing tag in a text would end the element that holds it.
        words=Markup(json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")),  # noqa: S704
    )
