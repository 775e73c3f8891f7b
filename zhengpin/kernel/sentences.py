"""Sentences that can be said in another language than Chinese.

A sentence is kept as its Chinese template and what stands in it, and is put together only when
somebody says it: whoever shows it brings the catalogue. The template is the key of the catalogue.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhengpin.kernel.errors import DomainError

Translate: TypeAlias = Callable[[str], str]


class Words(ABC):
    """What can be said in a language; as ``str`` it is Chinese."""

    __slots__ = ()

    @abstractmethod
    def said(self, translate: Translate) -> str:
        """Return it in the language into which ``translate`` takes a Chinese template."""

    def __str__(self) -> str:
        return self.said(_as_it_is)


@dataclass(frozen=True, slots=True)
class Sentence(Words):
    """句子: a Chinese template with named fields, ``%(day)s``, and the values that fill them.

    A value that is itself ``Words`` is said in the same language; any other is shown as it is,
    as the law's own words and citations are.
    """

    template: str
    values: Mapping[str, object] | None = field(default=None, hash=False)

    def with_values(self, **values: object) -> Sentence:
        """Return a declared sentence filled."""
        return Sentence(self.template, values)

    def said(self, translate: Translate) -> str:
        template = translate(self.template)
        if self.values is None:
            return template
        return template % {name: _said(one, translate) for name, one in self.values.items()}


@dataclass(frozen=True, slots=True)
class Listed(Words):
    """列举: one thing or more, joined by ``pair``, a sentence of ``first`` and ``then``."""

    pair: Sentence
    items: Sequence[object]

    def said(self, translate: Translate) -> str:
        text, *more = (_said(one, translate) for one in self.items)
        pair = translate(self.pair.template)
        for one in more:
            text = pair % {"first": text, "then": one}
        return text


COMMAS = Sentence("%(first)s、%(then)s")
SEMICOLONS = Sentence("%(first)s；%(then)s")


@dataclass(frozen=True, slots=True)
class Refusal(Words):
    """拒绝: what was refused, ``exact``, and the sentence of its kind, ``general``.

    One that names figures or records is said in general first, where its words are not known.
    """

    exact: str
    general: str

    @classmethod
    def of(cls, error: DomainError) -> Refusal:
        return cls(str(error), (type(error).__doc__ or "").strip())

    def said(self, translate: Translate) -> str:
        said = translate(self.exact)
        if said != self.exact or not self.general or translate(self.general) == self.general:
            return said
        return f"{translate(self.general)}（{self.exact}）"


def _said(value: object, translate: Translate) -> str:
    return value.said(translate) if isinstance(value, Words) else str(value)


def _as_it_is(text: str) -> str:
    return text
