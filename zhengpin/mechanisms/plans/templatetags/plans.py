"""What rows of plans and clauses show: chips, and the address of a clause."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from django import template
from django.urls import reverse

from zhengpin.mechanisms.plans.web import chips

if TYPE_CHECKING:
    from uuid import UUID

register = template.Library()
register.simple_tag(chips.units_as_chips, name="units")
register.filter("role_chip", chips.role_as_chip)
register.filter("stage_chip", chips.stage_as_chip)
register.filter("status_chip", chips.status_as_chip)
register.filter("due_pill", chips.due_as_pill)


@register.simple_tag
def clause_url(plan: UUID, address: str) -> str:
    """Return where a clause can be read, as ``url`` does; that looks the pattern up each time."""
    return f"{_plan_url(plan)}/clauses/{quote(address)}"


@lru_cache(maxsize=512)
def _plan_url(plan: UUID) -> str:
    return reverse("plans:detail", args=[plan])
