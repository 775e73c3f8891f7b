"""Text with Ed25519 signatures below it, in the C2SP signed-note form.

Invariant: the body of a note reaches a caller only after a trusted key has verified it. A
signature of a trusted key that does not hold refuses the whole note. Signatures of keys that the
caller does not know are ignored, as C2SP orders, so that witnesses can add theirs; if nobody known
has signed, the note is refused.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from zhengpin.kernel.merkle.errors import (
    KeyNameRefused,
    NoteMalformed,
    SignatureBad,
    SignerUnknown,
    VerifierKeyMalformed,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_ED25519 = b"\x01"
_KEY_BYTES = 32
_ID_BYTES = 4
_DASH = "\u2014 "
_FORBIDDEN = re.compile("[\x00-\x1f\ud800-\udfff]")  # ASCII controls and lone surrogates
MAX_SIGNATURES = 100  # C2SP asks for a limit of at least 16


@dataclass(frozen=True, slots=True)
class Verifier:
    """验证公钥: a name and the 32 bytes of the Ed25519 key that signs under it."""

    name: str
    public_key: bytes

    def __post_init__(self) -> None:
        if not _is_key_name(self.name):
            raise KeyNameRefused
        if len(self.public_key) != _KEY_BYTES:
            raise VerifierKeyMalformed

    @property
    def key_id(self) -> bytes:
        named = self.name.encode() + b"\n" + _ED25519 + self.public_key
        return hashlib.sha256(named).digest()[:_ID_BYTES]

    @property
    def text(self) -> str:
        """The form that is published: ``name+key id+base64``."""
        return f"{self.name}+{self.key_id.hex()}+{write_base64(_ED25519 + self.public_key)}"

    def has_signed(self, body: str, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.public_key).verify(signature, body.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class _Signature:
    name: str
    key_id: bytes
    value: bytes


def verifier_key(name: str, public_key: Ed25519PublicKey) -> str:
    return Verifier(name, public_key.public_bytes_raw()).text


def parse_verifier_key(text: str) -> Verifier:
    name, _, rest = text.partition("+")
    try:
        key = read_base64(rest.partition("+")[2])
        verifier = Verifier(name, key[1:])
    except (ValueError, KeyNameRefused) as error:
        raise VerifierKeyMalformed from error
    if verifier.text != text:  # another algorithm, a wrong key id, capital letters
        raise VerifierKeyMalformed
    return verifier


def sign_note(body: str, name: str, private_key: Ed25519PrivateKey) -> str:
    """Return the body, which ends in a newline, with the signature below it."""
    if not _is_note_text(body):
        raise NoteMalformed
    verifier = Verifier(name, private_key.public_key().public_bytes_raw())
    signature = write_base64(verifier.key_id + private_key.sign(body.encode()))
    return f"{body}\n{_DASH}{name} {signature}\n"


def open_note(text: str, verifiers: Iterable[Verifier]) -> str:
    """Return the body of a note that at least one of the verifiers has signed."""
    body, signatures = _split(text)
    trusted, is_signed = tuple(verifiers), False
    for signature in signatures:
        named = (signature.name, signature.key_id)
        known = [one for one in trusted if (one.name, one.key_id) == named]
        if known and not any(one.has_signed(body, signature.value) for one in known):
            raise SignatureBad
        is_signed = is_signed or bool(known)
    if not is_signed:
        raise SignerUnknown
    return body


def read_base64(text: str) -> bytes:
    """Decode standard base64 and refuse any second way to write the same bytes."""
    data = base64.b64decode(text, validate=True)
    if write_base64(data) != text:
        raise ValueError(text)
    return data


def write_base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _split(text: str) -> tuple[str, list[_Signature]]:
    head, blank, foot = text.rpartition("\n\n")
    body = head + "\n"
    if not (blank and _is_note_text(text)):
        raise NoteMalformed
    lines = foot.removesuffix("\n").split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise NoteMalformed
    return body, [_signature(line) for line in lines]


def _signature(line: str) -> _Signature:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    try:
        data = read_base64(encoded)
    except ValueError as error:
        raise NoteMalformed from error
    if not line.startswith(_DASH) or not _is_key_name(name) or len(data) <= _ID_BYTES:
        raise NoteMalformed
    return _Signature(name, data[:_ID_BYTES], data[_ID_BYTES:])


def _is_note_text(text: str) -> bool:
    return text.endswith("\n") and all(is_plain_line(line) for line in text.split("\n"))


def is_plain_line(line: str) -> bool:
    """Whether C2SP lets a line stand in a note: valid Unicode, no ASCII control character."""
    return not _FORBIDDEN.search(line)


def _is_key_name(name: str) -> bool:
    return (
        bool(name)
        and is_plain_line(name)
        and not any(char.isspace() or char == "+" for char in name)
    )
