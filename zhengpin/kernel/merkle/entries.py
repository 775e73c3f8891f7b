"""The digest of one ledger entry: SHA-256 over its facts as canonical JSON (RFC 8785).

Invariant: equal facts have equal bytes, in any language that follows RFC 8785. So whatever two
readers could write differently is refused: floats, instants, bytes, integers that a reader of
doubles would round, text that is not Unicode.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from zhengpin.kernel.merkle.errors import FactRefused, IntegerTooLarge, TextMalformed

_MAX_INTEGER = 2**53 - 1


def entry_digest(facts: Mapping[str, object]) -> bytes:
    """Return 32 bytes that stand for the facts; they are the data of the entry's leaf."""
    return hashlib.sha256(canonical_json(facts)).digest()


def canonical_json(facts: Mapping[str, object]) -> bytes:
    """Return the facts as RFC 8785 orders.

    ``json.dumps`` escapes strings and writes integers exactly so. It would sort keys by code
    point, where the RFC sorts by UTF-16 code unit; therefore the keys come sorted.
    """
    try:
        text = json.dumps(_ordered(facts), ensure_ascii=False, separators=(",", ":"))
        return text.encode()
    except UnicodeEncodeError as error:
        raise TextMalformed from error


def _ordered(value: object) -> object:
    match value:
        case None | bool() | str():
            return value
        case int():
            if abs(value) > _MAX_INTEGER:
                raise IntegerTooLarge
            return value
        case list():
            return [_ordered(one) for one in value]
        case Mapping():
            return {key: _ordered(value[key]) for key in sorted(value, key=_code_units)}
        case _:
            raise FactRefused


def _code_units(key: object) -> bytes:
    if not isinstance(key, str):
        raise FactRefused
    return key.encode("utf-16-be")
