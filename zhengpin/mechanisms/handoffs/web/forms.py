"""The shape of what is sent about hand-offs; what is allowed, the services say."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhengpin.base.organizations.models import Organization
from zhengpin.kernel.clocks.starts import BEIJING
from zhengpin.kernel.lawdata import Unit, rule
from zhengpin.kernel.procedures import Limit
from zhengpin.mechanisms.handoffs.web.fields import form_fields
from zhengpin.mechanisms.proceedings.models import Proceeding
from zhengpin.mechanisms.proceedings.particulars import Particulars

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhengpin.kernel.procedures import Clock, Move
    from zhengpin.mechanisms.handoffs.addressing import Addressee
    from zhengpin.mechanisms.handoffs.kinds import HandoffKind

CONTENT = "content-"


class _Limits(forms.Form):
    """Asks a day and its source for each clock that a step may fix."""

    def ask_limits(self, clocks: Iterable[Clock]) -> None:
        self.clocks = tuple(clocks)
        for one in self.clocks:
            title = _(one.title)
            self.fields[f"due-{one.code}"] = forms.DateField(
                label=_("%(clock)s到哪一天") % {"clock": title},
                required=False,
                help_text=_("法律没有定期限；不填就是未设定。"),
                widget=forms.DateInput(attrs={"type": "date"}),
            )
            self.fields[f"source-{one.code}"] = forms.CharField(
                label=_("%(clock)s的依据") % {"clock": title}, required=False, max_length=200
            )

    def limits(self) -> dict[str, Limit]:
        said = self.cleaned_data
        return {
            one.code: Limit(said[f"due-{one.code}"], said[f"source-{one.code}"])
            for one in self.clocks
            if said.get(f"due-{one.code}")
        }


class LetterForm(_Limits):
    """A letter of one kind, to one or several of the organizations found."""

    receivers = forms.ModelMultipleChoiceField(
        label=gettext_lazy("收件单位"),
        queryset=Organization.objects.none(),
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": gettext_lazy("请选择收件单位。")},
    )
    title = forms.CharField(label=gettext_lazy("标题"), max_length=200)
    ground = forms.CharField(
        label=gettext_lazy("依据"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("法律条文、协议或者文件文号。"),
    )
    copies = forms.ModelMultipleChoiceField(
        label=gettext_lazy("抄送"), queryset=Organization.objects.none(), required=False
    )
    refers_to = forms.ModelChoiceField(
        label=gettext_lazy("所引事项"),
        queryset=Proceeding.objects.none(),
        required=False,
        to_field_name="uuid",
    )

    def __init__(
        self,
        *args: Any,
        kind: HandoffKind,
        found: list[Addressee],
        near: Any,
        visible: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        keys = [one.organization.pk for one in found]
        receivers: Any = self.fields["receivers"]
        receivers.queryset = Organization.objects.filter(pk__in=keys)
        if len(found) == 1:
            receivers.initial = keys
        copies: Any = self.fields["copies"]
        copies.queryset = near
        if not kind.takes_copies:
            del self.fields["copies"]
        refers: Any = self.fields["refers_to"]
        refers.queryset = visible
        for name, field in form_fields(kind.content).items():
            self.fields[CONTENT + name] = field
        self.ask_limits(one for one in kind.procedure.clocks if one.rule is None)

    def content(self) -> dict[str, Any]:
        return _given(self, CONTENT)


class StepForm(_Limits):
    """One step: its day, its hour where hours are counted, reasons, days it fixes, a reply."""

    on = forms.DateField(
        label=gettext_lazy("日期"), widget=forms.DateInput(attrs={"type": "date"})
    )
    time = forms.TimeField(
        label=gettext_lazy("时刻"), widget=forms.TimeInput(attrs={"type": "time"}), required=False
    )
    note = forms.CharField(
        label=gettext_lazy("说明"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    after = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(
        self,
        *args: Any,
        move: Move,
        kind: HandoffKind,
        found: list[Addressee],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = move.needs_note
        if not any(map(_counts_hours, kind.procedure.clocks)):
            del self.fields["time"]
        if move.code == "answer":
            for name, field in form_fields(kind.reply).items():
                self.fields[CONTENT + name] = field
        if move.code == "resend":
            keys = [one.organization.pk for one in found]
            self.fields["receiver"] = forms.ModelChoiceField(
                label=_("收件单位"),
                queryset=Organization.objects.filter(pk__in=keys),
                widget=forms.RadioSelect(),
                empty_label=None,
            )
        self.ask_limits(kind.procedure.clock(code) for code in sorted(move.sets))

    def said(self) -> Particulars:
        on, hour = self.cleaned_data["on"], self.cleaned_data.get("time")
        at = datetime.combine(on, hour, BEIJING) if hour else None
        return Particulars(on, at, self.cleaned_data["note"], self.limits())

    def reply(self) -> dict[str, Any]:
        return _given(self, CONTENT)


def _given(form: forms.Form, prefix: str) -> dict[str, Any]:
    """Return what was filled in below a prefix; what was left empty is left out."""
    return {
        name.removeprefix(prefix): value
        for name, value in form.cleaned_data.items()
        if name.startswith(prefix) and value not in {None, ""}
    }


def _counts_hours(clock: Clock) -> bool:
    return clock.rule is not None and rule(clock.rule).unit is Unit.HOURS
