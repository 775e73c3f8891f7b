"""What the law says here and now: rows by day, instruments, the calendar, and a search.

Everybody who is signed in may read all of it, so nothing here asks for a member.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhengpin.base.lawbase import instruments as by_instrument
from zhengpin.base.lawbase.errors import InstrumentUnknown
from zhengpin.base.lawbase.law import LawState, package_law, package_state
from zhengpin.base.lawbase.merging import merged
from zhengpin.base.lawbase.models import Override
from zhengpin.kernel.lawdata import RuleUnknown, in_words, version_on, versions_of
from zhengpin.kernel.text.folding import simplify

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from uuid import UUID

    from zhengpin.base.lawbase.instruments import Instrument
    from zhengpin.base.lawbase.law import Law
    from zhengpin.kernel.calendars import Calendar
    from zhengpin.kernel.lawdata import Rule, Threshold


_kept: Law | None = None


def version() -> str:
    """Return what names the present state of the law: the last override, in one small query."""
    last = Override.objects.order_by("-pk").values_list("pk", "uuid").first()
    return f"{last[0]}/{last[1]}" if last else ""


def state() -> LawState:
    """Return the present state of the law, the package's own included. One small query."""
    last = Override.objects.order_by("-pk").values_list("pk", flat=True).first()
    return LawState(package_state(), last or 0)


def overrides_after(number: int) -> list[Override]:
    """Return what was added or withdrawn after the override with this number, in order."""
    return list(Override.objects.filter(pk__gt=number).select_related("withdraws").order_by("pk"))


def law() -> Law:
    """Return the law in its present state, the installation's overrides included.

    Kept per process and read anew when another override is there, whichever process added it.
    Each call asks the database which one is the last; a caller that needs it twice keeps it.
    """
    global _kept  # noqa: PLW0603 — the one place where it is kept
    now = version()
    if _kept is None or _kept.version != now:
        _kept = merged(package_law(), Override.objects.standing(), version=now)
    return _kept


def law_as_of(number: int) -> Law:
    """Return the law as it was when the override ``number`` was the last one."""
    known = Override.objects.additions().filter(pk__lte=number)
    standing = known.exclude(withdrawal__pk__lte=number).order_by("pk")
    return merged(package_law(), standing, version=f"as of {number}")


def overrides() -> list[Override]:
    """Return everything ever added, the newest first."""
    rows = Override.objects.select_related(
        "added_by__person", "added_by__post__organization", "withdraws", "withdrawal"
    )
    return list(rows.order_by("-pk"))


def override(uuid: UUID) -> Override:
    """Return one override. Raises Override.DoesNotExist."""
    rows = Override.objects.select_related(
        "added_by__person", "added_by__post__organization", "withdraws", "withdrawal"
    )
    return rows.get(uuid=uuid)


def working_calendar() -> Calendar:
    """Return the calendar of working days, the installation's notices included."""
    return law().calendar


def rules(on: date | None = None) -> list[Rule]:
    """Return the rules in force on a day, or every version of every rule."""
    known = law().table.rules.values()
    return [one for one in known if on is None or one.covers(on)]


def rule(code: str, on: date) -> Rule:
    """Return the version of a rule that is in force on a day, whichever version is named.

    Raises RuleUnknown, or RuleNotInForce where no version covers the day, or more than one.
    """
    return version_on(code, on, law().table.rules)


def row(id_: str) -> Rule:
    """Return exactly the row of that id. Raises RuleUnknown."""
    known = law().table.rules
    if id_ not in known:
        raise RuleUnknown
    return known[id_]


def versions(one: Rule) -> tuple[Rule, ...]:
    """Return a rule's versions, the oldest first, itself among them."""
    return versions_of(one, law().table.rules)


def threshold(id_: str) -> Threshold:
    """Return one threshold. Raises RuleUnknown."""
    known = law().thresholds.thresholds
    if id_ not in known:
        raise RuleUnknown
    return known[id_]


def instruments() -> list[Instrument]:
    return by_instrument.instruments(law())


def instrument(code: str) -> Instrument:
    """Return one instrument. Raises InstrumentUnknown."""
    found = next((one for one in instruments() if one.code == code), None)
    if found is None:
        raise InstrumentUnknown
    return found


def search_rules(words: str) -> list[Rule]:
    """Return the rules in whose fields all the words stand, in any script."""
    return [one for one in law().table.rules.values() if _holds(words, _said_by_rule(one))]


def search_thresholds(words: str) -> list[Threshold]:
    """Return the thresholds in whose fields all the words stand, in any script."""
    known = law().thresholds
    return [
        one
        for one in known.thresholds.values()
        if _holds(words, _said_by_threshold(one, known.metrics))
    ]


def _holds(words: str, said: Iterable[str]) -> bool:
    text = simplify(" ".join(said)).casefold()
    return all(simplify(word).casefold() in text for word in words.split())


def _said_by_rule(one: Rule) -> Iterable[str]:
    return (
        one.id, one.procedure, one.from_event, one.to_event, one.obliged_party, one.citation,
        one.note or "",
    )  # fmt: skip


def _said_by_threshold(one: Threshold, metrics: Mapping[str, Mapping[str, str]]) -> Iterable[str]:
    return (
        one.id, one.offence, one.article, one.statutory_phrase, one.citation, one.note or "",
        *(line.text for line in in_words(one.when, metrics)),
    )  # fmt: skip
