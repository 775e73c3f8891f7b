"""The shape of what is asked and sent; what the law allows, the kernel and the services say."""

from __future__ import annotations

from datetime import timedelta, timezone
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhengpin.base.days import day_field
from zhengpin.base.lawbase.services import SourceText
from zhengpin.base.lawbase.web.words import UNITS
from zhengpin.kernel.calendars import Announcement, DayOn, DaysOff
from zhengpin.kernel.lawdata import CORRECTABLE, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from zhengpin.kernel.lawdata import DeadlineTable, Rule

    _Rows = Iterable[forms.Form]

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
        return day_field(_("事件之日"), rule.from_event, is_short=True)

    def start(self) -> date | datetime:
        """Return the event as the clocks take it; a moment is one of Beijing."""
        given: date | datetime = self.cleaned_data["from"]
        if self.rule.unit is Unit.HOURS:
            return given.replace(tzinfo=_BEIJING)  # type: ignore[call-arg]
        return given

    def extensions(self) -> int:
        return int(self.cleaned_data.get("extended") or 0)


class SourceForm(forms.Form):
    """出处: what an addition rests on; every addition needs it."""

    title = forms.CharField(label=gettext_lazy("文件标题"), max_length=200)
    number = forms.CharField(label=gettext_lazy("文号"), max_length=120)
    issued_on = day_field(gettext_lazy("成文日期"), is_short=True)
    address = forms.CharField(
        label=gettext_lazy("网址"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("在哪里读到的，例如中国政府网的页面；没有可以不填。"),
    )
    source_text = forms.CharField(
        label=gettext_lazy("原文"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=gettext_lazy("粘贴所依据的原文；会原样保存，摘要记入账本。"),
    )

    def source(self) -> SourceText:
        values = self.cleaned_data
        return SourceText(
            title=values["title"],
            text=values["source_text"],
            number=values["number"],
            article=values.get("article", ""),
            address=values["address"],
            issued_on=values["issued_on"],
        )


class NoticeForm(SourceForm):
    year = forms.IntegerField(
        label=gettext_lazy("年度"), widget=forms.NumberInput(attrs={"class": "short"})
    )
    is_amendment = forms.BooleanField(
        label=gettext_lazy("调整通知：改动已有通知的年份，只写有变化的日子"), required=False
    )

    field_order = ("year", "is_amendment", "title", "number", "issued_on", "address")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year = (self.initial or {}).get("year")
        self.initial.setdefault("title", f"国务院办公厅关于{year}年部分节假日安排的通知")

    def announcement(self, off: tuple[DaysOff, ...], on: tuple[DayOn, ...]) -> Announcement:
        values = self.cleaned_data
        return Announcement(values["year"], off, on, is_amendment=values["is_amendment"])


class DaysOffForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("节日"), max_length=40)
    first = day_field(gettext_lazy("放假首日"))
    last = day_field(gettext_lazy("放假末日"))


class DayOnForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("为哪个节日"), max_length=40)
    day = day_field(gettext_lazy("调休上班"))


DaysOffForms = forms.formset_factory(DaysOffForm, extra=9, max_num=30, absolute_max=40)
DayOnForms = forms.formset_factory(DayOnForm, extra=9, max_num=30, absolute_max=40)


def days_off(rows: _Rows) -> tuple[DaysOff, ...]:
    filled = [one.cleaned_data for one in rows if one.cleaned_data]
    return tuple(DaysOff(row["name"], row["first"], row["last"]) for row in filled)


def days_on(rows: _Rows) -> tuple[DayOn, ...]:
    filled = [one.cleaned_data for one in rows if one.cleaned_data]
    return tuple(DayOn(row["name"], row["day"]) for row in filled)


class VersionForm(SourceForm):
    article = forms.CharField(
        label=gettext_lazy("条款"),
        max_length=120,
        help_text=gettext_lazy("例如：第三十三条第二款"),
    )
    on = day_field(gettext_lazy("施行日期"))
    length = forms.IntegerField(label=gettext_lazy("期间长短"), min_value=0, max_value=100_000)
    unit = forms.ChoiceField(label=gettext_lazy("单位"))
    immediate = forms.BooleanField(
        label=gettext_lazy("条文写“立即”或“及时”，没有固定时数"), required=False
    )
    kind = forms.ChoiceField(label=gettext_lazy("类别"))
    counting_rule = forms.ChoiceField(label=gettext_lazy("计算口径"), required=False)
    from_event = forms.CharField(label=gettext_lazy("自"), max_length=300)
    to_event = forms.CharField(label=gettext_lazy("至"), max_length=300)
    obliged_party = forms.CharField(label=gettext_lazy("义务人"), max_length=200)
    excluded_time = forms.CharField(
        label=gettext_lazy("不计入的时间"), required=False, max_length=500
    )
    note = forms.CharField(label=gettext_lazy("备注"), required=False, max_length=500)

    field_order = ("on", "title", "number", "article", "issued_on", "address", "source_text")
    ROW = (
        "length", "unit", "immediate", "kind", "counting_rule", "from_event", "to_event",
        "obliged_party", "excluded_time", "note",
    )  # fmt: skip

    def __init__(self, data: Any, *, rule: Rule, table: DeadlineTable) -> None:
        initial = {name: getattr(rule, name) for name in self.ROW if name != "note"}
        initial |= {"title": rule.source.title, "article": rule.source.article}
        super().__init__(data, initial=initial)
        unit, kind, counting = (
            cast("forms.ChoiceField", self.fields[name])
            for name in ("unit", "kind", "counting_rule")
        )
        unit.choices = [(one.value, UNITS[one]) for one in Unit]
        kind.choices = [(one.value, text) for one, text in table.kinds.items()]
        counting.choices = [
            ("", _("未设定")),
            *((one.code, one.text) for one in table.counting_rules.values()),
        ]

    def changes(self) -> dict[str, Any]:
        """Return the fields of the row as the service takes them; an emptied one is unset."""
        values = {name: self.cleaned_data[name] for name in self.ROW}
        return {name: None if value == "" else value for name, value in values.items()}


class ExtensionForm(forms.Form):
    """One extension; without a length the decision says how long."""

    length = forms.IntegerField(
        label=gettext_lazy("长短"), required=False, min_value=1, max_value=100_000
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("单位"),
        required=False,
        choices=[("", gettext_lazy("长短由决定写明")), *((one.value, UNITS[one]) for one in Unit)],
    )
    by = forms.CharField(label=gettext_lazy("谁决定"), max_length=200)
    condition = forms.CharField(label=gettext_lazy("条件"), max_length=300)


ExtensionForms = forms.formset_factory(
    ExtensionForm, extra=1, max_num=6, absolute_max=8, can_delete=True
)


def extension_rows(rows: _Rows) -> list[dict[str, Any]]:
    """Return the extensions as a row of the file writes them, those struck out left out."""
    filled = [one.cleaned_data for one in rows]
    return [
        {
            "length": row["length"],
            "unit": row["unit"] or None,
            "by": row["by"],
            "condition": row["condition"],
        }
        for row in filled
        if row.get("by") and not row.get("DELETE")
    ]


class CorrectionForm(SourceForm):
    FIELDS = CORRECTABLE
    field = forms.ChoiceField(
        label=gettext_lazy("更正哪一项"), choices=[(one, one) for one in CORRECTABLE]
    )
    value = forms.CharField(
        label=gettext_lazy("更正为"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("照法律数据的写法；计算口径可以留空。"),
    )
    article = forms.CharField(label=gettext_lazy("条款"), max_length=120)

    field_order = ("field", "value", "title", "number", "article", "issued_on", "address")


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("撤回的理由"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
