"""The certificate: made once and kept, renewed in time, read only where it holds; and TLS before the server."""

import contextlib
import http.client
import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta

import pytest
import waitress
from cryptography.hazmat.primitives import serialization

from dashboard.access import certificate as made
from dashboard.access import tls_front
from dashboard.access.certificate import own_certificate, read_certificate
from dashboard.access.tls_front import TlsFront
from geodata.errors import ParameterError, StoreError

NAMES = {"127.0.0.1", "localhost", "[::1]", "problembild.kommun.test"}


@pytest.fixture
def files(tmp_path):
    """A certificate and its key, as files."""
    own_certificate(tmp_path, names=NAMES)
    return tmp_path / "access" / "certificate.pem", tmp_path / "access" / "certificate.key"


def test_it_is_made_once_for_its_names_and_kept_to_its_owner(tmp_path):
    first = own_certificate(tmp_path, names=NAMES)
    assert first.names == NAMES
    assert first.made_here
    assert len(first.fingerprint) == 32 * 3 - 1
    assert timedelta(days=364) < first.until - datetime.now(UTC) <= timedelta(days=365)
    again = own_certificate(tmp_path, names={"localhost"})
    assert again.fingerprint == first.fingerprint
    assert (tmp_path / "access" / "certificate.key").stat().st_mode & 0o777 == 0o600


def test_a_name_that_it_lacks_makes_another(tmp_path):
    first = own_certificate(tmp_path, names=NAMES)
    other = own_certificate(tmp_path, names={*NAMES, "räddning.kommun.test"})
    assert other.fingerprint != first.fingerprint
    assert "xn--rddning-5wa.kommun.test" in other.names


def test_it_is_made_anew_before_it_ends(tmp_path, monkeypatch):
    monkeypatch.setattr(made, "LASTS", timedelta(days=29))
    first = own_certificate(tmp_path, names=NAMES)
    monkeypatch.setattr(made, "LASTS", timedelta(days=365))
    assert own_certificate(tmp_path, names=NAMES).fingerprint != first.fingerprint


def test_a_key_that_others_may_read_is_refused(tmp_path, files):
    files[1].chmod(0o644)
    with pytest.raises(StoreError, match="can be read by others"):
        own_certificate(tmp_path, names=NAMES)


def test_the_key_of_another_is_refused(tmp_path, files):
    own_certificate(tmp_path / "other", names=NAMES)
    with pytest.raises(ParameterError) as told:
        read_certificate(files[0], tmp_path / "other" / "access" / "certificate.key")
    assert told.value.code == "certificate_key"


def test_a_locked_key_is_refused_and_nobody_is_asked(files, tmp_path):
    key = serialization.load_pem_private_key(files[1].read_bytes(), None)
    locked = tmp_path / "locked.key"
    locked.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"word"),
        )
    )
    with pytest.raises(ParameterError) as told:
        read_certificate(files[0], locked)
    assert told.value.code == "certificate_key"


def test_one_whose_time_is_past_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(made, "LASTS", timedelta(seconds=-1))
    with pytest.raises(ParameterError) as told:
        own_certificate(tmp_path, names=NAMES)
    assert told.value.code == "certificate_over"


@pytest.mark.parametrize("content", [None, b"", b"no certificate"])
def test_what_is_no_certificate_is_said_to_be_none(files, content):
    if content is None:
        files[0].unlink()
    else:
        files[0].write_bytes(content)
    with pytest.raises(ParameterError) as told:
        read_certificate(*files)
    assert told.value.code == "certificate_unreadable"


@pytest.fixture
def served(tmp_path):
    """A small application behind TLS: the port in front, the port behind, what browsers trust."""
    certificate = own_certificate(tmp_path, names=NAMES)
    listener, behind = listening(), listening()
    front = TlsFront(listener, certificate.context, behind=behind.getsockname()[1])

    def application(environ, start):
        size = int(environ.get("CONTENT_LENGTH") or 0)
        body = environ["wsgi.input"].read(size)
        said = f"{environ['wsgi.url_scheme']} {environ['REMOTE_ADDR']} {len(body)} ".encode()
        answer = said + b"x" * int(environ.get("HTTP_X_WANTED", 0))
        start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(answer)))])
        return [answer]

    server = waitress.create_server(
        front.before(application), sockets=[behind], threads=4, url_scheme="https"
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    front.start()
    trusted = ssl.create_default_context(cafile=tmp_path / "access" / "certificate.pem")
    yield listener.getsockname()[1], behind.getsockname()[1], trusted
    front.stop()
    server.close()
    listener.close()
    thread.join(5)


def listening():
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    return listener


def ask(port, trusted, *, method="GET", body=None, **headers):
    connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=10, context=trusted)
    with contextlib.closing(connection):
        connection.request(method, "/", body=body, headers=headers)
        return connection.getresponse().read()


def test_what_is_sent_and_answered_comes_over_whole(served):
    port, _, trusted = served
    assert ask(port, trusted) == b"https 127.0.0.1 0 "
    sent = ask(port, trusted, method="POST", body=b"y" * 3_000_000, **{"X-Wanted": "5000000"})
    assert sent.startswith(b"https 127.0.0.1 3000000 ")
    assert len(sent) == len(b"https 127.0.0.1 3000000 ") + 5_000_000


def test_nobody_says_for_themselves_where_they_come_from(served):
    port, _, trusted = served
    forged = {"X-Forwarded-For": "10.1.1.1", "Forwarded": "for=10.1.1.1", "REMOTE_ADDR": "10.1.1.1"}
    assert ask(port, trusted, **forged) == b"https 127.0.0.1 0 "


def test_there_is_no_way_round_it(served):
    _, behind, _ = served
    connection = http.client.HTTPConnection("127.0.0.1", behind, timeout=10)
    with contextlib.closing(connection):
        connection.request("GET", "/")
        assert connection.getresponse().status == 403


def test_without_tls_nothing_is_answered(served):
    port, _, _ = served
    with socket.create_connection(("127.0.0.1", port), timeout=10) as plain:
        plain.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        with contextlib.suppress(ConnectionError):
            assert b"HTTP/" not in plain.recv(1000)


def test_old_tls_is_refused(tmp_path):
    context = own_certificate(tmp_path, names=NAMES).context
    assert context.minimum_version is ssl.TLSVersion.TLSv1_2


def test_one_who_holds_many_connections_gets_no_more_and_gives_them_back(served, monkeypatch):
    port, _, trusted = served
    monkeypatch.setattr(tls_front, "MOST_FROM_ONE", 3)
    with contextlib.ExitStack() as held:
        for _ in range(3):
            plain = held.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
            one = held.enter_context(trusted.wrap_socket(plain, server_hostname="localhost"))
            one.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert one.recv(9) == b"HTTP/1.1 "  # it has come through to the server
        with pytest.raises(OSError):
            ask(port, trusted)
    for _ in range(50):
        with contextlib.suppress(OSError):
            assert ask(port, trusted) == b"https 127.0.0.1 0 "
            return
        threading.Event().wait(0.1)
    pytest.fail("The connections were not given back.")
