"""The shape of what is asked and sent; what the law allows, the kernel and the services say."""

from __future__ import annotations

from datetime import timedelta, timezone
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhengpin.kernel.lawdata import Unit

if TYPE_CHECKING:
    from datetime import date, datetime

    from zhengpin.kernel.lawdata import Rule

_BEIJING = timezone(timedelta(hours=8))


class SearchForm(forms.Form):
    """What is looked for; anything that makes no sense looks for nothing."""

    q = forms.CharField(required=False, max_length=100)

    def words(self) -> str:
        return str(self.cleaned_data.get("q") or "") if self.is_valid() else ""


class ReckonForm(forms.Form):
    """从哪一天算起: the day (for hours the moment) of the event, and which extensions."""

    extended = forms.TypedChoiceField(label=gettext_lazy("延长"), coerce=int, required=False)

    def __init__(self, data: Any, *, rule: Rule) -> None:
        super().__init__(data, auto_id="reckon_%s")
        self.rule = rule
        self.fields["from"] = self._from(rule)
        self.order_fields(["from", "extended"])
        definite = len(rule.definite_extensions)
        choices: Any = self.fields["extended"]
        choices.choices = [
            (0, _("不延长")),
            *((number, _("第 %(n)s 次延长") % {"n": number}) for number in range(1, definite + 1)),
        ]
        if not definite:
            del self.fields["extended"]

    @staticmethod
    def _from(rule: Rule) -> forms.Field:
        if rule.unit is Unit.HOURS:
            widget = forms.DateTimeInput(attrs={"type": "datetime-local", "class": "short"})
            return forms.DateTimeField(
                label=_("事件的时刻（北京时间）"),
                help_text=rule.from_event,
                input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
                widget=widget,
            )
        widget_of_day = forms.DateInput(attrs={"type": "date", "class": "short"})
        return forms.DateField(
            label=_("事件之日"),
            help_text=rule.from_event,
            input_formats=["%Y-%m-%d"],
            widget=widget_of_day,
        )

    def start(self) -> date | datetime:
        """Return the event as the clocks take it; a moment is one of Beijing."""
        given: date | datetime = self.cleaned_data["from"]
        if self.rule.unit is Unit.HOURS:
            return given.replace(tzinfo=_BEIJING)  # type: ignore[call-arg]
        return given

    def extensions(self) -> int:
        return int(self.cleaned_data.get("extended") or 0)
