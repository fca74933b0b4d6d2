"""The forms of signing in and of one's own account: plain HTML, which works without any script."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from dashboard.access.doorkeeper import FORM_FIELD
from dashboard.access.onward import ACCOUNT_PATH, NEXT, SIGN_IN_PATH, SIGN_OUT_PATH
from dashboard.access.passwords import LONGEST, SHORTEST
from dashboard.components.markup import join, tag
from dashboard.views.made_up import made_up_words
from geodata.store.accounts import LONGEST_NAME

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.access.roles import Actor
    from dashboard.texts.catalogue import Catalogue
    from geodata.sections import Municipality


def sign_in_page(
    texts: Catalogue, *, municipality: Municipality, token: str, onward: str, name: str, fault: str
) -> Markup:
    """Build the page where one signs in.

    Parameters
    ----------
    token
        Shows that the form is ours.
    onward
        Where to go on to.
    name, fault
        What was typed before, and what was wrong with it.
    """
    form = tag(
        "form",
        _hidden(FORM_FIELD, token),
        _hidden(NEXT, onward),
        _hidden("sprak", texts.language),
        tag("p", fault, class_="fault", role="alert") if fault else None,
        _field("name", texts("sign_in.name"), value=name, fill="username", longest=LONGEST_NAME),
        _field("password", texts("sign_in.password"), fill="current-password"),
        tag("button", texts("sign_in.do"), type="submit", class_="button primary"),
        tag("p", texts("sign_in.forgotten"), class_="small"),
        method="post",
        action=SIGN_IN_PATH,
        class_="sheet",
    )
    other = f"?{urlencode({NEXT: onward, 'sprak': texts('frame.other_code')})}"
    heading = texts("sign_in.title")
    return _page(texts, municipality=municipality, heading=heading, body=form, other=other)


def account_page(
    texts: Catalogue, *, municipality: Municipality, actor: Actor, said: str, fault: str
) -> Markup:
    """Build the page of one's own account: another password, and signing out."""
    token = _hidden(FORM_FIELD, actor.form_token), _hidden("sprak", texts.language)
    password = tag(
        "form",
        token,
        tag("h2", texts("own_account.password_heading")),
        tag("p", said, class_="said", role="status") if said else None,
        tag("p", fault, class_="fault", role="alert") if fault else None,
        _field("old", texts("own_account.old"), fill="current-password"),
        _field(
            "new",
            texts("own_account.new"),
            fill="new-password",
            note=texts("own_account.rule", least=SHORTEST),
        ),
        _field("again", texts("own_account.again"), fill="new-password"),
        tag("button", texts("own_account.change"), type="submit", class_="button primary"),
        tag("p", texts("own_account.change_note"), class_="small"),
        method="post",
        action=ACCOUNT_PATH,
        class_="sheet",
    )
    out = tag(
        "form",
        token,
        tag("h2", texts("own_account.out_heading")),
        tag(
            "div",
            tag("button", texts("own_account.out"), type="submit", class_="button"),
            tag(
                "button",
                texts("own_account.out_everywhere"),
                type="submit",
                class_="button",
                name="everywhere",
                value="1",
            ),
            class_="buttons",
        ),
        method="post",
        action=SIGN_OUT_PATH,
        class_="sheet",
    )
    who = tag(
        "p", texts("own_account.who", name=actor.name, role=texts(f"role.{actor.role}")), class_="basis"
    )
    back = tag("p", tag("a", f"← {texts('own_account.back')}", href="/"))
    return _page(
        texts,
        municipality=municipality,
        heading=texts("own_account.title"),
        body=join([who, password, out, back]),
        other=f"?sprak={texts('frame.other_code')}",
    )


def _page(texts: Catalogue, *, municipality: Municipality, heading: str, body: Markup, other: str) -> Markup:
    made_up = made_up_words(texts, municipality)
    brand = tag(
        "div",
        tag("span", texts("frame.title"), class_="brand-name"),
        tag("span", municipality.name, class_="brand-of"),
        class_="brand",
    )
    language = tag(
        "a",
        texts("frame.other_language"),
        href=other,
        hreflang=texts("frame.other_code"),
        class_="tool",
    )
    return join(
        [
            tag(
                "header",
                tag("div", brand, tag("div", language, class_="tools"), class_="bar"),
                tag("p", made_up, class_="made-up") if made_up else None,
                id="header",
            ),
            tag("main", tag("h1", heading), body, class_="access-page"),
        ]
    )


def _hidden(name: str, value: str) -> Markup:
    return tag("input", type="hidden", name=name, value=value)


def _field(
    name: str,
    label: str,
    *,
    fill: str,
    value: str = "",
    note: str = "",
    longest: int = LONGEST,
) -> Markup:
    """Write a field with its label; `fill` tells what keeps passwords which field it is."""
    return tag(
        "div",
        tag("label", label, for_=name),
        tag(
            "input",
            id=name,
            name=name,
            type="password" if fill.endswith("password") else "text",
            value=value or None,
            required=True,
            autocomplete=fill,
            autocapitalize="none",
            spellcheck="false",
            maxlength=longest,
            aria_describedby=f"{name}-note" if note else None,
        ),
        tag("p", note, class_="small", id=f"{name}-note") if note else None,
        class_="asked",
    )
