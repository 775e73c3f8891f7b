"""How pages call what the law data names by codes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhengpin.base.lawbase.instruments import Mark
from zhengpin.kernel.lawdata import Unit

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from zhengpin.base.lawbase.models import Override
    from zhengpin.kernel.lawdata import Extension, Rule, Threshold

UNITS: dict[Unit, _StrPromise] = {
    Unit.HOURS: gettext_lazy("小时"),
    Unit.CALENDAR_DAYS: gettext_lazy("日（自然日）"),
    Unit.WORKING_DAYS: gettext_lazy("个工作日"),
    Unit.MONTHS: gettext_lazy("个月"),
}
MARKS: dict[Mark, _StrPromise] = {
    Mark.READ: gettext_lazy("已见条文"),
    Mark.RECALLED: gettext_lazy("存疑：凭记忆录入"),
    Mark.OPEN: gettext_lazy("有未定之处"),
}


def unset() -> str:
    return _("未设定")


def length(row: Rule) -> str:
    return _("立即") if row.immediate else f"{row.length} {UNITS[row.unit]}"


def extension(one: Extension) -> str:
    if one.length is None or one.unit is None:
        return _("长短由决定写明")
    return f"{one.length} {UNITS[one.unit]}"


def interval(row: Rule | Threshold) -> str:
    """Return the days a row is in force; the last day shown is in force too."""
    begin = row.effective_from.isoformat()
    if row.effective_to is None:
        return _("%(begin)s 起") % {"begin": begin}
    end = (row.effective_to - timedelta(days=1)).isoformat()
    return _("%(begin)s 至 %(end)s") % {"begin": begin, "end": end}


def extension_fields(one: Extension) -> dict[str, object]:
    """Return what the form of an extension begins with."""
    return {
        "length": one.length,
        "unit": one.unit.value if one.unit else "",
        "by": one.by,
        "condition": one.condition,
    }


def content(one: Override) -> list[str]:
    """Return what an override says, line by line, in the words of the data."""
    if one.kind == one.Kind.NOTICE:
        off = [f"{each['name']} {each['from']} — {each['to']}" for each in one.content["off"]]
        on = [f"{each['name']} {each['day']}（调休上班）" for each in one.content["on"]]
        return [*off, *on]
    if one.kind == one.Kind.VERSION:
        length = "立即" if one.content["immediate"] else f"{one.content['length']} "
        unit = "" if one.content["immediate"] else str(UNITS[Unit(one.content["unit"])])
        return [
            f"{one.effective_from} 起：{length}{unit}",
            f"{one.content['from_event']} → {one.content['to_event']}",
        ]
    if one.kind == one.Kind.CORRECTION:
        was = one.content["was"] or "空"
        return [f"{one.content['field']}：{was} → {one.content['now'] or '空'}"]
    return [one.reason]
