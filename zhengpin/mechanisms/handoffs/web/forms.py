"""The shape of what is sent about hand-offs; what is allowed, the services say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhengpin.base.organizations.models import Organization
from zhengpin.mechanisms.handoffs.web.fields import form_fields
from zhengpin.mechanisms.proceedings.models import Proceeding
from zhengpin.mechanisms.proceedings.web.forms import LimitFields, MoveForm

if TYPE_CHECKING:
    from zhengpin.kernel.procedures import Move
    from zhengpin.mechanisms.handoffs.addressing import Addressee
    from zhengpin.mechanisms.handoffs.kinds import HandoffKind
    from zhengpin.mechanisms.handoffs.models import Handoff

CONTENT = "content-"

_MOST = 300  # matters offered in one list


class LetterForm(LimitFields):
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
        label=gettext_lazy("抄送"),
        queryset=Organization.objects.none(),
        widget=forms.CheckboxSelectMultiple(),
        required=False,
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
        refers.choices = [("", "—"), *((one.uuid, str(one)) for one in visible[:_MOST])]
        refers.help_text = _("您看得到的事项，最近的 %(most)s 件。") % {"most": _MOST}
        for name, field in form_fields(kind.content).items():
            self.fields[CONTENT + name] = field
        self.ask_limits(one for one in kind.procedure.clocks if one.rule is None)

    def content(self) -> dict[str, Any]:
        return _given(self, CONTENT)


class PassOnForm(LimitFields):
    """To whom a letter goes on, and by when they are to sign for it and answer."""

    receivers = forms.ModelMultipleChoiceField(
        label=gettext_lazy("收件单位"),
        queryset=Organization.objects.none(),
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": gettext_lazy("请选择收件单位。")},
    )

    def __init__(self, *args: Any, kind: HandoffKind, found: list[Addressee]) -> None:
        super().__init__(*args)
        receivers: Any = self.fields["receivers"]
        receivers.queryset = Organization.objects.filter(
            pk__in=[one.organization.pk for one in found]
        )
        self.ask_limits(one for one in kind.procedure.clocks if one.rule is None)


class CarryingForm(MoveForm):
    """A step that carries more than its particulars: an answer, or another address."""

    def __init__(
        self, move: Move, kind: HandoffKind, found: list[Addressee], data: Any = None, **rest: Any
    ) -> None:
        super().__init__(move, kind.procedure, data, **rest)
        if move.code == "answer" and kind.reply is not None:
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

    def reply(self) -> dict[str, Any]:
        return _given(self, CONTENT)


class TogetherForm(MoveForm):
    """One step of several hand-offs of a batch; which was the last of each is not asked."""

    def __init__(self, move: Move, kind: HandoffKind, data: Any = None, **rest: Any) -> None:
        super().__init__(move, kind.procedure, data, **rest)
        del self.fields["after"]


def proposed(handoff: Handoff) -> dict[str, str]:
    """Return the last days the drafter proposed, as forms take them."""
    named = handoff.limits.items()
    days = {f"due_{code}": one["due"] for code, one in named}
    return days | {f"source_{code}": one["source"] for code, one in named}


def _given(form: forms.Form, prefix: str) -> dict[str, Any]:
    """Return what was filled in below a prefix; what was left empty is left out."""
    return {
        name.removeprefix(prefix): value
        for name, value in form.cleaned_data.items()
        if name.startswith(prefix) and value not in {None, ""}
    }
