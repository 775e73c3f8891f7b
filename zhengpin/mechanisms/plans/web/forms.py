"""The shape of what is sent about plans; what is allowed, the services say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from zhengpin.base.organizations.models import Region
from zhengpin.kernel.plantext.model import Role
from zhengpin.mechanisms.plans.web.words import MODES, ROLES

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from zhengpin.mechanisms.plans.models import Clause

LARGEST = 20 * 1024 * 1024
PASTED = "paste.txt"
BLANK_UNITS = 2  # empty rows offered for units that the text names and the compiler missed


class ImportForm(forms.Form):
    region = forms.ModelChoiceField(
        label=_("行政区划"),
        queryset=Region.objects.none(),
        empty_label=None,
        to_field_name="code",
    )
    file = forms.FileField(
        label=_("文件"),
        required=False,
        max_length=200,
        help_text=_("txt、html、docx 或带文字的 pdf，不超过20 MB；也可以拖到这里。"),
        widget=forms.FileInput(attrs={"accept": ".txt,.htm,.html,.docx,.pdf"}),
        error_messages={"empty": _("文件是空的，请确认选对了文件后再导入。")},
    )
    text = forms.CharField(
        label=_("或者粘贴全文"),
        required=False,
        strip=False,
        max_length=2_000_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_("连同通知、标题和附件一起粘贴，段落照原样。"),
    )

    def __init__(self, *args: Any, regions: Any, own: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region: Any = self.fields["region"]
        region.queryset = regions
        region.initial = own.code

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        file, text = values.get("file"), values.get("text", "")
        if "file" in self.errors or "text" in self.errors:
            return values
        if file and text.strip():
            self.add_error("text", _("文件和粘贴的文字只能选一种，请清空其中一项。"))
        elif not file and not text.strip():
            self.add_error("file", _("请选择文件，或者在下面粘贴全文。"))
        elif file and file.size > LARGEST:
            self.add_error("file", _("文件超过20 MB，请只保留计划正文后再导入。"))
        return values

    def source(self) -> tuple[bytes, str]:
        """Return the bytes to import and what to call them."""
        file = self.cleaned_data["file"]
        if file:
            return file.read(), file.name
        return self.cleaned_data["text"].encode(), PASTED


class FilterForm(forms.Form):
    """What the list is narrowed to; anything that makes no sense narrows nothing."""

    year = forms.IntegerField(required=False, min_value=1900, max_value=2999)
    stage = forms.CharField(required=False, max_length=12)
    q = forms.CharField(required=False, max_length=100)
    after = forms.CharField(required=False, max_length=40)

    def value(self, name: str) -> Any:
        self.is_valid()
        return self.cleaned_data.get(name) or None


class SettleForm(forms.Form):
    settlement = forms.CharField(label=_("如何处理"), required=False, max_length=300)


class ChooseForm(forms.Form):
    organization = forms.UUIDField()


class QuickSelect(forms.Select):
    """A select written out here: the framework opens two templates for each of its options."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,
    ) -> SafeString:
        widget = self.get_context(name, value, attrs)["widget"]
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (one["value"], " selected" if one["selected"] else "", one["label"])
                for _group, options, _index in widget["optgroups"]
                for one in options
            ),
        )
        given = flatatt(widget["attrs"])
        return format_html('<select name="{}"{}>{}</select>', name, given, options)


class ClauseForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("条的标题"), required=False, max_length=300)
    text = forms.CharField(
        label=_("工作内容"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    due = forms.CharField(
        label=_("时限"),
        required=False,
        max_length=200,
        help_text=_("照原文填写，例如“6月底前”；没有写就留空。"),
    )
    mode = forms.ChoiceField(
        label=_("分工方式"), required=False, choices=list(MODES.items()), widget=QuickSelect
    )
    open_ended = forms.BooleanField(label=_("名单没有列全（“等部门”）"), required=False)
    reason = forms.CharField(
        label=_("更正理由"),
        required=False,
        max_length=300,
        help_text=_("可以不填；会与编译器的读法一起保留。"),
    )

    @classmethod
    def of(cls, clause: Clause, data: Any = None) -> ClauseForm:
        """Return the form over what the clause says now."""
        initial = {
            "version": clause.version,
            "title": clause.item.title,
            "text": clause.text,
            "due": clause.due,
            "mode": clause.mode,
            "open_ended": clause.open_ended,
        }
        return cls(data, initial=initial, auto_id="clause_%s")

    def changes(self) -> dict[str, Any]:
        """Return the fields that were changed, as the service takes them."""
        wanted = set(self.changed_data) - {"version", "reason"}
        if not self.cleaned_data["title"] and not self.initial["title"]:
            wanted.discard("title")
        return {name: self.cleaned_data[name] for name in wanted}


class UnitForm(forms.Form):
    """One row of the list of units; an emptied name takes the unit out."""

    name = forms.CharField(label=_("单位"), required=False, max_length=120)
    role = forms.ChoiceField(
        label=_("角色"),
        choices=list(ROLES.items()),
        initial=str(Role.MEMBER),
        required=False,
        widget=QuickSelect,
    )


UnitForms = forms.formset_factory(UnitForm, extra=BLANK_UNITS, max_num=200, absolute_max=202)
