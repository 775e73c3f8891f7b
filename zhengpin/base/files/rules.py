"""收件规则: what files a place takes, declared once by whoever asks for them."""

from __future__ import annotations

from dataclasses import dataclass

from zhengpin.kernel.contents import TYPES


@dataclass(frozen=True, slots=True)
class FileRule:
    """What may be kept at one place: ``code`` is stored with each file, ``title`` is shown.

    ``types`` are codes of ``kernel.contents.TYPES``, each with the size limit of its type.
    """

    code: str
    title: str
    types: tuple[str, ...]


RULES: dict[str, FileRule] = {}


def declare(code: str, title: str, *, types: tuple[str, ...] = ()) -> FileRule:
    """Add a rule to the register and return it; without ``types`` every known type is taken."""
    if code in RULES:
        message = f"rule {code} is declared twice"
        raise ValueError(message)
    if unknown := set(types) - TYPES.keys():
        message = f"rule {code} takes unknown types: {sorted(unknown)}"
        raise ValueError(message)
    RULES[code] = FileRule(code, title, types or tuple(TYPES))
    return RULES[code]
