"""The fields of a clause that a person may put right, as values that JSON can hold.

The place in the source, the address and the verbatim assignment are no such fields: they are what
the document says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from zhengpin.kernel.plantext.breakdown import printable
from zhengpin.kernel.plantext.model import Mode, Role
from zhengpin.mechanisms.plans import errors

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from zhengpin.mechanisms.plans.models import Clause, ClauseUnit

TITLES = {
    "text": "任务",
    "units": "责任单位",
    "mode": "分工方式",
    "open_ended": "名单是否列全",
    "due": "时限",
    "title": "条的标题",
}

_LONGEST = {"text": 20_000, "title": 300, "due": 200, "name": 120, "full": 120}
_MOST_UNITS = 200


def checked(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``changes`` as they would be stored.

    Raises FieldNotCorrectable, TextEmptied, TextTooLong, TextMalformed or ValueNotAllowed.
    """
    if any(name not in TITLES for name in changes):
        raise errors.FieldNotCorrectable
    return {name: _CHECKS[name](value) for name, value in changes.items()}


def values_of(clause: Clause) -> dict[str, Any]:
    """Return what the fields of a clause hold now. One query for its units."""
    units = clause.units.select_related("organization").order_by("order")
    return {
        "text": clause.text,
        "units": [_as_value(unit) for unit in units],
        "mode": clause.mode,
        "open_ended": clause.open_ended,
        "due": clause.due,
        "title": clause.item.title,
    }


def sentence(text: object, longest: int) -> str:
    """Return a text that a person typed, stripped. Raises TextTooLong or TextMalformed."""
    if not isinstance(text, str):
        raise errors.ValueNotAllowed
    stripped = text.strip()
    if len(stripped) > longest:
        raise errors.TextTooLong
    if printable(stripped) != stripped:
        raise errors.TextMalformed
    return stripped


def _as_value(unit: ClauseUnit) -> dict[str, Any]:
    return {
        "name": unit.name,
        "full": unit.full,
        "role": unit.role,
        "is_collective": unit.is_collective,
        "organization": str(unit.organization.uuid) if unit.organization else None,
    }


def _filled(name: str) -> Callable[[object], str]:
    def check(value: object) -> str:
        text = sentence(value, _LONGEST[name])
        if not text:
            raise errors.TextEmptied
        return text

    return check


def _due(value: object) -> str:
    return sentence(value, _LONGEST["due"])


def _mode(value: object) -> str:
    if value not in ("", *Mode):
        raise errors.ValueNotAllowed
    return str(value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise errors.ValueNotAllowed
    return value


def _units(value: object) -> list[dict[str, Any]]:
    if not isinstance(value, list) or len(value) > _MOST_UNITS:
        raise errors.ValueNotAllowed
    return [_unit(one) for one in value]


def _unit(value: object) -> dict[str, Any]:
    if not isinstance(value, dict) or set(value) - set(_UNIT_CHECKS):
        raise errors.ValueNotAllowed
    given = {"is_collective": False, "organization": None, **value}
    given.setdefault("full", given.get("name"))
    unit = {name: check(given.get(name)) for name, check in _UNIT_CHECKS.items()}
    if unit["is_collective"] and unit["organization"]:
        raise errors.CollectiveName
    return unit


def _role(value: object) -> str:
    if value not in tuple(Role):
        raise errors.ValueNotAllowed
    return str(value)


def _organization(value: object) -> str | None:
    if value is None or value == "":
        return None
    try:
        return str(UUID(str(value)))
    except ValueError as malformed:
        raise errors.OrganizationOutOfReach from malformed


_CHECKS: dict[str, Callable[[object], Any]] = {
    "text": _filled("text"),
    "units": _units,
    "mode": _mode,
    "open_ended": _flag,
    "due": _due,
    "title": _filled("title"),
}
_UNIT_CHECKS: dict[str, Callable[[object], Any]] = {
    "name": _filled("name"),
    "full": _filled("full"),
    "role": _role,
    "is_collective": _flag,
    "organization": _organization,
}
