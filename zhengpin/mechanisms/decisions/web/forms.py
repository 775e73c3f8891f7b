"""The shape of what is sent about decisions; what is allowed, the services say."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhengpin.base.access.models import Member
from zhengpin.mechanisms.decisions.models import Panelist

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhengpin.base.access.models import MemberQuerySet
    from zhengpin.kernel.lawdata import Rule

_LONGEST = 4000


def _words(label: Any, *, required: bool = True, rows: int = 3, help_text: Any = "") -> Any:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class AskForm(forms.Form):
    """A question, who is to decide it, and how the outcome can be contested."""

    question = _words(
        gettext_lazy("提请决定的问题"),
        rows=4,
        help_text=gettext_lazy("写成可以回答同意或者不同意的一个问题。"),
    )
    panel = forms.ModelMultipleChoiceField(
        label=gettext_lazy("由谁决定"),
        queryset=Member.objects.none(),
        required=False,
        to_field_name="uuid",
    )
    appeal = forms.ChoiceField(
        label=gettext_lazy("救济途径"),
        required=False,
        help_text=gettext_lazy("法律数据里有期限的权利；对这一决定不适用的，不要选。"),
    )

    def __init__(
        self, *args: Any, candidates: MemberQuerySet, remedies: Iterable[Rule], **rest: Any
    ) -> None:
        super().__init__(*args, **rest)
        panel: Any = self.fields["panel"]
        panel.queryset = candidates
        appeal: Any = self.fields["appeal"]
        by_procedure = groupby(remedies, key=lambda one: one.procedure)
        appeal.choices = [
            ("", _("不写")),
            *((name, [(one.id, _right(one)) for one in rules]) for name, rules in by_procedure),
        ]


def _right(rule: Rule) -> str:
    return f"{rule.to_event}——《{rule.source.title}》{rule.source.article}"


class DeclareForm(forms.Form):
    """Whether something stands against taking part, and what."""

    conflict = forms.ChoiceField(choices=[("no", "no"), ("yes", "yes")])
    reasons = _words(gettext_lazy("回避理由"), required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="declare_%s")

    @property
    def has_conflict(self) -> bool:
        return bool(self.cleaned_data["conflict"] == "yes")


class VoteForm(forms.Form):
    """For or against, and why."""

    vote = forms.ChoiceField(
        label=gettext_lazy("我的意见"), choices=Panelist.Vote.choices, widget=forms.RadioSelect()
    )
    reasons = _words(gettext_lazy("理由"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="vote_%s")
        vote: Any = self.fields["vote"]
        vote.choices = [(value, _(title)) for value, title in Panelist.Vote.choices]


class ReplaceForm(forms.Form):
    """Who takes the place of one who declared a conflict."""

    by = forms.ModelChoiceField(
        label=gettext_lazy("改由谁决定"), queryset=Member.objects.none(), to_field_name="uuid"
    )

    def __init__(self, *args: Any, candidates: MemberQuerySet, **rest: Any) -> None:
        super().__init__(*args, **rest)
        by: Any = self.fields["by"]
        by.queryset = candidates
