"""The law of the package with an installation's overrides laid over it, one after the other."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from zhengpin.base.lawbase.models import Override
from zhengpin.kernel.calendars import (
    Calendar,
    NoticeFaulty,
    NoticeSource,
    announcement_faults,
    lay_over,
    read_announcement,
    statutory,
)
from zhengpin.kernel.errors import DomainError
from zhengpin.kernel.lawdata import Correction, with_correction, with_version

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhengpin.base.lawbase.law import Law


def merged(package: Law, overrides: Iterable[Override], *, version: str) -> Law:
    """Return the law with ``overrides`` in it.

    One that no longer fits the package, after an update of the platform for example, is set aside
    with its reason; the others hold.
    """
    law, set_aside = package, {}
    for one in overrides:
        try:
            law = with_override(law, one)
        except DomainError as refusal:
            set_aside[one.pk] = str(refusal)
    return replace(law, version=version, set_aside=MappingProxyType(set_aside))


def with_override(law: Law, one: Override) -> Law:
    """Return ``law`` with one addition. Raises what the kernel refuses, named by its row."""
    if one.kind == Override.Kind.NOTICE:
        return _with_notice(law, one)
    if one.kind == Override.Kind.VERSION:
        assert one.effective_from is not None  # noqa: S101 — a constraint of the table
        return replace(
            law, table=with_version(law.table, one.subject, one.effective_from, one.content)
        )
    return replace(law, table=with_correction(law.table, _correction(one)))


def _with_notice(law: Law, one: Override) -> Law:
    year = int(one.subject)
    announcement = read_announcement(
        year, one.content, is_amendment=bool(one.content.get("is_amendment"))
    )
    faults = announcement_faults(announcement, law.notices, statutory())
    if faults:
        raise NoticeFaulty(tuple(faults))
    notices = lay_over(law.notices, announcement)
    source = NoticeSource(year, one.title, one.number, one.address)
    sources = {**law.sources, year: (*law.sources.get(year, ()), source)}
    return replace(
        law,
        notices=notices,
        sources=MappingProxyType(sources),
        calendar=Calendar(notices, statutory()),
    )


def _correction(one: Override) -> Correction:
    return Correction(
        rule=one.subject,
        field=one.content["field"],
        was=one.content["was"],
        now=one.content["now"],
        basis=one.citation,
        read_at=one.address or one.citation,
    )
