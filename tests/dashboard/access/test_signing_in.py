"""Coming in, staying in and going out: what each end of a session takes, and what a stranger can't tell."""

import shutil
import time
from datetime import datetime, timedelta

import pytest
from closed_site import HTTPS, NAME_OF, PASSWORD, Browser, closed_app

from dashboard.access import doorkeeper
from dashboard.access.private import session_key
from dashboard.access.roles import Role
from geodata.errors import StoreError
from geodata.store.register import Register

KIM = NAME_OF[Role.POLICE]
NEW = "sju gula ballonger i snö"


@pytest.fixture
def own_app(workspace):
    """A dashboard over a workspace of the test's own."""
    return closed_app(workspace)


@pytest.fixture
def kept(workspace):
    register = Register(workspace / "store", municipality_code="9999", working_crs=3006)
    yield register.accounts
    register.close()


def is_in(browser):
    return browser.get("/").status_code == 200


def signed(app, **more):
    browser = Browser(app, **more)
    assert browser.sign_in(KIM).status_code == 303
    assert is_in(browser)
    return browser


def said(got):
    return got.text.split('role="alert">')[1].split("<")[0] if 'role="alert"' in got.text else ""


def test_one_comes_in_and_goes_on_to_where_one_was_going(own_app):
    browser = Browser(own_app)
    led = browser.get("/platser?vad=traffic&dagar=0-4")
    assert led.status_code == 303
    form = browser.get(led.headers["Location"])
    assert 'value="/platser?vad=traffic&amp;dagar=0-4"' in form.text
    assert 'href="?till=%2Fplatser%3Fvad%3Dtraffic%26dagar%3D0-4&amp;sprak=en"' in form.text
    got = browser.form(
        "/logga-in",
        csrf_token=browser.token(),
        name=f"  {KIM.upper()} ",
        password=PASSWORD,
        till="/platser?vad=traffic&dagar=0-4",
    )
    assert (got.status_code, got.headers["Location"]) == (303, "/platser?vad=traffic&dagar=0-4")
    assert is_in(browser)


@pytest.mark.parametrize("name", [KIM, "nobody", "", "x" * 500, "'; drop table account; --", "a\x00b"])
def test_a_stranger_cannot_tell_who_has_an_account(own_app, kept, name):
    kept.set_locked(NAME_OF[Role.PLANNER], locked=True)
    got = Browser(own_app).sign_in(name, "fel lösenord helt och hållet")
    assert (got.status_code, said(got)) == (401, "Namnet eller lösenordet stämmer inte.")
    locked = Browser(own_app).sign_in(NAME_OF[Role.PLANNER])
    assert (locked.status_code, said(locked)) == (401, "Namnet eller lösenordet stämmer inte.")


def test_a_password_is_hashed_once_whoever_is_named(own_app, monkeypatch):
    verified = []
    fits = doorkeeper.Passwords.fits
    monkeypatch.setattr(
        doorkeeper.Passwords,
        "fits",
        lambda self, *given: verified.append(given[1] is None) or fits(self, *given),
    )
    for name in (KIM, "nobody"):
        Browser(own_app).sign_in(name, "fel")
    assert verified == [False, True]


def test_waits_are_the_same_for_a_name_that_nobody_has_and_survive_a_restart(workspace, own_app):
    for name in (KIM, "nobody"):
        got = [Browser(own_app).sign_in(name, "fel").status_code for _ in range(6)]
        assert got == [401] * 5 + [429]
    again = closed_app(workspace)
    for name in (KIM, "nobody"):
        refused = Browser(again, address="192.0.2.1").sign_in(name)
        assert refused.status_code == 429
        assert 0 < int(refused.headers["Retry-After"]) <= 10
        assert said(refused).startswith("Det har blivit fel för många gånger. Vänta ")


def test_one_address_waits_whatever_name_it_tries(own_app):
    got = [Browser(own_app).sign_in(f"name{number}", "fel").status_code for number in range(21)]
    assert got == [401] * 20 + [429]
    assert Browser(own_app, address="192.0.2.1").sign_in(KIM).status_code == 303


def test_what_somebody_typed_is_not_readable_in_the_register(workspace, own_app):
    Browser(own_app).sign_in("mitthemligalösenord", "fel")
    for part in (workspace / "store").glob("register.sqlite*"):
        assert b"mitthemligal" not in part.read_bytes()
        assert b"10.0.0.7" not in part.read_bytes()


def test_a_form_that_is_not_ours_signs_nobody_in(own_app):
    browser, other = Browser(own_app), Browser(own_app)
    for token in ("", "0" * 64, other.token()):
        got = browser.form("/logga-in", csrf_token=token, name=KIM, password=PASSWORD)
        assert got.status_code == 400
        assert not is_in(browser)


def test_the_cookie_is_for_this_host_over_tls_and_not_for_scripts(own_app):
    browser = Browser(own_app)
    set_cookie = browser.sign_in(KIM).headers["Set-Cookie"]
    assert set_cookie.startswith("__Host-problembild=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(set_cookie.split("; "))
    page = browser.get("/")
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert page.headers["Cache-Control"] == "no-store"


def test_signing_in_begins_a_session_that_nobody_knew_before(own_app):
    browser = Browser(own_app)
    browser.token()
    before = browser.cookie("__Host-problembild")
    browser.sign_in(KIM)
    first = browser.cookie("__Host-problembild")
    browser.sign_in(KIM)
    assert len({before, first, browser.cookie("__Host-problembild")}) == 3
    planted = Browser(own_app)
    planted.client.set_cookie("__Host-problembild", before, domain="problembild.kommun.test", secure=True)
    assert not is_in(planted)


def test_a_cookie_signed_with_another_key_is_nobodys(workspace, own_app, tmp_path):
    elsewhere = shutil.copytree(workspace, tmp_path / "elsewhere")
    (elsewhere / "access" / "session.key").unlink()
    cookie = signed(closed_app(elsewhere)).cookie("__Host-problembild")
    thief = Browser(own_app)
    thief.client.set_cookie("__Host-problembild", cookie, domain="problembild.kommun.test", secure=True)
    assert not is_in(thief)
    assert session_key(workspace) != session_key(elsewhere)


def test_signing_out_ends_the_session_itself_and_no_other(own_app):
    browser, other = signed(own_app), signed(own_app)
    stolen = browser.cookie("__Host-problembild")
    got = browser.form("/logga-ut", csrf_token=browser.cookie("_csrf_token"))
    assert (got.status_code, got.headers["Location"]) == (303, "/logga-in?sprak=sv")
    thief = Browser(own_app)
    thief.client.set_cookie("__Host-problembild", stolen, domain="problembild.kommun.test", secure=True)
    assert [is_in(one) for one in (browser, thief, other)] == [False, False, True]


def test_signing_out_everywhere_ends_all(own_app):
    browser, other = signed(own_app), signed(own_app)
    browser.form("/logga-ut", csrf_token=browser.cookie("_csrf_token"), everywhere="1")
    assert [is_in(browser), is_in(other)] == [False, False]


def test_nobody_can_sign_another_out_from_elsewhere(own_app):
    browser = signed(own_app)
    assert browser.form("/logga-ut").status_code == 403
    assert browser.form("/logga-ut", csrf_token="0" * 64).status_code == 403
    foreign = browser.client.post("/logga-ut", base_url=HTTPS, headers={"Origin": "https://evil.example"})
    assert foreign.status_code == 403
    assert is_in(browser)


def test_nothing_is_written_without_the_pages_own_word(own_app):
    browser = Browser(own_app)
    browser.sign_in(NAME_OF[Role.COORDINATOR])
    browser.get("/")
    sent = {"data": b"a;b\n1;2\n", "headers": {"X-CSRFToken": ""}}
    assert browser.post("/underlag/filer?namn=a.csv", **sent).status_code == 403
    assert browser.post("/_dash-update-component", json={}, headers={"X-CSRFToken": "0"}).status_code == 403
    sent["headers"] = {}
    assert browser.post("/underlag/filer?namn=a.csv", **sent).status_code == 200


def test_idle_for_too_long_one_signs_in_again(own_app, monkeypatch):
    browser = signed(own_app)
    now = time.time()
    for minutes in (119, 237, 355):  # each request counts from the one before
        monkeypatch.setattr(doorkeeper.time, "time", lambda at=now + 60 * minutes: at)
        assert is_in(browser)
    monkeypatch.setattr(doorkeeper.time, "time", lambda: now + 60 * (355 + 121))
    assert not is_in(browser)


def test_after_the_longest_time_one_signs_in_again_however_busy(own_app, monkeypatch):
    browser = signed(own_app)

    class Later(datetime):
        @classmethod
        def now(cls, zone):
            return datetime.now(zone) + timedelta(hours=12, minutes=1)

    monkeypatch.setattr(doorkeeper, "datetime", Later)
    assert not is_in(browser)


def test_another_role_holds_from_the_next_request(own_app, kept):
    browser = signed(own_app)
    assert browser.get("/map/polis/observations.json?bounds=12,59,13,60").status_code == 200
    kept.set_role(KIM, "council")
    assert browser.get("/map/polis/observations.json?bounds=12,59,13,60").status_code == 403
    kept.set_locked(KIM, locked=True)
    assert not is_in(browser)


def change(browser, old=PASSWORD, new=NEW, again=None):
    token = browser.token("/konto")
    return browser.form(
        "/konto", csrf_token=token, old=old, new=new, again=again if again is not None else new
    )


def test_another_password_signs_out_every_other_browser(own_app):
    browser, other = signed(own_app), signed(own_app)
    before = browser.cookie("__Host-problembild")
    got = change(browser)
    assert got.status_code == 200
    assert "Lösenordet är bytt" in got.text
    assert [is_in(browser), is_in(other)] == [True, False]
    assert browser.cookie("__Host-problembild") != before
    assert Browser(own_app).sign_in(KIM).status_code == 401
    assert Browser(own_app).sign_in(KIM, NEW).status_code == 303


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"old": "fel"}, "Lösenordet du har nu är ett annat."),
        ({"again": "annat"}, "Det nya lösenordet är skrivet på två sätt."),
        ({"new": "kort"}, "Lösenordet är för kort. Det ska ha minst 15 tecken"),
        ({"new": "exempelstad2026!!!"}, "Lösenordet är lätt att gissa."),
        ({"new": "å" * 257}, "Lösenordet har fler än 256 tecken."),
    ],
)
def test_a_password_that_will_not_do_changes_nothing(own_app, typed, words):
    browser = signed(own_app)
    got = change(browser, **typed)
    assert got.status_code in {400, 401}
    assert words in got.text
    assert Browser(own_app).sign_in(KIM).status_code == 303


def test_guessing_the_old_password_has_to_wait_too(own_app):
    browser = signed(own_app)
    assert [change(browser, old="fel").status_code for _ in range(6)] == [400] * 5 + [429]


def test_a_dearer_hash_is_made_when_one_signs_in(workspace, kept):
    before = kept.find(KIM).password_hash
    signed(closed_app(workspace, password_passes=2))
    after = kept.find(KIM).password_hash
    assert before != after
    assert ",t=2," in after
    signed(closed_app(workspace, password_passes=2))
    assert kept.find(KIM).password_hash == after


@pytest.mark.parametrize(
    "asked",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        " //evil.example",
        "/logga-ut",
        "evil.example",
        "",
    ],
)
def test_nobody_is_led_to_another_site(own_app, asked):
    got = Browser(own_app).sign_in(KIM, till=asked) if asked else Browser(own_app).sign_in(KIM)
    assert got.headers["Location"] == "/"


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_form_works_without_scripts_in_both_languages(own_app, language):
    page = Browser(own_app).get(f"/logga-in?sprak={language}").text
    assert f'<html lang="{language}">' in page
    assert ">Logga in</button>" in page if language == "sv" else ">Sign in</button>" in page
    # The theme, and what a telephone forgets of its day; neither is needed to come in.
    assert [name.split(chr(34))[0] for name in page.split('<script src="/assets/early/')[1:]] == [
        "theme.js",
        "forget_pass.js",
    ]
    assert page.count("<script") == 2
    assert 'autocomplete="current-password"' in page
    escaped = Browser(own_app).sign_in('"><script>alert(1)</script>', "fel").text
    assert "<script>alert" not in escaped


@pytest.mark.parametrize("host", ["evil.example", "10.0.0.7:8050", "problembild.kommun.test.evil.example"])
def test_only_the_names_of_the_certificate_are_answered(own_app, host):
    assert Browser(own_app, base=f"https://{host}").get("/logga-in").status_code == 403


def test_a_star_in_a_certificate_stands_for_one_part(workspace):
    app = closed_app(workspace, names=frozenset({"*.kommun.test"}))
    for host, status in (("a.kommun.test", 200), ("kommun.test", 403), ("a.b.kommun.test", 403)):
        assert Browser(app, base=f"https://{host}").get("/logga-in").status_code == status


def test_the_public_is_let_in_only_where_the_project_file_says_so(workspace):
    assert not is_in(Browser(closed_app(workspace)))
    with (workspace / "problembild.toml").open("a", encoding="utf-8") as file:
        file.write("\n[access]\npublic = true\n")
    browser = Browser(closed_app(workspace))
    assert is_in(browser)
    header = browser.frame("/").json["response"]["header"]
    assert "/logga-in?till=/" in str(header)
    assert "Visa som" not in str(header)
    assert browser.get("/map/allmanhet/ground.json").status_code == 200
    assert browser.get("/map/namnd/ground.json").status_code == 403
    assert browser.get("/karta.html?som=polis").status_code == 403
    assert browser.get("/konto").status_code == 303
    assert browser.post("/underlag/filer?namn=a.csv", data=b"x").status_code == 403


def test_who_decides_is_written_down_by_name(own_app, kept, workspace):
    browser = Browser(own_app)
    browser.sign_in(NAME_OF[Role.COORDINATOR])
    browser.get("/")
    found = next(output for output in own_app.callback_map if "queue-lead" in output)
    from etl.pipeline import settled_places, waiting_places

    key = next(one.phrase_key for one in waiting_places(workspace) if one.phrase_key)
    sent = [("settled", "data", {"key": key, "nowhere": True})]
    state = [("queue-skipped", "data", []), ("address", "search", "")]
    assert browser.callback(found, sent, state).status_code == 200
    assert (
        next(one for one in settled_places(workspace) if one.phrase_key == key).decided_by == "coordinator.1"
    )


def test_a_key_that_others_may_read_is_refused(workspace):
    session_key(workspace)
    path = workspace / "access" / "session.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    path.chmod(0o640)
    with pytest.raises(StoreError, match="can be read by others"):
        closed_app(workspace)


def test_a_key_that_is_cut_off_is_said_to_be(workspace):
    session_key(workspace)
    (workspace / "access" / "session.key").write_bytes(b"short")
    with pytest.raises(StoreError, match="damaged"):
        session_key(workspace)
