"""The shape of what is sent about tasks; what is allowed, the services say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhengpin.base.access.models import Member
from zhengpin.base.organizations.models import Organization
from zhengpin.kernel.plantext.model import Role
from zhengpin.mechanisms.proceedings.web.forms import LimitFields, MoveForm
from zhengpin.mechanisms.tasks.evidence import Given
from zhengpin.mechanisms.tasks.procedure import TASK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhengpin.kernel.procedures import Move
    from zhengpin.mechanisms.proceedings.models import ProceedingQuerySet

MOST_FILES = 20
_LONGEST = 4000
_STATES = ("open", "quiet", "unset", "all")
_BETWEEN = re.compile(r"[\s、,，;；]+")


def _words(label: Any, *, required: bool = True, help_text: Any = "") -> Any:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class Several(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, up to ``MOST_FILES``; none is an empty list."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        sent = [one for one in data or () if one]
        if len(sent) > MOST_FILES:
            message = _("一次最多附20个文件。")
            raise forms.ValidationError(message)
        single = super().clean
        return [single(one, initial) for one in sent]


class StepForm(MoveForm):
    """One step of a task that carries something of its own."""

    def __init__(
        self,
        move: Move,
        visible: ProceedingQuerySet,
        data: Any = None,
        files: Any = None,
        **rest: Any,
    ) -> None:
        super().__init__(move, TASK, data, **rest)
        self.files = files or self.files
        self._visible = visible
        if move.code == "report":
            self.fields["result"] = _words(_("结果"), help_text=_("做成了什么，数字写清楚。"))
        if move.code != "hand_over":
            self.fields["files"] = FilesField(
                label=_("佐证文件"), required=False, widget=Several(), max_length=200
            )
            self.fields["matters"] = forms.CharField(
                label=_("佐证事项的编号"),
                help_text=_("您看得到的事项；有几件的，用顿号隔开。"),
                required=False,
                max_length=1000,
            )
        if move.code in {"report", "go_on"}:
            self.fields["why_none"] = _words(_("没有佐证的理由"), required=False)

    def clean_matters(self) -> list[Any]:
        numbers = [one for one in _BETWEEN.split(self.cleaned_data["matters"]) if one]
        found = {one.number: one for one in self._visible.filter(number__in=numbers)}
        missing = "、".join(one for one in numbers if one not in found)
        if missing:
            message = _("没有找到编号为 %(numbers)s 的事项：请核对编号。")
            raise forms.ValidationError(message, params={"numbers": missing})
        return [found[one] for one in dict.fromkeys(numbers)]

    def given(self) -> Given:
        said = self.cleaned_data
        return Given(
            files=[(one.name, one.read()) for one in said.get("files", ())],
            matters=said.get("matters", ()),
            why_none=said.get("why_none", ""),
        )


class AssignForm(LimitFields):
    """The last day of the tasks of one clause, where a document or a decision fixes it."""

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.ask_limits(TASK.clocks)


class OwnerForm(forms.Form):
    """Who answers for a task inside the organization."""

    owner = forms.ModelChoiceField(
        label=_("责任人"), queryset=Member.objects.none(), required=False, to_field_name="uuid"
    )

    def __init__(self, *args: Any, colleagues: Iterable[Member], **rest: Any) -> None:
        super().__init__(*args, **rest)
        owner: Any = self.fields["owner"]
        owner.queryset = colleagues
        owner.label_from_instance = lambda one: f"{one.person.name}（{one.post.title}）"
        owner.empty_label = "—"


class DivideForm(OwnerForm, LimitFields):
    """A part of a task: what is to be done, by whom, until when."""

    title = forms.CharField(label=_("分解的任务"), max_length=200)
    organization = forms.ModelChoiceField(
        label=_("承担单位"), queryset=Organization.objects.none(), empty_label=None
    )
    field_order = ("title", "organization", "owner")

    def __init__(self, *args: Any, receivers: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        organization: Any = self.fields["organization"]
        organization.queryset = receivers
        self.ask_limits(TASK.clocks)


class FilterForm(forms.Form):
    """What a list of tasks is narrowed to; anything that makes no sense narrows nothing."""

    state = forms.ChoiceField(choices=[(one, "") for one in _STATES], required=False)
    role = forms.ChoiceField(choices=[(one.value, "") for one in Role], required=False)
    mine = forms.BooleanField(required=False)
    words = forms.CharField(required=False, max_length=100)
    after = forms.CharField(required=False, max_length=60)

    def value(self, name: str) -> Any:
        self.is_valid()
        return self.cleaned_data.get(name) or None
