"""Remains of web markup in text that was copied from a page."""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_TAIL_OF_TAG = re.compile(r"""^[^<>]*?=\s*["'][^<>"']*["']\s*/?>""")
"""A tag whose beginning was cut off: ``" src="images/14.png">``."""
_HEAD_OF_TAG = re.compile(r"<[A-Za-z/][^<>]*$")


def clean_markup(text: str) -> str:
    """Take out tags, whole or cut off, and write entities as characters."""
    if "<" not in text and ">" not in text and "&" not in text:
        return text
    without = _TAIL_OF_TAG.sub("", _HEAD_OF_TAG.sub("", _TAG.sub(" ", text)))
    return " ".join(html.unescape(without).split())
