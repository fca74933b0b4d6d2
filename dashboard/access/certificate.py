"""The certificate that browsers are shown: the municipality's own, or one made and kept in the workspace."""

from __future__ import annotations

import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from dashboard.access.private import access_folder, read_private, write_private
from geodata.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

CERTIFICATE_FILE = "certificate.pem"
KEY_FILE = "certificate.key"
LASTS = timedelta(days=365)
RENEWED_BEFORE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a server shows.

    Attributes
    ----------
    context
        TLS 1.2 and newer, with the certificate and its key.
    names
        The names and addresses that it speaks for, as a browser writes them.
    fingerprint
        SHA-256, as browsers show it: ``A1:B2:…``.
    until
        When it ends (UTC).
    made_here
        Whether nobody vouches for it.
    """

    context: ssl.SSLContext
    names: frozenset[str]
    fingerprint: str
    until: datetime
    made_here: bool


def read_certificate(certificate: Path, key: Path, *, made_here: bool = False) -> Certificate:
    """Read a certificate, with those that vouch for it, and its key; PEM, the key without a password.

    Raises
    ------
    ParameterError
        ``certificate_unreadable``, ``certificate_key`` when the key is another's or locked,
        ``certificate_over`` when its time is past or has not come, ``certificate_nameless``.
    """
    try:
        first = x509.load_pem_x509_certificate(certificate.read_bytes())
        key.read_bytes()
    except (OSError, ValueError) as error:
        problem = error.strerror if isinstance(error, OSError) else "no certificate as PEM"
        raise ParameterError(
            "certificate_unreadable",
            f"{certificate.name} or {key.name} can't be read: {problem}.",
            file=f"{certificate.name}, {key.name}",
            problem=str(problem),
        ) from error
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        # A key that is locked would have OpenSSL ask on the terminal.
        context.load_cert_chain(certificate, key, password=lambda: "")
    except (ssl.SSLError, ValueError) as error:
        raise ParameterError(
            "certificate_key",
            f"{key.name} is not the key of {certificate.name}, or it is locked with a password.",
            key=key.name,
            certificate=certificate.name,
        ) from error
    now = datetime.now(UTC)
    if not first.not_valid_before_utc <= now <= first.not_valid_after_utc:
        raise ParameterError(
            "certificate_over",
            f"{certificate.name} holds from {first.not_valid_before_utc:%Y-%m-%d} to "
            f"{first.not_valid_after_utc:%Y-%m-%d}.",
            certificate=certificate.name,
            first=f"{first.not_valid_before_utc:%Y-%m-%d}",
            last=f"{first.not_valid_after_utc:%Y-%m-%d}",
        )
    names = _names(first)
    if not names:
        raise ParameterError(
            "certificate_nameless",
            f"{certificate.name} names no server (subject alternative name).",
            certificate=certificate.name,
        )
    digits = first.fingerprint(hashes.SHA256()).hex(":").upper()
    return Certificate(context, names, digits, first.not_valid_after_utc, made_here)


def own_certificate(workspace: Path, *, names: Collection[str]) -> Certificate:
    """Return the certificate made here; a new one when it is missing, soon ends, or lacks a name.

    Parameters
    ----------
    names
        What browsers write to reach the server: names and addresses.

    Raises
    ------
    StoreError
        ``private_file_open`` when others may read its key.
    """
    folder = access_folder(workspace)
    certificate, key = folder / CERTIFICATE_FILE, folder / KEY_FILE
    with suppress(FileNotFoundError, ParameterError):
        read_private(key)
        kept = read_certificate(certificate, key, made_here=True)
        if set(names) <= kept.names and kept.until - datetime.now(UTC) > RENEWED_BEFORE:
            return kept
    _make(certificate, key, names=sorted(names))
    return read_certificate(certificate, key, made_here=True)


def _make(certificate: Path, key: Path, *, names: Collection[str]) -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Problembild")])
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))  # a telephone's clock may be behind
        .not_valid_after(now + LASTS)
        .add_extension(x509.SubjectAlternativeName([_general(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(private, hashes.SHA256())
    )
    pkcs8, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    write_private(key, private.private_bytes(serialization.Encoding.PEM, pkcs8, plain))
    write_private(certificate, made.public_bytes(serialization.Encoding.PEM))


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name.strip("[]")))
    except ValueError:
        return x509.DNSName(name.encode("idna").decode())


def _names(certificate: x509.Certificate) -> frozenset[str]:
    try:
        said = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return frozenset()
    addresses = said.get_values_for_type(x509.IPAddress)
    written = (f"[{one}]" if one.version == 6 else str(one) for one in addresses)
    return frozenset({*(name.lower() for name in said.get_values_for_type(x509.DNSName)), *written})
