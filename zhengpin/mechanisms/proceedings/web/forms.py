"""The shape of what is sent about matters; what is allowed, the services say."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhengpin.base.days import day_field
from zhengpin.kernel.clocks.starts import BEIJING
from zhengpin.kernel.procedures import Limit
from zhengpin.mechanisms.proceedings import queries, worklist
from zhengpin.mechanisms.proceedings.particulars import Particulars

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from zhengpin.base.lawbase.law import Law
    from zhengpin.kernel.procedures import Clock, Move, Procedure
    from zhengpin.mechanisms.proceedings.models import Step

_LONGEST_NOTE = 2000


class Moment(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class LimitFields(forms.Form):
    """Asks a last day and what it rests on, for each clock that may be fixed."""

    limited: tuple[Clock, ...] = ()

    def ask_limits(self, clocks: Iterable[Clock], needed: Collection[str] = ()) -> None:
        self.limited = tuple(clocks)
        for clock in self.limited:
            is_needed = clock.code in needed
            named = {"clock": gettext(clock.title)}
            last_day, source = gettext("%(clock)s的最后一日"), gettext("%(clock)s的依据")
            self.fields[f"due_{clock.code}"] = day_field(last_day % named, required=is_needed)
            self.fields[f"source_{clock.code}"] = forms.CharField(
                label=source % named,
                help_text=_("文件名称、文号或者决定"),
                required=is_needed,
                max_length=200,
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for clock in self.limited:
            due = f"due_{clock.code}"
            if values.get(f"source_{clock.code}") and not values.get(due) and due in values:
                self.add_error(due, _("写了依据，没有写日期。"))
        return values

    def limits(self) -> dict[str, Limit]:
        values = self.cleaned_data
        return {
            one.code: Limit(values[f"due_{one.code}"], values[f"source_{one.code}"])
            for one in self.limited
            if values.get(f"due_{one.code}")
        }


class StepForm(LimitFields):
    """What every step says: the day, the time where hours are counted, the reasons."""

    on = day_field(_("办理日期"))
    at = forms.TimeField(label=_("时刻"), required=False, widget=Moment())
    note = forms.CharField(
        label=_("说明"),
        required=False,
        max_length=_LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def moment(self) -> datetime | None:
        on, at = self.cleaned_data["on"], self.cleaned_data.get("at")
        return datetime.combine(on, at, BEIJING) if at else None

    def said(self) -> Particulars:
        """Return the particulars of the step, from a form that is valid."""
        return Particulars(
            self.cleaned_data["on"],
            at=self.moment(),
            note=self.cleaned_data["note"],
            limits=self.limits(),
        )


class MoveForm(StepForm):
    """One move: asks for no more than its declaration and its clocks need."""

    after = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        move: Move,
        procedure: Procedure,
        data: Any = None,
        *,
        initial: Any = None,
        known: Law | None = None,
    ) -> None:
        super().__init__(data, initial=initial, auto_id=f"{move.code}_%s")
        self.move = move
        if not queries.needs_instant(procedure, move.code, known):
            del self.fields["at"]
        else:
            self.fields["at"].required = True
            self.fields["at"].help_text = _("这一步开始或者结束按小时计算的期限。")
        if move.needs_note:
            self.fields["note"].label = _("理由")
            self.fields["note"].required = True
        fixed = [one for one in procedure.clocks if one.code in move.sets]
        self.ask_limits(fixed, queries.needed_limits(procedure, move, known))


class CorrectionForm(StepForm):
    """The day a step should have borne, and why it was wrong."""

    def __init__(
        self, step: Step, data: Any = None, *, initial: Any = None, known: Law | None = None
    ) -> None:
        super().__init__(data, initial=initial, auto_id=f"correct{step.pk}_%s")
        if not queries.needs_instant(step.proceeding.procedure, step.move_code, known):
            del self.fields["at"]
        else:
            self.fields["at"].required = True
        self.fields["on"].label = _("应为日期")
        self.fields["note"].label = _("更正理由")
        self.fields["note"].required = True


class FilterForm(forms.Form):
    """What the worklist is narrowed to; anything that makes no sense narrows nothing."""

    side = forms.ChoiceField(choices=[(one.value, "") for one in worklist.Side], required=False)
    group = forms.ChoiceField(choices=[(one.value, "") for one in worklist.Group], required=False)
    procedure = forms.CharField(required=False, max_length=40)
    clock = forms.CharField(required=False, max_length=90)
    organization = forms.CharField(required=False, max_length=100)
    words = forms.CharField(required=False, max_length=100)
    since = day_field("", required=False)
    until = day_field("", required=False)
    after = forms.CharField(required=False, max_length=60)
    size = forms.IntegerField(required=False, min_value=1, max_value=worklist.LARGEST_PAGE)

    def value(self, name: str) -> Any:
        self.is_valid()
        return self.cleaned_data.get(name) or None

    def filters(self) -> worklist.Filters:
        names = ("procedure", "clock", "organization", "words", "since", "until")
        given = {name: self.value(name) for name in names}
        return worklist.Filters(**{name: one for name, one in given.items() if one})

    def kept(self) -> dict[str, str]:
        """Return what a view keeps of the filters: as they stand in an address."""
        names = ("side", "group", "procedure", "clock", "organization", "words", "since", "until")
        return {name: str(self.value(name)) for name in names if self.value(name)}
