"""The rows of the requirements: what plans ask of the platform, each by its code.

Owns the list (``rows.yaml`` beside this file). Does not know which declaration claims a row
(``mechanisms.proceedings.coverage``). Invariant: a code stands in it once, in one domain.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import yaml

from zhengpin.kernel.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class RowUnknown(DomainError):
    """要求里没有这一行。"""


@dataclass(frozen=True, slots=True)
class Domain:
    """领域: one of the fields of work that the rows are ordered by."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Row:
    """要求: one thing that plans ask for.

    ``name`` is what the requirements call it; of its ``mechanisms`` the first matters most.
    """

    code: str
    domain: Domain
    title: str
    name: str
    mechanisms: tuple[str, ...]


@lru_cache(maxsize=1)
def rows() -> Mapping[str, Row]:
    """Return every row by its code, in the order of the requirements."""
    text = resources.files(__package__).joinpath("rows.yaml").read_text("utf-8")
    return MappingProxyType({one.code: one for one in _rows(yaml.load(text, Loader=_LOADER))})  # noqa: S506 — the safe loader in C


def row(code: str) -> Row:
    """Return the row ``code``. Raises RowUnknown."""
    try:
        return rows()[code]
    except KeyError:
        message = f"要求里没有“{code}”这一行。"
        raise RowUnknown(message) from None


def _rows(raw: dict[str, Any]) -> Iterator[Row]:
    for domain_code, of_domain in raw.items():
        domain = Domain(domain_code, of_domain["title"])
        for code, fields in of_domain["rows"].items():
            yield Row(code, domain, fields["title"], fields["name"], tuple(fields["by"]))
